"""The latest report of a body decides what it asks for, also where it asks for nothing."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pandas
from unit.body_reports import OCTOBER, good_report

from resolution_monitor.brief.reports import kind_of
from resolution_monitor.brief.resolution_snapshot import ResolutionSnapshot
from resolution_monitor.exchange.plain import report_csv
from resolution_monitor.ledger.latest import latest_reports
from resolution_monitor.period import Period, parse_period, shifted
from resolution_monitor.pipeline import Context, fill_period, retract
from resolution_monitor.pipeline.collect import collect
from resolution_monitor.pipeline.normalise import normalise
from resolution_monitor.pipeline.score import score
from resolution_monitor.pipeline.snapshots import snapshot_of
from resolution_monitor.reporting.content import BodyReport, Obstacle, Request, RequestKind
from resolution_monitor.store import score_rows

REPORT = "resolutions_month"
SEPTEMBER = shifted(OCTOBER, -1)
DAY = parse_period("2026-10-30")
PROVINCE = "T01-UBND"
TROUBLES = {
    "obstacles": (Obstacle(1, None, "data", "Thiếu dữ liệu dân số", "BTC"),),
    "requests": (Request(1, RequestKind.RECOMMENDATION, None, "Hướng dẫn", "BTC"),),
}
REPORTS = [
    ("BYT", "2026-09", 1),
    ("BYT", "2026-10", 2),
    ("BYT", "2026-10-31", 3),
    ("BNV", "2026-09", 4),
    ("BNV", "2026-11", 5),
]


def lay(inbox: Path, report: BodyReport, received_at: str) -> None:
    """A file of a body that came at a time."""
    path = f"{report.agency_id}/{report.period.name}-{received_at[:13]}.csv"
    (inbox / path).parent.mkdir(parents=True, exist_ok=True)
    (inbox / path).write_bytes(report_csv(report))
    clock = inbox / "received.csv"
    told = clock.read_text() if clock.exists() else "path,received_at\n"
    clock.write_text(f"{told}{path},{received_at}\n")


def asked(context: Context, period: Period = OCTOBER) -> dict[str, list[str]]:
    """Body -> the periods of its requests and obstacles that a briefing of the month shows."""
    score(context, REPORT, period)
    run = score_rows.latest_run(context.database, REPORT, period)
    assert run is not None
    month = snapshot_of(context, kind_of(REPORT).needs, REPORT, period, run)
    assert isinstance(month, ResolutionSnapshot)
    assert [*month.requests["agency_id"]] == [*month.obstacles["agency_id"]]
    return {str(key): [str(end) for end in rows["period_end"]] for key, rows in month.requests.groupby("agency_id")}


def ended(reports: pandas.DataFrame) -> Sequence[int]:
    return sorted(reports["submission_id"])


def test_latest_of_each_kind_of_period():
    """
    The latest report of a body decides, each kind of period for itself; what is later than asked for plays no part.
    """
    reports = pandas.DataFrame(REPORTS, columns=["agency_id", "period_name", "submission_id"])

    assert [2, 3, 4] == ended(latest_reports(reports, date(2026, 10, 31)))
    assert [2, 3, 5] == ended(latest_reports(reports, date(2026, 11, 30)))
    assert [] == ended(latest_reports(reports.iloc[:0], date(2026, 11, 30)))


def test_report_without_requests_ends_those_of_the_month_before(context: Context, tmp_path: Path):
    """
    BYT's October asks for nothing: its September is over. BTC sent no October, so its September still stands. When
    BYT's October is taken back its September stands again. A province's report of a day leaves its month as it was.
    """
    quiet = replace(good_report(), obstacles=(), requests=())
    for agency_id in ("BYT", "BTC"):
        lay(tmp_path, good_report(agency_id, SEPTEMBER), "2026-10-06T10:00:00+07:00")
    lay(tmp_path, replace(good_report(PROVINCE, SEPTEMBER), **TROUBLES), "2026-10-06T10:00:00+07:00")
    lay(tmp_path, replace(good_report(PROVINCE, DAY), obstacles=(), requests=()), "2026-10-30T15:00:00+07:00")
    for period in (SEPTEMBER, OCTOBER):
        fill_period(context, period)
    collect(context, tmp_path)
    normalise(context, SEPTEMBER)
    others = {"BTC": ["2026-09-30"], PROVINCE: ["2026-09-30"]}
    both = {**others, "BYT": ["2026-09-30"]}
    assert both == asked(context)

    lay(tmp_path, quiet, "2026-11-05T10:00:00+07:00")
    collect(context, tmp_path)
    normalise(context, OCTOBER)

    assert others == asked(context)
    with context.database.transaction() as connection:
        told = "select submission_id from standing_submission where periods = '{2026-10}'"
        number = int(connection.exec_driver_sql(told).scalar_one())

    retract(context, submission_id=number, item_id=None, reason="Gửi nhầm", author="An")

    assert both == asked(context)
