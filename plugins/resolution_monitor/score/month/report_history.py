"""Ragged histories of reports: one entry per row and period, by row and day, and their matrices for the rules.

Source: docs/method.md, clauses 2.2 and 2.5, and its trees. Days are day numbers; NaN is null.
"""

from dataclasses import dataclass

import numpy as np
import pandas

from resolution_monitor.ledger.items import ItemKind
from resolution_monitor.ledger.states import ObligationState
from resolution_monitor.method.arrays import Flags, Floats, Whole, nulls
from resolution_monitor.score.month.month import Month
from resolution_monitor.score.rules.days import day_numbers

# An answer that the ledger does not count is no answer, whatever figure it holds.
NOT_IN = (ObligationState.MISSING.value, ObligationState.REJECTED.value)


@dataclass(frozen=True, slots=True)
class History:
    """
    Entries sorted by row and day; a row may have none.

    Attributes:
        size: How many rows there are.
        row: Of each entry.
        day: Last day of its period.
        is_owed: It was due; a figure for a period that nobody asked for counts, its absence never does.
        entries: The entries with the columns of what was reported.
    """

    size: int
    row: Whole
    day: Floats
    is_owed: Flags
    entries: pandas.DataFrame

    @property
    def counts(self) -> Whole:
        """Entries of each row."""
        return np.bincount(self.row, minlength=self.size)

    @property
    def owed_counts(self) -> Whole:
        return np.bincount(self.row[self.is_owed], minlength=self.size)

    def numbers(self, column: str) -> Floats:
        """A column of what was reported as float64; NaN where it is not there."""
        return self.entries[column].to_numpy(dtype=np.float64, na_value=np.nan)

    def matrix(self, values: Floats) -> Floats:
        """
        One line per row, one column per entry in order of time, aligned at the last: NaN stands before the first.

        So the last column is the newest of every row, and reports missed in a row are counted from there.
        """
        counts = self.counts
        width = int(counts.max(initial=0))
        matrix = np.full((self.size, width), np.nan)
        matrix[self.row, width - counts[self.row] + self.position] = values
        return matrix

    def flat(self, matrix: Floats) -> Floats:
        """The values of a matrix as one element per entry again."""
        return np.asarray(matrix[self.row, matrix.shape[1] - self.counts[self.row] + self.position])

    @property
    def position(self) -> Whole:
        """Of each entry within its row, from 0."""
        return np.arange(len(self.row)) - (np.cumsum(self.counts) - self.counts)[self.row]

    def first_owed(self, values: Floats) -> Floats:
        """The value at the first due entry of each row; NaN where there is none, or its report is missing."""
        found, places = nulls(self.size), np.flatnonzero(self.is_owed)
        rows, firsts = np.unique(self.row[places], return_index=True)
        found[rows] = values[places[firsts]]
        return found

    def last_of(self, chosen: Flags) -> Whole:
        """The number of the last chosen entry of each row; -1 where there is none."""
        last = np.full(self.size, -1, dtype=np.int64)
        places = np.flatnonzero(chosen)
        last[self.row[places]] = places  # entries are in order of time: the last one written stays
        return last


def history_of(
    keys: pandas.DataFrame, span: tuple[Floats, Floats], owed: pandas.DataFrame, reported: pandas.DataFrame
) -> History:
    """
    What was due and what came of each row.

    Args:
        keys: agency_id and item_id of each row; no pair twice.
        span: The first and the last day of each row that count, as day numbers.
        owed: agency_id, item_id, day, state.
        reported: agency_id, item_id, day, is_usable, and what else was reported; no triple twice.
    """
    index = pandas.MultiIndex.from_frame(keys[["agency_id", "item_id"]])
    due = _placed(index, owed[["agency_id", "item_id", "day", "state"]]).drop_duplicates(["row", "day"], keep="last")
    came = _placed(index, reported)
    both = due.assign(is_owed=True).merge(came, how="outer", on=["row", "day"], sort=True)
    day, row = both["day"].to_numpy(dtype=np.float64), both["row"].to_numpy(dtype=np.int64)
    both = both[(span[0][row] <= day) & (day <= span[1][row])]
    both = both.sort_values(["row", "day"]).reset_index(drop=True)
    is_counted = both["is_usable"].eq(True) & ~both["state"].isin(NOT_IN)
    return History(
        size=len(keys),
        row=both["row"].to_numpy(dtype=np.int64),
        day=both["day"].to_numpy(dtype=np.float64),
        is_owed=both["is_owed"].eq(True).to_numpy(dtype=bool),
        entries=both.assign(is_usable=is_counted),
    )


def owed_of(month: Month, item_kind: ItemKind) -> pandas.DataFrame:
    """What of a kind fell due: agency_id, item_id, day, state."""
    owed = month.due(item_kind)
    return owed[["agency_id", "item_id", "state"]].assign(day=day_numbers(owed["period_end"]))


def latest_of(frame: pandas.DataFrame, by: str) -> pandas.DataFrame:
    """
    Of rows of one body, item and period the last by a column, of equals the last one given; others keep their order.

    Bodies that are one today may each have reported: the later report stands.
    """
    key = ["agency_id", "item_id", "period_end"]
    is_repeated = frame.duplicated(key, keep=False)
    if not is_repeated.any():
        return frame
    repeated = frame[is_repeated].sort_values(by, kind="stable").drop_duplicates(key, keep="last")
    return pandas.concat([frame[~is_repeated], repeated], ignore_index=True)


def _placed(index: pandas.MultiIndex, frame: pandas.DataFrame) -> pandas.DataFrame:
    """The rows that belong to the index, by its place instead of their body and item."""
    row = index.get_indexer(pandas.MultiIndex.from_frame(frame[["agency_id", "item_id"]]))
    placed = frame.drop(columns=["agency_id", "item_id"]).assign(row=row)
    return placed[row >= 0]
