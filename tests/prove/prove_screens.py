"""Part of `make prove`: planted gaming, how often the screens find it, and how often they ask the honest."""

import argparse
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from proof_page import write_part
from simulated_gaming import GAMED, SIMULATED, Trial

from resolution_monitor.catalogue.entries import Screen, Screening
from resolution_monitor.catalogue.load import load_catalogue
from resolution_monitor.score.screens.screened import Screened, false_share

ROOT = Path(__file__).resolve().parents[2]
TITLE = "## Screens of honest reporting"
# What is printed beside a question may be so far from what is measured here.
_ROUNDED = 0.02


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=20, help="how many panels of each kind of gaming")
    parser.add_argument("--proof", type=Path, default=ROOT / "docs" / "proof.md", help="page that the tables go into")
    parser.add_argument("--screen", choices=sorted(SIMULATED), help="only this one; the page stays as it is")
    asked = parser.parse_args()
    started = time.monotonic()
    screening = load_catalogue(ROOT / "catalogue").screening
    names = [asked.screen] if asked.screen else list(SIMULATED)
    measured = {name: measure(screening, name, asked.seeds) for name in names}
    table = _table(screening, measured)
    if not asked.screen:
        write_part(asked.proof, TITLE, _words(screening, asked.seeds), table)
    wrong = [name for name, found in measured.items() if not _is_as_printed(screening.screens[name], found)]
    sys.stdout.write("\n".join([*table, *(f"{name}: printed otherwise" for name in wrong)]) + "\n")
    sys.stdout.write(f"{time.monotonic() - started:.0f} s\n")
    return int(bool(wrong))


@dataclass(frozen=True, slots=True)
class Measured:
    """
    What one screen did, over all seeds; shares between 0 and 1.

    Attributes:
        finds, asks: Of what was gamed plainly and mildly.
        false_among: Of what was asked where gaming was plain and where it was mild; NaN where nothing was.
    """

    honest: int
    alarms: float
    gamed: int
    finds: tuple[float, float]
    asks: tuple[float, float]
    false_among: tuple[float, float]


def measure(screening: Screening, name: str, seeds: int) -> Measured:
    """A screen on plain and on mild gaming, and on the honest of the same panels over a year of looks."""
    screen = screening.screens[name]
    plain, mild = (_trials(screen, name, seeds, is_mild=is_mild) for is_mild in (False, True))
    honest = sum(_tested(trial, gamed=False) for trial in plain)
    finds, asks, false_among = [], [], []
    for trials in (plain, mild):
        asked = [_asked(trial.looks[-1], screen, screening) for trial in trials]
        gamed = sum(int(trial.is_gamed.sum()) for trial in trials)
        rightly = _caught(trials, asked)
        finds.append(_caught(trials, [trial.looks[-1].is_hit for trial in trials]) / gamed)
        asks.append(rightly / gamed)
        every = sum(int(one.sum()) for one in asked)
        false_among.append((every - rightly) / every if every else float("nan"))
    return Measured(
        honest=honest,
        alarms=sum(int((_ever(trial.looks) & ~trial.is_gamed).sum()) for trial in plain) / honest,
        gamed=sum(_tested(trial, gamed=True) for trial in plain),
        finds=(finds[0], finds[1]),
        asks=(asks[0], asks[1]),
        false_among=(false_among[0], false_among[1]),
    )


def _is_as_printed(screen: Screen, found: Measured) -> bool:
    printed = screen.finds
    pairs = zip(found.finds, (printed.plain, printed.mild) if printed else (), strict=True)
    return all(abs(one - other) <= _ROUNDED for one, other in pairs)


def _table(screening: Screening, measured: Mapping[str, Measured]) -> list[str]:
    head = [
        "| screen | honest | false alarms | printed beside | gamed | power, plain | power, mild | asked, plain | "
        "asked, mild | false among asked, plain | false among asked, mild |",
        "|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|",
    ]
    return head + [_line(screening.screens[name], found) for name, found in measured.items()]


def _line(screen: Screen, found: Measured) -> str:
    shares = [*found.finds, *found.asks, *found.false_among]
    return (
        f"| {screen.screen} | {found.honest} | {found.alarms:.2%} | {screen.false_alarm_rate:.3%} | {found.gamed} | "
        f"{' | '.join('–' if np.isnan(share) else f'{share:.2%}' for share in shares)} |"
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


def _words(screening: Screening, seeds: int) -> str:
    return (
        f"{seeds} seeds; {GAMED:.0%} of each panel is gamed (tests/prove/simulated_gaming.py says how), the rest is "
        "simulated honest work, not real bodies; each is gamed plainly, and once more mildly. Honest: those there was "
        "enough to look at; false alarms: those of them hit at least once in a year of looks. Power: of all that was "
        "gamed, hit at the look after the gaming, whether or not there was enough to look at. Asked: what is "
        f"left once at most {screening.false_share_limit:.0%} of the questions are expected to be false alarms (what "
        "the record itself shows is always asked); false among asked: the share of these questions that went to the "
        "honest, where a twentieth games plainly and where a twentieth games mildly. Mild gaming mostly goes unseen: "
        "what is not asked is not proved honest, and ./monitor questions says so. "
        "without_evidence and empty_on_time state what the record shows and have no rate."
    )


if __name__ == "__main__":
    sys.exit(main())
