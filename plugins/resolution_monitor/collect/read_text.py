"""CSV and JSON become sheets of cells, as a workbook would; everything else is refused.

Runs inside the limited child: everything here may meet hostile bytes.
"""

import csv
import io
import itertools
import json
from decimal import Decimal
from typing import Any

from resolution_monitor.collect.decode_text import decode, other_reading, text_kind
from resolution_monitor.collect.refusals import MAX_ROWS, RefusedError, check_extent
from resolution_monitor.collect.repair import repaired
from resolution_monitor.formula_text import unmarked_text

_CSV_MARK = "_meta"
_DELIMITERS = ";\t,"  # in order of preference: a comma stands in numbers too
# What a writer of ours puts before a text that would begin a formula in a spreadsheet.
_META = "_meta"
_JUDGED_ROWS, _JUDGED_LETTERS = 50, 2_000

Cells = list[list[Any]]


def is_text(content: bytes) -> bool:
    """Whether a file means to be CSV or JSON, by how it begins."""
    return text_kind(content) is not None


def text_answer(content: bytes, mode: str) -> dict[str, Any]:
    """
    The child's answer for a file that is text.

    Raises:
        RefusedError: Its letters cannot be told, or it is no CSV or JSON.
    """
    text, encoding = decode(content)
    kind = "json" if text.lstrip().startswith("{") else "csv"
    other = other_reading(content, text, encoding)
    answer = repaired({"kind": kind, "encoding": encoding, "sheets": text_sheets(text)}, ())
    if other is not None:
        answer["two_readings"] = other
    return {"sheets": []} if mode.startswith("guard") else answer


def text_sheets(text: str) -> list[dict[str, Any]]:
    """
    Sheets as the reader of workbooks gives them: CSV as one sheet without a name, JSON as one sheet for each list.

    Raises:
        RefusedError: It is no CSV or JSON of the layout.
    """
    try:
        sheets = _json_sheets(text) if text.lstrip().startswith("{") else [("", _csv_rows(text))]
    except (ValueError, csv.Error, RecursionError) as error:
        # JSONDecodeError is a ValueError; so is a number of too many digits.
        raise RefusedError("text-not-understood", technical=" ".join(str(error).split())) from error
    for name, rows in sheets:
        check_extent(len(rows), max(map(len, rows), default=0), sheet=name or None)
    return [{"name": name, "is_hidden": False, "rows": rows, "merged": []} for name, rows in sheets]


def _csv_rows(text: str) -> Cells:
    delimiter = _delimiter(text)
    read = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows = itertools.islice(read, MAX_ROWS + 1)  # one more than is allowed is enough to refuse it
    return [[_unmarked(cell) or None for cell in row] for row in rows]


def _delimiter(text: str) -> str:
    """
    What parts the cells.

    Our own layout tells it in its second line. Elsewhere it is the first of the three that parts most of the rows;
    a comma counts only where neither of the others parts any, for it also stands in numbers.
    """
    first = text.lstrip().split("\n", 2)
    if first[0].strip().strip('"') == _CSV_MARK or first[0].lstrip('"').startswith(_CSV_MARK):
        told = first[1] if len(first) > 1 else ""
        return max(_DELIMITERS, key=told.count)
    shown = "\n".join(line[:_JUDGED_LETTERS] for line in text.split("\n", _JUDGED_ROWS)[:_JUDGED_ROWS])
    return max(_DELIMITERS, key=lambda delimiter: _parted_rows(shown, delimiter))


def _parted_rows(text: str, delimiter: str) -> int:
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    return sum(len(row) > 1 for row in rows)


def _unmarked(cell: str) -> str:
    return unmarked_text(cell)


def _json_sheets(text: str) -> list[tuple[str, Cells]]:
    """Single values become the sheet that says whose report it is; each list of objects a sheet of its name."""
    told = json.loads(text, parse_constant=_refuse_constant, parse_float=_exact, object_pairs_hook=_object)
    if "\\ud" in text.lower():
        json.dumps(
            told, ensure_ascii=False
        ).encode()  # half of a letter written as two: no file of ours may hold it, and no answer can
    lists = {name: held for name, held in told.items() if isinstance(held, list)}
    single = [[name, _cell(held)] for name, held in told.items() if name not in lists]
    return [(_META, single), *((name, _rows(held)) for name, held in lists.items())]


def _refuse_constant(name: str) -> Any:
    raise ValueError(f"{name} is no number")


def _exact(written: str) -> float | str:
    """A number of so many digits that none of ours can hold it stays text, and is told where it is used."""
    number = float(written)
    return number if abs(number) != float("inf") and Decimal(repr(number)) == Decimal(written) else written


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    told = dict(pairs)
    if len(told) != len(pairs):
        raise ValueError("a name stands twice in one object")
    return told


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
