"""The code of an item as people and programs write it: a number, small letters, other bars, blanks, a comma."""

from collections.abc import Collection, Container

from resolution_monitor.terms import CellValue

_BARS = str.maketrans(dict.fromkeys("‐‑‒–—−_", "-"))
_ENDS = ".,:;"


def meant_code(held: CellValue, written: str, owed: Collection[str], known: Container[str]) -> str:
    """The code that a cell can only mean; one that a spreadsheet made a number of (57.1) is the item owed."""
    if isinstance(held, (int, float)) and not isinstance(held, bool):
        meant = [item for item in owed if item.replace(".", "", 1).isdigit() and float(item) == held]
        return meant[0] if len(meant) == 1 else written
    return written_code(written, known)


def written_code(written: str, known: Container[str]) -> str:
    """The known code that a writing of it can only mean; else the writing itself."""
    if not written or written in known:
        return written
    bare = "".join(written.upper().translate(_BARS).split()).rstrip(_ENDS)
    return next((code for code in (bare, bare.replace(",", ".")) if code in known), written)
