"""Where each obligation stands at an instant, from what arrived by then, what was waived and what was reopened."""

from datetime import datetime
from enum import StrEnum

import numpy as np
import pandas

from resolution_monitor.ledger.items import ItemKind
from resolution_monitor.ledger.obligations import KEY, with_instants
from resolution_monitor.terms import SubmissionState

BODY_AND_PERIOD = ("agency_id", "period_name")
FILE_COLUMNS = (*BODY_AND_PERIOD, "state", "received_at")
VALUE_COLUMNS = (*KEY, "received_at")
STATE_COLUMNS = ("state", "received_at")

# Items that a body's workbook answers as a whole. Others are answered by their own rows in it, and by the workbook only
# where it was rejected: then none of them could be read.
ANSWERED_BY_FILE = (ItemKind.REPORT.value,)


class ObligationState(StrEnum):
    """Where an obligation stands. What is not due is never missing."""

    NOT_DUE = "not_due"  # the period has not opened
    DUE = "due"  # it is open and nothing has come
    RECEIVED_ON_TIME = "received_on_time"
    LATE = "late"  # it came after the due time
    ACCEPTED_IN_PART = "accepted_in_part"
    REJECTED = "rejected"  # all that came was refused
    MISSING = "missing"  # the cut-off has passed and nothing has come
    WAIVED = "waived"


# What came, best first: one file that is good outweighs those that are not.
_BEST_FIRST = (
    ObligationState.RECEIVED_ON_TIME,
    ObligationState.LATE,
    ObligationState.ACCEPTED_IN_PART,
    ObligationState.REJECTED,
)


def states_at(
    obligations: pandas.DataFrame,
    *,
    files: pandas.DataFrame,
    values: pandas.DataFrame,
    waivers: pandas.DataFrame,
    as_of: datetime,
) -> pandas.DataFrame:
    """
    The obligations in their order, with STATE_COLUMNS.

    Args:
        files: FILE_COLUMNS, one row per workbook and period; `state` is the submission's. Only what counts: not what
            was taken back, nor what came when the period was closed (function file_as_known of the database).
        values: VALUE_COLUMNS, one row per item that a workbook answers by itself; only what counts (standing_answer).
        waivers: KEY, one row per obligation that is waived.
        as_of: What came later is not seen; decides between not due, due and missing.

    Returns:
        `received_at` is that of the file that decides, NaT where none does.
    """
    owed = obligations.reset_index(drop=True).assign(row=lambda frame: frame.index)
    best = _best(_arrivals(owed, files, values), as_of)
    by_row = best.reindex(owed["row"])
    now = pandas.Timestamp(as_of)
    by_clock = np.select(
        [(owed["opens_at"] > now).to_numpy(), (owed["cut_off_at"] > now).to_numpy()],
        [ObligationState.NOT_DUE.value, ObligationState.DUE.value],
        ObligationState.MISSING.value,
    )
    states = by_row["state"].to_numpy(dtype=object)
    states = np.where(pandas.isna(states), by_clock, states)
    states = np.where(is_waived(owed, waivers), ObligationState.WAIVED.value, states)
    return owed.drop(columns="row").assign(state=states, received_at=by_row["received_at"].set_axis(owed.index))


def _arrivals(owed: pandas.DataFrame, files: pandas.DataFrame, values: pandas.DataFrame) -> pandas.DataFrame:
    """One row per obligation and file that answers it, or that failed to."""
    by_file = owed.merge(files[list(FILE_COLUMNS)], on=list(BODY_AND_PERIOD))
    is_refused = by_file["state"] == SubmissionState.REJECTED.value
    by_file = by_file[by_file["item_kind"].isin(ANSWERED_BY_FILE) | is_refused]
    by_value = owed.merge(values[list(VALUE_COLUMNS)], on=list(KEY)).assign(state=SubmissionState.ACCEPTED.value)
    arrived = pandas.concat([by_file, by_value], ignore_index=True)
    return with_instants(arrived, ("received_at",))


def _best(arrived: pandas.DataFrame, as_of: datetime) -> pandas.DataFrame:
    """By row of the obligation: the best that came, the earliest of equals."""
    counted = arrived[arrived["received_at"] <= pandas.Timestamp(as_of)]
    is_late = counted["received_at"] > counted["due_at"]
    rank = np.select(
        [
            (counted["state"] == SubmissionState.REJECTED.value).to_numpy(),
            (counted["state"] == SubmissionState.ACCEPTED_IN_PART.value).to_numpy(),
            is_late.to_numpy(),
        ],
        [3, 2, 1],
        0,
    )
    ordered = counted.assign(rank=rank).sort_values(["row", "rank", "received_at"]).drop_duplicates("row")
    names = np.array([state.value for state in _BEST_FIRST], dtype=object)
    return ordered.assign(state=names[ordered["rank"].to_numpy()]).set_index("row")[list(STATE_COLUMNS)]


def is_waived(owed: pandas.DataFrame, waivers: pandas.DataFrame) -> np.ndarray:
    """Of each obligation whether somebody waived it."""
    waived = pandas.MultiIndex.from_frame(waivers[list(KEY)])
    return np.asarray(pandas.MultiIndex.from_frame(owed[list(KEY)]).isin(waived))
