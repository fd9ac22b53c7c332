"""The entries of the catalogue as rows of its tables."""

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from typing import Any

from resolution_monitor.catalogue.entries import Body, Catalogue, Indicator, Task
from resolution_monitor.catalogue.names import fold

Row = Mapping[str, Any]


def _agencies(catalogue: Catalogue) -> Iterator[Row]:
    return map(_agency, catalogue.bodies.values())


def _agency(body: Body) -> Row:
    return {
        "agency_id": body.agency_id,
        "kind": body.kind,
        "block": body.block,
        "official_code": body.official_code,
        "name_vi": body.name_vi,
        "short_vi": body.short_vi,
        "name_en": body.name_en,
        "name_norm": fold(body.name_vi),
        "valid_from": body.valid_from,
        "valid_to": body.valid_to,
        "source": body.source,
        "confidence": body.confidence,
        "parent_id": body.parent,
    }


def _successions(catalogue: Catalogue) -> Iterator[Row]:
    for step in catalogue.successions:
        yield {
            "predecessor_id": step.predecessor,
            "successor_id": step.successor,
            "effective_on": step.effective_on,
            "source": step.source,
            "confidence": step.confidence,
        }


def _groups(catalogue: Catalogue) -> Iterator[Row]:
    for group in catalogue.groups.values():
        names = ("group_id", "name_vi", "name_en", "source", "confidence")
        yield {name: getattr(group, name) for name in names}


def _members(catalogue: Catalogue) -> Iterator[Row]:
    for group in catalogue.groups.values():
        yield from ({"group_id": group.group_id, "agency_id": member} for member in group.members)


def _communes(catalogue: Catalogue) -> Iterator[Row]:
    for commune in catalogue.communes.values():
        yield {
            "commune_code": commune.code,
            "name_vi": commune.name_vi,
            "kind": commune.kind,
            "province_id": commune.province,
        }


def _resolutions(catalogue: Catalogue) -> Iterator[Row]:
    names = ("number", "issued_on", "issued_on_confidence", "title_vi", "title_en", "steering", "confidence")
    for resolution in catalogue.resolutions.values():
        yield {
            "resolution_code": resolution.code,
            "focal_agency_id": resolution.focal_agency,
            **{name: getattr(resolution, name) for name in names},
        }


def _indicators(catalogue: Catalogue) -> Iterator[Row]:
    return map(_indicator, catalogue.indicators.values())


def _indicator(indicator: Indicator) -> Row:
    names = ("indicator_id", "name_vi", "name_en", "unit", "kind", "direction", "aggregation", "frequency")
    more = ("trajectory", "source", "confidence", "publication_lag_days", "t0", "note")
    return {
        **{name: getattr(indicator, name) for name in (*names, *more)},
        "min_step": _exact(indicator.min_step),
        "resolution_code": indicator.resolution,
        "lead_id": indicator.lead,
        "bodies": ",".join(indicator.bodies),
        "weight": _exact(indicator.weight),
        "assumed": ",".join(indicator.assumed),
    }


def _targets(catalogue: Catalogue) -> Iterator[Row]:
    for indicator in catalogue.indicators.values():
        for target in indicator.targets:
            ends = {name: getattr(target, name) for name in ("year", "operator", "value", "low", "high")}
            yield {"indicator_id": indicator.indicator_id, **ends}


def _revisions(catalogue: Catalogue) -> Iterator[Row]:
    for indicator in catalogue.indicators.values():
        for revision in indicator.revisions:
            names = ("revised_on", "document", "approved_by", "is_approved")
            stated = {name: getattr(revision, name) for name in names}
            for target in revision.targets:
                ends = {name: getattr(target, name) for name in ("year", "operator", "value", "low", "high")}
                yield {"indicator_id": indicator.indicator_id, **stated, **ends}


def _baselines(catalogue: Catalogue) -> Iterator[Row]:
    for indicator in catalogue.indicators.values():
        if indicator.baseline is not None:
            names = ("value", "as_at", "source", "confidence")
            yield {
                "indicator_id": indicator.indicator_id,
                **{name: getattr(indicator.baseline, name) for name in names},
            }


def _tasks(catalogue: Catalogue) -> Iterator[Row]:
    return map(_task, catalogue.tasks.values())


def _task(task: Task) -> Row:
    names = ("task_id", "name_vi", "name_en", "due_on", "is_due_assumed", "product", "note", "source", "confidence")
    return {
        **{name: getattr(task, name) for name in names},
        "resolution_code": task.resolution,
        "parent_id": task.parent,
        "lead_group_id": task.lead_group,
        "coordinating_as_written": "; ".join(task.coordinating_as_written),
        "weight": _exact(task.weight),
        "assumed": ",".join(task.assumed),
    }


def _assignments(catalogue: Catalogue) -> Iterator[Row]:
    for task in catalogue.tasks.values():
        if task.lead is not None:
            yield {"task_id": task.task_id, "agency_id": task.lead, "role": "lead"}
        for agency_id in task.coordinating:
            yield {"task_id": task.task_id, "agency_id": agency_id, "role": "coordinating"}


def _exact(value: float) -> Decimal:
    """The number as it is written, which is how a numeric column gives it back."""
    return Decimal(str(value))


# Each table -> its rows as the catalogue has them now; store/grains.py names their keys.
TABLES: Mapping[str, Callable[[Catalogue], Iterator[Row]]] = {
    "agency": _agencies,
    "agency_succession": _successions,
    "agency_group": _groups,
    "agency_group_member": _members,
    "commune": _communes,
    "resolution": _resolutions,
    "indicator": _indicators,
    "indicator_target": _targets,
    "indicator_target_revision": _revisions,
    "indicator_baseline": _baselines,
    "task": _tasks,
    "assignment": _assignments,
}
