"""Beside the scores of a month: forecasts and questions are made once and kept; replies and verifications come in."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal

import pandas

from resolution_monitor.ask.calibrated_forecasts import calibrations_before
from resolution_monitor.ask.month_as_known import read_follow_up
from resolution_monitor.errors import LedgerError
from resolution_monitor.ledger.items import require_agency
from resolution_monitor.period import Period
from resolution_monitor.pipeline.context import Context
from resolution_monitor.score.month.forecast_rows import forecast_rows
from resolution_monitor.score.month.indicators import indicator_workings
from resolution_monitor.score.month.month import Month
from resolution_monitor.score.month.scores import in_order
from resolution_monitor.score.month.tasks import task_assignments, task_workings
from resolution_monitor.score.screens.month_seen import month_seen
from resolution_monitor.score.screens.questions import questions_of
from resolution_monitor.store import question_rows

_MONTH = "month"


def has_questions(period: Period) -> bool:
    """Whether forecasts and questions are made of a period."""
    return period.kind == _MONTH


def forecasts_and_questions(context: Context, month: Month, known_at: datetime) -> dict[str, pandas.DataFrame]:
    """
    Forecasts and questions of a month, by table; nothing for periods of other kinds.

    Args:
        month: Of everybody, also where only some are scored anew: screens hold each body against all others.
    """
    if not has_questions(month.period):
        return {}
    workings, tasks = indicator_workings(month), in_order([task_assignments(task_workings(month))])
    told = calibrations_before(context.database, month.period, known_at)
    seen = month_seen(month, workings, tasks, read_follow_up(context.database, month.scored, known_at))
    return {
        question_rows.FORECASTS: forecast_rows(workings, tasks, month.task_reports, told),
        question_rows.QUESTIONS: questions_of(month.scored, seen),
    }


def answer_question(context: Context, question_id: int, *, text: str, author: str) -> bool:
    """
    Keep a body's reply to a question; whether it was new. It changes no score.

    Raises:
        LedgerError: There is no such question, or text or author is empty.
    """
    words = _words(text=text, author=author)
    if not question_rows.question_exists(context.database, question_id):
        raise LedgerError(f"there is no question {question_id}; ./monitor questions --period lists them")
    return question_rows.save_reply(context.database, question_id, **words, now=context.now)


def note_verification(
    context: Context, *, agency_id: str, indicator_id: str, period: Period, found: Decimal, source: str, author: str
) -> bool:
    """
    Keep what a verification found of a figure; whether it was new. It is shown beside and changes no score.

    Raises:
        LedgerError: Body or indicator is unknown, the period is of another kind, or source or author is empty.
    """
    words = _words(source=source, author=author)
    require_agency(context.catalogue, agency_id)
    indicator = context.catalogue.indicators.get(indicator_id)
    if indicator is None:
        raise LedgerError(f"there is no indicator {indicator_id!r}; write its code, such as 57.01")
    calendar = context.catalogue.period_calendars.get(indicator.frequency)
    if calendar is not None and calendar.period_kind != period.kind:
        raise LedgerError(f"{indicator_id} is reported by {calendar.period_kind}; {period.name} is a {period.kind}")
    key = {"agency_id": agency_id, "indicator_id": indicator_id}
    return question_rows.save_verification(context.database, key, period, found=found, **words, now=context.now)


def _words(**given: str) -> Mapping[str, str]:
    """
    Texts without blanks around them.

    Raises:
        LedgerError: One of them is empty.
    """
    words = {name: text.strip() for name, text in given.items()}
    for name, text in words.items():
        if not text:
            raise LedgerError(f"the {name} is empty; say who and what, it is kept in the journal")
    return words
