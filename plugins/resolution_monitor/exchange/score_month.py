"""A body's month of scores as values, ready to become a workbook."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from resolution_monitor.catalogue.entries import Body, RuleSetting
from resolution_monitor.period import Period
from resolution_monitor.score.formulas.explained import Explained


@dataclass(frozen=True, slots=True)
class ScoredAssignment:
    """
    One indicator or task that the body leads or helps.

    Attributes:
        assignment: Its row of the assignments, as production scores it.
        parent_id, parent_weight: Of the task that it is a part of: its parts share that weight; None, 0 of others.
        source: file_name, sender_id, received_at, sheet, cell and raw_text of what counts; empty where nothing does.
    """

    name_vi: str
    unit: str
    is_lead: bool
    assignment: Mapping[str, Any]
    explained: Explained
    source: Mapping[str, Any]
    parent_id: str | None = None
    parent_weight: float = 0.0


@dataclass(frozen=True, slots=True)
class ReportDue:
    """A periodic report due in the window; `submitted_on` is None while none has come."""

    period_end: date
    cut_off_on: date
    submitted_on: date | None
    known_on: date


@dataclass(frozen=True, slots=True)
class ScoredMonth:
    """
    Everything the workbook says.

    Attributes:
        node: The body's row of the nodes, as production scores it.
        settings: Of the rules, in force when the period is scored.
    """

    body: Body
    period: Period
    known_at: datetime
    rules_version: str
    catalogue_sha256: str
    assignments: Sequence[ScoredAssignment]
    reports: Sequence[ReportDue]
    settings: Sequence[RuleSetting]
    node: Mapping[str, Any]
    is_demonstration: bool
