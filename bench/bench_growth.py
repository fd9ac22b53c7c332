"""Part of `make bench-growth`: what a day's questions cost when years of answers lie behind them."""

import argparse
import multiprocessing
import os
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import psycopg2
from growth_history import checkout, fill
from page import say, write_part
from server import open_server

TITLE = "## Growth with history"
# What is asked, and the most it may take: seconds and megabytes.
ASKED: dict[str, tuple[tuple[str, ...], float]] = {
    "score a month": (("run-score",), 8),
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


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--years", type=int, default=10)
    parser.add_argument("--page", type=Path, help="page that the table goes into")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="growth-") as folder, open_server(Path(folder)) as url:
        lines = _measured(Path(folder), url, asked)
    say("\n".join(lines))
    if asked.page:
        write_part(asked.page, TITLE, lines)
    return 0


def _measured(folder: Path, url: str, asked: argparse.Namespace) -> list[str]:
    first_year = 2027 - asked.years
    root, home = checkout(folder, first_year), folder / "state"
    home.mkdir()
    began = time.monotonic()
    # In a process of its own: what this one holds is counted as what the commands hold that it starts.
    maker = multiprocessing.get_context("spawn").Process(target=fill, args=(root, home, url, first_year))
    maker.start()
    maker.join()
    if maker.exitcode:
        raise SystemExit(f"the history could not be made (exit code {maker.exitcode})")
    say(f"history of {asked.years} years made in {time.monotonic() - began:.0f} s; {_rows(url)}")
    environment = {**os.environ, "RESOLUTION_MONITOR_HOME": str(home), "DATABASE_URL": url}
    lines = [
        f"{asked.years} years, {_rows(url)}.",
        "",
        "| question | seconds | our CPU seconds | peak MB | aim, seconds |",
    ]
    lines.append("|---|--:|--:|--:|--:|")
    for name, (words, aim) in ASKED.items():
        taken = _run(root, _command(root, words), environment, folder / "words.txt")
        if taken.exit_code:
            say(f"{name}: exit {taken.exit_code}: {(folder / 'words.txt').read_text(errors='replace')[-1500:]}")
        lines.append(f"| {name} | {taken.seconds:.1f} | {taken.cpu_seconds:.1f} | {taken.peak_mb:.0f} | {aim:.0f} |")
        say(lines[-1])
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
