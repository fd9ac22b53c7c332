"""What is kept beside the scores of a month: forecasts, questions and replies, verifications."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pandas

from resolution_monitor.period import Period
from resolution_monitor.store import queries
from resolution_monitor.store.connect import Database
from resolution_monitor.store.load_step import load_step
from resolution_monitor.store.versions import decide

FORECASTS, QUESTIONS = "forecast", "screen_question"


@dataclass(frozen=True, slots=True)
class FollowUp:
    """
    What screens look at beside figures and the ledger, as known at a time.

    Attributes:
        corrections: score/corrections_as_known.
        verifications: score/verifications_as_known.
    """

    corrections: pandas.DataFrame
    verifications: pandas.DataFrame


def follow_up_as_known(
    database: Database, last_day: date, known_at: datetime | None = None, *, since: datetime
) -> FollowUp:
    """
    Corrections and verifications of periods that end by a day; `known_at` hides what was recorded later.

    Args:
        since: Corrections that were recorded by then are left out.
    """
    corrections = _frame(database, "corrections_as_known", last_day=last_day, known_at=known_at, since=since)
    return FollowUp(corrections=corrections, verifications=verifications_as_known(database, last_day, known_at))


def verifications_as_known(database: Database, last_day: date, known_at: datetime | None = None) -> pandas.DataFrame:
    """score/verifications_as_known of periods that end by a day; `known_at` hides what was recorded later."""
    return _frame(database, "verifications_as_known", last_day=last_day, known_at=known_at)


def forecasts_and_outcomes(
    database: Database, last_day: date, known_at: datetime | None = None
) -> tuple[pandas.DataFrame, pandas.DataFrame]:
    """Forecasts as first made for months up to a day, and what became of what they were about."""
    made, outcomes = (
        _frame(database, name, last_day=last_day, known_at=known_at) for name in ("forecasts_made", "outcomes_known")
    )
    return made, outcomes


def questions_of_period(
    database: Database,
    report: str,
    period: Period,
    known_at: datetime | None = None,
    *,
    scoring_run_id: int | None = None,
) -> pandas.DataFrame:
    """
    The questions of a scoring run of a month, by place, with the newest reply to each.

    Args:
        known_at: Hides runs and replies that were recorded later.
        scoring_run_id: Of this run, whenever it was recorded; None: of the newest.
    """
    named = {"report": report, "period_kind": period.kind, "period_end": period.end}
    return _frame(database, "questions_of_period", **named, scoring_run_id=scoring_run_id, known_at=known_at)


def question_exists(database: Database, question_id: int) -> bool:
    """Whether a question bears this number."""
    with database.transaction() as connection:
        return bool(queries.scalar(database, connection, "score/question_exists", question_id=question_id))


def save_reply(database: Database, question_id: int, *, text: str, author: str, now: datetime) -> bool:
    """Keep a reply and tell the journal; whether it was new."""
    reply = {"question_id": question_id, "text": text, "author": author}
    with load_step(database, "reply", now) as step:
        return decide(step, "screen_reply", reply, act="reply", about=["question_id"], why="text")


def save_verification(
    database: Database,
    key: Mapping[str, str],
    period: Period,
    *,
    found: Decimal,
    source: str,
    author: str,
    now: datetime,
) -> bool:
    """Keep what a verification found of an agency_id and indicator_id and tell the journal; whether it was new."""
    about = {**key, "period_name": period.name, "found": found}
    times = {"period_kind": period.kind, "period_end": period.end}
    verification = {**about, **times, "source": source, "author": author}
    with load_step(database, "verification", now) as step:
        return decide(step, "verification", verification, act="verify", about=list(about), why="source")


def _frame(database: Database, name: str, **parameters: Any) -> pandas.DataFrame:
    with database.transaction() as connection:
        return queries.frame(database, connection, f"score/{name}", **parameters)
