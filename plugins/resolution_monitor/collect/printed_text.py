"""The text that a program printed of a number becomes the format code that prints it so; plain ones have none."""

import re

_NUMBER = re.compile(r"[-−+(]?\s*(\d[\d.,\s\u00a0\u202f]*)\)?")
_FRACTION = re.compile(r"(?:(\d{1,9})\s+)?(\d{1,9})/([1-9]\d{0,8})")
_FRACTION_NEAR = 0.06
_GROUPS = re.compile(r"[.,\s\u00a0\u202f]")
_POWERS = (1, 2, 3)
# A number printed without decimals is off by half of its last digit.
_NEAR = 0.51


def printed_as(value: float, shown: str | None) -> str | None:
    """
    The code of a number that a person sees otherwise than it is held.

    Args:
        shown: As printed; None where nobody knows.
    """
    if shown is None:
        return None
    if shown == "%":
        return "0%"
    found = _NUMBER.search(shown)
    if found is None:
        return None if value == 0 and shown.strip() in ("-", "–", "—") else f'"{_words(shown)}"'
    if _is_fraction(shown, value):
        return None
    if value > 0 and shown.strip()[0] in "-−(":
        return f'"{_words(shown)}"'
    beside = (shown[: found.start()] + shown[found.end() :]).strip()
    numbers = _readings(found[1])
    if _is_near(numbers, value):
        return f'0"{_words(beside)}"' if beside else None
    if beside == "%" and _is_near(numbers, 100 * value):
        return "0%"
    thousands = next((power for power in _POWERS if _is_near(numbers, value / 1000**power)), 0)
    if not thousands:
        return None if "E" in shown.upper() else f'"{_words(shown)}"'
    return "0" + "," * thousands + (f'"{_words(beside)}"' if beside else "")


def _is_fraction(shown: str, value: float) -> bool:
    """Such as "3 1/2"."""
    found = _FRACTION.search(shown)
    if found is None:
        return False
    return abs(int(found[1] or 0) + int(found[2]) / int(found[3]) - abs(value)) < _FRACTION_NEAR


def _words(text: str) -> str:
    return text.replace('"', "")


def _readings(written: str) -> list[tuple[float, int]]:
    """The numbers that digits with dots and commas can mean, each with its decimals."""
    written = written.strip(" .,\u00a0\u202f")
    whole = (float(_GROUPS.sub("", written)), 0)
    head, mark, decimals = max(written.rpartition("."), written.rpartition(","), key=lambda parts: len(parts[0]))
    if not mark or not decimals.isdigit():
        return [whole]
    return [whole, (float(f"{_GROUPS.sub('', head)}.{decimals}"), len(decimals))]


def _is_near(numbers: list[tuple[float, int]], value: float) -> bool:
    return any(abs(number - abs(value)) <= _NEAR / 10**decimals for number, decimals in numbers)
