"""Second stage on the road: files become values and findings, and plans are held against results."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from resolution_monitor.collect.land import move_to_raw
from resolution_monitor.normalise.checks.plan_and_final import check_pairs
from resolution_monitor.period import Period
from resolution_monitor.pipeline.closing import Came, came_long_after, tell_closed
from resolution_monitor.pipeline.context import Context, stage
from resolution_monitor.pipeline.names import waiting_for_settled, with_settled_names
from resolution_monitor.pipeline.reader import read_submissions
from resolution_monitor.pipeline.reading import KeptOutcome, save_outcomes, worded
from resolution_monitor.store import score_rows, submission_rows
from resolution_monitor.store.load_step import load_step
from resolution_monitor.store.locks import in_turn
from resolution_monitor.terms import Submission, SubmissionState

_TAKEN = {SubmissionState.ACCEPTED.value, SubmissionState.ACCEPTED_IN_PART.value}


@stage
def normalise(context: Context, period: Period | None) -> dict[str, int]:
    """
    Read files into values and findings: what nobody read yet, and what was refused under another catalogue.

    What was accepted is final: no change of the catalogue reads it again, only a person who says so (reread), or who
    settles a name that it waits for.

    Args:
        period: Whose plan is held against its result; None holds none.

    Raises:
        ReaderError: A process that reads files died; what was loaded before stands, the rest is read next time.
    """
    context = with_settled_names(context)
    # In turn: whoever comes second would score while the first still reads what belongs to its period, too.
    with in_turn(context.database, "the reading"):
        waiting = waiting_for_settled(context)
        submissions = submission_rows.submissions_to_read(context.database, context.catalogue.sha256, waiting)
        counts = read_all(context, submissions, is_budgeted=True)
    counts["findings"] += _compare_plan_and_final(context, period) if period else 0
    return counts


def read_all(context: Context, submissions: Sequence[Submission], *, is_budgeted: bool = False) -> dict[str, int]:
    """
    Read these files and keep what came of each in place of what came of it before.

    Args:
        is_budgeted: Leave unread what a sender has beyond its budget: it is read next time, and counted as waiting.
    """
    counts = {"files": 0, "values": 0, "findings": 0, "changed": 0}
    received = {submission.submission_id: submission.received_at for submission in submissions}
    contents = {submission.submission_id: submission.sha256 for submission in submissions}
    for outcomes in read_submissions(context, submissions, is_budgeted=is_budgeted):
        # First moved, then noted: a run that is cut short in between leaves a file that is found in either place.
        move_to_raw(context.settings, (contents[number] for number in _accepted(outcomes)))
        late = came_long_after(context, _came(outcomes, received))
        with load_step(context.database, f"read {len(outcomes)} files", context.now) as step:
            save_outcomes(step, outcomes)
            counts["findings"] += tell_closed(context, step, late)
            counts["changed"] += step.changed_rows
        counts["files"] += len(outcomes)
        counts["values"] += sum(outcome.value_count for outcome in outcomes)
        counts["findings"] += sum(len(outcome.sentences) for outcome in outcomes)
    waiting = len(submissions) - counts["files"]
    return {**counts, "waiting": waiting} if waiting and is_budgeted else counts


def _accepted(outcomes: Sequence[KeptOutcome]) -> Iterator[int]:
    """Submissions of which at least a part was taken."""
    for outcome in outcomes:
        if outcome.reading.state in _TAKEN:
            yield outcome.reading.submission_id


def _came(outcomes: Sequence[KeptOutcome], received: Mapping[int, datetime]) -> Iterator[Came]:
    for outcome in outcomes:
        if outcome.periods:
            submission_id = outcome.reading.submission_id
            yield Came(submission_id, received[submission_id], outcome.periods)


def _compare_plan_and_final(context: Context, period: Period) -> int:
    values = score_rows.values_as_known(context.database, period)
    placed = check_pairs(context.catalogue, period, values)
    sentences = [worded(context.catalogue, entry.submission_id, entry.finding) for entry in placed]
    with load_step(context.database, f"compare {period.name}", context.now) as step:
        everyone = sorted({int(submission_id) for submission_id in values["submission_id"]})
        submission_rows.save_findings(step, f"period {period.name}", everyone, sentences)
    return len(sentences)
