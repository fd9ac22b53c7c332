"""What goes back to a sender: receipts and answers, in a folder of the outbox that bears the sender's name."""

import errno
import hashlib
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from resolution_monitor.errors import ChannelError, storage_error

if TYPE_CHECKING:
    from upath import UPath

_LONGEST_NAME_BYTES = 255
_PARTS = ".parts"
# What a second content of the same name is called: a file that bears such a name itself must not be taken for one.
_VERSION = re.compile(r"\.lan-\d+$")


def name_in_outbox(file_name: str, ending: str, version: int = 1) -> str:
    """
    The name of what goes back for a file; of two files of one sender never the same.

    Args:
        file_name: As it is stored, with or without its own ending.
        ending: Such as ".bien-nhan.json".
        version: How manieth content its sender sent under this name ("lan-2" is "lần 2": the second time).
    """
    stem = file_name if version == 1 else f"{file_name}.lan-{version}"
    room = _LONGEST_NAME_BYTES - len(ending.encode())
    if len(stem.encode()) <= room and not _VERSION.search(file_name):
        return stem + ending
    return _cut(stem, room) + ending


def put_back(outbox: "Path | UPath", sender_id: str, name: str, content: bytes) -> "Path | UPath":
    """
    Lay a file into a sender's folder, whole or not at all. The same content again changes nothing.

    Args:
        sender_id: As it is stored; one that is no name of a folder is cut to one.

    Raises:
        StorageError: The folder cannot be written.
        ChannelError: The server of the outbox cannot be reached, or refuses.
    """
    sender = sender_id if len(sender_id.encode()) <= _LONGEST_NAME_BYTES else _cut(sender_id, _LONGEST_NAME_BYTES)
    if not isinstance(outbox, Path):
        _put_on_server(outbox, sender, name, content)
        return outbox / sender / name
    path = outbox / sender / name
    try:
        if not _holds(path, content):
            _write(path, content, outbox / _PARTS / _hashed(f"{sender}/{name}"))
    except OSError as error:
        raise storage_error(path.parent, error) from error
    return path


def _holds(path: Path, content: bytes) -> bool:
    try:
        return path.stat().st_size == len(content) and path.read_bytes() == content
    except FileNotFoundError:
        return False


def _write(path: Path, content: bytes, partial: Path) -> None:
    """Written in one folder for all senders: a new file in each of many folders costs ten times as much."""
    try:
        _write_and_move(partial, path, content)
    except FileNotFoundError:
        partial.parent.mkdir(parents=True, exist_ok=True)
        path.parent.mkdir(exist_ok=True)
        _write_and_move(partial, path, content)


def _write_and_move(partial: Path, path: Path, content: bytes) -> None:
    partial.write_bytes(content)
    try:
        partial.replace(path)
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        # This sender's folder lies on a disk of its own.
        partial.unlink()
        partial = path.with_name(f".{partial.name}.part")
        partial.write_bytes(content)
        partial.replace(path)


def _hashed(name: str) -> str:
    """Not named after the file: its name may be as long as a name can be."""
    return hashlib.sha256(name.encode()).hexdigest()[:16]


def _put_on_server(outbox: "UPath", sender: str, name: str, content: bytes) -> None:
    # Imported only here: most installations have their outbox on this machine.
    from resolution_monitor.collect.remote_place import channel_errors_as_ours, remote_path

    address = str(outbox)
    files: Any = None
    folder = f"{outbox.path.rstrip('/')}/{sender}"
    with channel_errors_as_ours(address):
        try:
            # The same options lead to the same connection.
            files = remote_path(address, outbox.storage_options).fs
            if outbox.protocol == "s3":  # an object appears whole
                files.pipe_file(f"{folder}/{name}", content)
                return
            files.makedirs(folder, exist_ok=True)
            partial = f"{folder}/.{_hashed(name)}.part"
            with files.open(partial, "wb") as stream:
                stream.write(content)
            files.mv(partial, f"{folder}/{name}")
        except OSError as error:
            raise ChannelError(f"{address} cannot be written ({error}); correct its permissions") from error


def _cut(text: str, room: int) -> str:
    """A text shortened to so many bytes, with a piece of its hash so that two texts stay two."""
    digest = hashlib.sha256(text.encode()).hexdigest()[:8]
    return text.encode()[: room - len(digest) - 1].decode(errors="ignore") + f"~{digest}"
