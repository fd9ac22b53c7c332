"""The name of what checks a catalogue: it follows from the very text of its code and schemas."""

import hashlib
from functools import cache
from pathlib import Path

# What a check is made of: this room, and the rooms and modules below it that it asks.
_ASKED = ("catalogue", "method", "period", "errors.py", "terms.py", "wording.py")


@cache
def checks_version(folder: Path) -> str:
    """
    Names the text of all checks, so that what passed the old ones is never taken for having passed new ones.

    Args:
        folder: The catalogue's, where its schemas lie.
    """
    package = Path(__file__).resolve().parents[1]
    code = [path for name in _ASKED for path in _modules(package / name)]
    schemas = sorted((folder / "schema").rglob("*.json"))
    return hashlib.sha256(b"\0".join(path.read_bytes() for path in (*code, *schemas))).hexdigest()[:12]


def _modules(place: Path) -> list[Path]:
    return sorted(place.rglob("*.py")) if place.is_dir() else [place]
