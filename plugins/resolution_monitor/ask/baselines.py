"""First figures that stand in for a baseline and were told again: both figures, both scores, and who decided.

Source: docs/method.md, clause 2.2.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

import numpy as np
import pandas

from resolution_monitor.ask.month_as_known import is_anything_told_again, month_as_known
from resolution_monitor.catalogue.entries import Catalogue
from resolution_monitor.period import TIME_ZONE, Period
from resolution_monitor.score.month.indicators import (
    Workings,
    indicator_assignments,
    indicator_workings,
    with_other_baselines,
)
from resolution_monitor.score.month.month import Month
from resolution_monitor.store.connect import Database

# One row per indicator and body whose first figure was told again after it froze.
COLUMNS: dict[str, str] = {
    "agency_id": "who leads it",
    "item_id": "the indicator",
    "period_end": "last day of its first due period",
    "baseline": "V0, the figure that counts",
    "other": "the one that does not: told since, or frozen before a person decided; None where it was taken back",
    "is_decided": "a named person made the one that counts the baseline",
    "progress_low": "P with V0",
    "other_progress_low": "P with the other; None where there is none",
    "submission_id": "file that tells V0",
    "sheet": "where in that file",
    "cell": "where in that sheet",
    "author": "who decided; None where nobody did",
    "reason": "why",
    "decided_on": "day of that, in Viet Nam",
}


def baselines_told_again(
    database: Database, catalogue: Catalogue, period: Period, known_at: datetime | None = None
) -> pandas.DataFrame:
    """
    COLUMNS, by body and indicator, as known at a time; None sees everything.

    Raises:
        NothingToReportError: Nothing was known of the period then.
    """
    if not is_anything_told_again(database, catalogue, period, known_at):
        return no_baselines()
    month = month_as_known(database, catalogue, period, known_at)
    return told_again(month, indicator_workings(month))


def no_baselines() -> pandas.DataFrame:
    """The same table without a row."""
    return pandas.DataFrame(columns=list(COLUMNS), dtype=object)


def told_again(month: Month, workings: Workings) -> pandas.DataFrame:
    """COLUMNS of a month that is worked out already."""
    first = workings.first
    if not first.is_told_again.any():
        return no_baselines()
    made, other = (indicator_assignments(one) for one in (workings, with_other_baselines(workings)))
    day = workings.history.first_owed(workings.history.day)
    rows = [
        _row(
            month, workings, int(place), made["progress_low"].iloc[place], other["progress_low"].iloc[place], day[place]
        )
        for place in np.flatnonzero(first.is_told_again)
    ]
    return pandas.DataFrame(rows, columns=list(COLUMNS), dtype=object).sort_values(
        ["agency_id", "item_id"], ignore_index=True
    )


def _row(month: Month, workings: Workings, place: int, low: float, other_low: float, day: float) -> dict[str, Any]:
    first, base = workings.first, workings.base.iloc[place]
    told = month.tellings.answers.iloc[int(first.telling[place])]
    has_other = not np.isnan(first.other[place])
    key = {name: base[name] for name in ("agency_id", "item_id")}
    return {
        **key,
        "period_end": date.fromordinal(int(day)),
        "baseline": float(workings.measured.baseline[place]),
        "other": float(first.other[place]) if has_other else None,
        "is_decided": bool(first.is_decided[place]),
        "progress_low": _number(low),
        "other_progress_low": _number(other_low) if has_other else None,
        "submission_id": int(told["submission_id"]),
        **{name: told[name] for name in ("sheet", "cell")},
        **(_decision(month.tellings.decisions, key) if first.is_decided[place] else {}),
    }


def _decision(decisions: pandas.DataFrame, key: Mapping[str, Any]) -> dict[str, Any]:
    is_it = (decisions["agency_id"] == key["agency_id"]) & (decisions["indicator_id"] == key["item_id"])
    row = decisions[is_it].iloc[-1]
    decided_on = row["recorded_at"].astimezone(TIME_ZONE).date()
    return {"author": row["author"], "reason": row["reason"], "decided_on": decided_on}


def _number(value: float) -> float | None:
    return None if value is None or np.isnan(value) else float(value)
