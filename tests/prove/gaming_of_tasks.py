"""Gaming with tasks and products: days, documents, parts, silence. Two bodies with the same tasks, one of them honest.

Both send workbooks from April to October 2026; each file goes down the road on the day it comes, from the inbox to the
score of October. What is returned is C at its low end.

PLAYS are to gain nothing; REMAINING are those that no rule keeps from paying, with what they gain.
"""

import os
import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

from prove.gaming_play import Play
from spec.tree_case import indicator, small, task

from resolution_monitor.ask.resolution_scores import scores_as_stored
from resolution_monitor.catalogue.entries import Catalogue, Indicator, Target, Task
from resolution_monitor.exchange.template import template_workbook
from resolution_monitor.period import TIME_ZONE, Period, parse_period
from resolution_monitor.pipeline import Context
from resolution_monitor.pipeline.collect import collect
from resolution_monitor.pipeline.normalise import normalise
from resolution_monitor.pipeline.score import score
from resolution_monitor.reporting.content import BodyReport, IndicatorEntry, Schedule, TaskEntry, TaskState, ValueState

HONEST, GAMING = "BTC", "BYT"
OCTOBER = parse_period("2026-10")
MONTHS = tuple(parse_period(f"2026-{month:02}") for month in range(4, 11))
REASON = "Đã rà soát lại toàn bộ hồ sơ của nhiệm vụ"
SENT = "Bản ký số gửi kèm báo cáo"
# Of each body: done in time in June, open since July, and due in August and done in October.
DONE, OPEN, LATE = "91-T1", "91-T2", "91-T3"
DUE = {DONE: date(2026, 6, 30), OPEN: date(2026, 7, 31), LATE: date(2026, 8, 31)}
DONE_ON = {DONE: date(2026, 6, 18), LATE: date(2026, 10, 1)}
BRIEFED = datetime(2026, 11, 12, 7, 0, tzinfo=TIME_ZONE)

Entries = dict[str, TaskEntry | IndicatorEntry]


@dataclass(frozen=True, slots=True)
class Sent:
    """One workbook of a body, laid into the inbox on a day."""

    agency_id: str
    period: Period
    entries: Mapping[str, TaskEntry | IndicatorEntry]
    at: date


def own(item_id: str, agency_id: str) -> str:
    """The same task of one of the bodies."""
    return f"{item_id}{'H' if agency_id == HONEST else 'G'}"


def done(day: date, number: str = "12/QĐ-ABC", note: str = REASON, evidence: str = SENT) -> TaskEntry:
    return TaskEntry("", TaskState.DONE, Decimal(100), day, number, note, evidence)


def under_way(pct: int = 60) -> TaskEntry:
    return TaskEntry("", TaskState.UNDER_WAY, Decimal(pct), None, note=REASON, schedule=Schedule.LATE)


def truth(month: Period) -> Entries:
    """What both bodies know of a month."""
    told: Entries = {}
    for item_id in DUE:
        day = DONE_ON.get(item_id)
        told[item_id] = done(day, f"{item_id[-1]}/QĐ-ABC") if day and day <= month.end else under_way()
    return told


def monthly(agency_id: str, told: Callable[[Period], Entries | None] = truth) -> list[Sent]:
    """One workbook a month, in time: on the 5th of the month after; None: none."""
    made = [(month, told(month)) for month in MONTHS]
    return [
        Sent(agency_id, month, entries, date(month.end.year, month.end.month + 1, 5))
        for month, entries in made
        if entries is not None
    ]


def from_october(changed: Entries) -> Callable[[Period], Entries]:
    """The truth, but for October."""
    return lambda month: truth(month) | (changed if month == OCTOBER else {})


def catalogue_of(whole: Catalogue, extra: Sequence[Task | Indicator] = ()) -> Catalogue:
    """Both bodies with the same three tasks, and what a play adds."""
    tasks = [task(own(item_id, body), body, due) for body in (HONEST, GAMING) for item_id, due in DUE.items()]
    chosen = small(whole, [*tasks, *extra])
    return replace(chosen, ledger_begins_on=date(2026, 5, 1), versions=(), begins=(), sha256="gaming")


def composites(road: Context, catalogue: Catalogue, files: Sequence[Sent]) -> tuple[float, float]:
    """C of both bodies in October, once all their workbooks went down the road, each on its day."""
    inbox = road.settings.home / "gaming"
    for day in sorted({one.at for one in files}):
        context = replace(road, catalogue=catalogue, now=datetime(day.year, day.month, day.day, 18, tzinfo=TIME_ZONE))
        for one in files:
            if one.at == day:
                _lay(inbox, catalogue, one)
        collect(context, inbox)
        normalise(context, None)
    shutil.rmtree(inbox)
    return scored(road, catalogue, max([BRIEFED, *(_at(one.at, 19) for one in files)]))


