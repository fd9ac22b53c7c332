"""How a deadline slips: the one in force solid, the one asked for as a diamond, the day of the document dashed."""

from datetime import date

from resolution_monitor.brief.charts.drawing import GREY, INK, RED, circle, line, svg

_HEIGHT = 12.0
_MARGIN = 5.0


def slip(due_on: date, asked_on: date | None, today: date, ends: tuple[date, date], title: str, *, width: float) -> str:
    """
    Args:
        asked_on: None where nobody asked for a later day.
        ends: First and last day of the scale, the same for all rows.
    """
    first, last = ends
    unit = (width - 2 * _MARGIN) / max((last - first).days, 1)

    def place(day: date) -> float:
        return _MARGIN + (min(max(day, first), last) - first).days * unit

    middle = _HEIGHT / 2
    due, now = place(due_on), place(today)
    parts = [line(now, 0, now, _HEIGHT, stroke=RED, width=0.8, dash="2 1.4")]
    parts.append(line(due, middle, now, middle, stroke=INK, width=1.8))
    if asked_on is not None:
        asked = place(asked_on)
        parts.append(line(max(due, now), middle, asked - 3, middle, stroke=GREY, width=0.9, dash="1.4 1.2"))
        parts.append(
            f'<path d="M{asked - 3.6:.2f} {middle}l3.6 -3.6l3.6 3.6l-3.6 3.6z" fill="#ffffff" stroke="{INK}" '
            'stroke-width="0.9"/>'
        )
    return svg(width, _HEIGHT, title, *parts, circle(due, middle, 3.0, fill=INK))
