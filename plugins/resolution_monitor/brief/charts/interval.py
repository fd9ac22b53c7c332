"""From the low to the high end of a score on a scale of 0 to 100: what silence leaves open is the width of the bar."""

from resolution_monitor.brief.charts.drawing import GREY, INK, PALE, circle, line, rectangle, svg

_HEIGHT = 11.0
_MARGIN = 3.0


def interval(low: float | None, high: float | None, title: str, *, limits: tuple[float, ...], width: float) -> str:
    """
    Args:
        low, high: Both None draws the scale alone.
        limits: Where the colour changes; thin lines.
    """
    unit = (width - 2 * _MARGIN) / 100.0
    middle = _HEIGHT / 2
    parts = [line(_MARGIN, middle, width - _MARGIN, middle, stroke=PALE, width=1.0)]
    parts += [line(_MARGIN + limit * unit, 1, _MARGIN + limit * unit, _HEIGHT - 1, stroke=GREY) for limit in limits]
    if low is not None and high is not None:
        start, end = _MARGIN + low * unit, _MARGIN + high * unit
        parts.append(rectangle(start, middle - 2.6, end - start, 5.2, fill="#9a9a9a"))
        parts.append(circle(start, middle, 2.8, fill=INK))
    return svg(width, _HEIGHT, title, *parts)
