"""A report made from a kept example, without a database: for whoever writes a page and wants to see it at once."""

from resolution_monitor.brief.render_pdf import pdf_maker
from resolution_monitor.pipeline.wanted_preview import Wanted
from resolution_monitor.settings import Settings


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
