"""Worked cases of targets and attainment."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from resolution_monitor.method.arrays import Floats, Texts
from resolution_monitor.method.attainment import Attainment, Reading
from resolution_monitor.method.kind import BAND_DIRECTION, DOWN, Kind
from resolution_monitor.method.registry import kinds
from resolution_monitor.method.worked import WorkedRows, padded, value, values
from resolution_monitor.score.rules.steps import milestones
from resolution_monitor.score.rules.targets import counted_end, current_target, dated_targets, ranking_target
from resolution_monitor.score.worked_cases.cells import Answer, Row, answers, numbers, parsed, steps, texts

# A task in steps is no kind of indicator: nothing but its documents is reported.
_OF_TASKS = ("miles", "milestones")


def targets(rows: Sequence[Row]) -> list[Answer]:
    """VT, both ends of a band, the path of dated targets, and the revised targets."""
    direction, given = texts(rows, "direction"), [each or {} for each in parsed(rows, "target_json")]
    dated = [sorted(point for point in each.get("dated") or [] if point[1] is not None) for each in given]
    path = dated_targets(padded(dated, lambda point: value(point[1])), values(given, "V0"))
    single = values(given, "value")
    low, high = _ends(given, 0), _ends(given, 1)
    target = counted_end(direction, np.where(np.isnan(single), path.target, single), low, high)
    revisions, is_approved = _revisions(direction, [each.get("revisions") or [] for each in given])
    is_stated, versions = ~np.isnan(revisions), np.concatenate([target.value[:, None], revisions], axis=1)
    current, ranking = current_target(is_stated), ranking_target(is_stated, is_approved)
    row = np.arange(len(rows))
    return answers(
        VT=target.value,
        lo=target.low,
        hi=target.high,
        table_json=[_table(points, row) for points, row in zip(dated, path.fractions, strict=True)],
        current_VT=versions[row, current],
        ranking_VT=versions[row, ranking],
    )


def _ends(given: Sequence[dict[str, Any]], end: int) -> Floats:
    return np.array([value((each.get("range") or [None, None])[end]) for each in given], dtype=np.float64)


def _revisions(direction: Texts, lists: Sequence[list[dict[str, Any]]]) -> tuple[Floats, Any]:
    """Revised targets, each by the same rule as the original, and whether each was approved."""
    single = padded(lists, lambda revision: value(revision.get("value")))
    low = padded(lists, lambda revision: value((revision.get("range") or [None, None])[0]))
    high = padded(lists, lambda revision: value((revision.get("range") or [None, None])[1]))
    approved = padded(lists, lambda revision: float(bool(revision.get("approved")))) == 1.0
    return counted_end(direction[:, None], single, low, high).value, approved


def _table(points: Sequence[Any], fractions: Floats) -> list[Any] | None:
    known = fractions[: len(points)]
    if not points or np.isnan(known).any():
        return None
    return [[f"{year}-12-31", float(part)] for (year, _), part in zip(points, known, strict=True)]


def attainment(rows: Sequence[Row]) -> list[Answer]:
    """a, A, mode, D, e0, μ and flags; all rows of a kind at once, each kind by its own reader."""
    names = [_name_of(row) for row in rows]
    result: list[Answer] = [{} for _ in rows]
    for name in dict.fromkeys(names):
        chosen = [number for number, each in enumerate(names) if each == name]
        found = _attained(name, [rows[number] for number in chosen])
        for number, answer in zip(chosen, _columns(found), strict=True):
            result[number] = answer
    return result


def _attained(name: str, rows: Sequence[Row]) -> Attainment:
    given = [each or {} for each in parsed(rows, "inputs_json")]
    if name in _OF_TASKS:
        return milestones(steps([each.get("steps") for each in given], np.zeros(len(rows))), np.full(len(rows), np.inf))
    kind = kinds()[name]
    return kind.worked(WorkedRows(given, _reading(kind, rows, given)))


def _name_of(row: Row) -> str:
    """The kind of a row, as one of our own names: of those it may mean the one that has the row's direction."""
    written, direction = row["kind"].strip(), row["direction"].strip()
    if written in _OF_TASKS:
        return written
    meant = [kind for kind in kinds().values() if written in kind.worked_names]
    if not meant:
        raise ValueError(f"kind {written!r} is not read by any kind; known are {', '.join(kinds())}")
    fitting = [kind for kind in meant if direction in kind.directions] or meant
    return min(fitting, key=lambda kind: kind.worked_names.index(written)).name


def _columns(found: Attainment) -> list[Answer]:
    return answers(
        a_raw=found.fraction,
        A_published=found.published_pct,
        mode=found.mode,
        scale_D=found.scale,
        e0=found.floor,
        multiplier=found.multiplier,
        flags=found.flags(),
    )


def _reading(kind: Kind, rows: Sequence[Row], given: Sequence[dict[str, Any]]) -> Reading:
    direction = np.full(len(rows), BAND_DIRECTION) if kind.keeps_both_ends else texts(rows, "direction")
    low, high = values(given, "lo"), values(given, "hi")
    target = counted_end(direction, values(given, "VT"), low, high)
    return Reading.of(
        len(rows),
        target=target.value,
        baseline=values(given, "V0"),
        min_step=numbers(rows, "min_step"),
        sign=np.where(direction == DOWN, -1.0, 1.0),
        first_value=values(given, "first_value"),
        low=target.low if kind.keeps_both_ends else low,
        high=target.high if kind.keeps_both_ends else high,
        years=values(given, "n"),
    )
