"""One month of resolutions with every intermediate value of its scores, as known at a time."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from resolution_monitor.ask.resolution_scores import known_of
from resolution_monitor.catalogue.entries import Catalogue
from resolution_monitor.catalogue.names import successor_on
from resolution_monitor.errors import LedgerError
from resolution_monitor.ledger.items import ItemKind, kind_of_item, require_agency
from resolution_monitor.method.limits import Limits
from resolution_monitor.period import TIME_ZONE, Period
from resolution_monitor.score.formulas.explained import Explained, explained_indicator, explained_task
from resolution_monitor.score.month.bodies import BodyWorkings
from resolution_monitor.score.month.frames import ResolutionScores
from resolution_monitor.score.month.indicators import Workings
from resolution_monitor.score.month.known import Known, scoring_moment
from resolution_monitor.score.month.scores import work_resolutions
from resolution_monitor.score.month.tasks import TaskWorkings
from resolution_monitor.score.rules.limits import limits_at
from resolution_monitor.store.connect import Database

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class WorkedMonth:
    """
    What the rules made of a month, and from what.

    Attributes:
        moment: When the period is scored.
        limits: In force then.
        scores: As production stores them.
    """

    catalogue: Catalogue
    period: Period
    moment: datetime
    known: Known
    limits: Limits
    scores: ResolutionScores
    indicators: Workings
    tasks: TaskWorkings
    bodies: BodyWorkings

    @property
    def day(self) -> date:
        """The Vietnamese day on which the period is scored."""
        return self.moment.astimezone(TIME_ZONE).date()

    def leaf(self, item_id: str, agency_id: str) -> Row:
        """
        The row of a leaf, by its item and a body that leads or helps it.

        Raises:
            LedgerError: The item is no leaf, or the body has no part in it.
        """
        rows = self.scores.leaves[self.scores.leaves["item_id"] == item_id].to_dict("records")
        if not rows:
            raise LedgerError(f"{item_id!r} is not scored: it belongs to no resolution, or is given to a group")
        holder = successor_on(self.catalogue, agency_id, self.day)
        for row in rows:
            if holder in (row["agency_id"], *self.helpers(item_id)):
                return {str(name): value for name, value in row.items()}
        leads = ", ".join(sorted({row["agency_id"] for row in rows}))
        raise LedgerError(f"{agency_id} neither leads nor helps {item_id}; it is led by {leads}")

    def helpers(self, item_id: str) -> tuple[str, ...]:
        """Bodies of the day that coordinate a task."""
        task = self.catalogue.tasks.get(item_id)
        named = task.coordinating if task else ()
        return tuple(dict.fromkeys(successor_on(self.catalogue, key, self.day) for key in named))

    def explained(self, leaf: Row) -> Explained:
        """What a leaf was scored from, and every value on the way."""
        is_task = leaf["item_kind"] == ItemKind.TASK.value
        base = self.tasks.base if is_task else self.indicators.base
        is_it = (base["item_id"] == leaf["item_id"]) & (base["agency_id"] == leaf["agency_id"])
        place = int(is_it.to_numpy().argmax())
        if is_task:
            return explained_task(self.tasks, place, leaf)
        return explained_indicator(self.indicators, place, leaf)


def worked_month(
    database: Database, catalogue: Catalogue, period: Period, known_at: datetime | None = None
) -> WorkedMonth:
    """
    The month as known at a time; None sees everything.

    Raises:
        NothingToReportError: Nothing was known of it then.
    """
    return work_month(catalogue, period, known_of(database, catalogue, period, known_at))


def work_month(catalogue: Catalogue, period: Period, known: Known) -> WorkedMonth:
    """The month from what was known of it, by the functions that production scores with."""
    moment = scoring_moment(catalogue, period)
    worked = work_resolutions(catalogue, period, known)
    return WorkedMonth(
        catalogue=catalogue,
        period=period,
        moment=moment,
        known=known,
        limits=limits_at(catalogue, moment),
        scores=worked.scores,
        indicators=worked.indicators,
        tasks=worked.tasks,
        bodies=worked.bodies,
    )


def require_item(catalogue: Catalogue, agency_id: str, item_id: str) -> None:
    """
    Refuse what the catalogue does not know.

    Raises:
        LedgerError: With the codes nearest to it.
    """
    require_agency(catalogue, agency_id)
    if kind_of_item(catalogue, item_id) is ItemKind.REPORT:
        raise LedgerError("a report as a whole has no score of its own; name an indicator or a task")
