"""Worked cases from a folder of CSV files: read, run through the rules, compared."""

import csv
from dataclasses import dataclass
from pathlib import Path

from resolution_monitor.errors import InboxError
from resolution_monitor.score.worked_cases.compare import Difference, differences, table_of


@dataclass(frozen=True, slots=True)
class TableResult:
    """One CSV file; `table` is None where its header is that of no table of worked cases."""

    file_name: str
    table: str | None
    rows: int
    differences: list[Difference]


def run_golden(folder: Path) -> list[TableResult]:
    """
    Run every table of worked cases in a folder, known by its header.

    Raises:
        InboxError: The folder cannot be read, or holds no such table.
    """
    try:
        results = [_run_file(path) for path in sorted(folder.glob("*.csv"))]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise InboxError(
            f"{folder}: a table of worked cases cannot be read ({error}); it must be CSV in UTF-8"
        ) from error
    if not any(result.table for result in results):
        raise InboxError(f"{folder} holds no table of worked cases; name the folder with attainment.csv and its like")
    return results


def _run_file(path: Path) -> TableResult:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        reader = csv.DictReader(stream)
        table = table_of([name.strip() for name in reader.fieldnames or []])
        rows = [{(name or "").strip(): cell for name, cell in row.items()} for row in reader]
    if table is None:
        return TableResult(file_name=path.name, table=None, rows=len(rows), differences=[])
    return TableResult(file_name=path.name, table=table.name, rows=len(rows), differences=differences(table, rows))
