"""Gaming with figures: a baseline made kinder, and nothing to report in a bad month. Two bodies, one of them honest.

Both lead one indicator of the same kind, target and path, and send workbooks from April to October 2026; the road takes
these in two loads from the inbox to the score of October. What is returned is C at its low end.

PLAYS are to gain nothing; REMAINING are those that no rule keeps from paying, with what they gain.
"""

import os
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

from prove.gaming_play import Play
from spec.tree_case import ISSUED, indicator, small

from resolution_monitor.ask.resolution_scores import scores_as_stored
from resolution_monitor.catalogue.entries import Catalogue, Target
from resolution_monitor.catalogue.resolution_entries import Baseline
from resolution_monitor.exchange.template import template_workbook
from resolution_monitor.period import TIME_ZONE, Period, parse_period
from resolution_monitor.pipeline import Context
from resolution_monitor.pipeline.collect import collect
from resolution_monitor.pipeline.normalise import normalise
from resolution_monitor.pipeline.score import score
from resolution_monitor.reporting.content import BodyReport, IndicatorEntry, ValueState

HONEST, GAMING = "BTC", "BYT"
OCTOBER = parse_period("2026-10")
MONTHS = tuple(parse_period(f"2026-{month:02}") for month in range(4, 11))
ITEMS = {HONEST: "91.01", GAMING: "91.02"}
# When the inbox is emptied: once the first figure has frozen, and before October is scored.
LOADS = (date(2026, 6, 10), date(2026, 11, 6))
REASON = "Số liệu đã được rà soát lại cùng các đơn vị liên quan"


@dataclass(frozen=True, slots=True)
class Sent:
    """
    One workbook of a body.

    Attributes:
        at: Day it is laid into the inbox.
        dated: Day its own time says; None: the same.
    """

    agency_id: str
    period: Period
    entry: IndicatorEntry
    at: date
    dated: date | None = None


def figure(value: float, *, parts: tuple[float, float] | None = None) -> IndicatorEntry:
    """A value as a workbook tells it, with a reason beside it; of a share also numerator and denominator."""
    numerator, denominator = (None, None) if parts is None else (Decimal(str(part)) for part in parts)
    told = f"{REASON}: {value:g}"
    return IndicatorEntry("", Decimal(str(value)), ValueState.REPORTED, numerator, denominator, told)


NOTHING = IndicatorEntry("", None, ValueState.NO_ACTIVITY, None, None, REASON)


def monthly(agency_id: str, entries: Sequence[IndicatorEntry]) -> list[Sent]:
    """One workbook a month from April on, in time: on the 5th of the month after."""
    return [
        Sent(agency_id, month, entry, date(month.end.year, month.end.month + 1, 5))
        for month, entry in zip(MONTHS, entries, strict=True)
    ]


def catalogue_of(whole: Catalogue, **aims: object) -> Catalogue:
    """Two bodies, each with one indicator without a baseline; April is the first period due."""
    aims = {"baseline": None, "targets": (Target(2026, ">=", Decimal(70)),), **aims}
    chosen = small(whole, [indicator(ITEMS[body], body, **aims) for body in (HONEST, GAMING)])
    return replace(chosen, ledger_begins_on=date(2026, 5, 1), versions=(), begins=(), sha256="gaming")


def composites(road: Context, catalogue: Catalogue, files: Sequence[Sent]) -> tuple[float, float]:
    """C of both bodies in October, once all their workbooks went down the road, in the loads of LOADS."""
    inbox, waiting = road.settings.home / "gaming", list(files)
    for day in LOADS:
        now = datetime(day.year, day.month, day.day, 18, tzinfo=TIME_ZONE)
        context = replace(road, catalogue=catalogue, now=now)
        for one in [one for one in waiting if one.at <= day]:
            _lay(inbox, catalogue, one)
            waiting.remove(one)
        collect(context, inbox)
        normalise(context, None)
    at_briefing = replace(road, catalogue=catalogue, now=datetime(2026, 11, 12, 7, 0, tzinfo=TIME_ZONE))
    run = score(at_briefing, "resolutions_month", OCTOBER)
    shutil.rmtree(inbox)
    nodes = scores_as_stored(road.database, run["scoring_run_id"]).nodes
    bodies = nodes[nodes["node_kind"] == "agency"].set_index("node_id")["composite_low"]
    return float(bodies[HONEST]), float(bodies[GAMING])


def _lay(inbox: Path, catalogue: Catalogue, one: Sent) -> None:
    item = ITEMS[one.agency_id]
    report = BodyReport(one.agency_id, one.period, (replace(one.entry, indicator_id=item),), (), (), ())
    content = template_workbook(catalogue, one.agency_id, one.period, items=[item], filled=report)
    folder = inbox / one.agency_id
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{one.period.name}-{len(list(folder.iterdir()))}.xlsx"
    path.write_bytes(content)
    dated = one.dated or one.at
    told = datetime(dated.year, dated.month, dated.day, 10, tzinfo=TIME_ZONE).timestamp()
    os.utime(path, (told, told))


# --- 2.2: a first figure made kinder -------------------------------------------------------------------------------