def scored(road: Context, catalogue: Catalogue, now: datetime) -> tuple[float, float]:
    """C of both bodies in October as known at a time."""
    run = score(replace(road, catalogue=catalogue, now=now), "resolutions_month", OCTOBER)
    nodes = scores_as_stored(road.database, run["scoring_run_id"]).nodes
    bodies = nodes[nodes["node_kind"] == "agency"].set_index("node_id")["composite_low"]
    return float(bodies[HONEST]), float(bodies[GAMING])


def _at(day: date, hour: int) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=TIME_ZONE)


def _lay(inbox: Path, catalogue: Catalogue, one: Sent) -> None:
    named = {_item(catalogue, item_id, one.agency_id): entry for item_id, entry in one.entries.items()}
    figures = tuple(
        replace(entry, indicator_id=key) for key, entry in named.items() if isinstance(entry, IndicatorEntry)
    )
    # Each body signs its own documents, unless a play names another's.
    tasks = tuple(
        replace(entry, task_id=key, product=entry.product.replace("ABC", one.agency_id))
        for key, entry in named.items()
        if isinstance(entry, TaskEntry)
    )
    report = BodyReport(one.agency_id, one.period, figures, tasks, (), ())
    content = template_workbook(catalogue, one.agency_id, one.period, items=list(named), filled=report)
    folder = inbox / one.agency_id
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{one.period.name}-{len(list(folder.iterdir()))}.xlsx"
    path.write_bytes(content)
    os.utime(path, (_at(one.at, 10).timestamp(),) * 2)


def _item(catalogue: Catalogue, item_id: str, agency_id: str) -> str:
    known = {*catalogue.tasks, *catalogue.indicators}
    return item_id if item_id in known else own(item_id, agency_id)


# --- 2.5: the day of a product --------------------------------------------------------------------------------------


def told_otherwise(*gamed: Sent | Callable[[Period], Entries | None]) -> Callable[..., tuple[float, float]]:
    """The honest body tells the truth; the other a story of its own, and what it sends besides."""

    def play(road: Context) -> tuple[float, float]:
        stories = [one for one in gamed if not isinstance(one, Sent)]
        besides = [one for one in gamed if isinstance(one, Sent)]
        files = [*monthly(HONEST), *monthly(GAMING, stories[0] if stories else truth), *besides]
        return composites(road, catalogue_of(road.catalogue), files)

    return play


EARLY = done(date(2026, 8, 28), "3/QĐ-ABC")
BACKDATED = told_otherwise(from_october({LATE: EARLY}))
# August once more, in November before October is reported, as if it had been done then.
AUGUST = MONTHS[4]
CORRECTED = told_otherwise(from_october({LATE: EARLY}), Sent(GAMING, AUGUST, {LATE: EARLY}, date(2026, 11, 4)))
MOVED = told_otherwise(Sent(GAMING, OCTOBER, {LATE: EARLY}, date(2026, 11, 6)))
CLOSED = told_otherwise(Sent(GAMING, OCTOBER, {DONE: done(date(2026, 5, 30), "1/QĐ-ABC")}, date(2026, 11, 6)))


def silent_until_late(month: Period) -> Entries | None:
    """Nothing is sent for August and September: their reports come late, in November, as if it had been done then."""
    return None if month.name in ("2026-08", "2026-09") else from_october({LATE: EARLY})(month)


LATE_REPORTS = told_otherwise(
    silent_until_late, *(Sent(GAMING, month, truth(month) | {LATE: EARLY}, date(2026, 11, 4)) for month in MONTHS[4:6])
)
RETURNED = told_otherwise(
    Sent(GAMING, OCTOBER, truth(OCTOBER) | {LATE: under_way()}, date(2026, 11, 6)),
    Sent(GAMING, OCTOBER, truth(OCTOBER), date(2026, 11, 7)),
)

# --- 2.3: evidence --------------------------------------------------------------------------------------------------

DOT = told_otherwise(from_october({OPEN: done(date(2026, 10, 20), ".")}))
BARE = told_otherwise(from_october({OPEN: done(date(2026, 10, 20), "")}))
PERCENT = told_otherwise(lambda month: truth(month) | ({OPEN: under_way(99)} if OPEN in truth(month) else {}))


