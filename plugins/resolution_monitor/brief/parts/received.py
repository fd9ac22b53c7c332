"""What of the reports owed came, by body: on time, late, missing; and for how many periods in a row none came."""

from collections.abc import Iterable
from dataclasses import dataclass, field

import pandas

from resolution_monitor.brief.snapshot import records
from resolution_monitor.ledger.states import ObligationState

_IN_PART = ObligationState.ACCEPTED_IN_PART.value
_ON_TIME = ObligationState.RECEIVED_ON_TIME.value
_LATE = ObligationState.LATE.value
# What was refused was not received.
NOT_RECEIVED = (ObligationState.MISSING.value, ObligationState.REJECTED.value)


@dataclass(slots=True)
class Received:
    """agency_ids by what came; those that owe nothing yet, or were let off, are in none."""

    on_time: list[str] = field(default_factory=list)
    late: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)

    @property
    def owed(self) -> list[str]:
        return [*self.on_time, *self.late, *self.missing]

    @property
    def on_time_pct(self) -> float | None:
        return 100.0 * len(self.on_time) / len(self.owed) if self.owed else None

    @property
    def received_pct(self) -> float | None:
        return 100.0 * (len(self.on_time) + len(self.late)) / len(self.owed) if self.owed else None


def received(obligations: pandas.DataFrame, agency_ids: Iterable[str] | None = None) -> Received:
    """
    Bodies by the worst of what they owe: one late item makes a body late, one that did not come makes it missing.

    Args:
        agency_ids: Only these; None takes all.
    """
    wanted = None if agency_ids is None else set(agency_ids)
    worst: dict[str, int] = {}
    for row in records(obligations):
        rank = _rank(row["state"], row["received_at"], row["due_at"])
        if rank is not None and (wanted is None or row["agency_id"] in wanted):
            worst[row["agency_id"]] = max(rank, worst.get(row["agency_id"], 0))
    result = Received()
    for agency_id in sorted(worst):
        (result.on_time, result.late, result.missing)[worst[agency_id]].append(agency_id)
    return result


def _rank(state: str, received_at: pandas.Timestamp, due_at: pandas.Timestamp) -> int | None:
    if state in NOT_RECEIVED:
        return 2
    if state == _LATE or (state == _IN_PART and received_at > due_at):
        return 1
    return 0 if state in (_ON_TIME, _IN_PART) else None


def periods_missing(reports: pandas.DataFrame) -> dict[str, int]:
    """
    For how many periods in a row, up to the newest, nothing was received; bodies whose newest came are left out.

    Args:
        reports: agency_id, period_end, state; periods that were waived or owed nothing break no row.
    """
    rows: dict[str, int] = {}
    ended: set[str] = set()
    for row in records(reports.sort_values("period_end", ascending=False, kind="stable")):
        agency_id, state = row["agency_id"], row["state"]
        if state in NOT_RECEIVED and agency_id not in ended:
            rows[agency_id] = rows.get(agency_id, 0) + 1
        elif state in (_ON_TIME, _LATE, _IN_PART):
            ended.add(agency_id)
    return rows
