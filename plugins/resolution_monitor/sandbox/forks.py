"""The child's side: it gets ready once, and every frame is met by a fork of it that dies with its answer.

So no file can change what is answered of the next. On standard input: one JSON line {"size", ...} and `size` bytes; on
standard output the same, of the answer: {"size", "died", "words"}. The first line out tells what protects the child.
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
from resolution_monitor.sandbox.confine import Needs, Protections, give_up_calls, give_up_rights, limit_time
from resolution_monitor.sandbox.kernel import Prctl, prctl

Work = Callable[[dict[str, Any], bytes], bytes]

# More than any workbook within the limits answers; a fork that says more is ended.
_MOST_ANSWER_BYTES = 512 * 1024 * 1024
_MOST_WORDS = 16 * 1024
_PIECE_BYTES = 1 << 20
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
    while not is_refused and (line := frames.readline()):
        frame = json.loads(line)
        content = frames.read(frame["size"])
        head, answer = _answered(lambda: _worked(work, frame, content), needs, protections, seconds)  # noqa: B023
        _write(answers, head, answer)


def _worked(work: Work, frame: dict[str, Any], content: bytes) -> bytes:
    if "attack" in frame:
        return json.dumps(tried_attacks(Bait(**frame["attack"]))).encode()
    return work(frame, content)


def _write(stream: BinaryIO, head: dict[str, Any], content: bytes) -> None:
    stream.write(json.dumps(head).encode() + b"\n" + content)
    stream.flush()


def _answered(
    work: Callable[[], bytes], needs: Needs, protections: Protections, seconds: float
) -> tuple[dict[str, Any], bytes]:
    (answers, answers_in), (words, words_in) = os.pipe(), os.pipe()
    child = os.fork()
    if child == 0:
        _be_the_fork(work, needs, protections, seconds, (answers_in, words_in))
    os.close(answers_in)
    os.close(words_in)
    answer, said = _taken(child, answers, words)
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    if code == 0:
        return {"size": len(answer)}, answer
    lines = said.decode(errors="replace").strip().splitlines()
    return {"size": 0, "died": f"exit code {code}", "words": lines[-1] if lines else ""}, b""


def _be_the_fork(
    work: Callable[[], bytes], needs: Needs, protections: Protections, seconds: float, pipes: tuple[int, int]
) -> None:
    """Only its own two pipes are left to it; it never comes back."""
    code = 1
    try:
        prctl(Prctl.SET_PDEATHSIG, signal.SIGKILL)
        for descriptor, pipe in enumerate(pipes, start=1):
            os.dup2(pipe, descriptor)
        os.close(0)
        os.closerange(3, 64)
        limit_time(seconds)
        give_up_calls(needs, has_filter=protections.has_filter)
        answer = work()
        view = memoryview(answer)
        while view:
            view = view[os.write(1, view) :]
        code = 0
    finally:
        # Whatever happened, it may do one thing only: end.
        if (error := sys.exc_info()[1]) is not None:
            with contextlib.suppress(OSError):
                os.write(2, f"{type(error).__name__}: {error}"[:2000].encode(errors="replace"))
        os._exit(code)


def _taken(child: int, answers: int, words: int) -> tuple[bytes, bytes]:
    """What a fork says until it ends; it is ended when it says too much, or when nobody waits for us any more."""
    taken: dict[int, list[bytes]] = {answers: [], words: []}
    room = {answers: _MOST_ANSWER_BYTES, words: _MOST_WORDS}
    waiting = select.poll()
    for stream in taken:
        waiting.register(stream, select.POLLIN)
    waiting.register(0, 0)  # tells only that it was hung up
    left = set(taken)
    while left:
        for stream, _ in waiting.poll():
            piece = os.read(stream, _PIECE_BYTES) if stream in left else b""
            room[stream] = room.get(stream, 0) - len(piece)
            if piece and room[stream] >= 0:
                taken[stream].append(piece)
                continue
            if piece or stream not in left:
                os.kill(child, signal.SIGKILL)
            waiting.unregister(stream)
            left.discard(stream)
    for stream in taken:
        os.close(stream)
    return b"".join(taken[answers]), b"".join(taken[words])
