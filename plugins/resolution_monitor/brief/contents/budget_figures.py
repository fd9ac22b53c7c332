"""Figures of the budget report: amounts, percentages and the cells behind each."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from resolution_monitor.brief.figures import BILLIONS, Figure, FigureBook, Source
from resolution_monitor.brief.report import Report
from resolution_monitor.brief.snapshot import Snapshot, records
from resolution_monitor.catalogue.entries import Body
from resolution_monitor.catalogue.names import successor_on
from resolution_monitor.score.score import NATION
from resolution_monitor.terms import Role


@dataclass(frozen=True, slots=True)
class Measured:
    """Plan, result and percentage of one body or node, as figures."""

    planned: Figure
    final: Figure
    percent: Figure
    before: Figure
    raw_percent: float | None
    raw_before: float | None

    @property
    def is_short(self) -> bool:
        return self.raw_percent is not None and self.raw_percent < 100


class BudgetFigures:
    """Looks scores up in a snapshot and makes figures of them, each made once."""

    def __init__(self, report: Report, snapshot: Snapshot) -> None:
        self.report = report
        self.snapshot = snapshot
        self.book = FigureBook()
        self.revenue: str = report.settings["indicators"]["revenue"]
        self.spending: str = report.settings["indicators"]["spending"]
        self._cells = _cells_by_body(snapshot)
        self._previous = _previous_percents(snapshot)

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

    def members(self, node: dict[str, Any]) -> list[str]:
        """The bodies of the period that a node adds up."""
        catalogue = self.snapshot.catalogue
        bodies = (row["agency_id"] for row in self.bodies(node["indicator_id"]))
        if node["node_kind"] == NATION:
            return list(bodies)
        return [agency_id for agency_id in bodies if successor_on(catalogue, agency_id, date.max) == node["node_id"]]

    def cells(self, agency_id: str, indicator_id: str, role: Role) -> list[Source]:
        return self._cells[agency_id, indicator_id, role.value]

    def measured(self, row: dict[str, Any], unit: str = BILLIONS) -> Measured:
        """The figures of one score row, of a body or of a node."""
        indicator_id = row["indicator_id"]
        members = self.members(row) if "node_kind" in row else [row["agency_id"]]
        plans, finals = (
            [cell for member in members for cell in self.cells(member, indicator_id, role)]
            for role in (Role.TARGET, Role.OBSERVATION)
        )
        raw = _known(row["attainment_raw_pct"])
        key = row.get("node_id", row.get("agency_id"))
        before = self._previous.get((key, indicator_id))
        rule = "tổng dự toán, tổng quyết toán của các cơ quan có đủ hai số" if len(members) > 1 else "số trong ô"
        return Measured(
            planned=self.book.money(row["planned"], unit, f"dự toán: {rule}", plans),
            final=self.book.money(row["observed"], unit, f"quyết toán: {rule}", finals),
            percent=self.book.percent(raw, "quyết toán / dự toán", [*plans, *finals]),
            before=self.book.percent(
                before, "quyết toán / dự toán của năm trước, tính cùng cách; ô nguồn ở báo cáo của năm trước", []
            ),
            raw_percent=raw,
            raw_before=before,
        )


def _known(value: Any) -> float | None:
    return None if value is None or value != value else float(value)


def _cells_by_body(snapshot: Snapshot) -> dict[tuple[str, str, str], list[Source]]:
    cells: dict[tuple[str, str, str], list[Source]] = defaultdict(list)
    for row in records(snapshot.values):
        holder = successor_on(snapshot.catalogue, row["agency_id"], snapshot.period.end)
        source = Source(row["file_name"], row["sheet"], row["cell"], row["sha256"])
        cells[holder, row["indicator_id"], row["role"]].append(source)
    return cells


def _previous_percents(snapshot: Snapshot) -> dict[tuple[Any, Any], float]:
    if snapshot.previous is None:
        return {}
    frames = ((snapshot.previous.nodes, "node_id"), (snapshot.previous.bodies, "agency_id"))
    rows = ((row[key], row) for frame, key in frames for row in records(frame))
    percents = {(key, row["indicator_id"]): _known(row["attainment_raw_pct"]) for key, row in rows}
    return {key: value for key, value in percents.items() if value is not None}


def places(sources: Iterable[Source]) -> str:
    """Cells as an analyst writes them: Plan_2013.xls M09!C15."""
    return "; ".join(f"{source.file_name} {source.sheet}!{source.cell}" for source in sorted(set(sources)))
