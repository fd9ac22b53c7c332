"""What a spreadsheet prints of a number under a format code: the number itself, more, less, or something else."""

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

# [ECMA-376] 18.8.30: numbers of formats that no file spells out. Money bears the sign of the country that opens it.
# A cell whose letters have the colour of the paper prints nothing, as under this code, which no file bears.
INVISIBLE = ";;;[White]"
BUILT_IN = {9: "0%", 10: "0.00%", **dict.fromkeys((5, 6, 7, 8, 42, 44), '#,##0 "₫"')}
_LONGEST_CODE = 255  # what a spreadsheet allows
_PIECE = re.compile(
    r'"(?P<quoted>[^"]*)"?|\\(?P<escaped>.)|[_*].?|\[(?P<bracket>[^\]]*)\]?|(?P<general>general)'
    r"|(?P<digits>[0#?][0#?,]*(?:\.[0#?,]*)?|\.[0#?]+)|(?P<percent>%)|(?P<exponent>e[+-])|(?P<text>@)"
    r"|(?P<fraction>/)|(?P<other>.)",
    re.IGNORECASE | re.DOTALL,
)
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)\s*(-?\d+(?:\.\d+)?)")
_WHITE = {"white", "color2", "color 2"}
_MONEY = re.compile(r"\$([^-]*)(?:-.*)?")
_TRIED = (Decimal(1234567), Decimal(-1234567), Decimal(0), Decimal("0.5"))
_SIGNS = "+-−()"
_BELOW_ZERO = ("-", "−", "(")
_HOLDS = {
    "<": lambda one, other: one < other,
    "<=": lambda one, other: one <= other,
    ">": lambda one, other: one > other,
    ">=": lambda one, other: one >= other,
    "=": lambda one, other: one == other,
    "<>": lambda one, other: one != other,
}


@dataclass(frozen=True, slots=True)
class Printed:
    """
    What stands in a cell for whoever looks at it.

    Attributes:
        value: The number that is printed, not rounded; None where none is.
        words: What is printed beside it, without blanks and signs.
        percents, thousands: How many times it is printed a hundred times larger, a thousand times smaller.
    """

    value: Decimal | None
    words: str = ""
    percents: int = 0
    thousands: int = 0

    @property
    def is_plain(self) -> bool:
        return self.value is not None and not (self.words or self.percents or self.thousands)


@dataclass(frozen=True, slots=True)
class _Section:
    """
    One of the parts of a code that semicolons part.

    Attributes:
        lead: What is printed before its first digit.
    """

    condition: tuple[str, Decimal] | None
    words: str
    signs: str
    lead: str
    percents: int
    thousands: int
    prints_number: bool


def printed(value: Decimal, code: str) -> Printed:
    """A number under a format code; a code that cannot be followed prints no number."""
    sections = _sections(code[:_LONGEST_CODE])
    section, shows_sign = _section_of(sections, value)
    if section is None or not section.prints_number:
        return Printed(None, section.words if section else "")
    if value < 0 and not shows_sign:
        return Printed(None, section.words)
    if value > 0 and section.lead.strip()[-1:] in _BELOW_ZERO:
        return Printed(None, f"{section.lead.strip()}{value}".replace(".", ","))
    if value == 0 and not section.words.strip("0") and len(sections) > 2:
        return Printed(value)
    scaled = value * 100**section.percents / 1000**section.thousands
    return Printed(scaled, section.words, section.percents, section.thousands)


@lru_cache(maxsize=1024)
def is_plain_code(code: str) -> bool:
    """Whether every number is printed as itself, but for its decimals; a day is told from a number elsewhere."""
    return _is_of_days(code) or all(printed(number, code).is_plain for number in _TRIED)


def _is_of_days(code: str) -> bool:
    pieces = list(_PIECE.finditer(code))
    letters = {piece["other"].lower() for piece in pieces if piece["other"]}
    return bool(letters & set("dmyhs")) and not any(piece["digits"] and "#" in piece["digits"] for piece in pieces)


def _section_of(sections: list[_Section], value: Decimal) -> tuple[_Section | None, bool]:
    """The section that a number is printed by, and whether its sign can be seen."""
    if any(section.condition for section in sections):
        for section in sections:
            if section.condition is None or _HOLDS[section.condition[0]](value, section.condition[1]):
                return section, True
        return None, False
    if value < 0 and len(sections) > 1:
        return sections[1], bool(section_sign(sections[1]))
    if value == 0 and len(sections) > 2:
        return _zero(sections[2], of=sections[0]), True
    return sections[0], True


def section_sign(section: _Section) -> str:
    """The signs of a section that say "less than nothing"."""
    return "".join(sign for sign in section.signs if sign in _BELOW_ZERO)


def _zero(section: _Section, *, of: _Section) -> _Section:
    """A bar, or nothing where other numbers are printed, is how accounts print a zero."""
    is_left_out = not section.prints_number and not section.words and section.signs in ("", "-", "−")
    return _Section(None, "", "", "", 0, 0, prints_number=True) if is_left_out and of.prints_number else section


@lru_cache(maxsize=1024)
def _sections(code: str) -> list[_Section]:
    parts, start, is_quoted, place = [], 0, False, 0
    while place < len(code):
        letter = code[place]
        if letter == "\\" and not is_quoted:
            place += 1
        elif letter == '"':
            is_quoted = not is_quoted
        elif letter == ";" and not is_quoted:
            parts.append(code[start:place])
            start = place + 1
        place += 1
    return [_section(part) for part in [*parts, code[start:]][:3]]


def _section(code: str) -> _Section:
    condition: tuple[str, Decimal] | None = None
    words, lead, digits, percents, prints_number, is_inside, is_white = "", "", [], 0, False, False, False
    for found in _PIECE.finditer(code):
        kind, text = found.lastgroup, found[found.lastgroup] if found.lastgroup else ""
        if kind == "bracket":
            if match := _CONDITION.fullmatch(text):
                condition = match[1], Decimal(match[2])
            elif money := _MONEY.fullmatch(text):
                words += money[1]
            is_white |= text.lower() in _WHITE
        elif kind in ("digits", "general", "text"):
            is_inside |= bool(words.strip()) and prints_number
            lead = lead if prints_number else words
            digits += [text] if kind == "digits" else []
            prints_number = True
        elif kind == "percent":
            percents += 1
        elif kind in ("quoted", "escaped", "other"):
            words += text
    signs = "".join(letter for letter in words if letter in _SIGNS)
    bare = "".join(letter for letter in words if letter not in _SIGNS and not letter.isspace())
    # A bar or a comma between digits makes another number of them: 000-000, 0\,0.
    bare += signs if is_inside and not bare else ""
    return _Section(condition, bare, signs, lead, percents, _thousands(digits), prints_number and not is_white)


def _thousands(digits: list[str]) -> int:
    """Commas behind the last digit before the point, or behind all, each leave out three digits."""
    if not digits:
        return 0
    whole, point, decimals = digits[-1].partition(".")
    return len(whole) - len(whole.rstrip(",")) + (len(decimals) - len(decimals.rstrip(",")) if point else 0)
