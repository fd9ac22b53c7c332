"""One report of one body for one period, whatever file it came in."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from resolution_monitor.period import Period

# Named in every workbook, CSV and JSON that we write; a file of another version is told to its sender.
TEMPLATE_VERSION = "2"


class ValueState(StrEnum):
    """What a cell of a value says when it is filled: zero, nothing to measure and silence are different things."""

    REPORTED = "reported"
    ZERO = "zero"
    NOT_APPLICABLE = "not_applicable"
    NO_ACTIVITY = "no_activity"
    WITHHELD = "withheld"


# Answers that say something of the matter. The others say why nothing is said: they have come, and are no content.
# Source: docs/method.md, trees of a month: "not applicable" and "withheld" are no figure.
HAS_CONTENT = (ValueState.REPORTED, ValueState.ZERO, ValueState.NO_ACTIVITY)


class TaskState(StrEnum):
    """How far its lead says a task is."""

    NOT_STARTED = "not_started"
    UNDER_WAY = "under_way"
    DONE = "done"


class Schedule(StrEnum):
    """Whether its lead says that a task keeps to its time."""

    ON_TIME = "on_time"
    LATE = "late"


class RequestKind(StrEnum):
    """What a body asks for beside its figures."""

    EXTENSION = "extension"
    RECOMMENDATION = "recommendation"


@dataclass(frozen=True, slots=True)
class IndicatorEntry:
    """
    One row of the sheet Chỉ tiêu.

    Attributes:
        value: In the indicator's unit; None unless the state is reported or zero.
        numerator, denominator: Of a ratio, where the form asks for them; else None.
        explanation: Why there is no value, or why it moved; empty when not asked for.
    """

    indicator_id: str
    value: Decimal | None
    state: ValueState
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    explanation: str = ""

    @property
    def has_parts(self) -> bool:
        """Whether it tells what it was worked out of; the check of ratios sees parts that give another share."""
        return self.numerator is not None and self.denominator is not None


@dataclass(frozen=True, slots=True)
class TaskEntry:
    """
    One row of the sheet Nhiệm vụ.

    Attributes:
        done_pct: The lead's own estimate, 0 to 100; None when not stated.
        done_on: The legal date of the product; None while it is not done.
        product: Number and symbol of the product; empty while there is none.
        note: Why it is late, stands still or went back; empty when not asked for.
        evidence: Where the product can be seen: an address, an enclosure; empty while there is none.
        schedule: The lead's own word; None when not stated.
    """

    task_id: str
    state: TaskState
    done_pct: Decimal | None
    done_on: date | None
    product: str = ""
    note: str = ""
    evidence: str = ""
    schedule: Schedule | None = None


@dataclass(frozen=True, slots=True)
class Obstacle:
    """
    One row of the sheet Vướng mắc.

    Attributes:
        number: Its running number in the report, so that a later report can speak of the same one.
        kind: Institution, resources, data, coordination or other: the catalogue's words.
        resolver: agency_id of who could remove it.
    """

    number: int
    task_id: str | None
    kind: str
    text: str
    resolver: str | None
    is_resolved: bool = False


@dataclass(frozen=True, slots=True)
class Request:
    """
    One row of the sheet Đề nghị.

    Attributes:
        proposed_due_on: The new day an extension asks for; None for a recommendation.
        decider: agency_id of who would decide.
        cost_of_delay: What happens if nobody decides, in the body's words; empty when not stated.
    """

    number: int
    kind: RequestKind
    task_id: str | None
    text: str
    decider: str | None
    proposed_due_on: date | None = None
    cost_of_delay: str = ""


@dataclass(frozen=True, slots=True)
class BodyReport:
    """
    Everything one body says for one period.

    Attributes:
        is_demonstration: Made up, and marked as such on every page it reaches.
    """

    agency_id: str
    period: Period
    indicators: tuple[IndicatorEntry, ...]
    tasks: tuple[TaskEntry, ...]
    obstacles: tuple[Obstacle, ...]
    requests: tuple[Request, ...]
    template_version: str = TEMPLATE_VERSION
    is_demonstration: bool = False
