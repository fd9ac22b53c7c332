"""Cells of worked cases become arrays: numbers, days, JSON lists of unequal length. Empty is null.

Source: docs/method.md, clause 6.
"""

import json
from collections.abc import Sequence
from datetime import date
from typing import Any

import numpy as np

from resolution_monitor.method.arrays import Floats, Texts
from resolution_monitor.method.path import Points
from resolution_monitor.method.worked import padded, value
from resolution_monitor.score.rules.steps import Steps

Row = dict[str, str]
Answer = dict[str, Any]

_EMPTY = {"", "null", "None", "nan", "NaN"}


def texts(rows: Sequence[Row], column: str) -> Texts:
    """A column as it is written, without spaces around it."""
    return np.array([(row.get(column) or "").strip() for row in rows], dtype=np.str_)


def numbers(rows: Sequence[Row], column: str, *, empty: float = np.nan) -> Floats:
    """A column of numbers."""
    return np.array([empty if text in _EMPTY else value(text) for text in texts(rows, column)], dtype=np.float64)


def days(rows: Sequence[Row], column: str) -> Floats:
    """A column of dates as day numbers."""
    return np.array([day_number(text) for text in texts(rows, column)], dtype=np.float64)


def parsed(rows: Sequence[Row], column: str) -> list[Any]:
    """A column of JSON; None where it is empty."""
    return [None if text in _EMPTY else json.loads(text) for text in texts(rows, column)]


def day_number(written: str | None) -> float:
    """The day number of an ISO date; NaN where there is none."""
    if written is None or written in _EMPTY:
        return float("nan")
    return float(date.fromisoformat(written[:10]).toordinal())


def points(tables: Sequence[Any], start: Floats) -> Points:
    """Tables of [date, fraction] as points, in days from each row's start."""
    day = padded(tables, lambda point: day_number(point[0]))
    return Points(day=day - start[:, None], fraction=padded(tables, lambda point: value(point[1])))


def steps(lists: Sequence[Any], start: Floats) -> Steps:
    """Lists of [due, weight, met on, evidence] as steps in order, in days from each row's start."""
    weight = padded(lists, lambda step: value(step[1]))
    is_beyond = np.arange(weight.shape[1]) >= np.array([len(entries or []) for entries in lists])[:, None]
    return Steps(
        due_day=padded(lists, lambda step: day_number(step[0])) - start[:, None],
        weight=np.where(is_beyond, 0.0, weight),
        met_day=padded(lists, lambda step: day_number(step[2] if len(step) > 2 else None)) - start[:, None],
        has_evidence=padded(lists, lambda step: float(len(step) > 3 and bool(step[3]))) == 1.0,
    ).in_order()


def answers(**columns: Sequence[Any] | np.ndarray) -> list[Answer]:
    """Columns of results as one answer per row."""
    return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]
