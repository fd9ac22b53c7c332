"""The run on the terminal: one line a stage while it happens, from the events the pipeline logs."""

import contextlib
import logging
import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.status import Status

from resolution_monitor.errors import storage_error

_STAGES = {
    "collect": "collect    files",
    "normalise": "normalise  values, findings",
    "score": "score      attainment",
    "brief": "brief      PDF, workbook",
}


class Progress:
    """Writes to the terminal while Airflow, which talks much, writes to a log file."""

    def __init__(self, log_file: Path) -> None:
        self.log_file = log_file
        self._console = Console(file=os.fdopen(os.dup(sys.stdout.fileno()), "w"), highlight=False)
        self._status: Status | None = None
        self._started = 0.0

    def say(self, text: str) -> None:
        self._console.print(text, markup=False, soft_wrap=True)

    @contextlib.contextmanager
    def step(self, text: str) -> Iterator[None]:
        """A line that shows work under way, then how long it took."""
        self.begin(text)
        yield
        self.end(text, "")

    def begin(self, text: str) -> None:
        self._started = time.monotonic()
        self.wait(text)

    def wait(self, text: str) -> None:
        """Show that something is under way; the next stage's line takes its place."""
        self._clear()
        if self._console.is_terminal:
            self._status = self._console.status(text)
            self._status.start()

    def _clear(self) -> None:
        if self._status:
            self._status.stop()
            self._status = None

    def end(self, text: str, outcome: str) -> None:
        self._clear()
        seconds = time.monotonic() - self._started
        self.say(f"  {text:<27} {outcome:<42} {seconds:5.1f} s")

    @contextlib.contextmanager
    def others_to_log(self) -> Iterator[None]:
        """Send what anybody else prints to the log file, and show the pipeline's events here."""
        handler = _StageHandler(self)
        try:
            self.log_file.parent.mkdir(parents=True, exist_ok=True)
            target = os.open(self.log_file, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o640)
        except OSError as error:
            raise storage_error(self.log_file, error) from error
        kept = {stream: os.dup(stream) for stream in (1, 2)}
        logger = logging.getLogger("resolution_monitor")
        logger.addHandler(handler)
        logger.setLevel(logging.INFO)
        try:
            for stream in kept:
                os.dup2(target, stream)
            yield
        finally:
            sys.stdout.flush()
            sys.stderr.flush()
            for stream, saved in kept.items():
                os.dup2(saved, stream)
                os.close(saved)
            os.close(target)
            logger.removeHandler(handler)
            self._clear()


class _StageHandler(logging.Handler):
    """Turns "collect.started" and "collect.finished" into lines."""

    def __init__(self, progress: Progress) -> None:
        super().__init__()
        self._progress = progress

    def emit(self, record: logging.LogRecord) -> None:
        stage, _, event = record.getMessage().partition(".")
        if stage in _STAGES and event == "started":
            self._progress.begin(_STAGES[stage])
        elif stage in _STAGES and event == "finished":
            self._progress.end(_STAGES[stage], _outcome(getattr(record, "outcome", {})))


def _outcome(outcome: dict[str, Any]) -> str:
    counts = {name: value for name, value in outcome.items() if isinstance(value, int) and "_" not in name}
    return ", ".join(f"{value} {name}" for name, value in counts.items() if value)