# 50 in April, 61 in October, on the way to 70.
TRUTH = (50, 51.8, 53.7, 55.5, 57.3, 59.2, 61)


def _truthful(agency_id: str) -> list[Sent]:
    return monthly(agency_id, [figure(value) for value in TRUTH])


def corrected_to(
    first: float, *, at: date = date(2026, 10, 20), dated: date | None = None
) -> Callable[..., tuple[float, float]]:
    """April told again in October, lower, when everything else is known."""

    def play(road: Context) -> tuple[float, float]:
        again = Sent(GAMING, MONTHS[0], figure(first), at, dated)
        return composites(road, catalogue_of(road.catalogue), [*_truthful(HONEST), *_truthful(GAMING), again])

    return play


def told_first(first: float) -> Callable[..., tuple[float, float]]:
    """April told lower from the start: no rule knows it from a true low figure."""

    def play(road: Context) -> tuple[float, float]:
        gamed = monthly(GAMING, [figure(value) for value in (first, *TRUTH[1:])])
        return composites(road, catalogue_of(road.catalogue), [*_truthful(HONEST), *gamed])

    return play


def told_late(road: Context) -> tuple[float, float]:
    """April is left out until October, then told lower."""
    late = Sent(GAMING, MONTHS[0], figure(45), date(2026, 10, 20))
    return composites(road, catalogue_of(road.catalogue), [*_truthful(HONEST), *_truthful(GAMING)[1:], late])


# --- 2.3: nothing to report in a bad month -------------------------------------------------------------------------

# From 50 on the way to 90, ahead until September; October is bad.
SHARES = (50.0, 56.0, 62.0, 68.0, 76.0, 82.0, 69.6)
OF_MANY = 1000
# The same of four cases a month, and of two.
FEW = (50.0, 50.0, 75.0, 75.0, 75.0, 100.0, 25.0)
FEWER = (50.0, 50.0, 50.0, 50.0, 100.0, 100.0, 0.0)


def share(value: float, of: float = OF_MANY) -> IndicatorEntry:
    """A percentage with its parts."""
    return figure(value, parts=(value * of / 100, of))


def _shares(whole: Catalogue) -> Catalogue:
    start = Baseline(Decimal(50), ISSUED, "x", "high")
    return catalogue_of(whole, kind="ratio", unit="%", baseline=start, targets=(Target(2026, ">=", Decimal(90)),))


def nothing_instead(
    entry: IndicatorEntry, *, of: float = OF_MANY, shares: Sequence[float] = SHARES
) -> Callable[..., tuple[float, float]]:
    """The bad October is replaced by a row that says that there was nothing; the months before are true."""

    def play(road: Context) -> tuple[float, float]:
        honest = [share(value, of) for value in shares]
        files = [*monthly(HONEST, honest), *monthly(GAMING, [*honest[:-1], entry])]
        return composites(road, _shares(road.catalogue), files)

    return play


def nothing_of_a_level(road: Context) -> tuple[float, float]:
    """The same of a figure that is no share."""
    levels = [figure(value) for value in SHARES]
    start = Baseline(Decimal(50), ISSUED, "x", "high")
    catalogue = catalogue_of(road.catalogue, baseline=start, targets=(Target(2026, ">=", Decimal(90)),))
    return composites(road, catalogue, [*monthly(HONEST, levels), *monthly(GAMING, [*levels[:-1], NOTHING])])


# --- All of them ---------------------------------------------------------------------------------------------------

PLAYS = (
    Play("first figure 50 told again as 45", "2.2", 14.99, corrected_to(45)),
    Play("first figure 50 told again as 40", "2.2", 24.30, corrected_to(40)),
    Play("first figure 50 told again as 30", "2.2", 31.95, corrected_to(30)),
    Play("the same in a file dated before the cut-off", "2.2", 14.99, corrected_to(45, dated=date(2026, 5, 6))),
    Play("nothing to report in a bad month", "2.3", 43.23, nothing_instead(NOTHING)),
    Play("0 of 0 in a bad month", "2.3", 43.23, nothing_instead(figure(82, parts=(0, 0)))),
    Play("the same after parts that look rare (0.82 of 1)", "2.3", 43.23, nothing_instead(NOTHING, of=1)),
    Play("nothing to report where 4 cases a month are usual", "2.3", 98.00, nothing_instead(NOTHING, of=4, shares=FEW)),
    Play("nothing to report of a figure that is no share", "2.3", -54.77, nothing_of_a_level),
)
# What no rule takes away, so that it is said and not hidden: a first figure that is false from the start, and nothing
# to report where there are so few cases a month that a month without any is nothing rare.
REMAINING = (
    Play("first figure 50 told as 45 from the start", "2.2", 14.99, told_first(45)),
    Play("first figure 50 told as 40 from the start", "2.2", 24.30, told_first(40)),
    Play("first figure 50 told as 30 from the start", "2.2", 31.95, told_first(30)),
    Play("first figure left out, told as 45 in October", "2.2", 13.09, told_late),
    Play(
        "nothing to report where 2 cases a month are usual", "2.3", 98.00, nothing_instead(NOTHING, of=2, shares=FEWER)
    ),
)
