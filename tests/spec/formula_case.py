"""Formulas of a leaf reckoned one after the other, and held against what the rules found."""

from typing import Any

from spreadsheet import BLANK, evaluate

from resolution_monitor.score.explained import Explained, settings_given
from resolution_monitor.score.formulas import formulas_of
from resolution_monitor.score.limits import METHOD, Limits


def reckoned(explained: Explained, limits: Limits = METHOD) -> dict[str, Any]:
    """Every name of the leaf with its value; an empty text is what is not known."""
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
