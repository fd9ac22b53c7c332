"""What changed in the answers of a body: which value gave way to which, replayed in the order it became known."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from resolution_monitor.ledger.items import REPORT_ID

ItemKey = tuple[str, str]


class ChangeKind(StrEnum):
    """Why another value stands."""

    CORRECTED = "corrected"  # a later file holds the item
    RETRACTED = "retracted"  # somebody took the answer back
    RESTORED = "restored"  # somebody took that decision back
    READ_AGAIN = "read_again"  # the same file, read under another catalogue


@dataclass(frozen=True, slots=True)
class Answer:
    """
    What one submission says of one item, in one reading.

    Attributes:
        said: What makes two answers differ; for people it is written elsewhere.
        place: Sheet and cell.
    """

    submission_id: int
    file_name: str
    received_at: datetime
    said: tuple[Any, ...]
    place: tuple[str, str]


@dataclass(frozen=True, slots=True)
class Event:
    """
    One thing that became known of an item.

    Attributes:
        answer: What a reading holds; None where it holds the item no more, or for a decision.
        is_retracted: Of a decision whether the submission's answer is taken back; None for a reading.
    """

    recorded_at: datetime
    submission_id: int
    answer: Answer | None = None
    is_retracted: bool | None = None
    is_whole: bool = False
    reason: str = ""
    author: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """One answer that gave way to another; None where there was, or is, none."""

    item: ItemKey
    kind: ChangeKind
    changed_at: datetime
    old: Answer | None
    new: Answer | None
    reason: str
    author: str


@dataclass(slots=True)
class _Held:
    """What is known of one item so far."""

    answers: dict[int, Answer] = field(default_factory=dict)
    taken_back: set[tuple[int, bool]] = field(default_factory=set)

    def standing(self) -> Answer | None:
        """The latest received of those that nobody took back, as standing_answer of the database has it."""
        left = [
            answer for number, answer in self.answers.items() if not {(number, True), (number, False)} & self.taken_back
        ]
        return max(left, key=lambda answer: (answer.received_at, answer.submission_id), default=None)

    def take(self, event: Event) -> None:
        if event.is_retracted is not None:
            mark = (event.submission_id, event.is_whole)
            (self.taken_back.add if event.is_retracted else self.taken_back.discard)(mark)
        elif event.answer is None:
            self.answers.pop(event.submission_id, None)
        else:
            self.answers[event.submission_id] = event.answer


def changes_of(item: ItemKey, events: Iterable[Event]) -> list[Change]:
    """
    Every change of the answer that stands; the first answer of all is none.

    Args:
        events: Of this item, in the order they became known, of equals in order of receipt.
    """
    held, found, was_answered = _Held(), list[Change](), False
    for event in events:
        old = held.standing()
        held.take(event)
        new = held.standing()
        was_answered = was_answered or old is not None
        if was_answered and _said(old) != _said(new):
            kind = _kind(event, old, new)
            found.append(Change(item, kind, event.recorded_at, old, new, event.reason, event.author))
    return found


def _said(answer: Answer | None) -> tuple[Any, ...] | None:
    return answer.said if answer else None


def _kind(event: Event, old: Answer | None, new: Answer | None) -> ChangeKind:
    if event.is_retracted is not None:
        return ChangeKind.RETRACTED if event.is_retracted else ChangeKind.RESTORED
    before, after = (answer.submission_id if answer else None for answer in (old, new))
    is_same_file = event.answer is None or before == after
    return ChangeKind.READ_AGAIN if is_same_file else ChangeKind.CORRECTED


def events_by_item(
    versions: Sequence[Mapping[str, Any]], decisions: Sequence[Mapping[str, Any]]
) -> dict[ItemKey, list[Event]]:
    """
    The events of each item that was ever answered, in the order they became known.

    Args:
        versions: Rows of versions_of_body.
        decisions: Rows of decisions_on_submissions; one about the report concerns every item of its submission.
    """
    found: dict[ItemKey, list[tuple[tuple[Any, ...], Event]]] = {}
    for row in versions:
        event = Event(row["recorded_at"], row["submission_id"], None if row["is_retraction"] else _answer(row))
        order = (row["recorded_at"], row["received_at"], row["submission_id"])
        found.setdefault((row["item_kind"], row["item_id"]), []).append((order, event))
    for row in decisions:
        event = _decision(row)
        for item, events in found.items():
            if event.is_whole or item == (row["item_kind"], row["item_id"]):
                # No load has the time of a decision: only the first part of the order is ever compared.
                events.append(((row["recorded_at"], row["recorded_at"], row["submission_id"]), event))
    return {item: [event for _, event in sorted(events, key=lambda pair: pair[0])] for item, events in found.items()}


def _decision(row: Mapping[str, Any]) -> Event:
    return Event(
        recorded_at=row["recorded_at"],
        submission_id=row["submission_id"],
        is_retracted=not row["is_withdrawn"],
        is_whole=row["item_id"] == REPORT_ID,
        reason=row["reason"],
        author=row["author"],
    )


def _answer(row: Mapping[str, Any]) -> Answer:
    return Answer(
        submission_id=row["submission_id"],
        file_name=row["file_name"],
        received_at=row["received_at"],
        said=tuple(row[name] for name in ("state", "value", "done_on", "product", "note")),
        place=(row["sheet"], row["cell"]),
    )
