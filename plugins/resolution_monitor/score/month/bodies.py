"""What each body is worth: delivery, timeliness and reporting over what it leads and what it coordinates.

Source: docs/method.md, clause 2.8 and its trees. NaN is null.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import pandas

from resolution_monitor.catalogue.entries import Catalogue
from resolution_monitor.ledger.items import ItemKind
from resolution_monitor.ledger.rates import came_at
from resolution_monitor.method.arrays import Floats, Whole
from resolution_monitor.period import TIME_ZONE
from resolution_monitor.score.month.month import Month
from resolution_monitor.score.month.scored_period import ScoredPeriod
from resolution_monitor.score.rules.composite import AgencyScores, Duties, score_agencies
from resolution_monitor.score.rules.report_score import mean_per_agency, score_report
from resolution_monitor.score.rules.situation import Status

# A cut-off at 24:00 belongs to the day that ends then.
_INSTANT = pandas.Timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class BodyWorkings:
    """
    What the figures of bodies are made from.

    Attributes:
        agencies: The bodies asked about, in the order of the arrays.
        assignment: Row of the assignment of each assignment.
        duties: Who leads or helps what, with its points.
        reports: The periodic reports due in the window; see _reports.
        reporting: R of each body.
    """

    agencies: pandas.Index
    assignment: Whole
    duties: Duties
    reports: pandas.DataFrame
    reporting: Floats
    scores: AgencyScores


def agency_columns(made: BodyWorkings) -> pandas.DataFrame:
    """One row per body with the columns of nodes that only bodies have."""
    duties, reports, size = made.duties, made.reports, len(made.agencies)
    return pandas.DataFrame(
        {
            "node_id": made.agencies,
            **_ends(made.scores),
            "reporting": made.reporting,
            "effective_assignments": made.scores.effective_count,
            "rated_assignments": np.bincount(duties.agency[duties.is_rated], minlength=size),
            "coordinated_total": np.bincount(duties.agency[~duties.is_lead], minlength=size),
            "reports_due": np.bincount(reports["agency"], minlength=size),
            "reports_missing": np.bincount(reports["agency"][~reports["is_in"]], minlength=size),
        }
    )


def body_workings(month: Month, assignments: pandas.DataFrame, bodies: Iterable[str]) -> BodyWorkings:
    """
    The rules of these reporting bodies with every intermediate value.

    Args:
        assignments: Among them all that the bodies lead or coordinate.
    """
    agencies = pandas.Index(sorted(bodies), dtype=object)
    reports = _reports(agencies, month)
    reporting = mean_per_agency(
        reports["points"].to_numpy(dtype=np.float64),
        reports["agency"].to_numpy(dtype=np.int64),
        len(agencies),
        np.ones(len(reports), dtype=bool),
    )
    assignment, agency, is_lead = _roles(agencies, month.scored, assignments)
    duties = _assignments(assignments, assignment, agency, is_lead, shared_parents(month.catalogue))
    scores = score_agencies(duties, reporting, month.limits)
    return BodyWorkings(agencies, assignment, duties, reports, reporting, scores)


def _ends(scores: AgencyScores) -> dict[str, Floats]:
    low, high = scores.low, scores.high
    return {
        "progress_low": low.delivery,
        "progress_high": high.delivery,
        "timeliness_low": low.timeliness,
        "timeliness_high": high.timeliness,
        "composite_low": low.composite,
        "composite_high": high.composite,
    }


def _roles(
    agencies: pandas.Index, scored: ScoredPeriod, assignments: pandas.DataFrame
) -> tuple[Whole, Whole, np.ndarray]:
    """Row of the assignment, row of the body and whether it leads, one element per assignment."""
    helping = {task.task_id: task.coordinating for task in scored.catalogue.tasks.values() if task.coordinating}
    lead = agencies.get_indexer(pandas.Index(assignments["agency_id"]))
    with_help = assignments.loc[assignments["item_id"].isin(helping), ["item_id", "agency_id"]]
    helped = [
        (row, holder)
        for row, item_id, agency_id in with_help.itertuples(name=None)
        for holder in dict.fromkeys(map(scored.holder_of, helping[item_id]))
        if holder != agency_id
    ]
    help_rows = np.array([row for row, _ in helped], dtype=np.int64)
    helper = agencies.get_indexer(pandas.Index([holder for _, holder in helped], dtype=object))
    assignment = np.concatenate([np.arange(len(assignments)), help_rows])
    agency = np.concatenate([lead, helper]).astype(np.int64)
    is_lead = np.arange(len(assignment)) < len(assignments)
    # A body that does not report, such as a province as a whole, has no figure of its own.
    return assignment[agency >= 0], agency[agency >= 0], is_lead[agency >= 0]


def shared_parents(catalogue: Catalogue) -> dict[str, tuple[str, float]]:
    """By task: the code and weight of the topmost parent that it is a part of; tasks of their own are left out."""
    found = {}
    for task in catalogue.tasks.values():
        top = task
        while top.parent is not None:
            top = catalogue.tasks[top.parent]
        if top is not task:
            found[task.task_id] = (top.task_id, top.weight)
    return found


def _assignments(
    assignments: pandas.DataFrame,
    assignment: Whole,
    agency: Whole,
    is_lead: np.ndarray,
    parents: Mapping[str, tuple[str, float]],
) -> Duties:
    """An open task without a verified deadline has no points to weigh, unless its report is missing."""
    alone = ("", np.nan)
    above = [parents.get(item_id, alone) for item_id in assignments["item_id"]]
    number = {code: place for place, code in enumerate(dict.fromkeys(code for code, _ in above if code))}
    status = assignments["status"].to_numpy(dtype=np.str_)[assignment]
    progress = assignments["progress_high"].to_numpy(dtype=np.float64)[assignment]
    status = np.where(np.isnan(progress), Status.UNRATED.value, status)
    return Duties(
        agency=agency,
        status=status,
        progress=progress,
        timeliness=assignments["timeliness_high"].to_numpy(dtype=np.float64)[assignment],
        missed=assignments["missed"].to_numpy(dtype=np.int64)[assignment],
        weight=assignments["weight"].to_numpy(dtype=np.float64)[assignment],
        is_lead=is_lead,
        parent=np.array([number.get(code, -1) for code, _ in above], dtype=np.int64)[assignment],
        parent_weight=np.array([weight for _, weight in above], dtype=np.float64)[assignment],
    )


def _reports(agencies: pandas.Index, month: Month) -> pandas.DataFrame:
    """
    The periodic reports due in the window: agency (row of the body), period_end, points, is_in.

    Days are day numbers: cut_off_day, submitted_day (NaN where none came), known_day; days_late is a count.
    """
    due = month.due(ItemKind.REPORT)
    window = pandas.DateOffset(months=int(month.limits.reporting_window_months))
    due = due[due["due_at"] > pandas.Timestamp(month.moment) - window]
    agency = agencies.get_indexer(pandas.Index(due["agency_id"]))
    came = came_at(due)
    known_day = pandas.Timestamp(month.known_at).tz_convert(TIME_ZONE).toordinal()
    until = np.full(len(due), float(known_day), dtype=np.float64)
    cut_off, submitted = _day_of(due["cut_off_at"] - _INSTANT), _day_of(came)
    score = score_report(cut_off, submitted, until, month.limits)
    frame = pandas.DataFrame(
        {
            "agency": agency,
            "period_end": due["period_end"].to_numpy(),
            "cut_off_day": cut_off,
            "submitted_day": submitted,
            "known_day": until,
            "days_late": score.days_late,
            "points": score.points,
            "is_in": came.notna().to_numpy(),
        }
    )
    return frame[agency >= 0]


def _day_of(instants: pandas.Series) -> Floats:
    """The day of each instant in Viet Nam, as a number; NaN where there is none."""
    local = instants.dt.tz_convert(TIME_ZONE).dt.tz_localize(None).dt.floor("D")
    days = (local - pandas.Timestamp(1970, 1, 1)) / pandas.Timedelta(days=1)
    return np.asarray(days.to_numpy(dtype=np.float64) + 719163.0)
