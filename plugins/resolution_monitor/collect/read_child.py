"""The child process that meets untrusted bytes: guards and reads each file in a fork of its own, closed in.

Frames say {"mode"}; an answer is one JSON text. It holds no secret: its environment is emptied by the parent, and it
gives up rights, files, network and processes before it meets a byte; see sandbox.
"""

import codecs
import io
import json
import sys
from datetime import date, datetime, time, timedelta
from typing import Any

import python_calamine

from resolution_monitor.collect.guard import guard
from resolution_monitor.collect.marks import require_unmarked
from resolution_monitor.collect.odd_letters import odd_letters
from resolution_monitor.collect.open_zip import ZIP_MAGIC, OpenedZip, opened_zip
from resolution_monitor.collect.read_ods import ods_sheets
from resolution_monitor.collect.read_text import is_text, text_answer
from resolution_monitor.collect.recompute import contradictions
from resolution_monitor.collect.refusals import RefusedError, check_extent
from resolution_monitor.collect.repair import repaired
from resolution_monitor.collect.traits import Guarded, SheetTraits
from resolution_monitor.sandbox.confine import Needs
from resolution_monitor.sandbox.forks import serve

# Python loads them at first use, and a child that is closed in opens nothing.
_ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be", "latin-1", "cp1252", "cp1258", "cp437", "ascii", "utf-16", "utf-8-sig")
# What was screened when it came, and what a person released after that.
_SCREENED = ("read kept", "guard released")
_PLAIN = frozenset((str, int, float, bool))  # goes as it is: nearly every cell


def main() -> None:
    memory_bytes, seconds, allows = int(sys.argv[1]), float(sys.argv[2]), sys.argv[3] == "allow"
    for encoding in _ENCODINGS:
        codecs.lookup(encoding)
    serve(_work, Needs(memory_bytes), seconds=seconds, allows_unprotected=allows)


def _work(frame: dict[str, Any], content: bytes) -> bytes:
    try:
        return json.dumps(_answer(frame["mode"], content), ensure_ascii=False, allow_nan=False).encode()
    except ValueError:  # a number that is none, as only a made-up file holds it
        return json.dumps({"refused": "damaged-file", "technical": "a number without end"}).encode()


def _answer(mode: str, content: bytes) -> dict[str, Any]:
    try:
        opened = opened_zip(content) if content.startswith(ZIP_MAGIC) else None
        if mode not in _SCREENED:
            require_unmarked(content, opened)  # before the guard: a file it refuses is looked through as well
        answer = text_answer(content, mode) if is_text(content) else _workbook_answer(content, opened, mode)
        odd = odd_letters(answer["sheets"])
        return {**answer, "odd": odd} if odd else answer
    except RefusedError as refused:
        return {
            "refused": refused.check,
            "sheet": refused.sheet,
            "cell": refused.cell,
            "details": refused.details,
            "technical": refused.technical,
        }
    except MemoryError:
        return {"refused": "reader-died", "technical": "out of memory"}


def _workbook_answer(content: bytes, opened: OpenedZip | None, mode: str) -> dict[str, Any]:
    guarded = guard(content, opened)
    if mode.startswith("guard"):
        return {"sheets": []}
    sheets = _ods_sheets(guarded) if guarded.kind == "ods" else _sheets(guarded)
    return repaired({"kind": guarded.kind, "told": sorted(guarded.told), "sheets": sheets}, guarded.fonts)


def _ods_sheets(guarded: Guarded) -> list[dict[str, Any]]:
    read = ods_sheets(guarded.content)
    return [{**sheet, **traits.answer(), **_contradicted(sheet["rows"], traits)} for sheet, traits in read]


def _sheets(guarded: Guarded) -> list[dict[str, Any]]:
    try:
        workbook = python_calamine.load_workbook(io.BytesIO(guarded.content))
        metas = workbook.sheets_metadata
        if len(metas) != len(guarded.sheets) or guarded.names not in ([], [meta.name for meta in metas]):
            raise RefusedError("damaged-file", technical="the reader sees other sheets than the guard")
        seen = zip(metas, guarded.sheets, strict=True)
        return [_sheet(workbook, meta, traits) for meta, traits in seen if _is_worksheet(meta)]
    except (python_calamine.CalamineError, python_calamine.ZipError, python_calamine.XmlError, OSError) as error:
        raise RefusedError("damaged-file", technical=" ".join(str(error).split())) from error


def _is_worksheet(meta: Any) -> bool:
    return bool(meta.typ == python_calamine.SheetTypeEnum.WorkSheet)


def _sheet(workbook: Any, meta: Any, traits: SheetTraits) -> dict[str, Any]:
    sheet = workbook.get_sheet_by_name(meta.name)
    check_extent(sheet.height or 0, sheet.width or 0, sheet=meta.name)
    rows = [_trimmed(row) for row in sheet.to_python(skip_empty_area=False)]
    contradicted = _contradicted(rows, traits)
    kept = ((place, text) for place, text in traits.struck.items() if text)
    for (row, column), text in (*traits.formulas.items(), *traits.errors.items(), *kept):
        _put(rows, row, column, text)
    return {
        "name": meta.name,
        "is_hidden": meta.visible != python_calamine.SheetVisibleEnum.Visible,
        "rows": rows,
        "merged": [[*start, *end] for start, end in sheet.merged_cell_ranges or ()],
        **traits.answer(),
        **contradicted,
    }


def _contradicted(rows: list[list[Any]], traits: SheetTraits) -> dict[str, Any]:
    """Formulas that come to another number than is stored with them; nothing where none does."""
    found = contradictions(rows, traits.reckoned)
    return {"contradicted": [[*one.place, one.formula, one.stored, one.reckoned] for one in found]} if found else {}


def _put(rows: list[list[Any]], row: int, column: int, text: str) -> None:
    """Show in a cell what the reader leaves blank, so that nobody takes it for an empty one."""
    rows += [[] for _ in range(row + 1 - len(rows))]
    rows[row] += [None] * (column + 1 - len(rows[row]))
    rows[row][column] = text


def _trimmed(row: list[Any]) -> list[Any]:
    """Without the empty cells at its end; dates as {"date": ...}."""
    cells = [value if type(value) in _PLAIN and value != "" else _cell(value) for value in row]
    while cells and cells[-1] is None:
        cells.pop()
    return cells


def _cell(value: Any) -> Any:
    if value == "":
        return None
    if isinstance(value, (datetime, date, time)):
        return {"date": value.isoformat()}
    if isinstance(value, timedelta):
        return str(value)
    return value


if __name__ == "__main__":
    main()
