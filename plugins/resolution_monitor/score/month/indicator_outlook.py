"""Will the target be met? The forecast at the last two origins, for what moves along a path.

Source: docs/method.md, clause 3, and 2.6 for what it does to a colour. One element per row; NaN is null.
"""

from dataclasses import dataclass
from datetime import date
from functools import cache

import numpy as np
import pandas

from resolution_monitor.method.arrays import Floats, Texts, nulls
from resolution_monitor.method.path import Path, Points
from resolution_monitor.period import periods_between
from resolution_monitor.score.month.report_history import History
from resolution_monitor.score.outlook.forecast import Forecast, forecast
from resolution_monitor.score.rules.trajectory import earned_share

AIM = 0.95
# More than the number of any day a calendar holds.
_SPAN = 1 << 22


@dataclass(frozen=True, slots=True)
class Outlook:
    """
    The chance of falling short, at the last origin and the one before.

    Attributes:
        band: low, watch or high; "" where there is no forecast. Shown in place of the chance.
        whole: All that the forecast at the last origin gives.
        left: Whole periods from the last entry to the deadline.
    """

    last: Floats
    previous: Floats
    band: Texts
    whole: Forecast
    left: Floats


def outlook_of(path: Path, start_day: Floats, history: History, fractions: Floats, left: Floats) -> Outlook:
    """
    Forecasts from the share of time earned at every entry.

    Args:
        path: Of each row; rows without a path (shape "") have no forecast.
        fractions: a of every entry, NaN where the report is missing.
        left: Whole periods from the last entry to the deadline.
    """
    row = history.row
    then = _at(path, row, history.day - start_day[row])
    counts = history.counts.astype(np.float64)
    earned = np.full((history.size, int(counts.max(initial=0))), np.nan)
    earned[row, history.position] = earned_share(then, fractions)
    aim = earned_share(_at(path, np.arange(history.size), np.zeros(history.size)), np.full(history.size, AIM))
    now = forecast(earned, counts, left, aim)
    before = forecast(earned, counts - 1, left + 1.0, aim)
    return Outlook(last=now.short, previous=before.short, band=now.band, whole=now, left=left)


def periods_left(kinds: Texts, as_at_day: Floats, due_day: Floats) -> Floats:
    """Whole periods of each row's kind that end after its as-at day and by its deadline; NaN without a deadline."""

    @cache
    def count(kind: str, first: int, last: int) -> int:
        return len(periods_between(kind, date.fromordinal(first + 1), date.fromordinal(last))) if first < last else 0

    left = nulls(len(kinds))
    has_end = np.flatnonzero(~np.isnan(due_day))
    # Many rows share few ways of counting.
    names, kind = np.unique(kinds[has_end], return_inverse=True)
    ways = (kind * _SPAN + as_at_day[has_end].astype(np.int64)) * _SPAN + due_day[has_end].astype(np.int64)
    codes, known = pandas.factorize(ways)
    counts = [count(str(names[way // _SPAN**2]), way // _SPAN % _SPAN, way % _SPAN) for way in map(int, known)]
    left[has_end] = np.array(counts, dtype=np.float64)[codes]
    return left


def _at(path: Path, row: np.ndarray, elapsed: Floats) -> Path:
    """The paths of these rows, each looked at on its own day."""
    return Path(
        shape=path.shape[row],
        elapsed_days=elapsed,
        total_days=path.total_days[row],
        baseline=path.baseline[row],
        target=path.target[row],
        points=Points(path.points.day[row], path.points.fraction[row]),
    )
