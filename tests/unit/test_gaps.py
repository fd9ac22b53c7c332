"""Periods that came due without an edition are noted, and the form of the report names them."""

import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from conftest import NOW
from unit.body_reports import OCTOBER, good_report

from resolution_monitor.exchange.plain import report_csv
from resolution_monitor.period import KINDS, parse_period, pattern_of, period_begun, shifted
from resolution_monitor.pipeline import Context, missing_periods
from resolution_monitor.pipeline.collect import collect
from resolution_monitor.pipeline.normalise import normalise
from resolution_monitor.pipeline.note_gaps import note_gaps

REPORT = "resolutions_month"


def test_every_period_since_the_first_report_is_missing(context: Context):
    """
    Until something was reported nothing is missing; then every month that has come due since, the newest first.
    """
    assert [] == note_gaps(context)[REPORT]
    folder = context.settings.inbox_folder / "BYT"
    folder.mkdir(parents=True)
    (folder / "a.csv").write_bytes(report_csv(good_report(period=shifted(OCTOBER, -2))))
    collect(context, context.settings.inbox_folder)
    normalise(context, OCTOBER)
    note_gaps(context)

    assert ["2026-10", "2026-09", "2026-08"] == missing_periods(context.settings, REPORT)
    note_gaps(replace(context, now=NOW + timedelta(days=30)))
    assert "2026-11" == missing_periods(context.settings, REPORT)[0]
    assert [] == missing_periods(context.settings, "state_budget")


def test_a_note_that_is_none_misses_nothing(context: Context):
    """
    A form is shown whatever became of the note: without one, half of one, or with something else in it.
    """
    note: Path = context.settings.home / "missing_periods.json"
    note.parent.mkdir(parents=True, exist_ok=True)
    for content in ("", '{"resolutions_month": [', "[]", '{"resolutions_month": [1, "2026-10"]}'):
        note.write_text(content)
        told = missing_periods(context.settings, REPORT)

    assert ["2026-10"] == told


def test_the_pattern_of_a_kind_fits_its_names():
    """
    What a form takes is what is understood, and no period of another kind.
    """
    names = {kind: period_begun(kind, OCTOBER.end).name for kind in KINDS}
    fits = {kind: [name for name in names.values() if re.fullmatch(pattern_of(kind), name)] for kind in KINDS}

    assert {kind: [name] for kind, name in names.items()} == fits
    assert {kind: kind for kind in KINDS} == {kind: parse_period(name).kind for kind, name in names.items()}
