"""What was reached against what was planned: a solid bar and a tick, on a scale common to the rows."""

from resolution_monitor.brief.charts.drawing import INK, PALE, line, rectangle, svg


def bullet(reached: float, planned: float, scale_to: float, title: str, *, fill: str = INK, width: float = 170) -> str:
    """
    Args:
        reached, planned: In one unit.
        scale_to: The value at the right end, the same for every bullet of a column.
        fill: Of the bar: the ink of its status.
    """
    height = 13.0
    unit = width / scale_to
    return svg(
        width,
        height,
        title,
        rectangle(0, 3.5, width, 6, fill="#f0f0f0"),
        rectangle(0, 3.5, reached * unit, 6, fill=fill),
        line(planned * unit, 0.5, planned * unit, 12.5, stroke="#ffffff", width=3.2),
        line(planned * unit, 0.5, planned * unit, 12.5, stroke=INK, width=1.6),
        line(0, 3.5, 0, 9.5, stroke=PALE),
    )
