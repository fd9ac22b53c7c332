"""The scores of one month of resolutions as two tables: assignments (who owes what) and nodes (the trees above them).

A percentage is 0 to 100 unless it says otherwise; a fraction is 0 to 1; days are calendar days; what is not known is
NaN in a column of numbers and None elsewhere, never zero and never an empty text.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import numpy as np
import pandas

from resolution_monitor.score.rules.situation import Status


class NodeKind(StrEnum):
    """What a node stands for. Two trees over the same assignments: nation, resolution, task; and block, agency."""

    NATION = "nation"
    RESOLUTION = "resolution"
    TASK = "task"
    BLOCK = "block"
    AGENCY = "agency"


# A deadline nobody verified, or none at all: shown as "hạn chưa xác minh", never overdue (docs/method.md, trees).
DUE_ASSUMED = "DUE_ASSUMED"
# The legal day of a product lies before the first report of it, and nobody verified its document: a later day counts.
DAY_UNVERIFIED = "DAY_UNVERIFIED"
# Said to be done, without a document that holds.
DONE_NO_EVIDENCE = "DONE_NO_EVIDENCE"

COUNT_COLUMNS: dict[Status, str] = {status: f"{status.value.lower()}_count" for status in Status}

# One row per item and the one body that leads it, by resolution, item_kind, item_id and agency_id.
ASSIGNMENT_COLUMNS: dict[str, str] = {
    "item_kind": "indicator or task",
    "item_id": "indicator_id such as 57.01, or task_id such as 57-T01/BNV",
    "agency_id": "its lead",
    "resolution": "code such as 57",
    "parent_task": "task_id of the task given to a group; None for an indicator and for a task of its own",
    "block": "of the lead",
    "province": "agency_id (T##) of the province whose body the lead is; None for a central body",
    "as_at": "date t the row is scored at: end of the last of its periods whose cut-off has passed",
    "started_on": "date t0; of SELF_BASELINE the end of its first due period",
    "due_on": "date tT: 31 December of the last target's year, or the task's deadline; None where there is none",
    "is_due_assumed": "deadline not verified or not known; never counts as overdue",
    "status": "a code of Status",
    "last_status": "that of the last period it was reported in; None while it is reported, or never was",
    "sort_key": "0 good to 5 overdue",
    "flags": "codes joined by |, alphabetical: attainment.FLAG_NAMES, PROBLEMS, revisions.REVISION_FLAGS, those above, "
    "FIRST_CORRECTED, BASELINE_DECIDED",
    "attainment_raw_pct": "before any limit; may be negative or above 120",
    "attainment_pct": "A, between 0 and 120",
    "expected_fraction": "E",
    "lag_days": "behind (+) or ahead (-)",
    "overdue_days": "0 unless past the deadline and open, or closed late",
    "missed": "m, owed periods in a row without a value (of a task: without a report) up to as_at",
    "owed_total": "periods that were due up to as_at; 0 means nothing was ever due",
    "progress_low": "P, 0 while a report is missing",
    "progress_high": "P, the last one while a report is missing",
    "timeliness_low": "S, likewise",
    "timeliness_high": "S, likewise",
    "value": "V, the last known, in the indicator's unit; of growth the last rate; NaN for a task",
    "value_on": "last day of the period of that value or task report; None where none came",
    "baseline": "V0; of SELF_BASELINE the first due value as it froze, or as a named person decided",
    "target": "VT that scores are held against, the last of several; of growth the rate; NaN for a band and for a task",
    "target_low": "low end of a band",
    "target_high": "high end of a band",
    "target_original": "as the resolution wrote all its targets; None where they were never revised",
    "target_current": "as last revised, approved or not; likewise",
    "revised_on": "date of the last revision in force; likewise",
    "ranking_since": "date of the revision that target was taken from; None where it is the original",
    "task_state": "as its lead last reported it (reporting.content.TaskState); None for an indicator and for silence",
    "done_pct": "the lead's own estimate, never scored",
    "done_on": "date of the product as claimed",
    "product": "number and symbol of the product: the evidence; None while there is none",
    "submission_id": "of the file the value or task report was read from; None where none came",
    "sheet": "where in that file",
    "cell": "where in that sheet",
    "forecast_band": "low, watch or high; None where no forecast can be made; as made, not as told",
    "confidence": "of the catalogue's entry: high, medium, low or proxy",
    "is_proxy": "the measure is ours and not the resolution's",
    "weight": "of the catalogue",
    "met_on": "of what is done with a product the day that counts; done_on is the day as claimed",
}

# One row per node. `agency` rows exist for every reporting body, also one that leads nothing (leaves_total 0).
NODE_COLUMNS: dict[str, str] = {
    "node_kind": "a code of NodeKind",
    "node_id": "VN, a block, a resolution's code, the task_id of a task given to a group, or an agency_id",
    "parent_id": "node_id one level up: of a resolution VN, of a task its resolution, of an agency its block",
    "low": "weighted mean of LOW P below it; NaN where nothing below has a value",
    "high": "the same of HIGH P",
    "share_without_data": "fraction of its weight that is NO_DATA or UNRATED",
    "colour": "GREEN, AMBER, RED, INSUFFICIENT or NOT_STARTED",
    "state": "INSUFFICIENT where share_without_data is above .20, else the colour",
    "crit30": "a critical assignment below is overdue by more than 30 days",
    "assignments_total": "assignments below it; of an agency those it leads",
    "due_assumed_count": "assignments below whose deadline is not verified",
    **{column: f"assignments below with status {status.value}" for status, column in COUNT_COLUMNS.items()},
    "progress_low": "agencies only: D of LOW, over what it leads (weight 1) and coordinates (weight .3)",
    "progress_high": "agencies only",
    "timeliness_low": "agencies only: S",
    "timeliness_high": "agencies only",
    "reporting": "agencies only: R, points of its reports due in the last 12 months; NaN where none was due",
    "composite_low": "agencies only: C; NaN where nothing is rated",
    "composite_high": "agencies only",
    "effective_assignments": "agencies only: n_eff",
    "rated_assignments": "agencies only: assignments that are rated, led or coordinated",
    "coordinated_total": "agencies only: assignments it coordinates",
    "reports_due": "agencies only: reports due in the last 12 months",
    "reports_missing": "agencies only: of these not received",
}

SUM_COLUMNS: dict[str, str] = {
    "share_weight": "sum of the weights of the assignments that have started",
    "share": "sum of weight times 1 for NO_DATA and UNRATED",
    "low_weight": "sum of the weights of the assignments that have a LOW",
    "low": "sum of weight times LOW P",
    "high_weight": "the same of HIGH",
    "high": "sum of weight times HIGH P",
}

# One row per body and parent of its assignments, by agency_id, node_kind and node_id: what the nodes are made of.
BUNDLE_COLUMNS: dict[str, str] = {
    "agency_id": "lead of the assignments",
    "node_kind": "resolution or task (given to a group)",
    "node_id": "the parent of the assignments",
    "assignments_total": "how many they are",
    "due_assumed_count": "of these with a deadline that is not verified",
    **{column: f"of these with status {status.value}" for status, column in COUNT_COLUMNS.items()},
    "weight": "sum of their weights",
    "started_count": "of these that have started",
    **SUM_COLUMNS,
    "colour": "of the only assignment that has started; of several that of any of them, empty text of none",
}

NUMBERS = (
    *("attainment_raw_pct", "attainment_pct", "expected_fraction", "lag_days", "overdue_days", "progress_low"),
    *("progress_high", "timeliness_low", "timeliness_high", "value", "baseline", "target", "target_low", "target_high"),
    *("done_pct", "weight", "low", "high", "share_without_data", "reporting", "composite_low", "composite_high"),
    *("effective_assignments", "share_weight", "share", "low_weight", "high_weight"),
)
COUNTS = (
    *("missed", "owed_total", "sort_key", "assignments_total", "due_assumed_count", *COUNT_COLUMNS.values()),
    *("rated_assignments", "coordinated_total", "reports_due", "reports_missing", "started_count"),
)
FLAGS = ("is_due_assumed", "is_proxy", "crit30")


@dataclass(frozen=True, slots=True)
class ResolutionScores:
    """
    What the rules make of one month.

    Attributes:
        assignments: ASSIGNMENT_COLUMNS.
        nodes: NODE_COLUMNS, by node_kind in the order of NodeKind, and node_id.
    """

    assignments: pandas.DataFrame
    nodes: pandas.DataFrame


def scores_of(assignments: Iterable[Mapping[str, Any]], nodes: Iterable[Mapping[str, Any]]) -> ResolutionScores:
    """
    Scores from rows written by hand, for pages and tests: what a row leaves out is not known, a count is 0.

    Raises:
        KeyError: A row has a column there is not.
    """
    return ResolutionScores(
        assignments=typed(
            pandas.DataFrame([_row(ASSIGNMENT_COLUMNS, row) for row in assignments], columns=list(ASSIGNMENT_COLUMNS))
        ),
        nodes=typed(pandas.DataFrame([_row(NODE_COLUMNS, row) for row in nodes], columns=list(NODE_COLUMNS))),
    )


def typed(frame: pandas.DataFrame) -> pandas.DataFrame:
    """The frame with one type a column: float64, int64, bool, or objects with None for what is not known."""
    return joined([frame], [str(name) for name in frame.columns])


def joined(parts: Sequence[pandas.DataFrame], columns: Iterable[str]) -> pandas.DataFrame:
    """The parts below each other, typed, with these columns; what a part has no column for is not known of it."""
    whole = {name: np.concatenate([_typed(part, name) for part in parts]) for name in columns}
    # Said outright: pandas would make another type of objects that happen to be texts, and another copy of all.
    typed_series = {name: pandas.Series(values, dtype=values.dtype, copy=False) for name, values in whole.items()}
    return pandas.DataFrame(typed_series, copy=False)


def _row(columns: Mapping[str, str], written: Mapping[str, Any]) -> dict[str, Any]:
    unknown = set(written) - set(columns)
    if unknown:
        raise KeyError(f"no such column: {', '.join(sorted(unknown))}")
    return {name: written.get(name) for name in columns}


def _typed(frame: pandas.DataFrame, name: str) -> np.ndarray:
    values = frame[name] if name in frame.columns else pandas.Series([None] * len(frame), dtype=object)
    if name in NUMBERS:
        return values.to_numpy(dtype=np.float64, na_value=np.nan)
    if name in COUNTS:
        return values.to_numpy(dtype=np.float64, na_value=0.0).astype(np.int64)
    if name in FLAGS:
        return values.eq(True).to_numpy(dtype=bool)
    if name == "submission_id":
        return _whole_or_none(values)
    plain = values.to_numpy(dtype=object, copy=True)
    plain[pandas.isna(plain)] = "" if name == "flags" else None
    return plain


def _whole_or_none(values: pandas.Series) -> np.ndarray:
    """Whole numbers as such, None for what is not known."""
    plain, is_there = np.full(len(values), None, dtype=object), values.notna().to_numpy()
    plain[is_there] = values.to_numpy(dtype=object)[is_there].astype(np.int64).astype(object)
    return plain
