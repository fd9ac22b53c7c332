"""Thresholds and weights: in one place, each with its source, never applied backwards."""

from dataclasses import fields, replace
from datetime import date

import numpy as np
import pytest

from resolution_monitor.catalogue.entries import Catalogue
from resolution_monitor.errors import CatalogueError
from resolution_monitor.method.limits import METHOD, Limits
from resolution_monitor.score.rules.limits import limits_on
from resolution_monitor.score.rules.pace import pace_pct
from resolution_monitor.score.rules.report_score import points_of

TODAY = date(2026, 11, 12)


def changed(catalogue: Catalogue, setting: str, value: float, since: date) -> Catalogue:
    """The catalogue with a newer value of one setting."""
    old = next(one for one in catalogue.rule_settings if one.setting == setting)
    return replace(catalogue, rule_settings=(*catalogue.rule_settings, replace(old, value=value, since=since)))


def test_the_catalogue_holds_every_setting_of_the_method(catalogue: Catalogue):
    """
    Every threshold has an entry with a source, or says that it is ours; today they are those of the method.
    """
    named = {one.setting for one in catalogue.rule_settings}

    assert {part.name for part in fields(Limits)} == named
    assert METHOD == limits_on(catalogue, TODAY)
    assert all(one.source == "mặc định của hệ thống" for one in catalogue.rule_settings)


def test_a_change_begins_on_its_day(catalogue: Catalogue):
    """
    10 points a day from 1 November 2026: what was briefed on 31 October still loses 5.
    """
    dearer = changed(catalogue, "report_points_per_day", 10.0, date(2026, 11, 1))

    assert 5.0 == limits_on(dearer, date(2026, 10, 31)).report_points_per_day
    assert 10.0 == limits_on(dearer, date(2026, 11, 1)).report_points_per_day


def test_rules_read_what_is_set():
    """
    Two days late at 10 a day leave 80; with a divisor of at least .5 a gap of .1 costs a fifth.
    """
    set_otherwise = replace(METHOD, report_points_per_day=10.0, expected_floor=0.5)

    assert [80.0] == points_of(np.array([2.0]), set_otherwise).tolist()
    np.testing.assert_allclose([80.0], pace_pct(np.array([0.0]), np.array([0.1]), set_otherwise))


def test_a_setting_without_a_value_or_a_rule_is_refused(catalogue: Catalogue):
    """
    A setting that begins later than the day is no value of it; a name that no rule reads changes nothing in silence.
    """
    first, *others = catalogue.rule_settings
    misspelt, late = replace(first, setting="green_form"), replace(first, since=date(2012, 1, 1))

    with pytest.raises(CatalogueError, match="green_from"):
        limits_on(replace(catalogue, rule_settings=(late, *others)), date(2011, 12, 31))
    with pytest.raises(CatalogueError, match="green_form"):
        limits_on(replace(catalogue, rule_settings=(*catalogue.rule_settings, misspelt)), TODAY)


def test_a_default_has_no_beginning(catalogue: Catalogue):
    """
    What the system sets by itself holds for budget year 2011 as for every other.
    """
    assert limits_on(catalogue, TODAY) == limits_on(catalogue, date(1990, 1, 1))
