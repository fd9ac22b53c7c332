"""What reports may see of the database, read once and frozen: one reader for each kind of need."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

import pandas

from resolution_monitor.ask.baselines import baselines_told_again, no_baselines
from resolution_monitor.ask.findings import standing_findings
from resolution_monitor.ask.resolution_scores import scores_as_stored
from resolution_monitor.ask.submissions import submissions
from resolution_monitor.brief.kinds import BUDGET_YEAR, DAY, PERIOD, WEEK, Need
from resolution_monitor.brief.resolution_snapshot import ResolutionSnapshot, Standing
from resolution_monitor.brief.snapshot import Snapshot
from resolution_monitor.ledger.items import ItemKind
from resolution_monitor.ledger.latest import latest_reports
from resolution_monitor.ledger.states import states_at
from resolution_monitor.period import Period, parse_period, shifted, tick_of_period
from resolution_monitor.pipeline.context import Context
from resolution_monitor.score.budget import score_period
from resolution_monitor.score.month.frames import ResolutionScores, scores_of
from resolution_monitor.score.month.indicators import BASELINE_DECIDED, FIRST_CORRECTED
from resolution_monitor.store import finding_rows, ledger_rows, question_rows, score_rows, snapshot_rows, tree_rows

Run = dict[str, Any]

# How far back a row of missing reports is followed.
_PERIODS_BACK = 12
_OF_REPORT = ("submission_id", "period_kind", "period_end")
_ASKED = (
    *("agency_id", "item_id", "screen", "question", "false_share", "false_alarm_rate", "needs_verification"),
    *("reply_until", "reply"),
)


def snapshot_of(
    context: Context, needs: Need[Any, Any], report_name: str, period: Period, run: Run
) -> Snapshot | ResolutionSnapshot:
    """
    What a report that needs this may see of a period, as known to its scoring run; nothing recorded after `sees_until`.

    Args:
        run: With "before", the run of the period before to compare with, or None; without, the newest there is.
    """
    return _READERS[needs.name](context, report_name, period, run)


def _budget_year(context: Context, report_name: str, period: Period, run: Run) -> Snapshot:
    """A budget year beside the one before."""
    values = score_rows.values_as_known(context.database, period, run["known_at"])
    year_before = parse_period(str(int(period.name) - 1))
    previous = score_rows.values_as_known(context.database, year_before, context.sees_until)
    return Snapshot(
        catalogue=context.catalogue.at(period.end),
        period=period,
        as_of=tick_of_period(context.catalogue.calendars[report_name], period),
        scores=score_period(context.catalogue, period, values),
        previous=None if previous.empty else score_period(context.catalogue, year_before, previous),
        previous_values=previous,
        values=values,
        findings=standing_findings(context.database, period, with_notes=True, known_at=context.sees_until),
        submissions=submissions(context.database, period, context.sees_until),
    )


def _period(context: Context, report_name: str, period: Period, run: Run) -> ResolutionSnapshot:
    """A period of the resolutions beside the one before, as each was scored last."""
    earlier = shifted(period, -1)
    run_before = run["before"] if "before" in run else score_rows.latest_run(context.database, report_name, earlier)
    before = _standing(context, report_name, earlier, run_before, _scores(context, run_before)) if run_before else None
    periods = [shifted(period, -back) for back in range(_PERIODS_BACK)]
    owed = _obligations(context, periods, _seen_at(context, report_name, period, run), run["known_at"])
    parts = {
        "reports": owed[owed["item_kind"] == ItemKind.REPORT.value],
        "findings": _findings(context, period_name=period.name),
        "questions": _questions(context, report_name, period, run),
        "first_figures": _first_figures(context, period, run),
    }
    return _snapshot(context, report_name, period, run, before=before, **parts)


def _findings(context: Context, **asked: Any) -> pandas.DataFrame:
    """Findings as a page lists them; what of them is for the machine stays behind."""
    found = finding_rows.standing_findings(context.database, known_at=context.sees_until, **asked)
    return found.drop(columns="details")


def _first_figures(context: Context, period: Period, run: Run) -> pandas.DataFrame:
    """Worked out anew only where the run met a first figure that was told again."""
    assignments, _ = tree_rows.tree_of_run(context.database, run["scoring_run_id"])
    if not assignments["flags"].str.contains(f"{FIRST_CORRECTED}|{BASELINE_DECIDED}").any():
        return no_baselines()
    return baselines_told_again(context.database, context.catalogue, period, run["known_at"])


def _questions(context: Context, report_name: str, period: Period, run: Run) -> pandas.DataFrame:
    """What is asked, with replies as known when the edition is made for; without numbers that a database gave."""
    seen_at = _seen_at(context, report_name, period, run)
    run_id = run["scoring_run_id"]
    rows = question_rows.questions_of_period(context.database, report_name, period, seen_at, scoring_run_id=run_id)
    return rows.loc[rows["is_asked"].astype(bool), list(_ASKED)].reset_index(drop=True)


def _day(context: Context, report_name: str, period: Period, run: Run) -> ResolutionSnapshot:
    """A day beside the day before; what is new came since the tick of the bulletin before."""
    earlier = shifted(period, -1)
    calendar = context.catalogue.calendars[report_name]
    before = _standing(context, report_name, earlier, run, scores_of([], []))
    first_at, last_at = tick_of_period(calendar, earlier), tick_of_period(calendar, period)
    parts = {
        "reports": before.obligations.iloc[:0],
        "findings": _findings(context, received=(first_at, last_at)),
        "daily": snapshot_rows.daily_values_as_known(context.database, [earlier.end, period.end], run["known_at"]),
    }
    return _snapshot(context, report_name, period, run, before=before, **parts)


def _snapshot(
    context: Context, report_name: str, period: Period, run: Run, *, before: Standing | None, **parts: pandas.DataFrame
) -> ResolutionSnapshot:
    known_at = run["known_at"]
    now = _standing(context, report_name, period, run, _scores(context, run))
    reports = latest_reports(snapshot_rows.reports_as_known(context.database, known_at), period.end)
    said = {
        "obstacles": _latest(snapshot_rows.obstacles_as_known(context.database, period.end, known_at), reports),
        "requests": _latest(snapshot_rows.requests_as_known(context.database, period.end, known_at), reports),
    }
    assignments = [standing.scores.assignments for standing in (now, before) if standing]
    frames = [*assignments, *said.values(), *(frame for frame in parts.values() if "submission_id" in frame)]
    ids = {int(number) for frame in frames for number in frame["submission_id"].dropna()}
    return ResolutionSnapshot(
        catalogue=context.catalogue.at(period.end),
        period=period,
        as_of=tick_of_period(context.catalogue.calendars[report_name], period),
        known_at=known_at,
        now=now,
        before=before,
        submissions=snapshot_rows.submissions_as_known(context.database, ids, period.name, known_at),
        **said,
        **parts,
    )


def _scores(context: Context, run: Run) -> ResolutionScores:
    return scores_as_stored(context.database, run["scoring_run_id"])


def _standing(context: Context, report_name: str, period: Period, run: Run, scores: ResolutionScores) -> Standing:
    owed = _obligations(context, [period], _seen_at(context, report_name, period, run), run["known_at"])
    return Standing(period=period, scores=scores, obligations=owed)


def _seen_at(context: Context, report_name: str, period: Period, run: Run) -> datetime:
    """An edition made late sees what came late: its tick, or when the newest row it knows was recorded."""
    tick = tick_of_period(context.catalogue.calendars[report_name], period)
    known_at: datetime = run["known_at"]
    return max(tick, known_at)


def _obligations(context: Context, periods: Sequence[Period], as_of: datetime, known_at: datetime) -> pandas.DataFrame:
    facts = ledger_rows.facts_as_known(context.database, [period.name for period in periods], known_at)
    return states_at(
        facts.obligations,
        files=facts.files,
        values=facts.values,
        waivers=facts.waivers,
        as_of=as_of,
    )


def _latest(said: pandas.DataFrame, reports: pandas.DataFrame) -> pandas.DataFrame:
    """Of each body what it says in its latest report: what that leaves out, and be it everything, is no longer said."""
    of_latest = pandas.MultiIndex.from_frame(reports[list(_OF_REPORT)])
    return said[pandas.MultiIndex.from_frame(said[list(_OF_REPORT)]).isin(of_latest)].reset_index(drop=True)


_READERS: dict[str, Callable[[Context, str, Period, Run], Snapshot | ResolutionSnapshot]] = {
    PERIOD.name: _period,
    WEEK.name: _period,
    DAY.name: _day,
    BUDGET_YEAR.name: _budget_year,
}
