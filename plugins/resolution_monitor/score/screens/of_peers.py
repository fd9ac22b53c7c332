"""Screens that hold a series against others: its peers, an official statistic, the sum of its parts.

Source: docs/method.md, clause 4, R6, R7, R9 and the further ones. Columns are periods, the last the newest; NaN is a
report that did not come.
"""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from resolution_monitor.method.arrays import EPSILON, Floats, Whole, above, divide
from resolution_monitor.score.screens.screen import PEERS, SERIES, MonthSeen, ScreenRule
from resolution_monitor.score.screens.screened import Screened

_DEVIATION_FACTOR = 0.6745
_FEWEST_PEERS = 8


def copied(
    values: Floats, group: Whole, min_step: Floats, *, rate: float, periods: float = 3.0, periods_whole: float = 4.0
) -> Screened:
    """
    R6: the last three values (of whole numbers four) are those of one peer; `partner` says whose.

    A row that never moves says nothing: two bodies may both stand at nothing or at the target.

    Args:
        group: Of each series; peers report the same indicator.
        rate: Of one pair; a body with many peers meets one of them by chance more often. Where the values of a group
            often coincide, as small counts do, the chance is as much larger as they show it to be.
    """
    size = len(values)
    result = Screened.of(np.zeros(size, bool), np.zeros(size, bool), np.full(size, np.nan), rate)
    for width, chosen in ((int(periods), min_step < 1.0), (int(periods_whole), min_step >= 1.0)):
        if values.shape[1] >= width:
            result = _merged(result, _copied(values[:, -width:], group, np.flatnonzero(chosen), rate))
    return result


def _copied(window: Floats, group: Whole, rows: Whole, rate: float) -> Screened:
    """Equal windows stand next to each other once they are sorted: no pair has to be looked at."""
    size = len(window)
    is_moving = ~np.isnan(window).any(axis=1) & (window.max(axis=1) > window.min(axis=1) + EPSILON)
    rows = rows[is_moving[rows]]
    peers = np.bincount(group[rows], minlength=int(group.max(initial=-1)) + 1)
    is_tested = np.zeros(size, dtype=bool)
    is_tested[rows] = peers[group[rows]] > 1
    order = rows[np.lexsort((*(np.round(window[rows], 9).T), group[rows]))]
    same = (group[order[1:]] == group[order[:-1]]) & (np.abs(window[order[1:]] - window[order[:-1]]) < 1e-9).all(axis=1)
    partner = np.full(size, -1, dtype=np.int64)
    partner[order[1:][same]] = order[:-1][same]
    partner[order[:-1][same]] = order[1:][same]
    count = np.zeros(size)
    count[rows] = peers[group[rows]] - 1.0
    chance = 1.0 - (1.0 - np.maximum(rate, _coincidence(window, group))) ** count
    found = Screened.of(is_tested, partner >= 0, np.full(size, float(window.shape[1])), chance)
    return replace(found, partner=partner)


def _coincidence(window: Floats, group: Whole) -> Floats:
    """Of each series, how likely two of its group agree in every column; the pair in question is left out."""
    groups = int(group.max(initial=-1)) + 1
    product = np.ones(groups)
    for column in window.T:
        known = ~np.isnan(column)
        pairs = np.stack([group[known].astype(np.float64), np.round(column[known], 9)])
        values, counts = np.unique(pairs, axis=1, return_counts=True)
        same = np.bincount(values[0].astype(np.int64), counts * (counts - 1.0), minlength=groups)
        total = np.bincount(group[known], minlength=groups).astype(np.float64)
        product *= np.maximum(same - 2.0, 0.0) / np.maximum(total * (total - 1.0), 1.0)
    return np.asarray(product[group])


def _merged(first: Screened, second: Screened) -> Screened:
    """The second where it was tested, else the first."""
    taken = second.is_tested
    return Screened(
        is_tested=first.is_tested | taken,
        is_hit=np.where(taken, second.is_hit, first.is_hit),
        statistic=np.where(taken, second.statistic, first.statistic),
        chance=np.where(taken, second.chance, first.chance),
        partner=np.where(taken, second.partner, first.partner),
    )


