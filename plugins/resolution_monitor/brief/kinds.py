"""What a report is: what it needs to know, the page it makes of that, and the tables behind the page."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar

from resolution_monitor.brief.figures import FigureBook
from resolution_monitor.brief.parts.budget_figures import BudgetFigures
from resolution_monitor.brief.parts.resolution_figures import ResolutionFigures
from resolution_monitor.brief.report import Report
from resolution_monitor.brief.resolution_snapshot import ResolutionSnapshot
from resolution_monitor.brief.snapshot import Snapshot
from resolution_monitor.method.limits import Limits

AnySnapshot = Snapshot | ResolutionSnapshot
Page = dict[str, Any]
Tables = dict[str, list[dict[str, Any]]]


class Made(Protocol):
    """
    Figures made of a snapshot, whatever it holds.

    Attributes:
        report: The report, its messages filled with `words`.
        limits: Thresholds in force in the period.
        words: What messages name and others set: thresholds, days.
    """

    report: Report
    limits: Limits
    words: Mapping[str, str]
    book: FigureBook

    @property
    def demonstration(self) -> str:
        """The words that mark made-up data; empty where there is none."""


SnapshotT = TypeVar("SnapshotT", bound=AnySnapshot)
MadeT = TypeVar("MadeT", bound=Made)


@dataclass(frozen=True, slots=True)
class Need(Generic[SnapshotT, MadeT]):
    """
    A kind of knowledge that reports are made of; pipeline has one reader and one scorer for each.

    Attributes:
        name: Also of the folder of its kept examples.
        figures: Makes figures of what is known.
        compares: Whether it holds a period against the one before as that was scored last.
    """

    name: str
    snapshot: type[SnapshotT]
    figures: Callable[[Report, SnapshotT], MadeT]
    compares: bool


# A period of the resolutions, of any length, beside the one before, with the reports of the last twelve.
PERIOD = Need("period", ResolutionSnapshot, ResolutionFigures, compares=True)
# A week of the resolutions beside the one before.
WEEK = Need("week", ResolutionSnapshot, ResolutionFigures, compares=True)
# A day of the resolutions beside the day before, with the values owed daily.
DAY = Need("day", ResolutionSnapshot, ResolutionFigures, compares=False)
# A settled budget year beside the year before.
BUDGET_YEAR = Need("budget_year", Snapshot, BudgetFigures, compares=True)


@dataclass(frozen=True, slots=True)
class ReportKind(Generic[SnapshotT, MadeT]):
    """
    One report. Its words, settings and page lie in the folder of its name in report_templates/.

    Attributes:
        title_words: What its messages `document_title` and `abstract` leave room for.
        page: What its template prints, beside the official head.
        tables: Sheet of workbook.yaml -> rows by column key; made after the page, so that every figure is there.
    """

    needs: Need[SnapshotT, MadeT]
    title_words: Callable[[MadeT], Mapping[str, str]]
    page: Callable[[MadeT], Page]
    tables: Callable[[MadeT, Page], Tables]
