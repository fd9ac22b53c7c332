"""Tiers: probabilities of ranks against what is known exactly, and who takes part."""

import math

import numpy as np
import pytest

from resolution_monitor.score.rules.composite import pooled_variance
from resolution_monitor.score.rules.tiers import rank_probabilities, tiers_of


def test_two_agencies():
    """
    The chance to rank first is Φ((80 - 76) / √(3² + 4²)).
    """
    expected = 0.5 * math.erfc(-(4 / 5) / math.sqrt(2))

    ranks = rank_probabilities(np.array([80.0, 76.0]), np.array([3.0, 4.0]))

    np.testing.assert_allclose([[expected, 1 - expected], [1 - expected, expected]], ranks, atol=1e-12)


def test_equal_agencies():
    """
    What cannot be told apart holds every rank with the same chance.
    """
    np.testing.assert_allclose(1 / 7, rank_probabilities(np.full(7, 50.0), np.full(7, 2.0)), atol=1e-12)


def test_far_apart_and_very_unequal():
    """
    Deviations of .05 and 30 in one group: rows and columns still sum to 1, and the sharp ones keep their order.
    """
    mean, deviation = np.array([90.0, 89.0, 50.0, 20.0]), np.array([0.05, 0.05, 30.0, 0.05])

    ranks = rank_probabilities(mean, deviation)

    above_90 = 0.5 * math.erfc((90 - 50) / 30 / math.sqrt(2))
    assert pytest.approx(1 - above_90, abs=1e-4) == ranks[0, 0]
    np.testing.assert_allclose(1.0, ranks.sum(axis=0), atol=1e-9)
    np.testing.assert_allclose(1.0, ranks.sum(axis=1), atol=1e-9)


def test_drawn_ranks_agree():
    """
    200,000 draws of 12 agencies give the same chances within their own error.
    """
    generator = np.random.default_rng(7)
    mean, deviation = generator.uniform(50, 90, 12), generator.uniform(1, 9, 12)
    drawn = generator.normal(mean, deviation, (200_000, 12))
    order = np.argsort(np.argsort(-drawn, axis=1), axis=1)
    shares = np.array([[np.mean(order[:, row] == rank) for rank in range(12)] for row in range(12)])

    assert np.abs(shares - rank_probabilities(mean, deviation)).max() < 0.006


def test_who_takes_part():
    """
    Nothing rated, four indicators, or no weight: in no sum; six must remain.
    """
    composite = np.array([90.0, 80, 70, 60, 50, 40, np.nan, 99, 99])
    indicators = np.array([5.0, 5, 5, 5, 5, 5, 9, 4, 9])
    effective = np.array([5.0, 5, 5, 5, 5, 5, 9, 4, np.nan])

    found = tiers_of(composite, indicators, effective, 100.0)

    assert found is not None
    assert [0, 1, 2, 3, 4, 5] == found.member.tolist()
    assert pytest.approx(65.0) == found.mean
    assert tiers_of(composite[1:], indicators[1:], effective[1:], 100.0) is None


def test_pooled_variance():
    """
    Agency 0: 90 and 70 around 80, agency 1: one of 50 that adds no freedom; (100 + 100 + 0) / 1.
    """
    points, agency = np.array([90.0, 70.0, 50.0, np.nan]), np.array([0, 0, 1, 1])

    assert pytest.approx(200.0) == pooled_variance(points, agency, np.array([80.0, 50.0]))
