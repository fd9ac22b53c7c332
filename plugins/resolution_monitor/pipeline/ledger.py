"""What is done to the ledger: filled from the catalogue, an obligation waived, a period reopened."""

from collections.abc import Sequence
from datetime import datetime

import pandas

from resolution_monitor.errors import LedgerError
from resolution_monitor.ledger.items import REPORT_ID, kind_of_item, require_agency
from resolution_monitor.ledger.obligations import KEY, every_period_owed, owed_in
from resolution_monitor.period import TIME_ZONE, Period, period_begun, shifted
from resolution_monitor.pipeline.closings import closings_of
from resolution_monitor.pipeline.context import Context, stage
from resolution_monitor.pipeline.ledger_news import filling_of, note_unmoved, periods_to_fill
from resolution_monitor.store import ledger_rows
from resolution_monitor.store.filled_rows import Filling

# So far the ledger is written down ahead of today.
_MONTHS_AHEAD = 2


@stage
def fill_ledger(context: Context, first: Period, last: Period) -> dict[str, int]:
    """
    Note everything owed for periods of any kind that end between two periods' first and last day.

    Doing it again changes nothing; what is new after a change of the catalogue is added, what is gone or closed ends.
    """
    return _fill(context, every_period_owed(context.catalogue, first.start, last.end))


@stage
def fill_period(context: Context, period: Period) -> dict[str, int]:
    """Note everything owed for one period, by its name."""
    return _fill(context, [period])


@stage
def fill_periods(context: Context, periods: Sequence[Period]) -> dict[str, int]:
    """Note what is new of everything owed for these periods; see ledger_news for how little that mostly is."""
    filling = filling_of(context)
    moved = periods_to_fill(context, periods, filling)
    counts = _fill(context, moved, filling) if moved else {"periods": 0, "obligations": 0, "changed": 0}
    note_unmoved(context, [one for one in periods if one not in set(moved)], filling)
    return counts


def months_ahead(context: Context) -> tuple[Period, Period]:
    """This month and the last that the ledger is filled for."""
    this_month = period_begun("month", context.now.astimezone(TIME_ZONE).date())
    return this_month, shifted(this_month, _MONTHS_AHEAD)


def _fill(context: Context, periods: Sequence[Period], filling: Filling | None = None) -> dict[str, int]:
    """
    Args:
        filling: What was asked before it was decided which periods to fill.
    """
    filling = filling or filling_of(context)
    owed = owed_in(context.catalogue, periods, closings_of(context))
    names = [period.name for period in periods]
    changed = ledger_rows.save_obligations(context.database, owed, names, filling, context.now)
    return {"periods": len(names), "obligations": len(owed), "changed": changed}


def waive(
    context: Context, *, agency_id: str, item_id: str, period: Period, reason: str, author: str, withdraw: bool = False
) -> bool:
    """
    Waive an obligation, or withdraw its waiver; whether that was new.

    Raises:
        LedgerError: The body, the item or the obligation is unknown, there is no waiver to withdraw, the reason or
            author is empty, or the period lies farther ahead than the ledger is written.
    """
    decision = decision_of(reason, author)
    require_agency(context.catalogue, agency_id)
    last = months_ahead(context)[1]
    if period.start > last.end:
        raise LedgerError(f"the ledger is written until {last.name}; waive {period.name} when it comes nearer")
    key = (agency_id, kind_of_item(context.catalogue, item_id).value, item_id, period.name)
    fill_period(context, period)
    facts = ledger_rows.facts_as_known(context.database, [period.name])
    if not _holds(facts.obligations, key):
        seen = f"./monitor status --agency {agency_id} --period {period.name}"
        raise LedgerError(f"{agency_id} does not owe {item_id!r} for {period.name}; see what it owes: {seen}")
    if withdraw and not _holds(facts.waivers, key):
        raise LedgerError(f"no waiver of {item_id!r} for {agency_id} in {period.name} stands; nothing to withdraw")
    return ledger_rows.save_waiver(context.database, key, **decision, is_withdrawn=withdraw, now=context.now)


def reopen(context: Context, *, agency_id: str, period: Period, reason: str, author: str) -> datetime:
    """
    Take a body's corrections of a period again from now on.

    Returns:
        Until when the period took them by itself; in the future where a reopening was not needed yet.

    Raises:
        LedgerError: The body is unknown or owes nothing for the period, or the reason or author is empty.
    """
    decision = decision_of(reason, author)
    require_agency(context.catalogue, agency_id)
    fill_period(context, period)
    owed = ledger_rows.facts_as_known(context.database, [period.name]).obligations
    owed = owed[owed["agency_id"] == agency_id]
    if owed.empty:
        raise LedgerError(f"{agency_id} owes nothing for {period.name}; there is nothing to reopen")
    ledger_rows.save_reopening(context.database, agency_id=agency_id, period=period.name, **decision, now=context.now)
    closes_at: datetime = owed["closes_at"].max().to_pydatetime()
    return closes_at


def retract(
    context: Context, *, submission_id: int, item_id: str | None, reason: str, author: str, withdraw: bool = False
) -> bool:
    """
    Take back a submission or one of its items, or do so no longer; whether that was new.

    What stood before it stands again. Reading the file anew brings nothing back: the decision covers the item, whatever
    a later reading makes of it.

    Args:
        item_id: An indicator or a task; None takes back all of it, its obstacles and requests too.

    Raises:
        LedgerError: There is no such submission or item, no retraction to withdraw, or the reason or author is empty.
    """
    decision = decision_of(reason, author)
    known = ledger_rows.retractable(context.database, submission_id)
    if not known:
        raise LedgerError(f"submission {submission_id} is not known; ./monitor status --agency names them")
    asked = item_id or REPORT_ID
    item = next((key for key in known if key[1] == asked), None)
    if item is None:
        held = ", ".join(key for _, key in known if key != REPORT_ID) or "no item"
        raise LedgerError(f"submission {submission_id} does not answer {asked!r}; it answers {held}")
    if withdraw and not known[item]:
        raise LedgerError(f"no retraction of {asked!r} of submission {submission_id} stands; nothing to withdraw")
    return ledger_rows.save_retraction(
        context.database, submission_id, item, **decision, is_withdrawn=withdraw, now=context.now
    )


def decision_of(reason: str, author: str) -> dict[str, str]:
    """
    A decision's words without blanks around them.

    Raises:
        LedgerError: One of them is empty.
    """
    words = {"reason": reason.strip(), "author": author.strip()}
    for name, text in words.items():
        if not text:
            raise LedgerError(f"the {name} is empty; say who decides and why, it is kept in the journal")
    return words


def _holds(frame: pandas.DataFrame, key: Sequence[str]) -> bool:
    return bool((frame[list(KEY)] == list(key)).all(axis=1).any())
