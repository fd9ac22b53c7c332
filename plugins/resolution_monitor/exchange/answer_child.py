"""The child process that opens a body's own workbook to mark it: untrusted bytes, so within limits and without rights.

Frames say {"answer"} and carry the workbook; what comes back is "+" and the marked one, or "-" and why not.
"""

import sys
import tempfile
import zipfile
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError

from openpyxl.utils.exceptions import InvalidFileException

from resolution_monitor.exchange.answer import Answer, AnsweredFinding, answer_of, from_plain
from resolution_monitor.exchange.feedback import answer_workbook, findings_workbook
from resolution_monitor.sandbox.confine import Needs
from resolution_monitor.sandbox.forks import serve
from resolution_monitor.sandbox.landlock import OWN
from resolution_monitor.sandbox.system_calls import WITH_FILES
from resolution_monitor.terms import Severity, SubmissionState

# A sheet is written to a file before it is packed.
_MOST_FILE_BYTES = 256 * 1024 * 1024
_OPEN_FILES = 32
# How openpyxl ends on a workbook that it cannot take, though another reader could.
_NOT_TAKEN = (
    *(KeyError, ValueError, TypeError, AttributeError, IndexError, OSError, MemoryError, RecursionError),
    *(zipfile.BadZipFile, InvalidFileException, ParseError, NotImplementedError),
)


def main() -> None:
    memory_bytes, seconds, allows = int(sys.argv[1]), float(sys.argv[2]), sys.argv[3] == "allow"
    # openpyxl loads some of its parts at first use, which a child that is closed in may not do.
    answer_workbook(findings_workbook(_some_answer()), _some_answer())
    needs = Needs(
        memory_bytes,
        calls=WITH_FILES,
        files={Path(tempfile.gettempdir()): OWN},
        file_bytes=_MOST_FILE_BYTES,
        open_files=_OPEN_FILES,
    )
    serve(_marked, needs, seconds=seconds, allows_unprotected=allows)


def _marked(frame: dict[str, Any], content: bytes) -> bytes:
    try:
        return b"+" + answer_workbook(content, from_plain(frame["answer"]))
    except _NOT_TAKEN as error:
        return b"-" + f"{type(error).__name__}: {error}"[:300].encode(errors="replace")


def _some_answer() -> Answer:
    told = AnsweredFinding(Severity.BLOCK, "not-a-number", "Kết quả", "B9", "x", "x", "x")
    return answer_of("bao-cao.xlsx", SubmissionState.REJECTED, [told])


if __name__ == "__main__":
    main()
