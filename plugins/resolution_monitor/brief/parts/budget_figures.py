"""Figures of the budget report: amounts, percentages and the cells behind each."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pandas

from resolution_monitor.brief.figures import BILLIONS, Figure, FigureBook, Origin, Source
from resolution_monitor.brief.parts.limit_words import limit_words
from resolution_monitor.brief.report import Report
from resolution_monitor.brief.snapshot import Snapshot, known, records
from resolution_monitor.catalogue.by_language import names
from resolution_monitor.catalogue.entries import Body
from resolution_monitor.catalogue.names import successor_on
from resolution_monitor.score.budget import NATION
from resolution_monitor.score.rules.limits import limits_on
from resolution_monitor.score.rules.said_limits import rates
from resolution_monitor.terms import Role
from resolution_monitor.wording import Limit

# The plan itself, and where a province's class on the map begins.
PLAN = Limit(Decimal(100))
CLASSES_FROM = (100.0, 120.0, 150.0, 200.0)
DOUBLED = Limit(Decimal(200))
# How far the bars of spending reach, in percent of the plan either way.
MOST_POINTS = 60.0

Cells = dict[tuple[str, str, str], list[Source]]


@dataclass(frozen=True, slots=True)
class Measured:
    """
    Plan, result and percentage of one body or node, as figures.

    Attributes:
        origin: Whose the figures are and the cells of both.
        status: Of the score; OVER where clearly more was spent than planned.
        excess: Result less plan in the indicator's unit; None without both.
    """

    planned: Figure
    final: Figure
    percent: Figure
    before: Figure
    origin: Origin
    raw_percent: float | None
    raw_before: float | None
    status: str
    excess: Decimal | None

    @property
    def is_short(self) -> bool:
        return self.is_below(PLAN)

    def is_below(self, limit: Limit) -> bool:
        """Whether the percentage is known and lies below a limit, as rules judge it and as it is printed."""
        return self.raw_percent is not None and not limit.is_passed(Decimal(repr(self.raw_percent)))


class BudgetFigures:
    """Looks scores up in a snapshot and makes figures of them, each made once."""

    def __init__(self, report: Report, snapshot: Snapshot) -> None:
        self.limits = limits_on(snapshot.catalogue, snapshot.period.end)
        self.words: Mapping[str, str] = {
            **limit_words(self.limits, report.language),
            **_province_words(snapshot),
            "doubled_from": f"{DOUBLED.value:f}",
            "most_points": f"{MOST_POINTS:.0f}",
        }
        self._at = (*rates(self.limits), *(Limit(Decimal(repr(one))) for one in CLASSES_FROM))
        report = report.given(self.words)
        self.report = report
        self.snapshot = snapshot
        self.listed = report.messages.listed
        self.language = report.language
        self.names = names(snapshot.catalogue, report.language)
        self.book = FigureBook(language=report.language)
        self.unmatched: list[dict[str, Any]] | None = None
        self.revenue: str = report.settings["indicators"]["revenue"]
        self.spending: str = report.settings["indicators"]["spending"]
        self.balance: str = report.settings["indicators"]["balance"]
        self.beyond_plan: list[str] = report.settings["indicators"]["beyond_plan"]
        self._cells = _cells_by_body(snapshot, snapshot.values, snapshot.period.end)
        year_before = snapshot.period.start - timedelta(days=1)
        self._cells_before = _cells_by_body(snapshot, snapshot.previous_values, year_before)
        self._previous = _previous_rows(snapshot)

    def at(self, key: str) -> None:
        """Name the place in which the figures made next are printed."""
        self.book.place = self.report.messages.say(key)

    @property
    def demonstration(self) -> str:
        """Nothing: the workbooks of a budget are the ministry's own."""
        return ""

    def name(self, agency_id: str) -> str:
        return self.names.body(agency_id)

    def rule(self, key: str) -> str:
        """How a figure was made, in words."""
        return self.report.messages.word("rule", key)

    def about(self, key: str) -> str:
        """Whose a figure is that belongs to no one body or node."""
        return self.report.messages.word("about", key)

    def body(self, agency_id: str) -> Body:
        return self.snapshot.catalogue.bodies[agency_id]

    def bodies(self, indicator_id: str) -> list[dict[str, Any]]:
        """Scores of the bodies of the period, in order of their ids."""
        frame = self.snapshot.scores.bodies
        return records(frame[frame["indicator_id"] == indicator_id])

    def nodes(self, kind: str, indicator_id: str) -> list[dict[str, Any]]:
        """Scores of nodes of a kind, in order of their ids."""
        frame = self.snapshot.scores.nodes
        chosen = frame[(frame["node_kind"] == kind) & (frame["indicator_id"] == indicator_id)]
        return records(chosen.sort_values("node_id"))

    def nation(self, indicator_id: str) -> dict[str, Any] | None:
        found = self.nodes(NATION, indicator_id)
        return found[0] if found else None

    def members(self, row: dict[str, Any]) -> list[str]:
        """The bodies of the period that a row adds up: for a body, itself."""
        if "node_kind" not in row:
            return [row["agency_id"]]
        bodies = (body["agency_id"] for body in self.bodies(row["indicator_id"]))
        if row["node_kind"] == NATION:
            return list(bodies)
        catalogue = self.snapshot.catalogue
        return [agency_id for agency_id in bodies if successor_on(catalogue, agency_id, date.max) == row["node_id"]]

    def cells(self, agency_id: str, indicator_id: str, role: Role) -> list[Source]:
        return self._cells[agency_id, indicator_id, role.value]

    def before(self, row: dict[str, Any]) -> dict[str, Any] | None:
        """The same row a year earlier, None where there is none."""
        return self._previous.get((_key(row), row["indicator_id"]))

    def measured(self, row: dict[str, Any], unit: str = BILLIONS) -> Measured:
        """The figures of one score row, of a body or of a node."""
        about = self._about(row)
        members = self._counted(row)
        plans, finals = (
            tuple(cell for member in members for cell in self.cells(member, row["indicator_id"], role))
            for role in (Role.TARGET, Role.OBSERVATION)
        )
        raw = known(row["attainment_raw_pct"])
        before = self.before(row)
        raw_before = known(before["attainment_raw_pct"]) if before else None
        rule = "sum_of_both" if len(members) > 1 else "cell"
        origin = Origin(self.rule("ratio"), about, (*plans, *finals))
        year_before = Origin(self.rule("ratio_before"), about, tuple(self._before_cells(row)))
        has_both = row["planned"] is not None and row["observed"] is not None
        return Measured(
            planned=self.book.money(row["planned"], unit, Origin(self.rule(f"planned_{rule}"), about, plans)),
            final=self.book.money(row["observed"], unit, Origin(self.rule(f"final_{rule}"), about, finals)),
            percent=self.book.percent(raw, origin, self._at),
            before=self.book.percent(raw_before, year_before, self._at),
            origin=origin,
            raw_percent=raw,
            raw_before=raw_before,
            status=standing(row),
            excess=row["observed"] - row["planned"] if has_both else None,
        )

    def _about(self, row: dict[str, Any]) -> str:
        return f"{self.name(str(_key(row)))}: {self.names.item(row['indicator_id'])}"

    def _counted(self, row: dict[str, Any]) -> list[str]:
        """The members whose figures are in the sums: those with both, or all where none has."""
        members = self.members(row)
        rows = {body["agency_id"]: body for body in self.bodies(row["indicator_id"])}
        both = [m for m in members if rows[m]["planned"] is not None and rows[m]["observed"] is not None]
        return both or members

    def _before_cells(self, row: dict[str, Any]) -> list[Source]:
        if self.before(row) is None:
            return []
        catalogue, key = self.snapshot.catalogue, _key(row)
        nation = row.get("node_kind") == NATION
        is_node = "node_kind" in row
        return [
            cell
            for (agency_id, indicator_id, _), cells in self._cells_before.items()
            if indicator_id == row["indicator_id"]
            and (nation or (successor_on(catalogue, agency_id, date.max) if is_node else agency_id) == key)
            for cell in cells
        ]


