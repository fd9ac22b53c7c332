"""Worked cases of targets and attainment."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from resolution_monitor.score.rules.arrays import Floats, Texts
from resolution_monitor.score.rules.attainment import Attainment, Reading
from resolution_monitor.score.rules.attainment_level import compounded
from resolution_monitor.score.rules.kinds import attain
from resolution_monitor.score.rules.steps import binary, milestones
from resolution_monitor.score.rules.targets import (
    BAND_DIRECTION,
    DOWN,
    counted_end,
    current_target,
    dated_targets,
    ranking_target,
)
from resolution_monitor.score.worked_cases.cells import (
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
    """a, A, mode, D, e0, μ and flags; all measured kinds at once, and products in steps."""
    kinds = [_rule_of(row) for row in rows]
    result: list[Answer] = [{} for _ in rows]
    for rule, belongs in ((_measured, _is_measured), (_milestones, "milestones".__eq__), (_binary, "binary".__eq__)):
        chosen = [number for number, kind in enumerate(kinds) if belongs(kind)]
        found = rule([rows[number] for number in chosen]) if chosen else None
        for number, answer in zip(chosen, _columns(found) if found else [], strict=True):
            result[number] = answer
    return result


def _is_measured(kind: str) -> bool:
    return kind not in ("milestones", "binary")


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


def _rule_of(row: Row) -> str:
    """A range counts as a band only where the direction keeps both ends; else one end is its target."""
    kind, direction = row["kind"].strip(), row["direction"].strip()
    kind = KIND_NAMES.get(kind, kind)
    if kind == "band" and direction not in ("", BAND_DIRECTION):
        return "level"
    return "band" if kind == "level" and direction == BAND_DIRECTION else kind


def _measured(rows: Sequence[Row]) -> Attainment:
    kinds = np.array([_rule_of(row) for row in rows])
    return attain(kinds, _reading(kinds, rows))


def _reading(kinds: Texts, rows: Sequence[Row]) -> Reading:
    given = [each or {} for each in parsed(rows, "inputs_json")]
    direction = np.where(kinds == "band", BAND_DIRECTION, texts(rows, "direction"))
    low, high = values(given, "lo"), values(given, "hi")
    grown = [each if kind == "growth" else {} for kind, each in zip(kinds, given, strict=True)]
    plain = [{} if kind == "growth" else each for kind, each in zip(kinds, given, strict=True)]
    target = counted_end(direction, values(given, "VT"), low, high)
    return Reading(
        observed=np.where(kinds == "growth", _grown(grown), values(plain, "V")),
        target=target.value,
        baseline=values(given, "V0"),
        min_step=numbers(rows, "min_step"),
        sign=np.where(direction == DOWN, -1.0, 1.0),
        first_value=values(given, "first_value"),
        low=np.where(kinds == "band", target.low, low),
        high=np.where(kinds == "band", target.high, high),
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
