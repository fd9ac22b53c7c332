"""Vietnamese text, numbers and units as workbooks write them; what could mean two things is never guessed."""

import functools
import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal

from resolution_monitor.catalogue.names import STROKED_D, fold
from resolution_monitor.terms import CellValue

# Characters that print nothing but break comparison: controls, zero-width and bidirectional marks, soft hyphen.
_INVISIBLE = re.compile("[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
# Marks piled on one letter, which would be printed over the lines above; no language of ours needs more than three.
_PILE = re.compile(
    "([\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]{3})"
    "[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]+"
)
# Longer texts are not kept: files are not to fill our memory.
_SHORT = 120
_KEPT_TEXTS = 32_768
_BLANKS = re.compile(r"[^\S\n]+")
_FOOTNOTE_MARK = re.compile(r"^\(\d\)\s*")
# Digits and signs of the width of Chinese letters, as some keyboards write them.
_WIDE = {0xFF01 + place: 0x21 + place for place in range(94)}
# A bar right before a digit is a minus, whichever of them it is.
_MINUS = re.compile(r"^[−–—‒](?=\d)")
_PLAIN = re.compile(r"[+-]?\d+", re.ASCII)
_DECIMAL_COMMA = re.compile(r"([+-]?\d+),(\d+)", re.ASCII)
_GROUPED = re.compile(r"[+-]?\d{1,3}(?:([. ])\d{3})(?:\1\d{3})*(?:,\d+)?", re.ASCII)
_POINTED = re.compile(r"[+-]?(?:\d+\.(?:\d{1,2}|\d{4,})|\d{4,}\.\d{3})", re.ASCII)
_ENGLISH = re.compile(r"[+-]?\d{1,3}(?:(?:,\d{3})+\.\d+|(?:,\d{3}){2,})", re.ASCII)
# No group of thousands begins with a zero.
_BELOW_ONE = re.compile(r"[+-]?0[.,]\d{3}", re.ASCII)
_ROMAN = re.compile(r"(?=[IVX])X{0,3}(?:IX|IV|V?I{0,3})")

_ORDINAL = re.compile(r"[\s(\[]*(\d{1,6})(?:[.,]0+)?[\s.):/\]\-]*")
_ROMAN_ORDINAL = re.compile(r"[\s(\[]*([IVX]{1,6})[\s.):\]\-]*")
_ROMAN_DIGITS = {"I": 1, "V": 5, "X": 10}

# Folded unit -> as it is printed.
UNIT_NAMES = {
    "dong": "đồng",
    "nghin dong": "nghìn đồng",
    "ngan dong": "ngàn đồng",
    "trieu dong": "triệu đồng",
    "ty dong": "tỷ đồng",
    "ti dong": "tỉ đồng",
}

# Folded unit -> how many triệu đồng one of it is.
_MILLIONS = {
    "dong": Decimal("0.000001"),
    "nghin dong": Decimal("0.001"),
    "ngan dong": Decimal("0.001"),
    "trieu dong": Decimal(1),
    "ty dong": Decimal(1000),
    "ti dong": Decimal(1000),
}
_QUANTITY = re.compile(r"(?P<number>[^%a-z]*\d)\s*(?P<unit>%|(?:nghin ty|nghin|ngan|trieu|ty|ti)(?: dong)?|dong|d)")
_INTRODUCED = r"(?:don vi(?: tinh)?|dvt|dv) "
_SIZE = r"(?P<size>nghin|ngan|trieu|tr|ty|ti|1 000 000 000|1 000 000|1 000)"
# "Đồng bằng sông Hồng" is no unit: đồng alone must be introduced, or be all there is.
_UNIT_LINE = re.compile(
    rf"^(?:{_INTRODUCED})?{_SIZE} ?(?:dong|vnd|d)\b|^{_INTRODUCED}(?:dong|vnd)\b|^(?:dong|vnd)(?: viet nam)?$"
)
_WRITTEN_SIZES = {"tr": "trieu", "1 000": "nghin", "1 000 000": "trieu", "1 000 000 000": "ty"}


def clean(text: str) -> str:
    """Text as it prints: composed (NFC), without invisible characters, single blanks, no blanks at the ends."""
    # Most texts of a workbook are codes and words that come again; plain letters need no more than their blanks set.
    if text.isascii() and text.isalnum():
        return text
    return _clean_short(text) if len(text) <= _SHORT else _cleaned(text)


def _cleaned(text: str) -> str:
    composed = unicodedata.normalize("NFC", _INVISIBLE.sub("", text).translate(_WIDE))
    composed = _PILE.sub(r"\1", composed)
    return "\n".join(line.strip() for line in _BLANKS.sub(" ", composed).split("\n")).strip()


_clean_short = functools.lru_cache(_KEPT_TEXTS)(_cleaned)


def text_of(value: CellValue) -> str:
    """What a cell shows, cleaned; empty when it holds nothing."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return clean(str(value))


def raw_text(value: CellValue) -> str:
    """What a cell holds, unchanged, for the record."""
    return "" if value is None else str(value)


def is_blank(value: CellValue) -> bool:
    """Whether a cell shows nothing; a letter at its beginning says so without cleaning all of it."""
    if isinstance(value, str) and value[:1].isalnum():
        return False
    return text_of(value) == ""


def number_of(value: CellValue, *, dot_groups_thousands: bool) -> Decimal | None:
    """
    The number a cell holds.

    Args:
        value: A stored number is taken as it is; text is read by the Vietnamese rule (1.234.567,89).
        dot_groups_thousands: Whether "1.234" is known to mean one thousand in this form.

    Returns:
        None when it is no number, or could be two: "1.234" without that knowledge, "1,234" always.
    """
    if isinstance(value, bool):
        return None
    if isinstance(value, (int, float)):
        number = Decimal(repr(value))
        return number if number.is_finite() else None
    return _written_number(_FOOTNOTE_MARK.sub("", text_of(value)), dot_groups_thousands=dot_groups_thousands)


def sure_number(value: CellValue, *, is_typed: bool) -> Decimal | None:
    """
    A number that leaves no doubt though the Vietnamese rule does not read it.

    Args:
        is_typed: Whether its file knows numbers from text; one that does not may come from an English program, which
            writes 81.3 and 1,234.5.

    Returns:
        None for every other text: "1.234" and "12,345" could mean two things.
    """
    written = text_of(value) if isinstance(value, str) else ""
    if _BELOW_ONE.fullmatch(written):
        return Decimal(written.replace(",", "."))
    is_english = not is_typed and (_POINTED.fullmatch(written) or _ENGLISH.fullmatch(written))
    return Decimal(written.replace(",", "")) if is_english else None


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number and the unit written behind it, folded: "ty dong", "%", or nothing."""

    number: Decimal
    unit: str


def quantity_of(value: CellValue, *, dot_groups_thousands: bool) -> Quantity | None:
    """The number a cell holds with the unit it names ("12,5 tỷ đồng", "12,5 %"); None as number_of gives it."""
    number = number_of(value, dot_groups_thousands=dot_groups_thousands)
    if number is not None:
        return Quantity(number, "")
    if not isinstance(value, str):
        return None
    found = _QUANTITY.fullmatch(bare(value))
    if found is None:
        return None
    number = number_of(found["number"], dot_groups_thousands=dot_groups_thousands)
    return None if number is None else Quantity(number, found["unit"])


def bare(text: str) -> str:
    """Small letters without marks; signs and digits stay."""
    decomposed = unicodedata.normalize("NFD", clean(text).translate(STROKED_D).lower())
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def _written_number(text: str, *, dot_groups_thousands: bool) -> Decimal | None:
    text = _MINUS.sub("-", text)
    if _PLAIN.fullmatch(text):
        return Decimal(text)
    if pair := _DECIMAL_COMMA.fullmatch(text):
        return None if len(pair[2]) == 3 and len(pair[1].lstrip("+-")) <= 3 else Decimal(f"{pair[1]}.{pair[2]}")
    if grouped := _GROUPED.fullmatch(text):
        is_sure = dot_groups_thousands or grouped[1] == " " or text.count(".") > 1 or "," in text
        return Decimal(text.replace(grouped[1], "").replace(",", ".")) if is_sure else None
    return None


def is_roman(value: CellValue) -> bool:
    return bool(_ROMAN.fullmatch(text_of(value)))


def ordinal_of(written: str) -> int | None:
    """A row's number: "1.", "1)", "(1)" or "I"; None for what is none."""
    if found := _ORDINAL.fullmatch(written):
        return int(found[1])
    found = _ROMAN_ORDINAL.fullmatch(written)
    if found is None or not is_roman(found[1]):
        return None
    digits = [_ROMAN_DIGITS[letter] for letter in found[1]]
    return sum(-one if one < after else one for one, after in zip(digits, [*digits[1:], 0], strict=True))


def bare_ordinal(value: CellValue) -> str:
    """A row's running number without the dot or the brackets around it."""
    return text_of(value).strip(" .()[]:-")


def is_numbered(value: CellValue) -> bool:
    """Whether a cell holds a row's running number, in Roman or other figures."""
    return ordinal_of(text_of(value)) is not None or number_of(value, dot_groups_thousands=False) is not None


def millions_in_unit(value: CellValue) -> tuple[str, Decimal] | None:
    """The unit a cell names and its size in triệu đồng: "Đơn vị tính: Tỷ đồng" gives ("ty dong", 1000)."""
    found = _UNIT_LINE.match(fold(text_of(value)))
    if not found:
        return None
    size = found["size"] or ""
    unit = f"{_WRITTEN_SIZES.get(size, size)} dong".strip()
    return unit, _MILLIONS[unit]
