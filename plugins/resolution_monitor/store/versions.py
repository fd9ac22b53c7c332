"""Tables whose rows are versions: what is new or changed is appended, what ended is marked, nothing is overwritten."""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from resolution_monitor.store import queries
from resolution_monitor.store.bulk import copy_lines, lines_of
from resolution_monitor.store.grains import GRAINS
from resolution_monitor.store.load_step import LoadStep


def version_lines(table: str, rows: Iterable[Mapping[str, Any]]) -> str:
    """Versions by column as merge and append take them."""
    columns = GRAINS[table].columns
    return lines_of([row[column] for column in columns] for row in rows)


def merge(step: LoadStep, table: str, lines: str, **within: Sequence[Any]) -> int:
    """
    Append the versions that are new or changed, and end those that are not among them any more.

    Args:
        lines: All that holds now, of what is named.
        within: What the lines are about, by plural of the column that the table is merged within.

    Returns:
        How many rows were appended.
    """
    return _staged(step, f"merge/{table}", table, lines, within)


def append(step: LoadStep, table: str, lines: str) -> int:
    """Append versions, each unless the newest of its key says the same; the number of rows appended."""
    return _staged(step, f"append/{table}", table, lines, {})


def _staged(step: LoadStep, statement: str, table: str, lines: str, within: Mapping[str, Sequence[Any]]) -> int:
    queries.execute(step.database, step.connection, f"versions/stage/{table}")
    copy_lines(step.connection, f"staged_{table}", GRAINS[table].columns, lines)
    changed = step.execute(f"versions/{statement}", **within)
    queries.execute(step.database, step.connection, f"versions/unstage/{table}")
    return changed


def decide(
    step: LoadStep, table: str, decision: Mapping[str, Any], *, act: str, about: Sequence[str], why: str
) -> bool:
    """
    Note what a person decided and tell the journal, unless the newest decision on the matter says the same.

    Args:
        act: What the author did, as the journal names it.
        about: Columns of the decision that tell the journal what was decided on.
        why: The column that holds the reason.

    Returns:
        Whether it was new.
    """
    is_new = append(step, table, version_lines(table, [decision])) > 0
    if is_new:
        subject = {column: decision[column] for column in about}
        tell_journal(step, act, subject, author=decision["author"], reason=decision[why])
    return is_new


def tell_journal(step: LoadStep, act: str, subject: Mapping[str, Any], *, author: str, reason: str) -> None:
    """Note who did what to what and why."""
    written = json.dumps(subject, ensure_ascii=False, default=str)
    step.execute("ledger/insert_journal", author=author, action=act, subject=written, reason=reason)
