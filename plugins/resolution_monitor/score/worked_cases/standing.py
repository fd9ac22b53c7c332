"""Worked cases of lag, status and points."""

from collections.abc import Sequence

import numpy as np

from resolution_monitor.method.arrays import fill
from resolution_monitor.method.kinds.disbursement import is_overspent, spending_multiplier
from resolution_monitor.method.path import LINEAR, Path
from resolution_monitor.score.rules.kpi_score import score_kpi
from resolution_monitor.score.rules.pace import timeliness_pct
from resolution_monitor.score.rules.situation import DELIVERABLE, Situation, sort_keys
from resolution_monitor.score.rules.status import standing_of
from resolution_monitor.score.rules.trajectory import expected_fraction, lag_days, schedule_index
from resolution_monitor.score.worked_cases.cells import (
    Answer,
    Row,
    answers,
    days,
    numbers,
    parsed,
    points,
    steps,
    texts,
)


def lag(rows: Sequence[Row]) -> list[Answer]:
    """E, lag, SPI(t) and S by the bare formula, of open indicators of class lag."""
    path = _path(rows, texts(rows, "trajectory"))
    behind = lag_days(path, numbers(rows, "a_raw"))
    return answers(
        E=expected_fraction(path),
        lag_days=behind,
        SPI_t=schedule_index(behind, path.elapsed_days),
        S=timeliness_pct(behind, path.elapsed_days),
    )


def status_score(rows: Sequence[Row]) -> list[Answer]:
    """The status table and both ends of P and S, of all classes together."""
    situation = _situation(rows)
    standing = standing_of(situation)
    multiplier = spending_multiplier(numbers(rows, "spend_ratio"))
    points_of = score_kpi(situation, standing, multiplier, numbers(rows, "last_P"), numbers(rows, "last_S"))
    return answers(
        E=standing.expected,
        lag_days=standing.lag_days,
        SPI_t=standing.schedule_index,
        overdue_days=standing.overdue_days,
        status=standing.status,
        sort_key=sort_keys(standing.status, texts(rows, "last_status")),
        P_low=points_of.progress_low,
        P_high=points_of.progress_high,
        S_low=points_of.timeliness_low,
        S_high=points_of.timeliness_high,
    )


def _path(rows: Sequence[Row], shape: np.ndarray) -> Path:
    start = days(rows, "t0")
    return Path(
        shape=shape,
        elapsed_days=days(rows, "t") - start,
        total_days=days(rows, "tT") - start,
        baseline=numbers(rows, "V0"),
        target=numbers(rows, "VT"),
        points=points(parsed(rows, "table_json"), start),
    )


def _situation(rows: Sequence[Row]) -> Situation:
    judged_as, written = texts(rows, "class"), texts(rows, "trajectory")
    path = _path(rows, np.where((written == "") & (judged_as != DELIVERABLE), LINEAR, written))
    start = days(rows, "t0")
    return Situation(
        judged_as=judged_as,
        path=path,
        fraction=numbers(rows, "a_raw"),
        floor=fill(numbers(rows, "e0"), 0.0),
        tolerance=fill(numbers(rows, "delta"), 0.0),
        missed=numbers(rows, "missed", empty=0.0).astype(np.int64),
        forecast_last=numbers(rows, "p_last"),
        forecast_previous=numbers(rows, "p_prev"),
        achieved_after_days=days(rows, "achieved_on") - start,
        is_overspent=is_overspent(numbers(rows, "spend_ratio")),
        is_unrated=numbers(rows, "unrated", empty=0.0) == 1.0,
        steps=steps(parsed(rows, "steps_json"), start),
    )
