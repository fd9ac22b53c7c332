"""How many rows each list of the weekly page may have, so that it stays one page: what one does not need others get."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Wish:
    """
    A list that wants room.

    Attributes:
        rows: How many it would have.
        least, most: How many it has of these at least and at most.
        lines: That one row takes.
    """

    rows: int
    least: int
    most: int
    lines: int

    @property
    def at_least(self) -> int:
        return min(self.rows, self.least)


def room_of(wishes: Mapping[str, Wish]) -> dict[str, int]:
    """
    Rows of each list, by its name.

    The page has room for the least of every list; what one of them does not need goes round, a row a list, in the order
    given.
    """
    given = {name: wish.at_least for name, wish in wishes.items()}
    left = sum((wish.least - given[name]) * wish.lines for name, wish in wishes.items())
    is_given = True
    while is_given:
        is_given = False
        for name, wish in wishes.items():
            if given[name] < min(wish.rows, wish.most) and wish.lines <= left:
                given[name], left, is_given = given[name] + 1, left - wish.lines, True
    return given
