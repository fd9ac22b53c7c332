"""Facts with days: what a field is on a day, and what an edit with a day makes of an entry."""

from datetime import date
from typing import Any

import pytest

from resolution_monitor.catalogue.dated import amended, days_in, misdated, on_day, with_days_as_text

TASK = {"task_id": "72-T03", "lead": {"2025-12-25": "BYT", "2026-10-16": "BNV"}, "weight": 1.0}


@pytest.mark.parametrize(
    ("day", "lead"),
    [
        (date(2020, 1, 1), "BYT"),  # before its first day a fact is what it begins with
        (date(2025, 12, 25), "BYT"),
        (date(2026, 10, 15), "BYT"),
        (date(2026, 10, 16), "BNV"),
        (date.max, "BNV"),
    ],
)
def test_a_field_is_what_it_was_on_the_day(day: date, lead: str):
    """
    Of the values of a field the one that began last holds.
    """
    assert {"task_id": "72-T03", "lead": lead, "weight": 1.0} == on_day(TASK, day)


def test_null_takes_a_field_away():
    """
    A lead that becomes a group is written as one field that ends and one that begins.
    """
    entry = {"task_id": "1", "lead": {"2025-01-01": "BYT", "2026-01-01": None}, "lead_group": {"2026-01-01": "CAC-BO"}}
    entry["lead_group"] = {"0001-01-01": None, "2026-01-01": "CAC-BO"}

    assert {"task_id": "1", "lead": "BYT"} == on_day(entry, date(2025, 12, 31))
    assert {"task_id": "1", "lead_group": "CAC-BO"} == on_day(entry, date(2026, 1, 1))


def test_an_entry_is_in_force_from_to():
    """
    A task that comes or goes on a day is not there on the days before or after.
    """
    entries = [{"task_id": "1", "valid_from": "2026-11-01"}, {"task_id": "2", "valid_to": "2026-10-31"}]

    assert ["2"] == [entry["task_id"] for entry in on_day(entries, date(2026, 10, 31))]
    assert ["1"] == [entry["task_id"] for entry in on_day(entries, date(2026, 11, 1))]
    assert {date(2026, 11, 1)} == days_in(entries)


def test_a_revision_holds_from_its_day():
    """
    Before the day of its document a revision is not there; the targets stand as they were on every day.
    """
    entry = {"indicator_id": "1", "targets": [1], "revisions": [{"revised_on": "2026-11-16", "targets": [2]}]}

    assert {**entry, "revisions": []} == on_day(entry, date(2026, 11, 15))
    assert entry == on_day(entry, date(2026, 11, 16))
    assert {date(2026, 11, 16)} == days_in(entry)


def test_days_may_be_written_as_yaml_dates():
    """
    2026-10-16 and '2026-10-16' are the same day.
    """
    written = {"lead": {date(2026, 10, 16): "BNV"}, "revisions": [{"revised_on": date(2026, 11, 16)}]}

    assert {
        "lead": {"2026-10-16": "BNV"},
        "revisions": [{"revised_on": "2026-11-16"}],
    } == with_days_as_text(written)


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ({"task_id": "1", "source": {"2026-01-01": "x"}}, "source has no days"),
        ({"indicator_id": "1", "targets": [{"year": {"2026-01-01": 2030}}]}, "year has no days"),
        ({"task_id": "1", "lead": {"2026-02-30": "BYT"}}, "2026-02-30 is no day"),
        ({"settings": {"2026-01-01": "x"}}, "settings has no days"),
    ],
)
def test_what_has_no_days_is_named(written: Any, words: str):
    """
    Days on a field that has none, or days that no calendar holds, are told with entry and field.
    """
    assert [words] == [
        problem.partition(": ")[2].removeprefix("lead: ").partition(";")[0] for problem in misdated(written)
    ]


def test_an_edit_with_a_day_keeps_what_was():
    """
    What an edit changes from a day on stands beside what it was; what it does not change stays as written.
    """
    then = on_day(TASK, date.max)
    asked = {**then, "weight": 2.0}

    assert {**TASK, "weight": {"0001-01-01": 1.0, "2026-12-01": 2.0}} == amended(TASK, then, asked, date(2026, 12, 1))
    assert {**TASK, "weight": 2.0} == amended(TASK, then, asked, None)
    again = amended(TASK, then, {**then, "lead": "BCT"}, date(2026, 12, 1))
    assert {"2025-12-25": "BYT", "2026-10-16": "BNV", "2026-12-01": "BCT"} == again["lead"]
