"""A status then and now: two marks and an arrow; a dash where there was none."""

from resolution_monitor.brief.charts.drawing import GREY, line, svg
from resolution_monitor.brief.charts.marks import mark_at, shape_of

_WIDTH = 44.0
_HEIGHT = 13.0


def mark_pair(before: str, now: str, title: str) -> str:
    """
    Args:
        before, now: Statuses of brief.charts.marks; empty or unknown draws a dash.
    """
    middle = _HEIGHT / 2
    arrow = f'<path d="M25.5 {middle - 2:.2f}l3.6 2l-3.6 2z" fill="{GREY}"/>'
    marks = [_mark(before, 7.0, middle, 3.0), _mark(now, 37.0, middle, 4.4)]
    return svg(_WIDTH, _HEIGHT, title, line(15, middle, 26, middle, stroke=GREY, width=0.9), arrow, *marks)


def _mark(status: str, x: float, y: float, radius: float) -> str:
    shape = shape_of(status)
    return mark_at(shape, x, y, radius=radius) if shape else line(x - 3, y, x + 3, y, stroke=GREY, width=1.0)
