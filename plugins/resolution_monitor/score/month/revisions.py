"""Revised targets of indicators: which of them is asked now, which of them scores are held against, and what is told.

Source: docs/method.md, clause 2.1, revisions. Days are day numbers; NaN is null.
"""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from resolution_monitor.catalogue.entries import Indicator, Revision, Target
from resolution_monitor.catalogue.target_text import targets_text
from resolution_monitor.method.arrays import Flags, Floats, Whole
from resolution_monitor.method.kind import BAND_DIRECTION, DOWN
from resolution_monitor.score.month.rows import objects
from resolution_monitor.score.rules.targets import current_target, is_lowered_twice, is_revised_late, ranking_target

REVISED_LATE, LOWERED_TWICE = "REVISED_LATE", "LOWERED_TWICE"
REVISION_FLAGS = (LOWERED_TWICE, REVISED_LATE)
REVISION_COLUMNS = ("target_original", "target_current", "revised_on", "ranking_since")


def ranking_targets(indicators: Sequence[Indicator]) -> list[tuple[Target, ...]]:
    """What each indicator is held against: as the resolution wrote it, unless its issuer approved a revision."""
    return _chosen(indicators, ranking_target(_stated(indicators), _approved(indicators)))


def current_targets(indicators: Sequence[Indicator]) -> list[tuple[Target, ...]]:
    """What each indicator is asked for now, approved by its issuer or not."""
    return _chosen(indicators, current_target(_stated(indicators)))


def revision_columns(indicators: Sequence[Indicator], entry: Whole) -> dict[str, Any]:
    """
    The columns of assignments that tell of revisions; None throughout where there never was one.

    Args:
        entry: The place of each assignment's indicator.
    """
    current, ranking = current_targets(indicators), ranking_target(_stated(indicators), _approved(indicators))
    told = [
        _told(one, targets, number) if one.revisions else {}
        for one, targets, number in zip(indicators, current, ranking.tolist(), strict=True)
    ]
    return {name: objects(each.get(name) for each in told)[entry] for name in REVISION_COLUMNS}


def _told(indicator: Indicator, current: Sequence[Target], ranking: int) -> dict[str, Any]:
    return {
        "target_original": targets_text(indicator.targets),
        "target_current": targets_text(current),
        "revised_on": indicator.revisions[-1].revised_on,
        "ranking_since": indicator.revisions[ranking - 1].revised_on if ranking else None,
    }


def revision_flags(indicators: Sequence[Indicator], entry: Whole, start_day: Floats) -> list[str]:
    """
    REVISED_LATE and LOWERED_TWICE of each assignment, joined by "|"; "" where neither holds.

    Args:
        entry: The place of each assignment's indicator.
        start_day: t0 of each assignment.
    """
    if not any(one.revisions for one in indicators):
        return [""] * len(entry)
    sign = np.array([1.0 if one.direction not in (DOWN, BAND_DIRECTION) else -1.0 for one in indicators])
    original = np.array([_size(one.direction, one.targets) for one in indicators], dtype=np.float64)
    revised = _padded(indicators, lambda one, revision: _size(one.direction, revision.targets))
    is_lowered = is_lowered_twice(original, revised, sign)[entry]
    revised_day = _padded(indicators, lambda _, revision: float(revision.revised_on.toordinal()))[entry]
    due_day = np.array([_last_day(one.targets) for one in indicators], dtype=np.float64)[entry]
    # What is due before it starts has no share of time; the rules tell of it otherwise.
    whole = np.where(due_day > start_day, due_day - start_day, np.nan)
    is_late = is_revised_late((revised_day - start_day[:, None]) / whole[:, None])
    pairs = zip(is_lowered.tolist(), is_late.tolist(), strict=True)
    return ["|".join(name for name, held in zip(REVISION_FLAGS, pair, strict=True) if held) for pair in pairs]


def _chosen(indicators: Sequence[Indicator], numbers: Whole) -> list[tuple[Target, ...]]:
    """The targets of these numbers; 0 is the original, 1 the first revision."""
    return [
        one.revisions[number - 1].targets if number else one.targets
        for one, number in zip(indicators, numbers.tolist(), strict=True)
    ]


def _stated(indicators: Sequence[Indicator]) -> Flags:
    return np.asarray(_padded(indicators, lambda _one, _revision: 1.0) == 1.0)


def _approved(indicators: Sequence[Indicator]) -> Flags:
    return np.asarray(_padded(indicators, lambda _, revision: float(revision.is_approved)) == 1.0)


def _padded(indicators: Sequence[Indicator], part: Callable[[Indicator, Revision], float]) -> Floats:
    """One line per indicator, one column per revision in order of time; NaN after the last."""
    width = max((len(one.revisions) for one in indicators), default=0)
    padded = np.full((len(indicators), width), np.nan)
    for line, one in enumerate(indicators):
        for column, revision in enumerate(one.revisions):
            padded[line, column] = part(one, revision)
    return padded


def _size(direction: str, targets: Sequence[Target]) -> float:
    """What the last target asks for: its value; of a band its width, for a wider band is easier to stay in."""
    last = max(targets, key=lambda target: target.year, default=None)
    if last is None:
        return np.nan
    if direction == BAND_DIRECTION:
        return float((last.high or 0) - (last.low or 0))
    planned = last.planned(direction)
    return np.nan if planned is None else float(planned)


def _last_day(targets: Sequence[Target]) -> float:
    return max((float(target.due_on.toordinal()) for target in targets), default=np.nan)
