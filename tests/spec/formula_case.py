"""A month of all kinds of assignments, their formulas reckoned one by one and held against what the rules found."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from spreadsheet import BLANK, evaluate
from tree_case import MONTHS, indicator, ledger_of, october, report, small, task, value

from resolution_monitor.catalogue.entries import Catalogue, Indicator, Target, Task
from resolution_monitor.catalogue.resolution_entries import Baseline
from resolution_monitor.method.limits import METHOD, Limits
from resolution_monitor.score.formulas.build import formulas_of
from resolution_monitor.score.formulas.explained import Explained, settings_given
from resolution_monitor.score.month.scores import Worked, work_resolutions

NAMES = [one.name for one in MONTHS]
DATED = (Target(2026, ">=", Decimal(100)), Target(2030, ">=", Decimal(245)))
FALLING = {"direction": "down", "baseline": Baseline(Decimal(300), date(2026, 4, 30), "x", "high")}
BAND = (Target(2026, "range", low=Decimal(100), high=Decimal(140)),)
MEASURED = (
    indicator("91.01", "BTC"),
    indicator("91.02", "BYT", baseline=None),
    indicator("91.03", "BTC", kind="cumulative"),
    indicator("91.04", "BYT", **FALLING),
    indicator("91.05", "BTC", kind="disbursement"),
    indicator("91.06", "BYT", kind="band", direction="band", targets=BAND),
    indicator("91.07", "BTC", targets=DATED),
    indicator("91.08", "BTC", trajectory="scurve"),
    indicator("91.09", "BTC", trajectory="step", targets=DATED),
    indicator("91.10", "BYT", trajectory="cagr", baseline=Baseline(Decimal(20), date(2026, 4, 30), "x", "high")),
    indicator("91.11", "BYT", kind="ratio", unit="%", baseline=None),
    indicator("91.12", "BTC", kind="binary", targets=(Target(2026, ">=", Decimal(1)),)),
    indicator("91.13", "BYT", baseline=Baseline(Decimal(245), date(2026, 4, 30), "x", "high")),
    indicator("91.14", "BYT", targets=()),
)
TASKS = (
    task("91-T01", "VPTW", date(2026, 9, 30), coordinating=("BTC",)),
    task("91-T02", "BTC", date(2026, 6, 30), is_due_assumed=True),
    task("92-T03", "BYT", None, coordinating=("BTC", "VPTW")),
    task("92-T04", "BTC", date(2026, 12, 31)),
)
# A task in four parts: of two that BTC leads, and of two that it helps with, each pair weighs as the task.
SPLIT = task("92-T05", None, date(2026, 9, 30), weight=2.0)
PARTS = tuple(
    task(f"92-T05/{number}", lead, date(2026, 8, 31), parent="92-T05", weight=number, coordinating=helper)
    for number, (lead, helper) in enumerate([("BTC", ()), ("BTC", ()), ("BYT", ("BTC",)), ("BYT", ("BTC",))], start=1)
)


def worked_of(catalogue: Catalogue, amounts: list[int], gaps: set[tuple[int, int]], done: list[int]) -> Worked:
    """A month of all kinds; indicators in gaps stay silent, tasks are done from a month on (6: never)."""
    tasks = (*TASKS, *PARTS)
    chosen = replace(small(catalogue, [*MEASURED, *tasks, SPLIT]), ledger_begins_on=date(2026, 6, 1))
    values = [
        value(item, name, _amount(item, amounts[number * 6 + place]))
        for number, item in enumerate(MEASURED)
        for place, name in enumerate(NAMES)
        if (number, place) not in gaps
    ]
    reports = [
        report(item, name, **_told(place >= done[number % len(done)]))
        for number, item in enumerate(tasks)
        for place, name in enumerate(NAMES)
        if (number + len(MEASURED), place) not in gaps
    ]
    items: tuple[Indicator | Task, ...] = (*MEASURED, *tasks)
    keys = [item.indicator_id if isinstance(item, Indicator) else item.task_id for item in items]
    missing = [(str(items[number].lead), keys[number], NAMES[place]) for number, place in gaps]
    return work_resolutions(october(chosen, ledger_of(chosen, missing=missing), values, reports))


def _amount(item: Indicator, amount: int) -> float:
    return float(amount % 2) if item.kind == "binary" else float(amount)


def _told(is_done: bool) -> dict[str, Any]:
    return {"state": "done", "done_on": date(2026, 8, 15), "product": "1/BC"} if is_done else {}


def reckoned(explained: Explained, limits: Limits = METHOD) -> dict[str, Any]:
    """Every name of the assignment with its value; an empty text is what is not known."""
    values: dict[str, Any] = {**settings_given(limits), **explained.given}
    for name, formula in formulas_of(explained.form).items():
        values[name] = evaluate(formula.written(lambda part: part), lambda part: _held(values, part))
    return values


def _held(values: dict[str, Any], name: str) -> Any:
    value = values.get(name)
    return BLANK if value is None else value


def differences(explained: Explained, limits: Limits = METHOD) -> list[tuple[str, Any, Any]]:
    """Name, what the rule found, what the formula gives, where the two differ."""
    values = reckoned(explained, limits)
    pairs = [(name, found, values[name]) for name, found in explained.found.items() if name in values]
    return [pair for pair in pairs if not _is_same(pair[1], pair[2])]


def _is_same(found: Any, value: Any) -> bool:
    if found is None or isinstance(found, str):
        return (found or "") == value
    return not isinstance(value, str) and abs(float(value) - found) <= 1e-6 * max(1.0, abs(found))
