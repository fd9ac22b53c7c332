"""How cells of an .xlsx look where that changes what they say: odd number formats, raised and struck-out text.

By patterns over the bytes, and only where the file holds such a look at all: a plain workbook costs a search or two.
"""

import html
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from resolution_monitor.collect.number_formats import BUILT_IN, INVISIBLE, is_plain_code
from resolution_monitor.collect.traits import SheetTraits, see_runs

_FORMAT = re.compile(rb"<(?:\w+:)?numFmt\s[^>]*>")
_FORMAT_ID = re.compile(rb"\bnumFmtId\s*=\s*[\"'](\d{1,5})[\"']")
_FORMAT_CODE = re.compile(rb"\bformatCode\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_FONT_ID = re.compile(rb"\bfontId\s*=\s*[\"'](\d{1,5})[\"']")
_FONTS = re.compile(rb"<(?:\w+:)?fonts\b.*?</(?:\w+:)?fonts>", re.DOTALL)
_FONT = re.compile(rb"<(?:\w+:)?font(?:\s[^>]*)?(?:/>|>(.*?)</(?:\w+:)?font>)", re.DOTALL)
_CELL_STYLES = re.compile(rb"<(?:\w+:)?cellXfs\b.*?</(?:\w+:)?cellXfs>", re.DOTALL)
_STYLE = re.compile(rb"<(?:\w+:)?xf\s[^>]*>")
_STRUCK = re.compile(rb"<(?:\w+:)?strike\s*(?:/>|>|\bval\s*=\s*[\"'](?:1|true|on)[\"'])")
_RAISED = re.compile(rb"<(?:\w+:)?vertAlign\s[^>]*\bval\s*=\s*[\"'](?:superscript|subscript)[\"']")
# Letters of the colour of the paper: white by value, by theme, or by number; a tint makes grey of it.
_WHITE = re.compile(
    rb"<(?:\w+:)?color\s(?![^>]*\btint)[^>]*"
    rb"\b(?:rgb\s*=\s*[\"']FFFFFFFF|theme\s*=\s*[\"']0|indexed\s*=\s*[\"'][19])[\"']"
)
_FILL_ID = re.compile(rb"\bfillId\s*=\s*[\"'](\d{1,5})[\"']")
_FILLS = re.compile(rb"<(?:\w+:)?fills\b.*?</(?:\w+:)?fills>", re.DOTALL)
_FILL = re.compile(rb"<(?:\w+:)?fill(?:\s[^>]*)?(?:/>|>(.*?)</(?:\w+:)?fill>)", re.DOTALL)
_PAPER = re.compile(
    rb"patternType\s*=\s*[\"']none|^(?!.*patternType)|fgColor\s[^>]*\brgb\s*=\s*[\"']FFFFFFFF", re.DOTALL
)
_KEPT_BYTES = 100_000
_MARKS = (b"vertAlign", b"strike")
_STRING = re.compile(rb"<(?:\w+:)?si\b[^>]*>(.*?)</(?:\w+:)?si>", re.DOTALL)
_RUN = re.compile(rb"<(?:\w+:)?r>(.*?)</(?:\w+:)?r>", re.DOTALL)
_TEXT = re.compile(rb"<(?:\w+:)?t(?:\s[^>]*)?>([^<]*)</")
_CELL = re.compile(rb"<c\b([^>]*)>")
_ADDRESS = re.compile(rb"\br\s*=\s*[\"']([A-Z]{1,3})(\d{1,7})[\"']")
_STYLE_OF_CELL = re.compile(rb"\bs\s*=\s*[\"'](\d{1,6})[\"']")
_KIND = re.compile(rb"\bt\s*=\s*[\"'](\w+)[\"']")
_VALUE = re.compile(rb"<v(?:\s[^>]*)?>([^<]*)</v>")

# Text, whether it is raised or lowered, whether it is struck out.
Run = tuple[str, bool, bool]
Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class BookLooks:
    """
    Looks that the sheets of one workbook refer to by number.

    Attributes:
        formats: Number of a style -> its format code, where that prints more or less than the number.
        struck: Numbers of styles whose text is struck out.
        strings: Number of a shared string -> its runs, where one of them is raised or struck out.
    """

    formats: Mapping[int, str] = field(default_factory=dict)
    struck: frozenset[int] = frozenset()
    strings: Mapping[int, list[Run]] = field(default_factory=dict)


def book_looks(styles: bytes, strings: bytes) -> BookLooks:
    """What xl/styles.xml and xl/sharedStrings.xml say; both may be empty."""
    # Workbooks of our template share their styles: these are looked through once.
    formats, struck = _kept_styles(styles) if len(styles) <= _KEPT_BYTES else _odd_styles(styles)
    return BookLooks(formats, struck, dict(_odd_strings(strings)))


def _odd_styles(styles: bytes) -> tuple[Mapping[int, str], frozenset[int]]:
    codes = BUILT_IN | {number: code for number, code in _codes(styles) if not is_plain_code(code)}
    fonts = [bool(_STRUCK.search(font)) for font in _fonts(styles)]
    white = {number for number, font in enumerate(_fonts(styles)) if _WHITE.search(font)}
    paper = {number for number, fill in enumerate(_fills(styles) if white else ()) if _PAPER.search(fill)}
    formats, struck = {}, set()
    for number, style in enumerate(_cell_styles(styles)):
        if (code := codes.get(_number(_FORMAT_ID, style))) is not None:
            formats[number] = code
        font = _number(_FONT_ID, style)
        if font in white and max(_number(_FILL_ID, style), 0) in paper:
            formats[number] = INVISIBLE
        if 0 <= font < len(fonts) and fonts[font]:
            struck.add(number)
    return formats, frozenset(struck)


_kept_styles = lru_cache(maxsize=4)(_odd_styles)


def see_looks(xml: bytes, looks: BookLooks, traits: SheetTraits, places: Mapping[int, Place] | None = None) -> None:
    """
    Note in `traits` the cells of one sheet that look otherwise than what they hold.

    Args:
        places: Where each cell stands, by where its tag begins; None where every cell says so itself.
    """
    odd = {*looks.formats, *looks.struck}
    is_styled = any(b's="%d"' % number in xml or b"s='%d'" % number in xml for number in odd)
    if not (is_styled or looks.strings or any(mark in xml for mark in _MARKS)):
        return
    for address, tag, inside in _cells(xml, places):
        kind = found[1] if (found := _KIND.search(tag)) else b"n"
        style = _number(_STYLE_OF_CELL, tag)
        code = looks.formats.get(style)
        is_shown = kind == b"n" or code == INVISIBLE
        if code is not None and is_shown and (_VALUE.search(inside) or kind == b"inlineStr"):
            traits.formats[address] = code
        if style in looks.struck and b"</" in inside:
            traits.struck[address] = ""
            continue
        runs = looks.strings.get(_number(_VALUE, inside)) if kind == b"s" else None
        if kind == b"inlineStr" and any(mark in inside for mark in _MARKS):
            runs = _runs(inside)
        if runs:
            see_runs(traits, address, runs)


def _cells(xml: bytes, places: Mapping[int, Place] | None) -> Iterator[tuple[Place, bytes, bytes]]:
    """Place, attributes and content of each cell that holds something."""
    for found in _CELL.finditer(xml):
        tag = found[1]
        if tag.endswith(b"/"):
            continue
        where = _ADDRESS.search(tag) if places is None else None
        place = (int(where[2]) - 1, _column(where[1])) if where else (places or {}).get(found.start())
        if place is not None:
            end = xml.find(b"</c>", found.end())
            yield place, tag, xml[found.end() : end if end >= 0 else len(xml)]


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1


def _number(pattern: re.Pattern[bytes], text: bytes) -> int:
    found = pattern.search(text)
    return int(found[1]) if found and found[1].strip().isdigit() else -1


def _codes(styles: bytes) -> Iterator[tuple[int, str]]:
    for tag in _FORMAT.findall(styles):
        code = _FORMAT_CODE.search(tag)
        if code is not None:
            yield _number(_FORMAT_ID, tag), html.unescape((code[1] or code[2] or b"").decode(errors="replace"))


def _fonts(styles: bytes) -> list[bytes]:
    part = _FONTS.search(styles)
    return _FONT.findall(part[0]) if part else []


def _fills(styles: bytes) -> list[bytes]:
    part = _FILLS.search(styles)
    return _FILL.findall(part[0]) if part else []


def _cell_styles(styles: bytes) -> list[bytes]:
    part = _CELL_STYLES.search(styles)
    return _STYLE.findall(part[0]) if part else []


def _odd_strings(strings: bytes) -> Iterator[tuple[int, list[Run]]]:
    if any(mark in strings for mark in _MARKS):
        for number, inside in enumerate(_STRING.findall(strings)):
            if any(mark in inside for mark in _MARKS):
                yield number, _runs(inside)


def _runs(inside: bytes) -> list[Run]:
    """The pieces of a text that are written alike."""
    return [
        (_unescaped(b"".join(_TEXT.findall(run))), bool(_RAISED.search(run)), bool(_STRUCK.search(run)))
        for run in _RUN.findall(inside)
    ]


def _unescaped(text: bytes) -> str:
    return html.unescape(text.decode(errors="replace"))
