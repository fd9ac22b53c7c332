"""A dot against a plan line, one drawing a row: this period solid, the one before hollow, all on one scale."""

from collections.abc import Iterator
from dataclasses import dataclass

from resolution_monitor.brief.charts.drawing import GREY, INK, PALE, circle, line, svg, text
from resolution_monitor.brief.charts.marks import mark_at

_HEIGHT = 15.4
_HEAD = 14.0
_LEFT = 12.0  # room for half of the words below the first tick
_ARROW = 16.0  # room at the right for what lies beyond the scale
_PLAN = 100.0


@dataclass(frozen=True, slots=True)
class Scale:
    """Percent at the two ends, and how wide a drawing is; a value beyond an end is drawn at it with an arrowhead."""

    low: float
    high: float
    width: float

    def place(self, percent: float) -> float:
        held = min(max(percent, self.low), self.high)
        return _LEFT + (held - self.low) / (self.high - self.low) * (self.width - _LEFT - _ARROW)

    def is_beyond(self, percent: float) -> bool:
        return percent > self.high or percent < self.low

    def ticks(self) -> range:
        return range(int(self.low), int(self.high) + 1, 50 if self.high - self.low <= 250 else 100)


def dots(now: float | None, before: float | None, shape: str, scale: Scale, title: str) -> str:
    """
    One row; without a value this period nothing but the scale.

    Args:
        before: The period before; None draws no hollow dot.
        shape: Of the status: square and triangle are drawn as such, anything else as a dot.
    """
    row = () if now is None else _row(now, before, shape, scale)
    return svg(scale.width, _HEIGHT, title, *_ground(scale), *row)


def plan_head(words: str, scale: Scale, title: str) -> str:
    """What heads the drawings: which line is the plan."""
    x = scale.place(_PLAN)
    return svg(scale.width, _HEAD, title, text(x, 9.5, words, anchor="middle", fill="#444"), line(x, 12, x, _HEAD))


def tick_foot(scale: Scale, title: str) -> str:
    """The percentages below the drawings."""
    marks = (text(scale.place(tick), 10.5, f"{tick}%", anchor="middle", fill="#555") for tick in scale.ticks())
    return svg(scale.width, _HEAD, title, *marks)


def key_dot(title: str, *, is_now: bool) -> str:
    """The dot of this period, or of the one before, for the heading of its column."""
    dot = circle(3.6, 4, 3.2, fill=INK) if is_now else circle(3.6, 4, 2.6, fill="#ffffff", stroke=GREY)
    return svg(8, 8, title, dot)


def _ground(scale: Scale) -> Iterator[str]:
    yield line(0, _HEIGHT, scale.width, _HEIGHT, stroke="#ededed", width=0.8)
    for percent in scale.ticks():
        x = scale.place(percent)
        yield line(x, 0, x, _HEIGHT, stroke="#e9e9e9", width=0.5)
    x = scale.place(_PLAN)
    yield line(x, 0, x, _HEIGHT, width=0.9)


def _row(now: float, before: float | None, shape: str, scale: Scale) -> Iterator[str]:
    x, y = scale.place(now), _HEIGHT / 2
    if before is not None:
        before_x = scale.place(before)
        yield line(before_x, y, x, y, stroke=PALE, width=1.4)
        yield circle(before_x, y, 2.6, fill="#ffffff", stroke=GREY)
        if scale.is_beyond(before):
            yield _arrow(before_x, y, "#ffffff", GREY)
    yield mark_at(shape, x, y) if shape in ("square", "triangle") else circle(x, y, 3.2, fill=INK)
    if scale.is_beyond(now):
        yield _arrow(x, y, INK, INK)


def _arrow(x: float, y: float, fill: str, stroke: str) -> str:
    """The value lies beyond the end of the scale."""
    return f'<path d="M{x + 4:.2f} {y - 2.6:.2f}l4 2.6l-4 2.6z" fill="{fill}" stroke="{stroke}" stroke-width="0.6"/>'
