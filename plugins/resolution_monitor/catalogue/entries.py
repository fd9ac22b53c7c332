"""The entries of the catalogue as frozen values."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Literal

from resolution_monitor.period import PeriodCalendar, ReportCalendar, WorkingDays
from resolution_monitor.terms import Role, Severity

BodyGroup = Literal["province", "central"]


@dataclass(frozen=True, slots=True)
class Body:
    """
    One body that reports or reported. Its `agency_id` is ours and is never used for another.

    Attributes:
        official_code: Two digits, dated: the same code may have belonged to another body before.
        valid_from, valid_to: First and last day it exists; None where our records do not begin or end it.
        aliases: Other ways its name is written.
    """

    agency_id: str
    kind: str
    block: str | None
    official_code: str | None
    name_vi: str
    short_vi: str
    name_en: str | None
    valid_from: date | None
    valid_to: date | None
    aliases: tuple[str, ...]
    source: str
    confidence: str

    @property
    def group(self) -> BodyGroup:
        return "province" if self.kind == "province" else "central"

    def exists_in(self, first: date, last: date) -> bool:
        """Whether it exists on any day from `first` to `last`."""
        return (self.valid_from is None or self.valid_from <= last) and (
            self.valid_to is None or first <= self.valid_to
        )


@dataclass(frozen=True, slots=True)
class Succession:
    """From `effective_on` the successor stands for the predecessor."""

    predecessor: str
    successor: str
    effective_on: date
    source: str
    confidence: str


@dataclass(frozen=True, slots=True)
class Indicator:
    """What is measured, in which unit, by which rule."""

    indicator_id: str
    name_vi: str
    name_en: str
    unit: str
    kind: str
    direction: str
    min_step: float
    aggregation: str
    frequency: str
    trajectory: str
    bodies: tuple[BodyGroup, ...]
    source: str
    confidence: str


@dataclass(frozen=True, slots=True)
class Form:
    """
    One layout that arrives, known by its header text.

    Attributes:
        title: Searched in the folded text above the header row.
        columns: Role of a column -> pattern its folded header must match.
        body_sections: Roman numerals of the sections whose rows are bodies; empty means every section.
        dot_groups_thousands: Whether text such as "1.234" is known to mean one thousand here.
    """

    form: str
    describes: str
    sent_by: tuple[str, ...]
    role: Role
    indicator_id: str
    bodies: BodyGroup
    covers_every_body: bool
    title: re.Pattern[str]
    columns: dict[str, re.Pattern[str]]
    total: re.Pattern[str]
    body_sections: tuple[str, ...]
    dot_groups_thousands: bool


@dataclass(frozen=True, slots=True)
class Check:
    """What a finding of this code says, and what its sender does about it."""

    check: str
    severity: Severity
    text: str
    action: str


@dataclass(frozen=True, slots=True)
class Catalogue:
    """
    Everything under catalogue/, checked; `sha256` names this very content.

    Attributes:
        abbreviations: Folded word of a body's name -> the folded words it stands for.
        calendars: Report -> its ticks.
        period_calendars: Chain of reports -> its opening, due, cut-off and briefing.
    """

    sha256: str
    abbreviations: dict[str, str]
    bodies: dict[str, Body]
    successions: tuple[Succession, ...]
    indicators: dict[str, Indicator]
    forms: dict[str, Form]
    checks: dict[str, Check]
    calendars: dict[str, ReportCalendar]
    period_calendars: dict[str, PeriodCalendar]
    working_days: WorkingDays
