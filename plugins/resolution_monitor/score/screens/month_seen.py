"""A month as its screens see it: series, peers, tasks, what was owed, what was corrected and what was verified."""

from datetime import timedelta

import numpy as np
import pandas

from resolution_monitor.ledger.items import ItemKind
from resolution_monitor.method.arrays import Floats
from resolution_monitor.method.kind import DOWN
from resolution_monitor.score.month.indicators import Workings
from resolution_monitor.score.month.month import FollowUp, Month
from resolution_monitor.score.rules.days import day_numbers
from resolution_monitor.score.rules.situation import Status
from resolution_monitor.score.screens.input import peers_of, series_of
from resolution_monitor.score.screens.screen import MonthSeen

_RATED = [status.value for status in (Status.ON_TARGET, Status.GREEN, Status.AMBER, Status.RED)]
CORRECTIONS_SEEN = timedelta(days=366)


def month_seen(month: Month, workings: Workings, assignments: pandas.DataFrame, follow_up: FollowUp) -> MonthSeen:
    """
    What the screens look at.

    Args:
        assignments: ASSIGNMENT_COLUMNS of the month, at least of tasks.
    """
    ledger, verified = month.ledger, follow_up.verifications
    is_of_month = (ledger["period_kind"] == month.period.kind) & (ledger["period_end"] == month.period.end)
    return MonthSeen(
        bodies=sorted(month.catalogue.reporting_bodies),
        series=series_of(workings),
        points=_points(workings),
        green_points=month.scored.limits.green_from * 100.0,
        is_count=workings.asked.aims.percent == 1.0,
        peers=peers_of(month.catalogue, month.values),
        tasks=assignments[assignments["item_kind"] == ItemKind.TASK.value].reset_index(drop=True),
        owed=ledger[is_of_month][["agency_id", "item_kind", "state"]],
        corrections=_after_ranking(month, follow_up.corrections),
        verified=verified.assign(
            item_id=verified["indicator_id"],
            day=day_numbers(verified["period_end"]),
            found=verified["found"].astype(float),
        ),
    )


def _points(workings: Workings) -> Floats:
    """LOW P of what is rated, open and reported."""
    status = workings.verdict.standing.status
    return np.where(np.isin(status, _RATED), workings.verdict.points.progress_low, np.nan)


def _after_ranking(month: Month, corrections: pandas.DataFrame) -> pandas.DataFrame:
    """agency_id and change of each figure that its briefing saw otherwise, of the last twelve months."""
    seen = zip(*(corrections[name] for name in ("recorded_before", "ranked_at", "recorded_at")), strict=True)
    is_late = [before <= ranked < now and month.moment - now < CORRECTIONS_SEEN for before, ranked, now in seen]
    late = corrections[np.array(is_late, dtype=bool)]
    better = [-1.0 if month.catalogue.indicators[key].direction == DOWN else 1.0 for key in late["indicator_id"]]
    newer, older = (late[name].to_numpy(dtype=np.float64) for name in ("value", "value_before"))
    change = (newer - older) * np.array(better, dtype=np.float64)
    return pandas.DataFrame({"agency_id": late["agency_id"].tolist(), "change": change})
