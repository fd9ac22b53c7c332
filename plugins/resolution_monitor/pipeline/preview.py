"""A report made from a kept example, without a database: for whoever writes a page and wants to see it at once."""

from dataclasses import dataclass
from pathlib import Path

from resolution_monitor.brief.render_pdf import pdf_maker
from resolution_monitor.settings import Settings
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


def preview(settings: Settings, wanted: Wanted) -> list[str]:
    """
    Render a report from a kept example.

    Returns:
        The files written: PDF, workbook, pictures.

    Raises:
        CatalogueError: There is no such report.
        PeriodError: There is no such example.
        RenderError: A template, text, font or library is wrong.
    """
    with pdf_maker() as maker:
        # Imported only now: while all that makes a page is loaded here, the child loads what makes a PDF.
        from resolution_monitor.pipeline.example_edition import example_edition

        return example_edition(settings, wanted, maker)
