"""Dots against a plan line: one row a place, this period solid, the period before hollow, on one scale."""

from collections.abc import Sequence
from dataclasses import dataclass

from resolution_monitor.brief.charts.drawing import GREY, INK, PALE, RED, circle, line, svg, text
from resolution_monitor.brief.charts.marks import mark_at

_ROW = 15.4
_TOP = 19.0
_NAME = 92.0
_RIGHT = 114.0


@dataclass(frozen=True, slots=True)
class DotRow:
    """
    One place.

    Attributes:
        percent: This period; None when it cannot be computed.
        printed: The figure's text, printed at the right.
        before: The period before; None draws no hollow dot.
        printed_before: Its text; empty when there is none.
        shape: Of the status: square and triangle are drawn as such, anything else as a dot.
    """

    name: str
    percent: float | None
    printed: str
    before: float | None
    printed_before: str
    shape: str


@dataclass(frozen=True, slots=True)
class DotWords:
    """The words around the dots."""

    title: str
    plan: str
    now: str
    before: str


def dots(rows: Sequence[DotRow], words: DotWords, *, width: float, low: float, high: float) -> str:
    """
    Draw the rows in the order given.

    Args:
        low, high: Percent at the two ends of the scale; a value beyond an end is drawn at it with an arrowhead.
    """
    left, right = _NAME, width - _RIGHT
    scale = _Scale(low=low, high=high, left=left, right=right)
    bottom = _TOP + _ROW * len(rows)
    plan_x = scale.place(100.0)
    has_before = any(row.before is not None for row in rows)
    parts = [
        text(plan_x, 9.5, words.plan, anchor="middle", fill="#444"),
        *_key(words, width, has_before=has_before),
        *_ticks(scale, bottom),
        line(plan_x, 13, plan_x, bottom, stroke=INK, width=0.9),
    ]
    for number, row in enumerate(rows):
        parts += _row(row, scale, _TOP + _ROW * (number + 0.5), width)
    return svg(width, bottom + 14, words.title, *parts)


def _key(words: DotWords, width: float, *, has_before: bool) -> list[str]:
    """Which dot is which year, above the columns of figures."""
    now = [circle(width - 80, 5.9, 3.2, fill=INK), text(width - 50, 9.5, words.now, anchor="end", weight=600)]
    if not has_before:
        return now
    before = text(width, 9.5, words.before, anchor="end", fill="#555")
    return [*now, circle(width - 30, 5.9, 2.6, fill="#ffffff", stroke=GREY), before]


@dataclass(frozen=True, slots=True)
class _Scale:
    low: float
    high: float
    left: float
    right: float

    def place(self, percent: float) -> float:
        held = min(max(percent, self.low), self.high)
        return self.left + (held - self.low) / (self.high - self.low) * (self.right - self.left)

    def is_beyond(self, percent: float) -> bool:
        return percent > self.high or percent < self.low


def _ticks(scale: _Scale, bottom: float) -> list[str]:
    parts = []
    step = 50 if scale.high - scale.low <= 250 else 100
    for percent in range(int(scale.low), int(scale.high) + 1, step):
        x = scale.place(percent)
        parts.append(line(x, 15, x, bottom, stroke="#e9e9e9", width=0.5))
        parts.append(text(x, bottom + 11, f"{percent}%", anchor="middle", fill="#555"))
    return parts


def _row(row: DotRow, scale: _Scale, y: float, width: float) -> list[str]:
    is_short = row.percent is not None and row.percent < 100
    ink = RED if row.shape == "square" else INK
    weight = 600 if is_short else 400
    parts = [
        line(0, y + _ROW / 2, width, y + _ROW / 2, stroke="#ededed", width=0.4),
        text(0, y + 3.8, row.name, fill=ink, weight=weight),
        text(width - 50, y + 3.8, row.printed, anchor="end", fill=ink, weight=600),
        text(width, y + 3.8, row.printed_before, anchor="end", fill="#555"),
    ]
    if row.percent is None:
        return parts
    x = scale.place(row.percent)
    if row.before is not None:
        before_x = scale.place(row.before)
        parts.append(line(before_x, y, x, y, stroke=PALE, width=1.4))
        parts.append(circle(before_x, y, 2.6, fill="#ffffff", stroke=GREY))
        parts += [_arrow(before_x, y, "#ffffff", GREY)] if scale.is_beyond(row.before) else []
    parts.append(mark_at(row.shape, x, y) if row.shape in ("square", "triangle") else circle(x, y, 3.2, fill=INK))
    parts += [_arrow(x, y, INK, INK)] if scale.is_beyond(row.percent) else []
    return parts


def _arrow(x: float, y: float, fill: str, stroke: str) -> str:
    """The value lies beyond the end of the scale."""
    return f'<path d="M{x + 4:.2f} {y - 2.6:.2f}l4 2.6l-4 2.6z" fill="{fill}" stroke="{stroke}" stroke-width="0.6"/>'
