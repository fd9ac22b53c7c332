"""Hands a body's workbook and what is wrong with it to a limited child process, and takes the marked one back."""

import contextlib
import json
import logging
import os
import select
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from resolution_monitor.collect.limits import NOBODY
from resolution_monitor.exchange.answer import Answer, as_plain
from resolution_monitor.settings import Settings

log = logging.getLogger(__name__)

_CHILD = "resolution_monitor.exchange.answer_child"


class AnswerProcess:
    """
    One child process, started when it is first needed and again after it died; it must be closed.

    It writes its sheets into a folder of its own, which goes with it.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._process: subprocess.Popen[bytes] | None = None
        self._folder: tempfile.TemporaryDirectory[str] | None = None

    def __enter__(self) -> "AnswerProcess":
        return self

    def __exit__(self, *told: object) -> None:
        self._stop()

    def marked(self, content: bytes, answer: Answer) -> bytes | None:
        """The marked workbook; None where it cannot be made, of which the log says why."""
        process = self._process or self._start()
        head = json.dumps({"size": len(content), "answer": as_plain(answer)}).encode() + b"\n"
        deadline = time.monotonic() + 2 * self._settings.reader_seconds + 10
        try:
            assert process.stdin is not None  # noqa: S101 - Popen was given a pipe
            process.stdin.write(head + content)
            process.stdin.flush()
            told, _, rest = self._read(process, deadline, until=None).partition(b"\n")
            outcome = json.loads(told) if told else {"failed": "the child ended"}
            if "failed" not in outcome:
                missing = int(outcome["size"]) - len(rest)
                return rest + self._read(process, deadline, until=missing) if missing else rest
        except (BrokenPipeError, ValueError):
            outcome = {"failed": "the child ended"}
        if outcome["failed"] == "the child ended":
            self._stop()
        log.warning("answer.not_marked", extra={"file": answer.file_name, "why": outcome["failed"]})
        return None

    def _read(self, process: subprocess.Popen[bytes], deadline: float, *, until: int | None) -> bytes:
        """
        Bytes of the child.

        Args:
            until: How many; None reads to the end of the first line, and what came with it.

        Raises:
            BrokenPipeError: The child died or took too long.
        """
        assert process.stdout is not None  # noqa: S101 - Popen was given a pipe
        stream, pieces, size = process.stdout.fileno(), [], 0
        while until is None or size < until:
            left = deadline - time.monotonic()
            ready, _, _ = select.select([stream], [], [], max(left, 0))
            piece = os.read(stream, 1 << 20) if ready else b""
            if not piece:
                raise BrokenPipeError
            pieces.append(piece)
            size += len(piece)
            if until is None and b"\n" in piece:
                break
        return b"".join(pieces)

    def _start(self) -> subprocess.Popen[bytes]:
        self._folder = tempfile.TemporaryDirectory(prefix="answers-")
        if os.geteuid() == 0:
            os.chown(self._folder.name, NOBODY, NOBODY)
        limits = [str(self._settings.reader_memory_bytes), str(self._settings.reader_seconds)]
        # Nothing of our environment: no database address, no password.
        environment = {
            "PYTHONPATH": str(Path(__file__).resolve().parents[2]),
            "PYTHONDONTWRITEBYTECODE": "1",
            "LC_ALL": "C.UTF-8",
            "TMPDIR": self._folder.name,
        }
        command = [sys.executable, "-m", _CHILD, *limits]
        self._process = subprocess.Popen(
            command,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd="/",
        )
        return self._process

    def _stop(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            for pipe in (self._process.stdin, self._process.stdout):
                if pipe is not None:
                    with contextlib.suppress(BrokenPipeError):
                        pipe.close()
        if self._folder is not None:
            self._folder.cleanup()
        self._process = self._folder = None
