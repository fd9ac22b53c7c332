"""Reported figures as the rules read them: shares from their parts, growth as a compounded index.

Source: docs/method.md, clause 2.3. One element per entry of a history; NaN is null.
"""

from dataclasses import dataclass, replace

import numpy as np

from resolution_monitor.method.arrays import Floats, Whole, divide, nulls
from resolution_monitor.method.attainment import Reading
from resolution_monitor.method.kinds.growth import compounded
from resolution_monitor.reporting.content import ValueState
from resolution_monitor.score.month.aims import Aims
from resolution_monitor.score.month.report_history import History

_DAY_OF_1970 = 719163.0


@dataclass(frozen=True, slots=True)
class Figures:
    """
    What was reported.

    Attributes:
        written: The value in the indicator's unit, of growth the rate.
        observed: V as the rule takes it: of growth the index, of a product without its document nothing done; NaN where
            nothing can be measured.
        numerator, denominator: Of a ratio, so that their quotient is in the indicator's unit.
    """

    written: Floats
    observed: Floats
    numerator: Floats
    denominator: Floats

    def read_by(self, aim: Reading) -> Reading:
        """The aims with these figures, element by element."""
        return replace(aim, observed=self.observed, numerator=self.numerator, denominator=self.denominator)

    def last(self, entry: Whole) -> "Figures":
        """Those of the entries of these numbers; null for -1."""
        parts = (self.written, self.observed, self.numerator, self.denominator)
        return Figures(*(np.append(part, np.nan)[entry] for part in parts))


def figures_of(aims: Aims, history: History) -> Figures:
    """The usable figures of every entry."""
    is_usable = history.entries["is_usable"].to_numpy(dtype=bool)
    value, top, bottom = (
        np.where(is_usable, history.numbers(name), np.nan) for name in ("value", "numerator", "denominator")
    )
    percent, is_ratio = aims.percent[history.row], aims.has_parts[history.row]
    is_rate = aims.is_compounded[history.row]
    # "Nothing happened" is no case at all: a share of nothing.
    is_empty = is_usable & is_ratio & (history.entries["value_state"] == ValueState.NO_ACTIVITY.value).to_numpy()
    has_parts = ~np.isnan(top) & ~np.isnan(bottom)
    numerator = np.where(is_empty, 0.0, np.where(has_parts, top * percent, value))
    denominator = np.where(is_empty, 0.0, np.where(has_parts, bottom, np.where(np.isnan(value), np.nan, 1.0)))
    share = divide(numerator, denominator)
    counted = _proven(aims, history, value)
    return Figures(
        written=np.where(is_ratio, share, value),
        observed=np.where(is_ratio, share, np.where(is_rate, _index(aims, history, value), counted)),
        numerator=np.where(is_ratio, numerator, np.nan),
        denominator=np.where(is_ratio, denominator, np.nan),
    )


def _proven(aims: Aims, history: History, value: Floats) -> Floats:
    """Of a product that names no document, nothing done; other figures as they are."""
    if "is_proven" not in history.entries:
        return value
    is_bare = aims.is_product[history.row] & ~history.entries["is_proven"].eq(True).to_numpy(dtype=bool)
    return np.where(is_bare & ~np.isnan(value), 0.0, value)


def _index(aims: Aims, history: History, value: Floats) -> Floats:
    """Of each entry, what the yearly rates up to it make of 1; NaN where a year is missing, and for other kinds."""
    index = nulls(len(value))
    is_growth = aims.is_compounded[history.row]
    if not is_growth.any():
        return index
    row, rate = history.row[is_growth], value[is_growth] / aims.percent[history.row[is_growth]]
    year = years_of(history.day[is_growth])
    column = (year - aims.first_year[row]).astype(np.int64)
    rates = np.full((history.size, int(column.max()) + 1), np.nan)
    rates[row, column] = rate
    index[is_growth] = compounded(rates[row], column.astype(np.float64) + 1.0)
    return index


def years_of(day: Floats) -> Floats:
    """The year of each day number."""
    days = (day - _DAY_OF_1970).astype("datetime64[D]")
    return np.asarray(days.astype("datetime64[Y]").astype(np.float64) + 1970.0)
