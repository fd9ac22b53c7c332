"""Writes the demonstration: the files of every body, when each arrived, and the manifest of what was planted."""

import functools
import hashlib
import multiprocessing
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

from resolution_monitor.catalogue.entries import Catalogue
from resolution_monitor.catalogue.load import load_catalogue
from resolution_monitor.errors import PeriodError, StorageError, storage_error
from resolution_monitor.period import Period
from resolution_monitor.sample.body_files import Sent, files_of_body
from resolution_monitor.sample.conduct import player_of
from resolution_monitor.sample.expected import EXPECTED
from resolution_monitor.sample.fault_plan import rates_by_name
from resolution_monitor.sample.manifest import MadeFile, Manifest, instant, manifest_json, received_csv
from resolution_monitor.sample.owed import Owed, limits, owed_between
from resolution_monitor.settings import Settings

# Fewer bodies than these are written faster by one process than two are started.
_WORTH_A_POOL = 40
_PROCESSES = 2
_CHUNK = 30  # bodies; the catalogue travels once with each
_RECEIVED = "received.csv"
_MONTH = "month"


def write_sample(
    settings: Settings,
    first: Period,
    last: Period,
    *,
    seed: int,
    folder: Path,
    agency_ids: Sequence[str] | None = None,
    may_begin: Callable[[datetime], None] = lambda begins_at: None,
) -> Manifest:
    """
    Write inbox/, inbox/received.csv and manifest.json below a folder; the same seed writes the same bytes.

    Args:
        first, last: Months; what else falls due meanwhile is made too.
        agency_ids: Only these bodies; None means all that owe something. Their own files do not depend on it, but for
            the strays that others leave in their folders.
        may_begin: Raises where the demonstration may not begin at this moment; asked before anything is written.

    Raises:
        PeriodError: The periods are not months, or the wrong way round.
        StorageError: The folder cannot be written, or holds a demonstration of another seed.
    """
    if {first.kind, last.kind} != {_MONTH} or first.start > last.start:
        raise PeriodError(
            f"a demonstration runs from a month to a later one, not from {first.name} to {last.name}; "
            "write for example --from 2026-05 --to 2026-10"
        )
    catalogue = load_catalogue(settings.root / "catalogue")
    owed = owed_between(catalogue, first, last)
    chosen = {key: reports for key, reports in owed.items() if agency_ids is None or key in agency_ids}
    begins_at, ends_at = limits(chosen.values(), first)
    may_begin(begins_at)
    sent = _sent(catalogue, chosen, seed)
    files = sorted((file for one in sent for file in one.files), key=lambda file: file.path)
    manifest = Manifest(
        seed=seed,
        first=first.name,
        last=last.name,
        begins_at=begins_at,
        ends_at=ends_at,
        rates=rates_by_name(),
        expected={kind.value: answer.code for kind, answer in EXPECTED.items()},
        conducts={key: player_of(seed, key).conduct.value for key in chosen},
        files=tuple(map(_told, files)),
        faults=tuple(fault for one in sent for fault in one.faults),
    )
    _write(folder, files, manifest)
    return manifest


def _sent(catalogue: Catalogue, owed: dict[str, list[Owed]], seed: int) -> list[Sent]:
    """In the order of the bodies, however many processes write them."""
    make = functools.partial(files_of_body, catalogue, seed=seed, others=_hosts(owed))
    if len(owed) < _WORTH_A_POOL:
        return [make(reports) for reports in owed.values()]
    # Spawned, not forked: whoever calls may hold threads and connections.
    with multiprocessing.get_context("spawn").Pool(_PROCESSES) as pool:
        return pool.map(make, owed.values(), chunksize=_CHUNK)


def _hosts(owed: dict[str, list[Owed]]) -> list[str]:
    """Bodies that owe nothing but their report."""
    return sorted(key for key, reports in owed.items() if not any(one.items for one in reports))


def _told(file: MadeFile) -> dict[str, str]:
    return {
        "path": file.path,
        "agency_id": file.agency_id,
        "sender_id": file.sender_id,
        "period": file.period,
        "received_at": instant(file.received_at),
        "sha256": hashlib.sha256(file.content).hexdigest(),
    }


def _write(folder: Path, files: Sequence[MadeFile], manifest: Manifest) -> None:
    """The manifest last: where it stands, the rest is whole."""
    inbox = folder / "inbox"
    try:
        _refuse_strangers(inbox, {file.path for file in files})
        for file in files:
            _put(inbox / file.path, file.content)
        _put(inbox / _RECEIVED, received_csv(files))
        _put(folder / "manifest.json", manifest_json(manifest))
    except OSError as error:
        raise storage_error(folder, error) from error


def _refuse_strangers(inbox: Path, expected: set[str]) -> None:
    """Two demonstrations in one inbox would be neither."""
    there = {path.relative_to(inbox).as_posix() for path in inbox.rglob("*") if path.is_file()} - {_RECEIVED}
    if strangers := sorted(there - expected):
        raise StorageError(
            f"{inbox} holds {len(strangers)} files that are not of this demonstration, such as {strangers[0]}; "
            "name another folder with --out, or remove it"
        )


def _put(path: Path, content: bytes) -> None:
    """Whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(f"{path.name}.part")
    partial.write_bytes(content)
    partial.replace(path)
