"""Scores of resolutions in the database: stored once, made again the same, and seen as they were known."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pandas
import pytest
from conftest import NOW

from resolution_monitor.ask.month_as_known import month_as_known
from resolution_monitor.ask.resolution_scores import (
    AGENCY_COLUMNS,
    NODE_COLUMNS,
    TREE_LEVELS,
    scores_as_stored,
    tree_scores,
)
from resolution_monitor.errors import DatabaseError, NothingToReportError
from resolution_monitor.period import parse_period
from resolution_monitor.pipeline import Context
from resolution_monitor.pipeline.prove_scores import prove_scores
from resolution_monitor.pipeline.score import score
from resolution_monitor.score.month.scores import score_resolutions
from resolution_monitor.store.load_step import load_step
from resolution_monitor.store.roles import as_purger
from resolution_monitor.store.submission_rows import ReceivedFile, insert_submissions

OCTOBER = parse_period("2026-10")
INSERT = (
    "insert into observation (submission_id, agency_id, indicator_id, period_kind, period_end, value, value_state,"
    " raw_text, printed_name, form, sheet, cell, is_retraction, recorded_at)"
    " values (%(submission_id)s, %(agency_id)s, '57.11', 'month', '2026-10-31', %(value)s, 'reported',"
    " '1', 'x', 'body_report', 'Chỉ tiêu', 'G2', false, %(recorded_at)s)"
)


def observe(context: Context, number: int, value: float, now: datetime) -> None:
    """A workbook in which the lead of 57.11 gives a figure for October."""
    lead = context.catalogue.indicators["57.11"].lead
    with load_step(context.database, "trial", now) as step:
        file = ReceivedFile(str(lead), "inbox", "a.xlsx", f"{number:064x}", 1, now)
        (submission_id,) = insert_submissions(step, [file]).new.values()
        row = {"submission_id": submission_id, "agency_id": lead, "value": value, "recorded_at": step.recorded_at}
        step.connection.exec_driver_sql(INSERT, row)


def stored(context: Context, table: str) -> int:
    with context.database.transaction() as connection:
        return int(connection.exec_driver_sql(f"select count(*) from {table}").scalar_one())


def value_of(context: Context, known_at: datetime | None) -> float:
    scores = score_resolutions(month_as_known(context.database, context.catalogue, OCTOBER, known_at))
    return float(scores.assignments.set_index("item_id").loc["57.11", "value"])


def test_scores_are_stored_once(context: Context):
    """
    The same knowledge scored again is the same run, and what is read back is what was made.
    """
    first = score(context, "resolutions_month", OCTOBER)
    counts = stored(context, "assignment_score"), stored(context, "tree_score")
    again = score(context, "resolutions_month", OCTOBER)
    made = score_resolutions(month_as_known(context.database, context.catalogue, OCTOBER, None))
    kept = scores_as_stored(context.database, first["scoring_run_id"])

    assert {**first, "anew": 0} == again
    assert (
        (first["assignments"], first["nodes"])
        == counts
        == (stored(context, "assignment_score"), stored(context, "tree_score"))
    )
    pandas.testing.assert_frame_equal(made.assignments, kept.assignments)
    pandas.testing.assert_frame_equal(made.nodes, kept.nodes)


def test_a_correction_changes_the_later_answer_only(context: Context):
    """
    20 was known on the day of the briefing, 30 a day later: each day has its own answer for ever.
    """
    observe(context, 1, 20.0, NOW)
    score(context, "resolutions_month", OCTOBER)
    observe(context, 2, 30.0, NOW + timedelta(days=1))

    assert (20.0, 30.0) == (value_of(context, NOW + timedelta(hours=1)), value_of(context, None))
    assert 20.0 == value_of(context, NOW + timedelta(hours=1))


def test_only_who_reported_is_scored_anew(context: Context):
    """
    A second figure of one body is scored alone: the run holds all rows, and asked for everybody gives the same.
    """
    observe(context, 1, 20.0, NOW)
    whole = score(context, "resolutions_month", OCTOBER)
    observe(context, 2, 30.0, NOW + timedelta(days=1))
    touched = score(context, "resolutions_month", OCTOBER)
    anew = score(replace(context, is_whole=True), "resolutions_month", OCTOBER)
    kept, asked = (scores_as_stored(context.database, run["scoring_run_id"]) for run in (touched, anew))

    assert (297, 297) == (whole["anew"], anew["anew"])
    assert 0 < touched["anew"] < 60
    assert (297, 253) == (touched["assignments"], touched["nodes"])
    assert 30.0 == kept.assignments.set_index("item_id").loc["57.11", "value"]
    pandas.testing.assert_frame_equal(asked.assignments, kept.assignments, check_exact=True)
    pandas.testing.assert_frame_equal(asked.nodes, kept.nodes, check_exact=True)


def test_the_night_tells_of_scores_that_differ(context: Context):
    """
    A row that is not what all bodies give is told with the command that scores everybody; a proven run is counted.
    """
    observe(context, 1, 20.0, NOW)
    score(context, "resolutions_month", OCTOBER)
    observe(context, 2, 30.0, NOW + timedelta(days=1))
    score(context, "resolutions_month", OCTOBER)
    proven = prove_scores(context)
    with context.database.transaction() as connection:
        as_purger(connection)
        connection.exec_driver_sql("update assignment_part set progress_low = progress_low + 1 where item_id = '57.11'")

    assert 1 == proven
    with pytest.raises(DatabaseError, match=r"57\.11.*--period 2026-10 --full"):
        prove_scores(context)


@pytest.mark.parametrize("level", TREE_LEVELS)
def test_levels_have_their_columns(context: Context, level: str):
    """
    Every level answers with its columns, one row a node, by code.
    """
    score(context, "resolutions_month", OCTOBER)
    frame = tree_scores(context.database, context.catalogue, OCTOBER, level, None)
    sizes = {"nation": 1, "block": 4, "resolution": 9, "task": 6, "agency": 233}

    assert list(AGENCY_COLUMNS if level == "agency" else NODE_COLUMNS) == list(frame.columns)
    assert sizes[level] == len(frame)
    assert sorted(frame["code"]) == list(frame["code"])


def test_nothing_known_is_told(context: Context):
    """
    Before anything was owed or reported there are no scores to show.
    """
    with pytest.raises(NothingToReportError, match="2026-10"):
        tree_scores(context.database, context.catalogue, OCTOBER, "nation", datetime(2026, 1, 1, tzinfo=UTC))
