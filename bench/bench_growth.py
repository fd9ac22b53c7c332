"""Part of `make bench-growth`: what a day's questions cost when years of answers lie behind them."""

import argparse
import multiprocessing
import os
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import psycopg2
from growth_history import LAST, MOST_INDICATORS, Past, checkout, fill
from page import say, write_part
from server import open_server

from resolution_monitor.period import shifted

TITLE = "## Growth with history"
SCORED = "score a month"
_MONTHS_BEHIND = 40
# What is asked, and the most it may take: seconds and megabytes.
ASKED: dict[str, tuple[tuple[str, ...], float]] = {
    SCORED: (("run-score",), 8),
    "score it again, no news": (("run-score",), 2),
    "scores --level agency": (("scores", "--period", "2026-10", "--level", "agency"), 3),
    "status": (("status", "--period", "2026-10"), 3),
    "missing": (("missing", "--from", "2026-10", "--to", "2026-10"), 3),
    "explain": (("explain", "--agency", "BYT", "--indicator", "72.04", "--period", "2026-10"), 3),
    "changes": (("changes", "--agency", "BYT", "--period", "2026-10"), 3),
    "questions": (("questions", "--period", "2026-10"), 3),
}


@dataclass(frozen=True, slots=True)
class Taken:
    """What one command took; `exit_code` other than 0 means that the figures say nothing."""

    seconds: float
    cpu_seconds: float
    peak_mb: float
    exit_code: int


@dataclass(frozen=True, slots=True)
class History:
    """
    A history that is measured.

    Attributes:
        says: What it is, above its table.
        aims: The most that scoring a month may take, and any question, in seconds; None where that is no aim.
    """

    says: str
    past: Past
    aims: tuple[float | None, float | None]


def histories(years: int, bodies: int) -> dict[str, History]:
    """By the name that one can ask for: ten years of the real catalogue; many bodies with few items, and with many."""
    begins = shifted(LAST, -_MONTHS_BEHIND).start
    wide = f"{bodies:,} made bodies beside the real ones, {_MONTHS_BEHIND} months behind the one that is scored"
    return {
        "years": History(f"{years} years of the real catalogue", Past(date(2027 - years, 1, 1)), (8, 3)),
        "million": History(f"{wide}, 7 indicators each", Past(begins, bodies, 7), (60, None)),
        "ten-million": History(
            f"{wide}, {MOST_INDICATORS} indicators each", Past(begins, bodies, MOST_INDICATORS), (None, None)
        ),
    }


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--years", type=int, default=10)
    parser.add_argument("--bodies", type=int, default=3_400)
    parser.add_argument("--only", action="append", help="one of years, million, ten-million; may be given again")
    parser.add_argument("--page", type=Path, help="page that the tables go into")
    asked = parser.parse_args()
    known = histories(asked.years, asked.bodies)
    lines, taken = [], {}
    for name in asked.only or known:
        with tempfile.TemporaryDirectory(prefix="growth-") as folder, open_server(Path(folder)) as url:
            taken[name], said = _measured(Path(folder), url, known[name])
        lines += [*said, ""]
    lines += _ratios(taken)
    say("\n".join(lines))
    if asked.page:
        write_part(asked.page, TITLE, lines)
    return 0


def _measured(folder: Path, url: str, history: History) -> tuple[dict[str, Taken], list[str]]:
    root, home = checkout(folder, history.past), folder / "state"
    home.mkdir()
    began = time.monotonic()
    # In a process of its own: what this one holds is counted as what the commands hold that it starts.
    maker = multiprocessing.get_context("spawn").Process(target=fill, args=(root, home, url, history.past))
    maker.start()
    maker.join()
    if maker.exitcode:
        raise SystemExit(f"the history could not be made (exit code {maker.exitcode})")
    rows, load = _rows(url), os.getloadavg()[0]
    say(f"{history.says}: made in {time.monotonic() - began:.0f} s; {rows}; load {load:.1f}")
    environment = {**os.environ, "RESOLUTION_MONITOR_HOME": str(home), "DATABASE_URL": url}
    lines = [
        f"{history.says}: {rows}.",
        "",
        "| question | seconds | our CPU seconds | peak MB | aim, seconds |",
        "|---|--:|--:|--:|--:|",
    ]
    found = {}
    for name, (words, _) in ASKED.items():
        found[name] = taken = _run(root, _command(root, words), environment, folder / "words.txt")
        if taken.exit_code:
            say(f"{name}: exit {taken.exit_code}: {(folder / 'words.txt').read_text(errors='replace')[-1500:]}")
        aim = _aim(history, name)
        lines.append(f"| {name} | {taken.seconds:.1f} | {taken.cpu_seconds:.1f} | {taken.peak_mb:.0f} | {aim} |")
        say(lines[-1])
    return found, lines


def _aim(history: History, name: str) -> str:
    month, question = history.aims
    own = ASKED[name][1] if question is not None else None
    aim = month if name == SCORED else own
    return "" if aim is None else f"{aim:.0f}"


def _ratios(taken: Mapping[str, Mapping[str, Taken]]) -> list[str]:
    """What ten times the history costs, where both were measured."""
    if not {"million", "ten-million"} <= taken.keys():
        return []
    lines = ["Ten times the figures of the same bodies and months:", ""]
    lines += ["| question | seconds at 1 million | at 10 million | ratio | MB at 1 million | at 10 million | ratio |"]
    lines += ["|---|--:|--:|--:|--:|--:|--:|"]
    for name, few in taken["million"].items():
        many = taken["ten-million"][name]
        seconds, peaks = (few.seconds, many.seconds), (few.peak_mb, many.peak_mb)
        lines.append(
            f"| {name} | {seconds[0]:.1f} | {seconds[1]:.1f} | {seconds[1] / seconds[0]:.1f} "
            f"| {peaks[0]:.0f} | {peaks[1]:.0f} | {peaks[1] / peaks[0]:.1f} |"
        )
    return lines


def _command(root: Path, words: Sequence[str]) -> list[str]:
    if words == ("run-score",):
        return [str(root / ".venv/bin/python"), str(Path(__file__).with_name("growth_score.py")), str(root)]
    return [str(root / "monitor"), *words]


def _rows(url: str) -> str:
    with psycopg2.connect(url) as connection, connection.cursor() as cursor:
        counts = []
        for table in ("observation", "submission", "obligation"):
            cursor.execute(f"select count(*) from monitor.{table}")  # noqa: S608 - our own names
            counts.append(f"{cursor.fetchone()[0]:,} rows in {table}")  # type: ignore[index]
    return ", ".join(counts)


def _run(root: Path, command: list[str], environment: dict[str, str], words: Path) -> Taken:
    began = time.monotonic()
    with words.open("wb") as target:
        pid = os.posix_spawn(
            command[0],
            command,
            {**environment, "PYTHONPATH": f"{root / 'plugins'}:{Path(__file__).parent}"},
            file_actions=[(os.POSIX_SPAWN_DUP2, target.fileno(), 1), (os.POSIX_SPAWN_DUP2, target.fileno(), 2)],
        )
        _, status, usage = os.wait4(pid, 0)
    seconds = time.monotonic() - began
    return Taken(seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, os.waitstatus_to_exitcode(status))


if __name__ == "__main__":
    sys.exit(main())
