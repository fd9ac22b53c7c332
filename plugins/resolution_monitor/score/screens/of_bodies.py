"""Screens of all a body reports: everything full, figures just past a limit, corrections for the better, no content.

Source: docs/method.md, clause 4, R10 and the further ones. One element per thing reported, pooled by body.
"""

from collections.abc import Mapping

import numpy as np
import pandas

from resolution_monitor.ledger.items import ItemKind
from resolution_monitor.ledger.states import ObligationState
from resolution_monitor.method.arrays import Flags, Floats, Whole, above
from resolution_monitor.reporting.content import TaskState
from resolution_monitor.score.rules.days import day_numbers
from resolution_monitor.score.screens.screen import BODIES, TASKS, MonthSeen, ScreenRule
from resolution_monitor.score.screens.screened import Screened, binomial_tail, varied_tail

_RECEIVED = (ObligationState.RECEIVED_ON_TIME.value, ObligationState.LATE.value, ObligationState.ACCEPTED_IN_PART.value)


def all_full(
    points: Floats,
    body: Whole,
    bodies: int,
    *,
    rate: float,
    items: float = 19.0,
    full: float = 100.0,
    least_usual: float = 0.2,
    spread: float = 0.19,
    alpha: float = 0.0006,
) -> Screened:
    """
    Every indicator of a body, or nearly every one of many, has full points.

    What is usual is the share of full ones among all other bodies; honest bodies lie around it, some far above: with
    few indicators a body that works well looks like one that writes everything full, and nothing is said of it.

    Args:
        least_usual: Full points are never held to be rarer than this.
        spread: Standard deviation of the share among honest bodies.
    """
    known = ~np.isnan(points)
    is_full = known & (points >= full - 1e-9)
    owned = np.bincount(body[known], minlength=bodies)
    filled = np.bincount(body[is_full], minlength=bodies)
    usual = np.maximum(least_usual, (is_full.sum() - filled + 1.0) / (known.sum() - owned + 2.0))
    chance = varied_tail(filled, owned, usual, spread)
    return Screened.of(owned >= items, chance < alpha, filled.astype(np.float64), np.maximum(chance, rate))


def bunching(
    distance: Floats,
    body: Whole,
    bodies: int,
    *,
    width: float = 2.0,
    items: float = 10.0,
    alpha: float = 0.001,
) -> Screened:
    """
    Far more of a body's figures lie just past a limit than just short of it.

    Args:
        distance: Past the limit (0 or more) or short of it (below 0), in the limit's unit.
        width: How far on either side is looked at.
    """
    is_past, is_short = (distance >= 0) & (distance < width), (distance < 0) & (distance >= -width)
    past = np.bincount(body[is_past], minlength=bodies)
    trials = past + np.bincount(body[is_short], minlength=bodies)
    chance = binomial_tail(past, trials, 0.5)
    return Screened.of(trials >= items, chance < alpha, past.astype(np.float64), chance)


def one_sided_corrections(
    changes: Floats,
    body: Whole,
    bodies: int,
    *,
    rate: float,
    items: float = 18.0,
    least_usual: float = 0.55,
    spread: float = 0.1,
    alpha: float = 0.0003,
) -> Screened:
    """
    What a body corrects after a ranking was known makes it better, every time or nearly so.

    What is usual is the share of better ones among the corrections of all other bodies; honest bodies lie around it.

    Args:
        changes: New minus old in the direction that counts as better; 0 and NaN are no correction.
        least_usual: Honest bodies too find rather what speaks for them.
        spread: Standard deviation of the share among honest bodies.
    """
    better, worse = (np.bincount(body[held], minlength=bodies) for held in (changes > 0, changes < 0))
    trials = better + worse
    usual = np.maximum(least_usual, (better.sum() - better + 1.0) / (trials.sum() - trials + 2.0))
    chance = varied_tail(better, trials, usual, spread)
    return Screened.of(trials >= items, chance < alpha, better.astype(np.float64), np.maximum(chance, rate))


