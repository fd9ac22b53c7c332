"""How numbers and dates are written for Vietnamese readers: decimal comma, groups of three after a dot."""

from datetime import date
from decimal import ROUND_HALF_UP, Context, Decimal, localcontext

NO_VALUE = "–"
# Decimal's default of 28 digits refuses to round what a body may well write by mistake: 10^22 with six decimals.
_EVERY_DIGIT = Context(prec=400)


def rounded(value: Decimal, decimals: int) -> Decimal:
    """Half away from zero, as a clerk rounds; of any size that a cell can hold."""
    return value.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP, context=_EVERY_DIGIT)


def number(value: Decimal | None, decimals: int = 0) -> str:
    """1234567.891 with 1 decimal is "1.234.567,9"; None is a dash."""
    if value is None:
        return NO_VALUE
    # Imported only here: CSV, JSON and --help write no number for readers.
    from babel.numbers import format_decimal

    pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
    with localcontext(_EVERY_DIGIT):
        return str(format_decimal(rounded(value, decimals), format=pattern, locale="vi"))


def shortest(value: Decimal, most_decimals: int = 3) -> str:
    """As many decimals as the value has, up to a limit: 12.50 is "12,5"."""
    text = number(value, most_decimals)
    return text.rstrip("0").rstrip(",") if "," in text else text


def signed(value: Decimal, decimals: int = 0) -> str:
    """With its sign, a true minus: "+1,5", "−0,3", "0"."""
    shown = rounded(value, decimals)
    if shown == 0:
        return number(Decimal(0), decimals)
    return ("+" if shown > 0 else "−") + number(abs(shown), decimals)


def day(value: date) -> str:
    return f"{value:%d/%m/%Y}"
