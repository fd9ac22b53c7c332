"""Forecasts held against what happened: Brier, reliability, recalibration, and falling back on the base rate."""

from datetime import date

import numpy as np
import pandas
import pytest

from resolution_monitor.score.outlook.calibration import (
    LEAST_FOR_MEANING,
    LEAST_FOR_PERCENTAGES,
    LEAST_TO_LEARN,
    Calibration,
    Meant,
    Way,
    brier,
    calibrate,
    reliability,
)
from resolution_monitor.score.outlook.forecast_record import bands_of, calibrations_of, resolved_forecasts, summary_of
from resolution_monitor.score.outlook.late_cases import late_risk_of_tasks

ITEMS = 600


def world(*, slope: float, base: float = 0.0, seed: int = 1) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Forecasts whose log odds are `slope` times too far out, of things resolved one a day."""
    draws = np.random.default_rng(seed)
    odds = draws.normal(base, 1.0, ITEMS)
    outcome = (draws.random(ITEMS) < 1.0 / (1.0 + np.exp(-odds))).astype(float)
    chance = 1.0 / (1.0 + np.exp(-slope * odds))
    return chance, outcome, np.arange(ITEMS).astype(str), np.arange(ITEMS, dtype=float)


def calibrated(chance: np.ndarray, outcome: np.ndarray, item: np.ndarray, day: np.ndarray) -> Calibration:
    return calibrate(chance, outcome, item=item, resolved_day=day)


def test_brier():
    """
    Of .8 that happened and .3 that did not: (.2² + .3²)/2 = .065.
    """
    assert pytest.approx(0.065) == brier(np.array([0.8, 0.3]), np.array([1.0, 0.0]))
    assert np.isnan(brier(np.array([]), np.array([])))


def test_reliability():
    """
    Two forecasts of .71 and .79, one came true: a row .7 to .8 with mean .75 and .5; 1 belongs to the last row.
    """
    table = reliability(np.array([0.71, 0.79, 1.0]), np.array([1.0, 0.0, 1.0]))

    assert [0.7, 0.9] == table["from"].tolist()
    assert [2, 1] == table["forecasts"].tolist()
    np.testing.assert_allclose([0.75, 1.0], table["mean_chance"])
    np.testing.assert_allclose([0.5, 1.0], table["happened"])


def gloomy(number: int) -> tuple[np.ndarray, Calibration]:
    """The chances of so many things, each told far too high, and what they teach."""
    odds = np.random.default_rng(2).normal(0.0, 2.0, ITEMS)[:number]
    outcome = (np.random.default_rng(3).random(ITEMS)[:number] < 1.0 / (1.0 + np.exp(-odds))).astype(float)
    chance = 1.0 / (1.0 + np.exp(-odds - 2.0))
    return chance, calibrated(chance, outcome, np.arange(number).astype(str), np.arange(number, dtype=float))


def test_as_made_until_enough_is_resolved():
    """
    49 resolved things teach nothing yet: the chance is told as made.
    """
    chance, found = gloomy(LEAST_TO_LEARN - 1)

    assert Way.AS_MADE is found.way
    np.testing.assert_array_equal(chance, found.told(chance))


def test_fifty_things_teach():
    """
    From 50 on chances told too high are drawn down, by bands still: percentages wait for 200.
    """
    chance, found = gloomy(LEAST_TO_LEARN)

    assert Way.RECALIBRATED is found.way
    assert -2.0 < found.refit.intercept < -0.3
    assert (found.told(chance) < chance).all()
    assert [False, False, True] == [
        gloomy(number)[1].is_percentage for number in (LEAST_TO_LEARN, LEAST_FOR_PERCENTAGES - 1, LEAST_FOR_PERCENTAGES)
    ]


def test_what_low_meant():
    """
    Twenty things, two forecasts each: 12 told low at least once, of which 7 fell short; 19 things say nothing of low.
    """
    item = np.repeat(np.arange(20), 2).astype(str)
    chance = np.where(np.arange(40) < 24, np.where(np.arange(40) % 2, 0.7, 0.3), 0.5)
    outcome = np.repeat(np.arange(20) < 7, 2).astype(float)
    day = np.ones(40)
    found = calibrated(chance, outcome, item, day)
    fewer = calibrated(chance[2:], outcome[2:], item[2:], day[2:])

    assert LEAST_FOR_MEANING == found.resolved
    assert {"low": Meant(12, 7), "high": Meant(12, 7), "watch": Meant(8, 0)} == found.meant
    assert {} == fewer.meant


def test_a_kind_is_never_told_by_another():
    """
    Two kinds, one as made and one too far out: each learns from its own; a kind of which nothing is resolved has none.
    """
    frames = []
    for kind, slope in (("level", 1.0), ("cum", 6.0)):
        chance, outcome, item, day = world(slope=slope)
        frame = pandas.DataFrame({"kind": kind, "chance_made": chance, "outcome": outcome, "item_id": item})
        frames.append(frame.assign(agency_id="BYT", resolved_on=[date.fromordinal(700000 + int(one)) for one in day]))
    told = calibrations_of(pandas.concat(frames, ignore_index=True))

    assert {"level", "cum"} == set(told)
    assert told["cum"].refit.slope < 0.3
    assert Way.AS_MADE is told["level"].way or told["level"].refit.slope > 0.8
    assert ITEMS == told["cum"].resolved


def test_many_forecasts_of_one_thing_are_one_thing():
    """
    A thousand forecasts of ten things are no two hundred things.
    """
    chance, outcome, _, day = world(slope=3.0)
    found = calibrated(chance, outcome, (np.arange(ITEMS) % 10).astype(str), day)

    assert (10, Way.AS_MADE) == (found.resolved, found.way)


def test_over_confident_forecasts_are_recalibrated():
    """
    Log odds three times too far out come back to a third.
    """
    found = calibrated(*world(slope=3.0))

    assert Way.RECALIBRATED is found.way
    assert found.is_percentage
    assert pytest.approx(1 / 3, abs=0.12) == found.refit.slope


def test_useless_forecasts_give_way_to_the_base_rate():
    """
    Where the forecast knew nothing and the other way round, what usually happens is told.
    """
    chance, outcome, item, day = world(slope=1.0)
    noise = np.random.default_rng(9).permutation(chance)
    turned = np.where(day < ITEMS * 2 / 3, noise, 1.0 - chance)
    found = calibrated(turned, outcome, item, day)

    assert Way.BASE_RATE is found.way
    np.testing.assert_allclose([outcome.mean(), np.nan], found.told(np.array([0.9, np.nan])))


def test_nothing_is_learned_from_the_last_third():
    """
    What is judged by did not teach: outcomes turned round in the last third make the recalibration lose.
    """
    chance, outcome, item, day = world(slope=3.0)
    turned = np.where(day < ITEMS * 2 / 3, outcome, 1.0 - outcome)

    assert Way.BASE_RATE is calibrated(chance, turned, item, day).way


def made(rows: list[tuple[str, str, date, float, str]]) -> pandas.DataFrame:
    frame = pandas.DataFrame(rows, columns=["item_kind", "item_id", "made_on", "chance", "status"], dtype=object)
    return frame.assign(agency_id="BYT", chance_made=frame["chance"], kind=frame["item_kind"], method="x")


def outcomes(rows: list[tuple[str, str, str, float | None, date]]) -> pandas.DataFrame:
    columns = ["item_kind", "item_id", "status", "attainment_raw_pct", "resolved_on"]
    frame = pandas.DataFrame(rows, columns=columns, dtype=object)
    return frame.assign(agency_id="BYT", due_on=frame["resolved_on"])


def test_outcomes():
    """
    Below 95 % at the deadline is short, 95 is not; done late or overdue is late; what was known is no forecast.
    """
    early, end = date(2026, 6, 30), date(2026, 12, 31)
    found = resolved_forecasts(
        made(
            [
                ("indicator", "a", early, 0.7, "RED"),
                ("indicator", "b", early, 0.7, "RED"),
                ("task", "c", early, 0.7, "GREEN"),
                ("task", "d", early, 0.7, "GREEN"),
                ("task", "d", end, 0.7, "GREEN"),
                ("task", "e", early, 0.7, "GREEN"),
            ]
        ),
        outcomes(
            [
                ("indicator", "a", "OVERDUE", 94.9, end),
                ("indicator", "b", "OVERDUE", 95.0, end),
                ("task", "c", "DONE_LATE", None, end),
                ("task", "d", "DONE", None, end),
            ]
        ),
    )

    assert {"a": 1.0, "b": 0.0, "c": 1.0, "d": 0.0} == dict(zip(found["item_id"], found["outcome"], strict=True))
    assert 4 == len(found)


def test_summary():
    """
    Chances .9 and .1, both right: Brier .01, base rate .5 with .25, skill 1 - .01/.25 = .96; colours knew it: 0.
    """
    early, end = date(2026, 6, 30), date(2026, 12, 31)
    resolved = resolved_forecasts(
        made([("indicator", "a", early, 0.9, "RED"), ("indicator", "b", early, 0.1, "GREEN")]),
        outcomes([("indicator", "a", "OVERDUE", 50.0, end), ("indicator", "b", "DONE", 100.0, end)]),
    )
    row = summary_of(resolved, calibrations_of(resolved)).iloc[0]

    assert ("all", 2, 2) == (row["kind"], row["forecasts"], row["resolved"])
    np.testing.assert_allclose(
        [0.5, 0.01, 0.25, 0.0, 0.96],
        row[["base_rate", "brier", "brier_base_rate", "brier_colour", "skill"]].astype(float),
    )


def test_bands_of_a_kind_with_too_few_say_nothing():
    """
    One resolved thing: of low nothing is known, and nothing is said.
    """
    early, end = date(2026, 6, 30), date(2026, 12, 31)
    resolved = resolved_forecasts(
        made([("indicator", "a", early, 0.1, "GREEN")]), outcomes([("indicator", "a", "DONE", 100.0, end)])
    )

    assert [("indicator", "low", 1, None, None, None)] == [
        tuple(row) for row in bands_of(calibrations_of(resolved)).to_numpy()
    ]


def assignment(number: int, status: str, due: date, **other: object) -> dict[str, object]:
    plain = {
        "item_id": f"T{number}",
        "agency_id": "BYT" if number % 2 else "BCT",
        "status": status,
        "is_due_assumed": False,
        "as_at": date(2026, 10, 31),
        "started_on": date(2026, 1, 1),
        "due_on": due,
        "task_state": "done" if status.startswith("DONE") else "under_way",
    }
    return {**plain, **other}


def test_late_tasks():
    """
    10 resolved, 5 late: m = (5 + 1)/(10 + 2) = .5; the class under way, half a year left: all ten stood in it, so
    p_c = (5 + 10 x .5)/(10 + 10) = .5; BYT had 5 of 5 late: p_a = (5 + 20 x .5)/(5 + 20) = .6, and p = .6.
    """
    due = date(2026, 9, 30)
    resolved = [assignment(number, "DONE_LATE" if number % 2 else "DONE", due) for number in range(10)]
    still = [
        assignment(11, "GREEN", date(2026, 12, 31)),
        assignment(13, "GREEN", date(2026, 12, 31), is_due_assumed=True),
        assignment(15, "OVERDUE", due),
    ]
    reports = pandas.DataFrame(
        [
            {
                "agency_id": row["agency_id"],
                "task_id": row["item_id"],
                "period_end": date(2026, 6, 30),
                "state": "under_way",
            }
            for row in resolved
        ]
    )
    tasks = pandas.DataFrame([*resolved, *still[:2]])
    found = late_risk_of_tasks(tasks, reports)

    np.testing.assert_allclose([0.6, np.nan], found.chance[10:])
    np.testing.assert_allclose([61.0, np.nan], found.days_left[10:])
    assert np.isnan(found.chance[:10]).all()
    assert np.isnan(late_risk_of_tasks(pandas.DataFrame([*resolved[:9], still[0]]), reports).chance).all()
    assert np.isnan(late_risk_of_tasks(pandas.DataFrame(still[1:]), reports).chance).all()
