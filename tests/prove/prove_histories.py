"""Part of `make prove`: random histories scored step by step, and what leaving out one figure costs."""

import argparse
import contextlib
import itertools
import os
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import psycopg2

ROOT = Path(__file__).resolve().parents[2]
sys.path.append(str(ROOT / "tests" / "spec"))

from histories import Step, history  # noqa: E402 - beside the spec, whose states they are made of
from history_known import month_after, walk  # noqa: E402
from history_stored import walk_stored  # noqa: E402
from tree_case import OCTOBER  # noqa: E402

from resolution_monitor.catalogue.load import load_catalogue  # noqa: E402
from resolution_monitor.pipeline import open_context, prepare  # noqa: E402
from resolution_monitor.pipeline.context import Context  # noqa: E402
from resolution_monitor.score.month.scored_period import scored_period  # noqa: E402
from resolution_monitor.score.month.scores import score_resolutions  # noqa: E402
from resolution_monitor.settings import from_environment  # noqa: E402
from resolution_monitor.store import embedded  # noqa: E402

TITLE, GAPS_TITLE = "## Histories", "## A missing figure"
_LOWS = ("composite_low", "low", "progress_low", "timeliness_low")
_TOLERANCE = 1e-9


@dataclass(slots=True)
class Walked:
    """What was seen over all histories."""

    counts: Counter[str]
    differing: list[str]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=200, help="how many histories")
    parser.add_argument("--steps", type=int, default=6, help="in each")
    parser.add_argument("--gaps", type=int, default=5, help="figures left out of each, one at a time")
    parser.add_argument("--proof", type=Path, default=ROOT / "docs" / "proof.md", help="page that the tables go into")
    asked = parser.parse_args()
    catalogue = load_catalogue(ROOT / "catalogue")
    walked, changes = Walked(Counter(), []), []
    began = time.monotonic()
    with _context() as context:
        for seed in range(1, asked.seeds + 1):
            steps = history(catalogue, seed, asked.steps)
            _walk(context, seed, steps, walked)
            changes += _gaps(steps, random.Random(seed), asked.gaps)
            if not seed % 20:
                _say(f"{seed} histories, {len(walked.differing)} differing, {time.monotonic() - began:.0f} s")
    for line in walked.differing:
        _say(f"  {line}")
    table, gaps = _table(asked.seeds, asked.steps, walked), _gaps_table(np.array(changes))
    _say("\n".join([*table, *gaps]))
    _write(asked.proof, TITLE, table)
    _write(asked.proof, GAPS_TITLE, gaps)
    return int(bool(walked.differing) or (np.array(changes)[:, 1:] > _TOLERANCE).any())


def _walk(context: Context, seed: int, steps: Sequence[Step], walked: Walked) -> None:
    went_on, differing = walk(steps)
    stored_on, stored_differing = walk_stored(context, steps)
    kinds = {"in memory": differing, "stored": stored_differing}
    walked.differing += [f"seed {seed}, {kind}, {line}" for kind, lines in kinds.items() for line in lines]
    walked.counts.update(_told(steps))
    walked.counts.update({"went on": went_on, "stored on": stored_on, "steps": len(steps)})


def _told(steps: Sequence[Step]) -> dict[str, int]:
    """How often each kind of event came."""
    seen: set[tuple[str, str, str]] = set()
    corrections = 0
    for file in (file for step in steps for file in step.files):
        places = {(file.agency_id, item, file.period.name) for item in (*file.values, *file.tasks)}
        corrections += len(places & seen)
        seen |= places
    pairs = list(itertools.pairwise(steps))
    merged = [later.catalogue.successions != step.catalogue.successions for step, later in pairs]
    changed = [later.catalogue.sha256 != step.catalogue.sha256 for step, later in pairs]
    return {
        "arrivals": sum(len(step.files) for step in steps),
        "corrections": corrections,
        "readings taken back": sum(len(step.taken_back) for step in steps),
        "files retracted": sum(len(step.retracted) for step in steps),
        "waivers": sum(len(step.waivers) for step in steps),
        "reopenings": sum(len(step.reopened) for step in steps),
        "mergers": sum(merged) + bool(steps[0].catalogue.successions),
        "target revisions": sum(changed) - sum(merged),
    }


def _gaps(steps: Sequence[Step], chance: random.Random, count: int) -> list[tuple[float, ...]]:
    """
    What each of some figures, left out, changes of its body at the low end: _LOWS, later minus earlier.

    Half of them are of the month itself, which is where silence costs; each begins with 1 for that, else 0.
    """
    holder_of = scored_period(steps[-1].catalogue, OCTOBER).holder_of
    told = sorted(
        {
            (holder_of(file.agency_id), item, file.period.name)
            for step in steps
            for file in step.files
            for item in file.values
        }
    )
    before, changes = _lows(steps), []
    newest = [key for key in told if key[2] == OCTOBER.name]
    chosen = [*chance.sample(told, min(count, len(told))), *chance.sample(newest, min(count, len(newest)))]
    for agency_id, item, period in chosen:
        after = _lows([_without(step, holder_of, agency_id, item, period) for step in steps])
        changes.append((float(period == OCTOBER.name), *(after[agency_id] - before[agency_id])))
    return changes


