"""Hands untrusted files to a limited child process and takes back sheets of cells, or why there are none."""

import concurrent.futures
import contextlib
import itertools
import json
import logging
import queue
import time
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, Literal, Protocol

from resolution_monitor.collect.answered import ReadResult
from resolution_monitor.collect.answered import result_of as _result
from resolution_monitor.collect.refusals import MAX_FILE_BYTES, megabytes
from resolution_monitor.personal import masked
from resolution_monitor.sandbox.warm_child import WarmChild, child_arguments, child_environment
from resolution_monitor.settings import Settings

__all__ = ["FileReader", "Mode", "ReadResult", "Watch", "guard_files", "read_files"]

log = logging.getLogger(__name__)

_FILES_A_PIECE = 40
_CHILD = "resolution_monitor.collect.read_child"


# What is kept was screened for marks of secrecy when it came; all else is screened before anything of it is told.
Mode = Literal["guard", "guard released", "read", "read kept"]


class Watch(Protocol):
    """Says which files may still be read, and is told how long each took."""

    def admits(self, path: Path) -> bool: ...

    def spent(self, path: Path, seconds: float) -> None: ...


def guard_files(
    settings: Settings, paths: Sequence[Path], senders: Sequence[str] = (), watch: Watch | None = None
) -> Iterator[ReadResult | None]:
    """
    One result for each path, in order; a file that passes gives an empty workbook, one that is not admitted none.

    Several children work at once: it is they who do the work, not we.

    Args:
        senders: Whose each file is; see FileReader.guard.
    """
    starts = range(0, len(paths), _FILES_A_PIECE)
    pieces = [(paths[start : start + _FILES_A_PIECE], senders[start : start + _FILES_A_PIECE]) for start in starts]
    workers = min(settings.workers, len(pieces))
    if workers < 2:
        with contextlib.closing(FileReader(settings)) as reader:
            yield from reader.guard(paths, senders, watch)
        return
    with contextlib.ExitStack() as stack:
        free: queue.SimpleQueue[FileReader] = queue.SimpleQueue()
        for _ in range(workers):
            free.put(stack.enter_context(contextlib.closing(FileReader(settings))))
        pool = stack.enter_context(concurrent.futures.ThreadPoolExecutor(workers))
        for results in pool.map(lambda piece: _guard_piece(free, piece, watch), pieces):
            yield from results


def _guard_piece(
    free: "queue.SimpleQueue[FileReader]", piece: tuple[Sequence[Path], Sequence[str]], watch: Watch | None
) -> list[ReadResult | None]:
    reader = free.get()
    try:
        return list(reader.guard(*piece, watch))
    finally:
        free.put(reader)


def read_files(settings: Settings, paths: Sequence[Path]) -> Iterator[ReadResult]:
    """One result for each path, in order."""
    with contextlib.closing(FileReader(settings)) as reader:
        yield from reader.read(paths)


class FileReader:
    """
    Reads files one after the other in forks of one child; a child that dies is replaced.

    Raises:
        SettingsError: Nothing on this machine protects us from what a file may do.
        ReaderError: The child does not start.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._child: WarmChild | None = None

    def guard(
        self, paths: Iterable[Path], senders: Sequence[str] = (), watch: Watch | None = None
    ) -> Iterator[ReadResult | None]:
        """
        Args:
            senders: Whose each file is; files of one sender that follow each other are met by one fork. Without them
                each file is met by one of its own.
            watch: May turn files away, for which there is no result; None admits all.
        """
        for path, sender_id in _with_senders(paths, senders):
            if watch is not None and not watch.admits(path):
                yield None
                continue
            begun = time.monotonic()
            yield self._result(path, "guard", sender_id)
            if watch is not None:
                watch.spent(path, time.monotonic() - begun)

    def guard_released(self, path: Path) -> ReadResult:
        """The same for a file that a person has looked at: no mark is looked for."""
        return self._result(path, "guard released", "")

    def read(self, paths: Iterable[Path], senders: Sequence[str] = ()) -> Iterator[ReadResult]:
        return (self._result(path, "read", sender_id) for path, sender_id in _with_senders(paths, senders))

    def read_kept(self, paths: Iterable[Path], senders: Sequence[str] = ()) -> Iterator[ReadResult]:
        """The same for files of the raw store."""
        return (self._result(path, "read kept", sender_id) for path, sender_id in _with_senders(paths, senders))

    def _result(self, path: Path, mode: Mode, sender_id: str) -> ReadResult:
        answer = _too_large(path) or self._asked(path, mode, sender_id)
        if answer.get("from_outside"):
            answer = self._asked(path, mode, sender_id)  # once more: the file has done nothing
        return _result(path.name, answer)

    def _asked(self, path: Path, mode: Mode, sender_id: str) -> dict[str, Any]:
        child = self._child or self.start()
        answer = child.ask({"mode": mode}, path.read_bytes(), whose=sender_id)
        if child.is_gone:
            self.close()
        if not answer.died:
            return dict(json.loads(answer.content))
        log.warning("reader.died", extra={"exit_code": answer.died, "last_words": masked(answer.words)})
        return {"died": answer.died, "from_outside": answer.is_from_outside}

    def start(self) -> WarmChild:
        """The child, ready."""
        seconds = self._settings.reader_seconds
        self._child = WarmChild(_CHILD, child_arguments(self._settings), child_environment(), seconds=seconds)
        return self._child

    def close(self) -> None:
        """End the child; the next file gets a new one."""
        if self._child is not None:
            self._child.stop()
            self._child = None


def _with_senders(paths: Iterable[Path], senders: Sequence[str]) -> Iterator[tuple[Path, str]]:
    """Each path with whose it is; nobody's where that is not told."""
    return zip(paths, itertools.chain(senders, itertools.repeat("")), strict=False)


def _too_large(path: Path) -> dict[str, Any] | None:
    size = path.stat().st_size
    if size <= MAX_FILE_BYTES:
        return None
    details = {"size_mb": megabytes(size), "limit_mb": megabytes(MAX_FILE_BYTES)}
    return {"refused": "file-too-large", "details": details}
