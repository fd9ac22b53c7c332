"""Resolutions and their indicators held against bodies, dates and their own directions."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import fields
from typing import get_args

from resolution_monitor.catalogue.entries import AUTHORITIES, BodyGroup, Catalogue, Indicator, Target
from resolution_monitor.method.kind import Kind
from resolution_monitor.method.registry import kinds

_UPWARD, _DOWNWARD = (">=", ">"), ("<=", "<")
_FIELDS = {field.name for field in fields(Indicator)}
_AUTHORITIES = ", ".join(AUTHORITIES)


def file_of(resolution: str) -> str:
    """The file of a resolution as messages name it."""
    return f"catalogue/resolutions/NQ{resolution}.yaml"


def problems_of_indicators(catalogue: Catalogue) -> Iterator[str]:
    """Every contradiction of a resolution or an indicator."""
    for code, resolution in catalogue.resolutions.items():
        if resolution.focal_agency not in catalogue.bodies:
            yield (
                f"{file_of(code)}: entry {code!r}: focal_agency {resolution.focal_agency!r} is unknown; use an "
                "agency_id of bodies/"
            )
        if resolution.issued_by not in AUTHORITIES:
            yield f"{file_of(code)}: entry {code!r}: issued_by {resolution.issued_by!r}; use one of {_AUTHORITIES}"
    for indicator in catalogue.indicators.values():
        found = [*_of_reporters(catalogue, indicator), *_of_fields(indicator)]
        found += [*_of_targets(indicator, indicator.targets), *_of_revisions(catalogue, indicator)]
        yield from (f"{_file(indicator)}: entry {indicator.indicator_id!r}: {problem}" for problem in found)
    yield from _of_weights(catalogue)


def _file(indicator: Indicator) -> str:
    if indicator.resolution is not None:
        return file_of(indicator.resolution)
    return f"catalogue/{'daily_indicators' if indicator.frequency == 'day' else 'indicators'}.yaml"


def _of_reporters(catalogue: Catalogue, indicator: Indicator) -> Iterator[str]:
    if indicator.lead is not None and indicator.lead not in catalogue.reporting_bodies:
        yield f"lead {indicator.lead!r} is not among the bodies that report; use one agency_id of bodies/"
    if (indicator.lead is None) == (not indicator.bodies):
        yield "needs either a lead or bodies, not both; name who reports it"
    if indicator.bodies and not catalogue.reporters_of(indicator):
        yield f"bodies {', '.join(indicator.bodies)} have no member; name somebody who reports it"
    for name in indicator.bodies:
        if name not in catalogue.groups and name not in get_args(BodyGroup):
            yield f"bodies {name!r} is unknown; use a group_id of bodies/groups.yaml"


def _of_fields(indicator: Indicator) -> Iterator[str]:
    code = indicator.resolution
    if code is not None and not indicator.indicator_id.startswith(f"{code}."):
        yield f"stands in the file of resolution {code}; move it or correct its indicator_id"
    for name in indicator.assumed:
        if name not in _FIELDS:
            yield f"assumed names {name!r}, which is no field of an indicator; correct it"
    yield from _of_kind(indicator, kinds()[indicator.kind])
    if indicator.targets and indicator.t0 is None:
        yield "has targets but no t0; write the day from which they count"


def _of_kind(indicator: Indicator, kind: Kind) -> Iterator[str]:
    """What the record of its kind says of direction, unit and frequency."""
    name = f"kind {kind.name!r}"
    if indicator.direction not in kind.directions:
        known = " or ".join(kind.directions)
        yield f"{name} with direction {indicator.direction!r}: its direction is {known}; correct one"
    if kind.unit is not None and indicator.unit != kind.unit:
        yield f"{name} in unit {indicator.unit!r}; write {kind.unit!r} or another kind"
    if kind.frequencies is not None and indicator.frequency not in kind.frequencies:
        yield f"{name} by the {indicator.frequency}; its figures are by the {' or '.join(kind.frequencies)}"


def _of_targets(indicator: Indicator, targets: Sequence[Target]) -> Iterator[str]:
    years = [target.year for target in targets]
    if years != sorted(set(years)):
        yield f"targets stand in the order {years}; write one a year, earliest first"
    for target in targets:
        yield from _of_target(indicator, target)


def _of_revisions(catalogue: Catalogue, indicator: Indicator) -> Iterator[str]:
    days = [one.revised_on for one in indicator.revisions]
    if days != sorted(set(days)):
        told = [day.isoformat() for day in days]
        yield f"revisions stand in the order {told}; write one a day, earliest first"
    for one in indicator.revisions:
        place = f"revision of {one.revised_on}"
        if indicator.t0 is not None and one.revised_on <= indicator.t0:
            yield f"{place} is not after the start on {indicator.t0}; correct revised_on or the targets themselves"
        if one.approved_by not in (*AUTHORITIES, *catalogue.bodies):
            yield f"{place}: approved_by {one.approved_by!r} is unknown; use an agency_id or one of {_AUTHORITIES}"
        yield from (f"{place}: {problem}" for problem in _of_targets(indicator, one.targets))


def _of_target(indicator: Indicator, target: Target) -> Iterator[str]:
    if indicator.baseline is not None and target.due_on <= indicator.baseline.as_at:
        yield f"target of {target.year} is not after the baseline of {indicator.baseline.as_at}; correct one"
    if indicator.t0 is not None and target.due_on <= indicator.t0:
        yield f"target of {target.year} is due before its path starts on {indicator.t0}; correct year or t0"
    yield from _of_operator(target)
    if indicator.direction == "up" and target.operator in _DOWNWARD:
        yield f"target of {target.year} reads {target.operator} but the direction is up; correct one"
    if indicator.direction == "down" and target.operator in _UPWARD:
        yield f"target of {target.year} reads {target.operator} but the direction is down; correct one"
    if indicator.direction == "band" and target.operator in (*_UPWARD, *_DOWNWARD):
        yield f"target of {target.year} reads {target.operator} but the direction is band; write a range"


def _of_operator(target: Target) -> Iterator[str]:
    is_range = target.operator == "range"
    ends = (target.low, target.high)
    if is_range != (None not in ends) or is_range == (target.value is not None) or (not is_range and any(ends)):
        yield f"target of {target.year}: a range has low and high, every other operator has value; correct it"
    elif target.low is not None and target.high is not None and target.low >= target.high:
        yield f"target of {target.year} runs from {target.low} to {target.high}; write the smaller number as low"


def _of_weights(catalogue: Catalogue) -> Iterator[str]:
    weights: dict[str, list[float]] = defaultdict(list)
    for indicator in catalogue.indicators.values():
        if indicator.weight < 0:
            yield (
                f"{_file(indicator)}: entry {indicator.indicator_id!r}: weight {indicator.weight} is below zero; "
                "write zero or more"
            )
        if indicator.resolution is not None:
            weights[indicator.resolution].append(indicator.weight)
    for code, all_weights in weights.items():
        if not any(weight > 0 for weight in all_weights):
            yield f"{file_of(code)}: entry {code!r}: no indicator has a weight above zero; give at least one"
