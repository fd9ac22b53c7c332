"""Editions hold a month against the one before: whichever is made first, they say what they compared with."""

import re
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import example_snapshot
import pandas
import pytest
import typer
from conftest import NOW, ROOT
from unit.body_reports import OCTOBER, good_report

from resolution_monitor.ask.editions import FIRST_NEIGHBOUR, OTHER_NEIGHBOUR, SCORED_ANEW, editions
from resolution_monitor.ask.month_as_known import month_as_known
from resolution_monitor.ask.resolution_scores import scores_as_stored
from resolution_monitor.brief.assembly import briefing_of
from resolution_monitor.brief.report import Report, load_report
from resolution_monitor.brief.reports import kind_of
from resolution_monitor.brief.resolution_snapshot import ResolutionSnapshot
from resolution_monitor.catalogue.entries import Catalogue
from resolution_monitor.commands.asked_moment import AskedState
from resolution_monitor.commands.moments import moment_of
from resolution_monitor.errors import NothingToReportError
from resolution_monitor.exchange.plain import report_csv
from resolution_monitor.period import Period, parse_period, shifted
from resolution_monitor.pipeline import Context
from resolution_monitor.pipeline.brief import brief
from resolution_monitor.pipeline.collect import collect
from resolution_monitor.pipeline.normalise import normalise
from resolution_monitor.pipeline.score import score
from resolution_monitor.pipeline.snapshots import snapshot_of
from resolution_monitor.score.month.scores import score_resolutions
from resolution_monitor.store import score_rows

REPORT = "resolutions_month"
SEPTEMBER = shifted(OCTOBER, -1)


def compared_with(snapshot: ResolutionSnapshot) -> str:
    report = load_report(ROOT / "report_templates", REPORT, ROOT)
    return str(briefing_of(kind_of(REPORT), report, snapshot).page["compared_with"])


def report_and_month(context: Context) -> tuple[Report, ResolutionSnapshot]:
    """The report, and what it may see of October as it was scored last."""
    run = score_rows.latest_run(context.database, REPORT, OCTOBER)
    assert run is not None
    month = snapshot_of(context, kind_of(REPORT).needs, REPORT, OCTOBER, run)
    assert isinstance(month, ResolutionSnapshot)
    return load_report(ROOT / "report_templates", REPORT, ROOT), month


def printed(context: Context) -> str:
    """What October's page says it compares with."""
    return compared_with(report_and_month(context)[1])


def send(context: Context, period: Period, value: str) -> None:
    report = good_report(period=period)
    first = replace(report.indicators[0], value=Decimal(value))
    folder = context.settings.inbox_folder / "BYT"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{period.name}-{value}.csv").write_bytes(
        report_csv(replace(report, indicators=(first, *report.indicators[1:])))
    )
    collect(context, context.settings.inbox_folder)
    normalise(context, period)


def why_stale(context: Context) -> dict[str, str]:
    found = editions(context.database)
    return dict(zip(found["period"], found["why_stale"], strict=True))


def test_neighbour_that_comes_later_makes_an_edition_stale(context: Context):
    """
    October made before September says so, and is stale once September is scored; made again it compares. September
    scored anew makes it stale again, and so does news of October itself.
    """
    send(context, OCTOBER, "90")
    score(context, REPORT, OCTOBER)
    assert "kỳ trước, tháng 9, chưa lập nên chưa so sánh" == printed(context)
    brief(context, REPORT, OCTOBER)
    assert {"2026-10": ""} == why_stale(context)

    score(context, REPORT, SEPTEMBER)
    assert {"2026-10": FIRST_NEIGHBOUR} == why_stale(context)
    brief(context, REPORT, OCTOBER)
    assert ("trong ngoặc: so với tháng 9", {"2026-10": ""}) == (printed(context), why_stale(context))

    later = replace(context, now=NOW + timedelta(hours=1))
    send(later, SEPTEMBER, "95")
    score(later, REPORT, SEPTEMBER)
    assert {"2026-10": OTHER_NEIGHBOUR} == why_stale(context)
    score(later, REPORT, OCTOBER)
    assert {"2026-10": f"{SCORED_ANEW}; {OTHER_NEIGHBOUR}"} == why_stale(context)


