"""Worked cases of the forecast and of the reference class."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from resolution_monitor.method.arrays import Floats
from resolution_monitor.method.worked import padded, value
from resolution_monitor.score.outlook.forecast import forecast as forecast_of
from resolution_monitor.score.outlook.reference_class import late_risk
from resolution_monitor.score.worked_cases.cells import Answer, Row, answers, numbers, parsed


def forecast(rows: Sequence[Row]) -> list[Answer]:
    """The chance of falling short, what it is made of, and the dates by which it is small."""
    series = [each or [] for each in parsed(rows, "tau_series")]
    counts = np.array([len(each) for each in series], dtype=np.float64)
    found = forecast_of(padded(series), counts, numbers(rows, "h"), numbers(rows, "theta", empty=0.95))
    return answers(
        slope=found.slope,
        holt_end=found.holt_end,
        drift3_end=found.drift_end,
        mean_rate_end=found.rate_end,
        sd=found.deviation,
        se=found.error,
        p_raw=found.raw,
        guard=found.guard,
        p_short=found.short,
        band=found.band,
        j50=found.likely_in,
        j10=found.safe_in,
    )


def reference_class(rows: Sequence[Row]) -> list[Answer]:
    """The chance that a dated product is late."""
    classes = [each or [] for each in parsed(rows, "classes_json")]
    risk = late_risk(
        padded(classes, lambda each: value(each[0])),
        padded(classes, lambda each: value(each[1] or 0)),
        agency=_pair(parsed(rows, "agency_json")),
        overall=_pair(parsed(rows, "all_json")),
    )
    return answers(m=risk.overall, used=risk.used, p_class=risk.of_class, p_agency=risk.of_agency, p_late=risk.late)


def _pair(pairs: Sequence[Any]) -> tuple[Floats, Floats]:
    """Late and all cases; nothing known of an agency is no case."""
    filled = [each or [0, 0] for each in pairs]
    late, cases = (np.array([value(each[part] or 0) for each in filled], dtype=np.float64) for part in (0, 1))
    return late, cases
