"""Worked cases of targets and attainment."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from resolution_monitor.score.arrays import Floats, Texts
from resolution_monitor.score.attainment import Attainment, Reading
from resolution_monitor.score.attainment_level import compounded
from resolution_monitor.score.golden.cells import (
    Answer,
    Row,
    answers,
    numbers,
    padded,
    parsed,
    steps,
    texts,
    value,
    values,
)
from resolution_monitor.score.kinds import KINDS
from resolution_monitor.score.steps import binary, milestones
from resolution_monitor.score.targets import (
    BAND_DIRECTION,
    DOWN,
    counted_end,
    current_target,
    dated_targets,
    ranking_target,
)

# Kinds as the worked cases write them -> as the catalogue does.
KIND_NAMES = {"cum": "cumulative", "disb": "disbursement", "range": "band", "miles": "milestones"}


def targets(rows: Sequence[Row]) -> list[Answer]:
    """VT, both ends of a band, the path of dated targets, and the revised targets."""
    direction, given = texts(rows, "direction"), [each or {} for each in parsed(rows, "target_json")]
    dated = [sorted(point for point in each.get("dated") or [] if point[1] is not None) for each in given]
    path = dated_targets(padded(dated, lambda point: value(point[1])), values(given, "V0"))
    single = values(given, "value")
    low, high = _ends(given, 0), _ends(given, 1)
    target = counted_end(direction, np.where(np.isnan(single), path.target, single), low, high)
    revisions, is_approved = _revisions(direction, [each.get("revisions") or [] for each in given])
    return answers(
        VT=target.value,
        lo=target.low,
        hi=target.high,
        table_json=[_table(points, row) for points, row in zip(dated, path.fractions, strict=True)],
        current_VT=current_target(target.value, revisions),
        ranking_VT=ranking_target(target.value, revisions, is_approved),
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
    """a, A, mode, D, e0, μ and flags; all rows of a kind at once."""
    kinds = [_rule_of(row) for row in rows]
    result: list[Answer] = [{} for _ in rows]
    for kind in dict.fromkeys(kinds):
        chosen = [number for number, each in enumerate(kinds) if each == kind]
        found = _RULES[kind]([rows[number] for number in chosen])
        columns = answers(
            a_raw=found.fraction,
            A_published=found.published_pct,
            mode=found.mode,
            scale_D=found.scale,
            e0=found.floor,
            multiplier=found.multiplier,
            flags=found.flags(),
        )
        for number, answer in zip(chosen, columns, strict=True):
            result[number] = answer
    return result


def _rule_of(row: Row) -> str:
    """A range counts as a band only where the direction keeps both ends; else one end is its target."""
    kind, direction = row["kind"].strip(), row["direction"].strip()
    kind = KIND_NAMES.get(kind, kind)
    if kind == "band" and direction not in ("", BAND_DIRECTION):
        return "level"
    return "band" if kind == "level" and direction == BAND_DIRECTION else kind


def _measured(kind: str) -> Callable[[Sequence[Row]], Attainment]:
    return lambda rows: KINDS[kind](_reading(kind, rows))


def _reading(kind: str, rows: Sequence[Row]) -> Reading:
    given = [each or {} for each in parsed(rows, "inputs_json")]
    direction = np.array([BAND_DIRECTION if kind == "band" else text for text in texts(rows, "direction")])
    low, high = values(given, "lo"), values(given, "hi")
    target = counted_end(direction, values(given, "VT"), low, high)
    return Reading(
        observed=_grown(given) if kind == "growth" else values(given, "V"),
        target=target.value,
        baseline=values(given, "V0"),
        min_step=numbers(rows, "min_step"),
        sign=np.where(direction == DOWN, -1.0, 1.0),
        first_value=values(given, "first_value"),
        low=target.low if kind == "band" else low,
        high=target.high if kind == "band" else high,
        numerator=values(given, "num"),
        denominator=values(given, "den"),
        years=values(given, "n"),
    )


def _grown(given: Sequence[dict[str, Any]]) -> Floats:
    rates = [each.get("V") or [] for each in given]
    return compounded(padded(rates), np.array([float(len(each)) for each in rates]))


def _milestones(rows: Sequence[Row]) -> Attainment:
    given = [(each or {}).get("steps") for each in parsed(rows, "inputs_json")]
    return milestones(steps(given, np.zeros(len(rows))), np.full(len(rows), np.inf))


def _binary(rows: Sequence[Row]) -> Attainment:
    given = [each or {} for each in parsed(rows, "inputs_json")]
    is_done, has_evidence = (np.array([bool(each.get(key)) for each in given]) for key in ("done", "evidence"))
    return binary(is_done, has_evidence)


_RULES: dict[str, Callable[[Sequence[Row]], Attainment]] = {
    **{kind: _measured(kind) for kind in KINDS},
    "milestones": _milestones,
    "binary": _binary,
}
