"""Acts are played one after the other, and each becomes a row: what was done, what was seen, how long it took."""

import subprocess
import sys
import time
import traceback
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

# What may come of an act that does not show what it should; anything else is a fault of the drill.
_WRONG = (AssertionError, OSError, LookupError, ValueError, subprocess.SubprocessError)


@dataclass(frozen=True, slots=True)
class Act:
    """
    One thing an operator does.

    Attributes:
        play: Does it, and says what was seen; raises where that was not as it should be.
        is_needed: Without it no later act means anything.
    """

    what: str
    play: Callable[[], str]
    is_needed: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """What became of an act."""

    what: str
    seen: str
    seconds: float
    is_ok: bool


def played(acts: Sequence[Act]) -> Iterator[Row]:
    """All of them, or up to the first that is needed and failed."""
    for act in acts:
        began = time.monotonic()
        try:
            seen, is_ok = act.play(), True
        except _WRONG as error:
            traceback.print_exc()
            seen, is_ok = " ".join(f"{type(error).__name__}: {error}".split()), False
        row = Row(act.what, seen, time.monotonic() - began, is_ok)
        sys.stdout.write(f"{'ok    ' if is_ok else 'FAILED'} {row.seconds:6.1f} s  {row.what}: {row.seen[:600]}\n")
        sys.stdout.flush()
        yield row
        if act.is_needed and not is_ok:
            return


def lines(rows: Sequence[Row]) -> list[str]:
    """The table as it stands on a page."""
    head = ["| what was done | what was seen | seconds | |", "|---|---|--:|---|"]
    return [*head, *(f"| {row.what} | {_cell(row.seen)} | {row.seconds:.0f} | {_verdict(row)} |" for row in rows)]


def _cell(text: str) -> str:
    return text.replace("|", "/")[:400]


def _verdict(row: Row) -> str:
    return "ok" if row.is_ok else "**failed**"
