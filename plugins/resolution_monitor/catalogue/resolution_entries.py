"""What a resolution asks for, as frozen values: indicators with targets, tasks with leads."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

# Who may issue or change what a resolution asks for, beside the bodies of the catalogue; as documents write them.
POLITBURO = "Bộ Chính trị"
AUTHORITIES = (
    *("Ban Chấp hành Trung ương", POLITBURO, "Ban Bí thư", "Quốc hội", "Ủy ban Thường vụ Quốc hội", "Chính phủ"),
    "Thủ tướng Chính phủ",
)


@dataclass(frozen=True, slots=True)
class Resolution:
    """
    A resolution of the Politburo, known by the number it is called by, such as "57".

    Attributes:
        issued_by: The authority that alone can change what scores are held against: one of AUTHORITIES.
        short_vi: What a narrow column calls it; empty where nobody wrote one.
    """

    code: str
    number: str
    issued_on: date
    title_vi: str
    title_en: str
    vision_years: tuple[int, ...]
    steering: str
    focal_agency: str
    confidence: str
    issued_on_confidence: str
    issued_by: str = POLITBURO
    short_vi: str = ""


@dataclass(frozen=True, slots=True)
class Target:
    """
    What an indicator is to reach by 31 December of a year, as the resolution writes it.

    Attributes:
        operator: One of >=, >, <=, <, =, approx, range.
        value: In the indicator's unit; None for a range, which has `low` and `high` instead.
    """

    year: int
    operator: str
    value: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None

    @property
    def due_on(self) -> date:
        return date(self.year, 12, 31)

    def planned(self, direction: str) -> Decimal | None:
        """
        The one value that counts as reached: of a range the low end upwards, the high end downwards.

        None for a range that is a band: there both ends count. Source: method, clause 2.1.
        """
        if self.value is not None or direction == "band":
            return self.value
        return self.high if direction == "down" else self.low


@dataclass(frozen=True, slots=True)
class Revision:
    """
    The targets of an indicator as a document states them anew from a day on.

    Attributes:
        revised_on: The first day on which the revision holds.
        targets: All of them: a year that is left out has no target any more.
        document: Number, day and title of what states them.
        approved_by: Who issued that document: one of AUTHORITIES, or an agency_id.
        is_approved: That authority issued the resolution itself; only then scores are held against the revision.
    """

    revised_on: date
    targets: tuple[Target, ...]
    document: str
    approved_by: str
    is_approved: bool


@dataclass(frozen=True, slots=True)
class Baseline:
    """Where an indicator stood at `as_at`; a source that gives only the year means its last day."""

    value: Decimal
    as_at: date
    source: str
    confidence: str


@dataclass(frozen=True, slots=True)
class Indicator:
    """
    What is measured, in which unit, by which rule.

    Attributes:
        bodies: Who reports it where there is no `lead`: groups of bodies, or a group_id of groups.yaml.
        min_step: Smallest difference the measurement can show, in `unit`.
        publication_lag_days: Days from the end of a period until its value can be known.
        confidence: high, medium or low; proxy for a measure that is ours and not the resolution's.
        t0: The day the path to the target starts; None where there is no target.
        assumed: Fields that are settings of the system, not facts of a source.
        short_vi: What a narrow column calls it; empty where nobody wrote one.
        part_of: The indicator of the same report that this one is a part of, and can never exceed.
        targets: As the resolution wrote them; never changed by a revision.
        revisions: In force on the day, in the order of their days.
    """

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
    bodies: tuple[str, ...]
    source: str
    confidence: str
    resolution: str | None = None
    lead: str | None = None
    publication_lag_days: int = 0
    t0: date | None = None
    weight: float = 1.0
    baseline: Baseline | None = None
    targets: tuple[Target, ...] = ()
    assumed: tuple[str, ...] = ()
    note: str | None = None
    short_vi: str = ""
    part_of: str | None = None
    revisions: tuple[Revision, ...] = ()


@dataclass(frozen=True, slots=True)
class Task:
    """
    Something to be done by a day. A task given to a group is a parent with one child a member.

    Attributes:
        lead: The one body that answers for it; None for a parent.
        lead_group: group_id of a parent given to a group; it has no child while the members are unknown.
        coordinating: agency_ids, groups written out, the lead left out.
        coordinating_as_written: Who helps without being a body of the catalogue, such as "EVN".
        due_on: None when no source gives a day.
        is_due_assumed: A deadline nobody verified; it never counts as overdue.
        frequency: Calendar by which it is reported; None for that of the monthly chain.
        short_vi: As of an indicator.
    """

    task_id: str
    resolution: str
    name_vi: str
    name_en: str
    parent: str | None
    lead: str | None
    lead_group: str | None
    coordinating: tuple[str, ...]
    coordinating_as_written: tuple[str, ...]
    due_on: date | None
    is_due_assumed: bool
    product: str | None
    source: str
    confidence: str
    frequency: str | None = None
    weight: float = 1.0
    assumed: tuple[str, ...] = ()
    note: str | None = None
    short_vi: str = ""
