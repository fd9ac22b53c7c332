"""Early warning: will an indicator fall short of .95 of its target, from the pace of its earned time.

Source: docs/method.md, clause 3. Series of τ, the share of the time that is earned; NaN is a gap.
"""

from dataclasses import dataclass, fields
from statistics import NormalDist

import numpy as np

from resolution_monitor.method.arrays import Floats, Texts, at_least
from resolution_monitor.score.rules.normal import normal_cumulative
from resolution_monitor.score.rules.status import HIGH_FROM

LEVEL_SHARE, SLOPE_SHARE, DAMPING = 0.8, 0.4, 0.85
LEAST_INCREMENTS = 3
RECENT_INCREMENTS = 8
MEDIAN_DEVIATION_FACTOR = 1.4826
LEAST_DEVIATION = 0.005
WIDENING = 1.5
LOWEST, HIGHEST = 0.01, 0.99
ON_PLAN_SHARE = 0.95
GUARDED = 0.39
WATCH_FROM = 0.40
LIKELY_BELOW, SAFE_BELOW = 0.5, 0.1

# Rows are worked through in pieces that stay in the processor's cache.
_PIECE = 8192


@dataclass(frozen=True, slots=True)
class Forecast:
    """
    What each series gives; null throughout with fewer than four points or without a period left.

    Attributes:
        slope: b, earned time per period.
        holt_end, drift_end, rate_end: τ at the deadline by three ways of going on.
        deviation: sd of one increment.
        error: se of the end.
        raw: p_raw, the chance of falling short, between .01 and .99.
        guard: 1 where it is on plan and on pace, else 0.
        short: p, at most .39 where the guard holds.
        likely_in, safe_in: Periods until falling short is less likely than .5 and .1 (j50, j10); null where that
            is not on the present pace.
        band: low, watch or high; "" where null. Bands are shown, never percentages.
    """

    slope: Floats
    holt_end: Floats
    drift_end: Floats
    rate_end: Floats
    deviation: Floats
    error: Floats
    raw: Floats
    guard: Floats
    short: Floats
    likely_in: Floats
    safe_in: Floats
    band: Texts


@dataclass(frozen=True, slots=True)
class _Trend:
    """What the past of a series gives, whatever the time left."""

    last: Floats
    slope: Floats
    drift: Floats
    rate: Floats
    deviation: Floats
    breadth: Floats


def forecast(earned: Floats, counts: Floats, periods_left: Floats, aim: Floats) -> Forecast:
    """
    Forecasts of many series.

    Args:
        earned: τ, one row per series, one column per period from the start; a gap carries the value before it.
        counts: How many columns belong to each series (k + 1).
        periods_left: h, whole periods to the deadline.
        aim: θ, the share of time at which .95 is expected; see trajectory.earned_share.
    """
    columns = {part.name: np.full(len(earned), np.nan) for part in fields(Forecast) if part.name != "band"}
    for count in np.unique(counts):
        rows = np.flatnonzero((counts == count) & (periods_left >= 1))
        if count > LEAST_INCREMENTS:
            for first in range(0, len(rows), _PIECE):
                piece = rows[first : first + _PIECE]
                found = _forecast_piece(_carried(earned[piece, : int(count)]), periods_left[piece], aim[piece])
                for name, values in found.items():
                    columns[name][piece] = values
    return Forecast(**columns, band=band_of(columns["short"]))


def band_of(short: Floats) -> Texts:
    """low, watch or high; "" for a null."""
    tests = [np.isnan(short), at_least(short, HIGH_FROM), at_least(short, WATCH_FROM)]
    return np.select(tests, ["", "high", "watch"], default="low")


def _carried(earned: Floats) -> Floats:
    """A gap carries the last value; one that stands before any value stays null, and with it the forecast."""
    result = earned.T.copy()
    for column in range(1, len(result)):
        result[column] = np.where(np.isnan(result[column]), result[column - 1], result[column])
    return result


