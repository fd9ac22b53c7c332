"""Will a dated product be late? What became of its like, and of its agency's other products.

Source: docs/method.md, clause 3, dated deliverables. NaN is null.
"""

from dataclasses import dataclass

import numpy as np

from resolution_monitor.method.arrays import Flags, Floats, Whole, divide

LEAST_CASES = 10.0
CLASS_STRENGTH = 10.0
AGENCY_STRENGTH = 20.0
TIME_LEFT_DAYS = (180.0, 365.0, 730.0)
LIKELY_LOWEST, LIKELY_HIGHEST = 0.01, 0.99


@dataclass(frozen=True, slots=True)
class LateRisk:
    """
    The chance of being late, and what it was made of; all null with fewer than 10 cases in all.

    Attributes:
        overall: m, the smoothed rate of all cases.
        used: Number of the class that was used, from 0; the number of classes where none was large enough.
        of_class, of_agency: p_c and p_a.
        late: p, between .01 and .99.
    """

    overall: Floats
    used: Floats
    of_class: Floats
    of_agency: Floats
    late: Floats


def time_left_class(days_left: Floats) -> Whole:
    """0 up to 180 days, 1 up to 365, 2 up to 730, 3 beyond."""
    return np.searchsorted(np.array(TIME_LEFT_DAYS), days_left, side="left")


def late_risk(
    class_late: Floats, class_cases: Floats, *, agency: tuple[Floats, Floats], overall: tuple[Floats, Floats]
) -> LateRisk:
    """
    The finest class with ten cases, shrunk to the overall rate, and the agency's own record beside it.

    Args:
        class_late, class_cases: One row per product, one column per class from fine to coarse; NaN after the last.
        agency, overall: Late and all cases of each product's agency, and of everything.
    """
    late_all, cases_all = overall
    rate = (late_all + 1.0) / (cases_all + 2.0)
    is_large = class_cases >= LEAST_CASES
    found = np.asarray(is_large.any(axis=1))
    number = np.where(found, _first(is_large), (~np.isnan(class_cases)).sum(axis=1))
    late, cases = _taken(class_late, number, found), _taken(class_cases, number, found)
    of_class = np.where(found, (late + CLASS_STRENGTH * rate) / (cases + CLASS_STRENGTH), rate)
    of_agency = (agency[0] + AGENCY_STRENGTH * rate) / (agency[1] + AGENCY_STRENGTH)
    odds = _log_odds(of_class) + _log_odds(of_agency) - _log_odds(rate)
    known = np.where(cases_all >= LEAST_CASES, 1.0, np.nan)
    chance = np.clip(1.0 / (1.0 + np.exp(-odds)), LIKELY_LOWEST, LIKELY_HIGHEST)
    return LateRisk(
        overall=rate * known,
        used=number * known,
        of_class=of_class * known,
        of_agency=of_agency * known,
        late=chance * known,
    )


def _first(held: Flags) -> Whole:
    return np.argmax(held, axis=1) if held.shape[1] else np.zeros(len(held), dtype=np.int64)


def _taken(values: Floats, number: Whole, found: Flags) -> Floats:
    if not values.shape[1]:
        return np.zeros(len(values))
    column = np.where(found, number, 0)
    return np.where(found, values[np.arange(len(values)), column], 0.0)


def _log_odds(chance: Floats) -> Floats:
    return np.log(divide(chance, 1.0 - chance))
