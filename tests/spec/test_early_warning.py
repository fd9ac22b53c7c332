"""The forecast against the same clauses written out for one series, and the normal distribution against math.erf."""

import math
import statistics

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from resolution_monitor.method.path import Path, Points
from resolution_monitor.score.outlook.forecast import band_of, forecast
from resolution_monitor.score.rules.normal import normal_cumulative
from resolution_monitor.score.rules.trajectory import earned_share


def phi(z: float) -> float:
    return 0.5 * math.erfc(-z / math.sqrt(2))


def clause_3(tau: list[float], h: int, theta: float) -> dict[str, float | None]:
    """Clause 3 word by word, for one series without gaps."""
    k = len(tau) - 1
    x = [tau[i] - tau[i - 1] for i in range(1, k + 1)]
    level, b = tau[0], statistics.median(x[:3])
    for value in tau[1:]:
        new = 0.8 * value + 0.2 * (level + 0.85 * b)
        b, level = 0.4 * (new - level) + 0.6 * 0.85 * b, new
    middle = statistics.median(x)
    mad = 1.4826 * statistics.median(abs(one - middle) for one in x)
    sd = max(0.005, math.sqrt(0.5 * mad**2 + 0.5 * statistics.variance(x[-min(k, 8) :])))
    n = min(max(k, 2), 7)

    def at(j: int) -> tuple[float, float]:
        ends = [
            tau[-1] + b * sum(0.85**i for i in range(1, j + 1)),
            tau[-1] + j * sum(x[-3:]) / 3,
            tau[-1] + j * (tau[-1] - tau[0]) / k,
        ]
        se = math.sqrt(sd**2 * (j + j**2 / n) + 0.01**2 + statistics.pvariance(ends))
        return se, min(0.99, max(0.01, phi((theta - (ends[0] + ends[1]) / 2) / (1.5 * se))))

    se, raw = at(h)
    guard = tau[-1] >= 0.95 * k / (k + h) - 1e-9 and sum(x[-3:]) / 3 >= (theta - tau[-1]) / h - 1e-9
    first = {limit: next((j for j in range(1, 2 * h + 1) if at(j)[1] < limit - 1e-9), None) for limit in (0.5, 0.1)}
    return {
        "slope": b,
        "deviation": sd,
        "error": se,
        "raw": raw,
        "guard": float(guard),
        "short": min(raw, 0.39) if guard else raw,
        "likely_in": first[0.5],
        "safe_in": first[0.1],
    }


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.floats(0, 1).map(lambda value: round(value, 3)), min_size=4, max_size=14),
    st.integers(1, 12),
    st.sampled_from([0.95, 0.8649]),
)
def test_forecast_is_clause_3(tau: list[float], h: int, theta: float):
    """
    Many series at once give what the clause gives for each.
    """
    expected = clause_3(tau, h, theta)

    found = forecast(np.array([tau, tau[::-1]]), np.full(2, len(tau)), np.full(2, float(h)), np.full(2, theta))

    for name, value in expected.items():
        assert pytest.approx(math.nan if value is None else value, abs=1e-9, nan_ok=True) == getattr(found, name)[0], (
            name
        )


def test_series_of_unequal_length():
    """
    What stands after a series' own periods is not read; too short, no period left, or a gap at the start: null.
    """
    tau = np.array(
        [[0, 0.1, 0.2, 0.3, 9.0], [0, 0.1, 0.2, 0.3, 0.4], [0, 0.1, 0.2, 9, 9], [np.nan, 0.1, 0.2, 0.3, 0.4]]
    )

    found = forecast(tau, np.array([4, 5, 3, 5]), np.full(4, 6.0), np.full(4, 0.95))
    alone = forecast(tau[:1, :4], np.array([4]), np.array([6.0]), np.array([0.95]))
    none_left = forecast(tau[1:2], np.array([5]), np.array([0.0]), np.array([0.95]))

    assert alone.raw[0] == found.raw[0]
    assert [False, False, True, True] == np.isnan(found.short).tolist()
    assert ["", ""] == found.band[2:].tolist()
    assert np.isnan(none_left.error[0])


@pytest.mark.parametrize(
    ("chance", "band"),
    [(0.39, "low"), (0.4, "watch"), (0.5999999999, "high"), (0.599, "watch"), (0.6, "high"), (np.nan, "")],
)
def test_bands(chance: float, band: str):
    """
    low below .40, high from .60 on, with the tolerance of the method.
    """
    assert band == band_of(np.array([chance]))[0]


def test_normal_distribution():
    """
    Φ is math.erf's to 1e-14, and null for null.
    """
    values = np.linspace(-10, 10, 4001)

    assert max(abs(phi(z) - got) for z, got in zip(values, normal_cumulative(values), strict=True)) < 1e-14
    assert np.isnan(normal_cumulative(np.array([np.nan]))[0])


def test_aim_is_the_inverse_of_the_path():
    """
    .95 is expected after .95 of a straight path; after .86465 of an S-curve: 3 x .74762 - 2 x .64643 = .95.
    """
    shapes = np.array(["linear", "scurve", "table", "step"])
    points = Points(day=np.full((4, 1), 50.0), fraction=np.full((4, 1), 0.9))
    path = Path(shapes, np.zeros(4), np.full(4, 100.0), np.full(4, np.nan), np.full(4, np.nan), points)

    aim = earned_share(path, np.full(4, 0.95))

    np.testing.assert_allclose([0.95, 0.86465, 0.75, np.nan], aim, atol=5e-6)