def _without(step: Step, holder_of: object, agency_id: str, item: str, period: str) -> Step:
    assert callable(holder_of)
    files = tuple(
        replace(file, values={key: value for key, value in file.values.items() if key != item})
        if holder_of(file.agency_id) == agency_id and file.period.name == period
        else file
        for file in step.files
    )
    return replace(step, files=files)


def _lows(steps: Sequence[Step]) -> dict[str, np.ndarray]:
    """Of each body its low ends; what is not rated counts above all, for it may become rated and never the reverse."""
    nodes = score_resolutions(month_after(steps)).nodes
    bodies = nodes[nodes["node_kind"] == "agency"]
    values = bodies[list(_LOWS)].to_numpy(dtype=np.float64)
    return dict(zip(bodies["node_id"], np.where(np.isnan(values), 100.0, values), strict=True))


def _table(seeds: int, steps: int, walked: Walked) -> list[str]:
    counts = walked.counts
    events = ("arrivals", "corrections", "readings taken back", "files retracted", "waivers", "reopenings")
    events += ("mergers", "target revisions")
    return [
        f"Seeds 1 to {seeds}, {steps} steps each; the month is scored after every step. Compared to the last digit:",
        "assignments and nodes of a run that goes on from an earlier one with those of all bodies, every stored run",
        "with what is recomputed from what was known then, when all is over.",
        "",
        f"| {' | '.join(events)} |",
        "|" + "--:|" * len(events),
        "| " + " | ".join(str(counts[event]) for event in events) + " |",
        "",
        "| compared | runs | of these going on | differing tables |",
        "|---|--:|--:|--:|",
        _line("in memory: going on against all bodies", counts["steps"], counts["went on"], walked, "in memory"),
        _line("stored: as of each run against the run", counts["steps"], counts["stored on"], walked, "stored"),
    ]


def _line(name: str, runs: int, going_on: int, walked: Walked, kind: str) -> str:
    return f"| {name} | {runs} | {going_on} | {sum(kind in line for line in walked.differing)} |"


def _gaps_table(changes: np.ndarray) -> list[str]:
    is_newest = changes[:, 0] == 1.0
    parts = {"of the month itself": changes[is_newest, 1:], "of a month before": changes[~is_newest, 1:]}
    rows = [
        f"| {name} | {words} | {len(column)} | {column.mean():.2f} | {column.min():.2f} |"
        f" {(column < -_TOLERANCE).mean() * 100:.0f} % | {(column > _TOLERANCE).sum()} |"
        for place, name in enumerate(_LOWS)
        for words, part in parts.items()
        for column in (part[:, place],)
    ]
    return [
        f"{len(changes)} reported figures of the same histories, each replaced by nothing, one at a time: what its",
        "body then has, less what it had, in points.",
        "",
        "| low end of the body | figure left out | figures | mean change | most lost | lost anything | gained |",
        "|---|---|--:|--:|--:|--:|--:|",
        *rows,
    ]


@contextlib.contextmanager
def _context() -> Iterator[Context]:
    begin = datetime(2026, 11, 1, tzinfo=UTC)
    with tempfile.TemporaryDirectory(prefix="prove-") as home:
        Path(home).chmod(0o755)  # the server's own account must come through
        with embedded.serving(Path(home), None) as place:
            name = f"p_{os.urandom(6).hex()}"
            connection = psycopg2.connect(embedded.url_of(place, "postgres"))
            connection.autocommit = True
            with contextlib.closing(connection), connection.cursor() as cursor:
                cursor.execute(f'create database "{name}"')
            base = from_environment({"RESOLUTION_MONITOR_HOME": home})
            settings = replace(base, database_url=embedded.url_of(place, name))
            prepare(settings, begin)
            with open_context(settings, begin) as context:
                yield context


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def _write(page: Path, title: str, lines: Sequence[str]) -> None:
    """Put lines under their heading; what other parts wrote stays."""
    text = page.read_text(encoding="utf-8") if page.exists() else "# What was proved\n\nWritten by `make prove`.\n"
    before, _, rest = text.partition(f"\n{title}\n")
    after = rest[rest.index("\n## ") :] if "\n## " in rest else ""
    page.write_text(f"{before.rstrip()}\n\n{title}\n" + "\n".join(lines) + f"\n{after}", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
