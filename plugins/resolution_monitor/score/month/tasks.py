"""Assignments of tasks: done with a product, or not, against a deadline somebody verified.

Source: docs/method.md, clauses 2.3 to 2.7 (deliverable, one step) and its trees. Day numbers as float64; NaN is null.
"""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas

from resolution_monitor.catalogue.entries import Task
from resolution_monitor.ledger.items import ItemKind, calendar_of
from resolution_monitor.method.arrays import Flags, Floats, Whole, fill, nulls
from resolution_monitor.method.path import Path
from resolution_monitor.reporting.content import TaskState
from resolution_monitor.reporting.documents import names_document
from resolution_monitor.score.month.claimed import first_days, judged, run_from
from resolution_monitor.score.month.frames import DAY_UNVERIFIED, DUE_ASSUMED
from resolution_monitor.score.month.month import Month
from resolution_monitor.score.month.report_history import NOT_IN, History, history_of, latest_of, owed_of
from resolution_monitor.score.month.rows import SOURCE_COLUMNS, Assigned, base_rows, before_bodies, joined_flags, taken
from resolution_monitor.score.month.scored_period import ScoredPeriod, as_at_days
from resolution_monitor.score.month.verdicts import Verdict, columns_of, verdict_of
from resolution_monitor.score.rules.days import dates, day_numbers
from resolution_monitor.score.rules.history import known_at
from resolution_monitor.score.rules.met_day import met_day
from resolution_monitor.score.rules.situation import DELIVERABLE, Situation
from resolution_monitor.score.rules.steps import Steps, milestones

REPORT_COLUMNS = ("state", "done_pct", "done_on", "product", *SOURCE_COLUMNS)


@dataclass(frozen=True, slots=True)
class Given:
    """
    Tasks as arrays; one element per assignment.

    Attributes:
        start_day: t0, the day of issue of the resolution.
        due_day: tT; NaN where no source gives one.
        is_assumed: Nobody verified it, or there is none: it never counts as overdue.
    """

    start_day: Floats
    due_day: Floats
    is_assumed: Flags
    as_at_day: Floats


@dataclass(frozen=True, slots=True)
class Claims:
    """
    What leads last said of their tasks.

    Attributes:
        report: The entry of the last report; -1 where none came.
        is_done: Said to be done.
        told_day: The date of the product as claimed; NaN where nothing is said to be done.
        claimed_day: The first day that the reports which say done can speak for.
        verified_day: The date of the product as a named person verified it.
        met_day: The day that counts of these three; see rules.met_day.
        seen_day: The same, and of what is said to be done without proof the day told, or the end of the period.
        is_proven: There is a product with a number and a date, and nobody found that it is no proof.
        missed: m.
        reported_day: End of the period of the last report.
    """

    report: Whole
    is_done: Flags
    told_day: Floats
    claimed_day: Floats
    verified_day: Floats
    met_day: Floats
    seen_day: Floats
    is_proven: Flags
    missed: Whole
    reported_day: Floats


@dataclass(frozen=True, slots=True)
class TaskWorkings:
    """All that lies between reports and the assignments of tasks; one element per assignment."""

    base: pandas.DataFrame
    given: Given
    history: History
    claims: Claims
    situation: Situation
    verdict: Verdict


def task_assignments(workings: TaskWorkings) -> pandas.DataFrame:
    """One row per task with a lead, with the columns of assignments that concern it; parents are nodes."""
    return workings.base.assign(**_columns(workings))


def task_workings(month: Month) -> TaskWorkings:
    """The rules with every intermediate value, in the order of the assignments."""
    tasks = [task for task in month.catalogue.tasks.values() if task.lead is not None]
    leads = [[month.scored.holder_of(str(task.lead))] for task in tasks]
    assigned = Assigned.of(tasks, leads).among(month.bodies)
    base = base_rows(month.catalogue, assigned)
    given = _given(month.scored, [tasks[number] for number in assigned.entry])
    span = (given.start_day, given.as_at_day)
    history = history_of(base, span, owed_of(month, ItemKind.TASK), _reported(month))
    claims = _claims(month, base, history)
    situation = replace(
        _situation(given, claims), limits=month.limits, is_unrated=before_bodies(month.catalogue, base["agency_id"])
    )
    verdict = verdict_of(situation, claims.reported_day - given.start_day, np.ones(history.size))
    return TaskWorkings(base, given, history, claims, situation, verdict)


def _given(scored: ScoredPeriod, tasks: list[Task]) -> Given:
    size = len(tasks)
    due = [np.nan if task.due_on is None else float(task.due_on.toordinal()) for task in tasks]
    issued = [float(scored.catalogue.resolutions[task.resolution].issued_on.toordinal()) for task in tasks]
    return Given(
        start_day=np.array(issued, dtype=np.float64),
        due_day=np.array(due, dtype=np.float64),
        is_assumed=np.array([task.is_due_assumed or task.due_on is None for task in tasks], dtype=bool),
        as_at_day=as_at_days(scored, [calendar_of(task) for task in tasks], [0] * size),
    )


def _reported(month: Month) -> pandas.DataFrame:
    """What stands of each body, task and period of the task's own kind."""
    clocks = month.catalogue.period_calendars
    kind_of = {key: clocks[calendar_of(task)].period_kind for key, task in month.catalogue.tasks.items()}
    reports = month.task_reports
    reports = reports[reports["task_id"].map(kind_of) == reports["period_kind"]]
    reports = latest_of(reports.rename(columns={"task_id": "item_id"}), "submission_id")
    columns = reports[["agency_id", "item_id", *REPORT_COLUMNS]].rename(columns={"state": "task_state"})
    calendars = reports["item_id"].map({key: calendar_of(task) for key, task in month.catalogue.tasks.items()})
    since = reports["done_since"] if "done_since" in reports else pandas.Series(None, reports.index, dtype=object)
    first_day = first_days(month, calendars, reports["period_end"], since)
    return columns.assign(day=day_numbers(reports["period_end"]), is_usable=True, first_day=first_day)


