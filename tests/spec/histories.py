"""Random histories of one month of resolutions: arrivals, corrections, retractions, waivers, mergers, revised targets.

Three bodies of today and one that ends on the way, five indicators and three tasks of two resolutions; every step comes
later than the one before, and after each the month is scored again.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal

from tree_case import MONTHS, indicator, small, task

from resolution_monitor.catalogue.entries import Catalogue, Indicator, Succession, Target
from resolution_monitor.period import TIME_ZONE, Period

ENDING, HEIR = "X01", "BYT"
REPORTERS = ("BTC", "BYT", "VPTW", ENDING)
# When the body that ends becomes part of another: known from the start, or decided on the way.
ENDS_ON = date(2026, 8, 1)
FIRST_AT = datetime(2026, 11, 9, 8, 0, tzinfo=TIME_ZONE)


@dataclass(frozen=True, slots=True)
class File:
    """
    A workbook as it was understood.

    Attributes:
        values: indicator_id -> figure; None says that nothing happened.
        tasks: task_id -> the day it was done; None while it is under way.
    """

    number: int
    agency_id: str
    period: Period
    received_at: datetime
    state: str
    values: dict[str, float | None]
    tasks: dict[str, date | None]


@dataclass(frozen=True, slots=True)
class Step:
    """
    What becomes known at one time.

    Attributes:
        taken_back: Number of a file and item that a later reading no longer finds in it.
        waivers: Body, item kind, item, period, and whether a waiver is withdrawn.
        reopened: Body and period.
        retracted: Number of a file that a person takes back as a whole, and whether that is withdrawn.
    """

    at: datetime
    catalogue: Catalogue
    files: tuple[File, ...] = ()
    taken_back: tuple[tuple[int, str], ...] = ()
    waivers: tuple[tuple[str, str, str, str, bool], ...] = ()
    reopened: tuple[tuple[str, str], ...] = ()
    retracted: tuple[tuple[int, bool], ...] = ()


def history(catalogue: Catalogue, seed: int, steps: int) -> list[Step]:
    """A first delivery of what most bodies report, then smaller changes."""
    chance = random.Random(seed)
    current, told = _catalogue(catalogue, chance), []
    first = Step(FIRST_AT, current, files=tuple(_delivery(chance, told, current)))
    made, at = [first], FIRST_AT
    for number in range(1, steps):
        at += timedelta(hours=chance.choice([1, 30, 80]))
        if chance.random() < 0.2:
            current = _changed(chance, current, number)
        made.append(_step(chance, at, current, told))
    return made


def _step(chance: random.Random, at: datetime, current: Catalogue, told: list[File]) -> Step:
    files = [_file(chance, told, current, chance.choice(REPORTERS), at) for _ in range(chance.choice([0, 1, 1, 2]))]
    taken_back = [_taken_back(chance, told)] if chance.random() < 0.4 else []
    waivers = [_waiver(chance, current)] if chance.random() < 0.3 else []
    reopened = [(chance.choice(REPORTERS), chance.choice(MONTHS).name)] if chance.random() < 0.2 else []
    retracted = [(chance.choice(told).number, chance.random() < 0.3)] if chance.random() < 0.3 else []
    return Step(at, current, tuple(files), tuple(taken_back), tuple(waivers), tuple(reopened), tuple(retracted))


def _catalogue(catalogue: Catalogue, chance: random.Random) -> Catalogue:
    items = (
        indicator("91.01", "BTC"),
        indicator("91.02", "BYT", baseline=None),
        indicator("92.01", ENDING, kind="cumulative"),
        replace(indicator("92.02", "BYT"), lead=None, bodies=("everybody",)),
        indicator("92.03", "VPTW", kind="binary"),
        task("91-T01", "VPTW", date(2026, 9, 30), coordinating=("BTC",)),
        task("92-T02", "BTC", date(2026, 6, 30), is_due_assumed=True),
        task("92-T03", None, date(2026, 10, 15)),
        task("92-T03/BYT", "BYT", date(2026, 10, 15), parent="92-T03", coordinating=(ENDING,)),
    )
    chosen = small(catalogue, items)
    ending = replace(catalogue.bodies[HEIR], agency_id=ENDING, valid_to=None)
    everybody = replace(next(iter(catalogue.groups.values())), members=("BTC", HEIR, ENDING))
    whole = replace(
        chosen,
        sha256="first",
        ledger_begins_on=date(2026, 6, 1),
        bodies={**chosen.bodies, ENDING: ending},
        groups={"everybody": everybody},
    )
    return _merged(whole) if chance.random() < 0.5 else whole


def _merged(catalogue: Catalogue) -> Catalogue:
    ended = replace(catalogue.bodies[ENDING], valid_to=ENDS_ON - timedelta(days=1))
    step = Succession(ENDING, HEIR, ENDS_ON, "x", "high")
    return replace(catalogue, bodies={**catalogue.bodies, ENDING: ended}, successions=(step,))


def _changed(chance: random.Random, catalogue: Catalogue, number: int) -> Catalogue:
    """A body becomes part of another, or a target is revised."""
    changed = _merged(catalogue) if not catalogue.successions and chance.random() < 0.5 else _revised(chance, catalogue)
    return replace(changed, sha256=f"after step {number}")


def _revised(chance: random.Random, catalogue: Catalogue) -> Catalogue:
    one = chance.choice([catalogue.indicators[key] for key in ("91.01", "91.02", "92.01")])
    revised = replace(one, targets=(Target(2026, ">=", Decimal(chance.randint(150, 400))),))
    return replace(catalogue, indicators={**catalogue.indicators, one.indicator_id: revised})


def _delivery(chance: random.Random, told: list[File], catalogue: Catalogue) -> list[File]:
    files = []
    for agency_id in REPORTERS:
        for month in MONTHS:
            if chance.random() < 0.75:
                came = datetime(month.end.year, month.end.month, month.end.day, 9, tzinfo=TIME_ZONE)
                files.append(_file(chance, told, catalogue, agency_id, min(FIRST_AT, came + timedelta(days=3)), month))
    return files


def _file(
    chance: random.Random,
    told: list[File],
    catalogue: Catalogue,
    agency_id: str,
    at: datetime,
    period: Period | None = None,
) -> File:
    month = period or chance.choice(MONTHS)
    items = [one.indicator_id for one in catalogue.indicators.values() if agency_id in catalogue.reporters_of(one)]
    tasks = [one.task_id for one in catalogue.tasks.values() if one.lead == agency_id]
    done = month.end - timedelta(days=chance.randint(0, 20))
    state = chance.choices(["accepted", "accepted_in_part", "rejected"], [8, 1, 1])[0]
    is_read = state != "rejected"
    made = File(
        number=len(told) + 1,
        agency_id=agency_id,
        period=month,
        # A channel's clock may run ahead of ours.
        received_at=at + timedelta(minutes=chance.choice([-300, -60, -1, -1, 20])),
        state=state,
        values={key: _figure(chance, catalogue.indicators[key]) for key in items if is_read and chance.random() < 0.9},
        tasks={key: chance.choice([None, done]) for key in tasks if is_read and chance.random() < 0.9},
    )
    told.append(made)
    return made


def _figure(chance: random.Random, one: Indicator) -> float | None:
    if chance.random() < 0.05:
        return None
    return float(chance.randint(0, 1)) if one.kind == "binary" else chance.randint(0, 3000) / 10


def _taken_back(chance: random.Random, told: Sequence[File]) -> tuple[int, str]:
    file = chance.choice(told)
    return file.number, chance.choice([*file.values, *file.tasks, "nothing"])


def _waiver(chance: random.Random, catalogue: Catalogue) -> tuple[str, str, str, str, bool]:
    kind, item = chance.choice([("indicator", key) for key in catalogue.indicators] + [("report", "report")])
    return chance.choice(REPORTERS), kind, item, chance.choice(MONTHS).name, chance.random() < 0.3
