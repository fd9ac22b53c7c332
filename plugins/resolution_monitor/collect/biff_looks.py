"""How cells of an .xls look where that changes what they say, from its records ([MS-XLS] 2.4 and 2.5)."""

import struct
from collections.abc import Iterator
from itertools import pairwise

from resolution_monitor.collect.biff_texts import rich_strings
from resolution_monitor.collect.number_formats import BUILT_IN, INVISIBLE, is_plain_code
from resolution_monitor.collect.traits import SheetTraits, see_runs

FONT, FORMAT, STYLE = 0x0031, 0x041E, 0x00E0
LOOKS = {FONT, FORMAT, STYLE}
_FORMULA, _NUMBER, _SMALL_NUMBER, _SMALL_NUMBERS, _SHARED_STRING, _LABEL = (
    0x0006,
    0x0203,
    0x027E,
    0x00BD,
    0x00FD,
    0x0204,
)
_STRUCK, _WIDE = 0x08, 1
_WHITE = {1, 9}  # numbers of white among the colours that every workbook has
_STYLE_BYTES = 20
_MISSING_FONT = 4  # no font bears this number

Place = tuple[int, int]


class BiffLooks:
    """Fonts, formats and styles as they are met, then the cells that use them."""

    def __init__(self, stream: bytes) -> None:
        self._stream = stream
        self._fonts: list[tuple[bool, bool]] = []  # raised or lowered, struck out
        self._white: set[int] = set()  # places of fonts of the colour of the paper
        self._filled: set[int] = set()  # styles with a colour behind their letters
        self._codes: dict[int, str] = dict(BUILT_IN)
        self._styles: list[tuple[int, int]] = []  # font, format
        self._strings: dict[int, tuple[str, list[tuple[int, int]]]] | None = None

    def see(self, kind: int, body: bytes) -> None:
        """A record of the workbook that says how cells may look."""
        if kind == FONT and len(body) >= 10:
            _, options, colour, _, script = struct.unpack_from("<HHHHH", body)
            self._white |= {len(self._fonts)} if colour in _WHITE else set()
            self._fonts.append((script in (1, 2), bool(options & _STRUCK)))
        elif kind == FORMAT and len(body) >= 5:
            number, code = struct.unpack_from("<H", body)[0], _code(body)
            if not is_plain_code(code):
                self._codes[number] = code
        elif kind == STYLE and len(body) >= 4:
            self._filled |= {len(self._styles)} if _is_filled(body) else set()
            self._styles.append(struct.unpack_from("<HH", body))

    def look(self, kind: int, body: bytes, traits: SheetTraits) -> None:
        """A cell that looks otherwise than what it holds."""
        for place, style in _cells(kind, body):
            font, code = self._styles[style] if style < len(self._styles) else (0, 0)
            if self._font(font)[1]:
                traits.struck[place] = ""
            elif _place_of(font) in self._white and style not in self._filled:
                traits.formats[place] = INVISIBLE
            elif code in self._codes and kind in (_FORMULA, _NUMBER, _SMALL_NUMBER, _SMALL_NUMBERS):
                traits.formats[place] = self._codes[code]
            elif kind == _SHARED_STRING and len(body) >= 10 and any(map(any, self._fonts)):
                self._see_string(struct.unpack_from("<I", body, 6)[0], place, traits)

    def _see_string(self, number: int, place: Place, traits: SheetTraits) -> None:
        if self._strings is None:
            self._strings = rich_strings(self._stream)
        text, runs = self._strings.get(number, ("", []))
        ends = [*runs, (len(text), 0)]
        pieces = [(text[: ends[0][0]], False, False)]
        pieces += [(text[start:end], *self._font(font)) for (start, font), (end, _) in pairwise(ends)]
        if any(is_raised or is_struck for _, is_raised, is_struck in pieces):
            see_runs(traits, place, pieces)

    def _font(self, number: int) -> tuple[bool, bool]:
        place = _place_of(number)
        return self._fonts[place] if place < len(self._fonts) else (False, False)


def _place_of(font: int) -> int:
    return font - (font > _MISSING_FONT)


def _is_filled(body: bytes) -> bool:
    """Whether a style has a pattern in another colour than white behind its letters; older versions are not asked."""
    if len(body) < _STYLE_BYTES:
        return False
    borders, colours = struct.unpack_from("<IH", body, 14)
    return bool(borders >> 26) and colours & 0x7F not in _WHITE


def _cells(kind: int, body: bytes) -> Iterator[tuple[Place, int]]:
    """Place and style of each cell of a record."""
    row, column = struct.unpack_from("<HH", body)
    if kind == _SMALL_NUMBERS:
        for step in range((len(body) - 6) // 6):
            yield (row, column + step), struct.unpack_from("<H", body, 4 + 6 * step)[0]
    elif kind in (_FORMULA, _NUMBER, _SMALL_NUMBER, _SHARED_STRING, _LABEL) and len(body) >= 6:
        yield (row, column), struct.unpack_from("<H", body, 4)[0]


def _code(body: bytes) -> str:
    """The text of a format; in the older version its length takes one byte."""
    length = struct.unpack_from("<H", body, 2)[0]
    if len(body) == 3 + body[2] and len(body) != 5 + length:
        return body[3:].decode("latin-1")
    if body[4] & _WIDE:
        return body[5 : 5 + 2 * length].decode("utf-16-le", "replace")
    return body[5 : 5 + length].decode("latin-1")
