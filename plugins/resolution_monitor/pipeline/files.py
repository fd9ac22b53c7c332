"""The files of an edition: rendered side by side, named by what they hold, put in place whole."""

import os
import tempfile
from pathlib import Path

from resolution_monitor.brief.briefing import Briefing
from resolution_monitor.brief.page import page_html
from resolution_monitor.brief.render_pdf import PdfMaker
from resolution_monitor.brief.report import Report, load_report
from resolution_monitor.errors import StorageError, storage_error
from resolution_monitor.period import Period
from resolution_monitor.settings import Settings


def report_in(settings: Settings, report_name: str, language: str) -> Report:
    """A report's folder, as one language has it."""
    return load_report(settings.root / "report_templates", report_name, settings.map_path, language)


def rendered(report: Report, briefing: Briefing, period: Period, maker: PdfMaker) -> tuple[bytes, bytes]:
    """PDF and workbook of an edition; the PDF carries the workbook and every table."""
    # The page is set by a child: meanwhile the workbook is written here.
    maker.begin(page_html(report, briefing), report.templates, briefing.sha256[:32])
    # Imported only now, for the same reason: it brings openpyxl.
    from resolution_monitor.brief.attached import attached_files
    from resolution_monitor.brief.render_xlsx import render_xlsx

    xlsx = render_xlsx(report, briefing, period)
    return maker.finish(attached_files(report, briefing, stem_of(report, briefing, period), xlsx)), xlsx


def stem_of(report: Report, briefing: Briefing, period: Period) -> str:
    """Names the files of an edition; those of two languages never meet."""
    return f"{report.file_name}-{period.name}{report.language_mark}-{briefing.edition[-8:]}"


def write_files(stem: Path, pdf: bytes, xlsx: bytes) -> dict[str, str]:
    """Both files put in place whole; `stem` is their path without ending."""
    return {
        ending: write_file(stem.with_name(f"{stem.name}.{ending}"), content)
        for ending, content in (("pdf", pdf), ("xlsx", xlsx))
    }


def write_once(stem: Path, pdf: bytes, xlsx: bytes) -> dict[str, str]:
    """
    Both files of what was issued, put in place whole and closed to writing.

    Raises:
        StorageError: A file is there already and holds other bytes: what was issued is never overwritten.
    """
    contents = {stem.with_name(f"{stem.name}.{ending}"): content for ending, content in (("pdf", pdf), ("xlsx", xlsx))}
    for path, content in contents.items():
        if path.exists() and path.read_bytes() != content:
            raise StorageError(
                f"{path} holds an issued edition with other bytes; it is never overwritten: move it away"
            )
    for path, content in contents.items():
        write_file(path, content)
        path.chmod(0o444)
    return {path.suffix[1:]: str(path) for path in contents}


def write_file(path: Path, content: bytes) -> str:
    """Put a file in place whole; a file that is there already with these bytes stays as it is."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists() or path.read_bytes() != content:
            with tempfile.NamedTemporaryFile(dir=path.parent, prefix="writing-", delete=False) as partial:
                partial.write(content)
                os.fsync(partial.fileno())
            Path(partial.name).chmod(0o644)
            Path(partial.name).rename(path)
    except OSError as error:
        raise storage_error(path.parent, error) from error
    return str(path)
