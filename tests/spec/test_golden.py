"""The worked cases of the method, one row a test: kinds cumulative and disbursement, straight paths, status and points.

Rows of kinds and classes that are not built yet are counted, so that none is left out in silence.
"""

import csv
import json
from collections import Counter
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from resolution_monitor.score.attainment import KINDS
from resolution_monitor.score.kpi_score import score_kpi
from resolution_monitor.score.status import SORT_KEYS, Situation, Status, standing_of
from resolution_monitor.score.trajectory import expected_linear, lag_linear, schedule_index

GOLDEN = Path(__file__).parent / "golden"
BUILT_KINDS = {"cum": "cumulative", "disb": "disbursement"}


def _rows(table: str) -> list[dict[str, str]]:
    with (GOLDEN / f"{table}.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def _number(text: str) -> float:
    return float(text) if text else np.nan


def _array(value: float) -> np.ndarray:
    return np.array([value], dtype=np.float64)


def _days(day: str, start: str) -> float:
    return float((date.fromisoformat(day) - date.fromisoformat(start)).days) if day else np.nan


def _same(expected: str, got: float, tolerance: float) -> bool:
    return bool(np.isnan(got)) if expected == "" else abs(float(expected) - got) <= tolerance


ATTAINMENT = [row for row in _rows("attainment") if row["kind"] in BUILT_KINDS]
LAG = [row for row in _rows("lag") if row["trajectory"] == "linear"]
STATUS = [row for row in _rows("status_score") if row["class"] == "lag" and row["trajectory"] == "linear"]


@pytest.mark.parametrize("row", ATTAINMENT, ids=lambda row: row["id"])
def test_attainment(row: dict[str, str]):
    """
    a, published A, D, multiplier and flags are those of the worked case.
    """
    given = json.loads(row["inputs_json"])
    inputs = [_array(given.get(key, missing)) for key, missing in (("V", np.nan), ("VT", np.nan), ("V0", 0.0))]

    result = KINDS[BUILT_KINDS[row["kind"]]](*inputs, _array(_number(row["min_step"])))

    assert _same(row["a_raw"], result.fraction[0], 1e-6)
    assert _same(row["A_published"], result.published_pct[0], 1e-4)
    assert _same(row["scale_D"], result.scale[0], 1e-6)
    assert _same(row["multiplier"], result.multiplier[0], 1e-6)
    assert row["flags"] == result.flags()[0]


@pytest.mark.parametrize("row", LAG, ids=lambda row: row["id"])
def test_lag(row: dict[str, str]):
    """
    E, lag in days and SPI(t) are those of the worked case.
    """
    elapsed, total = _array(_days(row["t"], row["t0"])), _array(_days(row["tT"], row["t0"]))

    lag = lag_linear(_array(_number(row["a_raw"])), elapsed, total)

    assert _same(row["E"], expected_linear(elapsed, total)[0], 1e-6)
    assert _same(row["lag_days"], lag[0], 1e-3)
    assert _same(row["SPI_t"], schedule_index(lag, elapsed)[0], 1e-6)


@pytest.mark.parametrize("row", STATUS, ids=lambda row: row["id"])
def test_status_and_points(row: dict[str, str]):
    """
    Status, overdue days and both ends of P and S are those of the worked case.
    """
    ratio = _number(row["spend_ratio"])
    is_overspent = bool(ratio > 1.005 + 1e-9)
    situation = Situation(
        elapsed_days=_array(_days(row["t"], row["t0"])),
        total_days=_array(_days(row["tT"], row["t0"])),
        fraction=_array(_number(row["a_raw"])),
        tolerance=_array(_number(row["delta"])),
        missed=np.array([int(row["missed"])]),
        forecast_last=_array(_number(row["p_last"])),
        forecast_previous=_array(_number(row["p_prev"])),
        achieved_after_days=_array(_days(row["achieved_on"], row["t0"])),
        is_overspent=np.array([is_overspent]),
        is_unrated=np.array([row["unrated"] == "1"]),
    )

    standing = standing_of(situation)
    multiplier = _array(max(0.0, 2.0 - ratio) if is_overspent else 1.0)
    points = score_kpi(situation, standing, multiplier, _array(_number(row["last_P"])), _array(_number(row["last_S"])))

    status = Status(str(standing.status[0]))
    last_key = SORT_KEYS[Status(row["last_status"])] if row["last_status"] else 0
    sort_key = max(3, last_key) if status is Status.NO_DATA else SORT_KEYS[status]
    assert row["status"] == status
    assert int(row["sort_key"]) == sort_key
    assert _same(row["E"], standing.expected[0], 1e-6)
    assert _same(row["lag_days"], standing.lag_days[0], 1e-3)
    assert _same(row["SPI_t"], standing.schedule_index[0], 1e-6)
    assert _same(row["overdue_days"], standing.overdue_days[0], 1e-6)
    for column, got in (
        ("P_low", points.progress_low),
        ("P_high", points.progress_high),
        ("S_low", points.timeliness_low),
        ("S_high", points.timeliness_high),
    ):
        assert _same(row[column], got[0], 1e-4), column


def test_rows_not_built_yet_are_known():
    """
    What these tables hold beyond the built kinds is exactly what later work brings.
    """
    kinds = Counter(row["kind"] for row in _rows("attainment")).keys() - BUILT_KINDS.keys()
    classes = {(row["class"], row["trajectory"]) for row in _rows("status_score")} - {("lag", "linear")}

    assert {"level", "ratio", "range", "growth", "binary", "miles"} == kinds
    assert {("deliverable", ""), ("nolag", "linear"), ("lag", "step")} == classes
