"""What each body is worth: delivery, timeliness and reporting over what it leads and what it coordinates.

Source: docs/method.md, clause 2.8 and its trees. NaN is null.
"""

from collections.abc import Iterable
from datetime import datetime

import numpy as np
import pandas

from resolution_monitor.catalogue.entries import Catalogue
from resolution_monitor.ledger.items import ItemKind
from resolution_monitor.ledger.states import ObligationState
from resolution_monitor.period import TIME_ZONE
from resolution_monitor.score.arrays import Floats, Whole
from resolution_monitor.score.composite import AgencyScores, Assignments, score_agencies
from resolution_monitor.score.report_score import mean_per_agency, score_report
from resolution_monitor.score.resolution_known import Known, due_by, holders, with_holders
from resolution_monitor.score.situation import Status

WINDOW = pandas.DateOffset(months=12)
# A cut-off at 24:00 belongs to the day that ends then.
_INSTANT = pandas.Timedelta(microseconds=1)
OUTSIDE = (Status.UNRATED.value, Status.NOT_STARTED.value)


def agency_columns(
    catalogue: Catalogue, moment: datetime, known: Known, leaves: pandas.DataFrame, bodies: Iterable[str]
) -> pandas.DataFrame:
    """
    One row for each of these reporting bodies, with the columns of nodes that only bodies have.

    Args:
        leaves: Among them all that the bodies lead or coordinate.
    """
    agencies = pandas.Index(sorted(bodies), dtype=object)
    reports = _reports(agencies, catalogue, moment, known)
    reporting = mean_per_agency(
        reports["points"].to_numpy(dtype=np.float64),
        reports["agency"].to_numpy(dtype=np.int64),
        len(agencies),
        np.ones(len(reports), dtype=bool),
    )
    leaf, agency, is_lead = _roles(agencies, catalogue, moment, leaves)
    assignments = _assignments(leaves, leaf, agency, is_lead)
    scores = score_agencies(assignments, reporting)
    is_rated = ~np.isin(assignments.status, OUTSIDE)
    return pandas.DataFrame(
        {
            "node_id": agencies,
            **_ends(scores),
            "reporting": reporting,
            "effective_leaves": scores.effective_count,
            "rated_leaves": np.bincount(assignments.agency[is_rated], minlength=len(agencies)),
            "coordinated_total": np.bincount(agency[~is_lead], minlength=len(agencies)),
            "reports_due": np.bincount(reports["agency"], minlength=len(agencies)),
            "reports_missing": np.bincount(reports["agency"][~reports["is_in"]], minlength=len(agencies)),
        }
    )


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
    agencies: pandas.Index, catalogue: Catalogue, moment: datetime, leaves: pandas.DataFrame
) -> tuple[Whole, Whole, np.ndarray]:
    """Row of the leaf, row of the body and whether it leads, one element per assignment."""
    holder_of = holders(catalogue, moment)
    helping = {task.task_id: task.coordinating for task in catalogue.tasks.values() if task.coordinating}
    lead = agencies.get_indexer(pandas.Index(leaves["agency_id"]))
    with_help = leaves.loc[leaves["item_id"].isin(helping), ["item_id", "agency_id"]]
    helped = [
        (row, holder)
        for row, item_id, agency_id in with_help.itertuples(name=None)
        for holder in dict.fromkeys(map(holder_of, helping[item_id]))
        if holder != agency_id
    ]
    help_rows = np.array([row for row, _ in helped], dtype=np.int64)
    helper = agencies.get_indexer(pandas.Index([holder for _, holder in helped], dtype=object))
    leaf = np.concatenate([np.arange(len(leaves)), help_rows])
    agency = np.concatenate([lead, helper]).astype(np.int64)
    is_lead = np.arange(len(leaf)) < len(leaves)
    # A body that does not report, such as a province as a whole, has no figure of its own.
    return leaf[agency >= 0], agency[agency >= 0], is_lead[agency >= 0]


def _assignments(leaves: pandas.DataFrame, leaf: Whole, agency: Whole, is_lead: np.ndarray) -> Assignments:
    """An open task without a verified deadline has no points to weigh, unless its report is missing."""
    status = leaves["status"].to_numpy(dtype=np.str_)[leaf]
    progress = leaves["progress_high"].to_numpy(dtype=np.float64)[leaf]
    status = np.where(np.isnan(progress), Status.UNRATED.value, status)
    return Assignments(
        agency=agency,
        status=status,
        progress=progress,
        timeliness=leaves["timeliness_high"].to_numpy(dtype=np.float64)[leaf],
        missed=leaves["missed"].to_numpy(dtype=np.int64)[leaf],
        weight=leaves["weight"].to_numpy(dtype=np.float64)[leaf],
        is_lead=is_lead,
    )


def _reports(agencies: pandas.Index, catalogue: Catalogue, moment: datetime, known: Known) -> pandas.DataFrame:
    """The periodic reports due in the last 12 months: agency (row of the body), points, is_in."""
    due = with_holders(catalogue, due_by(known.ledger, ItemKind.REPORT.value, moment), moment)
    due = due[due["due_at"] > pandas.Timestamp(moment) - WINDOW]
    agency = agencies.get_indexer(pandas.Index(due["agency_id"]))
    # What was refused could not be read: nothing has come.
    came = due["received_at"].where(due["state"] != ObligationState.REJECTED.value)
    known_day = pandas.Timestamp(known.known_at).tz_convert(TIME_ZONE).toordinal()
    score = score_report(
        _day_of(due["cut_off_at"] - _INSTANT), _day_of(came), np.full(len(due), float(known_day), dtype=np.float64)
    )
    frame = pandas.DataFrame({"agency": agency, "points": score.points, "is_in": came.notna().to_numpy()})
    return frame[agency >= 0]


def _day_of(instants: pandas.Series) -> Floats:
    """The day of each instant in Viet Nam, as a number; NaN where there is none."""
    local = instants.dt.tz_convert(TIME_ZONE).dt.tz_localize(None).dt.floor("D")
    days = (local - pandas.Timestamp(1970, 1, 1)) / pandas.Timedelta(days=1)
    return np.asarray(days.to_numpy(dtype=np.float64) + 719163.0)
