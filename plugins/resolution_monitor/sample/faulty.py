"""Which faults a report's content allows, and what each does to it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from resolution_monitor.catalogue.entries import Catalogue
from resolution_monitor.reporting import layout
from resolution_monitor.reporting.content import BodyReport, IndicatorEntry, TaskEntry, TaskState, ValueState
from resolution_monitor.sample.body_reports import Draft
from resolution_monitor.sample.conduct import Player
from resolution_monitor.sample.draws import chosen
from resolution_monitor.sample.manifest import FaultKind
from resolution_monitor.sample.spoil import Place

# What clerks write where a number is asked for; none can be read as one number.
_WORDS = ("khoảng {value}", "{value} hay {other}", "trên {value}", "chưa tổng hợp xong", "{value}-{other}")
# A counter off by this share is no rounding.
_OFF_BY = Decimal("0.15")
_SMALLEST_DENOMINATOR = 20
# A last month that differed in fewer figures could be a month in which little happened.
_FEWEST_CHANGED = 2
_CORRECTED_STEPS = 3
_TASK_STEP = Decimal(5)


@dataclass(frozen=True, slots=True)
class Slip:
    """One field of one row, what should stand there, and what the clerk writes."""

    place: Place
    written: str


def possible_faults(catalogue: Catalogue, draft: Draft, before: Draft | None) -> set[FaultKind]:
    """
    What may be planted in this report.

    Args:
        before: The report of the month before, where it came without fault.
    """
    found = {FaultKind.WRONG_SENDER, FaultKind.DUPLICATE_FILE}
    report = draft.report
    if _numbers(report):
        found |= {FaultKind.UNREADABLE, FaultKind.DUPLICATE_ROW, FaultKind.CORRECTION}
    if _ratios(report):
        found.add(FaultKind.TOTAL)
    if before is not None and _changed(report, before.report) >= _FEWEST_CHANGED:
        found.add(FaultKind.COPY)
    return found


def _numbers(report: BodyReport) -> list[IndicatorEntry | TaskEntry]:
    """Rows with a number that can be mistaken: figures that are not zero, and estimates of tasks under way."""
    values = [entry for entry in report.indicators if entry.state is ValueState.REPORTED]
    return [*values, *(entry for entry in report.tasks if entry.state is TaskState.UNDER_WAY)]


def _ratios(report: BodyReport) -> list[IndicatorEntry]:
    return [
        entry
        for entry in report.indicators
        if entry.denominator is not None and entry.denominator >= _SMALLEST_DENOMINATOR and entry.numerator
    ]


def _changed(report: BodyReport, before: BodyReport) -> int:
    """How many figures differ from the month before's."""
    values = {entry.indicator_id: entry.value for entry in before.indicators}
    return sum(entry.value != values.get(entry.indicator_id) for entry in report.indicators)


def unreadable(player: Player, draft: Draft) -> Slip:
    """A number that is not one."""
    generator = player.draws(draft.owed.name, "unreadable")
    place, value = _place_of(chosen(generator, _numbers(draft.report)))
    other = value + (Decimal(2) if value == value.to_integral() else Decimal("0.4"))
    words = chosen(generator, _WORDS)
    return Slip(place, words.format(value=_digits(value), other=_digits(other)))


def doubled(player: Player, catalogue: Catalogue, draft: Draft) -> Slip:
    """A row that stands twice, with another number the second time."""
    place, changed = _change(player, catalogue, draft, "doubled")
    return Slip(place, _digits(changed))


def corrected(player: Player, catalogue: Catalogue, draft: Draft) -> tuple[BodyReport, Slip]:
    """The report's second version, and the figure in it that holds."""
    place, changed = _change(player, catalogue, draft, "corrected")
    return _with_number(draft.report, place, changed), Slip(place, _digits(changed))


def off_total(player: Player, draft: Draft) -> tuple[BodyReport, Slip]:
    """The report with a numerator that does not give its percentage."""
    entry = chosen(player.draws(draft.owed.name, "off total"), _ratios(draft.report))
    assert entry.numerator is not None  # noqa: S101 - only such rows are chosen
    assert entry.denominator is not None  # noqa: S101
    off = max(round(entry.denominator * _OFF_BY), 1)
    numerator = entry.numerator - off if entry.numerator > off else entry.numerator + off
    wrong = replace(entry, numerator=numerator)
    indicators = tuple(wrong if one is entry else one for one in draft.report.indicators)
    place = Place(layout.INDICATORS, entry.indicator_id, "value")
    return replace(draft.report, indicators=indicators), Slip(place, _digits(numerator))


def _change(player: Player, catalogue: Catalogue, draft: Draft, purpose: str) -> tuple[Place, Decimal]:
    """A number of the report, and another that could as well have stood there."""
    entry = chosen(player.draws(draft.owed.name, purpose), _numbers(draft.report))
    place, value = _place_of(entry)
    step = _TASK_STEP
    if isinstance(entry, IndicatorEntry):
        step = Decimal(str(catalogue.indicators[entry.indicator_id].min_step)) * _CORRECTED_STEPS
    return place, value - step if value > step else value + step


def _place_of(entry: IndicatorEntry | TaskEntry) -> tuple[Place, Decimal]:
    if isinstance(entry, IndicatorEntry):
        return Place(layout.INDICATORS, entry.indicator_id, "value"), entry.value or Decimal(0)
    return Place(layout.TASKS, entry.task_id, "done_pct"), entry.done_pct or Decimal(0)


def _with_number(report: BodyReport, place: Place, number: Decimal) -> BodyReport:
    if place.sheet == layout.TASKS:
        tasks = [replace(one, done_pct=number) if one.task_id == place.item_id else one for one in report.tasks]
        return replace(report, tasks=tuple(tasks))
    return replace(report, indicators=tuple(_indicators_with(report.indicators, place.item_id, number)))


def _indicators_with(entries: Sequence[IndicatorEntry], indicator_id: str, number: Decimal) -> list[IndicatorEntry]:
    """A corrected percentage brings its numerator along, so that the correction is no new fault."""
    found = []
    for entry in entries:
        if entry.indicator_id != indicator_id:
            found.append(entry)
        elif entry.denominator is None:
            found.append(replace(entry, value=number))
        else:
            found.append(replace(entry, value=number, numerator=Decimal(round(number * entry.denominator / 100))))
    return found


def _digits(value: Decimal) -> str:
    return f"{value.normalize():f}".replace(".", ",")
