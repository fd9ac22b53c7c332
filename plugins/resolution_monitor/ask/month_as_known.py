"""What was known of a month: its rows read once, and put under the bodies of the day on which it is scored."""

from collections.abc import Collection
from datetime import datetime, timedelta

from resolution_monitor.catalogue.entries import Catalogue
from resolution_monitor.errors import NothingToReportError
from resolution_monitor.ledger.items import Item, ItemKind, items_of
from resolution_monitor.ledger.obligations import periods_owed
from resolution_monitor.ledger.states import states_at
from resolution_monitor.period import Period, last_settled
from resolution_monitor.score.month.first_figures import has_own_baseline
from resolution_monitor.score.month.month import FollowUp, Known, Month, Tellings, follow_up_of, month_of
from resolution_monitor.score.month.scored_period import ScoredPeriod, scored_period
from resolution_monitor.score.screens.month_seen import CORRECTIONS_SEEN
from resolution_monitor.store import ledger_rows, question_rows, tree_rows
from resolution_monitor.store.connect import Database

# A period may end long before its figure can be known, and fall due when the ledger has begun.
_LONGEST_PERIOD_DAYS = 92


def month_as_known(database: Database, catalogue: Catalogue, period: Period, known_at: datetime | None) -> Month:
    """
    What was known of a period for its scores at a time; None sees everything.

    Raises:
        NothingToReportError: Nothing was owed or reported then.
    """
    scored = scored_period(catalogue, period)
    month = read_month(database, scored, known_at)
    _require_reached(month, scored)
    return month


def _require_reached(month: Month, scored: ScoredPeriod) -> None:
    """
    Refuse a period that knowledge has not reached: scored from what older periods say, it would read as bad news.

    Raises:
        NothingToReportError: Neither owed nor reported is anything of the last period that should be settled by then.
    """
    ends = [frame["period_end"].max() for frame in (month.ledger, month.values, month.task_reports) if len(frame)]
    settled = last_settled(scored.catalogue.period_calendars["month"], scored.catalogue.working_days, scored.moment)
    if not ends or max(ends) < settled.end:
        newest = f"; the newest period that anything is known of ends on {max(ends)}" if ends else ""
        raise NothingToReportError(
            f"nothing is known of period {scored.period.name}: nothing is owed or reported for {settled.name}{newest}"
        )


def read_month(
    database: Database, scored: ScoredPeriod, known_at: datetime | None, bodies: Collection[str] | None = None
) -> Month:
    """
    The same of a period of which it is already settled what it is scored by.

    Args:
        bodies: What others reported is left out; None leaves out nobody.

    Raises:
        NothingToReportError: Nothing was owed or reported then.
    """
    newest = newest_input(database, scored, known_at)
    if newest is None:
        when = f" at {known_at.isoformat()}" if known_at else ""
        raise NothingToReportError(
            f"nothing is known of period {scored.period.name}{when}; run ./monitor run --period first"
        )
    facts = ledger_rows.facts_as_known(database, [one.name for one in settled_periods(scored)], known_at)
    reported = tree_rows.reported_as_known(database, scored.day, known_at)
    obligations, values, task_reports = facts.obligations, reported.values, reported.task_reports
    documents = reported.documents
    if bodies is not None:
        names = scored.names_of(bodies)
        obligations, values, task_reports = (
            frame[frame["agency_id"].isin(names)] for frame in (obligations, values, task_reports)
        )
    tellings = _tellings(database, scored, known_at)
    # What came after the briefing was not there; but a period is judged by all that is known of it now.
    seen_at = max(scored.moment, known_at or newest)
    ledger = states_at(obligations, files=facts.files, values=facts.values, waivers=facts.waivers, as_of=seen_at)
    return month_of(scored, Known(values, task_reports, ledger, seen_at, bodies, documents, tellings))


def is_anything_told_again(
    database: Database, catalogue: Catalogue, period: Period, known_at: datetime | None = None
) -> bool:
    """Whether any figure of an indicator without a baseline was told twice, or taken back."""
    return not _tellings(database, scored_period(catalogue, period), known_at).answers.empty


def _tellings(database: Database, scored: ScoredPeriod, known_at: datetime | None) -> Tellings:
    """What was told again of indicators whose first figure stands in for a baseline."""
    asked = [one.indicator_id for one in scored.catalogue.indicators.values() if has_own_baseline(one)]
    return Tellings(**tree_rows.tellings_as_known(database, asked, scored.day, known_at)) if asked else Tellings()


def read_follow_up(database: Database, scored: ScoredPeriod, known_at: datetime) -> FollowUp:
    """Corrections of the last twelve months and verifications, of periods up to this one."""
    since = scored.moment - CORRECTIONS_SEEN
    follow_up = question_rows.follow_up_as_known(database, scored.period.end, known_at, since=since)
    return follow_up_of(scored, follow_up.corrections, follow_up.verifications)


def touched_bodies(database: Database, scored: ScoredPeriod, since: datetime, until: datetime) -> tree_rows.Touched:
    """Whose scores of a period may differ between two states of knowledge."""
    return tree_rows.touched_since(database, scored.day, since=since, until=until, seen_at=max(scored.moment, since))


def newest_input(database: Database, scored: ScoredPeriod, known_at: datetime | None = None) -> datetime | None:
    """When the newest row was recorded that a period's scores can depend on; None: nothing is known."""
    return tree_rows.newest_input(database, scored.day, known_at)


def settled_periods(scored: ScoredPeriod) -> list[Period]:
    """The periods of everything that is scored, from the ledger's beginning to the day a period is scored on."""
    catalogue = scored.catalogue
    items = [item for item in items_of(catalogue) if _is_scored(catalogue, item)]
    lag = max((item.lag_days for item in items), default=0)
    first = catalogue.ledger_begins_on - timedelta(days=lag + _LONGEST_PERIOD_DAYS)
    return periods_owed(catalogue, items, first, scored.day)


def _is_scored(catalogue: Catalogue, item: Item) -> bool:
    """Figures that belong to no resolution, such as those of every day, are no assignments."""
    return item.kind is not ItemKind.INDICATOR or catalogue.indicators[item.item_id].resolution is not None
