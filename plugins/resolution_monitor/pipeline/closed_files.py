"""Files that may bear a mark of secrecy lie closed until a named person has looked; then they go on, or go."""

import json
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from resolution_monitor.collect.inbox import InboxFile
from resolution_monitor.collect.land import WaitingFile
from resolution_monitor.collect.notices import closed_notice, released_notice
from resolution_monitor.collect.outbox import put_back
from resolution_monitor.collect.purged import content_mark, purge_key
from resolution_monitor.collect.read import FileReader, ReadResult
from resolution_monitor.collect.receipt import marked_receipt_files
from resolution_monitor.errors import LedgerError, storage_error
from resolution_monitor.pipeline.context import Context, stage
from resolution_monitor.pipeline.marked_files import only_for_its_owner, refuse_marked
from resolution_monitor.pipeline.noting import keep_and_note
from resolution_monitor.pipeline.receipts import lay_receipts
from resolution_monitor.store import closed_rows
from resolution_monitor.store.closed_rows import ClosedFile
from resolution_monitor.store.load_step import load_step
from resolution_monitor.store.locks import in_turn

RELEASE, TURN_AWAY = "release", "turn-away"
# tar, restic and borg leave out a folder with this tag: https://bford.info/cachedir/
_TAG_TEXT = "Signature: 8a477f597d28d172789f06886806bc55\n# Files that may be marked as secret: never back them up.\n"


@dataclass(frozen=True, slots=True)
class Decisions:
    """What was decided of contents, by their mark; asked before a doubtful file is closed."""

    key: bytes
    by_content: dict[str, str | None]

    def of(self, sha256: str) -> str | None:
        """ "release", "turn-away", or None while nobody has decided."""
        return self.by_content.get(content_mark(self.key, sha256))


def decisions(context: Context) -> Decisions:
    known: dict[str, str | None] = {}
    for one in closed_rows.closed_files(context.database):
        known[one.content_mark] = one.decision or known.get(one.content_mark)
    return Decisions(purge_key(context.settings.home), known)


def close(context: Context, one: WaitingFile) -> None:
    """
    Put a doubtful file where nobody opens it, and tell its sender.

    Noted first: a run that is cut short finds the file in the inbox again and closes it under the same number.

    Raises:
        StorageError: The folder cannot be written.
    """
    only_for_its_owner(context.settings.closed_folder, _TAG_TEXT)
    mark = content_mark(purge_key(context.settings.home), one.sha256)
    with load_step(context.database, "close a file", context.now) as step:
        closed_rows.save_closed_file(step, one.file.sender_id, one.file.received_at, mark)
    known = closed_rows.closed_files(context.database)
    number = next(row.closed_number for row in known if (row.sender_id, row.content_mark) == (one.file.sender_id, mark))
    path = _path(context, number)
    facts = {**asdict(one.file), "sha256": one.sha256}
    try:
        path.with_suffix(".json").write_text(json.dumps(facts, default=datetime.isoformat), encoding="utf-8")
        path.with_suffix(".json").chmod(0o600)
        one.path.chmod(0o400)
        one.path.replace(path)
    except OSError as error:
        raise storage_error(path.parent, error) from error
    _tell(context, one.file.sender_id, closed_notice(one.file.received_at))


def _path(context: Context, number: int) -> Path:
    return context.settings.closed_folder / str(number)


def _tell(context: Context, sender_id: str, notice: tuple[str, Mapping[str, bytes]]) -> None:
    name, contents = notice
    for ending, content in contents.items():
        put_back(context.settings.outbox_folder, sender_id, name + ending, content)


@stage
def decide(context: Context, number: int, decision: str, *, author: str, reason: str) -> ClosedFile:
    """
    Note what a named person decided of a closed file, and do it.

    Raises:
        LedgerError: There is no such file, it was decided otherwise before, or the author or reason is empty.
    """
    if not (author.strip() and reason.strip()):
        raise LedgerError("the reason or the author is empty; say who decides and why, it is kept in the journal")
    with in_turn(context.database, "the collection"):
        one = _closed(context, number)
        if one.decision not in (None, decision):
            raise LedgerError(
                f"closed file {number} was decided before ({one.decision}, by {one.author}); a decision is final: what "
                "was released goes by ./monitor purge"
            )
        with load_step(context.database, "decide about a closed file", context.now) as step:
            closed_rows.save_decision(step, one, decision, author=author.strip(), reason=reason.strip())
        carry_out(context)
        lay_receipts(context)
    return _closed(context, number)


def _closed(context: Context, number: int) -> ClosedFile:
    for one in closed_rows.closed_files(context.database):
        if one.closed_number == number:
            return one
    raise LedgerError(f"there is no closed file {number}; ./monitor marked lists them")


def carry_out(context: Context) -> int:
    """Do what was decided and is not done yet: a run that was cut short is taken up by the next; how many files."""
    if not context.settings.closed_folder.is_dir():
        return 0
    decided = [one for one in closed_rows.closed_files(context.database) if one.decision]
    lying = [one for one in decided if _path(context, one.closed_number).exists()]
    for one in lying:
        path = _path(context, one.closed_number)
        if one.decision == RELEASE:
            _release(context, path)
        else:
            _turn_away(context, one, path)
        path.with_suffix(".json").unlink(missing_ok=True)
    return len(lying)


def _release(context: Context, path: Path) -> None:
    """The file goes on as it came: under its sender, name and time."""
    facts: dict[str, Any] = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    sha256 = str(facts.pop("sha256"))
    facts |= {name: datetime.fromisoformat(facts[name]) for name in ("modified_at", "received_at")}
    one = WaitingFile(InboxFile(**facts), path, sha256)
    keep_and_note(context, [(one, guard_released(context, [one])[0].refusal)])
    path.unlink(missing_ok=True)  # its content had been kept before
    _tell(context, one.file.sender_id, released_notice(one.file.received_at))


def guard_released(context: Context, files: Sequence[WaitingFile]) -> list[ReadResult]:
    """What the guard says of files that a person has looked at."""
    with closing(FileReader(context.settings)) as reader:
        return [reader.guard_released(one.path) for one in files]


def _turn_away(context: Context, one: ClosedFile, path: Path) -> None:
    _tell(context, one.sender_id, marked_receipt_files(one.received_at))
    refuse_marked(
        context, sender_id=one.sender_id, received_at=one.received_at, document_number=None, remove=path.unlink
    )
