"""Where does each obligation stand?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import pandas

from resolution_monitor.catalogue.entries import Catalogue
from resolution_monitor.errors import NothingToReportError
from resolution_monitor.ledger.items import REPORT_ID, ItemKind, require_agency
from resolution_monitor.ledger.rates import CELL_COLUMNS, with_cells
from resolution_monitor.ledger.states import BODY_AND_PERIOD, states_at
from resolution_monitor.period import Period
from resolution_monitor.store import ledger_rows
from resolution_monitor.store.connect import Database
from resolution_monitor.terms import SubmissionState

REPORT_NAME = "Báo cáo định kỳ"
COLUMNS = (
    "period",
    "block",
    "agency_id",
    "agency",
    "item_kind",
    "item_id",
    "item",
    "state",
    "due_at",
    "cut_off_at",
    "received_at",
    "weight",
    "is_weight_assumed",
    "answer",
    *CELL_COLUMNS,
    "submission_id",
)


@dataclass(frozen=True, slots=True)
class Seen:
    """
    From where one looks at the ledger.

    Attributes:
        as_of: The instant asked about: what came later is not seen.
        known_at: What was recorded later is not seen; None sees everything.
    """

    as_of: datetime
    known_at: datetime | None = None


def standing(
    database: Database, catalogue: Catalogue, periods: Sequence[Period], *, seen: Seen, agency_id: str | None = None
) -> pandas.DataFrame:
    """
    One row per obligation of the periods with COLUMNS, by period, block, body and item; instants are UTC.

    Args:
        agency_id: Only what this body owes; of a province, what its five bodies owe.

    Raises:
        LedgerError: There is no such body.
        NothingToReportError: Nothing is owed for the periods, or nothing was known of them then.
    """
    if agency_id is not None:
        require_agency(catalogue, agency_id)
    facts = ledger_rows.facts_as_known(database, [period.name for period in periods], seen.known_at)
    if facts.obligations.empty:
        raise NothingToReportError(_nothing_owed(catalogue, periods, seen))
    found = states_at(
        facts.obligations,
        files=facts.files,
        values=facts.values,
        waivers=facts.waivers,
        as_of=seen.as_of,
    )
    rows = _named(catalogue, _with_files(with_cells(found, facts.values), facts.files))
    if agency_id is None:
        return rows
    asked = {agency_id, *(key for key, body in catalogue.bodies.items() if body.parent == agency_id)}
    return rows[rows["agency_id"].isin(asked)].reset_index(drop=True)


def _with_files(rows: pandas.DataFrame, files: pandas.DataFrame) -> pandas.DataFrame:
    """The number of the submission that answers, for a report that of the latest file which could be read."""
    readable = files[files["state"] != SubmissionState.REJECTED.value].sort_values("received_at", kind="stable")
    latest = readable.drop_duplicates(list(BODY_AND_PERIOD), keep="last").set_index(list(BODY_AND_PERIOD))
    of_file = latest["submission_id"].reindex(pandas.MultiIndex.from_frame(rows[list(BODY_AND_PERIOD)]))
    is_report = rows["item_kind"] == ItemKind.REPORT.value
    numbers = rows["submission_id"].where(~is_report, of_file.set_axis(rows.index))
    return rows.assign(submission_id=numbers.astype(object).where(numbers.notna(), None))


def _nothing_owed(catalogue: Catalogue, periods: Sequence[Period], seen: Seen) -> str:
    names = [period.name for period in periods]
    span = " to ".join(dict.fromkeys((names[0], names[-1]))) if names else "periods that end in between"
    when = f" as known at {seen.known_at.isoformat(timespec='minutes')}" if seen.known_at else ""
    return (
        f"nothing is owed for {span}{when}: no report, indicator or task has such a period, or it fell due before the "
        f"ledger begins on {catalogue.ledger_begins_on} (catalogue/calendars.yaml)"
    )


def _named(catalogue: Catalogue, rows: pandas.DataFrame) -> pandas.DataFrame:
    names = {REPORT_ID: REPORT_NAME}
    names |= {key: indicator.name_vi for key, indicator in catalogue.indicators.items()}
    names |= {key: task.name_vi for key, task in catalogue.tasks.items()}
    bodies = catalogue.bodies
    named = rows.assign(
        period=rows["period_name"],
        agency=rows["agency_id"].map(lambda key: bodies[key].short_vi if key in bodies else key),
        block=rows["agency_id"].map(lambda key: (bodies[key].block or "") if key in bodies else ""),
        # An item that has left the catalogue is still known by its code.
        item=rows["item_id"].map(lambda key: names.get(key, key)),
        answer=rows["value_state"].where(rows["value_state"].notna(), rows["task_state"]),
    )
    order = ["period_end", "period_kind", "block", "agency_id", "item_kind", "item_id"]
    return named.sort_values(order, kind="stable").reset_index(drop=True)[list(COLUMNS)]
