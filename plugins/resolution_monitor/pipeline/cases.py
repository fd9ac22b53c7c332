"""What shares were made of, kept and just read: against it a body is believed that it has nothing to report."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple

from resolution_monitor.catalogue.entries import Catalogue
from resolution_monitor.method.nothing_to_report import WINDOW, Cases
from resolution_monitor.method.registry import kinds
from resolution_monitor.normalise.body_report import ReportReading
from resolution_monitor.period import Period
from resolution_monitor.reporting.content import ValueState
from resolution_monitor.store.closing_rows import Acceptances
from resolution_monitor.store.connect import Database
from resolution_monitor.store.reading_rows import cases_told
from resolution_monitor.terms import Submission


class _Told(NamedTuple):
    """What one file told of one indicator and period; None where that says nothing of how rare cases are."""

    received_at: datetime
    submission_id: int
    cases: Cases | None


class _Place(NamedTuple):
    """Whose figure of what."""

    agency_id: str
    indicator_id: str
    period_kind: str


# Last day of a period -> what files told of it.
_ByPeriod = dict[date, list[_Told]]


class CasesTold:
    """What each body's files say of the parts of shares; the database is asked once somebody has nothing to report."""

    def __init__(self, database: Database, catalogue: Catalogue, accepted: Acceptances) -> None:
        self._database = database
        self._accepted = accepted
        self._shares = frozenset(key for key, one in catalogue.indicators.items() if kinds()[one.kind].has_parts)
        self._stored: dict[_Place, _ByPeriod] | None = None
        self._read: dict[_Place, _ByPeriod] = {}

    def before(self, bodies: Collection[str], period: Period, item: str, received_at: datetime) -> list[Cases]:
        """
        The parts of an indicator in the last periods before one, in order, as told by files that came before this one.

        Args:
            bodies: Who reports, and those it stands for.
        """
        if item not in self._shares:
            return []
        by_period: _ByPeriod = {}
        for body in sorted(bodies):
            for day, told in self._of(_Place(body, item, period.kind)).items():
                by_period.setdefault(day, []).extend(told)
        days = [day for day in sorted(by_period) if day < period.end]
        cases = [one for day in days if (one := _standing(by_period[day], received_at)) is not None]
        return cases[-WINDOW:]

    def note(self, submission: Submission, reading: ReportReading) -> None:
        """Remember what a file of this run says, in place of what is known of it."""
        if reading.report is None or reading.period is None:
            return
        for entry in reading.report.indicators:
            if entry.indicator_id in self._shares:
                place = _Place(submission.sender_id, entry.indicator_id, reading.period.kind)
                parts = (entry.state.value, entry.numerator, entry.denominator)
                told = self._told(entry.indicator_id, submission.submission_id, submission.received_at, *parts)
                self._read.setdefault(place, {}).setdefault(reading.period.end, []).append(told)

    def _of(self, place: _Place) -> _ByPeriod:
        """What is stored, but for files read in this run: these say what they say now, whenever they came."""
        if self._stored is None:
            self._stored = self._load()
        read = self._read.get(place, {})
        found = {day: [*told] for day, told in read.items()}
        for day, told in self._stored.get(place, {}).items():
            now = {one.submission_id: one.cases for one in read.get(day, ())}
            found.setdefault(day, []).extend(one._replace(cases=now.get(one.submission_id, one.cases)) for one in told)
        return found

    def _load(self) -> dict[_Place, _ByPeriod]:
        found: dict[_Place, _ByPeriod] = {}
        for row in cases_told(self._database, sorted(self._shares)):
            place = _Place(row["agency_id"], row["indicator_id"], row["period_kind"])
            parts = (row["value_state"], row["numerator"], row["denominator"])
            one = self._told(row["indicator_id"], int(row["submission_id"]), row["received_at"], *parts)
            found.setdefault(place, {}).setdefault(row["period_end"], []).append(one)
        return found

    def _told(
        self,
        item: str,
        submission_id: int,
        received_at: datetime,
        state: str,
        numerator: Decimal | None,
        denominator: Decimal | None,
    ) -> _Told:
        """No case at all is a count where a named person accepted it; else it is a claim, or it would prove itself."""
        cases = None if denominator is None else Cases(numerator, denominator)
        if state == ValueState.NO_ACTIVITY.value or denominator == 0:
            is_accepted = item in self._accepted.get(submission_id, {})
            cases = Cases(None, Decimal(0), is_claimed=not is_accepted)
        return _Told(received_at, submission_id, cases)


def _standing(told: Sequence[_Told], received_at: datetime) -> Cases | None:
    """What the last file that came before an instant told."""
    earlier = [one for one in told if one.received_at < received_at]
    return max(earlier, key=lambda one: (one.received_at, one.submission_id)).cases if earlier else None
