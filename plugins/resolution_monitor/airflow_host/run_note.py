"""What became of a run, in words that stand on top of its page."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from resolution_monitor.period import parse_period
from resolution_monitor.reporting.period_words import period_words

# Under this key a task leaves the words; the listener in plugins/ writes them on the run.
NOTE_KEY = "monitor_note"


def note_of(result: Mapping[str, Any]) -> str:
    """Such as "tháng 10 năm 2026: 255 tệp, 23 phát hiện cần xem, 405 con số; PDF bao-cao-2026-10-1a2b3c4d.pdf"."""
    counts = f"{result['submissions']} tệp, {result['findings']} phát hiện cần xem, {result['figures']} con số"
    return f"{period_words(parse_period(result['period']))}: {counts}; PDF {Path(result['pdf']).name}"
