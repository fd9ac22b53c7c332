"""The reports, a module each with its record REPORT: a new one is found by being here."""

import importlib
import pkgutil
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from resolution_monitor.errors import CatalogueError

if TYPE_CHECKING:
    from resolution_monitor.brief.kinds import ReportKind

_FOLDER = "plugins/resolution_monitor/brief/reports"


def report_names() -> list[str]:
    """Every report that has a record, without loading it."""
    return sorted(module.name for module in pkgutil.iter_modules(__path__))


def kind_of(report: str) -> "ReportKind[Any, Any]":
    """
    The record of a report.

    Raises:
        CatalogueError: It has none.
    """
    # Imported only here: whoever opens an installation looks whether the reports are whole, and most make none.
    from resolution_monitor.brief.kinds import ReportKind

    if report not in report_names():
        raise CatalogueError(f"{_FOLDER}/{report}.py is missing: report {report!r} has no record; add it")
    record = getattr(importlib.import_module(f"{__name__}.{report}"), "REPORT", None)
    if not isinstance(record, ReportKind):
        raise CatalogueError(f"{_FOLDER}/{report}.py holds no REPORT; write REPORT = ReportKind(...) there")
    return record


def require_whole(reports: Iterable[str], templates: Path) -> None:
    """
    Refuse an installation in which a report is only half there.

    Args:
        reports: Those of catalogue/calendars.yaml.

    Raises:
        CatalogueError: A report of the calendars has no record, or a record has no folder; every one is named.
    """
    problems = list(_problems(reports, templates))
    if problems:
        raise CatalogueError(*problems)


def _problems(reports: Iterable[str], templates: Path) -> Iterator[str]:
    known = report_names()
    for report in reports:
        if report not in known:
            yield f"catalogue/calendars.yaml: report {report!r} has no record; add {_FOLDER}/{report}.py"
    for report in known:
        file = templates / report / "report.yaml"
        if not file.is_file():
            yield f"{_FOLDER}/{report}.py: report_templates/{report}/report.yaml is missing; add the folder"
