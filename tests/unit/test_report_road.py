"""Bodies' reports on the road: received, read in batches, corrected, taken back, and counted by the ledger."""

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from conftest import NOW
from odd_files import formatted, put, runs
from unit.body_reports import OCTOBER, as_workbook, good_report

from resolution_monitor.ask.findings import standing_findings
from resolution_monitor.ask.status import Seen, standing
from resolution_monitor.errors import InboxError
from resolution_monitor.exchange.plain import report_csv
from resolution_monitor.period import shifted
from resolution_monitor.pipeline import Context, fill_period
from resolution_monitor.pipeline.collect import collect
from resolution_monitor.pipeline.normalise import normalise
from resolution_monitor.pipeline.template import write_template, write_templates
from resolution_monitor.store import queries
from resolution_monitor.store.tree_rows import values_until

EVERY_SERVER = True

CLOCK = "path,received_at\n"


def lay(inbox: Path, name: str, content: bytes, received_at: str) -> None:
    """A file in BYT's folder that came at a time."""
    (inbox / "BYT").mkdir(parents=True, exist_ok=True)
    (inbox / "BYT" / name).write_bytes(content)
    clock = inbox / "received.csv"
    told = clock.read_text() if clock.exists() else CLOCK
    clock.write_text(f"{told}BYT/{name},{received_at}\n")


def walk(context: Context, inbox: Path) -> dict[str, int]:
    collect(context, inbox)
    return normalise(context, OCTOBER)


def known(context: Context, question: str) -> list[dict[str, object]]:
    with context.database.transaction() as connection:
        return queries.rows(context.database, connection, question, **values_until(OCTOBER.end))


def value_of(context: Context) -> object:
    rows = known(context, "score/kpi_values_as_known")
    return next(row["value"] for row in rows if row["indicator_id"] == "72.04")


def with_value(value: str) -> bytes:
    report = good_report()
    first = replace(report.indicators[0], value=Decimal(value))
    assert first.indicator_id == "72.04"
    return as_workbook(replace(report, indicators=(first, *report.indicators[1:])))


def test_read_again_changes_nothing(context: Context, tmp_path: Path):
    """
    A report is kept once, with its tasks, obstacles and requests; reading it again appends no row.
    """
    lay(tmp_path, "a.xlsx", as_workbook(good_report()), "2026-11-05T10:00:00+07:00")

    assert walk(context, tmp_path)["changed"] > 0
    assert 0 == walk(context, tmp_path)["changed"]
    assert len(good_report().tasks) == len(known(context, "score/task_reports_as_known"))
    assert ["Thiếu dữ liệu dân số"] == [row["text"] for row in known(context, "versions/in_standing_reports/obstacle")]
    assert ["VPTW"] == [row["decider"] for row in known(context, "versions/in_standing_reports/request")]


def test_what_is_seen_goes_in_and_what_is_hidden_waits(context: Context, tmp_path: Path):
    """
    A figure with a footnote's mark is stored without it; one that its format hides waits, and the earlier one stands.
    """
    marked = put("G7", runs("G7", ("90,5", ""), ("1", '<vertAlign val="superscript"/>')))
    lay(tmp_path, "a.xlsx", marked, "2026-11-05T10:00:00+07:00")
    lay(tmp_path, "b.xlsx", formatted("G7", 0.925, ";;;"), "2026-11-06T10:00:00+07:00")
    walk(context, tmp_path)
    findings = standing_findings(context.database, OCTOBER, with_notes=True)

    assert Decimal("90.5") == value_of(context)
    assert {("a.xlsx", "raised-mark", "G7"), ("b.xlsx", "format-not-number", "G7")} <= {
        (row["file_name"], row["check_code"], row["cell"]) for _, row in findings.iterrows()
    }


def test_correction_supersedes_and_its_bad_row_uncovers(context: Context, tmp_path: Path):
    """
    The later file counts; where its row cannot be used, the earlier file's still does.
    """
    lay(tmp_path, "a.xlsx", with_value("90"), "2026-11-05T10:00:00+07:00")
    lay(tmp_path, "b.xlsx", with_value("95"), "2026-11-06T10:00:00+07:00")
    walk(context, tmp_path)
    assert Decimal(95) == value_of(context)

    lay(tmp_path, "c.xlsx", with_value("195"), "2026-11-07T10:00:00+07:00")
    walk(context, tmp_path)

    assert Decimal(95) == value_of(context)


