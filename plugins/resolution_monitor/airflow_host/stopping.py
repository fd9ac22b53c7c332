"""Signals that ask to stop, remembered until the loop looks."""

import signal
from types import FrameType
from typing import Self

SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class StopRequest:
    """How often we were asked to stop: once means in good order, twice means at once."""

    def __init__(self) -> None:
        self.count = 0

    @classmethod
    def listening(cls) -> Self:
        """A request that the signals of Ctrl-C, of `kill` and of a closed terminal fill in."""
        request = cls()
        for number in SIGNALS:
            # Started with nohup, we are to outlive the terminal.
            if number != signal.SIGHUP or signal.getsignal(number) is not signal.SIG_IGN:
                signal.signal(number, request._note)
        return request

    def _note(self, number: int, frame: FrameType | None) -> None:
        self.count += 1

    @property
    def is_asked(self) -> bool:
        return self.count >= 1

    @property
    def is_urgent(self) -> bool:
        return self.count >= 2
