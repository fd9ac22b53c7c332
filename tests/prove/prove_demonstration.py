"""Part of `make prove`: twenty demonstrations walk the road, and what was found is held against what was planted."""

import argparse
import contextlib
import os
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import psycopg2

from resolution_monitor.catalogue.load import load_catalogue
from resolution_monitor.period import parse_period
from resolution_monitor.pipeline import open_context, prepare
from resolution_monitor.pipeline.sample import write_sample
from resolution_monitor.pipeline.sample_walk import measure_sample, walk_sample
from resolution_monitor.sample.compare import Score, score_table, together
from resolution_monitor.sample.owed import Owed, owed_between
from resolution_monitor.settings import Settings, from_environment
from resolution_monitor.store import embedded

ROOT = Path(__file__).resolve().parents[2]
FIRST, LAST = parse_period("2026-05"), parse_period("2026-10")
TITLE = "## Demonstration"
# Beside those with figures of their own, every fifth of the others: five seeds reach all of them.
_TURNS = 5


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=20, help="how many demonstrations")
    parser.add_argument("--all-bodies", action="store_true", help="all 233 in each; three times as long")
    parser.add_argument("--proof", type=Path, default=ROOT / "docs" / "proof.md", help="page that the table goes into")
    asked = parser.parse_args()
    owed = owed_between(load_catalogue(ROOT / "catalogue"), FIRST, LAST)
    scores, reached = [], set()
    with _server() as place:
        for seed in range(1, asked.seeds + 1):
            bodies = sorted(owed) if asked.all_bodies else _bodies(owed, seed)
            reached |= set(bodies)
            started = time.monotonic()
            scores.append(_demonstrate(place, seed, bodies))
            _tell(seed, len(bodies), scores[-1], time.monotonic() - started)
    table = score_table(together(scores))
    _say("\n".join(table))
    _write(asked.proof, f"{asked.seeds} seeds, {len(reached)} bodies, {FIRST.name} to {LAST.name}", table)
    return int(any(score.false_spots or score.missed_spots for one in scores for score in one))


def _bodies(owed: dict[str, list[Owed]], seed: int) -> list[str]:
    """All that report figures beside those of every day, and a part of the others, another for each seed."""
    with_figures = {key for key, reports in owed.items() if any(one.period.kind == "quarter" for one in reports)}
    others = sorted(owed.keys() - with_figures)
    return sorted(with_figures | set(others[seed % _TURNS :: _TURNS]))


@contextlib.contextmanager
def _server() -> Iterator[embedded.ServerPlace]:
    with tempfile.TemporaryDirectory(prefix="prove-") as home:
        Path(home).chmod(0o755)  # the server's own account must come through
        with embedded.serving(Path(home), None) as place:
            yield place


def _demonstrate(place: embedded.ServerPlace, seed: int, bodies: Sequence[str]) -> list[Score]:
    with tempfile.TemporaryDirectory(prefix="prove-seed-") as folder:
        settings = _settings(place, Path(folder))
        sample = Path(folder) / "sample"
        manifest = write_sample(settings, FIRST, LAST, seed=seed, folder=sample, agency_ids=bodies)
        prepare(settings, manifest.begins_at)
        with open_context(settings, manifest.begins_at) as context:
            walk_sample(context, sample / "inbox", manifest)
            return measure_sample(context, manifest)


def _settings(place: embedded.ServerPlace, home: Path) -> Settings:
    """Of a state folder with a database of its own."""
    name = f"p_{os.urandom(6).hex()}"
    connection = psycopg2.connect(embedded.url_of(place, "postgres"))
    connection.autocommit = True
    with contextlib.closing(connection), connection.cursor() as cursor:
        cursor.execute(f'create database "{name}"')
    base = from_environment({"RESOLUTION_MONITOR_HOME": str(home)})
    return replace(base, database_url=embedded.url_of(place, name))


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def _tell(seed: int, bodies: int, scores: Sequence[Score], seconds: float) -> None:
    planted = sum(score.planted for score in scores)
    _say(f"seed {seed:>2}: {bodies} bodies, {planted} faults, {seconds:.0f} s")
    for score in scores:
        for word, spots in (("false", score.false_spots), ("missed", score.missed_spots)):
            for spot in spots:
                _say(f"  {word} {score.kind.value}: {' '.join(part for part in spot if part)}")


def _write(page: Path, what: str, table: Sequence[str]) -> None:
    """Put the table under its heading; what other parts wrote stays."""
    text = page.read_text(encoding="utf-8") if page.exists() else "# What was proved\n\nWritten by `make prove`.\n"
    before, _, rest = text.partition(f"\n{TITLE}\n")
    after = rest[rest.index("\n## ") :] if "\n## " in rest else ""
    lines = "\n".join(table)
    words = (
        "A spot is a finding's place, an obligation in a state, or a value that holds; false and missed count spots."
    )
    page.write_text(f"{before.rstrip()}\n\n{TITLE}\n{what}. {words}\n\n{lines}\n{after}", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
