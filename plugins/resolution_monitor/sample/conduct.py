"""How a made-up body goes about its work: well, slowly, or hardly at all; its figures and its punctuality follow."""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from resolution_monitor.sample.draws import draws


class Conduct(StrEnum):
    """What kind of body it is throughout the demonstration."""

    GOOD = "good"
    SLOW = "slow"
    FAILING = "failing"


@dataclass(frozen=True, slots=True)
class Habits:
    """
    What follows from a body's conduct.

    Attributes:
        share: Of all bodies, 0 to 1.
        pace, pace_spread: Progress as a share of what was planned by then, and how far its items differ.
        slip_days, slip_spread_days: Days by which it finishes tasks after their deadline; negative is before.
        trouble: Chance that an open task has an obstacle, 0 to 1.
        late, missing: Chance that one of its reports comes late, or never.
    """

    share: float
    pace: float
    pace_spread: float
    slip_days: float
    slip_spread_days: float
    trouble: float
    late: float
    missing: float


# The kinds of bodies a Steering Committee meets; shares and rates are ours.
HABITS = {
    Conduct.GOOD: Habits(0.60, 1.08, 0.12, -15, 30, 0.10, 0.03, 0.01),
    Conduct.SLOW: Habits(0.28, 0.68, 0.12, 130, 110, 0.35, 0.08, 0.03),
    Conduct.FAILING: Habits(0.12, 0.28, 0.12, 480, 160, 0.60, 0.15, 0.08),
}


@dataclass(frozen=True, slots=True)
class Player:
    """One body as it plays its part in one demonstration."""

    seed: int
    agency_id: str
    conduct: Conduct

    @property
    def habits(self) -> Habits:
        return HABITS[self.conduct]

    def draws(self, *names: str) -> np.random.Generator:
        """Random numbers for one thing of this body alone."""
        return draws(self.seed, self.agency_id, *names)


def player_of(seed: int, agency_id: str) -> Player:
    """A body in its part, the same for all its reports."""
    return Player(seed, agency_id, _conduct_of(seed, agency_id))


def _conduct_of(seed: int, agency_id: str) -> Conduct:
    drawn = draws(seed, agency_id, "conduct").random()
    reached = 0.0
    for conduct, habits in HABITS.items():
        reached += habits.share
        if drawn < reached:
            return conduct
    return Conduct.FAILING
