"""Part of `make prove`: planted gaming and slippage, and how often screens and forecasts are right about them."""

import argparse
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from simulated_gaming import GAMED, SIMULATED, Trial
from simulated_slippage import CAMPAIGN, SHARES, Held, forecast_products, forecast_series, held_out

from resolution_monitor.catalogue.entries import Screen, Screening
from resolution_monitor.catalogue.load import load_catalogue
from resolution_monitor.score.outlook.calibration import reliability
from resolution_monitor.score.screens.screened import Screened, false_share

ROOT = Path(__file__).resolve().parents[2]
SCREENS, FORECASTS = "## Screens of honest reporting", "## Early warning"
_CASES = 2000
_SERIES = 4000


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=20, help="how many panels of each kind of gaming")
    parser.add_argument("--proof", type=Path, default=ROOT / "docs" / "proof.md", help="page that the tables go into")
    asked = parser.parse_args()
    started = time.monotonic()
    screening = load_catalogue(ROOT / "catalogue").screening
    screens = screen_table(screening, asked.seeds)
    forecasts = forecast_tables(asked.seeds)
    for lines in (screens, forecasts):
        sys.stdout.write("\n".join(lines) + "\n\n")
    _write(asked.proof, SCREENS, _words_of_screens(screening, asked.seeds), screens)
    _write(asked.proof, FORECASTS, _words_of_forecasts(asked.seeds), forecasts)
    sys.stdout.write(f"{time.monotonic() - started:.0f} s\n")
    return 0


def screen_table(screening: Screening, seeds: int) -> list[str]:
    """One line per screen, over all seeds."""
    head = [
        "| screen | honest | false alarms | printed beside | gamed | power, plain | power, mild | asked, plain | "
        "asked, mild | false among asked |",
        "|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|",
    ]
    return head + [_line(screening, screening.screens[name], name, seeds) for name in SIMULATED]


def _line(screening: Screening, screen: Screen, name: str, seeds: int) -> str:
    plain, mild = (_trials(screen, name, seeds, is_mild=is_mild) for is_mild in (False, True))
    honest, gamed = (sum(_tested(trial, gamed=which) for trial in plain) for which in (False, True))
    alarms = sum(int((_ever(trial.looks) & ~trial.is_gamed).sum()) for trial in plain)
    asked = [[_asked(trial.looks[-1], screen, screening) for trial in trials] for trials in (plain, mild)]
    powers = [_caught(trials, [trial.looks[-1].is_hit for trial in trials]) for trials in (plain, mild)]
    rightly = [_caught(trials, one) for trials, one in zip((plain, mild), asked, strict=True)]
    wrongly = sum(int((one & ~trial.is_gamed).sum()) for one, trial in zip(asked[0], plain, strict=True))
    rates = [
        _share(count, sum(int(trial.is_gamed.sum()) for trial in trials))
        for count, trials in ((powers[0], plain), (powers[1], mild), (rightly[0], plain), (rightly[1], mild))
    ]
    return (
        f"| {name} | {honest} | {_share(alarms, honest)} | {screen.false_alarm_rate:.3%} | {gamed} | "
        f"{' | '.join(rates)} | {_share(wrongly, wrongly + rightly[0])} |"
    )


def _trials(screen: Screen, name: str, seeds: int, *, is_mild: bool) -> list[Trial]:
    return [
        SIMULATED[name](np.random.default_rng([seed, _number(name)]), screen, is_mild=is_mild)
        for seed in range(1, seeds + 1)
    ]


def _caught(trials: Sequence[Trial], found: Sequence[np.ndarray]) -> int:
    return sum(int((one & trial.is_gamed).sum()) for one, trial in zip(found, trials, strict=True))


def _number(name: str) -> int:
    return sorted(SIMULATED).index(name)


def _tested(trial: Trial, *, gamed: bool) -> int:
    ever = np.logical_or.reduce([look.is_tested for look in trial.looks])
    return int((ever & (trial.is_gamed == gamed)).sum())


def _ever(looks: Sequence[Screened]) -> np.ndarray:
    return np.logical_or.reduce([look.is_hit for look in looks])


