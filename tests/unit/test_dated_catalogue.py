"""Eleven edits of the catalogue with a day: what was accepted and scored before stays, what comes after follows."""

import contextlib
import os
import shutil
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pandas
import psycopg2
import pytest
from catalogue_edits import (
    APPROVED,
    INDICATOR,
    LOWERED,
    NQ72,
    SCENARIOS,
    TASK,
    Edit,
    Entry,
    change,
    house,
    issued,
    revised,
    since,
)
from conftest import NOW, ROOT, new_settings
from unit.body_reports import good_report

from resolution_monitor.ask.month_as_known import month_as_known
from resolution_monitor.errors import CatalogueError, LedgerError
from resolution_monitor.exchange.plain import report_csv
from resolution_monitor.period import Period, parse_period
from resolution_monitor.pipeline import (
    Context,
    catalogue_as_known,
    correct_catalogue,
    open_context,
    prepare,
    preview_reread,
    require_dated_here,
    reread,
)
from resolution_monitor.pipeline.collect import collect
from resolution_monitor.pipeline.ledger import fill_periods
from resolution_monitor.pipeline.normalise import normalise
from resolution_monitor.reporting.content import BodyReport, TaskEntry, TaskState
from resolution_monitor.score.month.scores import score_resolutions
from resolution_monitor.settings import Settings

MONTHS = [parse_period(f"2026-{month:02}") for month in range(5, 11)]
# A closed month of each kind: one in which a quarter ended, and the last before the edit, whose history is all of them.
LOOKED_AT = [MONTHS[4], MONTHS[5]]
NOVEMBER = parse_period("2026-11")
LATER = datetime(2026, 12, 20, tzinfo=UTC)
BODIES = ("BYT", "BDTTG", "BNV")


@pytest.fixture(scope="module")
def base(server: Any, tmp_path_factory: pytest.TempPathFactory) -> tuple[Settings, dict[Period, pandas.DataFrame]]:
    """Six months of three bodies' reports, accepted and scored; the scores of each month."""
    folder = tmp_path_factory.mktemp("dated")
    settings = house(new_settings(server, folder / "state"), folder / "house")
    prepare(settings, NOW)
    inbox = folder / "inbox"
    clock = ["path,received_at"]
    for agency_id in BODIES:
        (inbox / agency_id).mkdir(parents=True)
        for period in MONTHS:
            name = f"{agency_id}/{period.name}.csv"
            (inbox / name).write_bytes(report_csv(reported(agency_id, period)))
            clock.append(f"{name},{(period.end + timedelta(days=4)).isoformat()}T10:00:00+07:00")
    (inbox / "received.csv").write_text("\n".join(clock) + "\n")
    with open_context(settings, NOW) as context:
        collect(context, inbox)
        normalise(context, None)
        assert {"accepted"} == {state for state, _ in states(context)}
        fill_periods(context, [*MONTHS, NOVEMBER])
        with context.database.transaction() as connection:
            connection.exec_driver_sql("analyze")  # as a server does by itself within a minute; copies have it too
        scores = {period: scored(context, period) for period in (*LOOKED_AT, NOVEMBER)}
    return settings, scores


def reported(agency_id: str, period: Period) -> BodyReport:
    """A good report in which nothing is done before it was."""
    report = good_report(agency_id, period)
    why = "Chậm do chờ hướng dẫn liên ngành"
    under_way = [TaskEntry(one.task_id, TaskState.UNDER_WAY, Decimal(40), None, note=why) for one in report.tasks]
    return replace(report, tasks=tuple(under_way))


def scored(context: Context, period: Period) -> pandas.DataFrame:
    """Assignments and nodes of a month as one table."""
    found = score_resolutions(month_as_known(context.database, context.catalogue, period, None))
    return pandas.concat([found.assignments, found.nodes], ignore_index=True)


@pytest.fixture
def copy(base: tuple[Settings, dict[Period, pandas.DataFrame]], tmp_path: Path) -> Settings:
    """The same installation, its database copied, with a catalogue of its own to edit."""
    settings, _ = base
    url = str(settings.database_url)
    name = f"c_{tmp_path.name[-12:].replace('-', '_').lower()}_{abs(hash(tmp_path)) % 10**6}"
    connection = psycopg2.connect(url.rpartition("/")[0] + "/postgres")
    connection.autocommit = True
    with contextlib.closing(connection), connection.cursor() as cursor:
        cursor.execute(f'create database "{name}" template "{url.rpartition("/")[2]}"')
    return house(replace(settings, database_url=f"{url.rpartition('/')[0]}/{name}"), tmp_path / "house")


