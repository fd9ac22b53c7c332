"""What an assignment was scored from and every value on the way, as the rules themselves gave them.

Names are those of formulas; day numbers stay day numbers. None is what is not known.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
import pandas

from resolution_monitor.method.arrays import Floats, nulls
from resolution_monitor.method.limits import Limits
from resolution_monitor.method.path import Points, within_unit
from resolution_monitor.method.registry import kinds, trajectories
from resolution_monitor.score.formulas.form import TASK, Form
from resolution_monitor.score.month.figures import figures_of
from resolution_monitor.score.month.indicators import Workings
from resolution_monitor.score.month.tasks import TaskWorkings
from resolution_monitor.score.rules.kinds import values_at
from resolution_monitor.score.rules.situation import NOLAG, Situation
from resolution_monitor.score.rules.status import is_sustained
from resolution_monitor.score.rules.trajectory import earned_day, expected_fraction

Value = float | str | None
# Columns of assignments under the names of formulas. An assignment has the last word: without a verified deadline it
# has no lag.
_OF_ASSIGNMENT = {
    "E": "expected_fraction",
    "lag": "lag_days",
    "overdue": "overdue_days",
    "status": "status",
    "P_low": "progress_low",
    "P_high": "progress_high",
    "S_low": "timeliness_low",
    "S_high": "timeliness_high",
}


@dataclass(frozen=True, slots=True)
class Explained:
    """
    One assignment.

    Attributes:
        given: What the rules were given, by name.
        found: What they made of it, by name; formulas have more names than the rules give values.
        history: The entries of its reports: day (number), is_owed, state, is_usable and what else was reported.
        fractions: a of each entry; NaN where none counts, and of tasks.
    """

    form: Form
    given: dict[str, Value]
    found: dict[str, Value]
    history: pandas.DataFrame
    fractions: Floats


def settings_given(limits: Limits) -> dict[str, Value]:
    """Thresholds and weights by the names that formulas use."""
    return {part.name: float(getattr(limits, part.name)) for part in fields(limits)}


def explained_indicator(workings: Workings, row: int, assignment: Mapping[str, Any]) -> Explained:
    """
    The assignment of an indicator.

    Args:
        row: Its place in the workings.
        assignment: Its row of the assignments.
    """
    aims, measured, situation = workings.asked.aims, workings.measured, workings.situation
    form = _form_of(workings, row)
    given = {
        **_measured_given(workings, row, form),
        **_days(situation, row, measured.start_day[row], aims.due_day[row]),
        "t_last": measured.last_day[row],
        **_achieved(workings, row, form),
        "warned": float(is_sustained(situation.forecast_last, situation.forecast_previous)[row]),
        "unrated": float(measured.is_unrated[row]),
    }
    found = {**_common(situation, workings, row, assignment), **_measured_found(workings, row, form, assignment)}
    is_own = workings.history.row == row
    fractions = workings.history.flat(measured.fractions)[is_own]
    return Explained(form, _known(given), _known(found), workings.history.entries[is_own], fractions)


def explained_task(workings: TaskWorkings, row: int, assignment: Mapping[str, Any]) -> Explained:
    """The assignment of a task; see explained_indicator."""
    given, claims, situation = workings.given, workings.claims, workings.situation
    told = {
        **_days(situation, row, given.start_day[row], np.nan if given.is_assumed[row] else given.due_day[row]),
        "t_last": claims.reported_day[row],
        "met_on": claims.met_day[row],
        "warned": 0.0,
        "unrated": 0.0,
    }
    found = _common(situation, workings, row, assignment)
    is_own = workings.history.row == row
    entries = workings.history.entries[is_own]
    form = Form(TASK, "", 0, is_assumed=bool(given.is_assumed[row]))
    return Explained(form, _known(told), _known(found), entries, nulls(len(entries)))


def _form_of(workings: Workings, row: int) -> Form:
    aims, path = workings.asked.aims, workings.situation.path
    kind, shape = str(aims.kind[row]), str(path.shape[row])
    if kinds()[kind].is_product:
        return Form(kind, "")
    return Form(kind, shape, len(_points(workings, row)) if trajectories()[shape].takes_points else 0)


def _achieved(workings: Workings, row: int, form: Form) -> dict[str, Value]:
    """A product is met on the day that counts of its document, a measured value at the end of a period."""
    if form.rules.is_product:
        return {"met_on": workings.proof.met_day[row]}
    return {"achieved": workings.measured.achieved_day[row]}


def _points(workings: Workings, row: int) -> list[tuple[float, float]]:
    """Day number and value of each dated target that lies within the path."""
    points, total = workings.situation.path.points, workings.situation.path.total_days[row]
    within = (points.day[row] > 0) & (points.day[row] < total) & ~np.isnan(points.fraction[row])
    aims = workings.asked.aims
    return list(zip(aims.target_days[row][within].tolist(), aims.targets[row][within].tolist(), strict=True))


def _measured_given(workings: Workings, row: int, form: Form) -> dict[str, Value]:
    """V, VT, V0 as the rule takes them: of growth the indices, of a ratio the quotient."""
    aims, measured, path = workings.asked.aims, workings.measured, workings.situation.path
    if form.rules.is_product:
        return {}
    figures = figures_of(aims, workings.history).last(measured.last_entry)
    given = {
        "V": figures.observed[row],
        "V0": path.baseline[row] if form.rules.is_compounded else measured.baseline[row],
        "s": aims.sign[row],
        "st": measured.aim.min_step[row],
    }
    if form.rules.keeps_both_ends:
        given |= {"lo": aims.low[row], "hi": aims.high[row]}
    else:
        given |= {"VT": path.target[row]}
    if form.points:
        for number, (day, value) in enumerate(_points(workings, row), start=1):
            given |= {f"day_{number}": day, f"value_{number}": value}
    return given


def _measured_found(workings: Workings, row: int, form: Form, assignment: Mapping[str, Any]) -> dict[str, Value]:
    """What a measured kind finds beside the rest; without a figure to measure there is no scale to speak of."""
    measured, situation = workings.measured, workings.situation
    if form.rules.is_product:
        return {}
    attainment = measured.attainment
    found: dict[str, Value] = {
        "a_raw": attainment.ratio[row],
        "A": attainment.published_pct[row],
        "mu": attainment.multiplier[row],
        "over": float(attainment.is_overspent[row]),
        "e0": situation.floor[row],
        "delta": situation.tolerance[row],
        "nolag": float(situation.judged_as[row] == NOLAG),
        "w": within_unit(situation.fraction[row : row + 1])[0],
        "ES": earned_day(situation.path, situation.fraction)[row],
        "E_path": expected_fraction(situation.path)[row],
        **_points_found(situation.path.points, row, form.points),
    }
    if attainment.problem[row]:
        return found
    planned = _planned(workings, row, assignment["expected_fraction"])
    return found | {"D": attainment.scale[row], "far": float(situation.floor[row] == 0.0), "VE": planned}


def _points_found(points: Points, row: int, count: int) -> dict[str, Value]:
    """Days and fractions of the dated targets within the path."""
    within = np.flatnonzero((points.day[row] > 0) & ~np.isnan(points.fraction[row]))[:count]
    numbered = list(enumerate(within, start=1))
    return {
        **{f"x_{number}": float(points.day[row][place]) for number, place in numbered},
        **{f"f_{number}": float(points.fraction[row][place]) for number, place in numbered},
    }


def _planned(workings: Workings, row: int, expected: float) -> float:
    """
    What should have been reached by the as-at day, in the unit of the figure: where a would be E.

    NaN for a band, which has no one such value, and where there is no figure to measure.
    """
    one, measured = np.array([row]), workings.measured
    kind, scale = workings.asked.aims.kind[one], measured.attainment.scale[one]
    return float(values_at(kind, measured.aim.rows(one), scale, np.array([expected]))[0])


def _days(situation: Situation, row: int, start_day: float, due_day: float) -> dict[str, Value]:
    return {
        "t0": start_day,
        "tT": due_day,
        "t": start_day + situation.path.elapsed_days[row],
        "m": float(situation.missed[row]),
    }


def _common(
    situation: Situation, workings: Workings | TaskWorkings, row: int, assignment: Mapping[str, Any]
) -> dict[str, Value]:
    standing = workings.verdict.standing
    return {
        "el": situation.path.elapsed_days[row],
        "N": situation.path.total_days[row],
        "a": standing.fraction[row],
        "ach_el": standing.achieved_after_days[row],
        "closed": float(standing.is_closed[row]),
        "silent": float(standing.is_silent[row]),
        "SPI": standing.schedule_index[row],
        "P0": standing.pace[row],
        **{name: assignment[column] for name, column in _OF_ASSIGNMENT.items()},
    }


def _known(values: Mapping[str, Any]) -> dict[str, Value]:
    """Numbers as float, NaN as None."""
    return {name: _plain(value) for name, value in values.items()}


def _plain(value: Any) -> Value:
    if value is None or isinstance(value, str):
        return value
    number = float(value)
    return None if np.isnan(number) else number
