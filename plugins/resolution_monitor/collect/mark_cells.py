"""A level written over neighbouring cells, M | Ậ | T, along a row or down a column."""

import html
import re
from collections.abc import Iterable, Iterator, Sequence

from resolution_monitor.collect.decode_bytes import decoded
from resolution_monitor.collect.mark_letters import readings
from resolution_monitor.collect.marking_levels import LEVELS, Marking

_CELL = re.compile(r"<(?:\w+:)?c\b([^<>]*?)(?:/>|>(.*?)</(?:\w+:)?c>)", re.DOTALL)
_ROW = re.compile(
    r"<(?:\w+:|table:table-)row\b[^<>]*>(.*?)</(?:\w+:|table:table-)row>|<row\b[^<>]*>(.*?)</row>", re.DOTALL
)
_ODS_CELL = re.compile(r"<table:table-cell\b([^<>]*?)(?:/>|>(.*?)</table:table-cell>)", re.DOTALL)
_REPEATED = re.compile(r"number-columns-repeated\s*=\s*[\"'](\d{1,5})")
_PLACE = re.compile(r"\br\s*=\s*[\"']([A-Z]{1,3})\d+[\"']")
_SHARED = re.compile(r"\bt\s*=\s*[\"']s[\"']")
_ITEM = re.compile(r"<(?:\w+:)?si\b[^<>]*>(.*?)</(?:\w+:)?si>", re.DOTALL)
_TAG = re.compile(r"<[^<>]*>")
_FORMULA = re.compile(r"<(?:\w+:)?f\b.*?</(?:\w+:)?f>", re.DOTALL)
_WHOLE = {"MẬT": LEVELS[""], "TỐIMẬT": LEVELS["TỐI"], "TUYỆTMẬT": LEVELS["TUYỆT"]}
_LONGEST = 5  # letters of a cell that can be a piece
_MOST_COLUMNS = 200

Row = Sequence[str]


def is_fragment(text: str) -> bool:
    """Whether a text is a piece of "mật" that only stands beside its other pieces."""
    return any(_key(reading) in ("Ậ", "MẬ", "ẬT") for reading in readings(text)) if len(text) <= 20 else False


def spread_level(rows: Iterable[Row]) -> Marking | None:
    """The level that neighbouring cells spell, along a row or down a column."""
    told = [list(row) for row in rows]
    for line in told:
        if marking := _spelt(line):
            return marking
    widest = min(max(map(len, told), default=0), _MOST_COLUMNS)
    columns = ([row[column] if column < len(row) else "" for row in told] for column in range(widest))
    return next(filter(None, map(_spelt, columns)), None)


def _spelt(cells: Row) -> Marking | None:
    texts = [text for text in cells if text.strip()]
    keys = [_key(next(readings(text))) if len(text) <= 20 else "" for text in texts]
    keys = [key if 0 < len(key) <= _LONGEST else "" for key in keys]
    for first, key in enumerate(keys):
        spelt, place = key, first
        while any(whole.startswith(spelt) for whole in _WHOLE) and spelt:
            if spelt in _WHOLE and place > first:
                return Marking(_WHOLE[spelt], is_clear="".join(texts[first : place + 1]).isupper())
            place += 1
            if place == len(keys) or not keys[place]:
                break
            spelt += keys[place]
    return None


def _key(text: str) -> str:
    return "".join(filter(str.isalnum, text)).upper()


def rows_of_parts(parts: Sequence[tuple[str, bytes]]) -> Iterator[list[list[str]]]:
    """The rows of each sheet of a workbook, as far as its XML can be followed without a parser."""
    shared = [
        _plain(item)
        for name, part in parts
        if name.lower().endswith("sharedstrings.xml")
        for item in _ITEM.findall(decoded(part))
    ]
    for name, part in parts:
        if name.lower().endswith("content.xml"):
            yield [_ods_row("".join(row)) for row in _ROW.findall(decoded(part))]
        elif "/worksheets/" in name.lower() and name.lower().endswith(".xml"):
            yield [_row("".join(row), shared) for row in _ROW.findall(decoded(part))]


def _row(xml: str, shared: Sequence[str]) -> list[str]:
    cells: list[str] = []
    for attributes, inside in _CELL.findall(xml):
        text = _plain(_FORMULA.sub("", inside))
        if _SHARED.search(attributes):
            text = shared[int(text)] if text.strip().isdigit() and int(text) < len(shared) else ""
        if (place := _PLACE.search(attributes)) and (column := _column(place[1])) < _MOST_COLUMNS:
            cells += [""] * (column - len(cells))
        cells.append(text)
    return cells


def _ods_row(xml: str) -> list[str]:
    cells: list[str] = []
    for attributes, inside in _ODS_CELL.findall(xml):
        times = int(repeated[1]) if (repeated := _REPEATED.search(attributes)) else 1
        cells += [_plain(inside)] * min(times, _MOST_COLUMNS)
    return cells


def _plain(xml: str) -> str:
    return html.unescape(_TAG.sub("", xml))


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1
