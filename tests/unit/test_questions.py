"""Beside the scores of a month in the database: forecasts, questions with replies, verifications; no score changes."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pandas
import pytest
from conftest import NOW, new_settings

from resolution_monitor.ask.early_warning import forecast_record, resolution_lag, return_to_track
from resolution_monitor.ask.questions import questions, to_verify, verifications
from resolution_monitor.ask.resolution_scores import scores_as_stored
from resolution_monitor.errors import LedgerError, NothingToReportError
from resolution_monitor.period import parse_period
from resolution_monitor.pipeline import Context, answer_question, note_verification, open_context
from resolution_monitor.pipeline.score import score
from resolution_monitor.store import embedded
from resolution_monitor.store.load_step import load_step
from resolution_monitor.store.submission_rows import ReceivedFile, insert_submissions

OCTOBER, REPORT = parse_period("2026-10"), "resolutions_month"
# April was the first month owed: its figure is the baseline.
ENDS = [parse_period(f"2026-{month:02}").end for month in range(4, 11)]
VALUES = (40.6, 40.8, 41.0, 41.2, 41.3, 41.5, 41.6)
OBSERVATION = (
    "insert into observation (submission_id, agency_id, indicator_id, period_kind, period_end, value, value_state,"
    " raw_text, printed_name, form, sheet, cell, is_retraction, recorded_at)"
    " values (%(submission_id)s, 'BCT', '57.11', 'month', %(end)s, %(value)s, 'reported',"
    " '1', 'x', 'body_report', 'Chỉ tiêu', 'G2', false, %(recorded_at)s)"
)
CLAIM = (
    "insert into task_report (submission_id, agency_id, task_id, period_kind, period_end, state, done_pct, product,"
    " note, sheet, cell, is_retraction, recorded_at)"
    " values (%(submission_id)s, 'BCT', '57-T01/BCT', 'month', %(end)s, 'done', 100, '', '', 'Nhiệm vụ', 'E6', false,"
    " %(recorded_at)s)"
)


def report(context: Context, number: int, statement: str, now: Any, **row: object) -> None:
    with load_step(context.database, "trial", now) as step:
        file = ReceivedFile("BCT", "inbox", "a.xlsx", f"{number:064x}", 1, now)
        (submission_id,) = insert_submissions(step, [file]).new.values()
        named = {**row, "submission_id": submission_id, "recorded_at": step.recorded_at}
        step.connection.exec_driver_sql(statement, named)


@pytest.fixture(scope="module")
def scored(server: embedded.ServerPlace, prepared: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Context]:
    """A scored October that tests only read, or add records to that no other looks at."""
    settings = new_settings(server, tmp_path_factory.mktemp("scored"), prepared)
    with open_context(settings, NOW) as context:
        yield october(context)


def october(context: Context) -> Context:
    """Seven months of 57.11 and a task of BCT claimed as done without a product, scored."""
    for number, (end, value) in enumerate(zip(ENDS, VALUES, strict=True)):
        report(context, number, OBSERVATION, NOW, end=end, value=value)
    report(context, 99, CLAIM, NOW, end=ENDS[-1])
    score(context, REPORT, OCTOBER)
    return context


def asked(context: Context, **other: Any) -> pandas.DataFrame:
    return questions(context.database, context.catalogue, REPORT, OCTOBER, **{"as_of": NOW, **other})


def stored(context: Context, statement: str) -> list[tuple[Any, ...]]:
    with context.database.transaction() as connection:
        return [tuple(row) for row in connection.exec_driver_sql(statement).fetchall()]


def test_a_claim_without_a_product_is_asked(scored: Context):
    """
    The question names the task and asks for its document, with ten working days to reply: 12 November plus ten, of
    which 24 November is a holiday.
    """
    rows = asked(scored)
    row = rows.iloc[0]

    assert (1, "without_evidence", "BCT", "57-T01/BCT", "waiting") == (
        len(rows),
        *row[["screen", "agency_id", "item_id", "state"]],
    )
    assert "57-T01/BCT" in row["question"]
    assert "Đề nghị" in row["question"]
    assert "{" not in row["question"]
    assert date(2026, 11, 27) == row["reply_until"]
    assert "reply_overdue" == asked(scored, as_of=NOW + timedelta(days=14)).iloc[0]["state"]
    assert asked(scored, agency_id="BYT").empty
    with pytest.raises(LedgerError):
        asked(scored, agency_id="nobody")
    with pytest.raises(NothingToReportError, match="2026-09"):
        questions(scored.database, scored.catalogue, REPORT, parse_period("2026-09"), as_of=NOW)


def test_a_reply_is_kept_once_and_follows_the_question(context: Context):
    """
    The same reply again changes nothing; after new figures the month is asked anew, and the reply stands beside.
    """
    october(context)
    number = int(asked(context).iloc[0]["question_id"])
    answers = [answer_question(context, number, text=" đã gửi ", author="An") for _ in range(2)]
    later = replace(context, now=NOW + timedelta(days=1))
    report(later, 7, OBSERVATION, later.now, end=ENDS[-1], value=41.7)
    score(later, REPORT, OCTOBER)
    row = asked(context).iloc[0]

    assert [True, False] == answers
    assert number != row["question_id"]
    assert ("replied", "đã gửi", "An") == tuple(row[["state", "reply", "replied_by"]])
    assert [("reply", "An")] == stored(context, "select action, author from journal")
    for wrong, text in ((number + 1000, "x"), (number, " ")):
        with pytest.raises(LedgerError):
            answer_question(context, wrong, text=text, author="An")


def test_forecasts_are_kept_as_made(scored: Context):
    """
    Seven months give a forecast for 57.11, beside two of tasks; scoring again keeps them, and none has ended yet.
    """
    select = "select item_id, agency_id, method, way, made_on, band, chance from forecast where item_kind = 'indicator'"
    first = stored(scored, select)
    score(scored, REPORT, OCTOBER)
    record = forecast_record(scored.database, OCTOBER.end)

    assert [("57.11", "BCT", "trend", "as_made", ENDS[-1])] == [row[:5] for row in first]
    assert first == stored(scored, select)
    assert (3, 3) == record.made
    assert record.summary.empty
    assert record.reliability.empty


def test_a_verification_stands_beside_and_changes_no_score(scored: Context):
    """
    40 found where 41.6 was reported: 4 % above; the scores are the same before and after, and so is a second note.
    """
    run = "select scoring_run_id from scoring_run order by 1"
    before = scores_as_stored(scored.database, stored(scored, run)[-1][0])
    note = {"agency_id": "BCT", "indicator_id": "57.11", "period": OCTOBER, "source": "Cục Thống kê", "author": "An"}
    kept = [note_verification(scored, found=Decimal(40), **note) for _ in range(2)]
    score(scored, REPORT, OCTOBER)
    after = scores_as_stored(scored.database, stored(scored, run)[-1][0])
    row = verifications(scored.database, scored.catalogue, OCTOBER).iloc[0]

    assert [True, False] == kept
    assert (41.6, 40.0, pytest.approx(4.0)) == tuple(row[["reported", "found", "gap_pct"]])
    assert 1 == len(stored(scored, run))
    pandas.testing.assert_frame_equal(before.assignments, after.assignments)
    assert verifications(scored.database, scored.catalogue, OCTOBER, agency_id="BYT").empty
    for wrong in ({"indicator_id": "99.99"}, {"period": parse_period("2026")}, {"agency_id": "XX"}, {"source": ""}):
        with pytest.raises(LedgerError):
            note_verification(scored, found=Decimal(40), **{**note, **wrong})


def test_what_to_verify_is_drawn_from_what_was_reported(scored: Context):
    """
    One figure was reported: it is drawn by lot.
    """
    rows = to_verify(scored.database, scored.catalogue, REPORT, OCTOBER)

    assert [("BCT", "57.11", "lot")] == [tuple(row) for row in rows[["agency_id", "indicator_id", "why"]].to_numpy()]


@pytest.mark.parametrize("by", ["item", "body"])
def test_parts_of_a_resolutions_lag_add_up(scored: Context, by: str):
    """
    The parts of every item, and of every body, add up to the last row to the last digit.
    """
    rows = resolution_lag(scored.database, scored.catalogue, "57", OCTOBER, by=by)

    assert "total" == rows.iloc[-1, 0]
    assert len(rows) > 2
    assert rows.iloc[-1]["part_days"] == sum(rows["part_days"].iloc[:-1], Decimal(0))
    with pytest.raises(LedgerError, match="99"):
        resolution_lag(scored.database, scored.catalogue, "99", OCTOBER)


def test_value_needed_next_month(scored: Context):
    """
    57.11 has to reach its plan of November, and is told by how much its last value falls short.
    """
    rows = return_to_track(scored.database, scored.catalogue, OCTOBER, agency_id="BCT", resolution="57")
    row = rows.set_index("indicator_id").loc["57.11"]

    assert ("2026-11", 41.6) == (row["next_period"], row["value"])
    assert pytest.approx(row["needed_low"] - 41.6) == row["change"]
    with pytest.raises(LedgerError, match="99"):
        return_to_track(scored.database, scored.catalogue, OCTOBER, resolution="99")
