"""A body's report as CSV or JSON becomes sheets of cells, as a workbook would; everything else is refused.

Runs inside the limited child: everything here may meet hostile bytes.
"""

import csv
import io
import json
from typing import Any

from resolution_monitor.collect.guard import RefusedError, check_extent

# The first word of every CSV of ours, with and without quotes; a JSON file begins with its one object.
_CSV_STARTS = (b"_meta", b'"_meta"')
_JSON_START = b"{"
_BOM = b"\xef\xbb\xbf"
_DELIMITERS = ";,\t"
# What a writer of ours puts before a text that would begin a formula in a spreadsheet.
_TEXT_MARK, _RISKY = "'", ("=", "+", "-", "@", "'")
_META = "_meta"

Cells = list[list[Any]]


def is_text(content: bytes) -> bool:
    """Whether a file means to be a report in CSV or JSON, by how it begins."""
    begun = content[:64].removeprefix(_BOM).lstrip()
    return begun.startswith((_JSON_START, *_CSV_STARTS))


def text_sheets(content: bytes) -> list[dict[str, Any]]:
    """
    Sheets as the reader of workbooks gives them: CSV as one sheet without a name, JSON as one sheet for each list.

    Raises:
        RefusedError: It is not UTF-8, holds a zero byte, or is no CSV or JSON of the layout.
    """
    try:
        # Not by the codec "utf-8-sig": the child may no longer load codecs.
        text = content.removeprefix(_BOM).decode("utf-8")
        if "\x00" in text:
            raise RefusedError("text-not-understood", technical="a zero byte")
        sheets = _json_sheets(text) if text.lstrip().startswith("{") else [("", _csv_rows(text))]
    except (ValueError, csv.Error, RecursionError) as error:
        # UnicodeDecodeError and JSONDecodeError are ValueErrors; so is a number of too many digits.
        raise RefusedError("text-not-understood", technical=" ".join(str(error).split())) from error
    for name, rows in sheets:
        check_extent(len(rows), max(map(len, rows), default=0), sheet=name or None)
    return [{"name": name, "is_hidden": False, "rows": rows, "merged": []} for name, rows in sheets]


def _csv_rows(text: str) -> Cells:
    first = text.lstrip().split("\n", 2)
    told = first[1] if len(first) > 1 else ""
    delimiter = max(_DELIMITERS, key=told.count)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    return [[_unmarked(cell) or None for cell in row] for row in rows]


def _unmarked(cell: str) -> str:
    return cell[1:] if cell.startswith(_TEXT_MARK) and cell[1:].startswith(_RISKY) else cell


def _json_sheets(text: str) -> list[tuple[str, Cells]]:
    """Single values become the sheet that says whose report it is; each list of objects a sheet of its name."""
    told = json.loads(text, parse_constant=_refuse_constant)
    lists = {name: held for name, held in told.items() if isinstance(held, list)}
    single = [[name, _cell(held)] for name, held in told.items() if name not in lists]
    return [(_META, single), *((name, _rows(held)) for name, held in lists.items())]


def _refuse_constant(name: str) -> Any:
    raise ValueError(f"{name} is no number")


def _rows(entries: list[Any]) -> Cells:
    """Names of the fields as headings, then one row an object."""
    if not all(isinstance(entry, dict) for entry in entries):
        raise ValueError("a list holds something that is no object")
    names = list(dict.fromkeys(name for entry in entries for name in entry))
    return [list(names), *([_cell(entry.get(name)) for name in names] for entry in entries)]


def _cell(held: Any) -> Any:
    if isinstance(held, (dict, list)):
        raise ValueError("a field holds more than one value")
    if isinstance(held, bool):
        return str(held).lower()
    return held or None if isinstance(held, str) else held