def _columns(workings: TaskWorkings) -> dict[str, Any]:
    given, history, claims, verdict = workings.given, workings.history, workings.claims, workings.verdict
    standing, told = verdict.standing, history.entries
    attained = milestones(_steps(given, claims), workings.situation.path.elapsed_days)
    return {
        **columns_of(verdict),
        **_unverified(verdict, given.is_assumed),
        "as_at": dates(given.as_at_day),
        "started_on": dates(given.start_day),
        "due_on": dates(given.due_day),
        "is_due_assumed": given.is_assumed,
        "flags": joined_flags(
            attained.flags(),
            np.where(given.is_assumed, DUE_ASSUMED, "").tolist(),
            np.where(claims.met_day > claims.told_day, DAY_UNVERIFIED, "").tolist(),
        ),
        "attainment_raw_pct": attained.ratio * 100.0,
        "attainment_pct": attained.published_pct,
        "missed": np.where(standing.is_closed, 0, claims.missed),
        "owed_total": history.owed_counts,
        "value_on": dates(claims.reported_day),
        **{name: taken(told[name], claims.report) for name in ("task_state", "done_pct", "done_on", "product")},
        **{name: taken(told[name], claims.report) for name in SOURCE_COLUMNS},
        "met_on": dates(claims.met_day),
    }


def _claims(month: Month, base: pandas.DataFrame, history: History) -> Claims:
    """
    The last report stands until a newer one comes.

    A period whose workbook came counts as reported, and a row that came counts whatever the ledger says of the file.
    """
    told = history.entries
    is_told = told["task_state"].notna().to_numpy()
    report = history.last_of(is_told)
    is_in = is_told | ~told["state"].isin(NOT_IN).to_numpy()
    came = history.matrix(np.where(is_in, 1.0, np.nan))
    says_done = (told["task_state"] == TaskState.DONE.value).to_numpy()
    products = told["product"].fillna("").astype(str)
    day, has_number = day_numbers(told["done_on"]), np.array([*map(names_document, products)], dtype=bool)
    proves = says_done & has_number & ~np.isnan(day)
    found = judged(month, base, taken(told["product"], report))
    is_done, done_day = np.append(says_done, False)[report], np.append(day, np.nan)[report]
    is_proven = np.append(proves, False)[report] & ~found.is_invalid
    reported_day = np.append(history.day, np.nan)[report]
    told_day = np.where(is_proven, done_day, np.nan)
    claimed_day = run_from(history, is_told, proves, told["first_day"].to_numpy(dtype=np.float64))
    counted_day = met_day(told_day, claimed_day, found.verified_day)
    return Claims(
        report=report,
        is_done=is_done,
        told_day=told_day,
        claimed_day=claimed_day,
        verified_day=found.verified_day,
        met_day=counted_day,
        # A step is met by the date of its document; one without evidence needs any day to be seen as claimed.
        seen_day=np.where(is_proven, counted_day, np.where(is_done, fill(done_day, reported_day), np.nan)),
        is_proven=is_proven,
        missed=np.minimum(known_at(came, came).missed, history.counts),
        reported_day=reported_day,
    )


def _situation(given: Given, claims: Claims) -> Situation:
    elapsed = given.as_at_day - given.start_day
    met = claims.met_day - given.start_day
    due = given.due_day - given.start_day
    # A deadline nobody verified lies beyond whatever happens: never late, and never expected.
    total = np.where(given.is_assumed, np.fmax(elapsed, met) + 1.0, due)
    size = len(elapsed)
    return Situation(
        judged_as=np.full(size, DELIVERABLE),
        path=Path.straight(elapsed, total),
        fraction=nulls(size),
        floor=np.zeros(size),
        tolerance=np.zeros(size),
        missed=claims.missed,
        forecast_last=nulls(size),
        forecast_previous=nulls(size),
        achieved_after_days=nulls(size),
        is_overspent=np.zeros(size, dtype=bool),
        is_unrated=np.zeros(size, dtype=bool),
        steps=_steps(given, claims),
    )


def _steps(given: Given, claims: Claims) -> Steps:
    """A task is one step, due when it is; without a verified deadline it is due on no day."""
    due = given.due_day - given.start_day
    return Steps(
        due_day=np.where(given.is_assumed, np.nan, due)[:, None],
        weight=np.ones((len(due), 1)),
        met_day=(claims.seen_day - given.start_day)[:, None],
        has_evidence=claims.is_proven[:, None],
    )


def _unverified(verdict: Verdict, is_assumed: Flags) -> dict[str, Floats]:
    """
    Of a task without a verified deadline nothing is expected by any day: no E, no lag; no points while it is open.

    A missing report still counts 0: silence is no better for it than for others.
    """
    nothing = is_assumed & ~verdict.standing.is_closed & ~verdict.standing.is_silent
    points = {
        "progress_low": verdict.points.progress_low,
        "progress_high": verdict.points.progress_high,
        "timeliness_low": verdict.points.timeliness_low,
        "timeliness_high": verdict.points.timeliness_high,
    }
    rest = {"expected_fraction": verdict.standing.expected, "lag_days": verdict.standing.lag_days}
    return {
        **{name: np.where(nothing, np.nan, values) for name, values in points.items()},
        **{name: np.where(is_assumed, np.nan, values) for name, values in rest.items()},
    }
