"""Which telling of a first due figure is the baseline: the one that stood when its cut-off passed, whatever came later.

Source: docs/method.md, clause 2.2.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Telling:
    """
    One reading of one file that tells a figure.

    Attributes:
        entry: Number of its row, wherever the figure itself is kept.
        received_at: When the file came.
        recorded_at: When the reading became known.
        is_of_form: Another body's form tells it; the body's own report goes before.
        has_figure: False where the file holds none, or no longer.
    """

    entry: int
    submission_id: int
    received_at: datetime
    recorded_at: datetime
    is_of_form: bool = False
    has_figure: bool = True


@dataclass(frozen=True, slots=True)
class TakenBack:
    """A file taken back by a named person, or `is_withdrawn`: no more."""

    submission_id: int
    recorded_at: datetime
    is_withdrawn: bool = False


def frozen(tellings: Sequence[Telling], taken_back: Sequence[TakenBack], cut_off_at: datetime) -> Telling | None:
    """
    The telling that froze: of what was known when the cut-off passed, the last that had come in time.

    Nothing known then: the first that became known later, and of several that became known together the first that
    came. What is taken back after that, corrected, or slipped in with an earlier date, changes nothing.
    """
    later = {one.recorded_at for one in tellings if one.recorded_at > cut_off_at}
    for moment in (cut_off_at, *sorted(later)):
        if known := known_at(tellings, taken_back, moment):
            return _first(known, cut_off_at)
    return None


def known_at(
    tellings: Iterable[Telling], taken_back: Sequence[TakenBack], moment: datetime | None = None
) -> list[Telling]:
    """Of each file and time it came the newest reading known at a moment; without those that tell no figure."""
    newest: dict[tuple[int, datetime], Telling] = {}
    for one in sorted(tellings, key=lambda one: (one.recorded_at, one.entry)):
        if moment is None or one.recorded_at <= moment:
            newest[one.submission_id, one.received_at] = one
    gone = {
        one.submission_id: not one.is_withdrawn
        for one in sorted(taken_back, key=lambda one: one.recorded_at)
        if moment is None or one.recorded_at <= moment
    }
    return [one for one in newest.values() if one.has_figure and not gone.get(one.submission_id)]


def _first(known: Sequence[Telling], cut_off_at: datetime) -> Telling:
    own = [one for one in known if not one.is_of_form] or known
    in_time = [one for one in own if one.received_at < cut_off_at]
    return max(in_time, key=_order) if in_time else min(own, key=_order)


def _order(one: Telling) -> tuple[datetime, int]:
    return one.received_at, one.submission_id


def decided(tellings: Sequence[Telling], submission_id: int, decided_at: datetime) -> Telling | None:
    """The figure as the named file told it when a person made it the baseline; None where it does not tell it."""
    of_file = [one for one in tellings if one.submission_id == submission_id]
    return max(known_at(of_file, (), decided_at), key=_order, default=None)
