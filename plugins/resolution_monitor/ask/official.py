"""How do the tasks of a month stand as the Government Office counts them, beside our own scores?"""

from dataclasses import fields
from datetime import datetime

import numpy as np
import pandas

from resolution_monitor.ask.month_as_known import month_as_known
from resolution_monitor.ask.resolution_scores import names_of_nodes
from resolution_monitor.catalogue.entries import NATION_ID, Catalogue
from resolution_monitor.period import Period
from resolution_monitor.score.month.official import (
    LACKING,
    Counts,
    Rates,
    counts_of,
    distinct_tasks,
    level_at_most,
    official_tasks,
    rates_of,
)
from resolution_monitor.score.month.scores import score_resolutions
from resolution_monitor.store.connect import Database

LEVELS = ("nation", "block", "resolution", "agency")
ASSIGNMENTS, DISTINCT = "assignments", "distinct tasks"
_KEYS = {"nation": None, "block": "block", "resolution": "resolution", "agency": "agency_id"}
COLUMNS = (
    *("code", "name", "counted", *(part.name for part in fields(Counts))),
    *("done_of_assigned_pct", "done_of_due_pct", "on_time_of_done_pct", "overdue_of_assigned_pct"),
    *("overdue_of_due_pct", "low", "high", "state"),
    *("quantity_pct", "progress_pct", "progress_less_delays_pct", "level_at_most", "note"),
)
COLUMNS_SHOWN = (
    *("code", "name", "counted", "assigned", "done_on_time", "done_late", "open_in_time", "open_overdue"),
    *("done_of_assigned_pct", "done_of_due_pct", "state"),
)


def official(
    database: Database, catalogue: Catalogue, period: Period, level: str, known_at: datetime | None = None
) -> pandas.DataFrame:
    """
    Two rows per member of the level, by code: assignments (task and lead) and distinct tasks; see COLUMNS.

    `low`, `high` and `state` are our own scores of the same node. Levels of 366-QĐ/TW and ratios of Decree 335 are for
    analysts and lack what `note` names; only bodies have levels. No person is scored.

    Args:
        level: One of LEVELS.

    Raises:
        NothingToReportError: Nothing was known of the period then.
    """
    month = month_as_known(database, catalogue, period, known_at)
    scores, names = score_resolutions(month), names_of_nodes(month.catalogue)
    nodes = scores.nodes[scores.nodes["node_kind"] == level].set_index("node_id")
    tables = official_tables(official_tasks(scores.assignments), level)
    whole = pandas.concat(tables, ignore_index=True)
    ours = nodes.reindex(whole["code"])[["low", "high", "state"]].reset_index(drop=True)
    told = whole.assign(
        name=[names.get(code, code) for code in whole["code"]],
        **{name: ours[name] for name in ("low", "high", "state")},
    )
    return told.sort_values(["code", "counted"], kind="stable").reset_index(drop=True)[list(COLUMNS)]


def official_tables(assignments: pandas.DataFrame, level: str) -> list[pandas.DataFrame]:
    """Counts and rates of assignments, then of distinct tasks; one row per member of the level that has any."""
    key = _KEYS[level]
    is_collective = level == "agency"
    return [
        _table(assignments, key, ASSIGNMENTS, is_collective=is_collective),
        _table(distinct_tasks(assignments, key), key, DISTINCT, is_collective=False),
    ]


def _table(tasks: pandas.DataFrame, key: str | None, counted: str, *, is_collective: bool) -> pandas.DataFrame:
    members = pandas.Index([NATION_ID]) if key is None else pandas.Index(sorted(tasks[key].dropna().unique()))
    group = (
        np.zeros(len(tasks), dtype=np.int64)
        if key is None
        else members.get_indexer(pandas.Index(tasks[key])).astype(np.int64)
    )
    counts = counts_of(tasks[group >= 0], group[group >= 0], len(members))
    rates = rates_of(counts)
    columns = {part.name: getattr(counts, part.name) for part in fields(Counts)}
    shares = {part.name: getattr(rates, part.name) for part in fields(Rates)}
    return pandas.DataFrame(
        {
            "code": members,
            "counted": counted,
            **columns,
            **shares,
            "level_at_most": level_at_most(counts) if is_collective else None,
            "note": LACKING,
        }
    )