def _forecast_piece(earned: Floats, left: Floats, aim: Floats) -> dict[str, Floats]:
    """One piece of series of equal length; one row per period."""
    trend = _trend(earned)
    damped = DAMPING * (1.0 - DAMPING**left) / (1.0 - DAMPING)
    holt, drift, rate, error = _ends(trend, left, damped)
    raw = np.clip(normal_cumulative(_shortfall(aim, holt, drift, error)), LOWEST, HIGHEST)
    steps = len(earned) - 1
    on_plan = at_least(trend.last, ON_PLAN_SHARE * steps / (steps + left))
    guard = np.where(on_plan & at_least(trend.drift, (aim - trend.last) / left), 1.0, 0.0)
    known = np.where(np.isnan(raw), np.nan, 1.0)
    likely, safe = _dates(trend, left, aim)
    return {
        "slope": trend.slope * known,
        "holt_end": holt * known,
        "drift_end": drift * known,
        "rate_end": rate * known,
        "deviation": trend.deviation * known,
        "error": error * known,
        "raw": raw,
        "guard": guard * known,
        "short": np.where(guard > 0, np.minimum(raw, GUARDED), raw),
        "likely_in": likely * known,
        "safe_in": safe * known,
    }


def _trend(earned: Floats) -> _Trend:
    steps = len(earned) - 1
    change = np.diff(earned, axis=0)
    recent = change[-min(steps, RECENT_INCREMENTS) :]
    spread = MEDIAN_DEVIATION_FACTOR * _median(np.abs(change - _median(change)))
    variance = np.var(recent, axis=0, ddof=1)
    return _Trend(
        last=earned[-1],
        slope=_slope(earned, _median(change[:LEAST_INCREMENTS])),
        drift=change[-LEAST_INCREMENTS:].mean(axis=0),
        rate=(earned[-1] - earned[0]) / steps,
        deviation=np.maximum(LEAST_DEVIATION, np.sqrt(0.5 * spread**2 + 0.5 * variance)),
        breadth=np.full(earned.shape[1], float(min(max(steps, 2), 7))),
    )


def _slope(earned: Floats, first: Floats) -> Floats:
    """b of a damped trend, smoothed period by period."""
    level, slope = earned[0], first
    for value in earned[1:]:
        raised = LEVEL_SHARE * value + (1.0 - LEVEL_SHARE) * (level + DAMPING * slope)
        slope = SLOPE_SHARE * (raised - level) + (1.0 - SLOPE_SHARE) * DAMPING * slope
        level = raised
    return slope


def _median(values: Floats) -> Floats:
    """Median over the periods of each series."""
    ordered = np.sort(values, axis=0)
    middle = len(values) // 2
    return np.asarray(ordered[middle] if len(values) % 2 else 0.5 * (ordered[middle - 1] + ordered[middle]))


def _ends(trend: _Trend, left: Floats | float, damped: Floats | float) -> tuple[Floats, Floats, Floats, Floats]:
    """The three ends after the periods left, and se of their mean."""
    holt = trend.last + trend.slope * damped
    drift = trend.last + left * trend.drift
    rate = trend.last + left * trend.rate
    third = (holt + drift + rate) / 3.0
    spread = ((holt - third) ** 2 + (drift - third) ** 2 + (rate - third) ** 2) / 3.0
    return holt, drift, rate, np.sqrt(trend.deviation**2 * (left + left**2 / trend.breadth) + 0.01**2 + spread)


def _shortfall(aim: Floats, holt: Floats, drift: Floats, error: Floats) -> Floats:
    return (aim - (holt + drift) / 2.0) / (WIDENING * error)


def _dates(trend: _Trend, left: Floats, aim: Floats) -> tuple[Floats, Floats]:
    """The first periods, up to twice those left, by which falling short is less likely than .5 and .1."""
    likely, safe = np.full(left.shape, np.nan), np.full(left.shape, np.nan)
    damped = 0.0
    for ahead in range(1, int(2 * left.max(initial=0)) + 1):
        damped += DAMPING**ahead
        holt, drift, _, error = _ends(trend, float(ahead), damped)
        # Beyond its own 2h a series is not looked at.
        distance = np.where(ahead <= 2 * left, _shortfall(aim, holt, drift, error), np.inf)
        for result, limit in ((likely, LIKELY_BELOW), (safe, SAFE_BELOW)):
            result[np.isnan(result) & (distance < _quantile(limit))] = ahead
    return likely, safe


def _quantile(share: float) -> float:
    """Of the standard normal distribution, a tolerance below the share."""
    return NormalDist().inv_cdf(share - 1e-9)
