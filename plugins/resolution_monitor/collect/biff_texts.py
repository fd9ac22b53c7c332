"""The texts a person reads in an old workbook (.xls): strings of its records, text boxes, properties.

Follows [MS-XLS] 2.4 and 2.5.294 (strings) loosely: what does not parse is passed over, for the guard refuses it.
"""

import io
import struct
from collections.abc import Iterator
from typing import Any

import olefile

from resolution_monitor.collect.decode_bytes import loose_texts
from resolution_monitor.collect.mark_texts import Text

_CONTINUE, _SST, _BOUNDSHEET, _NAME, _TXO, _BOF = 0x003C, 0x00FC, 0x0085, 0x0018, 0x01B6, 0x0809
# Record -> where its string begins: header, footer, label, formula's string, rich label.
_STRINGS = {0x0014: 0, 0x0015: 0, 0x0204: 6, 0x00D6: 6, 0x0207: 0}
_DRAWINGS = {0x00EB, 0x00EC, 0x089C, 0x0866}
_PROPERTIES = ("\x05SummaryInformation", "\x05DocumentSummaryInformation")
_BIFF8 = 0x0600
_LABEL_OF_TABLE = 0x00FD  # a cell that names a text of the table of strings
_LETTER_BYTES = 2
_WIDE, _FAR_EAST, _RICH = 1, 4, 8

_BROKEN = (OSError, ValueError, struct.error, IndexError, TypeError, AttributeError)
Record = tuple[int, list[bytes]]


def texts_of_ole(content: bytes) -> Iterator[Text]:
    """Texts of the workbook stream and of both property streams, as far as they can be read."""
    try:
        with olefile.OleFileIO(io.BytesIO(content)) as container:
            records = [_stream(container, name, len(content)) for name in ("Workbook", "Book")]
            properties = [_stream(container, name, len(content)) for name in _PROPERTIES]
    except _BROKEN:
        return  # refused by the guard
    for stream in records:
        yield from _texts_of_records(stream)
    for stream in properties:
        yield from map(Text, loose_texts(stream))


def cells_of_ole(content: bytes) -> list[list[str]]:
    """The texts of the table of strings, in the rows they are shown in; sheets stand one below the other."""
    try:
        with olefile.OleFileIO(io.BytesIO(content)) as container:
            stream = _stream(container, "Workbook", len(content))
    except _BROKEN:
        return []
    strings: list[str] = []
    rows: dict[tuple[int, int], dict[int, str]] = {}
    sheet = 0
    for kind, parts in _records(stream):
        if kind == _BOF:
            sheet += 1
        elif kind == _SST:
            strings = list(_shared_strings(parts))
        elif kind == _LABEL_OF_TABLE and len(parts[0]) >= 10:
            row, column, _, number = struct.unpack_from("<HHHI", parts[0])
            rows.setdefault((sheet, row), {})[column] = strings[number] if number < len(strings) else ""
    shown = [[cells.get(column, "") for column in range(min(max(cells), 199) + 1)] for _, cells in sorted(rows.items())]
    return [strings, *shown]


def _stream(container: "olefile.OleFileIO[Any]", name: str, most: int) -> bytes:
    """A stream's bytes; none where there is none, or it says it is longer than the file and so goes in rings."""
    if not container.exists(name) or container.get_size(name) > most:
        return b""
    return bytes(container.openstream(name).read())


def _texts_of_records(stream: bytes) -> Iterator[Text]:
    is_biff8 = True
    for kind, parts in _records(stream):
        body = parts[0]
        if kind == _BOF and len(body) >= 2:
            is_biff8 = struct.unpack_from("<H", body)[0] == _BIFF8
        elif kind == _SST:
            yield from map(Text, _shared_strings(parts))
        elif kind == _BOUNDSHEET:
            yield Text(_short_string(body[6:], is_biff8=is_biff8), is_name=True)
        elif kind in _STRINGS:
            yield from map(Text, _string_of(body, _STRINGS[kind], is_biff8=is_biff8))
        elif kind == _TXO and len(parts) > 1:
            yield Text(_box_text(parts))
        elif kind in _DRAWINGS or kind == _NAME:
            yield from map(Text, loose_texts(b"".join(parts)))