def outlier(
    values: Floats,
    group: Whole,
    *,
    rate: float,
    rate_of_few: float = 0.0085,
    distance: float = 3.5,
    many: float = 30.0,
    distance_of_few: float = 5.0,
    most_share: float = 0.1,
) -> Screened:
    """
    R7: far from what the peers report, in deviations from their median that outliers cannot widen.

    Args:
        values: The newest of each series.
        many: From so many peers on the limit is `distance`, below it `distance_of_few`; below 8 nothing is tested.
        most_share: Where more of a group lie so far out, it is no one group, and nothing is tested.

    Beyond the limit the chance falls with the fourth power of the distance: as heavy a tail as Student's t with 4
    degrees has, because bodies differ for good reasons.
    """
    groups = int(group.max(initial=-1)) + 1
    known = ~np.isnan(values)
    count = np.bincount(group[known], minlength=groups)
    middle = _medians(values, group, groups)
    spread = _medians(np.abs(values - middle[group]), group, groups)
    score = np.abs(divide(_DEVIATION_FACTOR * (values - middle[group]), spread[group]))
    is_many = count[group] >= many
    is_tested = known & (count[group] >= _FEWEST_PEERS) & ~np.isnan(score)
    limit = np.where(is_many, distance, distance_of_few)
    chance = np.where(is_many, rate, rate_of_few) * divide(limit, np.maximum(np.nan_to_num(score), limit)) ** 4
    is_far = is_tested & above(score, limit)
    is_mixed = np.bincount(group[is_far], minlength=groups) > most_share * count
    return Screened.of(is_tested & ~is_mixed[group], is_far, score, chance)


def against_statistic(
    reported: Floats,
    found: Floats,
    sign: Floats,
    *,
    rate: float,
    gap_pct: float = 10.0,
    quarters: float = 3.0,
    window: float = 4.0,
) -> Screened:
    """R9: better than the official figure by more than a tenth in three of the last four periods that have both."""
    gap = divide((reported - found) * sign[:, None], np.abs(found)) * 100.0
    known = ~np.isnan(gap)
    newest = np.cumsum(known[:, ::-1], axis=1)[:, ::-1] <= window
    wide = (known & newest & above(gap, gap_pct)).sum(axis=1)
    largest = np.where(known & newest, gap, -np.inf).max(axis=1, initial=-np.inf)
    is_tested = known.sum(axis=1) >= quarters
    return Screened.of(is_tested, wide >= quarters, np.where(np.isinf(largest), np.nan, largest), rate)


def parts_not_total(total: Floats, parts: Floats, members: Whole, min_step: Floats, *, rate: float) -> Screened:
    """The whole is not the sum of its parts by more than rounding explains: half a step for each figure."""
    gap = np.abs(total - parts)
    return Screened.of(~np.isnan(gap), above(gap, min_step * (members + 1.0) / 2.0), gap, rate)


def _medians(values: Floats, group: Whole, groups: int) -> Floats:
    """Median of the known values of each group; NaN of an empty one."""
    known = np.flatnonzero(~np.isnan(values))
    order = known[np.lexsort((values[known], group[known]))]
    count = np.bincount(group[order], minlength=groups)
    first = np.cumsum(count) - count
    if not len(order):
        return np.full(groups, np.nan)
    low = np.minimum(first + np.maximum(count - 1, 0) // 2, len(order) - 1)
    high = np.minimum(first + count // 2, len(order) - 1)
    return np.where(count > 0, (values[order[low]] + values[order[high]]) / 2.0, np.nan)


def _outlier(month: MonthSeen, limits: Mapping[str, float]) -> Screened:
    """Counts grow with the province that counts: only shares can be held against each other."""
    shares = np.where(month.peers.is_count, np.nan, month.peers.values[:, -1])
    return outlier(shares, month.peers.group, **limits)


def _verified(month: MonthSeen) -> Floats:
    """What verifications found, laid out like the series."""
    one, found = month.series, month.verified
    result = np.full(one.values.shape, np.nan)
    place = {key: number for number, key in enumerate(zip(one.agency_id, one.item_id, strict=True))}
    for agency_id, item_id, day, value in found[["agency_id", "item_id", "day", "found"]].itertuples(index=False):
        row = place.get((agency_id, item_id))
        if row is not None:
            result[row, one.days[row] == day] = value
    return result


SCREENS = (
    ScreenRule(
        name="copied",
        rule=copied,
        look=lambda month, limits: copied(month.peers.values, month.peers.group, month.peers.min_step, **limits),
        about=PEERS,
    ),
    ScreenRule(name="outlier", rule=outlier, look=_outlier, about=PEERS),
    ScreenRule(
        name="against_statistic",
        rule=against_statistic,
        look=lambda month, limits: against_statistic(
            month.series.values, _verified(month), month.series.sign, **limits
        ),
        about=SERIES,
    ),
    # No indicator is reported both as a whole and by the bodies that are its parts.
    ScreenRule(name="parts_not_total", rule=parts_not_total, look=None, about=SERIES),
)
