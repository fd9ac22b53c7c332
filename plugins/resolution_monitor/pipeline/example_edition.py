"""A kept example becomes the files of an edition, under the catalogue as it is now."""

from pathlib import Path

from resolution_monitor.brief.assembly import briefing_of
from resolution_monitor.brief.kept import from_text
from resolution_monitor.brief.render_pdf import PdfMaker
from resolution_monitor.brief.render_png import render_png
from resolution_monitor.brief.reports import kind_of
from resolution_monitor.catalogue.entries import Catalogue
from resolution_monitor.catalogue.load import load_catalogue
from resolution_monitor.errors import PeriodError
from resolution_monitor.pipeline.files import rendered, report_in, stem_of, write_file, write_files
from resolution_monitor.pipeline.wanted_preview import Wanted
from resolution_monitor.settings import Settings

ENDING = ".jsonl"


def example_edition(settings: Settings, wanted: Wanted, maker: PdfMaker) -> list[str]:
    """The files of a preview: PDF, workbook, pictures; see pipeline.preview for what may be wrong."""
    kind = kind_of(wanted.report)
    report = report_in(settings, wanted.report, wanted.language)
    file = _example(settings, kind.needs.name, wanted.example)
    snapshot = from_text(file.read_text(encoding="utf-8"), checked_catalogue(settings))
    briefing = briefing_of(kind, report, snapshot)
    pdf, xlsx = rendered(report, briefing, snapshot.period, maker)
    stem = wanted.folder / stem_of(report, briefing, snapshot.period)
    pictures = render_png(pdf) if wanted.has_pictures else []
    return [
        *write_files(stem, pdf, xlsx).values(),
        *(write_file(stem.with_name(f"{stem.name}-{page}.png"), one) for page, one in enumerate(pictures, start=1)),
    ]


def checked_catalogue(settings: Settings) -> Catalogue:
    """The catalogue; checking it takes longer than reading it, and the very content checked last need not be again."""
    note = settings.home / "preview" / "checked_catalogue"
    checked = note.read_text(encoding="utf-8") if note.is_file() else None
    catalogue = load_catalogue(settings.root / "catalogue", checked)
    if catalogue.sha256 != checked:
        write_file(note, catalogue.sha256.encode())
    return catalogue


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
