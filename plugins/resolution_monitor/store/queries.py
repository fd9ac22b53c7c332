"""Statements by name: sql/queries/<stage>/<name>.sql, one statement a file, parameters only ever bound.

`<stage>/<name>/<table>` is the one statement of that name for many tables, written out for this one.
"""

import io
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import pandas
from sqlalchemy import Connection, CursorResult

from resolution_monitor.store.connect import Database
from resolution_monitor.store.grains import GRAINS
from resolution_monitor.store.notes import NOTED, written_for_runs


def execute(database: Database, connection: Connection, name: str, **parameters: Any) -> int:
    """Run a statement; the number of rows it changed."""
    return _run(database, connection, name, parameters).rowcount


def rows(database: Database, connection: Connection, name: str, **parameters: Any) -> list[dict[str, Any]]:
    """The rows of a statement, by column name."""
    return [dict(row) for row in _run(database, connection, name, parameters).mappings()]


def scalar(database: Database, connection: Connection, name: str, **parameters: Any) -> Any:
    """The one value of a statement; None where it gives no row."""
    return _run(database, connection, name, parameters).scalar()


def frame(database: Database, connection: Connection, name: str, **parameters: Any) -> pandas.DataFrame:
    """The rows of a statement as a table; numeric columns hold Decimal."""
    result = _run(database, connection, name, parameters)
    # As plain tuples: pandas asks every row for attributes, and a Row answers each time with an exception.
    return pandas.DataFrame(list(map(tuple, result)), columns=list(result.keys()), dtype=object)


def copied_frame(
    database: Database, connection: Connection, name: str, texts: Sequence[str], **parameters: Any
) -> pandas.DataFrame:
    """
    The rows of a statement as a table, by COPY: for many rows of text and numbers without nulls.

    Args:
        texts: Columns that hold text, whatever it looks like.
    """
    cursor = connection.connection.cursor()
    try:
        statement = cursor.mogrify(_statement(database.statements, name), parameters).decode()
        lines = io.StringIO()
        cursor.copy_expert(f"copy ({statement}) to stdout (format csv, header)", lines, size=1 << 20)
    finally:
        cursor.close()
    lines.seek(0)
    # Every digit is read as it was written (pandas 3.1); an empty text is a text.
    return pandas.read_csv(lines, keep_default_na=False, dtype=dict.fromkeys(texts, object))


def _run(database: Database, connection: Connection, name: str, parameters: dict[str, Any]) -> CursorResult[Any]:
    return connection.exec_driver_sql(_statement(database.statements, name), parameters)


@cache
def _statement(folder: Path, name: str) -> str:
    stage, file_name, *table = name.split("/")
    text = (folder / stage / f"{file_name}.sql").read_text(encoding="utf-8")
    return _written_out(text, stage, table[0]) if table else text


def _written_out(text: str, stage: str, table: str) -> str:
    if stage != "versions":
        return written_for_runs(text, table)
    described = GRAINS.get(table) or NOTED[table]
    return described.written_out(text)
