"""How far above or below a plan: a bar to the right or to the left of the plan line."""

from resolution_monitor.brief.charts.drawing import INK, RED, line, rectangle, svg

_WIDTH = 30.0
_HEIGHT = 9.0


def deviation(points: float | None, title: str, *, most: float) -> str:
    """
    Args:
        points: Percent above (+) or below (-) the plan; None draws the line alone.
        most: Points at either end of the scale; a longer bar is cut and ends in a point.
    """
    middle = _WIDTH / 2
    parts = [line(middle, 0, middle, _HEIGHT, stroke=INK, width=0.8)]
    if points is not None:
        length = min(abs(points), most) / most * (middle - 3.6)
        start = middle if points > 0 else middle - length
        fill = INK if points > 0 else RED
        parts.insert(0, rectangle(start, 1.8, length, 5.4, fill=fill))
        if abs(points) > most:
            tip = middle + length if points > 0 else middle - length
            reach = 3.6 if points > 0 else -3.6
            parts.append(f'<path d="M{tip:.2f} 1.8l{reach} 2.7l{-reach} 2.7z" fill="{fill}"/>')
    return svg(_WIDTH, _HEIGHT, title, *parts)
