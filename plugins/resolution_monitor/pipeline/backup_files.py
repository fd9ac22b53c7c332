"""What a backup is: a folder with the files of a state folder, its databases as dumps, and the list of all by hash."""

import hashlib
import json
import os
import shutil
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from resolution_monitor.errors import StorageError
from resolution_monitor.store.closed_folder import OURS

FORMAT = 1
MANIFEST = "backup.json"
DATABASE, AIRFLOW = "database.dump", "airflow.dump"
FILES = "files"
# Of a state folder: what is kept. Of the rest inbox, held, closed and quarantine were not cleared and must not be in a
# backup, postgres is in the dumps, and all else is made again.
KEPT = ("raw", "briefings", "outbox", "purge.key", "airflow/secret", "demonstration/manifest.json")
_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Backup:
    """
    The list that lies in a backup.

    Attributes:
        files: Path below the backup -> sha256, dumps among them.
        left_out: Names in the state folder that we know nothing of.
    """

    installation_id: str
    made_at: str
    files: dict[str, str]
    left_out: tuple[str, ...] = ()
    format: int = FORMAT


def kept_files(home: Path) -> Iterator[Path]:
    """Files of a state folder that belong into a backup; links lead elsewhere and are passed by."""
    for name in KEPT:
        place = home / name
        paths = sorted(place.rglob("*")) if place.is_dir() else [place]
        yield from (path for path in paths if path.is_file() and not path.is_symlink())


def unknown_names(home: Path) -> tuple[str, ...]:
    """What lies in a state folder and is nothing of ours, so that nobody decided whether it belongs into a backup."""
    return tuple(sorted(path.name for path in home.iterdir() if path.name not in OURS))


def copy_file(source: Path, target: Path) -> str:
    """Copy one file, with its time, readable to its owner alone; its sha256."""
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    digest = hashlib.sha256()
    with source.open("rb") as reading, os.fdopen(os.open(target, os.O_WRONLY | os.O_CREAT, 0o600), "wb") as writing:
        while chunk := reading.read(_CHUNK):
            digest.update(chunk)
            writing.write(chunk)
    shutil.copystat(source, target)
    return digest.hexdigest()


def sha256_of(file: Path) -> str:
    with file.open("rb") as reading:
        return hashlib.file_digest(reading, "sha256").hexdigest()


def write_list(folder: Path, backup: Backup) -> None:
    text = json.dumps(asdict(backup), ensure_ascii=False, indent=1, sort_keys=True)
    (folder / MANIFEST).write_text(f"{text}\n", encoding="utf-8")


def read_list(folder: Path) -> Backup:
    """
    The list of a backup, every file of which is there and as it was written.

    Raises:
        StorageError: It is no backup, of a newer kind, or not whole.
    """
    try:
        told = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        backup = Backup(**{**told, "left_out": tuple(told["left_out"])})
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise StorageError(f"{folder} is no backup: it has no readable {MANIFEST}; nothing was written") from error
    if backup.format != FORMAT:
        raise StorageError(f"{folder} was written by a newer version; nothing was written: restore it with that one")
    wrong = [name for name, digest in backup.files.items() if not _is_whole(folder / name, digest)]
    if wrong:
        raise StorageError(
            f"{len(wrong)} files of {folder} are missing or were changed, such as {wrong[0]}; nothing was written: "
            "take another backup"
        )
    return backup


def _is_whole(file: Path, digest: str) -> bool:
    return file.is_file() and sha256_of(file) == digest
