"""Finds room for names beside a shape: the nearest box that covers neither the shape nor another name."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

Point = tuple[float, float]

# Of the font at size 1: a generous average, so that a box is rather too wide than too narrow.
_LETTER = 0.56
# Which part of the name stands at the point tried: its beginning, its middle, its end.
_ANCHORS = (0.0, 0.5, 1.0)


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

    def probes(self) -> list[Point]:
        """Points that tell whether the box lies within a shape whose outline passes around it."""
        middle = (self.top + self.bottom) / 2
        return [(self.left + (self.right - self.left) * share, middle) for share in (0.0, 0.25, 0.5, 0.75, 1.0)]


def place_labels(
    labels: Sequence[tuple[str, Point]], ground: Sequence[Sequence[Point]], width: float, size: float
) -> list[Box]:
    """
    One box for each name, in order.

    Args:
        labels: The words and the point they belong to.
        ground: Rings that no name may cover.
        width: Names stay between 0 and this.
    """
    taken: list[Box] = []
    for words, point in labels:
        taken.append(_nearest_free(len(words) * _LETTER * size, size * 1.25, point, ground, taken, width))
    return taken


def _nearest_free(
    width: float, height: float, point: Point, ground: Sequence[Sequence[Point]], taken: Sequence[Box], limit: float
) -> Box:
    best = Box(point[0], point[1], point[0] + width, point[1] + height)
    for distance in range(6, 220, 4):
        for step in range(24):
            angle = step * math.pi / 12
            x, y = point[0] + distance * math.cos(angle), point[1] + distance * math.sin(angle)
            for share in _ANCHORS if math.cos(angle) >= 0 else reversed(_ANCHORS):
                left = min(max(x - width * share, 0.0), limit - width)
                best = Box(left, y - height / 2, left + width, y + height / 2)
                if best.top >= 0 and _is_free(best, ground, taken):
                    return best
    return best


def _is_free(box: Box, ground: Sequence[Sequence[Point]], taken: Sequence[Box]) -> bool:
    if any(map(box.overlaps, taken)):
        return False
    return not any(_covers(box, ring) for ring in ground)


def _covers(box: Box, ring: Sequence[Point]) -> bool:
    return any(map(box.holds, ring)) or any(_is_within(probe, ring) for probe in box.probes())


def _is_within(point: Point, ring: Sequence[Point]) -> bool:
    """Even-odd rule: a ray to the right crosses the outline an odd number of times."""
    x, y = point
    crossings = 0
    for (x1, y1), (x2, y2) in pairwise([*ring, ring[0]]):
        if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
            crossings += 1
    return crossings % 2 == 1