def test_printed_closing_time_gives_the_page(context: Context):
    """
    An edition made days after its tick prints when the newest row it knows was recorded, and whoever asks as known at
    what is printed gets the scores of the page; the tick, 07:00 on 12 November, would know nothing.
    """
    send(context, OCTOBER, "90")
    run_id = score(context, REPORT, OCTOBER)["scoring_run_id"]
    source = str(briefing_of(kind_of(REPORT), *report_and_month(context)).page["source"])
    closing = re.search(r"chốt (\d\d:\d\d) ngày (\d\d)/(\d\d)/(\d{4})", source)
    assert closing is not None
    moment, day, month, year = closing.groups()

    assert ("10:00", "20/11/2026") == (moment, f"{day}/{month}/{year}")
    asked = moment_of(f"{year}-{month}-{day}T{moment}")
    told = score_resolutions(month_as_known(context.database, context.catalogue, OCTOBER, asked))
    pandas.testing.assert_frame_equal(scores_as_stored(context.database, run_id).assignments, told.assignments)


def test_as_briefed_and_by_number(context: Context):
    """
    Two loads within a printed minute cannot be told apart by it; what the edition itself knew, or a run by its number,
    can: after a correction both still give what was briefed.
    """
    send(context, OCTOBER, "90")
    first = score(context, REPORT, OCTOBER)["scoring_run_id"]
    brief(context, REPORT, OCTOBER)
    send(context, OCTOBER, "91")
    second = score(context, REPORT, OCTOBER)["scoring_run_id"]

    asked = {run_id: AskedState(None, False, run_id).of(context, OCTOBER) for run_id in (first, second)}
    briefed = AskedState(None, True, None).of(context, OCTOBER)

    assert asked[first][1] == briefed[1]
    assert first != second
    for run_id, (seen, moment) in asked.items():
        told = score_resolutions(month_as_known(context.database, seen.catalogue, OCTOBER, moment))
        pandas.testing.assert_frame_equal(scores_as_stored(context.database, run_id).assignments, told.assignments)
    with pytest.raises(typer.BadParameter, match="give one of"):
        AskedState(None, True, first).of(context, OCTOBER)
    with pytest.raises(NothingToReportError, match=f"there is no run 99 of 2026-10; its runs are: {first}, {second}"):
        AskedState(None, False, 99).of(context, OCTOBER)
    with pytest.raises(NothingToReportError, match="no edition of 2026-09 was made"):
        AskedState(None, True, None).of(context, SEPTEMBER)


def test_first_month_of_all(catalogue: Catalogue):
    """
    Where nothing was owed for the month before, this is the first.
    """
    october = replace(example_snapshot.example(catalogue), before=None)
    alone = replace(october, reports=october.reports[october.reports["period_name"] == OCTOBER.name])

    assert "kỳ đầu, chưa có kỳ trước để so" == compared_with(alone)


def test_a_week_says_what_moved_though_nobody_reports_by_weeks(context: Context):
    """
    The first weekly edition scores the week before too: what the monthly reports told in between moved in that week.
    """
    send(context, OCTOBER, "90")
    week = parse_period("2026-W46")
    score(context, "weekly_progress", week)
    run = score_rows.latest_run(context.database, "weekly_progress", week)
    assert run is not None
    snapshot = snapshot_of(context, kind_of("weekly_progress").needs, "weekly_progress", week, run)
    assert isinstance(snapshot, ResolutionSnapshot)
    report = load_report(ROOT / "report_templates", "weekly_progress", ROOT)
    page = briefing_of(kind_of("weekly_progress"), report, snapshot).page

    assert snapshot.before is not None
    assert shifted(week, -1) == snapshot.before.period
    assert "trong ngoặc: so với tuần trước" == page["compared_with"]
    assert "Tuần này không cơ quan nào phải nộp báo cáo tuần." == page["reports"]
