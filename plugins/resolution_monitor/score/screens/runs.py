"""Every screen on a month: which series and bodies it looks at, and what it found, before anything is asked."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas

from resolution_monitor.catalogue.entries import Screen
from resolution_monitor.ledger.items import ItemKind
from resolution_monitor.ledger.states import ObligationState
from resolution_monitor.method.arrays import Floats, Texts, Whole, nulls
from resolution_monitor.reporting.content import TaskState
from resolution_monitor.score.rules.days import day_numbers
from resolution_monitor.score.screens import of_bodies, of_digits, of_peers, of_series
from resolution_monitor.score.screens.input import Peers, Series
from resolution_monitor.score.screens.screened import Screened

GREEN_FROM = 95.0
_DIGIT_PERIODS = 12
_RECEIVED = (ObligationState.RECEIVED_ON_TIME.value, ObligationState.LATE.value, ObligationState.ACCEPTED_IN_PART.value)


@dataclass(frozen=True, slots=True)
class Month:
    """
    All that the screens of a month look at.

    Attributes:
        bodies: agency_ids by the number that pools what they report.
        points: LOW P of each series that is rated; NaN elsewhere.
        is_count: Of each series: its unit is no percentage.
        tasks: Leaves of tasks (LEAF_COLUMNS).
        owed: Obligations of the month's own period: agency_id, item_kind, state.
        corrections: agency_id, change: newer minus older value in the direction that counts as better, of figures that
            were corrected after their ranking was known.
        verified: agency_id, item_id, day, found.
    """

    bodies: Sequence[str]
    series: Series
    points: Floats
    is_count: np.ndarray
    peers: Peers
    tasks: pandas.DataFrame
    owed: pandas.DataFrame
    corrections: pandas.DataFrame
    verified: pandas.DataFrame


@dataclass(frozen=True, slots=True)
class Found:
    """
    One screen's outcome with whom and what it concerns.

    Attributes:
        item_id: "" where the question is about a body as a whole.
        numbers: Further numbers of its question by their names.
        partner: agency_id of the peer, where there is one.
    """

    screen: str
    item_kind: str
    screened: Screened
    agency_id: Texts
    item_id: Texts
    numbers: Mapping[str, Floats] = field(default_factory=dict)
    partner: Texts | None = None


def run_screens(month: Month, screens: Mapping[str, Screen]) -> list[Found]:
    """Every screen of the catalogue that can look at something in this month."""
    parts = (_of_series, _of_peers, _of_bodies, _of_tasks)
    return [found for part in parts for found in part(month, screens)]


def _of_series(month: Month, screens: Mapping[str, Screen]) -> Iterator[Found]:
    one = month.series
    if not one.values.shape[1]:
        return
    last, before = one.fractions[:, -1] * 100.0, _before(one.fractions) * 100.0
    numbers = {"last": last, "previous": before, "value": one.values[:, -1], "before": _before(one.values)}
    jump, drop, still, plan, even, statistic = (
        screens[name]
        for name in ("deadline_jump", "fall", "frozen", "written_to_plan", "too_even", "against_statistic")
    )
    found = (
        (
            jump,
            of_series.deadline_jump(one.fractions, one.is_at_deadline, rate=jump.false_alarm_rate, **jump.limits),
        ),
        (drop, of_series.fall(one.fractions, one.is_total, rate=drop.false_alarm_rate, **drop.limits)),
        (
            still,
            of_series.frozen(
                one.values, one.fractions, one.plan, one.min_step, rate=still.false_alarm_rate, **still.limits
            ),
        ),
        (
            plan,
            of_series.written_to_plan(
                one.values, one.plan, one.min_step, one.scale, rate=plan.false_alarm_rate, **plan.limits
            ),
        ),
        (even, of_series.too_even(one.values, one.min_step, rate=even.false_alarm_rate, **even.limits)),
        (
            statistic,
            of_peers.against_statistic(
                one.values, _verified(month), one.sign, rate=statistic.false_alarm_rate, **statistic.limits
            ),
        ),
    )
    for screen, screened in found:
        yield Found(screen.screen, ItemKind.INDICATOR.value, screened, one.agency_id, one.item_id, numbers)


def _of_peers(month: Month, screens: Mapping[str, Screen]) -> Iterator[Found]:
    one, copy, far = month.peers, screens["copied"], screens["outlier"]
    if not len(one.group):
        return
    same = of_peers.copied(one.values, one.group, one.min_step, rate=copy.false_alarm_rate, **copy.limits)
    # Counts grow with the province that counts: only shares can be held against each other.
    shares = np.where(one.is_count, np.nan, one.values[:, -1])
    away = of_peers.outlier(shares, one.group, rate=far.false_alarm_rate, **far.limits)
    partner = np.where(same.partner >= 0, one.agency_id[same.partner], "")
    numbers = {"value": one.values[:, -1]}
    for screen, screened in ((copy, same), (far, away)):
        yield Found(
            screen.screen, ItemKind.INDICATOR.value, screened, one.agency_id, one.item_id, numbers, partner=partner
        )


def _of_bodies(month: Month, screens: Mapping[str, Screen]) -> Iterator[Found]:
    count, one = len(month.bodies), month.series
    values, steps, is_count, owner = _figures(month)
    body, corrected = _numbered(month, one.agency_id), _numbered(month, month.corrections["agency_id"])
    full, green, sided = (screens[name] for name in ("all_full", "green_bunching", "one_sided_corrections"))
    first, last, heap = screens["benford"], screens["last_digit"], screens["heaping"]
    changes = month.corrections["change"].to_numpy(dtype=np.float64)
    found = (
        (heap, of_digits.heaping(values, steps, owner, count, **heap.limits)),
        (first, of_digits.benford(values, is_count, owner, count, **first.limits)),
        (last, of_digits.last_digit(values, is_count, owner, count, **last.limits)),
        (full, of_bodies.all_full(month.points, body, count, rate=full.false_alarm_rate, **full.limits)),
        (green, of_bodies.bunching(month.points - GREEN_FROM, body, count, **green.limits)),
        (
            sided,
            of_bodies.one_sided_corrections(changes, corrected, count, rate=sided.false_alarm_rate, **sided.limits),
        ),
        (screens["empty_on_time"], _empty(month, screens["empty_on_time"])),
    )
    for screen, screened in found:
        yield _about_bodies(month, screen, screened)


def _of_tasks(month: Month, screens: Mapping[str, Screen]) -> Iterator[Found]:
    """What is claimed as done counts 100 points; what is evidenced is what was there before the claim."""
    tasks, bare, bunched = month.tasks, screens["without_evidence"], screens["deadline_bunching"]
    claimed = np.where(tasks["task_state"] == TaskState.DONE.value, 100.0, 0.0)
    proven = np.where(tasks["status"].isin(["DONE", "DONE_LATE"]), 100.0, 0.0)
    unproven = of_bodies.without_evidence(
        claimed, proven, np.zeros(len(tasks), bool), rate=bare.false_alarm_rate, **bare.limits
    )
    agency_id, item_id = (tasks[name].to_numpy(dtype=np.str_) for name in ("agency_id", "item_id"))
    yield Found(bare.screen, ItemKind.TASK.value, unproven, agency_id, item_id)
    early = np.where(proven > 0, day_numbers(tasks["due_on"]) - day_numbers(tasks["done_on"]), np.nan)
    early = np.where(tasks["is_due_assumed"].to_numpy(dtype=bool), np.nan, early)
    found = of_bodies.bunching(early, _numbered(month, agency_id), len(month.bodies), **bunched.limits)
    yield _about_bodies(month, bunched, found)


def _empty(month: Month, screen: Screen) -> Screened:
    is_report = (month.owed["item_kind"] == ItemKind.REPORT.value).to_numpy(dtype=bool)
    body, count = _numbered(month, month.owed["agency_id"]), len(month.bodies)
    state = month.owed["state"]
    is_on_time = np.zeros(count, dtype=bool)
    is_on_time[body[is_report & (state == ObligationState.RECEIVED_ON_TIME.value).to_numpy(dtype=bool)]] = True
    owed = np.bincount(body[~is_report], minlength=count)
    answered = np.bincount(body[~is_report & state.isin(_RECEIVED).to_numpy(dtype=bool)], minlength=count)
    return of_bodies.empty_on_time(is_on_time, owed, answered, rate=screen.false_alarm_rate, **screen.limits)


def _about_bodies(month: Month, screen: Screen, screened: Screened) -> Found:
    agencies = np.array(month.bodies, dtype=np.str_)
    return Found(screen.screen, ItemKind.REPORT.value, screened, agencies, np.full(len(agencies), ""))


def _figures(month: Month) -> tuple[Floats, Floats, np.ndarray, Whole]:
    """Figures of bodies, their steps, whether they count, and whose they are; one that only stood still counts once."""
    one, peers = month.series, month.peers
    parts = (
        (one.values[:, -_DIGIT_PERIODS:], one.min_step, month.is_count, _numbered(month, one.agency_id)),
        (peers.values, peers.min_step, peers.is_count, _numbered(month, peers.agency_id)),
    )
    columns: list[tuple[np.ndarray, ...]] = []
    for values, steps, counts, body in parts:
        is_new = ~np.isnan(values)
        is_new[:, 1:] &= values[:, 1:] != values[:, :-1]
        row, _ = np.nonzero(is_new)
        columns.append((values[is_new], steps[row], counts[row], body[row]))
    values, steps, counts, body = (np.concatenate(each) for each in zip(*columns, strict=True))
    return values, steps, counts, body


def _numbered(month: Month, agency_id: Sequence[str] | Texts | pandas.Series) -> Whole:
    return pandas.Index(month.bodies).get_indexer(pandas.Index(list(agency_id), dtype=object)).astype(np.int64)


def _verified(month: Month) -> Floats:
    """What verifications found, laid out like the series."""
    one, found = month.series, month.verified
    result = np.full(one.values.shape, np.nan)
    place = {key: number for number, key in enumerate(zip(one.agency_id, one.item_id, strict=True))}
    for agency_id, item_id, day, value in found[["agency_id", "item_id", "day", "found"]].itertuples(index=False):
        row = place.get((agency_id, item_id))
        if row is not None:
            result[row, one.days[row] == day] = value
    return result


def _before(matrix: Floats) -> Floats:
    return matrix[:, -2] if matrix.shape[1] > 1 else nulls(len(matrix))
