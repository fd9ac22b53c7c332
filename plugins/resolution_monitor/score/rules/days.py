"""Days as numbers that rules compute with, and back."""

from datetime import date

import numpy as np
import pandas

from resolution_monitor.method.arrays import Floats


def day_numbers(days: pandas.Series) -> Floats:
    """Each date as the number of its day; NaN where there is none."""
    codes, known = pandas.factorize(days.to_numpy(dtype=object))
    return np.array([*(float(day.toordinal()) for day in known), np.nan], dtype=np.float64)[codes]


def dates(days: Floats) -> np.ndarray:
    """Day numbers as dates; None for null."""
    codes, known = pandas.factorize(days)
    plain = np.array([*(date.fromordinal(int(day)) for day in known), None], dtype=object)
    return plain[codes]
