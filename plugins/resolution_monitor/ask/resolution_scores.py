"""What are the scores of resolutions, tasks, bodies, blocks and the nation, as known at a time?"""

from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta

import pandas

from resolution_monitor.catalogue.entries import Catalogue
from resolution_monitor.errors import NothingToReportError
from resolution_monitor.ledger.items import Item, ItemKind, items_of
from resolution_monitor.ledger.obligations import periods_owed
from resolution_monitor.ledger.states import states_at
from resolution_monitor.period import TIME_ZONE, Period
from resolution_monitor.score.month.frames import COUNT_COLUMNS, NodeKind, ResolutionScores, typed
from resolution_monitor.score.month.known import Known, scoring_moment, with_holders
from resolution_monitor.score.month.scores import score_resolutions
from resolution_monitor.store import ledger_rows, tree_rows
from resolution_monitor.store.connect import Database

TREE_LEVELS = tuple(kind.value for kind in NodeKind)
# A period may end long before its figure can be known, and fall due when the ledger has begun.
_LONGEST_PERIOD_DAYS = 92

NODE_COLUMNS = (
    *("code", "name", "low", "high", "without_data_pct", "colour", "state", "leaves_total", "due_assumed_count"),
    *COUNT_COLUMNS.values(),
)
# What a terminal has room for.
NODE_COLUMNS_SHOWN = (
    *("code", "name", "low", "high", "without_data_pct", "state", "leaves_total"),
    *("overdue_count", "red_count", "no_data_count"),
)
AGENCY_COLUMNS_SHOWN = (
    *("code", "name", "composite_low", "composite_high", "progress_low", "timeliness_low", "reporting"),
    *("reports_missing", "leaves_total", "overdue_count"),
)
AGENCY_COLUMNS = (
    *("code", "name", "block", "composite_low", "composite_high", "progress_low", "progress_high"),
    *("timeliness_low", "timeliness_high", "reporting", "reports_due", "reports_missing", "rated_leaves"),
    *("effective_leaves", "low", "high", "state", "leaves_total", "coordinated_total", *COUNT_COLUMNS.values()),
)


def tree_scores(
    database: Database, catalogue: Catalogue, period: Period, level: str, known_at: datetime | None
) -> pandas.DataFrame:
    """
    One row per node of a level, by code; see columns_of_level.

    Args:
        level: One of TREE_LEVELS.
        known_at: Nothing recorded later is seen; None sees everything.

    Raises:
        NothingToReportError: Nothing was known of the period then.
    """
    scores = score_resolutions(catalogue, period, known_of(database, catalogue, period, known_at))
    nodes = scores.nodes[scores.nodes["node_kind"] == level]
    names = names_of_nodes(catalogue)
    rows = nodes.assign(
        code=nodes["node_id"],
        name=[names[code] for code in nodes["node_id"]],
        block=nodes["parent_id"],
        without_data_pct=nodes["share_without_data"] * 100.0,
    )
    return rows.sort_values("code").reset_index(drop=True)[list(columns_of_level(level))]


def columns_of_level(level: str, *, is_shown: bool = False) -> Sequence[str]:
    """AGENCY_COLUMNS for bodies, NODE_COLUMNS for the rest; with `is_shown` those that fit a terminal."""
    if level == NodeKind.AGENCY.value:
        return AGENCY_COLUMNS_SHOWN if is_shown else AGENCY_COLUMNS
    return NODE_COLUMNS_SHOWN if is_shown else NODE_COLUMNS


def known_of(
    database: Database,
    catalogue: Catalogue,
    period: Period,
    known_at: datetime | None,
    bodies: Collection[str] | None = None,
) -> Known:
    """
    What was known for the scores of a period.

    Args:
        bodies: What others reported is left out; None leaves out nobody.

    Raises:
        NothingToReportError: Nothing was owed or reported then.
    """
    moment = scoring_moment(catalogue, period)
    newest = newest_input(database, catalogue, period, known_at)
    if newest is None:
        when = f" at {known_at.isoformat()}" if known_at else ""
        raise NothingToReportError(f"nothing is known of period {period.name}{when}; run ./monitor run --period first")
    periods = settled_periods(catalogue, period)
    facts = ledger_rows.facts_as_known(database, [one.name for one in periods], known_at)
    reported = tree_rows.reported_as_known(database, _last_day(moment), known_at)
    obligations, values, task_reports = (
        _held_by(catalogue, moment, frame, bodies)
        for frame in (facts.obligations, reported.values, reported.task_reports)
    )
    # What came after the briefing was not there; but a period is judged by all that is known of it now.
    seen_at = max(moment, known_at or newest)
    ledger = states_at(
        obligations,
        files=facts.files,
        values=facts.values,
        waivers=facts.waivers,
        as_of=seen_at,
    )
    return Known(values=values, task_reports=task_reports, ledger=ledger, known_at=seen_at, bodies=bodies)


def _held_by(
    catalogue: Catalogue, moment: datetime, frame: pandas.DataFrame, bodies: Collection[str] | None
) -> pandas.DataFrame:
    """What these bodies, or those they stand for, reported or owe."""
    if bodies is None:
        return frame
    return frame[with_holders(catalogue, frame, moment)["agency_id"].isin(bodies)]


def touched_bodies(
    database: Database, catalogue: Catalogue, period: Period, since: datetime, until: datetime
) -> tree_rows.Touched:
    """Whose scores of a period may differ between two states of knowledge."""
    moment = scoring_moment(catalogue, period)
    return tree_rows.touched_since(database, _last_day(moment), since=since, until=until, seen_at=max(moment, since))


def newest_input(
    database: Database, catalogue: Catalogue, period: Period, known_at: datetime | None = None
) -> datetime | None:
    """When the newest row was recorded that a period's scores can depend on; None: nothing is known."""
    return tree_rows.newest_input(database, _last_day(scoring_moment(catalogue, period)), known_at)


def settled_periods(catalogue: Catalogue, period: Period) -> list[Period]:
    """The periods of everything that is scored, from the ledger's beginning to the day a period is scored on."""
    items = [item for item in items_of(catalogue) if _is_scored(catalogue, item)]
    lag = max((item.lag_days for item in items), default=0)
    first = catalogue.ledger_begins_on - timedelta(days=lag + _LONGEST_PERIOD_DAYS)
    return periods_owed(catalogue, items, first, _last_day(scoring_moment(catalogue, period)))


def _is_scored(catalogue: Catalogue, item: Item) -> bool:
    """Figures that belong to no resolution, such as those of every day, are no leaves."""
    return item.kind is not ItemKind.INDICATOR or catalogue.indicators[item.item_id].resolution is not None


def _last_day(moment: datetime) -> date:
    return moment.astimezone(TIME_ZONE).date()


def names_of_nodes(catalogue: Catalogue) -> dict[str, str]:
    """Vietnamese name of every node; codes of resolutions, tasks, blocks and bodies never meet."""
    return {
        **{key: body.short_vi for key, body in catalogue.bodies.items()},
        **{key: block.name_vi for key, block in catalogue.blocks.items()},
        **{key: resolution.number for key, resolution in catalogue.resolutions.items()},
        **{key: task.name_vi for key, task in catalogue.tasks.items()},
    }


def scores_as_stored(database: Database, scoring_run_id: int) -> ResolutionScores:
    """The scores of a run, as they were stored."""
    leaves, nodes = tree_rows.tree_of_run(database, scoring_run_id)
    return ResolutionScores(leaves=typed(leaves), nodes=typed(nodes))
