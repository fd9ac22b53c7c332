"""A random history without a database: what was known after a step, and runs that go on from the one before."""

from collections.abc import Sequence
from operator import itemgetter
from typing import Any

import pandas
from histories import File, Step
from tree_case import OCTOBER, TASK_COLUMNS, VALUE_COLUMNS

from resolution_monitor.ask.month_as_known import settled_periods
from resolution_monitor.ledger.items import items_of
from resolution_monitor.ledger.obligations import obligations_of
from resolution_monitor.ledger.states import FILE_COLUMNS, KEY, states_at
from resolution_monitor.ledger.states import VALUE_COLUMNS as ANSWER_COLUMNS
from resolution_monitor.score.month.month import Known, Month, month_of
from resolution_monitor.score.month.scope import judges_reports_alike, scope_of
from resolution_monitor.score.month.scored_period import ScoredPeriod, scored_period
from resolution_monitor.score.month.scores import ASSIGNMENT_ORDER, ScoredParts, score_touched, score_whole

Row = dict[str, Any]
NODE_KINDS = ["nation", "resolution", "task", "block", "agency"]


def month_after(steps: Sequence[Step]) -> Month:
    """What the month's scores can see once the last of the steps has come."""
    scored = scored_period(steps[-1].catalogue, OCTOBER)
    decided = {number: is_over for step in steps for number, is_over in step.retracted}
    files = [file for step in steps for file in step.files if decided.get(file.number, True)]
    gone = {place for step in steps for place in step.taken_back}
    seen_at = max(scored.moment, steps[-1].at)
    values, reports = (_latest([row for file in files for row in rows(file, gone)]) for rows in (_values, _reports))
    known = Known(
        values=pandas.DataFrame(values, columns=list(VALUE_COLUMNS), dtype=object),
        task_reports=pandas.DataFrame(reports, columns=list(TASK_COLUMNS), dtype=object),
        ledger=_ledger(scored, steps, files, gone),
        known_at=seen_at,
    )
    return month_of(scored, known)


def _ledger(
    scored: ScoredPeriod, steps: Sequence[Step], files: Sequence[File], gone: set[tuple[int, str]]
) -> pandas.DataFrame:
    catalogue = scored.catalogue
    periods = [period for period in settled_periods(scored) if period.kind != "day"]
    owed = obligations_of(catalogue, items_of(catalogue), periods)
    sent = [(file.agency_id, file.period.name, file.state, file.received_at) for file in files]
    answers = [
        (file.agency_id, kind, item, file.period.name, file.received_at)
        for file in files
        for kind, items in (("indicator", file.values), ("task", file.tasks))
        for item in items
        if (file.number, item) not in gone
    ]
    decided = {tuple(key): withdrawn for step in steps for *key, withdrawn in step.waivers}
    answered = pandas.DataFrame(answers, columns=list(ANSWER_COLUMNS))
    return states_at(
        owed,
        files=pandas.DataFrame(sent, columns=list(FILE_COLUMNS)),
        values=answered.groupby(list(KEY), as_index=False)["received_at"].min(),
        waivers=pandas.DataFrame([key for key, is_over in decided.items() if not is_over], columns=list(KEY)),
        as_of=max(scored.moment, steps[-1].at),
    )


def _values(file: File, gone: set[tuple[int, str]]) -> list[Row]:
    return [
        {
            **dict.fromkeys(VALUE_COLUMNS),
            **{"agency_id": file.agency_id, "item": item, "indicator_id": item, "period_kind": file.period.kind},
            **{"period_end": file.period.end, "value": figure, "received_at": file.received_at},
            **{"value_state": "no_activity" if figure is None else "reported", "submission_id": file.number},
        }
        for item, figure in file.values.items()
        if (file.number, item) not in gone
    ]


def _reports(file: File, gone: set[tuple[int, str]]) -> list[Row]:
    return [
        {
            **dict.fromkeys(TASK_COLUMNS),
            **{
                "agency_id": file.agency_id,
                "item": item,
                "task_id": item,
                "period_end": file.period.end,
                "done_on": done,
            },
            **{"state": "done" if done else "under_way", "product": "1/BC" if done else ""},
            **{"submission_id": file.number, "received_at": file.received_at},
        }
        for item, done in file.tasks.items()
        if (file.number, item) not in gone
    ]


def _latest(rows: list[Row]) -> list[Row]:
    """Of each body, item and period what was received last."""
    ordered = sorted(rows, key=lambda row: (row["received_at"], row["submission_id"]))
    key = itemgetter("agency_id", "item", "period_end")
    return list({key(row): row for row in ordered}.values())


def run_on(base_steps: int, base: ScoredParts, steps: Sequence[Step], month: Month) -> ScoredParts | None:
    """
    The tables of a run that goes on from a whole one; None where only a whole one would do.

    Args:
        base_steps: How many of the steps the whole run knew.
    """
    first, last = steps[base_steps - 1], steps[-1]
    seen_at = max(month.moment, first.at)
    if last.catalogue.sha256 != first.catalogue.sha256 or not judges_reports_alike(
        month.scored, seen_at, max(month.moment, last.at)
    ):
        return None
    scope = scope_of(month.scored, _touched(steps, base_steps, seen_at))
    anew = score_touched(month, scope, base.bundles)
    return ScoredParts(
        assignments=_over(base.assignments, anew.assignments, ["item_kind", "item_id", "agency_id"]).sort_values(
            ASSIGNMENT_ORDER
        ),
        bundles=base.bundles,
        nodes=_over(base.nodes, anew.nodes, ["node_kind", "node_id"]).sort_values(
            ["node_kind", "node_id"], key=lambda column: column.map(_rank) if column.name == "node_kind" else column
        ),
    )


def _rank(kind: str) -> int:
    return NODE_KINDS.index(kind)


def _touched(steps: Sequence[Step], base_steps: int, seen_at: Any) -> set[str]:
    files = {file.number: file for step in steps for file in step.files}
    later = steps[base_steps:]
    return {
        *(file.agency_id for step in later for file in step.files),
        *(files[number].agency_id for step in later for number, _ in step.taken_back),
        *(files[number].agency_id for step in later for number, _ in step.retracted),
        *(key[0] for step in later for key in step.waivers),
        *(agency_id for step in later for agency_id, _ in step.reopened),
        *(file.agency_id for file in files.values() if file.received_at > seen_at),
    }


def _over(base: pandas.DataFrame, anew: pandas.DataFrame, key: list[str]) -> pandas.DataFrame:
    """The rows of a base but for those made anew."""
    both = pandas.concat([base, anew], ignore_index=True)
    return both.drop_duplicates(key, keep="last")


def walk(steps: Sequence[Step]) -> tuple[int, list[str]]:
    """
    Score after every step: everybody, and going on from the last whole run; how many went on, and what differed.
    """
    base_steps, base, went_on, differing = 0, None, 0, []
    for count in range(1, len(steps) + 1):
        month = month_after(steps[:count])
        whole = score_whole(month)
        anew = run_on(base_steps, base, steps[:count], month) if base else None
        if anew is None:
            base_steps, base = count, whole
            continue
        went_on += 1
        for name in ("assignments", "nodes"):
            made, expected = getattr(anew, name).reset_index(drop=True), getattr(whole, name)
            if not expected.equals(made):
                differing.append(f"step {count}: {name}")
    return went_on, differing
