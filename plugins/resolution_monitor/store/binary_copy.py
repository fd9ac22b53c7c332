"""A table of columns into PostgreSQL as COPY's binary format: whole columns are laid out at once, never cell by cell.

Text would write each number digit by digit and read it again; of 850,000 rows of 43 columns that is most of the time.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import date

import numpy as np
import pandas
from sqlalchemy import Connection

from resolution_monitor.errors import DatabaseError
from resolution_monitor.store import queries
from resolution_monitor.store.connect import Database

_SIGNATURE = b"PGCOPY\n\xff\r\n\0" + bytes(8)
_END = b"\xff\xff"
_ROWS_A_PIECE = 16_384
_FIRST_DAY = date(2000, 1, 1).toordinal()
_LENGTH_BYTES = 4

# The bytes of each value below each other, padded to one width, and how many of them count; -1 is null.
Laid = tuple[np.ndarray, np.ndarray]


def copy_frame(database: Database, connection: Connection, table: str, frame: pandas.DataFrame) -> None:
    """
    Append the rows of a frame to a table of the current transaction.

    Args:
        table: One of our own names, never input.
        frame: Columns named as the table's; NaN and None are null.

    Raises:
        DatabaseError: The table lacks a column, or has one of a type that is not laid out here.
    """
    types = {
        row["column_name"]: row["type_name"]
        for row in queries.rows(database, connection, "score/column_types", table_name=table)
    }
    chosen = {str(name): types.get(str(name), "missing") for name in frame.columns}
    unknown = [f"{name} ({type_name})" for name, type_name in chosen.items() if type_name not in _LAYOUTS]
    if unknown:
        raise DatabaseError(f"table {table} cannot be filled from columns {', '.join(unknown)}; please report this")
    cursor = connection.connection.cursor()
    try:
        stream = _Stream(_pieces(frame, chosen))
        cursor.copy_expert(f"copy {table} ({', '.join(chosen)}) from stdin (format binary)", stream)
    finally:
        cursor.close()


class _Stream:
    """Pieces as the driver wants them: a file that is read to its end."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces = pieces

    def read(self, size: int) -> bytes:
        """The next piece, whatever size was asked for; nothing at the end."""
        return next(self._pieces, b"")


def _pieces(frame: pandas.DataFrame, types: Mapping[str, str]) -> Iterator[bytes]:
    yield _SIGNATURE
    columns = {name: frame[name].to_numpy() for name in types}
    for first in range(0, len(frame), _ROWS_A_PIECE):
        piece = {name: values[first : first + _ROWS_A_PIECE] for name, values in columns.items()}
        yield _piece([_LAYOUTS[types[name]](values) for name, values in piece.items()])
    yield _END


def _piece(columns: list[Laid]) -> bytes:
    """Rows of: number of fields, then each field's length and bytes. What a value does not fill is left out."""
    rows = len(columns[0][1])
    parts = [np.full((rows, 1), len(columns), dtype=">i2").view(np.uint8)]
    counted = [np.ones((rows, 2), dtype=bool)]
    for content, length in columns:
        parts += [length.astype(">i4")[:, None].view(np.uint8), content]
        counted += [
            np.ones((rows, _LENGTH_BYTES), dtype=bool),
            np.arange(content.shape[1]) < np.maximum(length, 0)[:, None],
        ]
    laid: np.ndarray = np.concatenate(parts, axis=1)
    return bytes(laid[np.concatenate(counted, axis=1)].tobytes())


def _number(stored: str) -> Callable[[np.ndarray], Laid]:
    """Numbers in the byte order of the wire; what is null holds any number."""
    width = np.dtype(stored).itemsize

    def laid(values: np.ndarray) -> Laid:
        is_null = np.zeros(len(values), dtype=bool) if values.dtype.kind in "iub" else pandas.isna(values)
        plain = np.where(is_null, 0, values) if is_null.any() else values
        content = np.ascontiguousarray(plain.astype(stored)).view(np.uint8).reshape(len(values), width)
        return content, np.where(is_null, -1, width)

    return laid


def _by_value(encoded: Callable[[object], bytes]) -> Callable[[np.ndarray], Laid]:
    """Values that come again and again are written once and then placed."""

    def laid(values: np.ndarray) -> Laid:
        codes, known = pandas.factorize(values)
        written = [encoded(value) for value in known]
        length = np.array([*map(len, written), -1], dtype=np.int64)
        width = max(int(length.max()), 0)
        joined = b"".join(text.ljust(width, b"\0") for text in [*written, b""])
        table = np.frombuffer(joined, dtype=np.uint8).reshape(len(length), width)
        return table[codes], length[codes]

    return laid


def _text(value: object) -> bytes:
    """PostgreSQL takes no zero byte."""
    return str(value).replace("\0", "").encode()


def _day(value: object) -> bytes:
    assert isinstance(value, date)  # noqa: S101 - the column is a date in the database
    return (value.toordinal() - _FIRST_DAY).to_bytes(4, "big", signed=True)


_LAYOUTS: dict[str, Callable[[np.ndarray], Laid]] = {
    "double precision": _number(">f8"),
    "integer": _number(">i4"),
    "bigint": _number(">i8"),
    "boolean": _number(">i1"),
    "text": _by_value(_text),
    "date": _by_value(_day),
}