def bare_product(road: Context) -> tuple[float, float]:
    """A product among the indicators: 1 is reported, without a document."""
    aims = {"kind": "binary", "unit": "có/không", "min_step": 1.0, "targets": (Target(2026, ">=", Decimal(1)),)}
    products = [indicator(own("91.0", body), body, **aims) for body in (HONEST, GAMING)]
    products = [replace(one, t0=date(2025, 12, 1), targets=(Target(2025, ">=", Decimal(1)),)) for one in products]

    def story(value: int) -> Callable[[Period], Entries]:
        figure = IndicatorEntry("", Decimal(value), ValueState.REPORTED if value else ValueState.ZERO)
        return lambda month: truth(month) | {"91.0": replace(figure, explanation=REASON)}

    files = [*monthly(HONEST, story(0)), *monthly(GAMING, story(1))]
    return composites(road, catalogue_of(road.catalogue, products), files)


def milestones(number: str) -> Callable[..., tuple[float, float]]:
    """A task in four steps of which one is done: the others are told to be done, too, by what is no document."""

    def play(road: Context) -> tuple[float, float]:
        steps: list[Task] = []
        for body in (HONEST, GAMING):
            whole = own("91-T4", body)
            steps.append(task(whole, None, date(2026, 9, 30)))
            steps += [task(f"{whole}/{step}", body, date(2026, 5 + step, 28), parent=whole) for step in range(1, 5)]

        def story(body: str, last: int) -> Callable[[Period], Entries]:
            def told(month: Period) -> Entries:
                made = truth(month)
                for step in range(1, 5):
                    proof = f"{step}/BC-ABC" if step == 1 else number
                    is_done = step <= last and month.end >= date(2026, 5 + step, 28)
                    made[f"{own('91-T4', body)}/{step}"] = (
                        done(date(2026, 5 + step, 20), proof) if is_done else under_way()
                    )
                return made

            return told

        files = [*monthly(HONEST, story(HONEST, 1)), *monthly(GAMING, story(GAMING, 4))]
        return composites(road, catalogue_of(road.catalogue, steps), files)

    return play


# --- 2.8: parts, and who helps --------------------------------------------------------------------------------------


def split(parts: int) -> Callable[..., tuple[float, float]]:
    """The task that is done is one of the honest body, and so many of the other."""

    def play(road: Context) -> tuple[float, float]:
        whole = own(DONE, GAMING)
        pieces = [task(f"{whole}/{number}", GAMING, DUE[DONE], parent=whole) for number in range(parts)]

        def story(month: Period) -> Entries:
            told = truth(month)
            one = told.pop(DONE)
            return told | {piece.task_id: one for piece in pieces}

        catalogue = catalogue_of(road.catalogue)
        tasks = {**catalogue.tasks, whole: task(whole, None, DUE[DONE]), **{one.task_id: one for one in pieces}}
        files = [*monthly(HONEST), *monthly(GAMING, story)]
        return composites(road, replace(catalogue, tasks=tasks), files)

    return play


def helped(members: int) -> Callable[..., tuple[float, float]]:
    """A third body does what both help with; what the other helps with is a task of many parts."""

    def play(road: Context) -> tuple[float, float]:
        single = task("91-T5", "VPTW", DUE[DONE], coordinating=(HONEST,))
        whole = task("91-T6", None, DUE[DONE])
        parts = [
            task(f"91-T6/{number}", "VPTW", DUE[DONE], parent="91-T6", coordinating=(GAMING,))
            for number in range(members)
        ]
        proof = {
            one.task_id: done(DONE_ON[DONE], f"{number}/BC-VPTW") for number, one in enumerate([single, *parts], 1)
        }

        def story(month: Period) -> Entries:
            return dict(proof) if month.end >= DONE_ON[DONE] else {key: under_way() for key in proof}

        files = [*monthly(HONEST), *monthly(GAMING), *monthly("VPTW", story)]
        return composites(road, catalogue_of(road.catalogue, [single, whole, *parts]), files)

    return play


# --- 2.7: silence ---------------------------------------------------------------------------------------------------

SILENT = told_otherwise(lambda month: None if month == OCTOBER else truth(month))
# The task that goes badly is left out of the workbooks, month by month.
LEFT_OUT = told_otherwise(lambda month: {key: one for key, one in truth(month).items() if key != OPEN})
GOOD_MONTHS = told_otherwise(lambda month: truth(month) if month.name in ("2026-06", "2026-10") else None)


def not_applicable(road: Context) -> tuple[float, float]:
    """A level on its way that falls back in October: the other body says that it does not apply."""
    levels = [indicator(own("91.1", body), body) for body in (HONEST, GAMING)]

    def story(last: IndicatorEntry) -> Callable[[Period], Entries]:
        def told(month: Period) -> Entries:
            value = Decimal((month.end - date(2026, 4, 30)).days)
            entry = IndicatorEntry("", value, ValueState.REPORTED, explanation=f"{REASON}: {value}")
            return truth(month) | {"91.1": last if month == OCTOBER else entry}

        return told

    bad = IndicatorEntry("", Decimal(120), ValueState.REPORTED, explanation=f"{REASON}: 120")
    none = IndicatorEntry("", None, ValueState.NOT_APPLICABLE, explanation=REASON)
    files = [*monthly(HONEST, story(bad)), *monthly(GAMING, story(none))]
    return composites(road, catalogue_of(road.catalogue, levels), files)