def _key(row: dict[str, Any]) -> Any:
    return row.get("node_id", row.get("agency_id"))


def standing(row: dict[str, Any]) -> str:
    """The status as page and workbook both print it; spending clearly above the plan is told apart."""
    return "OVER" if "OVERSPEND" in str(row["flags"]).split("|") else str(row["status"])


def _cells_by_body(snapshot: Snapshot, values: pandas.DataFrame, day: date) -> Cells:
    cells: Cells = defaultdict(list)
    for row in records(values):
        holder = successor_on(snapshot.catalogue, row["agency_id"], day)
        source = Source(row["file_name"], row["sheet"], row["cell"], row["sha256"])
        cells[holder, row["indicator_id"], row["role"]].append(source)
    return cells


def _previous_rows(snapshot: Snapshot) -> dict[tuple[Any, Any], dict[str, Any]]:
    if snapshot.previous is None:
        return {}
    # Bodies last: a body that is its own node has one row a year earlier either way.
    rows = [*records(snapshot.previous.nodes), *records(snapshot.previous.bodies)]
    return {(_key(row), row["indicator_id"]): row for row in reversed(rows)}


def _province_words(snapshot: Snapshot) -> Mapping[str, str]:
    """How many provinces there are today, and how many there were in the budget year."""
    provinces = [body for body in snapshot.catalogue.bodies.values() if body.kind == "province"]
    today = [body for body in provinces if body.valid_to is None]
    then = [
        body
        for body in provinces
        if (body.valid_from is None or body.valid_from <= snapshot.period.end)
        and (body.valid_to is None or body.valid_to >= snapshot.period.end)
    ]
    return {"provinces": str(len(today)), "former_provinces": str(len(then))}
