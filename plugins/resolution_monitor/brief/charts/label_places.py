"""Finds room for names beside a shape: the nearest box that covers neither the shape nor another name."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

Point = tuple[float, float]

# Of the font at size 1: a generous average, so that a box is rather too wide than too narrow.
_LETTER = 0.56


@dataclass(frozen=True, slots=True)
class Box:
    """A place for one name."""

    left: float
    top: float
    right: float
    bottom: float

    def nearest(self, x: float, y: float) -> Point:
        """The point of its edge nearest to a point outside."""
        return min(max(x, self.left - 1), self.right + 1), min(max(y, self.top), self.bottom)

    def overlaps(self, other: "Box") -> bool:
        beside = self.right < other.left or other.right < self.left
        return not (beside or self.bottom < other.top or other.bottom < self.top)

    def holds(self, point: Point) -> bool:
        return self.left - 1 <= point[0] <= self.right + 1 and self.top - 1 <= point[1] <= self.bottom + 1


def place_labels(labels: Sequence[tuple[str, Point]], ground: Sequence[Point], width: float, size: float) -> list[Box]:
    """
    One box for each name, in order.

    Args:
        labels: The words and the point they belong to.
        ground: Points of the outlines that no name may cover.
        width: Names stay between 0 and this.
    """
    taken: list[Box] = []
    for words, point in labels:
        taken.append(_nearest_free(len(words) * _LETTER * size, size * 1.25, point, ground, taken, width))
    return taken


def _nearest_free(
    width: float, height: float, point: Point, ground: Sequence[Point], taken: Sequence[Box], limit: float
) -> Box:
    best = Box(point[0], point[1], point[0] + width, point[1] + height)
    for distance in range(6, 220, 4):
        for step in range(24):
            angle = step * math.pi / 12
            x, y = point[0] + distance * math.cos(angle), point[1] + distance * math.sin(angle)
            left = x if math.cos(angle) >= 0 else x - width
            best = Box(left, y - height / 2, left + width, y + height / 2)
            if best.left >= 0 and best.right <= limit and best.top >= 0 and _is_free(best, ground, taken):
                return best
    return best


def _is_free(box: Box, ground: Sequence[Point], taken: Sequence[Box]) -> bool:
    return not any(map(box.overlaps, taken)) and not any(map(box.holds, ground))