def states(context: Context) -> list[tuple[str, int]]:
    with context.database.transaction() as connection:
        rows = connection.exec_driver_sql("select state, count(*) from standing_submission group by state order by 1")
        return [(str(row[0]), int(row[1])) for row in rows]


@pytest.mark.parametrize("name", SCENARIOS)
def test_an_edit_with_a_day_leaves_the_past(
    name: str, base: tuple[Settings, dict[Period, pandas.DataFrame]], copy: Settings
):
    """
    After the edit no accepted file is read again, and every closed month scores as it did; November follows the edit.
    """
    _, before = base
    with open_context(copy, NOW) as context:
        held = states(context)
    SCENARIOS[name](copy.root / "catalogue")
    prepare(copy, LATER)
    with open_context(copy, LATER) as context:
        assert 0 == normalise(context, None)["files"]
        assert held == states(context)
        fill_periods(context, [*MONTHS, NOVEMBER])
        for period in LOOKED_AT:
            pandas.testing.assert_frame_equal(before[period], scored(context, period))
        november = scored(context, NOVEMBER)
        was, now = context.catalogue.at(MONTHS[-1].end), context.catalogue.at(NOVEMBER.end)

    assert (was.bodies, was.tasks, was.indicators, was.groups) != (now.bodies, now.tasks, now.indicators, now.groups)
    assert name in ("renaming", "deadline") or not november.equals(before[NOVEMBER])


def test_a_lowered_target_counts_once_its_issuer_approves_it(
    base: tuple[Settings, dict[Period, pandas.DataFrame]], copy: Settings
):
    """
    Both targets are told from the day of the revision on; scores stay with the original until who issued it approves.

    Before each day of knowledge the figures are those of then.
    """

    def november(context: Context, known_at: datetime | None = None) -> Entry:
        month = month_as_known(context.database, catalogue_as_known(context, known_at), NOVEMBER, known_at)
        assignments = score_resolutions(month).assignments
        return dict(assignments[assignments["item_id"] == "72.04"].iloc[0])

    before = base[1][NOVEMBER]
    original = before[before["item_id"] == "72.04"].iloc[0]
    revised(LOWERED)(copy.root / "catalogue")
    prepare(copy, LATER)
    with open_context(copy, LATER) as context:
        shown = november(context)
    revised(LOWERED, APPROVED)(copy.root / "catalogue")
    prepare(copy, LATER + timedelta(days=2))
    with open_context(copy, LATER + timedelta(days=2)) as context:
        approved, known_then = november(context), november(context, LATER + timedelta(days=1))
        known_first = november(context, LATER - timedelta(days=1))

    both = {"target_original": "> 95 (2030)", "target_current": "> 50 (2030)"}
    assert both == {name: shown[name] for name in both} == {name: approved[name] for name in both}
    assert (95.0, None, date(2026, 11, 16)) == (shown["target"], shown["ranking_since"], shown["revised_on"])
    assert (50.0, date(2026, 11, 20)) == (approved["target"], approved["ranking_since"])
    assert original["attainment_raw_pct"] == shown["attainment_raw_pct"] == known_then["attainment_raw_pct"]
    assert approved["attainment_raw_pct"] > original["attainment_raw_pct"] == known_first["attainment_raw_pct"]
    assert (None, None) == (known_first["target_original"], known_first["revised_on"])


@pytest.mark.parametrize(
    ("edit", "words"),
    [
        (change(NQ72, *TASK, "72-T03", lead="BNV"), "task '72-T03': lead was 'BYT' on 2026-10-31"),
        (change(NQ72, *INDICATOR, "72.04", unit="điểm %", kind="level"), "indicator '72.04': unit was '%'"),
        (change(NQ72, *TASK, "72-T03", due_on="2027-12-31"), "due_on was '2026-12-31'"),
        (
            change(NQ72, *INDICATOR, "72.04", targets=[{"year": 2030, "operator": ">", "value": 50}]),
            r"72.04': targets was \['> 95 \(2030\)'\].*revisions: \[{revised_on: DAY.*its day after 2026-10-31",
        ),
        (issued("2025-08-26"), "resolution '72': issued_on was '2025-09-09' .*it has no days"),
        (revised({**LOWERED, "revised_on": "2026-10-16"}), "indicator '72.04': revisions was \\[\\]"),
    ],
    ids=["lead", "unit", "deadline", "target", "day of issue", "revision of a past day"],
)
def test_an_edit_without_a_day_is_refused(copy: Settings, edit: Edit, words: str):
    """
    A fact that accepted reports rest on changes with its day, or by a named person's act, which the journal keeps.
    """
    edit(copy.root / "catalogue")
    for refuse in (lambda: prepare(copy, LATER), lambda: require_dated_here(copy)):
        with pytest.raises(CatalogueError, match=words):
            refuse()

    with open_context(copy, LATER) as context:
        correct_catalogue(context, reason="Ghi nhầm khi lập danh mục", author="Văn phòng")
    prepare(copy, LATER)


