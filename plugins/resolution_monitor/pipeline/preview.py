"""A report made from a kept example, without a database: for whoever writes a page and wants to see it at once."""

from dataclasses import dataclass
from pathlib import Path

from resolution_monitor.brief.assembly import briefing_of
from resolution_monitor.brief.kept import from_text
from resolution_monitor.brief.render_png import render_png
from resolution_monitor.brief.reports import kind_of
from resolution_monitor.catalogue.load import load_catalogue
from resolution_monitor.errors import PeriodError
from resolution_monitor.pipeline.files import rendered, report_in, stem_of, write_file, write_files
from resolution_monitor.settings import Settings
from resolution_monitor.wording import VIETNAMESE

ENDING = ".jsonl"


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
    kind = kind_of(wanted.report)
    report = report_in(settings, wanted.report, wanted.language)
    file = _example(settings, kind.needs.name, wanted.example)
    catalogue = load_catalogue(settings.root / "catalogue")
    snapshot = from_text(file.read_text(encoding="utf-8"), catalogue)
    briefing = briefing_of(kind, report, snapshot)
    pdf, xlsx = rendered(report, briefing, snapshot.period)
    stem = wanted.folder / stem_of(report, briefing, snapshot.period)
    pictures = render_png(pdf) if wanted.has_pictures else []
    return [
        *write_files(stem, pdf, xlsx).values(),
        *(write_file(stem.with_name(f"{stem.name}-{page}.png"), one) for page, one in enumerate(pictures, start=1)),
    ]


def examples_folder(settings: Settings, need: str) -> Path:
    """Kept examples for reports that need the same."""
    return settings.root / "samples" / "examples" / need


def _example(settings: Settings, need: str, name: str | None) -> Path:
    folder = examples_folder(settings, need)
    known = sorted(path.stem for path in folder.glob(f"*{ENDING}"))
    if not known or (name and name not in known):
        raise PeriodError(
            f"there is no example {name or ''!r} in {folder.relative_to(settings.root)}; there are: "
            f"{', '.join(known) or 'none'}; ./monitor preview REPORT --period P --keep-example keeps one"
        )
    return folder / f"{name or known[0]}{ENDING}"
