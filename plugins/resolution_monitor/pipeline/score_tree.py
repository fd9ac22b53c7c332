"""Resolutions of a period are scored: everybody, or only the bodies whose reports changed since the last whole run."""

from datetime import datetime
from typing import Any

from resolution_monitor.ask.month_as_known import newest_input, read_month, touched_bodies
from resolution_monitor.errors import NothingToReportError
from resolution_monitor.period import Period
from resolution_monitor.pipeline.context import Context
from resolution_monitor.pipeline.forecasts_and_questions import forecasts_and_questions, has_questions
from resolution_monitor.score.month.month import Month
from resolution_monitor.score.month.scope import Scope, judges_reports_alike, scope_of
from resolution_monitor.score.month.scored_period import ScoredPeriod
from resolution_monitor.score.month.scores import ScoredParts, score_touched, score_whole
from resolution_monitor.score.version import rules_version
from resolution_monitor.store import score_rows, tree_rows
from resolution_monitor.store.score_rows import Run
from resolution_monitor.store.tree_rows import TreeTables

# With more bodies than that touched a whole run costs little more, and the next ones go on from it.
_MOST_TOUCHED = 0.5


def score_tree(context: Context, report: str, scored: ScoredPeriod) -> dict[str, int]:
    """
    Score the resolutions of a period as known now.

    Everybody is scored in the first run, when the context asks for it, when the rules or the catalogue changed, when
    something is owed for a period of which nothing was owed before, when a period closes at another time, and after a
    purge. Else only who was touched since the last whole run; the rows are the same. Forecasts and questions of a month
    hold bodies against each other: for these alone everything that is known is read and measured.

    Returns:
        `anew` is how many assignments were scored in this run.

    Raises:
        NothingToReportError: Nothing was owed or reported.
    """
    period, known_at = scored.period, newest_input(context.database, scored, context.sees_until)
    if known_at is None:
        raise NothingToReportError(f"nothing is known of period {period.name}; run ./monitor run --period first")
    last = None if context.is_whole else _last_alike(context, report, period, known_at)
    if last and last["known_at"] == known_at:
        return _outcome(context, int(last["scoring_run_id"]), 0)
    scope = _scope(context, scored, last, known_at) if last else None
    base_run_id = int(last["base_run_id"] or last["scoring_run_id"]) if last and scope else None
    bodies = scope.rescored if scope and not has_questions(period) else None
    month = read_month(context.database, scored, known_at, bodies)
    parts = _scored(context, month, scope, base_run_id)
    run = Run(report, period, known_at, rules_version(), context.catalogue.sha256, base_run_id)
    tables = TreeTables(assignments=parts.assignments, bundles=parts.bundles, nodes=parts.nodes)
    beside = forecasts_and_questions(context, month, known_at)
    scoring_run_id = tree_rows.save_tree(context.database, run, tables, context.now, beside=beside)
    return _outcome(context, scoring_run_id, len(parts.assignments))


def _scored(context: Context, month: Month, scope: Scope | None, base_run_id: int | None) -> ScoredParts:
    """Everybody, or who is in the scope beside what the base holds of the others."""
    if scope is None or base_run_id is None:
        return score_whole(month)
    return score_touched(month, scope, tree_rows.bundles_of_run(context.database, base_run_id))


def _last_alike(context: Context, report: str, period: Period, known_at: datetime) -> dict[str, Any] | None:
    """The newest run, where it knew no more than we do and followed the same rules and catalogue."""
    last = score_rows.latest_run(context.database, report, period)
    if last is None or last["known_at"] > known_at:
        return None
    is_alike = (last["rules_version"], last["catalogue_sha256"]) == (rules_version(), context.catalogue.sha256)
    return last if is_alike else None


def _scope(context: Context, scored: ScoredPeriod, last: dict[str, Any], known_at: datetime) -> Scope | None:
    """Who has to be scored anew; None: everybody."""
    since, moment = last["base_known_at"], scored.moment
    if not judges_reports_alike(scored, max(moment, since), max(moment, known_at)):
        return None
    touched = touched_bodies(context.database, scored, since, known_at)
    scope = scope_of(scored, touched.agency_ids)
    is_much = len(scope.touched) > _MOST_TOUCHED * len(scored.catalogue.reporting_bodies)
    return None if touched.reaches_all or is_much else scope


def _outcome(context: Context, scoring_run_id: int, anew: int) -> dict[str, int]:
    return {"scoring_run_id": scoring_run_id, **tree_rows.count_of_run(context.database, scoring_run_id), "anew": anew}
