"""The child process that meets untrusted bytes: guards and reads one file after another, within limits.

Frames on standard input: one JSON line {"mode", "size"} and `size` bytes. Answers on standard output: one JSON line.
It holds no secret: its environment is emptied by the parent, and as root it becomes nobody before the first frame.
"""

import io
import json
import sys
from datetime import date, datetime, time, timedelta
from typing import Any

import python_calamine

from resolution_monitor.collect.guard import RefusedError, check_extent, guard
from resolution_monitor.collect.limits import confine, limit_time
from resolution_monitor.collect.marks import require_unmarked
from resolution_monitor.collect.read_text import is_text, text_sheets


def main() -> None:
    memory_bytes, seconds = int(sys.argv[1]), float(sys.argv[2])
    confine(memory_bytes)
    frames, answers = sys.stdin.buffer, sys.stdout.buffer
    while line := frames.readline():
        frame = json.loads(line)
        content = frames.read(frame["size"])
        limit_time(seconds)
        answer = _answer(frame["mode"], content)
        answers.write(json.dumps(answer, ensure_ascii=False).encode() + b"\n")
        answers.flush()


def _answer(mode: str, content: bytes) -> dict[str, Any]:
    try:
        require_unmarked(content)  # before the guard: a file it refuses is looked through as well
        sheets = text_sheets(content) if is_text(content) else _guarded_sheets(content, mode)
        return {"sheets": sheets if mode == "read" else []}
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


def _guarded_sheets(content: bytes, mode: str) -> list[dict[str, Any]]:
    guard(content)
    return _sheets(content) if mode == "read" else []


def _sheets(content: bytes) -> list[dict[str, Any]]:
    try:
        workbook = python_calamine.load_workbook(io.BytesIO(content))
        return [_sheet(workbook, meta) for meta in workbook.sheets_metadata if _is_worksheet(meta)]
    except (python_calamine.CalamineError, python_calamine.ZipError, python_calamine.XmlError, OSError) as error:
        raise RefusedError("damaged-file", technical=" ".join(str(error).split())) from error


def _is_worksheet(meta: Any) -> bool:
    return bool(meta.typ == python_calamine.SheetTypeEnum.WorkSheet)


def _sheet(workbook: Any, meta: Any) -> dict[str, Any]:
    sheet = workbook.get_sheet_by_name(meta.name)
    check_extent(sheet.height or 0, sheet.width or 0, sheet=meta.name)
    return {
        "name": meta.name,
        "is_hidden": meta.visible != python_calamine.SheetVisibleEnum.Visible,
        "rows": [_trimmed(row) for row in sheet.to_python(skip_empty_area=False)],
        "merged": [[*start, *end] for start, end in sheet.merged_cell_ranges or ()],
    }


def _trimmed(row: list[Any]) -> list[Any]:
    """Without the empty cells at its end; dates as {"date": ...}."""
    cells = [_cell(value) for value in row]
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
