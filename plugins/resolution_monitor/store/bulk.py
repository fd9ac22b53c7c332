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
    buffer = io.StringIO()
    buffer.writelines(",".join(map(_field, row)) + "\n" for row in rows)
    buffer.seek(0)
    cursor = connection.connection.cursor()
    try:
        names = ", ".join(columns)
        cursor.copy_expert(f"copy {table} ({names}) from stdin (format csv)", buffer)
    finally:
        cursor.close()


def _field(value: Any) -> str:
    """One CSV field: nothing at all is null, a quoted nothing is the empty text; PostgreSQL takes no zero byte."""
    if value is None:
        return ""
    return '"' + str(value).replace("\x00", "").replace('"', '""') + '"'
