"""The child's side: it gets ready once, and the files of each sender are met by a fork of it that is gone with them.

So no file can change what is answered of another sender's. On standard input: one JSON line {"size", "whose", ...} and
`size` bytes; on standard output {"size"} and the answer, or {"size": 0, "died", "words", "from_outside"}. The first
line out tells what protects the child. Between it and a fork the same frames go through pipes of their own.
"""

import contextlib
import gc
import json
import os
import select
import signal
import sys
from collections.abc import Callable
from dataclasses import asdict
from typing import Any, BinaryIO

from resolution_monitor.sandbox.attacks import tried_attacks
from resolution_monitor.sandbox.bait import Bait
from resolution_monitor.sandbox.confine import Needs, Protections, give_up_calls, give_up_rights, limit_time, renew_time
from resolution_monitor.sandbox.kernel import Prctl, prctl

Work = Callable[[dict[str, Any], bytes], bytes]

# More than any workbook within the limits answers; a fork that says more is ended.
_MOST_ANSWER_BYTES = 512 * 1024 * 1024
_LONGEST_HEAD = 1024
_MOST_WORDS = 16 * 1024
_PIECE_BYTES = 1 << 20
# By these a process is ended from outside: the file it was at has done nothing.
FROM_OUTSIDE = frozenset((-signal.SIGKILL, -signal.SIGTERM, -signal.SIGHUP, -signal.SIGINT))
# A sender's fork is made anew after so many files: what they left in memory goes with it.
_FILES_A_FORK = 50
_SENTENCE = (
    "this machine offers neither seccomp nor Landlock, so a process that reads foreign files could do whatever we may;"
    " use a kernel that has one of them, or set RESOLUTION_MONITOR_UNPROTECTED=allow if nothing else is reachable here"
)


def serve(work: Work, needs: Needs, *, seconds: float, allows_unprotected: bool) -> None:
    """
    Answer frames until there are no more.

    Args:
        work: Makes the answer of a frame; meets its bytes in a fork.
        seconds: CPU time of one frame.
        allows_unprotected: Work even where the kernel offers no protection.
    """
    gc.freeze()  # what was loaded by now stays: forks neither look through it nor copy it
    protections = give_up_rights(needs)
    frames, answers = sys.stdin.buffer, sys.stdout.buffer
    is_refused = not protections.is_any and not allows_unprotected
    _write(answers, {"refused": _SENTENCE} if is_refused else asdict(protections), b"")
    fork: _Fork | None = None
    while not is_refused and (line := frames.readline()):
        frame = json.loads(line)
        content = frames.read(frame["size"])
        whose = frame.get("whose", "")
        if fork is None or not fork.may_read_more_of(whose):
            if fork is not None:
                fork.end()
            fork = _Fork(work, needs, protections, seconds, whose)
        head, answer = fork.answered(line, content)
        _write(answers, head, answer)


def _write(stream: BinaryIO, head: dict[str, Any], content: bytes) -> None:
    stream.write(json.dumps(head).encode() + b"\n" + content)
    stream.flush()


class _DiedError(Exception):
    """A fork ended, said too much, or nobody waits for us any more."""


class _SaidTooMuchError(_DiedError):
    """It is ended by us."""


