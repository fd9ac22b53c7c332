"""Submissions in pieces for the processes that read them: what is held against each other is read by one."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from resolution_monitor.catalogue.entries import Catalogue
from resolution_monitor.normalise.checks.peers import FEWEST_PEERS, is_compared
from resolution_monitor.terms import Submission

# So many are handed to a process at a time: enough that handing over costs nothing beside reading.
FILES_A_PIECE = 25
# Who is compared with others, and by figures of which kinds of period.
Compared = dict[str, set[str]]


@dataclass(frozen=True, slots=True)
class Piece:
    """
    Files that one process reads, in order.

    Attributes:
        is_compared: Of bodies whose figures are held against each other: one process reads all such pieces.
    """

    files: list[Submission]
    is_compared: bool = False


def compared_bodies(catalogue: Catalogue) -> Compared:
    """Bodies that report a share which so many others report that a figure can be held against theirs."""
    found: Compared = {}
    for then in (catalogue, *map(catalogue.at, catalogue.begins)):
        for indicator in filter(is_compared, then.indicators.values()):
            bodies = then.reporters_of(indicator)
            for agency_id in bodies if len(bodies) > FEWEST_PEERS else ():
                found.setdefault(agency_id, set()).add(then.period_calendars[indicator.frequency].period_kind)
    return found


def pieces_of(submissions: Sequence[Submission], compared: Compared) -> Iterator[Piece]:
    """
    Every file in one piece, by turns of both kinds.

    Files of one sender are read by one process in their order: the later ones are held against the earlier. Those of
    bodies that are compared are read in the order in which they came, whoever sent them.
    """
    held = [one for one in submissions if one.sender_id in compared]
    together = sorted(held, key=lambda one: (one.received_at, one.submission_id))
    others = _by_sender([one for one in submissions if one.sender_id not in compared])
    parts = (together[start : start + FILES_A_PIECE] for start in range(0, len(together), FILES_A_PIECE))
    for part, other in zip_longest(parts, others):
        yield from [Piece(part, is_compared=True)] if part else []
        yield from [Piece(other)] if other else []


def _by_sender(submissions: Sequence[Submission]) -> Iterator[list[Submission]]:
    by_sender: dict[str, list[Submission]] = {}
    for submission in submissions:
        by_sender.setdefault(submission.sender_id, []).append(submission)
    piece: list[Submission] = []
    for files in by_sender.values():
        piece += files
        if len(piece) >= FILES_A_PIECE:
            yield piece
            piece = []
    if piece:
        yield piece
