"""Part of `make prove`: figures recomputed from their cells, values changed one by one, editions proven again."""

import argparse
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from decimal import Decimal, InvalidOperation
from pathlib import Path
from statistics import median
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.append(str(ROOT / "tests"))

from changed_figures import Key, changed_by, figures_of  # noqa: E402 - beside the tests it shares its measure with

from resolution_monitor.ask.figure_sources import edition_named, trace  # noqa: E402
from resolution_monitor.brief.assembly import briefing_of  # noqa: E402
from resolution_monitor.brief.figures import Figure  # noqa: E402
from resolution_monitor.brief.report import load_report  # noqa: E402
from resolution_monitor.brief.reports import kind_of  # noqa: E402
from resolution_monitor.normalise.values import number_of  # noqa: E402
from resolution_monitor.period import parse_period  # noqa: E402
from resolution_monitor.pipeline import Context, open_context, prepare  # noqa: E402
from resolution_monitor.pipeline.brief import brief  # noqa: E402
from resolution_monitor.pipeline.sample import write_sample  # noqa: E402
from resolution_monitor.pipeline.sample_walk import walk_sample  # noqa: E402
from resolution_monitor.pipeline.score import score  # noqa: E402
from resolution_monitor.pipeline.snapshots import snapshot_of  # noqa: E402
from resolution_monitor.pipeline.verify_editions import Same, verify_editions  # noqa: E402
from resolution_monitor.settings import from_environment  # noqa: E402
from resolution_monitor.store import edition_rows, embedded, score_rows  # noqa: E402
from resolution_monitor.store.load_step import load_step  # noqa: E402

FIRST, LAST = parse_period("2026-09"), parse_period("2026-10")
DAYS = [parse_period(f"2026-10-{day}") for day in range(23, 31)]
BULLETIN = "bulletin_day"
_TOLERANCE = Decimal("1e-9")
_RULES: dict[str, Callable[[list[Decimal]], Decimal]] = {
    "tổng các địa phương": lambda values: sum(values, Decimal(0)),
    "trung vị các địa phương": lambda values: Decimal(median(values)),
    "số địa phương có số": lambda values: Decimal(len(values)),
}
_VALUES = """
select observation_id as row_id, submission.sha256, observation.*
from observation inner join submission using (submission_id)
where form = 'body_report' and period_kind <> 'day' and value is not null and not is_retraction
order by observation_id
"""
_TASKS = """
select task_report_id as row_id, submission.sha256, task_report.*
from task_report inner join submission using (submission_id)
where period_end = '2026-10-31' and state = 'under_way' and not is_retraction
order by task_report_id
"""


@dataclass(slots=True)
class Seen:
    """What all changes did."""

    changes: int = 0
    moved: int = 0
    others: Counter[tuple[str, str]] = field(default_factory=Counter)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--values", type=int, default=50, help="how many stored values are changed")
    parser.add_argument("--figures", type=int, default=200, help="how many figures are recomputed")
    parser.add_argument("--seed", type=int, default=2)
    parser.add_argument("--report", default="resolutions_month", help="of resolutions, by period")
    asked = parser.parse_args()
    draws = random.Random(asked.seed)
    with _demonstration(asked.seed, asked.report) as context:
        made = _editions(context, asked.report)
        apart = _recomputed(context, made, draws, asked.figures)
        seen, began = Seen(), time.monotonic()
        _change_values(context, asked.report, draws, asked.values, seen)
        told = (
            f"{seen.changes} values changed, {seen.moved} figures with them, {seen.others.total()} that trace to none"
        )
        _say(f"{told} ({time.monotonic() - began:.0f} s)")
        for (rule, place), count in seen.others.most_common():
            _say(f"  {count}: {rule} ({place})")
        wrong = _proven(context)
    return int(bool(seen.others or apart or wrong) or not seen.moved)


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def _editions(context: Context, report: str) -> list[str]:
    """Two months and eight days."""
    names = [str(brief(context, report, month)["edition"]) for month in (FIRST, LAST)]
    for day in DAYS:
        score(context, BULLETIN, day)
        names.append(str(brief(context, BULLETIN, day)["edition"]))
    return names


