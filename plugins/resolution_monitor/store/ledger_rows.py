"""The ledger's tables: obligations, decisions about them, and what answers them as known at a time."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import pandas

from resolution_monitor.ledger.obligations import COLUMNS, INSTANTS, KEY, with_instants
from resolution_monitor.store import queries
from resolution_monitor.store.bulk import copy_rows
from resolution_monitor.store.connect import Database
from resolution_monitor.store.load_step import LoadStep, load_step


@dataclass(frozen=True, slots=True)
class LedgerFacts:
    """
    What was known of some periods at a time, one table each, with the columns that ledger.states names.

    Attributes:
        waivers: Also reason, author and recorded_at.
        values: Also what the standing answer says: value_state of an indicator; task_state, done_on, product of a task.
    """

    obligations: pandas.DataFrame
    files: pandas.DataFrame
    values: pandas.DataFrame
    waivers: pandas.DataFrame


def save_obligations(database: Database, obligations: pandas.DataFrame, periods: Sequence[str], now: datetime) -> int:
    """
    Bring the obligations of these periods up to date; the number of rows appended.

    Args:
        periods: Names; what the ledger holds for them and `obligations` does not is ended.
    """
    with load_step(database, "ledger", now) as step:
        queries.execute(database, step.connection, "ledger/create_staging")
        # Many obligations share few instants: each is written once, or writing them takes longer than all the rest.
        texts = {name: obligations[name].map({at: str(at) for at in obligations[name].unique()}) for name in INSTANTS}
        rows = obligations.assign(**texts)[list(COLUMNS)].itertuples(index=False, name=None)
        copy_rows(step.connection, "staged_obligation", COLUMNS, rows)
        return step.execute("ledger/merge_obligation", period_names=list(periods))


def save_waiver(
    database: Database, key: Sequence[str], *, reason: str, author: str, is_withdrawn: bool, now: datetime
) -> bool:
    """Note a decision about the obligation of this key and tell the journal; whether it was new."""
    subject = dict(zip(KEY, key, strict=True))
    with load_step(database, "waiver", now) as step:
        decision = {"reason": reason, "author": author}
        is_new = step.execute("ledger/insert_waiver", **subject, **decision, is_withdrawn=is_withdrawn) > 0
        if is_new:
            _tell_journal(step, "withdraw waiver" if is_withdrawn else "waive", subject, **decision)
    return is_new


def save_reopening(database: Database, *, agency_id: str, period: str, reason: str, author: str, now: datetime) -> bool:
    """Note that a body's period takes corrections again and tell the journal; whether it was new."""
    subject = {"agency_id": agency_id, "period_name": period}
    with load_step(database, "reopening", now) as step:
        is_new = step.execute("ledger/insert_reopening", **subject, reason=reason, author=author) > 0
        if is_new:
            _tell_journal(step, "reopen", subject, reason=reason, author=author)
    return is_new


def _tell_journal(step: LoadStep, action: str, subject: dict[str, str], *, reason: str, author: str) -> None:
    written = json.dumps(subject, ensure_ascii=False)
    step.execute("ledger/insert_journal", author=author, action=action, subject=written, reason=reason)


def facts_as_known(database: Database, periods: Sequence[str], known_at: datetime | None = None) -> LedgerFacts:
    """What the ledger and its answers held for these periods; `known_at` hides what was recorded later."""
    with database.transaction() as connection:
        tables = {
            name: queries.frame(
                database, connection, f"ledger/{name}_as_known", period_names=list(periods), known_at=known_at
            )
            for name in ("obligations", "files", "values", "waivers")
        }
    obligations = with_instants(tables["obligations"])
    tables["obligations"] = obligations.assign(weight=obligations["weight"].astype(float))
    return LedgerFacts(**tables)
