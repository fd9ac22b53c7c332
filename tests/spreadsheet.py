"""Evaluates formulas as a spreadsheet does, as far as ours go: for tests where no office suite is installed."""

import math
import re
from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

TOKEN = re.compile(
    r'\s*(?:(?P<number>\d+\.?\d*(?:[eE][+-]?\d+)?)|(?P<text>"[^"]*")|(?P<name>(?:\'[^\']+\'!)?[$A-Za-z_][$A-Za-z_0-9:]*)'
    r"|(?P<sign><=|>=|<>|[-+*/^=<>(),]))"
)
PLAIN = {
    "MAX": max,
    "MIN": min,
    "ABS": abs,
    "LN": math.log,
    "EXP": math.exp,
    "SIN": math.sin,
    "ASIN": math.asin,
}


class Blank(str):
    """An empty cell: "" and 0 at once."""


BLANK = Blank("")


def evaluate(formula: str, value_of: Callable[[str], Any]) -> Any:
    """
    The value of a formula.

    Args:
        value_of: The value of a name, of a reference such as 'Quy tắc'!C5, or a list for a range.

    Raises:
        ArithmeticError: It divides by zero or reckons with text.
    """
    tokens = tokens_of(formula)
    parser = _Parser(tokens, value_of)
    result = parser.comparison(is_wanted=True)
    assert parser.place == len(tokens), formula
    return result


@cache
def tokens_of(formula: str) -> list[dict[str, Any]]:
    """The parts of a formula; nothing between them is left over."""
    found = list(TOKEN.finditer(formula))
    assert "".join(one[0] for one in found) == formula.rstrip(), formula
    return [one.groupdict() for one in found]


class _Parser:
    """By recursive descent; what an IF does not take is read and not reckoned."""

    def __init__(self, tokens: Sequence[dict[str, Any]], value_of: Callable[[str], Any]) -> None:
        self.tokens, self.value_of, self.place = tokens, value_of, 0

    def comparison(self, *, is_wanted: bool) -> Any:
        left = self.sum(is_wanted=is_wanted)
        while self.sign() in ("=", "<>", "<", ">", "<=", ">="):
            sign = self.take()
            right = self.sum(is_wanted=is_wanted)
            left = _compared(sign, left, right) if is_wanted else None
        return left

    def sum(self, *, is_wanted: bool) -> Any:
        left = self.product(is_wanted=is_wanted)
        while self.sign() in ("+", "-"):
            sign = self.take()
            right = self.product(is_wanted=is_wanted)
            if is_wanted:
                left = _number(left) + _number(right) if sign == "+" else _number(left) - _number(right)
        return left

    def product(self, *, is_wanted: bool) -> Any:
        left = self.power(is_wanted=is_wanted)
        while self.sign() in ("*", "/"):
            sign = self.take()
            right = self.power(is_wanted=is_wanted)
            if is_wanted:
                left = _number(left) * _number(right) if sign == "*" else _number(left) / _number(right)
        return left

    def power(self, *, is_wanted: bool) -> Any:
        left = self.single(is_wanted=is_wanted)
        while self.sign() == "^":
            self.take()
            right = self.single(is_wanted=is_wanted)
            left = _number(left) ** _number(right) if is_wanted else None
        return left

    def single(self, *, is_wanted: bool) -> Any:
        if self.sign() == "-":
            self.take()
            value = self.single(is_wanted=is_wanted)
            return -_number(value) if is_wanted else None
        if self.sign() == "(":
            self.take()
            value = self.comparison(is_wanted=is_wanted)
            assert self.take() == ")"
            return value
        token = self.tokens[self.place]
        self.place += 1
        if token["number"]:
            return float(token["number"])
        if token["text"]:
            return token["text"][1:-1]
        assert token["name"], token
        if self.sign() == "(":
            return self.function(token["name"], is_wanted=is_wanted)
        return self.value_of(token["name"]) if is_wanted else None

    def function(self, name: str, *, is_wanted: bool) -> Any:
        self.take()
        values: list[Any] = []
        while self.sign() != ")":
            values.append(self.comparison(is_wanted=is_wanted and self.is_taken(name, values)))
            if self.sign() == ",":
                self.take()
        self.take()
        return _called(name, values) if is_wanted else None

    def is_taken(self, name: str, values: list[Any]) -> bool:
        return name != "IF" or not values or bool(values[0]) == (len(values) == 1)

    def sign(self) -> str | None:
        return self.tokens[self.place]["sign"] if self.place < len(self.tokens) else None

    def take(self) -> str:
        self.place += 1
        return str(self.tokens[self.place - 1]["sign"])


def _called(name: str, values: list[Any]) -> Any:
    if name == "IF":
        return values[1] if values[0] else values[2]
    if name in ("AND", "OR"):
        return all(values) if name == "AND" else any(values)
    if name == "SUMIF":
        keys, wanted, summed = values
        return sum(_number(one) for key, one in zip(keys, summed, strict=True) if key == wanted)
    flat = [one for value in values for one in (value if isinstance(value, list) else [value])]
    if name in ("SUM", "AVERAGE", "COUNT"):
        numbers = [one for one in flat if not isinstance(one, str)]
        return len(numbers) if name == "COUNT" else sum(numbers) / (len(numbers) if name == "AVERAGE" else 1)
    return PLAIN[name](*map(_number, flat))


def _number(value: Any) -> float:
    if isinstance(value, Blank):
        return 0.0
    if isinstance(value, str):
        raise ArithmeticError(f"text {value!r} is no number")
    return float(value)


def _compared(sign: str, left: Any, right: Any) -> bool:
    """Any number is less than any text; an empty cell equals "" and 0."""
    is_text = (
        isinstance(left, str) and not isinstance(left, Blank),
        isinstance(right, str) and not isinstance(right, Blank),
    )
    if any(is_text):
        keys = [(1, value) if isinstance(value, str) else (0, "") for value in (left, right)]
        keys = [(1, "") if isinstance(value, Blank) else key for key, value in zip(keys, (left, right), strict=True)]
    else:
        keys = [(0, _number(value)) for value in (left, right)]
    before, same = keys[0] < keys[1], keys[0] == keys[1]
    return {"=": same, "<>": not same, "<": before, ">": not before and not same, "<=": before or same}.get(
        sign, not before
    )