def test_ledger_is_answered_by_the_rows(context: Context, tmp_path: Path):
    """
    The report and its items are on time; a task without a row is missing though the workbook came.
    """
    report = good_report()
    left_out = replace(report, tasks=report.tasks[:-1])
    lay(tmp_path, "a.csv", report_csv(left_out), "2026-11-05T10:00:00+07:00")
    fill_period(context, OCTOBER)
    walk(context, tmp_path)
    rows = standing(context.database, context.catalogue, [OCTOBER], seen=Seen(as_of=NOW), agency_id="BYT")
    states = dict(zip(rows["item_id"], rows["state"], strict=True))

    assert "received_on_time" == states["report"]
    assert "received_on_time" == states["72.04"]
    assert "received_on_time" == states[report.tasks[0].task_id]
    assert "missing" == states[report.tasks[-1].task_id]


def test_demonstration_is_remembered(context: Context, tmp_path: Path):
    """
    What a file says of itself stays with its submission.
    """
    lay(tmp_path, "a.xlsx", as_workbook(replace(good_report(), is_demonstration=True)), "2026-11-05T10:00:00+07:00")
    walk(context, tmp_path)
    with context.database.transaction() as connection:
        told = connection.exec_driver_sql("select is_demonstration from standing_submission").scalars().all()

    assert [True] == told


def test_same_file_under_two_names_is_told(context: Context, tmp_path: Path):
    """
    A copy counts once, and its sender is told, however often the inbox is looked through.
    """
    content = as_workbook(good_report())
    lay(tmp_path, "a.xlsx", content, "2026-11-05T10:00:00+07:00")
    lay(tmp_path, "b.xlsx", content, "2026-11-06T10:00:00+07:00")
    collect(context, tmp_path)
    collect(context, tmp_path)
    with context.database.transaction() as connection:
        told = connection.exec_driver_sql("select check_code, raw_value from finding").fetchall()

    assert [("duplicate-file", "b.xlsx")] == [tuple(row) for row in told]


def test_file_of_a_later_time_has_not_come(context: Context, tmp_path: Path):
    """
    What received.csv dates after now waits for its time.
    """
    lay(tmp_path, "a.xlsx", with_value("90"), "2026-11-05T10:00:00+07:00")
    lay(tmp_path, "b.xlsx", with_value("95"), "2026-11-06T10:00:00+07:00")
    early = replace(context, now=datetime(2026, 11, 6, tzinfo=UTC))

    assert 1 == collect(early, tmp_path)["new"]
    assert 1 == collect(context, tmp_path)["new"]


@pytest.mark.parametrize(
    "told", ["file,time\n", "path,received_at\nBYT/a.xlsx,yesterday\n", "path,received_at\nx,2026-11-05\n"]
)
def test_wrong_clock_is_refused(context: Context, tmp_path: Path, told: str):
    """
    A clock file that cannot be read stops the collection: nothing is dated by guess.
    """
    lay(tmp_path, "a.xlsx", with_value("90"), "2026-11-05T10:00:00+07:00")
    (tmp_path / "received.csv").write_text(told)

    with pytest.raises(InboxError, match=r"received\.csv"):
        collect(context, tmp_path)


def test_copy_of_the_month_before_is_told(context: Context, tmp_path: Path):
    """
    A report with all figures of the one before is taken and somebody must look, also on a second reading.
    """
    september = replace(good_report(), period=shifted(OCTOBER, -1))
    lay(tmp_path, "9.xlsx", as_workbook(replace(september, tasks=good_report().tasks)), "2026-10-12T10:00:00+07:00")
    lay(tmp_path, "10.xlsx", as_workbook(good_report()), "2026-11-05T10:00:00+07:00")
    walk(context, tmp_path)
    again = walk(context, tmp_path)
    with context.database.transaction() as connection:
        told = connection.exec_driver_sql("select check_code from finding where not is_withdrawn").scalars().all()

    assert 0 == again["changed"]
    assert 1 == list(told).count("copied-report")


def test_templates_show_the_value_before(context: Context, tmp_path: Path):
    """
    One workbook a body, named after body and period; written again it is the same file.
    """
    one = write_template(context, "BYT", OCTOBER, tmp_path / "one.xlsx")
    every = list(write_templates(context, OCTOBER, tmp_path / "all"))

    assert 233 == len(every)
    assert one.read_bytes() == (tmp_path / "all" / "BYT_2026-10.xlsx").read_bytes()
