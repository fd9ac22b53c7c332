"""One cell for each thing counted, red first, on one pitch in all columns of a table: so a length is always a count."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import ceil

from resolution_monitor.brief.charts.drawing import AMBER, GREEN, GREEN_RIM, GREY, RED, line, rectangle, svg

# Rows and pitch, the largest first: as large as the largest count of the table leaves room for.
_GRIDS = ((3, 5.2), (4, 4.0), (5, 3.2), (6, 2.7))
# State -> fill and rim; in the order drawn. What has no data is outlined, never filled.
_INKS = {
    "red": (RED, RED),
    "amber": (AMBER, "#8a5f00"),
    "green": (GREEN, GREEN_RIM),
    "no_data": ("#ffffff", GREY),
    "not_started": ("#f0f0f0", "#cfcfcf"),
}


@dataclass(frozen=True, slots=True)
class Grid:
    """How many cells stand above each other, and how far apart, in px."""

    rows: int
    pitch: float

    def width_of(self, count: int) -> float:
        return max(ceil(count / self.rows), 1) * self.pitch


def grid_for(largest: Mapping[float, int]) -> Grid:
    """
    The grid of a table.

    Args:
        largest: Width of a column in px -> the largest count in it.
    """
    grids = [Grid(*one) for one in _GRIDS]
    fitting = (grid for grid in grids if all(grid.width_of(most) <= width for width, most in largest.items()))
    return next(fitting, grids[-1])


def count_cells(counts: Mapping[str, int], title: str, grid: Grid) -> str:
    """
    As wide as it has cells.

    Args:
        counts: State -> how many.
    """
    states = [state for state in _INKS for _ in range(counts.get(state, 0))]
    parts = [part for number, state in enumerate(states) for part in _cell(number, state, grid)]
    return svg(grid.width_of(len(states)), grid.rows * grid.pitch, title, *parts)


def _cell(number: int, state: str, grid: Grid) -> list[str]:
    x, y = number // grid.rows * grid.pitch + 0.3, number % grid.rows * grid.pitch + 0.3
    side, (fill, rim) = grid.pitch - 0.7, _INKS[state]
    box = rectangle(x, y, side, side, fill=fill, stroke=rim)
    if state == "no_data":
        return [box.replace("/>", ' stroke-dasharray="1 0.8"/>')]
    # Amber beside green is told by a slanted line, too: in grey print both are light.
    slanted = [line(x, y + side, x + side, y, stroke="#8a5f00", width=0.5)] if state == "amber" else []
    return [box, *slanted]
