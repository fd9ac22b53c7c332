"""Hands a body's workbook and what is wrong with it to a limited child process, and takes the marked one back."""

import logging
import tempfile

from resolution_monitor.exchange.answer import Answer, as_plain
from resolution_monitor.sandbox.warm_child import WarmChild, child_arguments, child_environment
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
        self._child: WarmChild | None = None
        self._folder: tempfile.TemporaryDirectory[str] | None = None

    def __enter__(self) -> "AnswerProcess":
        return self

    def __exit__(self, *told: object) -> None:
        self._stop()

    def marked(self, content: bytes, answer: Answer) -> bytes | None:
        """
        The marked workbook; None where it cannot be made, of which the log says why.

        Raises:
            SettingsError: Nothing on this machine protects us from what a workbook may do.
        """
        child = self._child or self.start()
        told = child.ask({"answer": as_plain(answer)}, content)
        if child.is_gone:
            self._stop()
        if told.content.startswith(b"+"):
            return told.content[1:]
        why = told.content[1:].decode(errors="replace") or f"the child ended: {told.died} {told.words}"
        log.warning("answer.not_marked", extra={"file": answer.file_name, "why": why})
        return None

    def start(self) -> WarmChild:
        """The child, ready."""
        self._folder = tempfile.TemporaryDirectory(prefix="answers-")
        seconds = self._settings.reader_seconds
        environment = child_environment(self._folder.name)
        self._child = WarmChild(_CHILD, child_arguments(self._settings), environment, seconds=seconds)
        return self._child

    def _stop(self) -> None:
        if self._child is not None:
            self._child.stop()
        if self._folder is not None:
            self._folder.cleanup()
        self._child = self._folder = None
