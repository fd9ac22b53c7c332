"""The starter's side: one prepared child process, asked one thing after the other; see forks."""

import contextlib
import json
import os
import select
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from resolution_monitor.errors import ReaderError, SettingsError
from resolution_monitor.sandbox.bait import Bait
from resolution_monitor.sandbox.confine import Protections
from resolution_monitor.sandbox.forks import FROM_OUTSIDE
from resolution_monitor.settings import Settings

_READY_SECONDS = 60.0  # a start on a busy machine; it takes a fifth of a second


@dataclass(frozen=True, slots=True)
class Answer:
    """
    What came of one question.

    Attributes:
        died: How the fork that met it ended; empty when it answered.
        words: The last it said.
        is_from_outside: Somebody ended it, who was not us; the file it was at has done nothing.
    """

    content: bytes = b""
    died: str = ""
    words: str = ""
    is_from_outside: bool = False


def child_environment(folder: str | None = None) -> dict[str, str]:
    """
    All that a child is told: nothing of our environment, no database address, no password.

    Args:
        folder: Where it may write.
    """
    own = {"TMPDIR": folder, "XDG_CACHE_HOME": folder, "HOME": folder} if folder else {}
    root = str(Path(__file__).resolve().parents[2])
    told = {"PYTHONPATH": root, "PYTHONDONTWRITEBYTECODE": "1", "LC_ALL": "C.UTF-8"}
    # A second thread, as numpy's library starts it, would keep its rights; and of the parsers of XML that openpyxl may
    # take, foreign bytes meet the one that Python brings.
    return {**told, "OPENBLAS_NUM_THREADS": "1", "OPENPYXL_LXML": "False", **own}


def child_arguments(settings: Settings) -> list[str]:
    """What a child of forks is told of its limits: memory, seconds, and whether it may work unprotected."""
    allows = "allow" if settings.allows_unprotected else "refuse"
    return [str(settings.reader_memory_bytes), str(settings.reader_seconds), allows]


class WarmChild:
    """
    A child process that is ready; it must be stopped, and is gone once it did not answer in time.

    Raises:
        SettingsError: It refuses to work without protection.
        ReaderError: It did not start.
    """

    def __init__(
        self, module: str, arguments: Sequence[str], environment: Mapping[str, str], *, seconds: float
    ) -> None:
        self._seconds = 2 * seconds + 10
        self._waiting = b""
        pipe = subprocess.PIPE
        command = [sys.executable, "-P", "-m", module, *arguments]  # -P: nothing is loaded from "/"
        self._process = subprocess.Popen(
            command, env=dict(environment), stdin=pipe, stdout=pipe, stderr=pipe, cwd="/", bufsize=0
        )
        self.is_gone = False
        try:
            told = self._head(time.monotonic() + _READY_SECONDS)
        except BrokenPipeError as error:
            last = self._last_words()
            self.stop()
            raise ReaderError(f"the process that reads files did not start: {last}; run again") from error
        if "refused" in told:
            self.stop()
            raise SettingsError(told["refused"])
        self.protections = Protections(**told)

    def attacked(self, bait: Bait) -> dict[str, str]:
        """How each attack of a fork ended; see attacks."""
        told: dict[str, str] = json.loads(self.ask({"attack": bait.as_plain()}, b"").content)
        return told

    def ask(self, head: Mapping[str, Any], content: bytes, whose: str = "") -> Answer:
        """
        The answer of a fork; a child that died itself or took too long is gone.

        Args:
            whose: What the same fork may meet after one another; empty for a fork of its own.
        """
        deadline = time.monotonic() + self._seconds
        try:
            self._send(json.dumps({**head, "whose": whose, "size": len(content)}).encode() + b"\n" + content)
            told = self._head(deadline)
            answer = self._bytes(told["size"], deadline)
        except BrokenPipeError:
            code, is_by_us = self._end()
            is_from_outside = code in FROM_OUTSIDE and not is_by_us
            return Answer(b"", f"exit code {code}", self._last_words(), is_from_outside)
        return Answer(answer, told.get("died", ""), told.get("words", ""), told.get("from_outside", False))

    def _send(self, frame: bytes) -> None:
        assert self._process.stdin is not None  # noqa: S101 - Popen was given a pipe
        view = memoryview(frame)
        while view:
            view = view[self._process.stdin.write(view) :]

    def _head(self, deadline: float) -> dict[str, Any]:
        while b"\n" not in self._waiting:
            self._waiting += self._piece(deadline)
        line, _, self._waiting = self._waiting.partition(b"\n")
        return dict(json.loads(line))

    def _bytes(self, size: int, deadline: float) -> bytes:
        pieces, missing = [self._waiting], size - len(self._waiting)
        while missing > 0:
            pieces.append(self._piece(deadline))
            missing -= len(pieces[-1])
        whole = b"".join(pieces)
        self._waiting = whole[size:]
        return whole[:size]

    def _piece(self, deadline: float) -> bytes:
        """
        Some bytes of the child.

        Raises:
            BrokenPipeError: It died or took too long.
        """
        assert self._process.stdout is not None  # noqa: S101 - Popen was given a pipe
        stream = self._process.stdout.fileno()
        ready, _, _ = select.select([stream], [], [], max(0.0, deadline - time.monotonic()))
        piece = os.read(stream, 1 << 20) if ready else b""
        if not piece:
            raise BrokenPipeError
        return piece

    def _end(self) -> tuple[int, bool]:
        """How it ended, and whether by us: it took too long."""
        self.is_gone = True
        try:
            return self._process.wait(timeout=1), False
        except subprocess.TimeoutExpired:
            self._process.kill()
            return self._process.wait(), True

    def _last_words(self) -> str:
        """What it said last; what is left in the pipe when it is gone."""
        self._end()
        assert self._process.stderr is not None  # noqa: S101 - Popen was given a pipe
        lines = self._process.stderr.read().decode(errors="replace").strip().splitlines()
        return lines[-1] if lines else ""

    def stop(self) -> None:
        """End it, whatever it is doing; its fork ends with it."""
        self.is_gone = True
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout, self._process.stderr):
            if pipe is not None:
                with contextlib.suppress(BrokenPipeError):
                    pipe.close()
