"""Third stage on the road: what is known of a period is scored and stored, after the periods before it."""

import contextlib
from collections.abc import Callable

import pandas

from resolution_monitor.ask.month_as_known import settled_periods
from resolution_monitor.brief.kinds import BUDGET_YEAR, DAY, PERIOD, WEEK
from resolution_monitor.brief.reports import kind_of, report_names
from resolution_monitor.errors import NothingToReportError
from resolution_monitor.period import Period, parse_period, shifted
from resolution_monitor.pipeline.context import Context, stage
from resolution_monitor.pipeline.ledger import fill_periods
from resolution_monitor.pipeline.score_tree import score_tree
from resolution_monitor.score.budget import PeriodScores, score_period
from resolution_monitor.score.month.scored_period import scored_period
from resolution_monitor.score.version import rules_version
from resolution_monitor.store import catalogue_versions, score_rows
from resolution_monitor.store.locks import in_turn
from resolution_monitor.terms import Role


@stage
def score(context: Context, report: str, period: Period) -> dict[str, int]:
    """
    Score all that is known of the period now, by the rules of what the report needs.

    Scorings of a report wait for each other, and what was reported of earlier periods and never scored comes first: a
    period compares with the one before, and its chances are told by what was forecast then. So neighbours give the same
    whoever is begun first (decision 0030).

    Raises:
        NothingToReportError: No body has both a plan and a result; or nothing is owed of resolutions yet.
    """
    needs = kind_of(report).needs
    with in_turn(context.database, f"the scoring of {report}"):
        for earlier in _unscored_before(context, report, period) if needs.compares else ():
            with contextlib.suppress(NothingToReportError):
                _SCORERS[needs.name](context, report, earlier)
        return _SCORERS[needs.name](context, report, period)


def _unscored_before(context: Context, report: str, period: Period) -> list[Period]:
    """
    The periods right before this one that were never scored, in their order, back to the first that was reported.

    Mostly there are none, which one short question tells.
    """
    unscored: list[Period] = []
    earlier, first = shifted(period, -1), None
    while score_rows.latest_run(context.database, report, earlier) is None:
        first = first or _first_reported(context, period)
        if earlier < first:
            break
        unscored.append(earlier)
        earlier = shifted(earlier, -1)
    return unscored[::-1]


def _first_reported(context: Context, period: Period) -> Period:
    """
    The first period of a kind that an accepted report speaks of; the given one where none before it does.

    Where nobody reports by such periods, as by weeks, the one before is looked at all the same: else no edition would
    ever say what moved.
    """
    reported = [parse_period(name) for name in catalogue_versions.periods_reported(context.database)]
    own = [one for one in reported if one.kind == period.kind]
    return min(own, default=shifted(period, -1) if reported else period)


def is_of_resolutions(report: str) -> bool:
    """Whether a report is made of the resolutions' scores; False for one that is no longer made."""
    return report in report_names() and _SCORERS[kind_of(report).needs.name] is _score_tree


def _score_tree(context: Context, report: str, period: Period) -> dict[str, int]:
    """What is owed has to stand in the ledger first: against it missing reports are counted."""
    scored = scored_period(context.catalogue, period)
    fill_periods(context, sorted({*settled_periods(scored), shifted(period, -1), period}))
    return score_tree(context, report, scored)


def _score_budget(context: Context, report: str, period: Period) -> dict[str, int]:
    known_at = score_rows.newest_known_at(context.database, period, context.sees_until)
    values = score_rows.values_as_known(context.database, period, known_at)
    roles = values["role"].value_counts()
    if known_at is None or len(roles) < len(Role):
        raise NothingToReportError(
            f"period {period.name} has {roles.get(Role.TARGET.value, 0)} planned and "
            f"{roles.get(Role.OBSERVATION.value, 0)} final figures; both are needed: lay the missing workbook into the "
            "inbox, or see what was wrong with it with ./monitor findings"
        )
    scores = score_period(context.catalogue, period, values)
    scoring_run_id = score_rows.save_scores(
        context.database,
        _score_tables(scores),
        report=report,
        period=period,
        known_at=known_at,
        rules_version=rules_version(),
        catalogue_sha256=context.catalogue.sha256,
        now=context.now,
    )
    return {"scoring_run_id": scoring_run_id, "scores": len(scores.bodies), "nodes": len(scores.nodes)}


def _score_tables(scores: PeriodScores) -> dict[str, pandas.DataFrame]:
    sources = scores.sources[["agency_id", "indicator_id"]].copy()
    for role, column in ((Role.TARGET, "target_id"), (Role.OBSERVATION, "observation_id")):
        sources[column] = scores.sources["value_id"].where(scores.sources["role"] == role.value, None)
    return {"score": scores.bodies, "score_source": sources, "node_score": scores.nodes}


_SCORERS: dict[str, Callable[[Context, str, Period], dict[str, int]]] = {
    PERIOD.name: _score_tree,
    WEEK.name: _score_tree,
    DAY.name: _score_tree,
    BUDGET_YEAR.name: _score_budget,
}