def _asked(look: Screened, screen: Screen, screening: Screening) -> np.ndarray:
    """As the month's scoring decides it, of one screen alone."""
    sure = np.nan_to_num(false_share(look.chance), nan=1.0) <= screening.false_share_limit
    return np.asarray(look.is_hit & (sure | screen.is_fact))


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.2%}" if whole else "–"


def forecast_tables(seeds: int) -> list[str]:
    """Brier scores of each situation, then the reliability of the first."""
    cases = {
        "series, mixed ways of slipping": [
            held_out(forecast_series(np.random.default_rng([seed, 1]), _SERIES, SHARES)) for seed in range(seeds)
        ],
        "series, a late campaign": [
            held_out(forecast_series(np.random.default_rng([seed, 2]), _SERIES, CAMPAIGN)) for seed in range(seeds)
        ],
        "products, 300 known": [
            held_out(forecast_products(np.random.default_rng([seed, 3]), 300, _CASES)) for seed in range(seeds)
        ],
        "products, 40 known": [
            held_out(forecast_products(np.random.default_rng([seed, 4]), 40, _CASES)) for seed in range(seeds)
        ],
    }
    lines = [
        "| situation | forecasts | happened | base rate | colour | forecast as made | recalibrated | chosen |",
        "|---|--:|--:|--:|--:|--:|--:|---|",
        *(_case(name, held) for name, held in cases.items()),
    ]
    first = cases["series, mixed ways of slipping"]
    for title, part in (("as made", "chance"), ("recalibrated on the other half", "told")):
        chance = np.concatenate([getattr(one, part) for one in first])
        table = reliability(chance, np.concatenate([one.outcome for one in first]))
        rows = _reliability(table.to_dict("records"))
        lines += ["", f"Reliability of series, mixed ways of slipping, {title}:", "", *rows]
    return lines


def _case(name: str, held: Sequence[Held]) -> str:
    def mean(part: str) -> float:
        return float(np.mean([getattr(one, part) for one in held]))

    ways = [one.way.way.value for one in held]
    chosen = ", ".join(f"{way} {ways.count(way)}" for way in sorted(set(ways)))
    colour = "–" if name.startswith("products") else f"{mean('colour'):.3f}"
    total = sum(one.forecasts for one in held)
    return (
        f"| {name} | {total} | {mean('happened'):.1%} | {mean('base_rate'):.3f} | {colour} | {mean('as_made'):.3f} | "
        f"{mean('recalibrated'):.3f} | {chosen} |"
    )


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


def _words_of_screens(screening: Screening, seeds: int) -> str:
    return (
        f"{seeds} seeds; {GAMED:.0%} of each panel is gamed (tests/prove/simulated_gaming.py says how), the rest is "
        "simulated honest work, not real bodies; each is gamed plainly, and once more mildly. Honest: those there was "
        "enough to look at; false alarms: those of them hit at least once in a year of looks. Power: of all that was "
        "gamed, hit at the look after the gaming, whether or not there was enough to look at. Asked: what is "
        f"left once at most {screening.false_share_limit:.0%} of the questions are expected to be false alarms (what "
        "the record itself shows is always asked); the last column is the share that was, of plain gaming. "
        "without_evidence and empty_on_time state what the record shows and have no rate."
    )


def _words_of_forecasts(seeds: int) -> str:
    return (
        f"{seeds} seeds; Brier scores (lower is better) on the half of the items that taught nothing; the other half "
        "taught base rate, what each colour means, and the recalibration that the rule chooses by itself. Three "
        "origins a series: a quarter, half and three quarters of three years. The ways of slipping are ours, not "
        "measured from real bodies; tests on real series stand in the method."
    )


def _write(page: Path, title: str, words: str, lines: Sequence[str]) -> None:
    """Put the table under its heading; what other parts wrote stays."""
    text = page.read_text(encoding="utf-8") if page.exists() else "# What was proved\n\nWritten by `make prove`.\n"
    before, _, rest = text.partition(f"\n{title}\n")
    after = rest[rest.index("\n## ") :] if "\n## " in rest else ""
    body = "\n".join(lines)
    page.write_text(f"{before.rstrip()}\n\n{title}\n{words}\n\n{body}\n{after}", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
