"""Part of `make bench`: pairs of body and indicator to stored scores, everybody and a few, beside the obvious way."""

import argparse
import contextlib
import os
import platform
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pandas
from corpus import PERIOD
from measure import Measured, measured_alone
from obvious_score import obvious_scores
from page import say, write_part
from pairs import known_of_some, known_pairs, scored_catalogue
from server import open_server

from resolution_monitor.catalogue.entries import Catalogue
from resolution_monitor.catalogue.load import load_catalogue
from resolution_monitor.pipeline import Context, prepare
from resolution_monitor.score.month.frames import ResolutionScores
from resolution_monitor.score.month.month import Known, month_of
from resolution_monitor.score.month.scope import scope_of
from resolution_monitor.score.month.scored_period import ScoredPeriod, scored_period
from resolution_monitor.score.month.scores import ScoredParts, score_touched, score_whole
from resolution_monitor.score.outlook.forecast import forecast
from resolution_monitor.settings import from_environment
from resolution_monitor.store import tree_rows
from resolution_monitor.store.connect import Database, database
from resolution_monitor.store.load_step import load_step
from resolution_monitor.store.score_rows import Run
from resolution_monitor.store.submission_rows import ReceivedFile, insert_submissions
from resolution_monitor.store.tree_rows import TreeTables

NOW = datetime(2026, 11, 12, 0, 0, tzinfo=UTC)
TITLE = "## Score"
REPORT = "resolutions_month"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--bodies", type=int, default=3_400)
    parser.add_argument("--rows", type=int, default=250, help="indicators of each")
    parser.add_argument("--few", type=int, default=34, help="bodies that are scored alone")
    parser.add_argument("--slice", type=int, default=20, help="bodies that the obvious way scores")
    parser.add_argument("--series", type=int, default=1_000_000, help="series of 24 points to be forecast")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--page", type=Path, help="page that the tables go into")
    asked = parser.parse_args()
    with _context(asked.bodies, asked.rows) as context:
        scored = scored_period(context.catalogue, PERIOD)
        lines = _table(context, scored, known_pairs(scored, asked.seed), asked)
    say("\n".join(lines))
    if asked.page:
        write_part(asked.page, TITLE, lines)
    return 0


