"""The ledger in the database: filled again and again, decided on, and seen as it was known."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pandas
import pytest
from conftest import NOW

from resolution_monitor.ask.missing import missing
from resolution_monitor.ask.status import COLUMNS, Seen, standing
from resolution_monitor.ask.status_counts import COUNT_COLUMNS, counted
from resolution_monitor.errors import LedgerError, NothingToReportError
from resolution_monitor.period import TIME_ZONE, parse_period
from resolution_monitor.pipeline import Context, fill_ledger, fill_period, reopen, waive
from resolution_monitor.store import submission_rows
from resolution_monitor.store.load_step import load_step
from resolution_monitor.store.reading_rows import StoredReading, save_states
from resolution_monitor.store.submission_rows import ReceivedFile

EVERY_SERVER = True

OCTOBER = parse_period("2026-10")
AFTER = Seen(as_of=NOW)


def count(context: Context, table: str) -> int:
    with context.database.transaction() as connection:
        return int(connection.exec_driver_sql(f"select count(*) from {table}").scalar_one())


def receive(context: Context, sender: str, *, state: str, at: str, period: str = "2026-10") -> int:
    """A workbook that has come and was read; its submission_id."""
    with load_step(context.database, "trial", context.now) as step:
        file = ReceivedFile(
            sender_id=sender,
            channel="inbox",
            file_name="a.xlsx",
            sha256=f"{abs(hash((sender, at))):064x}"[:64],
            size_bytes=1,
            received_at=datetime.fromisoformat(at).replace(tzinfo=TIME_ZONE),
        )
        (submission_id,) = submission_rows.insert_submissions(step, [file]).new.values()
        save_states(step, [StoredReading(submission_id, state, [period])])
    return submission_id


def observe(context: Context, submission_id: int, agency_id: str, indicator_id: str) -> None:
    with load_step(context.database, "trial", context.now) as step:
        step.connection.exec_driver_sql(
            "insert into observation (submission_id, agency_id, indicator_id, period_kind, period_end, value,"
            " value_state, raw_text, printed_name, form, sheet, cell, is_retraction, recorded_at)"
            " values (%(submission_id)s, %(agency_id)s, %(indicator_id)s, 'month',"
            " '2026-10-31', 1, 'reported', '1', 'x', 'x', 'x', 'A1', false,"
            " %(recorded_at)s)",
            {
                "submission_id": submission_id,
                "agency_id": agency_id,
                "indicator_id": indicator_id,
                "recorded_at": step.recorded_at,
            },
        )
        step.changed_rows += 1


def state(context: Context, agency_id: str, item_id: str, seen: Seen = AFTER) -> str:
    rows = standing(context.database, context.catalogue, [OCTOBER], seen=seen, agency_id=agency_id)
    return str(rows.loc[rows["item_id"] == item_id, "state"].item())


def test_filling_again_changes_nothing(context: Context):
    """
    The same catalogue gives the same obligations; the second filling appends no row.
    """
    first = fill_ledger(context, parse_period("2026-09"), OCTOBER)
    rows = count(context, "obligation")
    second = fill_ledger(replace(context, now=NOW + timedelta(days=1)), parse_period("2026-09"), OCTOBER)

    assert first["obligations"] == first["changed"] == rows == count(context, "obligation")
    assert {**first, "changed": 0} == second


def test_what_is_no_longer_owed_is_ended(context: Context):
    """
    A task that leaves the catalogue is ended, never removed, and comes back when it comes back.
    """
    fill_period(context, OCTOBER)
    task_id = next(key for key, task in context.catalogue.tasks.items() if task.lead)
    lead = context.catalogue.tasks[task_id].lead
    fewer = {key: task for key, task in context.catalogue.tasks.items() if key != task_id}
    before = count(context, "obligation")
    poorer = replace(context, catalogue=replace(context.catalogue, tasks=fewer), now=NOW + timedelta(days=1))

    assert 1 == fill_period(poorer, OCTOBER)["changed"]
    rows = standing(context.database, context.catalogue, [OCTOBER], seen=AFTER, agency_id=lead)
    then = Seen(NOW, known_at=NOW + timedelta(hours=1))
    rows_then = standing(context.database, context.catalogue, [OCTOBER], seen=then, agency_id=lead)
    assert task_id not in set(rows["item_id"])
    assert task_id in set(rows_then["item_id"])
    assert 1 == fill_period(replace(context, now=NOW + timedelta(days=2)), OCTOBER)["changed"]
    assert before + 2 == count(context, "obligation")


def test_states_from_what_came(context: Context):
    """
    A workbook answers the report, its own figure an indicator, and one that was refused answers neither.
    """
    monthly = next(one for one in context.catalogue.indicators.values() if one.frequency == "month" and one.lead)
    assert monthly.lead is not None
    fill_period(context, OCTOBER)
    came = receive(context, monthly.lead, state="accepted", at="2026-11-09T10:00")
    receive(context, "T01-UBND", state="accepted", at="2026-11-11T10:00")
    receive(context, "T01-TU", state="rejected", at="2026-11-09T10:00")
    receive(context, "T01-HDND", state="accepted_in_part", at="2026-11-09T10:00")

    assert "received_on_time" == state(context, monthly.lead, "report")
    assert "missing" == state(context, monthly.lead, monthly.indicator_id)
    observe(context, came, monthly.lead, monthly.indicator_id)
    on_time = monthly.publication_lag_days <= 10
    assert on_time == (state(context, monthly.lead, monthly.indicator_id) == "received_on_time")
    assert "late" == state(context, "T01-UBND", "report")
    assert "rejected" == state(context, "T01-TU", "report")
    assert "accepted_in_part" == state(context, "T01-HDND", "report")
    assert "missing" == state(context, "T01-MTTQ", "report")
    assert "due" == state(context, "T01-MTTQ", "report", Seen(datetime(2026, 11, 11, tzinfo=UTC)))
    assert "not_due" == state(context, "T01-MTTQ", "report", Seen(datetime(2026, 10, 31, tzinfo=UTC)))


def test_counts_add_up(context: Context):
    """
    Every obligation is in one state; the counts of the states add up to what is owed, 233 reports in all.
    """
    fill_period(context, OCTOBER)
    rows = standing(context.database, context.catalogue, [OCTOBER], seen=AFTER)
    counts = counted(rows, AFTER.as_of)

    assert list(COLUMNS) == list(rows.columns)
    assert list(COUNT_COLUMNS) == list(counts.columns)
    assert len(rows) == counts["owed"].sum()
    assert 233 == counts.loc[counts["item_kind"] == "report", "owed"].sum()
    assert (counts["owed"] == counts[list(COUNT_COLUMNS[4:-2])].sum(axis=1)).all()


def test_waive_and_withdraw(context: Context):
    """
    A waiver changes the state, done again it changes nothing, withdrawn it is gone; earlier knowledge stays as it was.
    """
    key = {"agency_id": "BYT", "item_id": "report", "period": OCTOBER}
    by_day = [replace(context, now=NOW + timedelta(days=days)) for days in range(4)]

    assert waive(by_day[0], **key, reason="Sáp nhập", author="An")
    assert "waived" == state(context, "BYT", "report")
    assert not waive(by_day[1], **key, reason=" Sáp nhập ", author="An")
    assert 1 == count(context, "waiver") == count(context, "journal")
    assert waive(by_day[2], **key, reason="Nhầm", author="Bình", withdraw=True)
    assert "missing" == state(context, "BYT", "report")
    assert "waived" == state(context, "BYT", "report", Seen(NOW, known_at=NOW + timedelta(days=1)))
    with pytest.raises(LedgerError, match="nothing to withdraw"):
        waive(by_day[3], **key, reason="Nhầm", author="Bình", withdraw=True)
    with context.database.transaction() as connection:
        journal = connection.exec_driver_sql("select action, author, subject from journal order by journal_id").all()
    assert [("waive", "An"), ("withdraw waiver", "Bình")] == [(action, author) for action, author, _ in journal]
    assert {"agency_id": "BYT", "item_kind": "report", "item_id": "report", "period_name": "2026-10"} == journal[0][2]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"agency_id": "BYTT"}, "agency 'BYTT' is not known.*BYT"),
        ({"item_id": "57.99"}, "item '57.99' is not known.*such as 57"),
        ({"agency_id": "T01-TU", "item_id": "57.01"}, "T01-TU does not owe '57.01' for 2026-10"),
        ({"reason": "  "}, "the reason is empty"),
        ({"author": ""}, "the author is empty"),
    ],
)
def test_refused_waivers(context: Context, change: dict[str, str], words: str):
    """
    A decision about nothing, or without reason or author, is refused and leaves no trace.
    """
    given = {"agency_id": "BYT", "item_id": "report", "reason": "x", "author": "An", **change}

    with pytest.raises(LedgerError, match=words):
        waive(context, **given, period=OCTOBER)
    assert 0 == count(context, "waiver") == count(context, "journal")


def test_reopened_period_takes_a_correction(context: Context):
    """
    What comes after the revision window counts only after a reopening; reopening twice is one reopening.
    """
    later = replace(context, now=datetime(2027, 12, 1, tzinfo=UTC))
    seen = Seen(datetime(2028, 1, 1, tzinfo=UTC))
    fill_period(context, OCTOBER)
    receive(later, "BYT", state="accepted", at="2027-12-05T10:00")

    assert "missing" == state(context, "BYT", "report", seen)
    closes_at = reopen(later, agency_id="BYT", period=OCTOBER, reason="Đính chính", author="An")
    assert date(2027, 11, 11) <= closes_at.date() <= date(2027, 12, 12)
    reopen(later, agency_id="BYT", period=OCTOBER, reason="Đính chính", author="An")
    assert 1 == count(context, "reopening") == count(context, "journal")
    assert "late" == state(context, "BYT", "report", seen)


def test_missing_over_months(context: Context):
    """
    Over May and June nobody sent anything: every report of both months is missing, and before that no day to come.
    """
    between = parse_period("2026-05"), parse_period("2026-06")
    fill_ledger(context, *between)
    rows = missing(context.database, context.catalogue, between, seen=AFTER)
    reports = rows[rows["item_kind"] == "report"]["period"].value_counts().to_dict()
    early = missing(context.database, context.catalogue, between, seen=Seen(datetime(2026, 6, 1, tzinfo=UTC)))

    assert {f"2026-{month:02}": 233 for month in (5, 6)} == reports
    assert {"2026-05-31"} >= set(early[early["period"] > "2026-05-31"]["period"])
    assert not (early["item_kind"] == "report").any()


def test_province_stands_for_its_bodies(context: Context):
    """
    Asked about a province, the ledger answers for its five bodies.
    """
    fill_period(context, OCTOBER)
    rows = standing(context.database, context.catalogue, [OCTOBER], seen=AFTER, agency_id="T01")

    assert {"T01-TU", "T01-UBND", "T01-HDND", "T01-DDBQH", "T01-MTTQ"} == set(rows["agency_id"])


def test_nothing_owed_is_said(context: Context):
    """
    A period before the ledger, or before anything was known of it, is answered with a sentence.
    """
    fill_period(context, OCTOBER)
    with pytest.raises(NothingToReportError, match=r"nothing is owed for 2013: .* begins on 2026-05-01"):
        standing(context.database, context.catalogue, [parse_period("2013")], seen=AFTER)
    with pytest.raises(NothingToReportError, match="nothing is owed for 2026-10 as known at 2026-11-01"):
        standing(
            context.database, context.catalogue, [OCTOBER], seen=Seen(NOW, known_at=datetime(2026, 11, 1, tzinfo=UTC))
        )
    assert isinstance(standing(context.database, context.catalogue, [OCTOBER], seen=AFTER), pandas.DataFrame)