class _Fork:
    """One fork, for one file, or for some of one sender; seen from the child."""

    def __init__(self, work: Work, needs: Needs, protections: Protections, seconds: float, whose: str) -> None:
        (asked, self._frames), (self._answers, told), (self._words, said) = os.pipe(), os.pipe(), os.pipe()
        self._whose = whose
        self._files = 0
        self._code: int | None = None
        self._waiting = b""
        self._said = b""
        self._pid = os.fork()
        if self._pid == 0:
            _be_the_fork(work, needs, protections, seconds, (asked, told, said))
        for descriptor in (asked, told, said):
            os.close(descriptor)
        self._poll = select.poll()
        for stream in (self._answers, self._words):
            self._poll.register(stream, select.POLLIN)
        self._poll.register(0, 0)  # tells only that it was hung up

    def may_read_more_of(self, whose: str) -> bool:
        """Of the same sender, while it lives and has said nothing that nobody asked."""
        if not whose or whose != self._whose or self._code is not None or self._files >= _FILES_A_FORK:
            return False
        return not self._waiting and not self._poll.poll(0)

    def answered(self, line: bytes, content: bytes) -> tuple[dict[str, Any], bytes]:
        """Head and bytes of the answer; of a fork that died how it ended."""
        self._files += 1
        try:
            view = memoryview(line + content)
            while view:
                view = view[os.write(self._frames, view) :]
            answer = self._exactly(self._size())
        except (_DiedError, BrokenPipeError, ValueError) as error:
            self._hear_last_words()
            code = self.end()
            lines = self._said.decode(errors="replace").strip().splitlines()
            is_from_outside = code in FROM_OUTSIDE and not isinstance(error, (_SaidTooMuchError, ValueError))
            told = {"died": f"exit code {code}", "words": lines[-1] if lines else ""}
            return {"size": 0, **told, "from_outside": is_from_outside}, b""
        return {"size": len(answer)}, answer

    def _size(self) -> int:
        while b"\n" not in self._waiting:
            self._waiting += self._piece()
            if len(self._waiting) > _PIECE_BYTES + _LONGEST_HEAD:
                raise _SaidTooMuchError
        told, _, self._waiting = self._waiting.partition(b"\n")
        size = int(told)
        if not 0 <= size <= _MOST_ANSWER_BYTES:
            raise _SaidTooMuchError
        return size

    def _exactly(self, size: int) -> bytes:
        pieces, missing = [self._waiting], size - len(self._waiting)
        while missing > 0:
            pieces.append(self._piece())
            missing -= len(pieces[-1])
        whole = b"".join(pieces)
        self._waiting = whole[size:]
        return whole[:size]

    def _piece(self) -> bytes:
        """
        Some bytes of an answer.

        Raises:
            _DiedError: There are none any more, or nobody waits for them.
        """
        while True:
            for stream, _ in self._poll.poll():
                if stream == 0:
                    raise _DiedError
                piece = os.read(stream, _PIECE_BYTES)
                if stream == self._words:
                    self._said = (self._said + piece)[-_MOST_WORDS:]
                    if not piece:
                        self._poll.unregister(stream)
                elif piece:
                    return piece
                else:
                    raise _DiedError

    def _hear_last_words(self) -> None:
        """What it said before it ended, without waiting for more."""
        os.set_blocking(self._words, False)
        with contextlib.suppress(BlockingIOError):
            self._said = (self._said + os.read(self._words, _MOST_WORDS))[-_MOST_WORDS:]

    def end(self) -> int:
        """Let it be gone; how it ended, which is by us unless it ended before."""
        if self._code is not None:
            return self._code
        with contextlib.suppress(ProcessLookupError):
            os.kill(self._pid, signal.SIGKILL)
        status = os.waitpid(self._pid, 0)[1]
        for descriptor in (self._frames, self._answers, self._words):
            os.close(descriptor)
        self._code = os.waitstatus_to_exitcode(status)
        return self._code


def _be_the_fork(
    work: Work, needs: Needs, protections: Protections, seconds: float, pipes: tuple[int, int, int]
) -> None:
    """Only its own three pipes are left to it; it never comes back."""
    code = 1
    try:
        prctl(Prctl.SET_PDEATHSIG, signal.SIGKILL)
        for descriptor, pipe in enumerate(pipes):
            os.dup2(pipe, descriptor)
        os.closerange(3, 64)
        limit_time(seconds, _FILES_A_FORK)
        give_up_calls(needs, has_filter=protections.has_filter)
        _answer_all(work, seconds)
        code = 0
    finally:
        # Whatever happened, it may do one thing only: end.
        if (error := sys.exc_info()[1]) is not None:
            with contextlib.suppress(OSError):
                os.write(2, f"{type(error).__name__}: {error}"[:2000].encode(errors="replace"))
        os._exit(code)


def _answer_all(work: Work, seconds: float) -> None:
    waiting = b""
    while True:
        while b"\n" not in waiting:
            piece = os.read(0, _PIECE_BYTES)
            if not piece:
                return
            waiting += piece
        line, _, waiting = waiting.partition(b"\n")
        frame = json.loads(line)
        pieces, missing = [waiting], frame["size"] - len(waiting)
        while missing > 0:
            pieces.append(os.read(0, _PIECE_BYTES))
            missing -= len(pieces[-1]) or missing
        waiting = b""  # nobody sends the next before this one is answered
        renew_time(seconds)
        answer = _worked(work, frame, b"".join(pieces))
        view = memoryview(f"{len(answer)}\n".encode() + answer)
        while view:
            view = view[os.write(1, view) :]


def _worked(work: Work, frame: dict[str, Any], content: bytes) -> bytes:
    if "attack" in frame:
        return json.dumps(tried_attacks(Bait(**frame["attack"]))).encode()
    return work(frame, content)
