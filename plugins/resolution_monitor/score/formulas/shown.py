"""A formula with its numbers put in, as a clerk would write it: choices that are settled are not written out."""

import operator
import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from resolution_monitor.method.formula import Formula, replaced

Shown = float | str | None
DAYS = ("t", "t0", "tT", "t_last", "achieved", "met_on", "t_then")
_SIGNS: dict[str, Callable[[Any, Any], bool]] = {
    ">=": operator.ge,
    "<=": operator.le,
    "<>": operator.ne,
    "=": operator.eq,
    "<": operator.lt,
    ">": operator.gt,
}
_SIDE = r'"[^"]*"|\d{4}-\d\d-\d\d|\(?-?[0-9.]+(?:e-?[0-9]+)?\)?(?:[-+]1E-9)?'
_TEST = re.compile(rf"^({_SIDE})(>=|<=|<>|=|<|>)({_SIDE})$")
_CHOICE = re.compile(r"(?<![A-Z])IF\(")
_ALL = re.compile(r"^(AND|OR)\(")


def shown(name: str, formulas: Mapping[str, Formula], values: Mapping[str, Shown]) -> str:
    """
    The formula of a name with the numbers of `values`; what has none is written out by its own formula.

    Days are written as dates. What is not known is an empty text.
    """

    def place_of(part: str) -> str:
        if part in values:
            return _written(part, values[part])
        return f"({replaced(formulas[part].text, place_of)})" if part in formulas else part

    return _chosen(replaced(formulas[name].text, place_of))


def _written(name: str, value: Shown) -> str:
    if value is None:
        return '""'
    if isinstance(value, str):
        return f'"{value}"'
    if name in DAYS or name.startswith("day_"):
        return date.fromordinal(round(value)).isoformat()
    number = f"{value:.10g}"
    return f"({number})" if value < 0 else number


def _chosen(text: str) -> str:
    """The text without choices whose test is a plain comparison of numbers."""
    place = 0
    while found := _CHOICE.search(text, place):
        arguments, end = _arguments(text, found.end())
        truth = _truth(arguments[0])
        if truth is None:
            place = found.end()
        else:
            text = f"{text[: found.start()]}{arguments[1 if truth else 2]}{text[end:]}"
            place = found.start()
    return _unwrapped(text)


def _unwrapped(text: str) -> str:
    """Without a pair of brackets around the whole."""
    while text.startswith("(") and _arguments(text, 1)[1] == len(text):
        text = text[1:-1]
    return text


def _arguments(text: str, place: int) -> tuple[list[str], int]:
    """What stands between commas from a place behind an opening bracket, and the place behind the closing one."""
    arguments, depth, first, is_text = [], 0, place, False
    for at in range(place, len(text)):
        sign = text[at]
        is_text ^= sign == '"'
        if is_text:
            continue
        if sign == "(":
            depth += 1
        elif sign == ")" and depth:
            depth -= 1
        elif sign == ")" or (sign == "," and not depth):
            arguments.append(text[first:at])
            first = at + 1
            if sign == ")":
                return arguments, at + 1
    return arguments, len(text)


def _truth(test: str) -> bool | None:
    """Whether a test of plain numbers or texts holds; None where it is more than that."""
    together = _ALL.match(test)
    if together:
        parts = [_truth(one) for one in _arguments(test, together.end())[0]]
        decided = together[1] == "OR"
        if decided in parts:
            return decided
        return None if None in parts else not decided
    found = _TEST.match(_chosen(test) if test.startswith("(IF") else test)
    if not found:
        return None
    left, right = _side(found[1]), _side(found[3])
    if isinstance(left, str) != isinstance(right, str):
        return found[2] in ("<", "<=", "<>") if isinstance(right, str) else found[2] in (">", ">=", "<>")
    return bool(_SIGNS[found[2]](left, right))


def _side(text: str) -> float | str:
    if text.startswith('"'):
        return text[1:-1]
    if re.match(r"\d{4}-\d\d-\d\d", text):
        return text
    plain, _, _ = text.replace("+1E-9", "-1E-9").partition("-1E-9")
    shift = 1e-9 if "+1E-9" in text else -1e-9 if "-1E-9" in text else 0.0
    return float(plain.strip("()")) + shift
