"""What is closed: said to be finished for good by a report that stands; nobody owes it for the periods after.

An item is closed for a period when the last standing report of it before that period says so: one that a person
accepted as open again is owed from the next period on, and never for those between. Source: docs/method.md, clause 2.5.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from resolution_monitor.period import Period
from resolution_monitor.reporting.content import TaskState
from resolution_monitor.reporting.documents import document_numbers, issuer_in, names_document

_Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Told:
    """
    What one report said of an item that can be closed.

    Attributes:
        is_closed: A task done with day and product; an indicator that reached its target at its deadline or later.
        done_on, product: Of a task that is done.
        figure: Of an indicator; None where there is no value.
        is_own: Said by the body itself, which goes before what a form of another sender says of it.
        disproved_on: The day a named person found that its document proves nothing; from then on it is open.
        submission_id, received_at: Of its file; 0 and None for what follows from figures of several files.
    """

    agency_id: str
    item_id: str
    period_end: date
    is_closed: bool
    done_on: date | None = None
    product: str = ""
    figure: Decimal | None = None
    is_own: bool = True
    submission_id: int = 0
    received_at: datetime | None = None
    disproved_on: date | None = None

    def closes(self, day: date) -> bool:
        """Whether this closes it for a period that ends on a day: what was disproved later was closed until then."""
        return self.is_closed and (self.disproved_on is None or day < self.disproved_on)


@dataclass(frozen=True, slots=True)
class Closed:
    """
    What stands of a closed item, and is changed only by a decision of a named person.

    Attributes:
        since: Last day of the period whose report first said so, in the unbroken run of reports that do.
        is_owed: The item is owed for the period asked about all the same: nothing before that period closed it.
        figures: Of an indicator, by the last day of their periods; None where there is no value.
    """

    since: date
    done_on: date | None
    product: str
    is_owed: bool
    figures: Mapping[date, Decimal | None] = field(default_factory=dict)

    def figure_on(self, period_end: date) -> date | None:
        """The period whose figure stands for this one: its own, else the last since closing; None: nothing stands."""
        ends = [end for end in self.figures if end == period_end or self.since <= end <= period_end]
        return max(ends, default=None)


@dataclass(frozen=True, slots=True)
class Claim:
    """
    A task said to be done, with its day and document.

    Attributes:
        bodies: Who says so, and those it stands for.
        period_end: Last day of the period that is reported.
    """

    item_id: str
    product: str
    done_on: date | None
    bodies: frozenset[str]
    period_end: date
    received_at: datetime


class Closings:
    """Every report of what can be closed; of one body, item and period the latest received stands."""

    def __init__(self, told: Iterable[Told] = ()) -> None:
        self._by_body: dict[str, dict[str, list[Told]]] = defaultdict(_no_items)
        self._of_file: dict[int, set[_Key]] = defaultdict(set)
        self._items: set[str] = set()
        self._by_number: dict[str, set[_Key]] = defaultdict(set)
        for one in told:
            self._add(one)
        # What others say in the same run is not compared: several processes read it, in no order.
        self._kept = frozenset(self._of_file)

    def note(self, submission_id: int, told: Iterable[Told]) -> None:
        """Take a reading of a file in place of what is known of that file."""
        for agency_id, item_id in self._of_file.pop(submission_id, ()):
            held = self._by_body[agency_id]
            held[item_id] = [one for one in held[item_id] if one.submission_id != submission_id]
        for one in told:
            self._add(one)

    def _add(self, one: Told) -> None:
        self._by_body[one.agency_id][one.item_id].append(one)
        self._of_file[one.submission_id].add((one.agency_id, one.item_id))
        self._items.add(one.item_id)
        for number in document_numbers(one.product) if one.is_closed and one.product else ():
            self._by_number[number].add((one.agency_id, one.item_id))

    def proven(self, claim: Claim, issuers: Collection[str]) -> list[_Key]:
        """
        Bodies and items that a document proves by reports that came before a claim, the item claimed left out.

        Args:
            issuers: Whose symbol names one body alone: "12/QĐ-UBND" is another document in every province.
        """
        numbers = document_numbers(claim.product)
        named = sorted({(number, *key) for number in numbers for key in self._by_number.get(number, ())})
        found = set()
        for number, agency_id, item_id in named:
            is_own = agency_id in claim.bodies
            if item_id == claim.item_id or not (is_own or issuer_in(number) in issuers):
                continue
            told = self._standing({agency_id}, item_id, claim.received_at)
            if told and self._proves(told[-1], number, claim, is_own=is_own):
                found.add((agency_id, item_id))
        return sorted(found)

    def _proves(self, told: Told, number: str, claim: Claim, *, is_own: bool) -> bool:
        """Numbers begin anew every year; what a body said for the same period, it says anew."""
        is_other_file = told.period_end != claim.period_end if is_own else told.submission_id in self._kept
        days = told.done_on, claim.done_on
        is_same_year = len({day.year for day in days if day}) == 1 and None not in days
        stands = told.is_closed and told.disproved_on is None and number in document_numbers(told.product)
        return is_other_file and is_same_year and stands

    def may_close(self, item_id: str) -> bool:
        """Whether any report speaks of it at all."""
        return item_id in self._items

    def is_closed(self, item_id: str, bodies: Collection[str], period: Period) -> bool:
        """
        Whether nobody owes it for a period any more.

        Args:
            bodies: Who owes it, and those it stands for.
        """
        before = [one for one in self._standing(bodies, item_id) if one.period_end < period.end]
        return bool(before) and before[-1].closes(period.end)

    def known_to(self, bodies: Collection[str], period: Period, received_at: datetime) -> dict[str, Closed]:
        """
        By item: what was closed when a file for a period came.

        Args:
            bodies: Its sender, and those it stands for.
        """
        found = {}
        for item_id in sorted({item for body in bodies for item in self._by_body.get(body, {})}):
            standing = self._standing(bodies, item_id, received_at)
            if standing and standing[-1].is_closed and standing[-1].disproved_on is None:
                first = next(place for place in range(len(standing)) if all(one.is_closed for one in standing[place:]))
                before = [one for one in standing if one.period_end < period.end]
                is_owed = not (before and before[-1].closes(period.end))
                last = standing[-1]
                figures = {one.period_end: one.figure for one in standing}
                found[item_id] = Closed(standing[first].period_end, last.done_on, last.product, is_owed, figures)
        return found

    def _standing(self, bodies: Collection[str], item_id: str, received_at: datetime | None = None) -> list[Told]:
        """The latest received of each period, in order of periods; of files that came before an instant."""
        known = [one for body in bodies for one in self._by_body.get(body, {}).get(item_id, ())]
        came = [one for one in known if received_at is None or one.received_at is None or one.received_at < received_at]
        by_period = {one.period_end: one for one in sorted(came, key=_order)}
        return [by_period[end] for end in sorted(by_period)]


def _order(one: Told) -> tuple[bool, float, int]:
    return (one.is_own, one.received_at.timestamp() if one.received_at else 0.0, one.submission_id)


def _no_items() -> dict[str, list[Told]]:
    return defaultdict(list)


def closes(state: str, done_on: date | None, product: str | None) -> bool:
    """Whether a report of a task closes it: done, with the day and the number of its product."""
    return state == TaskState.DONE.value and done_on is not None and names_document(product)


NOTHING_CLOSED = Closings()
