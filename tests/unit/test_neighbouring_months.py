"""Neighbouring months made backwards, or at the same time, give what one after the other gives."""

import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from conftest import NOW, ROOT, new_settings
from unit.body_reports import OCTOBER, good_report

from resolution_monitor.ask.editions import editions
from resolution_monitor.brief.assembly import briefing_of
from resolution_monitor.brief.report import load_report
from resolution_monitor.brief.reports import kind_of
from resolution_monitor.exchange.plain import report_csv
from resolution_monitor.period import Period, shifted
from resolution_monitor.pipeline import Context, open_context
from resolution_monitor.pipeline.collect import collect
from resolution_monitor.pipeline.normalise import normalise
from resolution_monitor.pipeline.score import score
from resolution_monitor.pipeline.snapshots import snapshot_of
from resolution_monitor.store import embedded, score_rows
from resolution_monitor.store.locks import in_turn

REPORT = "resolutions_month"
AUGUST, SEPTEMBER = shifted(OCTOBER, -2), shifted(OCTOBER, -1)
VALUES = {AUGUST: "70", SEPTEMBER: "80", OCTOBER: "90"}


def lay_reports(context: Context) -> None:
    """What a body reported of three months, waiting in the inbox."""
    folder = context.settings.inbox_folder / "BYT"
    folder.mkdir(parents=True, exist_ok=True)
    for period, value in VALUES.items():
        report = good_report(period=period)
        first = replace(report.indicators[0], value=Decimal(value))
        content = report_csv(replace(report, indicators=(first, *report.indicators[1:])))
        (folder / f"{period.name}.csv").write_bytes(content)


def edition_of(context: Context, period: Period) -> str:
    """What the edition would be that is made now."""
    run = score_rows.latest_run(context.database, REPORT, period)
    assert run is not None
    snapshot = snapshot_of(context, kind_of(REPORT).needs, REPORT, period, run)
    report = load_report(ROOT / "report_templates", REPORT, ROOT)
    return briefing_of(kind_of(REPORT), report, snapshot).edition


def walk(context: Context, period: Period) -> str:
    """One run of the report, up to its edition."""
    collect(context, context.settings.inbox_folder)
    normalise(context, period)
    score(context, REPORT, period)
    return edition_of(context, period)


@pytest.fixture
def contexts(server: embedded.ServerPlace, prepared: str, tmp_path: Path) -> Iterator[list[Context]]:
    """Two installations with the same reports in their inboxes."""
    places = [new_settings(server, tmp_path / str(number), prepared) for number in range(2)]
    with open_context(places[0], NOW) as first, open_context(places[1], NOW) as second:
        for context in (first, second):
            lay_reports(context)
        yield [first, second]


def stored(context: Context, statement: str) -> list[object]:
    with context.database.transaction() as connection:
        return [tuple(row) for row in connection.exec_driver_sql(statement)]


def test_backwards_gives_what_forwards_gives(contexts: list[Context]):
    """
    A month whose neighbour before it was reported and never scored has that one scored first: what it compares with,
    and by what its chances are told, is the same whoever comes first.
    """
    forwards = {period.name: walk(contexts[0], period) for period in VALUES}
    backwards = {period.name: walk(contexts[1], period) for period in reversed(VALUES)}
    order = "select period_end, known_at from scoring_run order by scoring_run_id"

    assert forwards == backwards
    assert 3 == len(set(forwards.values()))
    assert stored(contexts[0], order) == stored(contexts[1], order)
    assert [] == [why for why in editions(contexts[1].database)["why_stale"] if why]


def test_a_run_reads_and_scores_in_its_turn(contexts: list[Context]):
    """
    While one run reads or scores, that of the neighbouring month waits: it would score without what is being read.
    """
    context = contexts[0]
    collect(context, context.settings.inbox_folder)
    done: list[str] = []
    stages = {
        "the reading": lambda: normalise(context, OCTOBER),
        f"the scoring of {REPORT}": lambda: walk_score(context),
    }
    for name, run in stages.items():
        with in_turn(context.database, name):
            other = threading.Thread(target=lambda run=run, name=name: (run(), done.append(name)))
            other.start()
            assert waits(context, other), f"{name} did not wait"
        other.join()

    assert [*stages] == done


def waits(context: Context, other: threading.Thread) -> bool:
    """Whether it comes to wait for a turn before it ends."""
    asked = "select 1 from pg_locks where locktype = 'advisory' and not granted"
    while other.is_alive():
        if stored(context, asked):
            return True
        time.sleep(0.02)
    return False


def walk_score(context: Context) -> None:
    score(context, REPORT, OCTOBER)
