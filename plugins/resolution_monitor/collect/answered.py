"""What the limited child answers becomes a workbook of sheets of cells, or the finding that says why there is none."""

import logging
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from resolution_monitor.personal import masked
from resolution_monitor.terms import (
    SECRECY_DOUBT,
    SECRECY_MARK,
    CellValue,
    Finding,
    MergedRange,
    Place,
    Severity,
    Sheet,
    Workbook,
    cell_address,
)

log = logging.getLogger(__name__)

_LOGGED_LETTERS = 300  # of what the child says of a refusal: it may hold names from inside the file


@dataclass(frozen=True, slots=True)
class ReadResult:
    """
    A workbook, or the finding that says why there is none.

    Attributes:
        told: Of a file that is read: what must be known of the whole of it.
    """

    workbook: Workbook | None
    refusal: Finding | None
    told: tuple[Finding, ...] = ()


def sheet_of(answer: dict[str, Any]) -> Sheet:
    return Sheet(
        name=answer["name"],
        is_hidden=answer["is_hidden"],
        rows=tuple(tuple(map(_cell, row)) for row in answer["rows"]),
        merged=tuple(MergedRange(*bounds) for bounds in answer["merged"]),
        hidden_rows=tuple((first, last) for first, last in answer.get("hidden_rows", ())),
        hidden_columns=tuple((first, last) for first, last in answer.get("hidden_columns", ())),
        errors=_by_place(answer.get("errors", ())),
        formulas=_by_place(answer.get("formulas", ())),
        originals=_by_place(answer.get("originals", ())),
        formats=_by_place(answer.get("formats", ())),
        raised=_by_place(answer.get("raised", ())),
        struck=_by_place(answer.get("struck", ())),
    )


def _by_place(cells: Iterable[tuple[int, int, str]]) -> dict[Place, str]:
    return {(row, column): text for row, column, text in cells}


def _cell(value: Any) -> CellValue:
    if isinstance(value, dict):
        text: str = value["date"]
        if "T" in text:
            return datetime.fromisoformat(text)
        return date.fromisoformat(text) if "-" in text else text
    return value  # type: ignore[no-any-return]


def result_of(file_name: str, answer: dict[str, Any]) -> ReadResult:
    if "died" in answer:
        answer = {"refused": "reader-died", "technical": answer["died"]}
    if "refused" in answer:
        return ReadResult(workbook=None, refusal=_refusal(file_name, answer))
    repair = answer.get("repair", {})
    workbook = Workbook(
        sheets=tuple(map(sheet_of, answer["sheets"])),
        kind=answer.get("kind", ""),
        encoding=answer.get("encoding"),
        repair_confidence=repair.get("confidence"),
    )
    return ReadResult(workbook=workbook, refusal=None, told=_told(file_name, answer))


def _told(file_name: str, answer: dict[str, Any]) -> tuple[Finding, ...]:
    found = [Finding(check, Severity.NOTE, value=file_name) for check in answer.get("told", ())]
    if repair := answer.get("repair"):
        details = (("cells", str(repair["cells"])), ("confidence", f"{repair['confidence']:.0%}"))
        found.append(Finding("text-repaired", Severity.WARN, value=file_name, details=details))
    if two := answer.get("two_readings"):
        found.append(Finding("text-two-readings", Severity.WARN, value=two[0], details=(("other", two[1]),)))
    if words := answer.get("leftover"):
        found.append(Finding("text-old-letters", Severity.WARN, value=", ".join(words)))
    if odd := answer.get("odd"):
        place = {"sheet": odd["sheet"], "cell": cell_address(*odd["place"]), "value": odd["text"]}
        found.append(Finding("odd-letters", Severity.WARN, **place, details=(("cells", str(odd["cells"])),)))
    return (*found, *_contradicted(answer["sheets"]))


def _contradicted(sheets: list[dict[str, Any]]) -> Iterator[Finding]:
    """One finding a file, of the first cell whose formula comes to another number than is stored with it."""
    cells = [(sheet["name"], *told) for sheet in sheets for told in sheet.get("contradicted", ())]
    if not cells:
        return
    sheet, row, column, formula, stored, reckoned = cells[0]
    details = (("cells", str(len(cells))), ("formula", f"={formula}"), ("reckoned", f"{reckoned:.10g}"))
    place = {"sheet": sheet, "cell": cell_address(row, column), "value": f"{stored:.10g}"}
    yield Finding("formula-contradicted", Severity.WARN, **place, details=details)


def _refusal(file_name: str, answer: dict[str, Any]) -> Finding:
    """The finding its sender reads; what only we understand is told to the log. Neither names a marked file."""
    if answer["refused"] in (SECRECY_MARK, SECRECY_DOUBT):
        return Finding(answer["refused"], Severity.BLOCK, details=tuple(sorted(answer["details"].items())))
    technical = masked(str(answer.get("technical", ""))[:_LOGGED_LETTERS])
    log.info("file.refused", extra={"file": masked(file_name), "check": answer["refused"], "technical": technical})
    return Finding(
        check=answer["refused"],
        severity=Severity.BLOCK,
        sheet=answer.get("sheet"),
        cell=answer.get("cell"),
        value=file_name,
        details=tuple(sorted(answer.get("details", {}).items())),
    )
