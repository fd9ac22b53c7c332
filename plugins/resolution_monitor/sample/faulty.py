"""Which faults a report's content allows, and what each does to it."""

from dataclasses import dataclass, replace
from decimal import Decimal

from resolution_monitor.catalogue.entries import Catalogue
from resolution_monitor.normalise.checks.slips import YES_NO
from resolution_monitor.reporting import layout
from resolution_monitor.reporting.content import BodyReport, IndicatorEntry, TaskEntry, TaskState, ValueState
from resolution_monitor.sample.body_reports import Draft, reached
from resolution_monitor.sample.conduct import Player
from resolution_monitor.sample.draws import chosen
from resolution_monitor.sample.indicator_values import ratio_entry
from resolution_monitor.sample.manifest import FaultKind
from resolution_monitor.sample.remark_texts import CORRECTION_REASON
from resolution_monitor.sample.spoil import Place

# What clerks write where a number is asked for; none can be read as one number.
_WORDS = ("khoảng {value}", "{value} hay {other}", "trên {value}", "chưa tổng hợp xong", "{value}-{other}")
# A counter off by this share is no rounding.
_OFF_BY = Decimal("0.15")
_SMALLEST_DENOMINATOR = 20
# Fewer figures can be alike in two months by chance.
_FEWEST_COPIED = 3
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
        found.add(FaultKind.DUPLICATE_ROW)
        # A report of one row that cannot be read is refused as a whole.
        found |= {FaultKind.UNREADABLE} if len(report.indicators) + len(report.tasks) > 1 else set()
    if _correctable(catalogue, report):
        found.add(FaultKind.CORRECTION)
    if _ratios(catalogue, report):
        found.add(FaultKind.TOTAL)
    if before is not None and len(figures_of(report)) >= _FEWEST_COPIED and is_news(report, before.report):
        found.add(FaultKind.COPY)
    return found


def _numbers(report: BodyReport) -> list[IndicatorEntry | TaskEntry]:
    """Rows with a number that can be mistaken: figures that are not zero, and estimates of tasks under way."""
    values = [entry for entry in report.indicators if entry.state is ValueState.REPORTED]
    return [*values, *(entry for entry in report.tasks if entry.state is TaskState.UNDER_WAY)]


def _correctable(catalogue: Catalogue, report: BodyReport) -> list[IndicatorEntry | TaskEntry]:
    """Those that a second version may change: what the first has closed stands."""
    closed = reached(catalogue, report)
    return [one for one in _numbers(report) if isinstance(one, TaskEntry) or one.indicator_id not in closed]


def _ratios(catalogue: Catalogue, report: BodyReport) -> list[IndicatorEntry]:
    """Percentages whose counts are told; those of a unit of their own, such as provinces, are not held against them."""
    return [
        entry
        for entry in report.indicators
        if entry.denominator is not None
        and entry.denominator >= _SMALLEST_DENOMINATOR
        and entry.numerator
        and catalogue.indicators[entry.indicator_id].unit == "%"
    ]


def figures_of(report: BodyReport) -> dict[str, Decimal | None]:
    """Every figure of a report that can still move, by the code of its item: a task that is done stays as it is."""
    values = {entry.indicator_id: entry.value for entry in report.indicators}
    return values | {entry.task_id: entry.done_pct for entry in report.tasks if entry.state is not TaskState.DONE}


def is_news(report: BodyReport, before: BodyReport) -> bool:
    """Whether any figure differs from the month before's."""
    return figures_of(report) != figures_of(before)


def unreadable(player: Player, draft: Draft) -> Slip:
    """A number that is not one."""
    generator = player.draws(draft.owed.name, "unreadable")
    place, value = _place_of(chosen(generator, _numbers(draft.report)))
    other = value + (Decimal(2) if value == value.to_integral() else Decimal("0.4"))
    words = chosen(generator, _WORDS)
    return Slip(place, words.format(value=_digits(value), other=_digits(other)))


def doubled(player: Player, catalogue: Catalogue, draft: Draft) -> Slip:
    """A row that stands twice, with another number the second time."""
    entry = chosen(player.draws(draft.owed.name, "doubled"), _numbers(draft.report))
    place, value = _place_of(_changed(catalogue, entry))
    return Slip(place, _digits(value))


def corrected(player: Player, catalogue: Catalogue, draft: Draft) -> tuple[BodyReport, Slip]:
    """The report's second version, and the figure in it that holds."""
    one = chosen(player.draws(draft.owed.name, "corrected"), _correctable(catalogue, draft.report))
    entry = _changed(catalogue, one)
    place, value = _place_of(entry)
    return _with_entry(draft.report, entry), Slip(place, _digits(value))


def off_total(player: Player, catalogue: Catalogue, draft: Draft) -> tuple[BodyReport, Slip]:
    """The report with a numerator that does not give its percentage."""
    entry = chosen(player.draws(draft.owed.name, "off total"), _ratios(catalogue, draft.report))
    assert entry.numerator is not None  # noqa: S101 - only such rows are chosen
    assert entry.denominator is not None  # noqa: S101
    off = max(round(entry.denominator * _OFF_BY), 1)
    numerator = entry.numerator - off if entry.numerator > off else entry.numerator + off
    wrong = replace(entry, numerator=numerator)
    indicators = tuple(wrong if one is entry else one for one in draft.report.indicators)
    place = Place(layout.INDICATORS, entry.indicator_id, "value")
    return replace(draft.report, indicators=indicators), Slip(place, _digits(numerator))


def _changed(catalogue: Catalogue, entry: IndicatorEntry | TaskEntry) -> IndicatorEntry | TaskEntry:
    """A row with another number, which could as well have stood there."""
    if isinstance(entry, TaskEntry):
        return replace(entry, done_pct=_moved(entry.done_pct or Decimal(0), _TASK_STEP), note=CORRECTION_REASON)
    indicator = catalogue.indicators[entry.indicator_id]
    step = Decimal(str(indicator.min_step)) * _CORRECTED_STEPS
    if entry.numerator is None or entry.denominator is None:
        moved = 1 - (entry.value or Decimal(0)) if indicator.unit == YES_NO else _moved(entry.value or Decimal(0), step)
        return replace(entry, value=moved, explanation=CORRECTION_REASON)
    # A corrected percentage brings its counts along, so that the correction is no new fault.
    count = max(round(entry.denominator * step / 100), 1)
    moved_count = int(_moved(entry.numerator, Decimal(count)))
    return replace(ratio_entry(indicator, moved_count, int(entry.denominator)), explanation=CORRECTION_REASON)


def _moved(value: Decimal, step: Decimal) -> Decimal:
    return value - step if value > step else value + step


def _place_of(entry: IndicatorEntry | TaskEntry) -> tuple[Place, Decimal]:
    if isinstance(entry, IndicatorEntry):
        return Place(layout.INDICATORS, entry.indicator_id, "value"), entry.value or Decimal(0)
    return Place(layout.TASKS, entry.task_id, "done_pct"), entry.done_pct or Decimal(0)


def _with_entry(report: BodyReport, entry: IndicatorEntry | TaskEntry) -> BodyReport:
    """The report with this row in the place of its own."""
    if isinstance(entry, TaskEntry):
        return replace(report, tasks=tuple(entry if one.task_id == entry.task_id else one for one in report.tasks))
    told = (entry if one.indicator_id == entry.indicator_id else one for one in report.indicators)
    return replace(report, indicators=tuple(told))


def _digits(value: Decimal) -> str:
    return f"{value.normalize():f}".replace(".", ",")
