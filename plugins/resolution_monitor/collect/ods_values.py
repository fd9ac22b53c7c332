"""What attributes of an .ods say of a cell: its day, and whether its letters have the colour of the paper."""

from datetime import date, datetime
from typing import Any

_LOOKS = "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0 "
_WHITE = {"#ffffff", "#fff", "white"}


def is_white(attributes: dict[str, str]) -> bool:
    """Of the properties of a text."""
    return attributes.get(f"{_LOOKS}color", "").lower() in _WHITE


def white_behind(attributes: dict[str, str]) -> bool:
    """Of the properties of a cell: whether nothing, or white, is behind its letters."""
    return attributes.get(f"{_LOOKS}background-color", "transparent").lower() in {"transparent", *_WHITE}


def day_told(written: str) -> Any:
    """A day, with its time where it has one; what is none stays text, and is told where it is used."""
    try:
        return {"date": datetime.fromisoformat(written).isoformat() if "T" in written else _date_only(written)}
    except ValueError:
        return written or None


def _date_only(written: str) -> str:
    return date.fromisoformat(written).isoformat()
