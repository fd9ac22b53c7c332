"""Columns laid out for COPY arrive as they were: numbers to the last bit, texts of any script, nothing as nothing."""

from datetime import date

import numpy as np
import pandas
import pytest

from resolution_monitor.errors import DatabaseError
from resolution_monitor.pipeline import Context
from resolution_monitor.store.binary_copy import copy_frame

EVERY_SERVER = True

CREATE = (
    "create temporary table trial (number double precision, small integer, large bigint, is_so boolean, words text,"
    " day date)"
)
ROWS = [
    [0.1 + 0.2, -7, 2**40, True, "Hải Phòng", date(2026, 10, 31)],
    [-1e-300, 2**31 - 1, None, False, "", date(1999, 12, 31)],
    [None, 0, -1, True, None, None],
]
COLUMNS = ["number", "small", "large", "is_so", "words", "day"]


def frame(rows: list[list[object]]) -> pandas.DataFrame:
    types = {"number": np.float64, "small": np.int64, "large": object, "is_so": bool, "words": object, "day": object}
    return pandas.DataFrame(rows, columns=COLUMNS).astype(types)


def test_every_type_arrives_as_it_was(context: Context):
    """
    Each type with its edges, over more rows than one piece holds.
    """
    many = ROWS * 6_000
    with context.database.transaction() as connection:
        connection.exec_driver_sql(CREATE)
        copy_frame(context.database, connection, "trial", frame(many))
        copy_frame(context.database, connection, "trial", frame(ROWS).iloc[:0])
        found = connection.exec_driver_sql("select number, small, large, is_so, words, day from trial").fetchall()

    assert [tuple(row) for row in many] == [tuple(row) for row in found]


def test_a_column_that_is_not_there_is_told(context: Context):
    """
    A column the table lacks is named before anything is sent.
    """
    with context.database.transaction() as connection:
        connection.exec_driver_sql(CREATE)

        with pytest.raises(DatabaseError, match=r"trial cannot be filled from columns other \(missing\)"):
            copy_frame(context.database, connection, "trial", frame(ROWS).assign(other=1))
