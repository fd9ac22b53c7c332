"""Lines for the operator's terminal."""

import contextlib
import sys


def say(text: str) -> None:
    """One line; a terminal that has gone is no reason to stop serving."""
    with contextlib.suppress(OSError):
        sys.stdout.write(f"{text}\n")
        sys.stdout.flush()
