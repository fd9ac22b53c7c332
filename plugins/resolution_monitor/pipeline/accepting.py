"""A named person accepts a row that waits for a decision, or no longer: the file is read again accordingly."""

from resolution_monitor.errors import LedgerError
from resolution_monitor.normalise.notes import JUSTIFIED
from resolution_monitor.pipeline.context import Context, stage
from resolution_monitor.pipeline.normalise import read_all
from resolution_monitor.pipeline.reader import read_submissions
from resolution_monitor.pipeline.reading import KeptOutcome
from resolution_monitor.store import closing_rows, submission_rows
from resolution_monitor.terms import Finding, Submission


@stage
def accept(
    context: Context, *, submission_id: int, item_id: str, reason: str, author: str, withdraw: bool = False
) -> dict[str, int]:
    """
    Take a row that waits for a decision, or let it wait again; counts of the file as it was read then.

    What stood before is kept with its days of knowledge; the journal keeps who decided and why.

    Raises:
        LedgerError: The file is not known, has no row of the item that a decision would change, or the reason or author
            is empty.
    """
    words = {"reason": reason.strip(), "author": author.strip()}
    if not all(words.values()):
        raise LedgerError("the reason or the author is empty; say who decides and why, it is kept in the journal")
    submission = _submission(context, submission_id)
    if not any(_concerns(context, finding, item_id, is_taken=withdraw) for finding in _findings(context, submission)):
        what = "was accepted by a decision" if withdraw else "waits for a decision"
        raise LedgerError(f"no row of {item_id!r} in submission {submission_id} {what}; see ./monitor findings")
    closing_rows.save_acceptance(
        context.database, submission_id, item_id, **words, is_withdrawn=withdraw, now=context.now
    )
    return read_all(context, [submission])


def _submission(context: Context, submission_id: int) -> Submission:
    found = submission_rows.submissions_by_number(context.database, [submission_id])
    if not found:
        raise LedgerError(f"submission {submission_id} is not known; ./monitor status --agency names them")
    return found[0]


def _findings(context: Context, submission: Submission) -> list[Finding]:
    read: list[KeptOutcome] = [one for load in read_submissions(context, [submission]) for one in load]
    return [sentence.finding for outcome in read for sentence in outcome.sentences]


def _concerns(context: Context, finding: Finding, item_id: str, *, is_taken: bool) -> bool:
    details = dict(finding.details)
    check = details.get("of", "") if finding.check == JUSTIFIED else finding.check
    needs_decision = check in context.catalogue.checks and context.catalogue.checks[check].needs_decision
    return needs_decision and details.get("item") == item_id and is_taken == (finding.check == JUSTIFIED)
