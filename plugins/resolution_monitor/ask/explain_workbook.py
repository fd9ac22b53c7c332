"""What is a body's month made of, as a workbook that computes every step again?"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

import numpy as np

from resolution_monitor.ask.explain_sources import rows_of
from resolution_monitor.ask.worked_month import Row, explained_assignment, worked_month
from resolution_monitor.catalogue.entries import Catalogue, Indicator, RuleSetting
from resolution_monitor.errors import LedgerError
from resolution_monitor.exchange.score_month import ReportDue, ScoredAssignment, ScoredMonth
from resolution_monitor.exchange.score_workbook import score_workbook
from resolution_monitor.ledger.items import require_agency
from resolution_monitor.period import Period
from resolution_monitor.score.month.bodies import shared_parents
from resolution_monitor.score.month.frames import NodeKind
from resolution_monitor.score.month.scores import Worked
from resolution_monitor.score.version import rules_version
from resolution_monitor.store import explain_rows
from resolution_monitor.store.connect import Database

Cells = dict[tuple[Any, ...], Row]


def month_workbook(
    database: Database, catalogue: Catalogue, period: Period, *, agency_id: str, known_at: datetime | None = None
) -> bytes:
    """
    The workbook of a body and month, as known at a time; None sees everything.

    Raises:
        LedgerError: There is no such body, or it reports nothing itself.
        NothingToReportError: Nothing was known of the period then.
    """
    require_agency(catalogue, agency_id)
    worked = worked_month(database, catalogue, period, known_at)
    if agency_id not in worked.bodies.agencies:
        raise LedgerError(f"{agency_id} does not report and has no score; name one of its bodies, or its successor")
    assigned = _assigned(worked, agency_id)
    submissions = sorted({row["submission_id"] for row, _ in assigned if row["submission_id"] is not None})
    read = rows_of(explain_rows.cells_of_files(database, submissions, known_at))
    cells = {(row["submission_id"], row["item_id"], row["cell"]): row for row in read}
    return score_workbook(scored_month(worked, agency_id, cells))


def scored_month(worked: Worked, agency_id: str, cells: Cells) -> ScoredMonth:
    """
    A body's month as values.

    Args:
        cells: What was read, by submission, item and cell; see store.explain_rows.cells_of_files.
    """
    nodes = worked.scores.nodes
    is_it = (nodes["node_kind"] == NodeKind.AGENCY.value) & (nodes["node_id"] == agency_id)
    return ScoredMonth(
        body=worked.month.catalogue.bodies[agency_id],
        period=worked.month.period,
        known_at=worked.month.known_at,
        rules_version=rules_version(),
        catalogue_sha256=worked.month.catalogue.sha256,
        assignments=[_assignment(worked, row, cells, is_lead=is_lead) for row, is_lead in _assigned(worked, agency_id)],
        reports=_reports(worked, agency_id),
        settings=_in_force(worked),
        node=rows_of(nodes[is_it])[0],
        is_demonstration=any(bool(cell["is_demonstration"]) for cell in cells.values()),
    )


def _assigned(worked: Worked, agency_id: str) -> list[tuple[Row, bool]]:
    """Assignments the body leads, then those it helps, each in the order of the assignments."""
    made, number = worked.bodies, worked.bodies.agencies.get_loc(agency_id)
    places = np.flatnonzero(made.duties.agency == number)
    rows = rows_of(worked.scores.assignments.iloc[made.assignment[places]])
    held = list(zip(rows, made.duties.is_lead[places].tolist(), strict=True))
    return sorted(held, key=lambda one: not one[1])


def _assignment(worked: Worked, row: Row, cells: Cells, *, is_lead: bool) -> ScoredAssignment:
    catalogue = worked.month.catalogue
    entry = catalogue.indicators.get(row["item_id"]) or catalogue.tasks[row["item_id"]]
    parent_id, parent_weight = shared_parents(catalogue).get(row["item_id"], (None, 0.0))
    return ScoredAssignment(
        name_vi=entry.name_vi,
        unit=entry.unit if isinstance(entry, Indicator) else "",
        is_lead=is_lead,
        assignment=row,
        explained=explained_assignment(worked, row),
        source=cells.get((row["submission_id"], row["item_id"], row["cell"]), {}),
        parent_id=parent_id,
        parent_weight=parent_weight,
    )


def _reports(worked: Worked, agency_id: str) -> Sequence[ReportDue]:
    reports = worked.bodies.reports
    own = reports[reports["agency"] == worked.bodies.agencies.get_loc(agency_id)]
    return [
        ReportDue(
            period_end=row["period_end"],
            cut_off_on=_day(row["cut_off_day"]),
            submitted_on=None if row["submitted_day"] is None else _day(row["submitted_day"]),
            known_on=_day(row["known_day"]),
        )
        for row in rows_of(own.sort_values("period_end"))
    ]


def _day(number: float) -> date:
    return date.fromordinal(int(number))


def _in_force(worked: Worked) -> Sequence[RuleSetting]:
    month = worked.month
    begun = sorted((one for one in month.catalogue.rule_settings if one.since <= month.day), key=lambda one: one.since)
    return list({one.setting: one for one in begun}.values())
