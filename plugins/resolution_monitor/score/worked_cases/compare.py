"""Which answers of the rules differ from a worked case by more than its tolerance allows.

Source: docs/method.md, clause 6.
"""

import json
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from resolution_monitor.score.worked_cases import agencies, measured, risk, standing
from resolution_monitor.score.worked_cases.cells import Answer, Row

_LAG = frozenset({"lag_days"})
_SCORES = frozenset({"A_published", "S", "R", "low", "high", "report_score"}).union(
    f"{name}_{end}" for name in ("P", "S", "D", "C", "arith") for end in ("low", "high")
)
LAG_TOLERANCE, SCORE_TOLERANCE, OTHER_TOLERANCE = 1e-3, 1e-4, 1e-6
UNREADABLE = "row"


@dataclass(frozen=True, slots=True)
class Table:
    """
    One kind of worked cases.

    Attributes:
        inputs: Columns that make this table known whatever its file is called.
        rules: From rows to one answer per row, a value per expected column.
    """

    name: str
    inputs: frozenset[str]
    rules: Callable[[Sequence[Row]], list[Answer]]


@dataclass(frozen=True, slots=True)
class Difference:
    """One expected value that the rules do not give; both as they are printed."""

    case: str
    column: str
    expected: str
    got: str


TABLES = tuple(
    Table(name, frozenset(inputs.split()), rules)
    for name, inputs, rules in (
        ("targets", "direction target_json", measured.targets),
        ("attainment", "kind direction min_step inputs_json", measured.attainment),
        ("lag", "trajectory t0 tT t a_raw table_json lag_days S", standing.lag),
        ("status_score", "class trajectory t0 tT t a_raw steps_json missed", standing.status_score),
        ("submission", "cutoff submitted known_on", agencies.submission),
        ("composite", "kpis_json reports_json", agencies.composite),
        ("parents", "tree_json", agencies.parents),
        ("forecast", "tau_series h theta", risk.forecast),
        ("reference_class", "classes_json agency_json all_json", risk.reference_class),
        ("tiers", "group_json sigma2", agencies.tiers),
    )
)


def table_of(columns: Sequence[str]) -> Table | None:
    """The table that such a header belongs to; None for any other file."""
    return next((table for table in TABLES if table.inputs <= set(columns)), None)


def differences(table: Table, rows: Sequence[Row]) -> list[Difference]:
    """Every expected value that is not met, in the order of the rows."""
    return [
        difference
        for row, answer in zip(rows, _answers(table, rows), strict=True)
        for difference in _of_row(row, answer)
    ]


def _answers(table: Table, rows: Sequence[Row]) -> list[Answer | str]:
    """One answer per row; all rows at once, and one by one only where a row cannot be read."""
    try:
        return list(table.rules(rows))
    except (ValueError, LookupError, TypeError, AttributeError, ArithmeticError) as error:
        if len(rows) == 1:
            return [f"cannot be read: {type(error).__name__}: {error}"]
        return [answer for row in rows for answer in _answers(table, [row])]


def _of_row(row: Row, answer: Answer | str) -> list[Difference]:
    case = row.get("id") or "?"
    if isinstance(answer, str):
        return [Difference(case, UNREADABLE, "a row of this table", answer)]
    return [
        Difference(case, column, row[column] or "(null)", shown(got))
        for column, got in answer.items()
        if column in row and not is_same(row[column] or "", got, tolerance_of(column))
    ]


def tolerance_of(column: str) -> float:
    """How far a number may lie from the worked case."""
    if column in _LAG:
        return LAG_TOLERANCE
    return SCORE_TOLERANCE if column in _SCORES else OTHER_TOLERANCE


def is_same(expected: str, got: Any, tolerance: float) -> bool:
    """Whether an answer is what is written: text exactly, numbers and JSON within the tolerance, empty for null."""
    written = expected.strip()
    if _is_null(got):
        return written in ("", "[]")
    if isinstance(got, str):
        return written == got
    if isinstance(got, list):
        return _is_same_json(_json_of(written), got, tolerance)
    return _is_near(_json_of(written), float(got), tolerance)


def shown(got: Any) -> str:
    """An answer as it is printed."""
    if _is_null(got):
        return "(null)"
    if isinstance(got, list):
        return json.dumps(got, ensure_ascii=False)
    return got if isinstance(got, str) else format(float(got), ".10g")


def _is_null(got: Any) -> bool:
    return got is None or got == "" or (isinstance(got, float) and math.isnan(got))


def _json_of(written: str) -> Any:
    try:
        return json.loads(written)
    except json.JSONDecodeError:
        return written


def _is_same_json(expected: Any, got: Any, tolerance: float) -> bool:
    if isinstance(got, list):
        is_list = isinstance(expected, list) and len(expected) == len(got)
        return is_list and all(_is_same_json(*pair, tolerance) for pair in zip(expected, got, strict=True))
    if isinstance(got, dict):
        is_object = isinstance(expected, dict) and expected.keys() == got.keys()
        return is_object and all(_is_same_json(expected[key], got[key], tolerance) for key in got)
    if isinstance(got, str):
        return bool(expected == got)
    return _is_near(expected, got, tolerance)


def _is_near(expected: Any, got: float, tolerance: float) -> bool:
    if isinstance(expected, bool) or not isinstance(expected, int | float):
        return False
    return abs(expected - got) <= tolerance
