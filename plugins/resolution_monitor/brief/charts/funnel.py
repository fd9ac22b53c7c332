"""A funnel: each body's share on time by how much fell due, within limits that chance and the group's spread allow."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from resolution_monitor.brief.charts.drawing import GREY, INK, PALE, RED, circle, line, svg, text
from resolution_monitor.score.month.peers import INNER, OUTER, limit_at

_HEIGHT, _LEFT, _TOP, _BOTTOM, _RIGHT = 190.0, 34.0, 26.0, 26.0, 8.0
_STEPS = 40


@dataclass(frozen=True, slots=True)
class FunnelPoint:
    """
    One body.

    Attributes:
        due: How much fell due; above 0.
        share: On time, 0 to 1.
        verdict: Of score.peers.Funnel; who stands outside is named.
    """

    code: str
    due: float
    share: float
    verdict: str


@dataclass(frozen=True, slots=True)
class FunnelWords:
    """The words around the points."""

    title: str
    due: str


def funnel(points: Sequence[FunnelPoint], words: FunnelWords, *, mean: float, spread: float, width: float) -> str:
    """
    Draw the points between their limits.

    Args:
        mean, spread: Of the group; see score.peers.Funnel.
    """
    most = max(point.due for point in points)
    right, bottom = width - _RIGHT, _HEIGHT - _BOTTOM

    def across(due: float) -> float:
        return _LEFT + due / (most * 1.05) * (right - _LEFT)

    def up(share: float) -> float:
        return bottom - min(max(share, 0.0), 1.0) * (bottom - _TOP)

    due = np.linspace(max(most / _STEPS, 0.5), most * 1.05, _STEPS)
    parts = [text(0, 10, words.title)]
    for share in (0.0, 0.5, 1.0):
        parts.append(line(_LEFT, up(share), right, up(share), stroke="#e9e9e9", width=0.5))
        parts.append(text(_LEFT - 4, up(share) + 3.8, f"{share:.0%}", anchor="end", fill="#555"))
    parts.append(line(_LEFT, up(mean), right, up(mean), stroke=INK, width=0.9))
    for deviations, dash, ink in ((INNER, "", GREY), (OUTER, "3 2", PALE)):
        reach = limit_at(due, mean, spread, deviations)
        for sign in (-1.0, 1.0):
            # A share ends at 0 and 1: where a limit lies beyond, there is nothing to stand outside of.
            ends = [(x, mean + sign * y) for x, y in zip(due, reach, strict=True)]
            within = [pair for pair in pairwise(ends) if all(0.0 <= share <= 1.0 for _, share in pair)]
            parts += [
                line(across(x1), up(y1), across(x2), up(y2), stroke=ink, width=0.8, dash=dash)
                for (x1, y1), (x2, y2) in within
            ]
    for point in points:
        is_outside = point.verdict.startswith("outside")
        x, y = across(point.due), up(point.share)
        parts.append(circle(x, y, 3.0, fill=RED if is_outside else "#ffffff", stroke=RED if is_outside else INK))
        parts += [text(x + 5, y + 3.8, point.code, fill=RED)] if is_outside else []
    parts.append(text(right, _HEIGHT - 6, f"{words.due}: {most:g}", anchor="end", fill="#555"))
    return svg(width, _HEIGHT, words.title, *parts)
