"""Part of `make prove`: a scored demonstration, its catalogue edited with a day, and every closed month asked again."""

import argparse
import contextlib
import io
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg2
from catalogue_edits import DAY, ROOT, SCENARIOS, house
from proof_page import write_part
from rich.console import Console

from resolution_monitor.ask.month_as_known import month_as_known
from resolution_monitor.ask.resolution_scores import TREE_LEVELS, rows_of_level, scores_as_stored
from resolution_monitor.commands.output import Format, write
from resolution_monitor.period import Period, parse_period
from resolution_monitor.pipeline import Context, catalogue_as_known, open_context, prepare
from resolution_monitor.pipeline.ledger import fill_periods
from resolution_monitor.pipeline.normalise import normalise
from resolution_monitor.pipeline.sample import write_sample
from resolution_monitor.pipeline.sample_walk import walk_sample
from resolution_monitor.pipeline.score import score
from resolution_monitor.score.month.frames import ResolutionScores
from resolution_monitor.score.month.scores import score_resolutions
from resolution_monitor.settings import Settings, from_environment
from resolution_monitor.store import embedded
from resolution_monitor.store.score_rows import comparable

REPORT, FIRST, LAST = "resolutions_month", parse_period("2026-05"), parse_period("2026-10")
MONTHS = [parse_period(f"2026-{month:02}") for month in range(5, 11)]
NOVEMBER = parse_period("2026-11")
LATER = datetime(2026, 12, 20, tzinfo=UTC)
TITLE = "## Catalogue edits"
Printed = dict[tuple[str, str], bytes]
Stored = dict[str, tuple[list[tuple[str, ...]], ...]]


@dataclass(frozen=True, slots=True)
class Outcome:
    """
    What an edit did to the closed months, and to the month after it.

    Attributes:
        known_then_apart: Outputs of November, as known before the edit, that are others than they were.
        rows_of_november: Its assignments and nodes that are others now.
    """

    name: str
    files_otherwise: int
    outputs: int
    outputs_apart: list[tuple[str, str]]
    stored_apart: int
    known_then_apart: int
    rows_of_november: int

    @property
    def is_still(self) -> bool:
        return not any((self.files_otherwise, self.outputs_apart, self.stored_apart, self.known_then_apart))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", action="append", choices=sorted(SCENARIOS), help="an edit; default: all of them")
    parser.add_argument("--proof", type=Path, default=ROOT / "docs" / "proof.md", help="page that the table goes into")
    asked = parser.parse_args()
    outcomes = []
    with _server() as place, tempfile.TemporaryDirectory(prefix="prove-edits-") as folder:
        base = house(_settings(place, Path(folder) / "state"), Path(folder) / "house")
        _demonstrate(base, Path(folder) / "sample")
        printed, stored = _told(base)
        _say_difference_of_command(base, printed)
        for name in asked.only or SCENARIOS:
            started = time.monotonic()
            outcomes.append(_edited(place, base, name, Path(folder) / "edited", (printed, stored)))
            _tell(outcomes[-1], time.monotonic() - started)
    if not asked.only:
        write_part(asked.proof, TITLE, _words(), _table(outcomes))
    return int(not all(one.is_still for one in outcomes))


def _demonstrate(settings: Settings, sample: Path) -> None:
    """Six months of all bodies from the inbox to stored scores."""
    manifest = write_sample(settings, FIRST, LAST, seed=1, folder=sample)
    prepare(settings, manifest.begins_at)
    with open_context(settings, manifest.begins_at) as context:
        walk_sample(context, sample / "inbox", manifest)
        _score(replace(context, now=manifest.ends_at))


def _score(context: Context) -> None:
    for month in MONTHS:
        score(context, REPORT, month)
    fill_periods(context, [NOVEMBER])


def _told(settings: Settings) -> tuple[Printed, Stored]:
    """What `scores` prints of each month and level, and what the newest run of each month stored."""
    with open_context(settings, LATER) as context:
        printed = {key: text for month in (*MONTHS, NOVEMBER) for key, text in _printed(context, month, None).items()}
        stored = {month.name: _stored(context, month) for month in MONTHS}
        november = month_as_known(context.database, context.catalogue, NOVEMBER, None)
        stored[NOVEMBER.name] = _compared(score_resolutions(november))
    return printed, stored


def _printed(context: Context, period: Period, known_at: datetime | None) -> Printed:
    """The bytes of `./monitor scores --period P --level L --format csv`, by month and level."""
    month = month_as_known(context.database, catalogue_as_known(context, known_at), period, known_at)
    scores, found = score_resolutions(month), {}
    for level in TREE_LEVELS:
        console = Console(file=io.StringIO())
        write(rows_of_level(scores, month.catalogue, level), Format.CSV, console, if_empty="nothing")
        found[period.name, level] = console.file.getvalue().encode()
    return found


def _stored(context: Context, period: Period) -> tuple[list[tuple[str, ...]], ...]:
    with context.database.transaction() as connection:
        sql = "select max(scoring_run_id) from scoring_run where report = %(r)s and period_end = %(p)s"
        run = connection.exec_driver_sql(sql, {"r": REPORT, "p": period.end}).scalar_one()
    return _compared(scores_as_stored(context.database, run))


