"""Hands untrusted files to a limited child process and takes back sheets of cells, or why there are none."""

import concurrent.futures
import contextlib
import json
import logging
import os
import queue
import select
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, Literal, Protocol

from resolution_monitor.collect.answered import ReadResult
from resolution_monitor.collect.answered import result_of as _result
from resolution_monitor.collect.refusals import MAX_FILE_BYTES, megabytes
from resolution_monitor.personal import masked
from resolution_monitor.settings import Settings

__all__ = ["FileReader", "Mode", "ReadResult", "Watch", "guard_files", "read_files"]

log = logging.getLogger(__name__)

_FILES_A_CHILD = 200
_FILES_A_PIECE = 40
_CHILD = "resolution_monitor.collect.read_child"
# By these a process is ended from outside: nothing is said of the file it was at.
_FROM_OUTSIDE = {-signal.SIGKILL, -signal.SIGTERM, -signal.SIGHUP, -signal.SIGINT}


# What is kept was screened for marks of secrecy when it came; all else is screened before anything of it is told.
Mode = Literal["guard", "guard released", "read", "read kept"]


class Watch(Protocol):
    """Says which files may still be read, and is told how long each took."""

    def admits(self, path: Path) -> bool: ...

    def spent(self, path: Path, seconds: float) -> None: ...


def guard_files(settings: Settings, paths: Sequence[Path], watch: Watch | None = None) -> Iterator[ReadResult | None]:
    """
    One result for each path, in order; a file that passes gives an empty workbook, one that is not admitted none.

    Several children work at once: it is they who do the work, not we.
    """
    pieces = [paths[start : start + _FILES_A_PIECE] for start in range(0, len(paths), _FILES_A_PIECE)]
    workers = min(settings.workers, len(pieces))
    if workers < 2:
        with contextlib.closing(FileReader(settings)) as reader:
            yield from reader.guard(paths, watch)
        return
    with contextlib.ExitStack() as stack:
        free: queue.SimpleQueue[FileReader] = queue.SimpleQueue()
        for _ in range(workers):
            free.put(stack.enter_context(contextlib.closing(FileReader(settings))))
        pool = stack.enter_context(concurrent.futures.ThreadPoolExecutor(workers))
        for results in pool.map(lambda piece: _guard_piece(free, piece, watch), pieces):
            yield from results


def _guard_piece(
    free: "queue.SimpleQueue[FileReader]", piece: Sequence[Path], watch: Watch | None
) -> list[ReadResult | None]:
    reader = free.get()
    try:
        return list(reader.guard(piece, watch))
    finally:
        free.put(reader)


def read_files(settings: Settings, paths: Sequence[Path]) -> Iterator[ReadResult]:
    """One result for each path, in order."""
    with contextlib.closing(FileReader(settings)) as reader:
        yield from reader.read(paths)


class FileReader:
    """Reads files one after the other; a child that dies is replaced, and so is one that has read many."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._child: _Child | None = None
        self._files_of_child = 0

    def guard(self, paths: Iterable[Path], watch: Watch | None = None) -> Iterator[ReadResult | None]:
        for path in paths:
            if watch is None:
                yield self._result(path, "guard")
            elif not watch.admits(path):
                yield None
            else:
                begun = time.monotonic()
                yield self._result(path, "guard")
                watch.spent(path, time.monotonic() - begun)

    def guard_released(self, path: Path) -> ReadResult:
        """The same for a file that a person has looked at: no mark is looked for."""
        return self._result(path, "guard released")

    def read(self, paths: Iterable[Path]) -> Iterator[ReadResult]:
        return (self._result(path, "read") for path in paths)

    def read_kept(self, paths: Iterable[Path]) -> Iterator[ReadResult]:
        """The same for files of the raw store."""
        return (self._result(path, "read kept") for path in paths)

    def _result(self, path: Path, mode: Mode) -> ReadResult:
        answer = self._asked(path, mode)
        if answer.get("died") and answer.get("from_outside"):
            answer = self._asked(path, mode)  # once more: the file has done nothing
        return _result(path.name, answer)

    def _asked(self, path: Path, mode: Mode) -> dict[str, Any]:
        if self._child is None or self._files_of_child >= _FILES_A_CHILD:
            self.close()
            self._child, self._files_of_child = _Child(self._settings), 0
        self._files_of_child += 1
        answer = self._child.ask(path, mode)
        if "died" in answer:
            # The next file gets a child of its own; this one is answered with the reason.
            self.close()
        return answer

    def close(self) -> None:
        """End the child; the next file gets a new one."""
        if self._child is not None:
            self._child.stop()
            self._child = None


class _Child:
    """One child process; it ends with its file when it passes a limit."""

    def __init__(self, settings: Settings) -> None:
        self._seconds = settings.reader_seconds
        command = [sys.executable, "-m", _CHILD, str(settings.reader_memory_bytes), str(settings.reader_seconds)]
        package_root = str(Path(__file__).resolve().parents[2])
        # Nothing of our environment: no database address, no password.
        environment = {"PYTHONPATH": package_root, "LC_ALL": "C.UTF-8"}
        self._words = tempfile.TemporaryFile()  # noqa: SIM115 - closed by stop()
        self._process = subprocess.Popen(
            command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self._words, cwd="/"
        )

    def ask(self, path: Path, mode: str) -> dict[str, Any]:
        size = path.stat().st_size
        content = path.read_bytes() if size <= MAX_FILE_BYTES else b""
        if size > MAX_FILE_BYTES:
            return {
                "refused": "file-too-large",
                "details": {"size_mb": megabytes(size), "limit_mb": megabytes(MAX_FILE_BYTES)},
            }
        assert self._process.stdin is not None  # noqa: S101 - Popen was given a pipe
        try:
            self._process.stdin.write(json.dumps({"mode": mode, "size": size}).encode() + b"\n" + content)
            self._process.stdin.flush()
        except BrokenPipeError:
            return self._death()
        line = self._line(deadline=time.monotonic() + 2 * self._seconds + 10)
        return dict(json.loads(line)) if line else self._death()

    def _line(self, deadline: float) -> bytes:
        """One whole line of the child, or nothing when it died or took too long."""
        assert self._process.stdout is not None  # noqa: S101 - Popen was given a pipe
        stream = self._process.stdout.fileno()
        pieces: list[bytes] = []
        while (left := deadline - time.monotonic()) > 0:
            ready, _, _ = select.select([stream], [], [], left)
            piece = os.read(stream, 1 << 20) if ready else b""
            if not piece:
                return b""
            pieces.append(piece)
            if piece.endswith(b"\n"):
                return b"".join(pieces)
        return b""

    def _death(self) -> dict[str, Any]:
        """How the child ended, for the log; its last words are told at once."""
        is_ours = False
        try:
            code = self._process.wait(timeout=1)
        except subprocess.TimeoutExpired:
            is_ours = True
            self._process.kill()
            code = self._process.wait()
        self._words.seek(0)
        words = self._words.read()[-2000:].decode(errors="replace").strip().splitlines()
        log.warning("reader.died", extra={"exit_code": code, "last_words": masked(words[-1]) if words else ""})
        return {"died": f"exit code {code}", "from_outside": code in _FROM_OUTSIDE and not is_ours}

    def stop(self) -> None:
        self._process.kill()
        self._process.wait()
        self._words.close()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                with contextlib.suppress(BrokenPipeError):
                    pipe.close()
