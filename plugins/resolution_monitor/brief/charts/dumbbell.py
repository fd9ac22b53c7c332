"""A share then and now on a scale up to 100: hollow before, solid now, red where it fell."""

from resolution_monitor.brief.charts.drawing import GREY, INK, PALE, RED, circle, line, svg

_HEIGHT = 11.0
_MARGIN = 4.0


def dumbbell(now: float | None, before: float | None, title: str, *, low: float, width: float) -> str:
    """
    None draws no dot: a share of nothing is not zero.

    Args:
        low: Percent at the left end; the right end is 100.
    """
    unit = (width - 2 * _MARGIN) / (100.0 - low)
    middle = _HEIGHT / 2
    has_fallen = now is not None and before is not None and now < before
    ink = RED if has_fallen else INK
    ends = (line(x, 2, x, _HEIGHT - 2, stroke=GREY) for x in (_MARGIN, width - _MARGIN))
    parts = [line(_MARGIN, middle, width - _MARGIN, middle, stroke=PALE, width=1.0), *ends]
    x_now, x_before = (None if value is None else _MARGIN + (value - low) * unit for value in (now, before))
    if x_now is not None and x_before is not None:
        parts.append(line(x_before, middle, x_now, middle, stroke=ink, width=1.8))
    if x_before is not None:
        parts.append(circle(x_before, middle, 2.8, fill="#ffffff", stroke=ink))
    if x_now is not None:
        parts.append(circle(x_now, middle, 3.2, fill=ink))
    return svg(width, _HEIGHT, title, *parts)
