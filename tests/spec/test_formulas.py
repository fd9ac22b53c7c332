"""Formulas that explain and its workbook print: each gives what the rule itself found, whatever is reported."""

import pytest
from formula_case import MEASURED, PARTS, TASKS, differences, worked_of
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from spreadsheet import BLANK, evaluate

from resolution_monitor.ask.worked_month import explained_assignment
from resolution_monitor.catalogue.entries import Catalogue
from resolution_monitor.method.formula import Formula
from resolution_monitor.score.formulas.build import formulas_of
from resolution_monitor.score.formulas.form import Form
from resolution_monitor.score.formulas.shown import shown
from resolution_monitor.score.formulas.words import words_of

few = settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@few
@given(
    amounts=st.lists(st.integers(0, 300), min_size=84, max_size=84),
    gaps=st.sets(st.tuples(st.integers(0, 17), st.integers(0, 5)), max_size=40),
    done=st.lists(st.integers(0, 6), min_size=4, max_size=4),
)
def test_every_formula_gives_what_its_rule_found(
    catalogue: Catalogue, amounts: list[int], gaps: set[tuple[int, int]], done: list[int]
):
    """
    All kinds, paths and directions, with silence, corrections of the start and unverified deadlines.
    """
    worked = worked_of(catalogue, amounts, gaps, done)
    assignments = worked.scores.assignments.to_dict("records")
    found = {
        assignment["item_id"]: differences(explained_assignment(worked, {**assignment}), worked.month.limits)
        for assignment in assignments
    }

    assert {key: [] for key in found} == found
    assert len(MEASURED) + len(TASKS) + len(PARTS) == len(found)


def test_numbers_stand_in_the_formula():
    """
    A clerk reads the sum that was made: choices that are settled and what is not needed are not written out.
    """
    values = {"V": 21.6, "VT": 50.0, "s": 1.0, "D": 31.7, "t": 740000.0, "t0": 739000.0, "closed": 0.0, "el": 1000.0}
    formulas = formulas_of(Form("level"))

    assert "1-1*(50-21.6)/31.7" == shown("a_raw", formulas, values)
    assert "2027-01-19-2024-04-24" == shown("el", formulas, values)
    assert "1000-980" == shown("lag", formulas, {**values, "nolag": 0.0, "ES": 980.0})


@pytest.mark.parametrize("form", [Form("level", "table", 2), Form("band"), Form("binary", is_assumed=True)])
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
