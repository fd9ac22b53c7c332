"""
Random histories of a small ledger: five bodies of which two merge, three months, and what happens to them.

A history is a seed. What happens goes through store and database as in an installation; only files are not read.
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pandas

from resolution_monitor.ask.status import Seen, standing
from resolution_monitor.ask.status_counts import Level, counted_by
from resolution_monitor.catalogue.entries import Body, Catalogue, Group, Succession
from resolution_monitor.errors import LedgerError
from resolution_monitor.ledger.items import REPORT_ID
from resolution_monitor.period import Period, parse_period
from resolution_monitor.pipeline import Context, fill_ledger, reopen, retract, waive
from resolution_monitor.store import ledger_rows, queries, submission_rows
from resolution_monitor.store.load_step import load_step
from resolution_monitor.store.reading_rows import StoredReading, lines_of_reading, save_readings
from resolution_monitor.store.roles import as_purger
from resolution_monitor.store.submission_rows import ReceivedFile
from resolution_monitor.store.tree_rows import values_until
from resolution_monitor.terms import ReportedValue, Role

_AS_KNOWN = ("score/kpi_values_as_known", "score/task_reports_as_known", "versions/in_standing_reports/obstacle")
MONTHS = tuple(parse_period(f"2026-{month:02}") for month in (5, 6, 7))
MERGED_ON = date(2026, 6, 15)
PREDECESSORS, SUCCESSOR = ("HA", "HB"), "HC"
BODIES = ("BYT", "BTC", *PREDECESSORS, SUCCESSOR)
COMMON, OWN, LAGGING = "57.90", "57.91", "57.92"
BEGINS_AT = datetime(2026, 6, 1, tzinfo=UTC)
# A dozen steps are long enough for periods to open, to close after a year, and to be reopened.
MOST_HOURS = 110 * 24
DECISION = {"reason": "x", "author": "An"}
STATES = ("reported", "zero", "not_applicable", "no_activity", "withheld")
LEDGER_COLUMNS = ["period", "agency_id", "item_id", "state", "received_at", "weight", "answer", "submission_id"]
LEDGER_COLUMNS += ["cells_required", "cells_filled"]
TABLES = ("observation", "task_report", "obstacle", "request", "target", "retraction", "submission_state", "finding")
TABLES += ("submission", "obligation", "waiver", "reopening", "journal", "load_step", "filled_period")


def small_catalogue(whole: Catalogue) -> Catalogue:
    """Five bodies, of which two become one in June; a figure all report, figures of one body, a task each."""
    model = whole.bodies["BYT"]
    ends = {SUCCESSOR: (MERGED_ON, None), **dict.fromkeys(PREDECESSORS, (None, MERGED_ON - timedelta(days=1)))}
    made = {key: _body(model, key, *ends[key]) for key in (*PREDECESSORS, SUCCESSOR)}
    steps = tuple(Succession(key, SUCCESSOR, MERGED_ON, "x", "high") for key in PREDECESSORS)
    monthly = next(one for one in whole.indicators.values() if one.frequency == "month" and one.lead)
    task = next(one for one in whole.tasks.values() if one.lead)
    plain = replace(monthly, publication_lag_days=0, t0=None, assumed=())
    indicators = {
        COMMON: replace(plain, indicator_id=COMMON, lead=None, bodies=("GROUP",), weight=2.0),
        OWN: replace(plain, indicator_id=OWN, lead="BYT", assumed=("weight",)),
        LAGGING: replace(plain, indicator_id=LAGGING, lead=PREDECESSORS[0], publication_lag_days=40, weight=0.0),
    }
    tasks = {f"57-T9{n}": replace(task, task_id=f"57-T9{n}", lead=key, weight=0.5) for n, key in enumerate(BODIES[:4])}
    return replace(
        whole,
        bodies={"BYT": model, "BTC": whole.bodies["BTC"], **made},
        successions=steps,
        groups={"GROUP": Group("GROUP", "x", "x", BODIES[:4], (), "x", "high")},
        indicators=indicators,
        tasks=tasks,
        forms={},
    )


def _body(model: Body, key: str, first: date | None, last: date | None) -> Body:
    return replace(model, agency_id=key, name_vi=key, short_vi=key, aliases=(), valid_from=first, valid_to=last)


@dataclass(frozen=True, slots=True)
class Arrival:
    """One file and what it says of each item; an item whose row waits, or is left out, is not there."""

    number: int
    agency_id: str
    period: Period
    received_at: datetime
    state: str
    said: dict[str, str]


@dataclass(slots=True)
class Outcome:
    """
    What a history came to.

    Attributes:
        seen: Every answer as it was given, by the instant it was asked for.
        broken: One sentence per rule that did not hold; empty is good.
        counts: How often each thing happened.
    """

    seen: dict[datetime, pandas.DataFrame] = field(default_factory=dict)
    broken: list[str] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)

    def add(self, what: str, number: int = 1) -> None:
        self.counts[what] = self.counts.get(what, 0) + number

    def require(self, holds: bool, sentence: str) -> None:
        self.add("checks")
        if not holds:
            self.broken.append(sentence)


class History:
    """Plays one seed on a road whose database it empties first."""

    def __init__(self, context: Context, seed: int, *, shuffled: bool = False) -> None:
        self._random = random.Random(seed)
        self._order = random.Random(seed + 1) if shuffled else None
        self._context = replace(context, catalogue=small_catalogue(context.catalogue), now=BEGINS_AT)
        self._waiting: list[Arrival] = []
        self.outcome = Outcome()
        with context.database.transaction() as connection:
            as_purger(connection)
            connection.exec_driver_sql(f"truncate {', '.join(TABLES)} restart identity cascade")

    @property
    def now(self) -> datetime:
        return self._context.now

    def play(self, steps: int) -> Outcome:
        """So many things happen; after each the ledger is asked, and at the end everything is asked again."""
        self._fill()
        for left in reversed(range(steps)):
            self._context = replace(self._context, now=self.now + timedelta(hours=self._random.randint(1, MOST_HOURS)))
            self._happen()
            self._load()
            # Every level is made of the same obligations: bodies at each step, all levels at the last.
            self._look((Level.AGENCY,) if left else tuple(Level))
        self._look_back()
        return self.outcome

    def end(self) -> pandas.DataFrame:
        """The ledger at the end, without what depends on the order in which bodies' files were loaded."""
        rows = self._ledger(Seen(as_of=self.now))
        return rows.drop(columns="submission_id")

    def _happen(self) -> None:
        kinds = [self._arrivals] * 6 + [self._take_back, self._waive, self._read_again] * 2
        kinds += [self._reopen, self._change_catalogue, self._supersede_and_take_back]
        self._random.choice(kinds)()

    def _arrivals(self) -> None:
        """One to four files, some of them before others that came later, some late by a year."""
        self._waiting += [self._arrival() for _ in range(self._random.randint(1, 4))]

    def _arrival(self) -> Arrival:
        draw = self._random
        said = {key: draw.choice(STATES) for key in (COMMON, OWN, LAGGING) if draw.random() < 0.7}
        tasks = {f"57-T9{n}": draw.choice(("under_way", "done")) for n in range(4) if draw.random() < 0.7}
        received_at = max(BEGINS_AT, self.now - timedelta(hours=draw.randint(0, 24 * 30)))
        self.outcome.add("drawn")
        return Arrival(
            self.outcome.counts["drawn"],
            draw.choice(BODIES),
            draw.choice(MONTHS),
            received_at - timedelta(seconds=draw.randint(0, 3599)),
            draw.choice(("accepted", "accepted", "accepted_in_part", "rejected")),
            said | tasks,
        )

    def _load(self) -> None:
        """Files of different bodies in either order; those of one body in the order they were drawn."""
        waiting, self._waiting = self._waiting, []
        if self._order:
            first = self._order.sample(
                sorted({one.agency_id for one in waiting}), len({one.agency_id for one in waiting})
            )
            waiting = sorted(waiting, key=lambda one: first.index(one.agency_id))
        for arrival in waiting:
            self._receive(arrival)

    def _receive(self, arrival: Arrival) -> int:
        self.outcome.add("files")
        digest = f"{arrival.number:064x}"
        with load_step(self._context.database, "arrival", self.now) as step:
            file = ReceivedFile(arrival.agency_id, "inbox", "a.xlsx", digest, 1, arrival.received_at)
            (number,) = submission_rows.insert_submissions(step, [file]).new.values()
            save_readings(step, [_reading(number, arrival)])
        return number

    def _numbers(self) -> list[int]:
        with self._context.database.transaction() as connection:
            found = connection.exec_driver_sql("select submission_id from submission order by sha256").scalars().all()
        return [int(number) for number in found]

    def _take_back(self) -> None:
        numbers = self._numbers()
        if numbers:
            number = self._random.choice(numbers)
            (_, item) = self._random.choice(sorted(ledger_rows.retractable(self._context.database, number)))
            withdraw = self._random.random() < 0.2
            self._decide("retractions", retract, submission_id=number, item_id=item, withdraw=withdraw)

    def _waive(self) -> None:
        agency_id, period = self._random.choice(BODIES), self._random.choice(MONTHS)
        item = self._random.choice((REPORT_ID, REPORT_ID, COMMON, COMMON, OWN))
        withdraw = self._random.random() < 0.2
        self._decide("waivers", waive, agency_id=agency_id, item_id=item, period=period, withdraw=withdraw)

    def _reopen(self) -> None:
        agency_id, period = self._random.choice(BODIES), self._random.choice(MONTHS)
        self._decide("reopenings", reopen, agency_id=agency_id, period=period)

    def _decide(self, what: str, decide: Any, **given: Any) -> None:
        """A decision that finds nothing to decide about is refused, and that is no fault."""
        try:
            decide(self._context, **given, **DECISION)
        except LedgerError:
            self.outcome.add("refused decisions")
        else:
            self.outcome.add(what)

    def _read_again(self) -> None:
        """A file read under another catalogue holds other rows than before."""
        numbers = self._numbers()
        if numbers:
            number, arrival = self._random.choice(numbers), self._arrival()
            with self._context.database.transaction() as connection:
                sender = connection.exec_driver_sql(f"select sender_id from submission where submission_id = {number}")
                arrival = replace(arrival, agency_id=sender.scalar_one())
            with load_step(self._context.database, "again", self.now) as step:
                save_readings(step, [_reading(number, arrival)])
            self.outcome.add("readings again")

    def _change_catalogue(self) -> None:
        """A task leaves or comes back, weights change."""
        catalogue = self._context.catalogue
        everything = small_catalogue(catalogue) if not catalogue.tasks else catalogue
        weights = {
            key: replace(one, weight=self._random.choice((0.0, 1.0, 3.0))) for key, one in everything.tasks.items()
        }
        kept = {key: one for key, one in weights.items() if self._random.random() < 0.8}
        indicators = {
            key: replace(one, weight=self._random.choice((0.0, 1.0, 5.0))) for key, one in catalogue.indicators.items()
        }
        self._context = replace(
            self._context, catalogue=replace(catalogue, tasks=kept or weights, indicators=indicators)
        )
        self._fill()
        self.outcome.add("catalogue changes")

    def _supersede_and_take_back(self) -> None:
        """A file that supersedes and is taken back leaves everything as it was."""
        before = self._ledger(Seen(as_of=self.now)), self._values()
        number = self._receive(replace(self._arrival(), received_at=self.now - timedelta(minutes=1), state="accepted"))
        retract(self._context, submission_id=number, item_id=None, **DECISION)
        after = self._ledger(Seen(as_of=self.now)), self._values()
        same = before[0].equals(after[0]) and before[1] == after[1]
        self.outcome.require(same, f"{self.now}: superseded and taken back is not as before")
        self.outcome.add("superseded and taken back")

    def _fill(self) -> None:
        fill_ledger(self._context, MONTHS[0], MONTHS[-1])

    def _ledger(self, seen: Seen) -> pandas.DataFrame:
        return _plain(self._standing(seen))

    def _standing(self, seen: Seen) -> pandas.DataFrame:
        return standing(self._context.database, self._context.catalogue, list(MONTHS), seen=seen)

    def _values(self, known_at: datetime | None = None) -> list[str]:
        """What scores and briefings read."""
        parameters = values_until(MONTHS[-1].end, known_at)
        found = []
        with self._context.database.transaction() as connection:
            for name in _AS_KNOWN:
                rows = queries.rows(self._context.database, connection, name, **parameters)
                found += [str(sorted(row.items(), key=lambda pair: pair[0])) for row in rows]
        return found

    def _look(self, levels: Sequence[Level]) -> None:
        asked_at = self._newest()
        rows = self._standing(Seen(as_of=asked_at, known_at=asked_at))
        self._check_rates(rows, levels)
        self._check_merger(rows)
        self.outcome.seen[asked_at] = self._kept(rows, asked_at)

    def _newest(self) -> datetime:
        """No row of a later step has a time before it: what is asked for at it can never change."""
        with self._context.database.transaction() as connection:
            return connection.exec_driver_sql("select max(recorded_at) from load_step").scalar_one()

    def _kept(self, rows: pandas.DataFrame, moment: datetime) -> pandas.DataFrame:
        """An answer as it was given: the ledger, and below it what scores and briefings read."""
        values = pandas.DataFrame({"period": self._values(moment)})
        return pandas.concat([_plain(rows), values], ignore_index=True)

    def _look_back(self) -> None:
        for moment, told in self.outcome.seen.items():
            again = self._kept(self._standing(Seen(as_of=moment, known_at=moment)), moment)
            self.outcome.require(told.equals(again), f"as known at {moment} is another answer now")

    def _check_rates(self, rows: pandas.DataFrame, levels: Sequence[Level]) -> None:
        for level in levels:
            counts = counted_by(rows, self._context.catalogue, level, self.now)
            for name in ("completeness_pct", "timeliness_pct"):
                known = counts[name].dropna()
                self.outcome.require(bool(((known >= 0) & (known <= 100)).all()), f"{self.now}: {name} by {level}")
            if level is not Level.PROVINCE:
                whole = counts["owed"].sum() == len(rows)
                self.outcome.require(whole, f"{self.now}: by {level} an obligation in two rows, or in none")
        filled = rows[rows["cells_filled"] > rows["cells_required"]]
        self.outcome.require(filled.empty, f"{self.now}: more cells filled than required")

    def _check_merger(self, rows: pandas.DataFrame) -> None:
        """After the merger one body owes, before it two; no item of a period is owed twice."""
        is_old, is_new = rows["agency_id"].isin(PREDECESSORS), rows["agency_id"] == SUCCESSOR
        before = rows["period"] == MONTHS[0].name
        self.outcome.require(not (is_old & ~before).any(), f"{self.now}: a body owes after its end")
        self.outcome.require(not (is_new & before).any(), f"{self.now}: a body owes before it began")
        merged = rows[is_new & ~before]
        twice = merged.duplicated(["period", "item_id"]).any()
        self.outcome.require(not twice, f"{self.now}: owed twice across the merger")
        common = rows[(rows["item_id"] == COMMON) & ~before].groupby("period").size()
        self.outcome.require(set(common) <= {3}, f"{self.now}: the figure of all counts {dict(common)}")