def _table(context: Context, scored: ScoredPeriod, known: Known, asked: argparse.Namespace) -> list[str]:
    pairs = asked.bodies * asked.rows
    load = os.getloadavg()[0]
    with measured_alone() as scoring:
        everybody = score_whole(month_of(scored, known))
    server = _server_process(context.database)
    with measured_alone(server) as writing:
        base = _save(context, everybody, NOW, None)
    whole = _together(scoring, writing)
    if (len(everybody.assignments), _stored(context.database, base)) != (pairs, pairs):
        raise SystemExit(f"of {pairs} pairs {_stored(context.database, base)} were stored")
    few = sorted(context.catalogue.bodies)[:: asked.bodies // asked.few][: asked.few]
    changed = _changed(known, few)
    some = known_of_some(changed, few)
    with measured_alone(server) as touched:
        kept = tree_rows.bundles_of_run(context.database, base)
        anew = score_touched(month_of(scored, some), scope_of(scored, few), kept)
        again = _save(context, anew, NOW + timedelta(days=1), base)
    _require_same(context, again, score_whole(month_of(scored, changed)))
    with measured_alone() as foreseen:
        forecast(*_series(asked.series, asked.seed))
    obvious = _obvious(context, known, everybody, sorted(context.catalogue.bodies)[: asked.slice])
    ratio = obvious.seconds / asked.slice * asked.bodies / whole.seconds
    cpu_ratio = obvious.cpu_seconds / asked.slice * asked.bodies / whole.cpu_seconds
    return [
        f"{asked.bodies:,} bodies of {asked.rows} indicators under {len(context.catalogue.resolutions)} resolutions;"
        f" Python {platform.python_version()}, {os.cpu_count()} cores with a load of {load:.1f} from elsewhere,"
        f" {_server(context.database)}.",
        "",
        "| step | pairs | seconds | our CPU seconds | the server's | aim, seconds | peak MB |",
        "|---|--:|--:|--:|--:|--:|--:|",
        _row("score and roll up", scoring, pairs, ""),
        _row("write assignments, sums and nodes, one COPY each", writing, pairs, ""),
        _row("**scored, rolled up and written**", whole, pairs, "15"),
        _row(f"**{asked.few} bodies alone, all nodes, written**", touched, len(anew.assignments), "0.5"),
        _row(f"**forecasts of {asked.series:,} series of 24 points**", foreseen, asked.series, "4"),
        _row(f"the obvious way, {asked.slice} bodies", obvious, asked.slice * asked.rows, ""),
        "",
        f"The obvious way scaled to all pairs takes **{ratio:.0f} times** as long (aim: 20), {cpu_ratio:.0f} times the"
        " CPU seconds: the same rules for one row by DataFrame.apply, groupby-apply, to_sql. It knows three kinds of"
        " indicators and two paths, no history and no cell; its points are ours to the sixth decimal.",
        "",
        f"After the {asked.few} bodies the stored rows are those of a run over everybody, digit by digit. What was"
        " known is in memory before the clock starts.",
    ]


def _together(*parts: Measured) -> Measured:
    return Measured(
        seconds=sum(part.seconds for part in parts),
        cpu_seconds=sum(part.cpu_seconds for part in parts),
        peak_mb=max(part.peak_mb for part in parts),
        server_seconds=sum(part.server_seconds for part in parts),
    )


def _row(name: str, taken: Measured, pairs: int, aim: str) -> str:
    seconds = f"{taken.seconds:.2f} | {taken.cpu_seconds:.2f} | {taken.server_seconds:.2f}"
    return f"| {name} | {pairs:,} | {seconds} | {aim} | {taken.peak_mb:.0f} |"


def _save(context: Context, parts: ScoredParts, known_at: datetime, base_run_id: int | None) -> int:
    run = Run(REPORT, PERIOD, known_at, "bench", context.catalogue.sha256, base_run_id)
    tables = TreeTables(assignments=parts.assignments, bundles=parts.bundles, nodes=parts.nodes)
    return tree_rows.save_tree(context.database, run, tables, context.now)


def _stored(opened: Database, scoring_run_id: int) -> int:
    return tree_rows.count_of_run(opened, scoring_run_id)["assignments"]


def _changed(known: Known, bodies: list[str]) -> Known:
    """Other figures of these bodies, and nothing else."""
    values = known.values.copy()
    is_theirs = values["agency_id"].isin(bodies)
    values.loc[is_theirs, "value"] = [value / 2 + 1 for value in values.loc[is_theirs, "value"]]
    return replace(known, values=values)


def _require_same(context: Context, scoring_run_id: int, whole: ScoredParts) -> None:
    stored = tree_rows.tree_of_run(context.database, scoring_run_id)
    kept = ResolutionScores(*stored)
    for name in ("assignments", "nodes"):
        made, found = getattr(whole, name), getattr(kept, name)
        numbers = [column for column in made if made[column].dtype == np.float64]
        texts = ["status", "item_id", "agency_id"] if name == "assignments" else ["node_id", "colour", "state"]
        is_same = np.array_equal(
            made[numbers].to_numpy(), found[numbers].to_numpy(dtype=np.float64), equal_nan=True
        ) and all(made[text].tolist() == found[text].tolist() for text in texts)
        if not is_same:
            raise SystemExit(f"the {name} of a run over few bodies are not those of a run over everybody")


def _series(size: int, seed: int) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    chance = np.random.default_rng(seed)
    earned = np.clip(np.cumsum(chance.normal(0.02, 0.02, (size, 24)), axis=1), 0.0, 1.0)
    return earned, np.full(size, 24.0), np.full(size, 12.0), np.full(size, 0.95)


def _obvious(context: Context, known: Known, everybody: ScoredParts, bodies: list[str]) -> Measured:
    some = known_of_some(known, bodies)
    owed = some.ledger[some.ledger["item_kind"] == "indicator"]
    assignments = everybody.assignments[everybody.assignments["agency_id"].isin(bodies)]
    assignments = assignments.sort_values(["agency_id", "item_id"]).reset_index(drop=True)
    indicators = _indicators(context.catalogue)
    with measured_alone() as taken:
        told = obvious_scores(
            owed, some.values, indicators, assignments["as_at"].iloc[0], context.settings.database_url or ""
        )
    told = told.sort_values(["agency_id", "item_id"]).reset_index(drop=True)
    for name in ("progress_low", "timeliness_low"):
        if not np.allclose(told[name].to_numpy(dtype=np.float64), assignments[name].to_numpy(), atol=1e-6):
            raise SystemExit(f"the obvious way gives another {name}")
    if told["status"].tolist() != assignments["status"].tolist():
        raise SystemExit("the obvious way gives another status")
    return taken


def _indicators(catalogue: Catalogue) -> pandas.DataFrame:
    """What the catalogue says of each, as a table."""
    return pandas.DataFrame(
        {
            "item_id": one.indicator_id,
            "resolution": one.resolution,
            "kind": one.kind,
            "sign": -1.0 if one.direction == "down" else 1.0,
            "trajectory": one.trajectory,
            "baseline": float(one.baseline.value) if one.baseline else np.nan,
            "target": float(one.targets[-1].value or 0),
            "min_step": one.min_step,
            "start": one.t0,
            "due": one.targets[-1].due_on,
            "weight": one.weight,
        }
        for one in catalogue.indicators.values()
    )


@contextlib.contextmanager
def _context(bodies: int, rows: int) -> Iterator[Context]:
    """A road over the made catalogue, with one submission of each body, on an embedded server that goes with it."""
    with (
        tempfile.TemporaryDirectory(prefix="bench-", ignore_cleanup_errors=True) as folder,
        open_server(Path(folder)) as url,
    ):
        base = from_environment({**os.environ, "RESOLUTION_MONITOR_HOME": str(Path(folder) / "home")})
        settings = replace(base, database_url=url)
        catalogue = scored_catalogue(load_catalogue(settings.root / "catalogue"), bodies, rows)
        prepare(settings, NOW)
        with database(settings) as opened:
            with load_step(opened, "bench", NOW) as step:
                keys = sorted(catalogue.bodies)
                files = [
                    ReceivedFile(key, "inbox", "a.xlsx", f"{number:064x}", 1, NOW) for number, key in enumerate(keys)
                ]
                insert_submissions(step, files)
            yield Context(settings=settings, catalogue=catalogue, database=opened, now=NOW)


def _server_process(opened: Database) -> int:
    """The one that serves our connection; one after the other, all transactions take the same."""
    with opened.transaction() as connection:
        return int(connection.exec_driver_sql("select pg_backend_pid()").scalar_one())


def _server(opened: Database) -> str:
    with opened.transaction() as connection:
        return "PostgreSQL " + str(connection.exec_driver_sql("show server_version").scalar_one())


if __name__ == "__main__":
    sys.exit(main())