def empty_on_time(is_on_time: Flags, owed: Whole, answered: Whole, *, rate: float, items: float = 3.0) -> Screened:
    """A report that came on time and answers nothing of what it owes, three things or more."""
    return Screened.of(is_on_time & (owed >= items), answered == 0, owed.astype(np.float64), rate)


def without_evidence(
    points: Floats, before: Floats, is_new_evidence: Flags, *, rate: float, rise: float = 5.0
) -> Screened:
    """R10: more than five points up without new evidence."""
    step = points - before
    return Screened.of(~np.isnan(step), above(step, rise) & ~is_new_evidence, step, rate)


def _all_full(month: MonthSeen, limits: Mapping[str, float]) -> Screened:
    return all_full(month.points, month.numbered(month.series.agency_id), len(month.bodies), **limits)


def _green_bunching(month: MonthSeen, limits: Mapping[str, float]) -> Screened:
    body = month.numbered(month.series.agency_id)
    return bunching(month.points - month.green_points, body, len(month.bodies), **limits)


def _one_sided(month: MonthSeen, limits: Mapping[str, float]) -> Screened:
    changes, body = (
        month.corrections["change"].to_numpy(dtype=np.float64),
        month.numbered(month.corrections["agency_id"]),
    )
    return one_sided_corrections(changes, body, len(month.bodies), **limits)


def _empty(month: MonthSeen, limits: Mapping[str, float]) -> Screened:
    is_report = (month.owed["item_kind"] == ItemKind.REPORT.value).to_numpy(dtype=bool)
    body, count = month.numbered(month.owed["agency_id"]), len(month.bodies)
    state = month.owed["state"]
    is_on_time = np.zeros(count, dtype=bool)
    is_on_time[body[is_report & (state == ObligationState.RECEIVED_ON_TIME.value).to_numpy(dtype=bool)]] = True
    owed = np.bincount(body[~is_report], minlength=count)
    answered = np.bincount(body[~is_report & state.isin(_RECEIVED).to_numpy(dtype=bool)], minlength=count)
    return empty_on_time(is_on_time, owed, answered, **limits)


def _proven(tasks: pandas.DataFrame) -> Floats:
    """100 points of what is evidenced as done."""
    return np.where(tasks["status"].isin(["DONE", "DONE_LATE"]), 100.0, 0.0)


def _without_evidence(month: MonthSeen, limits: Mapping[str, float]) -> Screened:
    """What is claimed as done counts 100 points; what is evidenced is what was there before the claim."""
    tasks = month.tasks
    claimed = np.where(tasks["task_state"] == TaskState.DONE.value, 100.0, 0.0)
    return without_evidence(claimed, _proven(tasks), np.zeros(len(tasks), bool), **limits)


def _deadline_bunching(month: MonthSeen, limits: Mapping[str, float]) -> Screened:
    tasks = month.tasks
    early = np.where(_proven(tasks) > 0, day_numbers(tasks["due_on"]) - day_numbers(tasks["done_on"]), np.nan)
    early = np.where(tasks["is_due_assumed"].to_numpy(dtype=bool), np.nan, early)
    body = month.numbered(tasks["agency_id"].to_numpy(dtype=np.str_))
    return bunching(early, body, len(month.bodies), **limits)


SCREENS = (
    ScreenRule(name="all_full", rule=all_full, look=_all_full, about=BODIES),
    ScreenRule(name="green_bunching", rule=bunching, look=_green_bunching, about=BODIES),
    ScreenRule(name="deadline_bunching", rule=bunching, look=_deadline_bunching, about=BODIES),
    ScreenRule(name="one_sided_corrections", rule=one_sided_corrections, look=_one_sided, about=BODIES),
    ScreenRule(name="empty_on_time", rule=empty_on_time, look=_empty, about=BODIES),
    ScreenRule(name="without_evidence", rule=without_evidence, look=_without_evidence, about=TASKS),
)
