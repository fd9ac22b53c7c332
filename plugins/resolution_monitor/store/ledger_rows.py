"""The ledger's tables: obligations, decisions about them, and what answers them as known at a time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pandas

from resolution_monitor.ledger.obligations import INSTANTS, KEY, with_instants
from resolution_monitor.period import Period, parse_period
from resolution_monitor.store import queries
from resolution_monitor.store.bulk import lines_of
from resolution_monitor.store.connect import Database
from resolution_monitor.store.filled_rows import Filling, note_filled
from resolution_monitor.store.grains import GRAINS
from resolution_monitor.store.load_step import LoadStep, load_step
from resolution_monitor.store.versions import decide, merge


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


def save_obligations(
    database: Database, obligations: pandas.DataFrame, periods: Sequence[str], filling: Filling | None, now: datetime
) -> int:
    """
    Bring the obligations of these periods up to date; the number of rows appended.

    Args:
        periods: Names; what the ledger holds for them and `obligations` does not is ended.
        filling: What they follow from.
    """
    with load_step(database, "ledger", now) as step:
        # Many obligations share few instants: each is written once, or writing them takes longer than all the rest.
        texts = {name: obligations[name].map({at: str(at) for at in obligations[name].unique()}) for name in INSTANTS}
        rows = obligations.assign(**texts)[list(GRAINS["obligation"].columns)].itertuples(index=False, name=None)
        changed = merge(step, "obligation", lines_of(rows), period_names=list(periods))
        note_filled(step, periods, filling)
        return changed


def save_waiver(
    database: Database, key: Sequence[str], *, reason: str, author: str, is_withdrawn: bool, now: datetime
) -> bool:
    """Note a decision about the obligation of this key and tell the journal; whether it was new."""
    decision = dict(zip(KEY, key, strict=True)) | {"reason": reason, "author": author, "is_withdrawn": is_withdrawn}
    act = "withdraw waiver" if is_withdrawn else "waive"
    with load_step(database, "waiver", now) as step:
        return decide(step, "waiver", decision, act=act, about=KEY, why="reason")


def save_reopening(database: Database, *, agency_id: str, period: str, reason: str, author: str, now: datetime) -> bool:
    """Note that a body's period takes corrections again and tell the journal; whether it was new."""
    decision = {"agency_id": agency_id, "period_name": period, "reason": reason, "author": author}
    with load_step(database, "reopening", now) as step:
        return decide(step, "reopening", decision, act="reopen", about=("agency_id", "period_name"), why="reason")


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
    decision = {**subject, "reason": reason, "author": author, "is_withdrawn": is_withdrawn}
    act = "withdraw retraction" if is_withdrawn else "retract"
    with load_step(database, "retraction", now) as step:
        return decide(step, "retraction", decision, act=act, about=list(subject), why="reason")


def first_figure_of_submission(database: Database, submission_id: int, indicator_id: str) -> list[dict[str, Any]]:
    """What a submission says of an indicator by body and period, and for which period it was due first."""
    with database.transaction() as connection:
        asked = {"submission_id": submission_id, "indicator_id": indicator_id}
        return queries.rows(database, connection, "ledger/first_figure_of_submission", **asked)


def has_baseline_decision(database: Database, agency_id: str, indicator_id: str) -> bool:
    """Whether a named person's decision on the baseline of a body's indicator stands."""
    with database.transaction() as connection:
        rows = queries.rows(database, connection, "score/baseline_decisions_as_known", known_at=None)
    return any((row["agency_id"], row["indicator_id"]) == (agency_id, indicator_id) for row in rows)


def save_baseline_decision(
    database: Database, key: Mapping[str, Any], *, reason: str, author: str, is_withdrawn: bool, now: datetime
) -> bool:
    """
    Note which telling of a first due figure is the baseline, or no longer, and tell the journal; whether it was new.

    Args:
        key: agency_id, indicator_id and the submission that tells it.
    """
    decision = {**key, "reason": reason, "author": author, "is_withdrawn": is_withdrawn}
    act = "withdraw baseline" if is_withdrawn else "rebaseline"
    with load_step(database, "baseline", now) as step:
        return decide(step, "baseline_decision", decision, act=act, about=list(key), why="reason")


def facts_as_known(database: Database, periods: Sequence[str], known_at: datetime | None = None) -> LedgerFacts:
    """What the ledger and its answers held for these periods; `known_at` hides what was recorded later."""
    known = [parse_period(name) for name in periods]
    asked = {
        "period_names": list(periods),
        "kinds": sorted({one.kind for one in known}),
        "ends": sorted({one.end for one in known}),
        "known_at": known_at,
    }
    with database.transaction() as connection:
        tables = {
            name: queries.frame(database, connection, f"ledger/{name}_as_known", **asked)
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
