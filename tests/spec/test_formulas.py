"""Formulas that explain and its workbook print: each gives what the rule itself found, whatever is reported."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from spec.formula_case import differences
from spreadsheet import BLANK, evaluate
from tree_case import MONTHS, OCTOBER, indicator, known, ledger_of, report, small, task, value

from resolution_monitor.ask.worked_month import WorkedMonth, work_month
from resolution_monitor.catalogue.entries import Catalogue, Indicator, Target, Task
from resolution_monitor.catalogue.resolution_entries import Baseline
from resolution_monitor.score.formula_shown import shown
from resolution_monitor.score.formula_text import Form, Formula
from resolution_monitor.score.formula_words import words_of
from resolution_monitor.score.formulas import formulas_of

NAMES = [month.name for month in MONTHS]
DATED = (Target(2026, ">=", Decimal(100)), Target(2030, ">=", Decimal(245)))
FALLING = {"direction": "down", "baseline": Baseline(Decimal(300), date(2026, 4, 30), "x", "high")}
BAND = (Target(2026, "range", low=Decimal(100), high=Decimal(140)),)
MEASURED = (
    indicator("91.01", "BTC"),
    indicator("91.02", "BYT", baseline=None),
    indicator("91.03", "BTC", kind="cumulative"),
    indicator("91.04", "BYT", **FALLING),
    indicator("91.05", "BTC", kind="disbursement"),
    indicator("91.06", "BYT", kind="band", direction="band", targets=BAND),
    indicator("91.07", "BTC", targets=DATED),
    indicator("91.08", "BTC", trajectory="scurve"),
    indicator("91.09", "BTC", trajectory="step", targets=DATED),
    indicator("91.10", "BYT", trajectory="cagr", baseline=Baseline(Decimal(20), date(2026, 4, 30), "x", "high")),
    indicator("91.11", "BYT", kind="ratio", unit="%", baseline=None),
    indicator("91.12", "BTC", kind="binary", targets=(Target(2026, ">=", Decimal(1)),)),
    indicator("91.13", "BYT", baseline=Baseline(Decimal(245), date(2026, 4, 30), "x", "high")),
    indicator("91.14", "BYT", targets=()),
)
TASKS = (
    task("91-T01", "VPTW", date(2026, 9, 30), coordinating=("BTC",)),
    task("91-T02", "BTC", date(2026, 6, 30), is_due_assumed=True),
    task("92-T03", "BYT", None, coordinating=("BTC", "VPTW")),
    task("92-T04", "BTC", date(2026, 12, 31)),
)
few = settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
months = st.integers(0, 5)


def month_of(catalogue: Catalogue, amounts: list[int], gaps: set[tuple[int, int]], done: list[int]) -> WorkedMonth:
    """A month of all kinds; indicators in gaps stay silent, tasks are done from a month on (6: never)."""
    chosen = replace(small(catalogue, [*MEASURED, *TASKS]), ledger_begins_on=date(2026, 6, 1))
    values = [
        value(item, name, _amount(item, amounts[number * 6 + place]))
        for number, item in enumerate(MEASURED)
        for place, name in enumerate(NAMES)
        if (number, place) not in gaps
    ]
    reports = [
        report(item, name, **_told(place >= done[number]))
        for number, item in enumerate(TASKS)
        for place, name in enumerate(NAMES)
        if (number + len(MEASURED), place) not in gaps
    ]
    items: tuple[Indicator | Task, ...] = (*MEASURED, *TASKS)
    keys = [item.indicator_id if isinstance(item, Indicator) else item.task_id for item in items]
    missing = [(str(items[number].lead), keys[number], NAMES[place]) for number, place in gaps]
    return work_month(chosen, OCTOBER, known(ledger_of(chosen, missing=missing), values, reports))


def _amount(item: Indicator, amount: int) -> float:
    return float(amount % 2) if item.kind == "binary" else float(amount)


def _told(is_done: bool) -> dict[str, Any]:
    return {"state": "done", "done_on": date(2026, 8, 15), "product": "1/BC"} if is_done else {}


@few
@given(
    amounts=st.lists(st.integers(0, 300), min_size=84, max_size=84),
    gaps=st.sets(st.tuples(st.integers(0, 17), months), max_size=40),
    done=st.lists(st.integers(0, 6), min_size=4, max_size=4),
)
def test_every_formula_gives_what_its_rule_found(
    catalogue: Catalogue, amounts: list[int], gaps: set[tuple[int, int]], done: list[int]
):
    """
    All kinds, paths and directions, with silence, corrections of the start and unverified deadlines.
    """
    month = month_of(catalogue, amounts, gaps, done)
    leaves = month.scores.leaves.to_dict("records")
    found = {leaf["item_id"]: differences(month.explained({**leaf}), month.limits) for leaf in leaves}

    assert {key: [] for key in found} == found
    assert len(MEASURED) + len(TASKS) == len(found)


def test_numbers_stand_in_the_formula():
    """
    A clerk reads the sum that was made: choices that are settled and what is not needed are not written out.
    """
    values = {"V": 21.6, "VT": 50.0, "s": 1.0, "D": 31.7, "t": 740000.0, "t0": 739000.0, "closed": 0.0, "el": 1000.0}
    formulas = formulas_of(Form("level"))

    assert "1-1*(50-21.6)/31.7" == shown("a_raw", formulas, values)
    assert "2027-01-19-2024-04-24" == shown("el", formulas, values)
    assert "1000-980" == shown("lag", formulas, {**values, "nolag": 0.0, "ES": 980.0})


@pytest.mark.parametrize("form", [Form("level", "table", 2), Form("band"), Form("steps", is_assumed=True)])
def test_every_name_has_words(form: Form):
    """
    Nothing is printed without saying in Vietnamese and in English what it is.
    """
    assert all(all(words_of(name)) for name in formulas_of(form))


def test_what_is_not_known_stays_unknown():
    """
    A formula whose parts are not known gives an empty text, never zero.
    """
    formula = Formula("V/D", ("V", "D")).written(lambda name: name)

    assert evaluate(formula, lambda name: BLANK if name == "V" else 3.0) == ""
    assert 2.0 == evaluate(formula, lambda name: 6.0 if name == "V" else 3.0)