# --- 2.3: a document of another task --------------------------------------------------------------------------------

REPEATED = told_otherwise(from_october({OPEN: done(date(2026, 10, 20), "3/QĐ-ABC")}))
# Of its own task that is closed since June, and of a task of another body.
REPEATED_LATER = told_otherwise(from_october({OPEN: done(date(2026, 10, 20), "1/QĐ-ABC ngày 20/10/2026")}))
BORROWED = told_otherwise(from_october({OPEN: done(date(2026, 10, 20), f"1/QĐ-{HONEST}")}))

# --- What remains ---------------------------------------------------------------------------------------------------

INVENTED = told_otherwise(from_october({OPEN: done(date(2026, 10, 20), "123")}))


def within_the_month(road: Context) -> tuple[float, float]:
    """Both deliver on 20 October; one says so, the other says 1 October, which no report contradicts."""
    honest = monthly(HONEST, from_october({LATE: done(date(2026, 10, 20), "3/QĐ-ABC")}))
    return composites(road, catalogue_of(road.catalogue), [*honest, *monthly(GAMING)])


def easy_part(road: Context) -> tuple[float, float]:
    """The open task is split into four, of which three easy ones are done: each is believed to be worth a quarter."""
    whole = own(OPEN, GAMING)
    pieces = [task(f"{whole}/{number}", GAMING, DUE[OPEN], parent=whole) for number in range(4)]

    def story(month: Period) -> Entries:
        told = truth(month)
        one = told.pop(OPEN)
        is_done = month.end >= date(2026, 7, 20)
        easy = {piece.task_id: done(date(2026, 7, 20), "5/BC-ABC") if is_done else one for piece in pieces[1:]}
        return told | {pieces[0].task_id: one, **easy}

    catalogue = catalogue_of(road.catalogue)
    tasks = {**catalogue.tasks, whole: task(whole, None, DUE[OPEN]), **{one.task_id: one for one in pieces}}
    return composites(road, replace(catalogue, tasks=tasks), [*monthly(HONEST), *monthly(GAMING, story)])


# --- All of them ----------------------------------------------------------------------------------------------------

PLAYS = (
    Play("a product of October told as one of August", "2.5", 5.39, BACKDATED),
    Play("August corrected in November: it was done then", "2.5", 5.39, CORRECTED),
    Play("August and September sent late, in November: done then", "2.5", 1.9, LATE_REPORTS),
    Play("a reported day moved forward, to August", "2.5", 0.0, MOVED),
    Play("the day of a closed task moved", "2.5", 0.0, CLOSED),
    Play("done, then under way, then done again", "2.5", 0.0, RETURNED),
    Play("a done task in 2 parts", "2.8", 8.91, split(2)),
    Play("a done task in 5 parts", "2.8", 20.08, split(5)),
    Play("a done task in 10 parts", "2.8", 26.15, split(10)),
    Play("helping with a task of 10 parts, not of one", "2.8", 14.35, helped(10)),
    Play("a product reported as 1 without a document", "2.3", 9.19, bare_product),
    Play("steps of a task told to be done without a document", "2.3", 35.74, milestones(".")),
    Play("a dot for a document", "2.3", 15.3, DOT),
    Play("done without a document", "2.3", 0.0, BARE),
    Play("the number of another task's document", "2.3", 15.3, REPEATED),
    Play("the same of a task that is closed", "2.3", 15.3, REPEATED_LATER),
    Play("the same of another body's task", "2.3", 15.3, BORROWED),
    Play("99 % of an open task", "2.7", 0.0, PERCENT),
    Play("no report in a bad month", "2.7", -27.05, SILENT),
    Play("the bad task left out of every workbook", "2.7", 0.0, LEFT_OUT),
    Play("reports in two good months only", "2.8", -11.21, GOOD_MONTHS),
    Play("not applicable in a bad month", "2.7", -12.46, not_applicable),
)
# What no rule takes away, so that it is said and not hidden: a document that does not exist, until a named person looks
# for it; and a catalogue that splits what is easy from what is not.
REMAINING = (
    Play("an invented number, such as 123, until it is verified", "2.3", 15.3, INVENTED),
    Play("a day told as the first of the month that reports it", "2.5", 3.47, within_the_month),
    Play("an open task split, three easy parts of four done", "2.8", 17.62, easy_part),
)
