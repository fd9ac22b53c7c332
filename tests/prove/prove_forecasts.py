"""Part of `make prove`: planted slippage, and how good forecasts of it are as made and as told."""

import argparse
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from proof_page import write_part
from simulated_slippage import CAMPAIGN, SHARES, Held, forecast_products, forecast_series, held_out

from resolution_monitor.score.outlook.calibration import reliability
from resolution_monitor.score.outlook.forecast import band_of
from resolution_monitor.score.outlook.recalibration import highest_line

ROOT = Path(__file__).resolve().parents[2]
TITLE = "## Early warning"
MIXED, LATE = "series, mixed ways of slipping", "series, a late campaign"
_CASES = 2000
_SERIES = 4000
_LOPSIDED = 300
# Mean of the seeds, and the worst of them, that chances told anew may reach.
_MOST = {MIXED: (0.162, 0.20), LATE: (0.19, 0.20)}
_TITLES = ("as made", "as told")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=20, help="how many panels of each way of slipping")
    parser.add_argument("--proof", type=Path, default=ROOT / "docs" / "proof.md", help="page that the tables go into")
    asked = parser.parse_args()
    started = time.monotonic()
    cases = _cases(asked.seeds)
    lost = _unconverged()
    lines = [
        *_brier_table(cases),
        *_meanings(cases),
        "",
        f"Newton's method on {_LOPSIDED} sets of chances from Beta(2.5, .5) did not converge: {lost}.",
        *_reliabilities(cases[MIXED]),
    ]
    write_part(asked.proof, TITLE, _words(asked.seeds), lines)
    missed = [name for name, most in _MOST.items() if not _holds(cases[name], most)]
    sys.stdout.write("\n".join([*lines, *(f"{name}: worse than it has to be" for name in missed)]) + "\n")
    sys.stdout.write(f"{time.monotonic() - started:.0f} s\n")
    return int(bool(missed or lost))


def _cases(seeds: int) -> dict[str, list[Held]]:
    """Every situation, one held-out half a seed."""
    series = {
        name: [forecast_series(np.random.default_rng([seed, number]), _SERIES, shares) for seed in range(seeds)]
        for number, (name, shares) in enumerate(((MIXED, SHARES), (LATE, CAMPAIGN)), start=1)
    }
    held = {name: [held_out(made) for made in panels] for name, panels in series.items()}
    few = {
        f"{name}, {known} known": [held_out(made, known=known) for made in panels]
        for name, panels in series.items()
        for known in (50, 200)
    }
    products = {
        f"products, {known} known": [
            held_out(forecast_products(np.random.default_rng([seed, number]), known, _CASES)) for seed in range(seeds)
        ]
        for number, known in ((3, 300), (4, 40))
    }
    return {**held, **few, **products}


def _holds(held: Sequence[Held], most: tuple[float, float]) -> bool:
    told = [one.recalibrated for one in held]
    return float(np.mean(told)) <= most[0] and max(told) <= most[1]


def _unconverged() -> int:
    """Of sets of lopsided chances whose outcomes follow them, contradict them, or are all one."""
    draws = np.random.default_rng(11)
    lost = 0
    for number in range(_LOPSIDED):
        size = int(draws.integers(20, 4000))
        chance = draws.beta(2.5, 0.5, size)
        share = (chance, 1.0 - chance, np.full(size, draws.random()), np.ones(size))[number % 4]
        outcome = (draws.random(size) < share).astype(float)
        lost += highest_line(chance, outcome, draws.integers(0, size // 3, size).astype(str)) is None
    return lost


def _brier_table(cases: dict[str, list[Held]]) -> list[str]:
    return [
        "| situation | forecasts | happened | base rate | colour | forecast as made | told | worst seed | chosen |",
        "|---|--:|--:|--:|--:|--:|--:|--:|---|",
        *(_case(name, held) for name, held in cases.items()),
    ]


def _case(name: str, held: Sequence[Held]) -> str:
    def mean(part: str) -> float:
        return float(np.mean([getattr(one, part) for one in held]))

    ways = [one.way.way.value for one in held]
    chosen = ", ".join(f"{way} {ways.count(way)}" for way in sorted(set(ways)))
    colour = "–" if name.startswith("products") else f"{mean('colour'):.3f}"
    worst = max(one.recalibrated for one in held)
    return (
        f"| {name} | {sum(one.forecasts for one in held)} | {mean('happened'):.1%} | {mean('base_rate'):.3f} | "
        f"{colour} | {mean('as_made'):.3f} | {mean('recalibrated'):.3f} | {worst:.3f} | {chosen} |"
    )


def _meanings(cases: dict[str, list[Held]]) -> list[str]:
    """What low, watch and high meant, as made and as told."""
    rows = []
    for name in (MIXED, LATE):
        outcome = np.concatenate([one.outcome for one in cases[name]])
        for title, part in zip(_TITLES, ("chance", "told"), strict=True):
            band = band_of(np.concatenate([getattr(one, part) for one in cases[name]]))
            shares = [_share(outcome[band == one]) for one in ("low", "watch", "high")]
            rows.append(f"| {name}, {title} | {' | '.join(shares)} |")
    return ["", "What the bands meant (fell short, of forecasts told so):", "", *_HEAD, *rows]


_HEAD = ("| situation | low | watch | high |", "|---|--:|--:|--:|")


def _share(outcome: np.ndarray) -> str:
    return f"{outcome.mean():.1%} of {len(outcome)}" if len(outcome) else "–"


def _reliabilities(held: Sequence[Held]) -> list[str]:
    lines: list[str] = []
    for title, part in zip(_TITLES, ("chance", "told"), strict=True):
        chance = np.concatenate([getattr(one, part) for one in held])
        table = reliability(chance, np.concatenate([one.outcome for one in held]))
        lines += ["", f"Reliability of {MIXED}, {title}:", "", *_reliability(table.to_dict("records"))]
    return lines


def _reliability(rows: Sequence[dict[str, float]]) -> list[str]:
    return [
        "| chance | forecasts | mean chance | happened |",
        "|---|--:|--:|--:|",
        *(
            f"| {row['from']:.1f}-{row['to']:.1f} | {row['forecasts']:.0f} | {row['mean_chance']:.3f} | "
            f"{row['happened']:.3f} |"
            for row in rows
        ),
    ]


def _words(seeds: int) -> str:
    return (
        f"{seeds} seeds; Brier scores (lower is better) on the half of the items that taught nothing; the other half "
        "taught base rate, what each colour means, and how chances are told, as the rule chooses by itself; where so "
        "many are known, only the first of that half taught. Three origins a series: a quarter, half and three "
        "quarters of three years. Worst seed: of what was told. The ways of slipping are ours, not measured from real "
        "bodies; tests on real series stand in the method."
    )


if __name__ == "__main__":
    sys.exit(main())
