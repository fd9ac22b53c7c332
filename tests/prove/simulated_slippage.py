"""Series that slip behind their plan and products that come late, as arrays, and forecasts of their ends.

Everything follows from a seed. The ways of slipping are ours; their shares stand with the figures they lead to.
"""

from dataclasses import dataclass

import numpy as np

from resolution_monitor.score.outlook.calibration import Calibration, brier, by_group, calibrate
from resolution_monitor.score.outlook.forecast import forecast
from resolution_monitor.score.outlook.reference_class import late_risk

MONTHS = 36
# A quarter, half and three quarters of the way.
ORIGINS = (9, 18, 27)
SHORT_BELOW = 0.95
GREEN_FROM, AMBER_FROM = 0.95, 0.80
STEADY, SLOWING, RALLYING, STALLED = "steady", "slowing", "rallying", "stalled"
# Rallying is what the rule cannot see coming: it goes by the pace of the past.
SHARES = {STEADY: 0.50, SLOWING: 0.20, RALLYING: 0.15, STALLED: 0.15}
# A late campaign: most rally in the last third.
CAMPAIGN = {STEADY: 0.25, SLOWING: 0.05, RALLYING: 0.60, STALLED: 0.10}


@dataclass(frozen=True, slots=True)
class Forecasts:
    """
    Forecasts at every origin, one element each.

    Attributes:
        item: Number of the series or product.
        outcome: 1 it fell short or was late.
        colour: What the traffic light showed; "" of products.
    """

    item: np.ndarray
    chance: np.ndarray
    outcome: np.ndarray
    colour: np.ndarray


def simulated_series(draws: np.random.Generator, size: int, shares: dict[str, float]) -> np.ndarray:
    """Share of the time earned at the end of each month; the first column is the start."""
    way = draws.choice(list(shares), size, p=list(shares.values()))
    month = np.arange(1, MONTHS + 1)[None, :]
    pace = np.maximum(draws.normal(0.98, 0.15, (size, 1)), 0.2) * np.ones((1, MONTHS))
    turn = draws.integers(6, 30, (size, 1))
    pace = np.where((way == SLOWING)[:, None], pace * np.maximum(0.3, 1.1 - 0.8 * month / MONTHS), pace)
    pace = np.where((way == RALLYING)[:, None], np.where(month <= 24, 0.75 * pace, 1.55 * pace), pace)
    pace = np.where((way == STALLED)[:, None] & (month > turn) & (month <= turn + 8), 0.1 * pace, pace)
    work = draws.gamma(1.0 / 0.25, 0.25, (size, MONTHS)) * pace / MONTHS
    earned = np.minimum(1.0, np.cumsum(work, axis=1))
    return np.concatenate([np.zeros((size, 1)), earned], axis=1)


def forecast_series(draws: np.random.Generator, size: int, shares: dict[str, float]) -> Forecasts:
    """The rule's chance of falling short at three origins of straight plans, and the colour of the day."""
    earned = simulated_series(draws, size, shares)
    outcome = (earned[:, -1] < SHORT_BELOW).astype(np.float64)
    parts = []
    for origin in ORIGINS:
        series = earned[:, : origin + 1]
        counts, left = np.full(size, float(origin + 1)), np.full(size, float(MONTHS - origin))
        chance = forecast(series, counts, left, np.full(size, SHORT_BELOW)).short
        pace = series[:, -1] / (origin / MONTHS)
        colour = np.select([pace >= GREEN_FROM, pace >= AMBER_FROM], ["GREEN", "AMBER"], "RED")
        is_open = series[:, -1] < SHORT_BELOW
        parts.append((np.arange(size)[is_open], chance[is_open], outcome[is_open], colour[is_open]))
    return Forecasts(*(np.concatenate(each) for each in zip(*parts, strict=True)))


def forecast_products(draws: np.random.Generator, past: int, size: int) -> Forecasts:
    """Chances of being late from the record of stage, time left and agency, each with its own true rate."""
    bodies, stages, spans = 60, 3, 4
    of_body = draws.normal(0.0, 0.8, bodies)
    of_class = draws.normal(0.0, 0.8, (stages, spans))

    def drawn(count: int) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
        body, stage, span = (draws.integers(0, most, count) for most in (bodies, stages, spans))
        late = draws.random(count) < 1.0 / (1.0 + np.exp(-(of_body[body] + of_class[stage, span])))
        return body, stage, span, late.astype(np.float64)

    body, stage, span, late = drawn(past)
    new_body, new_stage, new_span, outcome = drawn(size)
    cell, new_cell = stage * spans + span, new_stage * spans + new_span
    fine = [np.bincount(cell, weights, stages * spans)[new_cell] for weights in (late, None)]
    wide = [np.bincount(span, weights, spans)[new_span] for weights in (late, None)]
    own = [np.bincount(body, weights, bodies)[new_body].astype(float) for weights in (late, None)]
    everything = [np.full(size, total) for total in (late.sum(), float(past))]
    lates, alls = (np.stack([a, b, c], axis=1).astype(float) for a, b, c in zip(fine, wide, everything, strict=True))
    risk = late_risk(lates, alls, agency=(own[0], own[1]), overall=(everything[0], everything[1]))
    return Forecasts(np.arange(size), risk.late, outcome, np.full(size, ""))


@dataclass(frozen=True, slots=True)
class Held:
    """Brier scores on the half that nothing was learned from; the other half taught rates, colours, recalibration."""

    forecasts: int
    happened: float
    base_rate: float
    colour: float
    as_made: float
    recalibrated: float
    way: Calibration
    chance: np.ndarray
    told: np.ndarray
    outcome: np.ndarray


def held_out(made: Forecasts, *, known: int | None = None) -> Held:
    """The even items teach, or only the first of them that are known; the odd ones judge."""
    judges = made.item % 2 == 1
    teaches = ~judges & (made.item < (made.item.max() + 1 if known is None else 2 * known))
    past, then = made.outcome[teaches], made.outcome[judges]
    rate = np.full(len(then), past.mean())
    way = calibrate(
        made.chance[teaches], past, item=made.item[teaches].astype(np.str_), resolved_day=made.item[teaches] * 1.0
    )
    told = way.told(made.chance[judges])
    return Held(
        forecasts=len(then),
        happened=float(then.mean()),
        base_rate=brier(rate, then),
        colour=brier(_by_colour(made, teaches, judges), then),
        as_made=brier(made.chance[judges], then),
        recalibrated=brier(told, then),
        way=way,
        chance=made.chance[judges],
        told=told,
        outcome=then,
    )


def _by_colour(made: Forecasts, teaches: np.ndarray, judges: np.ndarray) -> np.ndarray:
    """What each colour meant among the series that teach."""
    meant = by_group(made.colour[teaches], made.outcome[teaches])
    of = dict(zip(made.colour[teaches].tolist(), meant.tolist(), strict=True))
    return np.array([of[colour] for colour in made.colour[judges].tolist()])


__all__ = ["CAMPAIGN", "SHARES", "Forecasts", "Held", "forecast_products", "forecast_series", "held_out"]
