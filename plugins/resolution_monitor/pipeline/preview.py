"""A report made from a kept example, without a database: for whoever writes a page and wants to see it at once."""

from dataclasses import dataclass
from pathlib import Path

from resolution_monitor.brief.assembly import briefing_of
from resolution_monitor.brief.kept import as_text, from_text
from resolution_monitor.brief.render_png import render_png
from resolution_monitor.brief.reports import kind_of
from resolution_monitor.brief.resolution_snapshot import ResolutionSnapshot
from resolution_monitor.catalogue.load import load_catalogue
from resolution_monitor.errors import NothingToReportError, PeriodError, SettingsError
from resolution_monitor.period import Period
from resolution_monitor.pipeline.brief import rendered, report_in, stem_of, write_file, write_files
from resolution_monitor.pipeline.road import Road
from resolution_monitor.pipeline.snapshots import snapshot_of
from resolution_monitor.settings import Settings
from resolution_monitor.store import score_rows
from resolution_monitor.wording import VIETNAMESE

_ENDING = ".jsonl"


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


def keep_example(road: Road, report_name: str, period: Period, name: str) -> Path:
    """
    Read what a report may see of a period and keep it for previews, of this report and of all that need the same.

    Raises:
        NothingToReportError: The period was never scored.
        SettingsError: What bodies really reported does not belong into a checkout.
    """
    needs = kind_of(report_name).needs
    run = score_rows.latest_run(road.database, report_name, period)
    if run is None:
        raise NothingToReportError(f"period {period.name} was not scored; run ./monitor run --period {period.name}")
    snapshot = snapshot_of(road, needs, report_name, period, run)
    if isinstance(snapshot, ResolutionSnapshot) and not snapshot.is_demonstration:
        raise SettingsError(f"period {period.name} holds real reports; keep an example of a demonstration instead")
    file = _folder(road.settings, needs.name) / f"{name}{_ENDING}"
    write_file(file, as_text(snapshot).encode())
    return file


def _folder(settings: Settings, need: str) -> Path:
    return settings.root / "samples" / "examples" / need


def _example(settings: Settings, need: str, name: str | None) -> Path:
    folder = _folder(settings, need)
    known = sorted(path.stem for path in folder.glob(f"*{_ENDING}"))
    if not known or (name and name not in known):
        raise PeriodError(
            f"there is no example {name or ''!r} in {folder.relative_to(settings.root)}; there are: "
            f"{', '.join(known) or 'none'}; ./monitor preview REPORT --period P --keep-example keeps one"
        )
    return folder / f"{name or known[0]}{_ENDING}"
