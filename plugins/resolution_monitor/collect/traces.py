"""Removes the traces of a content from the state folder: copies, answers to its sender, editions, lines of logs."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from resolution_monitor.collect.land import raw_path
from resolution_monitor.collect.outbox import name_in_outbox
from resolution_monitor.errors import storage_error
from resolution_monitor.settings import Settings

if TYPE_CHECKING:
    from upath import UPath

_RECEIPTS = (".bien-nhan.json", ".bien-nhan.txt")
_VERSIONS = range(1, 100)  # contents that one sender sent under one name


@dataclass(frozen=True, slots=True)
class Traces:
    """
    What points to the traces of one content.

    Attributes:
        sent: Sender and file name of each submission that bore it.
        editions: Names of the editions whose files go.
    """

    sha256: str
    sent: Sequence[Sequence[str]]
    editions: Sequence[str]

    def told(self) -> dict[str, Any]:
        return asdict(self)


def remove_traces(settings: Settings, traces: Traces) -> Mapping[str, int]:
    """
    Remove every file and line that the traces lead to; doing it again finds nothing.

    Returns:
        How many went, by kind.

    Raises:
        StorageError: A file cannot be removed.
    """
    try:
        return {
            "raw_files": _unlinked(_by_hash(settings, traces.sha256)),
            "copies": _unlinked(_copies(settings, traces.sha256)),
            "answers": _unlinked(_answers(settings.outbox_folder, traces)),
            "edition_files": _unlinked(_edition_files(settings.briefings_folder, traces.editions)),
            "log_lines": sum(_without_lines(path, _needles(traces)) for path in _logs(settings)),
        }
    except OSError as error:
        raise storage_error(settings.home, error) from error


def _unlinked(paths: "Iterable[Path | UPath]") -> int:
    count = 0
    for path in {str(path): path for path in paths}.values():
        path.unlink()
        count += 1
    return count


def _by_hash(settings: Settings, sha256: str) -> Iterator[Path]:
    for folder in (settings.raw_folder, settings.held_folder):
        if (path := raw_path(folder, sha256)).exists():
            yield path


def _copies(settings: Settings, sha256: str) -> Iterator[Path]:
    """What waits in the inbox, or was left in a quarantine by a run that was cut short."""
    for folder in (settings.inbox_folder, settings.demonstration_inbox, settings.quarantine_folder):
        for path in folder.rglob("*"):
            if path.is_file() and not path.is_symlink():
                with path.open("rb") as file:
                    if hashlib.file_digest(file, "sha256").hexdigest() == sha256:
                        yield path


def _answers(outbox: "Path | UPath", traces: Traces) -> "Iterator[Path | UPath]":
    """Receipts bear the whole name of a file, or what is left of a long one; answers its name without the suffix."""
    for sender_id, file_name in traces.sent:
        beginnings = (f"{file_name}.", f"{Path(file_name).stem}.tra-loi")
        exact = {name_in_outbox(file_name, ending, version) for ending in _RECEIPTS for version in _VERSIONS}
        folder = outbox / sender_id
        if folder.is_dir():
            names = ((path, path.name.lstrip(".")) for path in folder.iterdir())
            yield from (path for path, name in names if name in exact or name.startswith(beginnings))


def _edition_files(folder: Path, editions: Sequence[str]) -> Iterator[Path]:
    for edition in editions:
        yield from folder.glob(f"*-{edition[-8:]}.*")


def _logs(settings: Settings) -> list[Path]:
    """Every log of the state folder, that of an embedded server among them."""
    return sorted({path for path in settings.home.rglob("*.log") if path.is_file()})


def _needles(traces: Traces) -> list[bytes]:
    """Names and the hash, as plain text and as JSON writes them."""
    words = [traces.sha256, *(file_name for _, file_name in traces.sent)]
    return [form.encode() for word in words for form in {word, json.dumps(word)[1:-1]}]


def _without_lines(path: Path, needles: Sequence[bytes]) -> int:
    """Take the lines that hold a needle out of a log, in place, for a server may be writing on; how many went."""
    lines = path.read_bytes().splitlines(keepends=True)
    left = [line for line in lines if not any(needle in line for needle in needles)]
    if len(left) < len(lines):
        with path.open("r+b") as log:
            log.writelines(left)
            log.truncate()
    return len(lines) - len(left)
