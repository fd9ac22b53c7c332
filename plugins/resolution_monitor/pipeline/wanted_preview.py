"""What somebody wants to see of a report before there is an edition."""

from dataclasses import dataclass
from pathlib import Path

from resolution_monitor.wording import VIETNAMESE


@dataclass(frozen=True, slots=True)
class Wanted:
    """
    What a preview shows and where.

    Attributes:
        example: Its name; None takes the first that the report can be made of.
        folder: Where the files are written.
        has_pictures: Whether each page is written as a PNG too.
    """

    report: str
    folder: Path
    example: str | None = None
    language: str = VIETNAMESE
    has_pictures: bool = False
