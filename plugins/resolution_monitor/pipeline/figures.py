"""Figures of bodies' reports by period, kept and just read: a report is held against its own and others' before."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime, time
from decimal import Decimal

from resolution_monitor.normalise.body_report import ReportReading
from resolution_monitor.normalise.checks.answers import figures_of
from resolution_monitor.normalise.checks.peers import FEWEST_PEERS, Peers
from resolution_monitor.period import TIME_ZONE, Period, shifted
from resolution_monitor.store.connect import Database
from resolution_monitor.store.reading_rows import figures_of_period
from resolution_monitor.terms import Submission

# Of a period that is reported after the next has begun, the one before is what was known.
_PERIODS_BACK = 3
# Submission and when it came: one that its sender returned to came twice.
_Coming = tuple[int, datetime]


class Figures:
    """What each body's files say of a period; those of this run stand in place of what the database holds of them."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._known: dict[Period, dict[str, dict[_Coming, dict[str, Decimal]]]] = {}
        self._others: dict[Period, dict[str, dict[str, Decimal]]] = {}

    def before(self, agency_id: str, period: Period, received_at: datetime) -> Mapping[str, Decimal] | None:
        """Figures of the newest file for the period before that came before this one; None when there was none."""
        told = self._of(shifted(period, -1)).get(agency_id, {})
        earlier = [(came, number) for number, came in told if came < received_at]
        return told[max(earlier)[::-1]] if earlier else None

    def of_peers(self, agency_id: str, period: Period) -> Peers:
        """
        By item what other bodies said of the nearest period before of which enough had told when this one began.

        What came later is left out, so that nothing depends on what else is read in the same run; files must be noted
        in the order in which they came.
        """
        if period not in self._others:
            self._others[period] = self._told_when_begun(period)
        told = self._others[period].items()
        return {item: [one for body, one in by_body.items() if body != agency_id] for item, by_body in told}

    def _told_when_begun(self, period: Period) -> dict[str, dict[str, Decimal]]:
        """Item -> body -> figure."""
        begun_at = datetime.combine(period.start, time.min, tzinfo=TIME_ZONE)
        found: dict[str, dict[str, Decimal]] = {}
        for steps in range(1, _PERIODS_BACK + 1):
            told: dict[str, dict[str, Decimal]] = defaultdict(dict)
            for body in self._of(shifted(period, -steps)):
                for item, figure in (self.before(body, shifted(period, 1 - steps), begun_at) or {}).items():
                    told[item][body] = figure
            enough = {item: by_body for item, by_body in told.items() if len(by_body) > FEWEST_PEERS}
            found = enough | found
        return found

    def note(self, submission: Submission, reading: ReportReading) -> None:
        """Remember what a file of this run says."""
        if reading.report is not None and reading.period is not None:
            of_body = self._of(reading.period).setdefault(submission.sender_id, {})
            again = [coming for coming in of_body if coming[0] == submission.submission_id]
            figures = figures_of(reading.report)
            of_body.update(dict.fromkeys([(submission.submission_id, submission.received_at), *again], figures))

    def _of(self, period: Period) -> dict[str, dict[_Coming, dict[str, Decimal]]]:
        if period not in self._known:
            found: dict[str, dict[_Coming, dict[str, Decimal]]] = {}
            for row in figures_of_period(self._database, period):
                of_body = found.setdefault(row["agency_id"], {})
                of_body.setdefault((int(row["submission_id"]), row["received_at"]), {})[row["item_id"]] = row["figure"]
            self._known[period] = found
        return self._known[period]