def _compared(scores: ResolutionScores) -> tuple[list[tuple[str, ...]], ...]:
    """Every column of every assignment and node as text."""
    frames = (scores.assignments, scores.nodes)
    return tuple(comparable(frame, [str(name) for name in frame.columns]) for frame in frames)


def _files(context: Context) -> dict[int, str]:
    """Every file that was received, and what became of it."""
    with context.database.transaction() as connection:
        found = connection.exec_driver_sql("select submission_id, state from standing_submission")
        return {int(submission_id): str(state) for submission_id, state in found}


def _edited(
    place: embedded.ServerPlace, base: Settings, name: str, folder: Path, before: tuple[Printed, Stored]
) -> Outcome:
    """A copy of the installation whose catalogue is edited: migrated, run again, asked again."""
    folder = folder / name.replace(" ", "-")
    folder.parent.mkdir(exist_ok=True)
    copied = house(replace(base, database_url=_copied(place, base)), folder)
    SCENARIOS[name](folder / "catalogue")
    prepare(copied, LATER)
    with open_context(copied, LATER) as context:
        held = _files(context)
        normalise(context, None)
        files_otherwise = sum(_files(context)[key] != state for key, state in held.items())
        _score(context)
        known_then = _printed(context, NOVEMBER, LATER - timedelta(days=1))
    printed, stored = _told(copied)
    november = {key for key in printed if key[0] == NOVEMBER.name}
    apart = [key for key, text in printed.items() if key not in november and text != before[0][key]]
    return Outcome(
        name=name,
        files_otherwise=files_otherwise,
        outputs=len(printed) - len(november),
        outputs_apart=apart,
        stored_apart=sum(stored[month.name] != before[1][month.name] for month in MONTHS),
        known_then_apart=sum(text != before[0][key] for key, text in known_then.items()),
        rows_of_november=sum(
            len({*now} - {*was}) for now, was in zip(stored[NOVEMBER.name], before[1][NOVEMBER.name], strict=True)
        ),
    )


def _say_difference_of_command(settings: Settings, printed: Printed) -> None:
    """The command itself, in a process of its own, prints these bytes."""
    key = (LAST.name, "agency")
    command = [sys.executable, "-m", "resolution_monitor", "scores", "--period", key[0], "--level", key[1]]
    environment = {
        **os.environ,
        "DATABASE_URL": str(settings.database_url),
        "RESOLUTION_MONITOR_HOME": str(settings.home),
    }
    found = subprocess.run([*command, "--format", "csv"], env=environment, capture_output=True, check=True)
    if found.stdout != printed[key]:
        raise SystemExit(f"./monitor scores {' '.join(key)} prints other bytes than are compared here")


@contextlib.contextmanager
def _server() -> Iterator[embedded.ServerPlace]:
    with tempfile.TemporaryDirectory(prefix="prove-") as home:
        Path(home).chmod(0o755)  # the server's own account must come through
        with embedded.serving(Path(home), None) as place:
            yield place


def _settings(place: embedded.ServerPlace, home: Path) -> Settings:
    home.mkdir()
    base = from_environment({"RESOLUTION_MONITOR_HOME": str(home)})
    return replace(base, database_url=_created(place, "template0"))


def _copied(place: embedded.ServerPlace, base: Settings) -> str:
    return _created(place, str(base.database_url).rpartition("/")[2].partition("?")[0])


def _created(place: embedded.ServerPlace, template: str) -> str:
    name = f"p_{os.urandom(6).hex()}"
    connection = psycopg2.connect(embedded.url_of(place, "postgres"))
    connection.autocommit = True
    with contextlib.closing(connection), connection.cursor() as cursor:
        cursor.execute(f'create database "{name}" template "{template}"')
    return embedded.url_of(place, name)


def _words() -> str:
    return (
        f"Seed 1, 233 bodies, {FIRST.name} to {LAST.name}, all scored; then one edit of the catalogue dated {DAY}, "
        "`migrate`, a reading of all files that are due for one, and every month scored again. Compared byte by byte: "
        f"what `./monitor scores --format csv` prints of {len(MONTHS)} closed months and {len(TREE_LEVELS)} levels, "
        "and of November, the month of the edit, with --known-at before the edit; and assignments and nodes as "
        "stored. November now: assignments and nodes that are others than without the edit; a target that its "
        "issuer did not approve is told and changes no score."
    )


def _table(outcomes: Sequence[Outcome]) -> list[str]:
    heads = (
        *("edit", "files judged otherwise", "outputs", "of these otherwise", "stored months otherwise"),
        *("November as known before, otherwise", "November now"),
    )
    rows = [
        f"| {one.name} | {one.files_otherwise} | {one.outputs} | {len(one.outputs_apart)} | {one.stored_apart} | "
        f"{one.known_then_apart} | {one.rows_of_november} |"
        for one in outcomes
    ]
    return [f"| {' | '.join(heads)} |", "|---|--:|--:|--:|--:|--:|--:|", *rows]


def _tell(outcome: Outcome, seconds: float) -> None:
    apart = ", ".join(" ".join(key) for key in outcome.outputs_apart) or "none"
    told = f"files {outcome.files_otherwise}, outputs {apart}, stored {outcome.stored_apart}"
    then = f"as known before {outcome.known_then_apart}; November {outcome.rows_of_november} rows"
    sys.stdout.write(f"{outcome.name}: otherwise {told}, {then}; {seconds:.0f} s\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