def test_accepted_files_are_read_again_only_on_demand(copy: Settings):
    """
    A preview tells what would change, be it the unit alone, and changes nothing; the act itself does what was told.
    """
    change(NQ72, *INDICATOR, "72.04", unit="điểm %", kind="level")(copy.root / "catalogue")
    with open_context(copy, LATER) as context:
        correct_catalogue(context, reason="Ghi nhầm đơn vị", author="Văn phòng")
    prepare(copy, LATER)
    with open_context(copy, LATER) as context:
        held = states(context)
        told = preview_reread(context, MONTHS[-1], "BYT")
        again = preview_reread(context, MONTHS[-1], "BYT")
        assert (held, told) == (states(context), again)
        changed = reread(context, MONTHS[-1], "BYT", reason="Ghi nhầm đơn vị", author="Văn phòng")

    assert told == changed
    assert [("72.04", "91.5 %", "91.5 điểm %")] == [(one["item_id"], one["old"], one["new"]) for one in told]


def test_reading_again_needs_a_reason_and_a_name(copy: Settings):
    """
    Nobody reads accepted files again without saying who decides and why.
    """
    with open_context(copy, LATER) as context:
        for missing in ("reason", "author"):
            words = {"reason": "Ghi nhầm đơn vị", "author": "Văn phòng", missing: " "}
            with pytest.raises(LedgerError, match="the reason or the author is empty"):
                reread(context, MONTHS[-1], "BYT", **words)


def test_a_late_report_is_read_by_the_facts_of_its_month(copy: Settings, tmp_path: Path):
    """
    From 16 November on 72.04 is measured from 0 to 1: October, corrected in December, is still told in percent.
    """
    SCENARIOS["lead"](copy.root / "catalogue")
    fields = {"unit": since("%", "điểm 0-1"), "kind": since("ratio", "level")}
    change(NQ72, *INDICATOR, "72.04", **fields)(copy.root / "catalogue")
    prepare(copy, LATER)
    report = reported("BYT", MONTHS[-1])
    first = replace(report.indicators[0], value=Decimal(91), numerator=None, denominator=None)
    (tmp_path / "inbox" / "BYT").mkdir(parents=True)
    corrected = replace(report, indicators=(first, *report.indicators[1:]))
    (tmp_path / "inbox" / "BYT" / "corrected.csv").write_bytes(report_csv(corrected))
    with open_context(copy, LATER) as context:
        collect(context, tmp_path / "inbox")
        normalise(context, None)
        sql = "select value, unit from observation where indicator_id = '72.04' order by recorded_at desc limit 1"
        with context.database.transaction() as connection:
            newest = tuple(connection.exec_driver_sql(sql).one())

    assert "72.04" == first.indicator_id
    assert (Decimal(91), "%") == newest


def test_catalogue_check_refuses_an_undated_change(copy: Settings):
    """
    Whoever edits is told before anything is in force: the command names the fact, and exits with 10.
    """
    change(NQ72, *TASK, "72-T03", lead="BNV")(copy.root / "catalogue")
    shutil.copytree(ROOT / "plugins", copy.root / "plugins", ignore=shutil.ignore_patterns("__pycache__"))
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(copy.root / "plugins"), "COLUMNS": "200"}
    places = {"DATABASE_URL": str(copy.database_url), "RESOLUTION_MONITOR_HOME": str(copy.home)}
    command = [sys.executable, "-m", "resolution_monitor", "catalogue", "check"]
    done = subprocess.run(command, env=environment | places, capture_output=True, text=True, check=False)

    assert 10 == done.returncode
    assert "task '72-T03': lead was 'BYT' on 2026-10-31" in " ".join(done.stderr.split())
