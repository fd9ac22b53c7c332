"""The entries of the catalogue as frozen values."""

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Literal

from resolution_monitor.catalogue.form_entries import Form, FormLine
from resolution_monitor.catalogue.resolution_entries import (
    AUTHORITIES,
    POLITBURO,
    Baseline,
    Indicator,
    Resolution,
    Revision,
    Target,
    Task,
)
from resolution_monitor.catalogue.rule_entries import PeerGroup, RuleSetting
from resolution_monitor.catalogue.screen_entries import Screen, Screening
from resolution_monitor.period import PeriodCalendar, ReportCalendar, WorkingDays
from resolution_monitor.terms import Severity

# The body of figures that belong to the whole state.
NATION_ID = "VN"

__all__ = [
    "AUTHORITIES",
    "NATION_ID",
    "POLITBURO",
    "Baseline",
    "Block",
    "Body",
    "BodyGroup",
    "Catalogue",
    "Check",
    "Commune",
    "Form",
    "FormLine",
    "Group",
    "Indicator",
    "PeerGroup",
    "Resolution",
    "Revision",
    "RuleSetting",
    "Screen",
    "Screening",
    "Succession",
    "Target",
    "Task",
]

BodyGroup = Literal["province", "central", "province_body", "nation"]


@dataclass(frozen=True, slots=True)
class Body:
    """
    One body that reports or reported. Its `agency_id` is ours and is never used for another.

    Attributes:
        official_code: Two digits, dated: the same code may have belonged to another body before.
        valid_from, valid_to: First and last day it exists; None where our records do not begin or end it.
        aliases: Other ways its name is written.
        parent: The province a `province_body` belongs to; None for every other kind.
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
    parent: str | None = None

    @property
    def group(self) -> BodyGroup:
        """Whose names it is looked up among: a body of a province is neither the province nor central."""
        if self.kind == "province":
            return "province"
        if self.kind == "province_body":
            return "province_body"
        return "nation" if self.kind == "nation" else "central"

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
class Block:
    """One of the four blocks that central bodies and bodies of provinces answer in."""

    block: str
    name_vi: str
    name_en: str
    source: str
    confidence: str


@dataclass(frozen=True, slots=True)
class Group:
    """
    Bodies that a document names together, such as "các bộ".

    Attributes:
        members: agency_ids; empty when no source names them.
        aliases: As documents write it.
    """

    group_id: str
    name_vi: str
    name_en: str
    members: tuple[str, ...]
    aliases: tuple[str, ...]
    source: str
    confidence: str


@dataclass(frozen=True, slots=True)
class Commune:
    """A commune, ward or special zone; it reports through its province."""

    code: str
    name_vi: str
    kind: str
    province: str


@dataclass(frozen=True, slots=True)
class CheckWords:
    """What a finding says in one language, and what its sender does about it."""

    text: str
    action: str


@dataclass(frozen=True, slots=True)
class Check:
    """
    What a finding of this code says, and what its sender does about it.

    Attributes:
        needs_decision: A reason beside the figure does not suffice: a named person has to accept the row.
        needs_figure: Whether a reason only counts that repeats the figure: any remark stands beside a slip of scale.
        words: The same by language, for those beside Vietnamese that have it.
    """

    check: str
    severity: Severity
    text: str
    action: str
    needs_decision: bool = False
    needs_figure: bool = False
    words: Mapping[str, CheckWords] = field(default_factory=dict)

    def in_language(self, language: str) -> CheckWords:
        """What it says; in Vietnamese where it has no words of the language."""
        return self.words.get(language) or CheckWords(self.text, self.action)


@dataclass(frozen=True, slots=True)
class Catalogue:
    """
    Everything under catalogue/, checked; `sha256` names this very content.

    Attributes:
        day: The day whose facts these are; the last of all for a catalogue as loaded.
        abbreviations: Folded word of a body's name -> the folded words it stands for.
        calendars: Report -> its ticks.
        period_calendars: Chain of reports -> its opening, due, cut-off and briefing.
        ledger_begins_on: What fell due before this day is not owed.
        screening: What the system asks bodies about, by which limits.
        settled_names: Key of a name no alias knows -> agency_id a person gave it, None where it is no body. Not from
            files: whoever reads submissions brings it in, and a `sha256` that names it too.
        rule_settings: Thresholds and weights of the rules, every dated value.
        peer_groups: Who may be compared with whom.
        begins, versions: Days on which a dated fact changes, and the catalogue before the first and from each on.
    """

    sha256: str
    day: date
    abbreviations: dict[str, str]
    blocks: dict[str, Block]
    bodies: dict[str, Body]
    successions: tuple[Succession, ...]
    groups: dict[str, Group]
    communes: dict[str, Commune]
    resolutions: dict[str, Resolution]
    indicators: dict[str, Indicator]
    tasks: dict[str, Task]
    forms: dict[str, Form]
    checks: dict[str, Check]
    calendars: dict[str, ReportCalendar]
    period_calendars: dict[str, PeriodCalendar]
    working_days: WorkingDays
    ledger_begins_on: date
    rule_settings: tuple[RuleSetting, ...]
    peer_groups: dict[str, PeerGroup]
    screening: Screening
    settled_names: Mapping[str, str | None] = field(default_factory=dict)
    begins: tuple[date, ...] = field(default=(), repr=False)
    versions: "tuple[Catalogue, ...]" = field(default=(), repr=False)

    def at(self, day: date) -> "Catalogue":
        """The catalogue as its facts are valid on a day; what people settled about names holds for every day."""
        then = self.versions[bisect_right(self.begins, day)] if self.versions else self
        return replace(
            then,
            sha256=self.sha256,
            settled_names=self.settled_names,
            day=day,
            begins=self.begins,
            versions=self.versions,
        )

    @property
    def before(self) -> "tuple[Catalogue, ...]":
        """The versions that gave way to this one, oldest first."""
        return self.versions[: bisect_right(self.begins, self.day)]

    @property
    def reporting_bodies(self) -> dict[str, Body]:
        """Those that report on the day: central bodies, and the five bodies of each province (233 in 2026)."""
        return {
            key: body
            for key, body in self.bodies.items()
            if body.block is not None and body.exists_in(self.day, self.day)
        }

    def reporters_of(self, indicator: Indicator) -> tuple[str, ...]:
        """agency_ids of those who report it: its lead, or everybody its `bodies` name, those that ended included."""
        if indicator.lead is not None:
            return (indicator.lead,)
        named = [self.groups[name].members for name in indicator.bodies if name in self.groups]
        kinds = [key for key, body in self.bodies.items() if body.group in indicator.bodies]
        return (*(member for members in named for member in members), *kinds)

    def children_of(self, task_id: str) -> tuple[Task, ...]:
        """Tasks one level below, in the order of the catalogue."""
        return tuple(task for task in self.tasks.values() if task.parent == task_id)
