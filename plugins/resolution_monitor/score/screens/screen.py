"""The record of a screen: what it looks at in a month, and what its hits are about."""

import inspect
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas

from resolution_monitor.catalogue.entries import Screen
from resolution_monitor.ledger.items import ItemKind
from resolution_monitor.method.arrays import Flags, Floats, Texts, Whole, nulls
from resolution_monitor.score.screens.input import Peers, Series
from resolution_monitor.score.screens.screened import Screened

_DIGIT_PERIODS = 12


@dataclass(frozen=True, slots=True)
class MonthSeen:
    """
    All that the screens of a month look at.

    Attributes:
        bodies: agency_ids by the number that pools what they report.
        points: LOW P of each series that is rated; NaN elsewhere.
        green_points: From how many points on a series is green, by the thresholds in force.
        is_count: Of each series: its unit is no percentage.
        tasks: Assignments of tasks (ASSIGNMENT_COLUMNS).
        owed: Obligations of the month's own period: agency_id, item_kind, state.
        corrections: agency_id, change: newer minus older value in the direction that counts as better, of figures that
            were corrected after their ranking was known.
        verified: agency_id, item_id, day, found.
    """

    bodies: Sequence[str]
    series: Series
    points: Floats
    green_points: float
    is_count: np.ndarray
    peers: Peers
    tasks: pandas.DataFrame
    owed: pandas.DataFrame
    corrections: pandas.DataFrame
    verified: pandas.DataFrame

    def numbered(self, agency_id: Sequence[str] | Texts | pandas.Series) -> Whole:
        """The number of each body among those of the month."""
        return pandas.Index(self.bodies).get_indexer(pandas.Index(list(agency_id), dtype=object)).astype(np.int64)


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


@dataclass(frozen=True, slots=True)
class Subject:
    """
    What the elements of an outcome are.

    Attributes:
        words: Names that a question may fill, beside statistic, body and period.
        is_there: Whether the month has any.
        found: From a screen's name and outcome to what it concerns.
    """

    words: frozenset[str]
    is_there: Callable[[MonthSeen], bool]
    found: Callable[[MonthSeen, str, Screened], Found]


@dataclass(frozen=True, slots=True, kw_only=True)
class ScreenRule:
    """
    All that is said of one screen in code; limits, rate and words are its entry in catalogue/screens.yaml.

    Attributes:
        name: As its entry has it.
        rule: Its keyword parameters are its limits, and `rate` where it has no chance of its own.
        look: From a month and those parameters to its outcome; None where nothing reported shows it yet, so that only
            the simulation runs it.
        about: What the elements of the outcome are.
    """

    name: str
    rule: Callable[..., Screened]
    look: Callable[[MonthSeen, Mapping[str, float]], Screened] | None
    about: Subject

    @property
    def parameters(self) -> frozenset[str]:
        known = inspect.signature(self.rule).parameters.values()
        return frozenset(one.name for one in known if one.kind is inspect.Parameter.KEYWORD_ONLY)

    def settings(self, screen: Screen) -> dict[str, float]:
        """Limits of the entry, and its rate where the rule asks for it."""
        rate = {"rate": screen.false_alarm_rate} if "rate" in self.parameters else {}
        return {**screen.limits, **rate}


def _of_series(month: MonthSeen, name: str, screened: Screened) -> Found:
    one = month.series
    last, before = one.fractions[:, -1] * 100.0, _before(one.fractions) * 100.0
    numbers = {"last": last, "previous": before, "value": one.values[:, -1], "before": _before(one.values)}
    return Found(name, ItemKind.INDICATOR.value, screened, one.agency_id, one.item_id, numbers)


def _of_peers(month: MonthSeen, name: str, screened: Screened) -> Found:
    one = month.peers
    partner = np.where(screened.partner >= 0, one.agency_id[screened.partner], "")
    numbers = {"value": one.values[:, -1]}
    return Found(name, ItemKind.INDICATOR.value, screened, one.agency_id, one.item_id, numbers, partner=partner)


def _of_bodies(month: MonthSeen, name: str, screened: Screened) -> Found:
    agencies = np.array(month.bodies, dtype=np.str_)
    return Found(name, ItemKind.REPORT.value, screened, agencies, np.full(len(agencies), ""))


def _of_tasks(month: MonthSeen, name: str, screened: Screened) -> Found:
    agency_id, item_id = (month.tasks[column].to_numpy(dtype=np.str_) for column in ("agency_id", "item_id"))
    return Found(name, ItemKind.TASK.value, screened, agency_id, item_id)


SERIES = Subject(
    frozenset({"item", "last", "previous", "value", "before"}),
    lambda month: bool(month.series.values.shape[1]),
    _of_series,
)
PEERS = Subject(frozenset({"item", "value", "partner"}), lambda month: bool(len(month.peers.group)), _of_peers)
BODIES = Subject(frozenset(), lambda month: True, _of_bodies)
TASKS = Subject(frozenset({"item"}), lambda month: True, _of_tasks)


@dataclass(frozen=True, slots=True)
class Written:
    """Figures of bodies as they are written, one element each."""

    values: Floats
    min_step: Floats
    is_count: Flags
    body: Whole


def written_figures(month: MonthSeen) -> Written:
    """Figures of bodies, their steps, whether they count, and whose they are; one that only stood still counts once."""
    one, peers = month.series, month.peers
    parts = (
        (one.values[:, -_DIGIT_PERIODS:], one.min_step, month.is_count, month.numbered(one.agency_id)),
        (peers.values, peers.min_step, peers.is_count, month.numbered(peers.agency_id)),
    )
    columns: list[tuple[np.ndarray, ...]] = []
    for values, steps, counts, body in parts:
        # Who ended and left no heir is asked nothing.
        is_new = ~np.isnan(values) & (body >= 0)[:, None]
        is_new[:, 1:] &= values[:, 1:] != values[:, :-1]
        row, _ = np.nonzero(is_new)
        columns.append((values[is_new], steps[row], counts[row], body[row]))
    return Written(*(np.concatenate(each) for each in zip(*columns, strict=True)))


def _before(matrix: Floats) -> Floats:
    return matrix[:, -2] if matrix.shape[1] > 1 else nulls(len(matrix))