def _recomputed(context: Context, editions: Sequence[str], draws: random.Random, count: int) -> int:
    """Figures of the days, worked out again from nothing but the raw text of their cells; how many differ."""
    rows = [
        (edition, figure)
        for edition in (edition_named(context.database, name) for name in editions[2:])
        for figure in edition_rows.figures_of_edition(context.database, edition["briefing_id"])
        if _rule(figure) is not None and figure["sources"]
    ]
    chosen = draws.sample(rows, min(count, len(rows)))
    apart = 0
    for edition, figure in chosen:
        cells = trace(context.database, context.catalogue, context.settings, edition, figure["figure_id"])
        found = _rule(figure)([_number(cell["raw_text"]) for cell in cells])  # type: ignore[misc]
        if abs(found - figure["value"]) > _TOLERANCE:
            apart += 1
            _say(f"  {edition['edition']} {figure['figure_id']} ({figure['rule']}): {found}, printed {figure['value']}")
    _say(f"{len(chosen)} figures recomputed from the raw text of their cells, {apart} differ")
    return apart


def _number(raw: str) -> Decimal:
    """A cell that holds a number is written by it; one that holds text is read as a person here reads it."""
    try:
        return Decimal(raw)
    except InvalidOperation:
        found = number_of(raw, dot_groups_thousands=True)
    assert found is not None, raw
    return found


def _rule(figure: Mapping[str, Any]) -> Callable[[list[Decimal]], Decimal] | None:
    """How a figure comes from its cells alone; None where it needs more: a day before, a denominator, a ledger."""
    for beginning, rule in _RULES.items():
        if figure["rule"].startswith(beginning):
            return rule
    return None


def _proven(context: Context) -> int:
    """Every edition again, rows, content, files and bytes; how many are not the same."""
    proofs = list(verify_editions(context, renders=True))
    parts = [(one.edition, (one.snapshot, one.view_model, one.files, one.made_again)) for one in proofs]
    wrong = [name for name, told in parts if set(told) != {Same.SAME}]
    _say(f"{len(proofs)} editions proven after the changes, {len(wrong)} not the same: {', '.join(wrong) or 'none'}")
    return len(wrong)


@contextmanager
def _demonstration(seed: int, report: str) -> Iterator[Context]:
    """Two months of all bodies, read and scored."""
    with tempfile.TemporaryDirectory(prefix="prove-figures-") as folder:
        home, sample = Path(folder) / "state", Path(folder) / "sample"
        settings = from_environment({"RESOLUTION_MONITOR_HOME": str(home)})
        manifest = write_sample(settings, FIRST, LAST, seed=seed, folder=sample)
        prepare(settings, manifest.begins_at)
        with open_context(settings, manifest.begins_at) as context:
            walk_sample(context, sample / "inbox", manifest)
            later = replace(context, now=manifest.ends_at)
            score(later, report, LAST)
            yield later
        embedded.remove(home)


def _change_values(context: Context, report: str, draws: random.Random, count: int, seen: Seen) -> None:
    rows = [("observation", row) for row in _rows(context, _VALUES)]
    tasks = [("task_report", row) for row in _rows(context, _TASKS)]
    chosen = [*draws.sample(rows, count - count // 3), *draws.sample(tasks, count // 3)]
    before = _figures(context, report)
    for number, (table, row) in enumerate(chosen, start=1):
        _tell_again(context, table, row, context.now + timedelta(minutes=number))
        score(replace(context, now=context.now + timedelta(minutes=number)), report, LAST)
        after = _figures(context, report)
        changed = changed_by(before, after, (row["sha256"], row["sheet"], row["cell"]))
        seen.changes += 1
        seen.moved += changed.moved
        seen.others.update((key[0], key[2]) for key in changed.others)
        before = after


def _rows(context: Context, statement: str) -> list[dict[str, Any]]:
    with context.database.transaction() as connection:
        return [dict(row) for row in connection.exec_driver_sql(statement).mappings()]


def _tell_again(context: Context, table: str, row: Mapping[str, Any], now: datetime) -> None:
    """The same cell of the same file read as something else: a value a quarter higher, a task that is done."""
    changed = {"value": row["value"] * 5 / 4 + 1} if table == "observation" else {"state": "done", "done_on": LAST.end}
    kept = {key: value for key, value in row.items() if key not in ("row_id", "sha256", f"{table}_id")}
    with load_step(context.database, "prove figures", now) as step:
        told = kept | changed | {"recorded_at": step.recorded_at}
        columns, places = ", ".join(told), ", ".join(f"%({name})s" for name in told)
        step.connection.exec_driver_sql(f"insert into {table} ({columns}) values ({places})", told)
        step.changed_rows += 1


def _figures(context: Context, name: str) -> dict[Key, Figure]:
    run = score_rows.latest_run(context.database, name, LAST)
    assert run is not None
    kind, report = kind_of(name), load_report(ROOT / "report_templates", name, context.settings.map_path)
    return figures_of(briefing_of(kind, report, snapshot_of(context, kind.needs, name, LAST, run)))


if __name__ == "__main__":
    sys.exit(main())
