"""What is missing: owed, cut off, and neither received nor waived?"""

import pandas

from resolution_monitor.ask.status import Seen, standing
from resolution_monitor.catalogue.entries import Catalogue
from resolution_monitor.ledger.obligations import every_period_owed
from resolution_monitor.ledger.states import ObligationState
from resolution_monitor.period import Period
from resolution_monitor.store.connect import Database

COLUMNS = ("period", "block", "agency_id", "agency", "item_kind", "item_id", "item", "due_at", "cut_off_at")


def missing(
    database: Database,
    catalogue: Catalogue,
    between: tuple[Period, Period],
    *,
    seen: Seen,
    agency_id: str | None = None,
) -> pandas.DataFrame:
    """
    One row per obligation that is missing with COLUMNS, by period, block, body and item; empty when nothing is.

    Args:
        between: Periods of any kind count that end between the first one's first day and the last one's last.
        agency_id: Only what this body owes; of a province, what its five bodies owe.

    Raises:
        LedgerError: There is no such body.
        NothingToReportError: Nothing is owed for the periods, or nothing was known of them then.
    """
    first, last = between
    periods = every_period_owed(catalogue, first.start, last.end)
    rows = standing(database, catalogue, periods, seen=seen, agency_id=agency_id)
    return rows[rows["state"] == ObligationState.MISSING.value].reset_index(drop=True)[list(COLUMNS)]
