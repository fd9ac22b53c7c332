"""Rows in by COPY, never one by one."""

import io
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection


def copy_rows(connection: Connection, table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """
    Append rows to a table of the current transaction.

    Args:
        table: One of our own names, never input.
        rows: Values as text takes them: str, numbers, dates, booleans, None.
    """
    copy_lines(connection, table, columns, lines_of(rows))


def lines_of(rows: Iterable[Sequence[Any]]) -> str:
    """Rows as COPY takes them. Whoever reads files makes them in a process of its own: text is cheap to hand over."""
    return "".join([",".join([_field(value) for value in row]) + "\n" for row in rows])


def copy_lines(connection: Connection, table: str, columns: Sequence[str], lines: str) -> None:
    """Append lines of lines_of to a table of the current transaction."""
    if not lines:
        return
    cursor = connection.connection.cursor()
    try:
        names = ", ".join(columns)
        cursor.copy_expert(f"copy {table} ({names}) from stdin (format csv)", io.StringIO(lines), size=1 << 20)
    finally:
        cursor.close()


def _field(value: Any) -> str:
    """One CSV field: nothing at all is null, a quoted nothing is the empty text; PostgreSQL takes no zero byte."""
    if value is None:
        return ""
    text = str(value)
    if text.isalnum():
        return text
    return '"' + text.replace("\x00", "").replace('"', '""') + '"'
