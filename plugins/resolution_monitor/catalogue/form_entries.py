"""Layouts that arrive, as frozen values: what each is known by, whose its rows are, which period a column tells of."""

import re
from dataclasses import dataclass, field
from typing import Literal

from resolution_monitor.terms import Role

# `lead`: each row is an item, and states the figure of whoever the catalogue has report it.
RowsOf = Literal["province", "central", "province_body", "nation", "lead"]
UnitPlace = Literal["above", "header", "row"]


@dataclass(frozen=True, slots=True)
class FormLine:
    """
    One line of a form whose rows are items, not bodies.

    Attributes:
        agency_id: Whose figure it is: the nation's, or of a form of leads the indicator's.
        unit: Of the indicator, into which its figure is brought.
        name: Searched in the folded name of a row.
        may_be_absent: Whether a period without this line is no fault.
        parts_follow: Whether the numbered rows below it add up to it.
    """

    indicator_id: str
    agency_id: str
    unit: str
    name: re.Pattern[str]
    may_be_absent: bool
    parts_follow: bool


@dataclass(frozen=True, slots=True)
class FormPeriod:
    """
    How a form names its period.

    Attributes:
        kind: The kind of period its figures are stored for.
        named_in: The one place that must name it in full; the others may be silent but never say another.
    """

    kind: str
    named_in: Literal["title", "header", "sheet_name"]


@dataclass(frozen=True, slots=True)
class ValueColumn:
    """
    One column of figures.

    Attributes:
        name: What a finding calls it.
        header: Searched in its folded heading.
        shift: Its period, counted from the form's: -1 is the one before, -12 the same month of the year before.
        is_since_january: It counts from 1 January to the period's end: "10 tháng", "9 tháng", "6 tháng".
        may_be_absent: Whether a sheet without it is no fault.
    """

    name: str
    header: re.Pattern[str]
    shift: int = 0
    is_since_january: bool = False
    may_be_absent: bool = False


@dataclass(frozen=True, slots=True)
class Form:
    """
    One layout that arrives, known by its header text.

    Attributes:
        indicator_id: What the rows of bodies state; None for a form of lines.
        unit: Of the indicators, into which figures are brought; of a form that states units by row that of its first.
        lines: The rows taken, where rows are items; empty where rows are bodies.
        title: Searched in the folded text above the header row.
        columns: Role of a column -> pattern its folded header must match; roles ordinal, body and unit.
        values: The columns of figures, in the order of the entry.
        units_in: Where the unit of a figure is written.
        total: Searched in the name of a row that adds up others; None where there is none.
        adds_up: Whether printed totals are sums; indices and shares have none.
        body_sections: Roman numerals of the sections whose rows are bodies; empty means every section.
        dot_groups_thousands: Whether text such as "1.234" is known to mean one thousand here.
        printed: "title", or the role of a column -> its words as the form prints them; findings say what was expected.
    """

    form: str
    describes: str
    sent_by: tuple[str, ...]
    role: Role
    indicator_id: str | None
    unit: str
    lines: tuple[FormLine, ...]
    bodies: RowsOf
    covers_every_body: bool
    title: re.Pattern[str]
    period: FormPeriod
    columns: dict[str, re.Pattern[str]]
    values: tuple[ValueColumn, ...]
    units_in: UnitPlace
    total: re.Pattern[str] | None
    adds_up: bool
    body_sections: tuple[str, ...]
    dot_groups_thousands: bool
    printed: dict[str, str] = field(default_factory=dict)

    @property
    def printed_title(self) -> str:
        """Its title in the words that a sender may copy."""
        return self.printed.get("title", self.describes)

    def printed_heading(self, value: ValueColumn) -> str:
        """The same of a column of figures."""
        return self.printed.get("value", value.name) if len(self.values) == 1 else value.name

    @property
    def indicator_ids(self) -> tuple[str, ...]:
        """What its rows state."""
        return (self.indicator_id,) if self.indicator_id else tuple(line.indicator_id for line in self.lines)
