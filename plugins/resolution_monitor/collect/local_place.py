"""An inbox that is a folder of this machine; links in it are never followed."""

import contextlib
import hashlib
import os
import stat
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from resolution_monitor.collect.place import Entry, EntryKind, require_plain_name
from resolution_monitor.errors import InboxError

_EARLIEST = datetime(1970, 1, 1, tzinfo=UTC)
_CHUNK = 1024 * 1024
# A name in a folder of ours is opened below that folder only, and never through a link.
_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW
_FILE = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK


def moment(seconds: float | None) -> datetime:
    """A file's time; senders can set any, also one that no calendar holds."""
    try:
        return datetime.fromtimestamp(seconds or 0.0, tz=UTC)
    except (OverflowError, ValueError, OSError):
        return _EARLIEST


class LocalPlace:
    """A folder of this machine; links in it are not followed, whoever puts them there and whenever."""

    shows_whole_files_only = False

    def __init__(self, root: Path) -> None:
        self.address = str(root)
        self._root = root

    def entries(self, folder: str | None) -> list[Entry]:
        with contextlib.ExitStack() as stack:
            try:
                opened = stack.enter_context(self._opened(folder))
                listing = stack.enter_context(os.scandir(opened))
                return [entry for one in listing if (entry := _entry(one))]
            except OSError as error:
                if folder is not None:
                    raise
                words = f"the inbox {self.address} cannot be read ({error.strerror}); name a folder with --inbox"
                raise InboxError(words) from error

    def fetch(self, folder: str | None, name: str, target: Path, *, most: int | None = None) -> str:
        require_plain_name(name)
        with self._opened(folder) as opened:
            source = os.open(name, _FILE, dir_fd=opened)
        with os.fdopen(source, "rb") as reading, target.open("xb") as copy:
            if not stat.S_ISREG(os.fstat(source).st_mode):
                raise FileNotFoundError("no plain file any more")
            digest = hashlib.sha256()
            while (most is None or copy.tell() <= most) and (chunk := reading.read(_CHUNK)):
                digest.update(chunk)
                copy.write(chunk)
        return digest.hexdigest()

    def remove(self, folder: str | None, name: str) -> None:
        require_plain_name(name)
        with self._opened(folder) as opened, contextlib.suppress(FileNotFoundError):
            os.unlink(name, dir_fd=opened)

    def clock(self, own_folder: Path) -> datetime | None:
        if self._root.stat().st_dev != own_folder.stat().st_dev:
            return None  # another disk, perhaps another machine's: its clock may go astray
        with tempfile.TemporaryFile(dir=own_folder) as probe:
            return moment(os.fstat(probe.fileno()).st_mtime)

    def close(self) -> None:
        pass

    @contextlib.contextmanager
    def _opened(self, folder: str | None) -> Iterator[int]:
        root = os.open(self._root, os.O_RDONLY | os.O_DIRECTORY)
        opened = root
        try:
            if folder is not None:
                require_plain_name(folder)
                opened = os.open(folder, _FOLDER, dir_fd=root)
            yield opened
        finally:
            for handle in {root, opened}:
                os.close(handle)


def _entry(one: "os.DirEntry[str]") -> Entry | None:
    try:
        seen = one.stat(follow_symlinks=False)
    except FileNotFoundError:
        return None  # taken away meanwhile
    kinds = {stat.S_IFREG: EntryKind.FILE, stat.S_IFDIR: EntryKind.FOLDER}
    kind = kinds.get(stat.S_IFMT(seen.st_mode), EntryKind.OTHER)
    return Entry(one.name, kind, seen.st_size, moment(seen.st_mtime))
