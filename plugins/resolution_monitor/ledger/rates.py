"""How much of what was owed has content, and how much came in time: the one definition, for ledger and scores alike.

Source: docs/method.md, the ledger's rates.
"""

from collections.abc import Sequence
from datetime import datetime

import numpy as np
import pandas

from resolution_monitor.ledger.items import ItemKind
from resolution_monitor.ledger.obligations import KEY, with_instants
from resolution_monitor.ledger.states import BODY_AND_PERIOD, ObligationState
from resolution_monitor.reporting.content import HAS_CONTENT, TaskState

# What a standing answer says, beside the key of its obligation.
ANSWER_COLUMNS = ("value_state", "task_state", "done_on", "product", "submission_id")
CELL_COLUMNS = ("cells_required", "cells_filled")
RATE_COLUMNS = ("owed", "settled", "completeness_pct", "timeliness_pct")

# A refused file could not be read: with it nothing has come.
CAME = (
    ObligationState.RECEIVED_ON_TIME.value,
    ObligationState.LATE.value,
    ObligationState.ACCEPTED_IN_PART.value,
)
_CELLS_OF_A_TASK_DONE = 3  # its state, the day, the number of the product


def settled(obligations: pandas.DataFrame, moment: datetime) -> pandas.DataFrame:
    """
    The obligations that are judged at a moment: cut off by then and not waived. What is not due is never missing.

    Source: docs/method.md, clause 2.8: null until the cut-off has passed.
    """
    known = with_instants(obligations, ("due_at", "cut_off_at", "received_at"))
    is_cut_off = known["cut_off_at"] <= pandas.Timestamp(moment)
    return known[is_cut_off & (known["state"] != ObligationState.WAIVED.value)]


def came_at(obligations: pandas.DataFrame) -> pandas.Series:
    """When each was answered; NaT where nothing came, or only what was refused."""
    return obligations["received_at"].where(obligations["state"].isin(CAME))


def with_cells(obligations: pandas.DataFrame, values: pandas.DataFrame) -> pandas.DataFrame:
    """
    The same rows with ANSWER_COLUMNS and CELL_COLUMNS: the cells each had to fill, and those that are filled.

    An indicator has one cell: a figure, zero, or "nothing happened". "Not applicable" and "withheld" answer, in time
    or late, but give no content. A task has its state, and once done its day and its product. A cell counts when its
    row was accepted; a row that waits for mending fills none. The report is the envelope of the others: it has a cell
    of its own only where its body owes nothing else for the period.

    Args:
        obligations: With state, as ledger.states gives them.
        values: KEY and ANSWER_COLUMNS, one row per item that is answered.
    """
    told = obligations.merge(values[[*KEY, *ANSWER_COLUMNS]], how="left", on=list(KEY), validate="one_to_one")
    came = told["state"].isin(CAME).to_numpy()
    is_done = (told["task_state"] == TaskState.DONE.value).to_numpy() & came
    kind = told["item_kind"]
    has_product = told["product"].fillna("").astype(str).str.strip().ne("").to_numpy()
    product_cells = told["done_on"].notna().to_numpy().astype(int) + has_product
    is_report, is_indicator = (kind == ItemKind.REPORT.value).to_numpy(), (kind == ItemKind.INDICATOR.value).to_numpy()
    has_content = told["value_state"].isin([state.value for state in HAS_CONTENT]).to_numpy()
    required = np.select([is_report, is_done], [_stands_alone(told), _CELLS_OF_A_TASK_DONE], 1)
    filled = np.select([is_report, is_indicator, is_done], [required, has_content, 1 + product_cells], 1)
    return told.assign(cells_required=required, cells_filled=np.where(came, filled, 0)).set_axis(obligations.index)


def _stands_alone(told: pandas.DataFrame) -> np.ndarray:
    """1 where a body owes nothing but its report for a period, not counting what is waived."""
    is_other = (told["item_kind"] != ItemKind.REPORT.value) & (told["state"] != ObligationState.WAIVED.value)
    others = is_other.groupby([told[name] for name in BODY_AND_PERIOD]).transform("sum")
    return (others == 0).to_numpy().astype(int)


def rates(obligations: pandas.DataFrame, by: Sequence[str], moment: datetime) -> pandas.DataFrame:
    """
    One row per group, in order of the groups' first row, with RATE_COLUMNS.

    Completeness is weight x cells filled / cells required over weight, timeliness the weight of what came by its due
    time over weight; both over the same settled obligations, each of which stands in one row and so counts once. Both
    lie in [0, 1] (0 to 100 %) by construction: what is counted above is a part of what is counted below, as a filled
    cell is a required one and what came in time was owed. NaN where nothing was owed, or nothing that weighs.

    Args:
        obligations: With state, weight and CELL_COLUMNS.
        by: Columns of the groups.
    """
    known = settled(obligations, moment)
    required = known["cells_required"].to_numpy(dtype=np.float64)
    weight = known["weight"].to_numpy(dtype=np.float64)
    share = known["cells_filled"].to_numpy(dtype=np.float64) / np.maximum(required, 1.0)
    in_time = (came_at(known) <= known["due_at"]).to_numpy()
    parts = known[list(by)].assign(
        settled=1,
        weight=weight,
        weight_in_time=np.where(in_time, weight, 0.0),
        weight_of_cells=np.where(required > 0, weight, 0.0),
        weight_filled=np.where(required > 0, weight * share, 0.0),
    )
    owed = obligations.groupby(list(by), sort=False).size().rename("owed").to_frame()
    sums = owed.join(parts.groupby(list(by), sort=False).sum()).fillna(0.0)
    return sums.assign(
        settled=sums["settled"].astype(int),
        completeness_pct=_share_pct(sums["weight_filled"], sums["weight_of_cells"]),
        timeliness_pct=_share_pct(sums["weight_in_time"], sums["weight"]),
    )[list(RATE_COLUMNS)].reset_index()


def _share_pct(part: pandas.Series, whole: pandas.Series) -> pandas.Series:
    return 100.0 * (part / whole.where(whole > 0))
