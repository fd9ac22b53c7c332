"""How numbers and dates are written for readers of a language; Vietnamese where none is named."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Context, Decimal, localcontext

# The language of the agencies, of the catalogue's names and of every text that a body writes.
VIETNAMESE = "vi"
NO_VALUE = "–"
# Decimal's default of 28 digits refuses to round what a body may well write by mistake: 10^22 with six decimals.
_EVERY_DIGIT = Context(prec=400)
# By how much a value may miss a limit and still be at it (docs/method.md, clause 2.1), and the decimals that show it.
_AT_LIMIT, _MOST_DECIMALS = Decimal("1e-9"), 12


@dataclass(frozen=True, slots=True)
class Limit:
    """
    A value at which what is said of a number changes.

    Attributes:
        is_passed_at: Whether the value itself lies on the upper side ("from 90"), or still below ("above 20").
    """

    value: Decimal
    is_passed_at: bool = True

    def is_passed(self, number: Decimal, within: Decimal = _AT_LIMIT) -> bool:
        """Whether a number lies on the upper side, or as near to it as a rule allows."""
        return number >= self.value - within if self.is_passed_at else number > self.value + within


# Of a difference: more, less and the same are three things.
SIGN = (Limit(Decimal(0)), Limit(Decimal(0), is_passed_at=False))
# Of a share in percent: a little is not nothing, and nearly all is not all.
WHOLE = (Limit(Decimal(0), is_passed_at=False), Limit(Decimal(100)))


def is_language(code: str) -> bool:
    """Whether numbers and dates can be written in it."""
    from babel import Locale, UnknownLocaleError

    try:
        Locale.parse(code)
    except (ValueError, UnknownLocaleError):
        return False
    return True


def rounded(value: Decimal, decimals: int) -> Decimal:
    """Half away from zero, as a clerk rounds; of any size that a cell can hold."""
    return value.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP, context=_EVERY_DIGIT)


def decimals_within(value: Decimal, decimals: int, limits: Iterable[Limit]) -> int:
    """
    As many decimals as it takes, `decimals` at least, that the rounded value lies on its own side of every limit.

    89.6 with a limit from 90 needs one decimal: "90" would be another colour than the one beside it.
    """
    sides = [(limit, limit.is_passed(value)) for limit in limits]
    for more in range(decimals, _MOST_DECIMALS):
        shown = rounded(value, more)
        if all(limit.is_passed(shown, Decimal(0)) is side for limit, side in sides):
            return more
    return _MOST_DECIMALS


def number(value: Decimal | None, decimals: int = 0, language: str = VIETNAMESE) -> str:
    """1234567.891 with 1 decimal is "1.234.567,9", in English "1,234,567.9"; None is a dash."""
    if value is None:
        return NO_VALUE
    # Imported only here: CSV, JSON and --help write no number for readers.
    from babel.numbers import format_decimal

    pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
    with localcontext(_EVERY_DIGIT):
        return str(format_decimal(rounded(value, decimals), format=pattern, locale=language))


def shortest(value: Decimal, most_decimals: int = 3, language: str = VIETNAMESE) -> str:
    """As many decimals as the value has, up to a limit: 12.50 is "12,5"."""
    from babel.numbers import get_decimal_symbol

    text, mark = number(value, most_decimals, language), get_decimal_symbol(language)
    return text.rstrip("0").rstrip(mark) if most_decimals and mark in text else text


def signed(value: Decimal, decimals: int = 0, language: str = VIETNAMESE) -> str:
    """With its sign, a true minus: "+1,5", "−0,3", "0"."""
    shown = rounded(value, decimals)
    if shown == 0:
        return number(Decimal(0), decimals, language)
    return ("+" if shown > 0 else "−") + number(abs(shown), decimals, language)


def day(value: date, language: str = VIETNAMESE) -> str:
    """ "12/11/2026"; in any other language the month is named: "12 November 2026"."""
    return _date(value, "dd/MM/y", "d MMMM y", language)


def day_of_month(value: date, language: str = VIETNAMESE) -> str:
    """ "12/11", "12 Nov"."""
    return _date(value, "dd/MM", "d MMM", language)


def month(value: date, language: str = VIETNAMESE) -> str:
    """ "11/2026", "November 2026"."""
    return _date(value, "MM/y", "MMMM y", language)


def _date(value: date, vietnamese: str, others: str, language: str) -> str:
    from babel.dates import format_date

    return str(format_date(value, vietnamese if language == VIETNAMESE else others, locale=language))


def sheet_date(language: str = VIETNAMESE) -> str:
    """The same as a spreadsheet's number format."""
    return "dd/mm/yyyy" if language == VIETNAMESE else "d mmmm yyyy"
