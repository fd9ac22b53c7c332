"""A named person makes another telling of a first due figure the baseline, or lets the one that froze count again."""

from resolution_monitor.errors import LedgerError
from resolution_monitor.pipeline.context import Context
from resolution_monitor.pipeline.ledger import decision_of
from resolution_monitor.score.month.first_figures import has_own_baseline
from resolution_monitor.store import ledger_rows


def rebaseline(
    context: Context, *, submission_id: int, indicator_id: str, reason: str, author: str, withdraw: bool = False
) -> bool:
    """
    Take the first due figure as a submission tells it for the baseline, or do so no longer; whether that was new.

    Scores of the periods are made anew by the next run; both figures and both scores stay to be seen.

    Raises:
        LedgerError: The indicator has a baseline of its own or needs none, the submission does not tell its first due
            figure, there is no decision to withdraw, or the reason or author is empty.
    """
    decision = decision_of(reason, author)
    indicator = context.catalogue.indicators.get(indicator_id)
    if indicator is None:
        raise LedgerError(f"there is no indicator {indicator_id!r}; write its code, such as 72.04")
    if not has_own_baseline(indicator):
        raise LedgerError(
            f"{indicator_id} does not take its first figure as baseline; the catalogue says where it starts"
        )
    agency_id = _teller(context, submission_id, indicator_id)
    if withdraw and not ledger_rows.has_baseline_decision(context.database, agency_id, indicator_id):
        raise LedgerError(f"no decision on the baseline of {indicator_id} of {agency_id} stands; nothing to withdraw")
    key = {"agency_id": agency_id, "indicator_id": indicator_id, "submission_id": submission_id}
    return ledger_rows.save_baseline_decision(context.database, key, **decision, is_withdrawn=withdraw, now=context.now)


def _teller(context: Context, submission_id: int, indicator_id: str) -> str:
    """The body whose first due figure a submission tells."""
    told = ledger_rows.first_figure_of_submission(context.database, submission_id, indicator_id)
    for row in told:
        if row["value"] is not None and row["period_end"] == row["first_due_end"]:
            return str(row["agency_id"])
    ends = ", ".join(f"{row['period_end']} (first due: {row['first_due_end']})" for row in told) or "no period"
    raise LedgerError(
        f"submission {submission_id} tells no first due figure of {indicator_id}; it tells of {ends}. "
        "./monitor explain --indicator names the files that tell it"
    )
