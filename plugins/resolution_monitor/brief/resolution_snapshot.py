"""All that a report on resolutions may see, frozen and hashed before the first number is formatted."""

from dataclasses import dataclass, field
from datetime import datetime

import pandas

from resolution_monitor.brief.briefing import content_sha256
from resolution_monitor.catalogue.entries import Catalogue
from resolution_monitor.period import Period

# Numbers that a database gave and another would give otherwise.
_GIVEN = ("submission_id", "finding_id", "task_report_id", "obstacle_id", "request_id", "observation_id")


@dataclass(frozen=True, slots=True)
class Standing:
    """
    Where everything stood at one edition, as known at its tick.

    Attributes:
        leaves: One row per resolution, task or indicator and body (score of trees).
        nodes: One row per node of the trees: node_kind, node_id, low, high, share_without_data, colour, state.
        obligations: What was owed for the period, with state, due_at and received_at (ledger.states).
    """

    period: Period
    leaves: pandas.DataFrame
    nodes: pandas.DataFrame
    obligations: pandas.DataFrame


@dataclass(frozen=True, slots=True)
class ResolutionSnapshot:
    """
    One period as known at the tick of its edition.

    Attributes:
        now: Of the period.
        before: Of the edition before; None when this is the first.
        reports: Monthly reports of the last periods, this one included: agency_id, period_name, period_end, state.
        obstacles, requests: Those that stand: agency_id, number, task_id, kind, text, the body that is to remove or
            decide, and the cell; a bulletin also needs `received_at`.
        findings: As ask.findings gives them, with received_at.
        submissions: One row per file: sender_id, file_name, sha256, state, received_at, is_demonstration.
        cells: Where the newest value or task report of a leaf stands: agency_id, item_id, file_name, sheet, cell,
            sha256.
        daily: Values of daily indicators of this day and the day before: agency_id, indicator_id, period_end, value,
            numerator, denominator, file_name, sheet, cell, sha256.
    """

    catalogue: Catalogue
    period: Period
    as_of: datetime
    now: Standing
    before: Standing | None
    reports: pandas.DataFrame
    obstacles: pandas.DataFrame
    requests: pandas.DataFrame
    findings: pandas.DataFrame
    submissions: pandas.DataFrame
    cells: pandas.DataFrame
    daily: pandas.DataFrame = field(default_factory=pandas.DataFrame)

    @property
    def is_demonstration(self) -> bool:
        """Whether any file behind it is made up."""
        return bool(self.submissions["is_demonstration"].astype(bool).any())

    @property
    def sha256(self) -> str:
        """Of what is said, not of when it was loaded: the same files give the same hash on any machine."""
        frames = {name: getattr(self, name) for name in _FRAMES}
        for name, standing in (("now", self.now), ("before", self.before)):
            parts = ("leaves", "nodes", "obligations") if standing else ()
            frames |= {f"{name}_{part}": getattr(standing, part) for part in parts}
        content = {name: _plain(frame) for name, frame in frames.items()}
        named = {"catalogue": self.catalogue.sha256, "period": self.period.name, "as_of": self.as_of.isoformat()}
        return content_sha256({**named, **content})


_FRAMES = ("reports", "obstacles", "requests", "findings", "submissions", "cells", "daily")


def _plain(frame: pandas.DataFrame) -> object:
    kept = frame.drop(columns=[column for column in _GIVEN if column in frame])
    return kept.astype(str).to_dict("records")
