"""Proves what was kept: every raw file hashed again and held against its submission; what was purged says so."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path

from resolution_monitor.collect.land import raw_path
from resolution_monitor.pipeline.context import Context
from resolution_monitor.pipeline.marked_files import HELD_DAYS
from resolution_monitor.store import secrecy_rows
from resolution_monitor.store.identity import restored_from
from resolution_monitor.store.secrecy_rows import ToProve


class ProofState(StrEnum):
    """What a submission's bytes proved to be."""

    KEPT = "kept"
    HELD = "held"  # refused by the guard: outside raw/, for a while
    LET_GO = "let_go"  # refused, and no longer held
    PURGED = "purged"
    PURGE_UNFINISHED = "purge_unfinished"  # its rows are gone, its files may not be: give the order again
    STRAY = "stray"  # in raw/ without a submission; a collection that was cut short notes it next time
    TAMPERED = "tampered"
    MISSING = "missing"

    @property
    def is_wrong(self) -> bool:
        return self in (ProofState.TAMPERED, ProofState.MISSING, ProofState.PURGE_UNFINISHED)


@dataclass(frozen=True, slots=True)
class Proof:
    """
    One submission, or one stray file.

    Attributes:
        path: Of the file; None where there is none to be.
    """

    state: ProofState
    submission_id: int | None
    sender_id: str
    path: Path | None


def verify(context: Context) -> Iterator[Proof]:
    """Hash every kept file again; one proof for each submission, tombstone and stray file."""
    seen: dict[Path, bool] = {}
    expected = set()
    for one in secrecy_rows.submissions_to_prove(context.database):
        expected.add(one.sha256)
        yield _proof(context, one, seen)
    for tombstone in secrecy_rows.tombstones(context.database):
        state = ProofState.PURGED if tombstone.to_remove is None else ProofState.PURGE_UNFINISHED
        yield Proof(state, tombstone.submission_id, tombstone.sender_id, None)
    for path in sorted(context.settings.raw_folder.glob("??/*")):
        if path.name not in expected:
            yield Proof(ProofState.STRAY, None, "", path)


def _proof(context: Context, one: ToProve, seen: dict[Path, bool]) -> Proof:
    kept = raw_path(context.settings.raw_folder, one.sha256)
    held = raw_path(context.settings.held_folder, one.sha256)
    path = kept if kept.exists() or not held.exists() else held
    if not path.exists():
        is_over = one.held_since is not None and _is_let_go(context, one.held_since)
        return Proof(ProofState.LET_GO if is_over else ProofState.MISSING, one.submission_id, one.sender_id, path)
    if path not in seen:
        seen[path] = _sha256(path) == one.sha256
    state = ProofState.TAMPERED if not seen[path] else ProofState.KEPT if path == kept else ProofState.HELD
    return Proof(state, one.submission_id, one.sender_id, path)


def _is_let_go(context: Context, held_since: datetime) -> bool:
    """After a while, and where the folder comes from a backup, which has no file that nobody looked into."""
    restored = restored_from(context.settings.home)
    return context.now - held_since > timedelta(days=HELD_DAYS) or (restored is not None and held_since <= restored)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
