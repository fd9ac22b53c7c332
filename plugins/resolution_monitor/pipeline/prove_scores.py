"""The night's proof of the scores: what runs stored, of touched bodies or of everybody, is what all bodies give."""

from resolution_monitor.ask.month_as_known import month_as_known
from resolution_monitor.errors import DatabaseError
from resolution_monitor.period import Period, period_begun
from resolution_monitor.pipeline.context import Context
from resolution_monitor.pipeline.score import is_of_resolutions
from resolution_monitor.score.month.scores import score_whole
from resolution_monitor.score.version import rules_version
from resolution_monitor.store import score_rows, tree_rows


def prove_scores(context: Context) -> int:
    """
    Score the last period of each report of resolutions again, everybody, as known at its newest run.

    Returns:
        How many runs were held against it; one made by other rules or another catalogue cannot be.

    Raises:
        DatabaseError: A run holds other rows.
    """
    newest = score_rows.newest_periods(context.database)
    return sum(
        _prove(context, one["report"], period_begun(one["period_kind"], one["period_end"]))
        for one in newest
        if is_of_resolutions(one["report"])
    )


def _prove(context: Context, report: str, period: Period) -> int:
    run = score_rows.latest_run(context.database, report, period)
    if run is None or (run["rules_version"], run["catalogue_sha256"]) != (rules_version(), context.catalogue.sha256):
        return 0
    whole = score_whole(month_as_known(context.database, context.catalogue, period, run["known_at"]))
    differing = tree_rows.differing_rows(context.database, int(run["scoring_run_id"]), whole.assignments, whole.nodes)
    if differing:
        raise DatabaseError(
            f"{len(differing)} rows of scoring run {run['scoring_run_id']} ({report} {period.name}) are not what all "
            f"bodies give, first {differing[0]}; score it anew with ./monitor run --report {report} "
            f"--period {period.name} --full, and please report this"
        )
    return 1