def _plain(rows: pandas.DataFrame) -> pandas.DataFrame:
    kept = rows[LEDGER_COLUMNS].astype(object)
    return kept.where(kept.notna(), None).reset_index(drop=True)


def _reading(number: int, arrival: Arrival) -> StoredReading:
    is_read = arrival.state != "rejected"
    tasks = {key: state for key, state in arrival.said.items() if "-T" in key}
    said = {key: state for key, state in arrival.said.items() if key not in tasks}
    return StoredReading(
        number,
        arrival.state,
        [arrival.period.name],
        lines=lines_of_reading(
            number,
            [_value(arrival, key, state) for key, state in said.items() if is_read],
            {"task_report": list(_tasks(arrival, tasks)) if is_read else []},
        ),
    )


def _value(arrival: Arrival, key: str, state: str) -> ReportedValue:
    return ReportedValue(
        role=Role.OBSERVATION,
        agency_id=arrival.agency_id,
        indicator_id=key,
        period_kind=arrival.period.kind,
        period_end=arrival.period.end,
        value={"reported": Decimal(arrival.number), "zero": Decimal(0)}.get(state),
        raw_text="x",
        printed_name="x",
        sheet="x",
        cell="A1",
        form="body_report",
        state=state,
    )


def _tasks(arrival: Arrival, tasks: dict[str, str]) -> Iterator[dict[str, Any]]:
    for key, state in tasks.items():
        is_done = state == "done"
        place = {
            "sheet": "x",
            "cell": "A1",
            "note": "",
            "evidence": "",
            "schedule": None,
            "product": "1/QD" if is_done and key != "57-T91" else "",
        }
        period = {"period_kind": arrival.period.kind, "period_end": arrival.period.end}
        done = {"done_pct": 100 if is_done else 50, "done_on": date(2026, 5, 20) if is_done else None}
        yield {"agency_id": arrival.agency_id, "task_id": key, "state": state, **period, **done, **place}


def permuted_alike(context: Context, seed: int, steps: int) -> bool:
    """Whether the ledger ends the same when files of different bodies are loaded in another order."""
    ends: Sequence[pandas.DataFrame] = []
    for shuffled in (False, True):
        history = History(context, seed, shuffled=shuffled)
        history.play(steps)
        ends = [*ends, history.end()]
    return ends[0].equals(ends[1])