def _records(stream: bytes) -> Iterator[Record]:
    """Each record with the records that continue it."""
    position, kind, parts = 0, -1, [b""]
    while position + 4 <= len(stream):
        this, length = struct.unpack_from("<HH", stream, position)
        body = stream[position + 4 : position + 4 + length]
        if this == _CONTINUE:
            parts.append(body)
        else:
            yield kind, parts
            kind, parts = this, [body]
        position += 4 + length
    yield kind, parts


def _string_of(body: bytes, start: int, *, is_biff8: bool) -> Iterator[str]:
    """A string behind its length of two bytes."""
    if len(body) < start + 3:
        return
    (length,) = struct.unpack_from("<H", body, start)
    if not is_biff8:
        # A header of the older version has a length of one byte.
        yield from (body[start + 2 : start + 2 + length].decode("latin-1"), body[start + 1 :].decode("latin-1"))
        return
    text = body[start + 3 :]
    yield (
        text[: length * 2].decode("utf-16-le", "replace")
        if body[start + 2] & _WIDE
        else text[:length].decode("latin-1")
    )


def _short_string(body: bytes, *, is_biff8: bool) -> str:
    if not is_biff8:
        return body[1:].decode("latin-1")
    return body[2:].decode("utf-16-le" if body[1:2] == b"\x01" else "latin-1", "replace")


def _box_text(parts: list[bytes]) -> str:
    """Text of a box or comment: in the first continuation, behind a byte that says how wide letters are."""
    text = parts[1]
    return text[1:].decode("utf-16-le" if text[:1] == b"\x01" else "latin-1", "replace")


class _Pieces:
    """The bytes of a record and its continuations; a string cut by one goes on behind a new byte of flags."""

    def __init__(self, parts: list[bytes]) -> None:
        self._parts = parts
        self._number, self._place = 0, 0

    @property
    def is_over(self) -> bool:
        while self._number < len(self._parts) and self._place >= len(self._parts[self._number]):
            self._number, self._place = self._number + 1, 0
        return self._number >= len(self._parts)

    def take(self, size: int) -> bytes:
        taken = b""
        while len(taken) < size and not self.is_over:
            piece = self._parts[self._number][self._place : self._place + size - len(taken)]
            self._place += len(piece)
            taken += piece
        return taken

    def letters(self, count: int, *, is_wide: bool) -> str:
        text = ""
        while count > 0 and not self.is_over:
            left = len(self._parts[self._number]) - self._place
            here = min(count, left // _LETTER_BYTES if is_wide else left)
            text += self.take(here * (1 + is_wide)).decode("utf-16-le" if is_wide else "latin-1", "replace")
            count -= here
            if count and not here:
                self.take(left)
            if count and not self.is_over:
                is_wide = bool(self.take(1)[0] & _WIDE)
        return text


def _shared_strings(parts: list[bytes]) -> Iterator[str]:
    return (text for text, _ in _strings_with_runs(parts))


def _strings_with_runs(parts: list[bytes]) -> Iterator[tuple[str, bytes]]:
    """Each text with its runs: four bytes each, where it begins and its font."""
    pieces = _Pieces(parts)
    pieces.take(8)
    while not pieces.is_over:
        head = pieces.take(3)
        if len(head) < 3:
            return
        length, flags = struct.unpack("<HB", head)
        runs = int.from_bytes(pieces.take(2), "little") if flags & _RICH else 0
        beside = int.from_bytes(pieces.take(4), "little") if flags & _FAR_EAST else 0
        text = pieces.letters(length, is_wide=bool(flags & _WIDE))
        yield text, pieces.take(4 * runs + beside)[: 4 * runs]


def rich_strings(stream: bytes) -> dict[int, tuple[str, list[tuple[int, int]]]]:
    """Number of a shared string -> its text and its runs: where each begins, and the number of its font."""
    tables = (parts for kind, parts in _records(stream) if kind == _SST)
    strings = enumerate(_strings_with_runs(next(tables, [b""])))
    return {number: (text, list(struct.iter_unpack("<HH", runs))) for number, (text, runs) in strings if runs}
