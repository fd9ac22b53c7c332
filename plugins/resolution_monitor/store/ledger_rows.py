"""The ledger's tables: obligations, decisions about them, and what answers them as known at a time."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pandas

from resolution_monitor.ledger.obligations import COLUMNS, INSTANTS, KEY, with_instants
from resolution_monitor.period import Period
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


def save_retraction(
    database: Database,
    submission_id: int,
    item: tuple[str, str],
    *,
    reason: str,
    author: str,
    is_withdrawn: bool,
    now: datetime,
) -> bool:
    """
    Note that an answer of a submission is taken back, or no longer, and tell the journal; whether it was new.

    Args:
        item: Kind and id; the report stands for the whole submission.
    """
    subject = {"submission_id": submission_id, "item_kind": item[0], "item_id": item[1]}
    with load_step(database, "retraction", now) as step:
        decision = {"reason": reason, "author": author}
        is_new = step.execute("ledger/insert_retraction", **subject, **decision, is_withdrawn=is_withdrawn) > 0
        if is_new:
            _tell_journal(step, "withdraw retraction" if is_withdrawn else "retract", subject, **decision)
    return is_new


def _tell_journal(step: LoadStep, action: str, subject: Mapping[str, object], *, reason: str, author: str) -> None:
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


def waivers_as_known(database: Database, periods: Sequence[str], known_at: datetime | None = None) -> pandas.DataFrame:
    """The waivers of these periods that stand."""
    with database.transaction() as connection:
        asked = {"period_names": list(periods), "known_at": known_at}
        return queries.frame(database, connection, "ledger/waivers_as_known", **asked)


def retractable(database: Database, submission_id: int) -> dict[tuple[str, str], bool]:
    """Kind and id of all that can be taken back of a submission -> whether it is; empty where there is none such."""
    with database.transaction() as connection:
        rows = queries.rows(database, connection, "ledger/retractable", submission_id=submission_id)
    return {(row["item_kind"], row["item_id"]): row["is_retracted"] for row in rows}


def versions_of_body(
    database: Database, agency_id: str, period: Period, known_at: datetime | None
) -> tuple[pandas.DataFrame, pandas.DataFrame]:
    """All that a body's files said of its items for a period, and who took back what of them; see the statements."""
    with database.transaction() as connection:
        versions = queries.frame(
            database,
            connection,
            "ledger/versions_of_body",
            agency_id=agency_id,
            period_kind=period.kind,
            period_end=period.end,
            known_at=known_at,
        )
        ids = [int(number) for number in versions["submission_id"].unique()]
        decisions = queries.frame(
            database, connection, "ledger/decisions_on_submissions", submission_ids=ids, known_at=known_at
        )
    return versions, decisions


def closed_answers(step: LoadStep, submission_ids: Sequence[int]) -> list[dict[str, Any]]:
    """What of these submissions came too late for its period: submission_id, period_name, item_ids."""
    return queries.rows(step.database, step.connection, "ledger/closed_answers", submission_ids=list(submission_ids))
