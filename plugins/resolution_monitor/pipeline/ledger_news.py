"""Which periods must be filled anew: those whose obligations may be others than when they were filled last.

What is owed for a period follows from the catalogue, the rules, and what had been closed before its end. Where none of
that moved, filling it again would change nothing, and ten years of it cost a minute.

Source: docs/method.md, clause 2.5.
"""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path

from resolution_monitor.period import Period
from resolution_monitor.pipeline.closing_figures import closable_until, first_judged_anew
from resolution_monitor.pipeline.context import Context
from resolution_monitor.store import filled_rows
from resolution_monitor.store.filled_rows import Filling
from resolution_monitor.store.load_step import last_load_at

# What obligations are made by, below the package; statements and migrations beside it.
_RULES = ("catalogue", "ledger", "method", "period", "pipeline", "reporting", "score")
_BEFORE_ALL = datetime(1, 1, 1, tzinfo=UTC)


def filling_of(context: Context) -> Filling | None:
    """
    What is filled now will have followed from; to be asked before anything is read.

    None in a demonstration, whose clock lies before the newest load: what it sees, others do not see alike.
    """
    if context.sees_until is not None:
        return None
    basis = f"{context.catalogue.sha256} {_version(context.settings.root)}"
    return Filling(basis, last_load_at(context.database) or _BEFORE_ALL, context.now)


def periods_to_fill(context: Context, periods: Sequence[Period], now: Filling | None) -> list[Period]:
    """Those of the periods for which something else may be owed than the ledger holds, in their order."""
    held = _alike(context, periods, now) if now else {}
    if not held or now is None:
        return list(periods)
    first = _first_moved(context, held, now)
    return [one for one in periods if one.name not in held or (first is not None and one.end > first)]


def note_unmoved(context: Context, periods: Sequence[Period], now: Filling | None) -> None:
    """Spare the next to look through the same loads again."""
    held = _alike(context, periods, now) if now else {}
    if now is not None and any(one.seen_until < now.seen_until for one in held.values()):
        filled_rows.note_still_filled(context.database, list(held), now)


def _alike(context: Context, periods: Sequence[Period], now: Filling) -> dict[str, Filling]:
    """What the periods were filled from, where catalogue and rules were the same and no clock went back."""
    filled = filled_rows.filled_periods(context.database, [one.name for one in periods])
    return {
        name: one
        for name, one in filled.items()
        if one.basis == now.basis and one.judged_at <= now.judged_at and one.seen_until <= now.seen_until
    }


def _first_moved(context: Context, held: Mapping[str, Filling], now: Filling) -> date | None:
    """Periods that end after this day may owe something else; None: none does."""
    seen, judged = min(one.seen_until for one in held.values()), min(one.judged_at for one in held.values())
    item_ids = closable_until(context.catalogue, now.judged_at)
    told = filled_rows.first_end_told(context.database, seen, item_ids) if seen < now.seen_until else None
    days = [told, first_judged_anew(context.catalogue, judged, now.judged_at)]
    return min((day for day in days if day is not None), default=None)


@cache
def _version(root: Path) -> str:
    """Names the very text of what obligations are made by."""
    package = Path(__file__).parents[1]
    modules = sorted(path for name in _RULES for path in (package / name).rglob("*.py"))
    statements = sorted(
        [*(root / "sql" / "migrations").glob("*.sql"), *(root / "sql" / "queries" / "ledger").glob("*")]
    )
    return hashlib.sha256(b"\0".join(path.read_bytes() for path in (*modules, *statements))).hexdigest()[:12]
