"""Formulas that anybody can reckon in the head are reckoned again: sums, differences, products, ratios, percentages.

Whatever else a formula may hold is left alone: nothing is told of what was not understood whole.
"""

import html
import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

_TOKEN = re.compile(
    r"\s*(?:(\d+(?:\.\d+)?(?:E[+-]?\d+)?)|(\$?[A-Z]{1,3}\$?\d{1,7})|(SUM|AVERAGE)\s*\(|([-+*/(),;:%]))", re.IGNORECASE
)
# What floating point and a spreadsheet's own rounding may make of one number.
_NEAR, _NEAR_ZERO = 1e-6, 1e-6
_MOST_CELLS = 20_000
_MOST_FORMULAS = 20_000
_LONGEST = 200

# OpenDocument writes [.A1] and [.A1:.B2] for cells of the same sheet.
_OWN_CELLS = re.compile(r"\[\.(\$?[A-Z]{1,3}\$?\d{1,7})(?::\.(\$?[A-Z]{1,3}\$?\d{1,7}))?\]")

Rows = Sequence[Sequence[Any]]
Place = tuple[int, int]


class _NotUnderstoodError(Exception):
    """The formula holds something else, or a cell that is no number."""


@dataclass(frozen=True, slots=True)
class Contradiction:
    """A formula whose stored result is not what it comes to."""

    place: Place
    formula: str
    stored: float
    reckoned: float


def contradictions(rows: Rows, formulas: Mapping[Place, str]) -> list[Contradiction]:
    """
    Every formula that was understood and comes to another number than the file stores.

    Args:
        rows: Values as they are stored.
        formulas: By their place, without the sign "=".
    """
    return list(_contradictions(rows, list(formulas.items())[:_MOST_FORMULAS]))


def plain_formula(formula: str) -> str:
    """An OpenDocument formula as other spreadsheets write it: "of:=SUM([.A1:.A3])" is "SUM(A1:A3)"."""
    written = html.unescape(formula.partition("=")[2])
    return _OWN_CELLS.sub(lambda found: ":".join(filter(None, found.groups())), written)


def _contradictions(rows: Rows, formulas: Sequence[tuple[Place, str]]) -> Iterator[Contradiction]:
    for place, formula in formulas:
        stored = _held(rows, place)
        if type(stored) not in (int, float) or len(formula) > _LONGEST:
            continue
        try:
            reckoned = _Reckoning(rows, place, formula).value()
        except _NotUnderstoodError:
            continue
        if not math.isclose(stored, reckoned, rel_tol=_NEAR, abs_tol=_NEAR_ZERO):
            yield Contradiction(place, formula, float(stored), reckoned)


def _held(rows: Rows, place: Place) -> Any:
    row, column = place
    return rows[row][column] if row < len(rows) and column < len(rows[row]) else None


class _Reckoning:
    """One formula, token by token; precedence as in a spreadsheet."""

    def __init__(self, rows: Rows, place: Place, formula: str) -> None:
        self._rows = rows
        self._own = place
        self._tokens = list(_tokens(formula))
        self._at = 0

    def value(self) -> float:
        value = self._sum()
        if self._at < len(self._tokens):
            raise _NotUnderstoodError
        return value

    def _next(self, *kinds: str) -> str | None:
        """The next token when it is one of these; taken."""
        if self._at < len(self._tokens) and self._tokens[self._at][0] in kinds:
            self._at += 1
            return self._tokens[self._at - 1][1]
        return None

    def _sum(self) -> float:
        value = self._product()
        while (sign := self._next("+", "-")) is not None:
            other = self._product()
            value = value + other if sign == "+" else value - other
        return value

    def _product(self) -> float:
        value = self._factor()
        while (sign := self._next("*", "/")) is not None:
            other = self._factor()
            if sign == "/" and other == 0:
                raise _NotUnderstoodError
            value = value * other if sign == "*" else value / other
        return value

    def _factor(self) -> float:
        if (sign := self._next("+", "-")) is not None:
            return self._factor() * (-1 if sign == "-" else 1)
        value = self._whole()
        while self._next("%") is not None:
            value /= 100
        return value

    def _whole(self) -> float:
        if (number := self._next("number")) is not None:
            return float(number)
        if (name := self._next("function")) is not None:
            return self._function(name.upper())
        if (address := self._next("cell")) is not None:
            return self._number(_place(address))
        if self._next("(") is not None:
            value = self._sum()
            if self._next(")") is None:
                raise _NotUnderstoodError
            return value
        raise _NotUnderstoodError

    def _function(self, name: str) -> float:
        """SUM and AVERAGE of cells, ranges and numbers; text in a range counts for nothing."""
        values: list[float] = []
        while True:
            values += self._argument()
            if self._next(")") is not None:
                break
            if self._next(",", ";") is None:
                raise _NotUnderstoodError
        if name == "AVERAGE" and not values:
            raise _NotUnderstoodError
        return math.fsum(values) / (len(values) if name == "AVERAGE" else 1)

    def _argument(self) -> list[float]:
        following = self._tokens[self._at : self._at + 2]
        is_reference = bool(following) and following[0][0] == "cell"
        if not is_reference or (len(following) > 1 and following[1][0] not in (":", ",", ";", ")")):
            return [self._sum()]
        first = _place(self._next("cell") or "")
        last = first
        if self._next(":") is not None:
            address = self._next("cell")
            if address is None:
                raise _NotUnderstoodError
            last = _place(address)
        return self._numbers(first, last)

    def _numbers(self, first: Place, last: Place) -> list[float]:
        rows, columns = ((min(pair), max(pair)) for pair in zip(first, last, strict=True))
        height, width = rows[1] - rows[0] + 1, columns[1] - columns[0] + 1
        within = rows[0] <= self._own[0] <= rows[1] and columns[0] <= self._own[1] <= columns[1]
        if height * width > _MOST_CELLS or within:
            raise _NotUnderstoodError
        held = [
            _held(self._rows, (row, column))
            for row in range(rows[0], rows[1] + 1)
            for column in range(columns[0], columns[1] + 1)
        ]
        if any(isinstance(value, dict) or (isinstance(value, str) and value.startswith("#")) for value in held):
            raise _NotUnderstoodError  # a day, which is a number to a spreadsheet, or an error
        return [float(value) for value in held if type(value) in (int, float)]

    def _number(self, place: Place) -> float:
        """One cell; an empty one is nothing."""
        value = _held(self._rows, place)
        if value is None:
            return 0.0
        if place == self._own:
            raise _NotUnderstoodError  # a circle
        if type(value) not in (int, float):
            raise _NotUnderstoodError
        return float(value)


def _tokens(formula: str) -> Iterator[tuple[str, str]]:
    position = 0
    while position < len(formula.rstrip()):
        found = _TOKEN.match(formula, position)
        if found is None:
            raise _NotUnderstoodError
        number, cell, function, sign = found.groups()
        kind = "number" if number else "cell" if cell else "function" if function else sign
        yield kind, number or cell or function or sign
        position = found.end()


def _place(address: str) -> Place:
    letters = address.upper().replace("$", "")
    column = 0
    for letter in letters.rstrip("0123456789"):
        column = column * 26 + ord(letter) - 64
    return int(letters.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")) - 1, column - 1
