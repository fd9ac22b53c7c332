"""What the obligations of periods were filled from, as rows: while none of it moved, they need not be filled again."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from resolution_monitor.store import queries
from resolution_monitor.store.connect import Database
from resolution_monitor.store.load_step import LoadStep, load_step


@dataclass(frozen=True, slots=True)
class Filling:
    """
    What obligations follow from.

    Attributes:
        basis: Names the catalogue and the rules.
        seen_until: The newest load that had been seen before anything was read.
        judged_at: When what closes items was judged: figures count from their period's cut-off on.
    """

    basis: str
    seen_until: datetime
    judged_at: datetime


def filled_periods(database: Database, names: Sequence[str]) -> dict[str, Filling]:
    """What the obligations of these periods were filled from; those never filled are left out."""
    with database.transaction() as connection:
        rows = queries.rows(database, connection, "ledger/filled_periods", period_names=list(names))
    return {row["period_name"]: Filling(row["basis"], row["seen_until"], row["judged_at"]) for row in rows}


def first_end_told(database: Database, since: datetime, item_ids: Collection[str]) -> date | None:
    """The earliest period end of which something was told since that can close or open an item; None: nothing was."""
    with database.transaction() as connection:
        asked = {"since": since, "item_ids": sorted(item_ids)}
        first: date | None = queries.scalar(database, connection, "ledger/first_end_told", **asked)
    return first


def note_filled(step: LoadStep, names: Sequence[str], filling: Filling | None) -> None:
    """Note what the obligations of these periods were filled from in this load; None: that must not be relied on."""
    if filling is None:
        queries.execute(step.database, step.connection, "ledger/forget_filled", period_names=list(names))
    else:
        queries.execute(step.database, step.connection, "ledger/note_filled", **_told(names, filling))


def note_still_filled(database: Database, names: Sequence[str], filling: Filling) -> None:
    """Note that what these periods were filled from has not moved until now."""
    with load_step(database, "ledger", filling.judged_at) as step:
        queries.execute(step.database, step.connection, "ledger/note_still_filled", **_told(names, filling))


def _told(names: Sequence[str], filling: Filling) -> dict[str, object]:
    return {
        "period_names": list(names),
        "basis": filling.basis,
        "seen_until": filling.seen_until,
        "judged_at": filling.judged_at,
    }
