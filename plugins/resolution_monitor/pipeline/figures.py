"""Figures of bodies' reports by period, kept and just read: against them a report is seen to repeat the one before."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal

from resolution_monitor.normalise.body_report import ReportReading
from resolution_monitor.normalise.checks.answers import figures_of
from resolution_monitor.period import Period, shifted
from resolution_monitor.store.connect import Database
from resolution_monitor.store.reading_rows import figures_of_period
from resolution_monitor.terms import Submission

_Told = tuple[datetime, dict[str, Decimal]]


class Figures:
    """What each body's files say of a period; those of this run stand in place of what the database holds of them."""

    def __init__(self, database: Database) -> None:
        self._database = database
        # Period -> body -> submission -> when it came, and its figures.
        self._known: dict[Period, dict[str, dict[int, _Told]]] = {}

    def before(self, agency_id: str, period: Period, received_at: datetime) -> Mapping[str, Decimal] | None:
        """Figures of the newest file for the period before that came before this one; None when there was none."""
        told = self._of(shifted(period, -1)).get(agency_id, {})
        earlier = [(came, number, figures) for number, (came, figures) in told.items() if came < received_at]
        return max(earlier, key=lambda one: one[:2])[2] if earlier else None

    def note(self, submission: Submission, reading: ReportReading) -> None:
        """Remember what a file of this run says."""
        if reading.report is not None and reading.period is not None:
            told = (submission.received_at, figures_of(reading.report))
            self._of(reading.period).setdefault(submission.sender_id, {})[submission.submission_id] = told

    def _of(self, period: Period) -> dict[str, dict[int, _Told]]:
        if period not in self._known:
            found: dict[str, dict[int, _Told]] = {}
            for row in figures_of_period(self._database, period):
                of_body = found.setdefault(row["agency_id"], {})
                _, figures = of_body.setdefault(int(row["submission_id"]), (row["received_at"], {}))
                figures[row["item_id"]] = row["figure"]
            self._known[period] = found
        return self._known[period]
