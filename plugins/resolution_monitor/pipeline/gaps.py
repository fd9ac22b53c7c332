"""Periods that came due and have no edition, as noted in the state folder: a form reads them without a database."""

import json
from pathlib import Path

from resolution_monitor.settings import Settings


def missing_periods(settings: Settings, report: str) -> list[str]:
    """Names of due periods without an edition, the newest first, as noted last; none where nothing was noted yet."""
    try:
        noted = json.loads(note_of_gaps(settings).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return []
    names = noted.get(report, []) if isinstance(noted, dict) else []
    return [name for name in names if isinstance(name, str)]


def note_of_gaps(settings: Settings) -> Path:
    return settings.home / "missing_periods.json"
