"""The child process that opens a body's own workbook to mark it: untrusted bytes, so within limits and without rights.

Frames on standard input: one JSON line {"size", "answer"} and `size` bytes. Answers on standard output: one JSON line
{"size"} and the marked workbook, or {"failed": why}.
"""

import gc
import json
import sys
import zipfile
from xml.etree.ElementTree import ParseError

from openpyxl.utils.exceptions import InvalidFileException

from resolution_monitor.collect.limits import confine, limit_time
from resolution_monitor.exchange.answer import Answer, AnsweredFinding, answer_of, from_plain
from resolution_monitor.exchange.feedback import answer_workbook, findings_workbook
from resolution_monitor.terms import Severity, SubmissionState

# A sheet is written to a file before it is packed.
_MOST_FILE_BYTES = 256 * 1024 * 1024
# How openpyxl ends on a workbook that it cannot take, though another reader could.
_NOT_TAKEN = (
    *(KeyError, ValueError, TypeError, AttributeError, IndexError, OSError, MemoryError, RecursionError),
    *(zipfile.BadZipFile, InvalidFileException, ParseError, NotImplementedError),
)


def main() -> None:
    memory_bytes, seconds = int(sys.argv[1]), float(sys.argv[2])
    # openpyxl loads some of its parts at first use, which nobody may not do below a closed folder.
    answer_workbook(findings_workbook(_some_answer()), _some_answer())
    gc.freeze()  # what was loaded by now stays; to look through it again and again takes a tenth of the time
    confine(memory_bytes, file_bytes=_MOST_FILE_BYTES)
    frames, answers = sys.stdin.buffer, sys.stdout.buffer
    while line := frames.readline():
        frame = json.loads(line)
        content = frames.read(frame["size"])
        limit_time(seconds)
        head, marked = _marked(content, from_plain(frame["answer"]))
        answers.write(json.dumps(head).encode() + b"\n" + marked)
        answers.flush()


def _marked(content: bytes, answer: Answer) -> tuple[dict[str, object], bytes]:
    try:
        marked = answer_workbook(content, answer)
    except _NOT_TAKEN as error:
        return {"failed": f"{type(error).__name__}: {error}"[:300]}, b""
    return {"size": len(marked)}, marked


def _some_answer() -> Answer:
    told = AnsweredFinding(Severity.BLOCK, "not-a-number", "Kết quả", "B9", "x", "x", "x")
    return answer_of("bao-cao.xlsx", SubmissionState.REJECTED, [told])


if __name__ == "__main__":
    main()
