"""Sheets as the limited child sends them become sheets of cells."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from resolution_monitor.terms import CellValue, MergedRange, Place, Sheet


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
