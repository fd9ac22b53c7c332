"""What gives way to what: events of one item, and the changes they make."""

from datetime import UTC, datetime

import pytest

from resolution_monitor.ledger.corrections import Answer, Event, changes_of

ITEM = ("indicator", "57.01")


def at(day: int) -> datetime:
    return datetime(2026, 11, day, tzinfo=UTC)


def told(submission: int, said: str, *, known: int, received: int | None = None) -> Event:
    answer = Answer(submission, "a.xlsx", at(received or submission), (said,), ("Chỉ tiêu", "G6"))
    return Event(at(known), submission, answer)


def taken(submission: int, known: int, *, back: bool = True, whole: bool = False) -> Event:
    return Event(at(known), submission, is_retracted=back, is_whole=whole, reason="x", author="An")


@pytest.mark.parametrize(
    ("events", "changes"),
    [
        ([told(1, "90", known=1)], []),  # the first answer is no change
        ([told(1, "90", known=1), told(2, "95", known=2)], [("corrected", "90", "95")]),
        ([told(1, "90", known=1), told(2, "90", known=2)], []),  # said again
        ([told(2, "95", known=1), told(1, "90", known=2)], []),  # the older file was loaded later
        ([told(1, "90", known=1), told(1, "91", known=2)], [("read_again", "90", "91")]),
        ([told(1, "90", known=1), Event(at(2), 1)], [("read_again", "90", None)]),  # its row waits now
        ([told(1, "90", known=1), taken(1, 2)], [("retracted", "90", None)]),
        (
            [told(1, "90", known=1), told(2, "95", known=2), taken(2, 3), taken(2, 4, back=False)],
            [("corrected", "90", "95"), ("retracted", "95", "90"), ("restored", "90", "95")],
        ),
        (
            [told(1, "90", known=1), taken(1, 2), taken(1, 3, whole=True), taken(1, 4, back=False)],
            [("retracted", "90", None)],  # all of it is still taken back
        ),
        (
            [told(1, "90", known=1), taken(1, 2), told(2, "95", known=3)],
            [("retracted", "90", None), ("corrected", None, "95")],
        ),
        ([told(1, "90", known=1), taken(1, 2), told(1, "91", known=3)], [("retracted", "90", None)]),
    ],
)
def test_changes(events: list[Event], changes: list[tuple[str, str | None, str | None]]):
    """
    The latest received of those nobody took back stands; every other value that comes to stand is a change.
    """
    found = [
        (one.kind.value, one.old.said[0] if one.old else None, one.new.said[0] if one.new else None)
        for one in changes_of(ITEM, events)
    ]

    assert changes == found
