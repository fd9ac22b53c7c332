"""Hands untrusted files to a limited child process and takes back sheets of cells, or why there are none."""

import concurrent.futures
import contextlib
import itertools
import json
import logging
import queue
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from resolution_monitor.collect.answered import sheet_of
from resolution_monitor.collect.refusals import MAX_FILE_BYTES, megabytes
from resolution_monitor.personal import masked
from resolution_monitor.sandbox.warm_child import WarmChild, child_arguments, child_environment
from resolution_monitor.settings import Settings
from resolution_monitor.terms import SECRECY_MARK, Finding, Severity, Workbook, cell_address

log = logging.getLogger(__name__)

_FILES_A_PIECE = 40
_CHILD = "resolution_monitor.collect.read_child"
_LOGGED_LETTERS = 300  # of what the child says of a refusal: it may hold names from inside the file


@dataclass(frozen=True, slots=True)
class ReadResult:
    """
    A workbook, or the finding that says why there is none.

    Attributes:
        told: Of a file that is read: what must be known of the whole of it.
    """

    workbook: Workbook | None
    refusal: Finding | None
    told: tuple[Finding, ...] = ()


# What is kept was screened for marks of secrecy when it came; all else is screened before anything of it is told.
Mode = Literal["guard", "read", "read kept"]


def guard_files(settings: Settings, paths: Sequence[Path], senders: Sequence[str] = ()) -> Iterator[ReadResult]:
    """
    One result for each path, in order; a file that passes gives an empty workbook.

    Several children work at once: it is they who do the work, not we.

    Args:
        senders: Whose each file is; see FileReader.guard.
    """
    starts = range(0, len(paths), _FILES_A_PIECE)
    pieces = [(paths[start : start + _FILES_A_PIECE], senders[start : start + _FILES_A_PIECE]) for start in starts]
    workers = min(settings.workers, len(pieces))
    if workers < 2:
        with contextlib.closing(FileReader(settings)) as reader:
            yield from reader.guard(paths, senders)
        return
    with contextlib.ExitStack() as stack:
        free: queue.SimpleQueue[FileReader] = queue.SimpleQueue()
        for _ in range(workers):
            free.put(stack.enter_context(contextlib.closing(FileReader(settings))))
        pool = stack.enter_context(concurrent.futures.ThreadPoolExecutor(workers))
        for results in pool.map(lambda piece: _guard_piece(free, piece), pieces):
            yield from results


def _guard_piece(
    free: "queue.SimpleQueue[FileReader]", piece: tuple[Sequence[Path], Sequence[str]]
) -> list[ReadResult]:
    reader = free.get()
    try:
        return list(reader.guard(*piece))
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

    def guard(self, paths: Iterable[Path], senders: Sequence[str] = ()) -> Iterator[ReadResult]:
        """
        Args:
            senders: Whose each file is; files of one sender that follow each other are met by one fork. Without them
                each file is met by one of its own.
        """
        return self._results(paths, "guard", senders)

    def read(self, paths: Iterable[Path], senders: Sequence[str] = ()) -> Iterator[ReadResult]:
        return self._results(paths, "read", senders)

    def read_kept(self, paths: Iterable[Path], senders: Sequence[str] = ()) -> Iterator[ReadResult]:
        """The same for files of the raw store."""
        return self._results(paths, "read kept", senders)

    def _results(self, paths: Iterable[Path], mode: Mode, senders: Sequence[str]) -> Iterator[ReadResult]:
        for path, sender_id in zip(paths, itertools.chain(senders, itertools.repeat("")), strict=False):
            answer = _too_large(path) or self._asked(path, mode, sender_id)
            if answer.get("from_outside"):
                answer = self._asked(path, mode, sender_id)  # once more: the file has done nothing
            yield _result(path.name, answer)

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


def _too_large(path: Path) -> dict[str, Any] | None:
    size = path.stat().st_size
    if size <= MAX_FILE_BYTES:
        return None
    details = {"size_mb": megabytes(size), "limit_mb": megabytes(MAX_FILE_BYTES)}
    return {"refused": "file-too-large", "details": details}


def _result(file_name: str, answer: dict[str, Any]) -> ReadResult:
    if "died" in answer:
        answer = {"refused": "reader-died", "technical": answer["died"]}
    if "refused" in answer:
        return ReadResult(workbook=None, refusal=_refusal(file_name, answer))
    repair = answer.get("repair", {})
    workbook = Workbook(
        sheets=tuple(map(sheet_of, answer["sheets"])),
        kind=answer.get("kind", ""),
        encoding=answer.get("encoding"),
        repair_confidence=repair.get("confidence"),
    )
    return ReadResult(workbook=workbook, refusal=None, told=_told(file_name, answer))


def _told(file_name: str, answer: dict[str, Any]) -> tuple[Finding, ...]:
    found = [Finding(check, Severity.NOTE, value=file_name) for check in answer.get("told", ())]
    if repair := answer.get("repair"):
        details = (("cells", str(repair["cells"])), ("confidence", f"{repair['confidence']:.0%}"))
        found.append(Finding("text-repaired", Severity.WARN, value=file_name, details=details))
    if words := answer.get("leftover"):
        found.append(Finding("text-old-letters", Severity.WARN, value=", ".join(words)))
    if odd := answer.get("odd"):
        place = {"sheet": odd["sheet"], "cell": cell_address(*odd["place"]), "value": odd["text"]}
        found.append(Finding("odd-letters", Severity.WARN, **place, details=(("cells", str(odd["cells"])),)))
    return (*found, *_contradicted(answer["sheets"]))


def _contradicted(sheets: list[dict[str, Any]]) -> Iterator[Finding]:
    """One finding a file, of the first cell whose formula comes to another number than is stored with it."""
    cells = [(sheet["name"], *told) for sheet in sheets for told in sheet.get("contradicted", ())]
    if not cells:
        return
    sheet, row, column, formula, stored, reckoned = cells[0]
    details = (("cells", str(len(cells))), ("formula", f"={formula}"), ("reckoned", f"{reckoned:.10g}"))
    place = {"sheet": sheet, "cell": cell_address(row, column), "value": f"{stored:.10g}"}
    yield Finding("formula-contradicted", Severity.WARN, **place, details=details)


def _refusal(file_name: str, answer: dict[str, Any]) -> Finding:
    """The finding its sender reads; what only we understand is told to the log. Neither names a marked file."""
    if answer["refused"] == SECRECY_MARK:
        return Finding(SECRECY_MARK, Severity.BLOCK, details=tuple(sorted(answer["details"].items())))
    technical = masked(str(answer.get("technical", ""))[:_LOGGED_LETTERS])
    log.info("file.refused", extra={"file": masked(file_name), "check": answer["refused"], "technical": technical})
    return Finding(
        check=answer["refused"],
        severity=Severity.BLOCK,
        sheet=answer.get("sheet"),
        cell=answer.get("cell"),
        value=file_name,
        details=tuple(sorted(answer.get("details", {}).items())),
    )
