"""The steps of a score: each formula with its numbers put in, and what the rule itself found."""

from decimal import Decimal
from typing import Any

from resolution_monitor.ask.worked_month import Row
from resolution_monitor.method.limits import Limits
from resolution_monitor.score.formulas.build import formulas_of
from resolution_monitor.score.formulas.explained import Explained, Value, settings_given
from resolution_monitor.score.formulas.shown import shown
from resolution_monitor.score.formulas.words import words_of
from resolution_monitor.score.rules.situation import Status
from resolution_monitor.wording import Limit, decimals_within, rounded

# In the order of the method; what the rule did not find is left out.
_SHOWN = (
    *("el", "N", "E_path", "E", "VE", "D", "a_raw", "a", "A", "ES", "lag", "SPI", "overdue", "P0", "P", "S"),
    *("P_low", "P_high", "S_low", "S_high"),
)
_LINES = {
    Status.DONE: "closed, achieved on or before the deadline",
    Status.DONE_LATE: "closed, achieved after the deadline",
    Status.OVERDUE: "past the deadline, not met",
    Status.NOT_STARTED: "before its start",
    Status.UNRATED: "no usable target, no baseline yet, or nothing was ever due",
    Status.NO_DATA: "two or more reports missed in a row, or never reported",
    Status.ON_TARGET: "target reached before the deadline",
}


def steps_of(explained: Explained, limits: Limits) -> list[dict[str, Any]]:
    """
    One entry a step: name, name_vi, name_en, formula (with names), filled (with numbers) and value (the rule's own).

    First what was given, without formula.
    """
    given = [_step(name, None, None, value) for name, value in explained.given.items() if value is not None]
    formulas, found = formulas_of(explained.form), _with_points(explained)
    values = {**settings_given(limits), **explained.given, **found}
    following = [
        _step(name, formulas[name].text, shown(name, formulas, values), found[name])
        for name in _SHOWN
        if found.get(name) is not None and name in formulas
    ]
    return [*given, *following]


def _with_points(explained: Explained) -> dict[str, Value]:
    """P and S are what LOW is, unless a report is missing: then the rule's points of the day count nothing."""
    found = dict(explained.found)
    if not found.get("silent"):
        found |= {name: found[f"{name}_low"] for name in ("P", "S")}
    return found


def _step(name: str, formula: str | None, filled: str | None, value: Value) -> dict[str, Any]:
    vietnamese, english = words_of(name)
    return {
        "name": name,
        "name_vi": vietnamese,
        "name_en": english,
        "formula": formula,
        "filled": filled,
        "value": value,
    }


def status_line(explained: Explained, assignment: Row, limits: Limits) -> str:
    """Which line of the status table held, in a sentence."""
    status = Status(assignment["status"])
    if status in _LINES:
        return _LINES[status]
    return f"{_judged(explained, limits)}{_doubts(explained) if status is Status.AMBER else ''}"


def _judged(explained: Explained, limits: Limits) -> str:
    found, form = explained.found, explained.form
    if form.is_by_days:
        return f"colour by the lag in days: 0 or less green, up to {limits.step_amber_days:g} amber, else red"
    if found.get("nolag") and isinstance(found["P0"], float):
        return f"colour by the attained share P0/100 = {_near(found['P0'] / 100, limits)}: {_shares(limits)}"
    fraction, tolerance = found.get("a"), found.get("delta")
    if isinstance(fraction, float) and isinstance(tolerance, float) and fraction < -tolerance:
        return f"red: attained fraction {fraction:.4f} lies below the start by more than one step"
    expected, index = found.get("E"), found.get("SPI")
    if not isinstance(index, float) or (isinstance(expected, float) and expected < limits.start_up_fraction):
        return f"green: little is expected yet, E below {limits.start_up_fraction:g} or the first day"
    return f"colour by SPI(t) = {_near(index, limits)}: {_shares(limits)}"


def _near(share: float, limits: Limits) -> str:
    """With four decimals, more where these would put it on the other side of a limit."""
    exact, said = Decimal(repr(share)), [Limit(Decimal(repr(one))) for one in (limits.amber_from, limits.green_from)]
    return f"{rounded(exact, decimals_within(exact, 4, said)):f}"


def _shares(limits: Limits) -> str:
    return f"green from {limits.green_from:g}, amber from {limits.amber_from:g}"


def _doubts(explained: Explained) -> str:
    given, found = explained.given, explained.found
    held = [
        words
        for words, is_held in (
            ("one report is missing", given.get("m") == 1.0),
            ("more was spent than planned", found.get("over") == 1.0),
            ("the forecast was high at both last origins", given.get("warned") == 1.0),
        )
        if is_held
    ]
    return f"; green becomes amber: {', '.join(held)}" if held else ""
