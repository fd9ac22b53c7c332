"""Fair comparison: bodies of one peer group and band, tiers among them, and the funnel of what was on time.

Source: docs/method.md, clause 5. Never one list across groups: each group is computed and told by itself.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas

from resolution_monitor.catalogue.entries import Body
from resolution_monitor.catalogue.rule_entries import PeerGroup
from resolution_monitor.method.arrays import Flags, Floats, Texts, Whole, divide
from resolution_monitor.method.limits import Limits
from resolution_monitor.score.rules.composite import pooled_variance
from resolution_monitor.score.rules.tiers import Tiers, tiers_of

# Two-sided limits of a funnel: 95 % and 99.8 % of a normal distribution.
INNER, OUTER = 1.959963984540054, 3.090232306167813
FEW_INDICATORS, FEW_AGENCIES, NO_SPREAD = "few_assignments", "few_agencies", "no_spread"


@dataclass(frozen=True, slots=True)
class Compared:
    """
    What is compared; one element per body, in any order.

    Attributes:
        group: Code of the peer group and band, such as UBND-TINH/2; "" for a body of none.
        composite: C LOW; NaN where nothing is rated.
        rated: Rated assignments, led or helped; children of one parent count as one.
        effective: n_eff.
        points: LOW P of each of these; `owner` is the number of its body.
        delivery: D LOW of each body.
    """

    group: Texts
    composite: Floats
    rated: Floats
    effective: Floats
    points: Floats
    owner: Whole
    delivery: Floats


def groups_of(peers: Mapping[str, PeerGroup], bodies: Mapping[str, Body], effective: Mapping[str, float]) -> list[str]:
    """The peer group and band of each body, by block, kind and effective assignments; "" where there is none."""
    found = []
    for agency_id, body in bodies.items():
        held = [one for one in peers.values() if one.holds(agency_id, body.kind, body.block)]
        found.append(f"{held[0].peer_group}{band_of(held[0], effective[agency_id])}" if held else "")
    return found


def band_of(peer: PeerGroup, effective: float) -> str:
    """Such as "/2": the second of three bands; "" for a group without bands. Nothing rated counts as the lowest."""
    if not peer.bands:
        return ""
    known = 0.0 if np.isnan(effective) else effective
    return f"/{1 + sum(known >= limit for limit in peer.bands)}"


def tier_rows(compared: Compared, limits: Limits) -> pandas.DataFrame:
    """
    One row per body: tier, shrunk, deviation, top, bottom, rank_low, rank_high, group_size and why (no tier).

    Numbers are NaN and the tier "" where a body takes no part, or its group is too small.
    """
    size = len(compared.group)
    numbers = ("shrunk", "deviation", "top", "bottom", "rank_low", "rank_high", "group_size")
    columns = {name: np.full(size, np.nan) for name in numbers}
    tier, why = np.full(size, "", dtype="<U20"), np.full(size, FEW_INDICATORS, dtype="<U20")
    takes_part = _takes_part(compared, limits)
    for group in np.unique(compared.group):
        places = np.flatnonzero((compared.group == group) & takes_part)
        found = _tiers(compared, places, limits)
        why[places] = "" if found else FEW_AGENCIES
        if found:
            member = places[found.member]
            tier[member] = found.tier
            for name in numbers[:-1]:
                columns[name][member] = getattr(found, name)
            columns["group_size"][member] = len(member)
    return pandas.DataFrame({"tier": tier, "why": why, **columns})


def _takes_part(compared: Compared, limits: Limits) -> Flags:
    rated = compared.rated >= limits.tier_least_indicators
    return np.asarray(rated & ~np.isnan(compared.composite) & (compared.effective > 0) & (compared.group != ""))


def _tiers(compared: Compared, places: Whole, limits: Limits) -> Tiers | None:
    """Tiers among the bodies of one group that take part; those that do not are in no sum."""
    is_own = np.isin(compared.owner, places)
    variance = pooled_variance(compared.points[is_own], compared.owner[is_own], compared.delivery)
    return tiers_of(compared.composite[places], compared.rated[places], compared.effective[places], variance, limits)


@dataclass(frozen=True, slots=True)
class Funnel:
    """
    The share of what fell due that was done on time, against what chance and the group's own spread explain.

    Attributes:
        share: Of each body, 0 to 1; NaN where nothing was due.
        mean: Of the group, all together.
        spread: Standard deviation of the additive random effect.
        verdict: "inside", "outside_95" or "outside_998"; "" where nothing was due.
    """

    share: Floats
    mean: float
    spread: float
    verdict: Texts


def funnel_of(on_time: Floats, due: Floats) -> Funnel:
    """
    The funnel of one group.

    Args:
        on_time, due: Counts of each body.
    """
    share, total = divide(on_time, due), float(due.sum())
    mean = float(on_time.sum()) / total if total else float("nan")
    known = due > 0
    own = np.where(known, mean * (1.0 - mean) / np.where(known, due, 1.0), np.nan)
    spread = float(np.sqrt(_between(share[known], own[known])))
    apart, inner, outer = np.abs(share - mean), *(limit_at(due, mean, spread, z) for z in (INNER, OUTER))
    # A group without any failure, or without any success, has no spread to stand outside of.
    tests = [~known, apart > outer + 1e-9, apart > inner + 1e-9]
    verdict = np.select(tests, ["", "outside_998", "outside_95"], default="inside")
    return Funnel(share=share, mean=mean, spread=spread, verdict=verdict)


def limit_at(due: Floats, mean: float, spread: float, deviations: float) -> Floats:
    """How far from the mean a share may lie by chance, with so many due."""
    return np.asarray(deviations * np.sqrt(mean * (1.0 - mean) / np.maximum(due, 1.0) + spread**2))


def _between(share: Floats, own: Floats) -> float:
    """Variance between bodies beyond chance, by moments; 0 where chance explains all."""
    if len(share) < 2 or not (own > 0).all():
        return 0.0
    weight = 1.0 / own
    mean = (weight * share).sum() / weight.sum()
    excess = (weight * (share - mean) ** 2).sum() - (len(share) - 1)
    return max(0.0, float(excess / (weight.sum() - (weight**2).sum() / weight.sum())))
