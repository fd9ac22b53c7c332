"""./monitor purge, verify: what must not be here goes, and what is here is proven."""

from collections import Counter
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from resolution_monitor.commands.opened import opened_context, opened_to_write
from resolution_monitor.errors import VERIFY_FOUND_PROBLEMS

if TYPE_CHECKING:
    from resolution_monitor.pipeline import Context

_BEYOND_US = (
    "Not within reach of this command, for whoever keeps them: backups and write-ahead logs of the database, copies of "
    "the state folder, editions that were printed or sent, and the sender's own copies."
)


def purge(
    submission: Annotated[int, typer.Argument(help="Number of the submission, as its receipt and findings name it.")],
    reason: Annotated[str, typer.Option(help="Why; kept for good, so write nothing of the content.")],
    ordered_by: Annotated[str, typer.Option("--ordered-by", help="Who orders it; kept for good.")],
    keep_briefings: Annotated[
        bool, typer.Option("--keep-briefings", help="Leave drafts of briefings in place, and list them.")
    ] = False,
) -> None:
    """
    Remove a submission that must not be here, everywhere.

    Its file, rows, findings, receipts, answers, log lines, drafts of briefings and scores made with it go, and those of
    every submission with the same content. A tombstone stays; the same content is turned away from then on. Issued
    editions stay and are listed. Interrupted, give the same order again.
    """
    from resolution_monitor.pipeline.purge import purge as purge_submission

    with opened_to_write() as context:
        done = purge_submission(
            context, submission, reason=reason, ordered_by=ordered_by, keep_briefings=keep_briefings
        )
    console = Console(highlight=False, soft_wrap=True)
    if not done.submission_ids:
        console.print(f"submission {submission} was purged before; nothing changed", markup=False)
        return
    console.print(f"purged: submission {', '.join(map(str, done.submission_ids))}", markup=False)
    for what, count in done.removed.items():
        if count:
            console.print(f"  {what:<18}{count:>8} removed", markup=False)
    for edition in done.editions_kept:
        console.print(
            f"STAYS: {edition.state} edition {edition.edition[-8:]} of {edition.report}, period ending "
            f"{edition.period_end}: it shows, or may quote, this submission; recall or replace it",
            markup=False,
        )
    console.print(_BEYOND_US, markup=False)


def verify(
    edition: Annotated[
        str | None, typer.Argument(help="Only this edition, its files rendered anew. Default: all files and editions.")
    ] = None,
    renders: Annotated[bool, typer.Option("--render", help="Render the files of every edition anew.")] = False,
) -> None:
    """
    Prove the kept files and editions: hash each again and hold it against what was noted.

    Files: kept, held (refused, outside raw/, for 30 days), let_go (no longer held), purged and stray are in order;
    tampered, missing and purge_unfinished are listed, and the exit code is 61.

    Editions: the rows they were made of, read again as known then; what they say; their files; with --render, or for
    one edition, their bytes. Under the packages they were made by these are the same; under others (other_lock) the
    stored hash alone is proof. differs, and issued files that are gone, are wrong.
    """
    console = Console(highlight=False, soft_wrap=True)
    is_wrong = False
    with opened_context() as context:
        if edition is None:
            is_wrong |= _files_are_wrong(context, console)
        is_wrong |= _editions_are_wrong(context, console, edition, renders=renders or edition is not None)
    if is_wrong:
        raise typer.Exit(VERIFY_FOUND_PROBLEMS)


def _files_are_wrong(context: "Context", console: Console) -> bool:
    from resolution_monitor.pipeline.verify import verify as verify_files

    counts: Counter[str] = Counter()
    is_wrong = False
    for proof in verify_files(context):
        counts[proof.state.value] += 1
        is_wrong |= proof.state.is_wrong
        if proof.state.is_wrong:
            which = f"submission {proof.submission_id} of {proof.sender_id}"
            console.print(f"{proof.state.value}: {which}", markup=False)
    for state, count in sorted(counts.items()):
        console.print(f"{count:>8} {state}", markup=False)
    return is_wrong


def _editions_are_wrong(context: "Context", console: Console, name: str | None, *, renders: bool) -> bool:
    from resolution_monitor.pipeline.verify_editions import verify_editions

    proofs = list(verify_editions(context, name, renders=renders))
    for proof in proofs:
        told = {
            "snapshot": proof.snapshot,
            "content": proof.view_model,
            "files": proof.files,
            "rendered": proof.made_again,
        }
        line = ", ".join(f"{what} {state.value}" for what, state in told.items() if state.value != "not_asked")
        console.print(f"{'WRONG ' if proof.is_wrong else ''}{proof.edition} ({proof.state}): {line}", markup=False)
    return any(proof.is_wrong for proof in proofs)
