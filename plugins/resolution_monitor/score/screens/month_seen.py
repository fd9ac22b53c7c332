"""A month as its screens see it: series, peers, tasks, what was owed, what was corrected and what was verified."""

from datetime import datetime, timedelta
from functools import cache

import numpy as np
import pandas

from resolution_monitor.catalogue.entries import Catalogue
from resolution_monitor.ledger.items import ItemKind
from resolution_monitor.method.arrays import Floats
from resolution_monitor.method.kind import DOWN
from resolution_monitor.period import Period, periods_between
from resolution_monitor.score.month.indicators import Workings
from resolution_monitor.score.month.known import Known, scoring_moment, with_holders
from resolution_monitor.score.rules.days import day_numbers
from resolution_monitor.score.rules.situation import Status
from resolution_monitor.score.screens.input import peers_of, series_of
from resolution_monitor.score.screens.screen import Month

_RATED = [status.value for status in (Status.ON_TARGET, Status.GREEN, Status.AMBER, Status.RED)]
_CORRECTIONS_SEEN = timedelta(days=366)


def month_of(
    catalogue: Catalogue,
    period: Period,
    *,
    workings: Workings,
    leaves: pandas.DataFrame,
    known: Known,
    corrections: pandas.DataFrame,
    verifications: pandas.DataFrame,
) -> Month:
    """
    What the screens look at.

    Args:
        leaves: LEAF_COLUMNS of the month, at least of tasks.
        corrections: agency_id, indicator_id, period_kind, period_end, value_before, value, recorded_before,
            recorded_at.
        verifications: agency_id, indicator_id, period_end, found.
    """
    moment = scoring_moment(catalogue, period)
    values, ledger = with_holders(catalogue, known.values, moment), with_holders(catalogue, known.ledger, moment)
    is_of_month = (ledger["period_kind"] == period.kind) & (ledger["period_end"] == period.end)
    verified = with_holders(catalogue, verifications, moment)
    return Month(
        bodies=sorted(catalogue.reporting_bodies),
        series=series_of(workings),
        points=_points(workings),
        is_count=workings.asked.aims.percent == 1.0,
        peers=peers_of(catalogue, values),
        tasks=leaves[leaves["item_kind"] == ItemKind.TASK.value].reset_index(drop=True),
        owed=ledger[is_of_month][["agency_id", "item_kind", "state"]],
        corrections=_after_ranking(catalogue, with_holders(catalogue, corrections, moment), moment),
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


def _after_ranking(catalogue: Catalogue, corrections: pandas.DataFrame, moment: datetime) -> pandas.DataFrame:
    """agency_id and change of each figure that its briefing saw otherwise, of the last twelve months."""

    @cache
    def ranked_at(kind: str, number: int) -> datetime:
        day = pandas.Timestamp.fromordinal(number).date()
        return scoring_moment(catalogue, periods_between(kind, day, day)[-1])

    ends = day_numbers(corrections["period_end"]).astype(np.int64)
    at = [ranked_at(kind, int(end)) for kind, end in zip(corrections["period_kind"], ends, strict=True)]
    seen = zip(corrections["recorded_before"], at, corrections["recorded_at"], strict=True)
    is_late = [before <= ranked < now and moment - now < _CORRECTIONS_SEEN for before, ranked, now in seen]
    late = corrections[np.array(is_late, dtype=bool)]
    better = [-1.0 if catalogue.indicators[key].direction == DOWN else 1.0 for key in late["indicator_id"]]
    newer, older = (late[name].to_numpy(dtype=np.float64) for name in ("value", "value_before"))
    change = (newer - older) * np.array(better, dtype=np.float64)
    return pandas.DataFrame({"agency_id": late["agency_id"].tolist(), "change": change})
