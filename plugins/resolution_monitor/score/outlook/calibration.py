"""Are forecasts worth more than the base rate? Brier scores, reliability, recalibration, and what to fall back on.

Source: docs/method.md, clause 3, protocol: time-forward, grouped by what was forecast. One element per resolved
forecast.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

import numpy as np
import pandas

from resolution_monitor.method.arrays import Flags, Floats, Texts, Whole
from resolution_monitor.score.outlook.forecast import band_of
from resolution_monitor.score.outlook.recalibration import Refit, refit

# So many different things of a kind have to be resolved: before it is said what a band meant, before chances are told
# otherwise than as made, and before percentages are told in place of bands.
LEAST_FOR_MEANING, LEAST_TO_LEARN, LEAST_FOR_PERCENTAGES = 20, 50, 200
_TRAINING_SHARE = 2.0 / 3.0
EDGES = (0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0)
_PLAIN = Refit(0.0, 1.0)


class Way(StrEnum):
    """How a chance is told."""

    AS_MADE = "as_made"
    RECALIBRATED = "recalibrated"
    BASE_RATE = "base_rate"


@dataclass(frozen=True, slots=True)
class Meant:
    """
    What a band meant for a kind.

    Attributes:
        things: How many different things that are resolved would ever have been told this band as it is told now.
        short: How many of these fell short or were late.
    """

    things: int
    short: int


@dataclass(frozen=True, slots=True)
class Calibration:
    """
    How chances of a kind are told from now on; never those of another kind.

    Attributes:
        refit: Of the log odds, where it is recalibrated.
        base_rate: Share of what was resolved that fell short; NaN where nothing was.
        resolved: How many different things.
        meant: By band; empty until enough is resolved to say so, and without a band that was never told.
        is_percentage: Enough is resolved to tell more than a band.
    """

    way: Way
    base_rate: float
    resolved: int
    refit: Refit = _PLAIN
    meant: Mapping[str, Meant] = field(default_factory=dict)

    @property
    def is_percentage(self) -> bool:
        return self.resolved >= LEAST_FOR_PERCENTAGES

    def told(self, chance: Floats) -> Floats:
        """The chance as it is told; null stays null."""
        if self.way is Way.BASE_RATE:
            return np.where(np.isnan(chance), np.nan, self.base_rate)
        return self.refit.told(chance) if self.way is Way.RECALIBRATED else chance


def brier(chance: Floats, outcome: Floats) -> float:
    """Mean squared distance of chances from what happened (1 or 0); NaN of nothing."""
    return float(np.mean((chance - outcome) ** 2)) if len(outcome) else float("nan")


def calibrate(chance: Floats, outcome: Floats, *, item: Texts, resolved_day: Floats) -> Calibration:
    """
    How a kind is told by what was resolved of it, and what its bands meant.

    Fewer than 50 different things: as made. Else the chance as made, recalibrated, or the base rate: whichever has the
    lowest Brier score on the last third by day of resolution, no thing on both sides. A recalibration that cannot be
    trusted, of the first two thirds or then of the whole, is none.

    Args:
        item: What was forecast; several forecasts of one thing count as one thing.
        resolved_day: When it became known what happened, as day numbers.
    """
    resolved = len(np.unique(item))
    plain = Calibration(Way.AS_MADE, float(outcome.mean()) if len(outcome) else float("nan"), resolved)
    if resolved < LEAST_FOR_MEANING:
        return plain
    found = _chosen(plain, chance, outcome, item, _training(item, resolved_day))
    return replace(found, meant=_meanings(band_of(found.told(chance)), outcome, item))


def _chosen(plain: Calibration, chance: Floats, outcome: Floats, item: Texts, is_training: Flags) -> Calibration:
    """The way that did best on what taught nothing; what recalibrates learns from everything in the end."""
    past, then = outcome[is_training], outcome[~is_training]
    if plain.resolved < LEAST_TO_LEARN or not len(then):
        return plain
    ways = [plain, replace(plain, way=Way.BASE_RATE)]
    scores = [brier(chance[~is_training], then), brier(np.full(len(then), past.mean()), then)]
    taught = refit(chance[is_training], past, item[is_training])
    whole = refit(chance, outcome, item)
    if taught and whole:
        ways.append(replace(plain, way=Way.RECALIBRATED, refit=whole))
        scores.append(brier(taught.told(chance[~is_training]), then))
    return ways[int(np.argmin(scores))]


def _meanings(band: Texts, outcome: Floats, item: Texts) -> dict[str, Meant]:
    """Of each band that was told: the things it was told of, each once, and how many of these fell short."""
    told = pandas.DataFrame({"band": band, "item": item, "outcome": outcome})
    told = told.drop_duplicates(["band", "item"])
    return {str(name): Meant(things=len(part), short=int(part["outcome"].sum())) for name, part in told.groupby("band")}


def reliability(chance: Floats, outcome: Floats) -> pandas.DataFrame:
    """
    One row per tenth that holds a forecast: from, to, forecasts, mean_chance, happened (share).

    A reliable forecast has `happened` near `mean_chance` in every row.
    """
    cell = np.clip(np.searchsorted(np.array(EDGES), chance, side="right") - 1, 0, len(EDGES) - 2)
    rows = [
        {
            "from": EDGES[number],
            "to": EDGES[number + 1],
            "forecasts": int((cell == number).sum()),
            "mean_chance": float(chance[cell == number].mean()),
            "happened": float(outcome[cell == number].mean()),
        }
        for number in np.unique(cell)
    ]
    return pandas.DataFrame(rows, columns=["from", "to", "forecasts", "mean_chance", "happened"])


def by_group(group: Texts, outcome: Floats) -> Floats:
    """The share that happened in each element's own group: what a colour would have said had it been calibrated."""
    _, place = np.unique(group, return_inverse=True)
    counts: Whole = np.bincount(place)
    return np.asarray((np.bincount(place, weights=outcome) / np.maximum(counts, 1))[place])


def _training(item: Texts, resolved_day: Floats) -> Flags:
    """Things resolved in the first two thirds of the days on which any was."""
    things, first = np.unique(item, return_index=True)
    days = np.sort(resolved_day[first])
    return np.asarray(resolved_day <= days[int(len(things) * _TRAINING_SHARE) - 1])
