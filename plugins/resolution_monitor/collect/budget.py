"""What each sender has taken of a collection so far, so that nobody's files keep those of the others waiting."""

import threading
from collections import Counter, defaultdict
from pathlib import Path

from resolution_monitor.collect.inbox import OPERATOR, InboxFile
from resolution_monitor.limits import Limits


class Budget:
    """Counts copied files and bytes, and seconds of reading; whoever is over waits for the next collection."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._bytes: Counter[str] = Counter()
        self._files: Counter[str] = Counter()
        self._seconds: dict[str, float] = defaultdict(float)
        self._senders: dict[Path, str] = {}
        # Several children read at once.
        self._lock = threading.Lock()
        self.waiting: Counter[str] = Counter()

    def may_copy(self, file: InboxFile) -> bool:
        """Whether its sender, and the collection, may still take it; what may not is counted as waiting."""
        with self._lock:
            may = self._may(file.sender_id, file.size_bytes)
            self._count(file, may=may)
        return may

    def _may(self, sender_id: str, size_bytes: int) -> bool:
        limits = self._limits
        is_over = (
            self._bytes.total() + size_bytes > limits.collection_bytes
            or self._files.total() >= limits.collection_files
            or self._is_spent(sender_id)
        )
        if is_over or sender_id == OPERATOR:  # what operators lay is nobody's but the collection's
            return not is_over
        # A sender's first file is always taken: a limit below it would keep it waiting for ever.
        is_first = not self._files[sender_id]
        return is_first or (
            self._bytes[sender_id] + size_bytes <= limits.sender_bytes and self._files[sender_id] < limits.sender_files
        )

    def _count(self, file: InboxFile, *, may: bool) -> None:
        if may:
            self._bytes[file.sender_id] += file.size_bytes
            self._files[file.sender_id] += 1
        else:
            self.waiting[file.sender_id] += 1

    def copied(self, path: Path, sender_id: str) -> None:
        """Whose file lies in the quarantine under this name."""
        self._senders[path] = sender_id

    def admits(self, path: Path) -> bool:
        """Whether a copied file may still be read; what may not is counted as waiting."""
        with self._lock:
            sender_id = self._senders[path]
            may = not self._is_spent(sender_id)
            self.waiting[sender_id] += not may
        return may

    def spent(self, path: Path, seconds: float) -> None:
        """Note how long a file was read."""
        with self._lock:
            self._seconds[self._senders[path]] += seconds

    def _is_spent(self, sender_id: str) -> bool:
        if sum(self._seconds.values()) > self._limits.collection_seconds:
            return True
        return sender_id != OPERATOR and self._seconds[sender_id] > self._limits.sender_seconds
