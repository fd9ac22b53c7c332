"""The way of an indicator from its baseline to its target: where it stands, and where it should stand by now."""

from resolution_monitor.brief.charts.drawing import GREY, INK, RED, circle, line, svg

_HEIGHT = 13.0
_MARGIN = 5.0
# A value far before the baseline is drawn at this share of the way before it.
_BEFORE = 0.12


def way(reached: float, required: float, title: str, *, width: float) -> str:
    """
    Args:
        reached, required: Fractions of the way; 0 is the baseline, 1 the target, below 0 further off than at first.
    """
    left, right, middle = _MARGIN + _BEFORE * width, width - _MARGIN, _HEIGHT / 2
    unit = right - left
    now = left + max(min(reached, 1.0), -_BEFORE) * unit
    wanted = left + max(min(required, 1.0), 0.0) * unit
    diamond = f'<path d="M{right - 4:.2f} {middle}l4 -4l4 4l-4 4z" fill="#ffffff" stroke="{INK}" stroke-width="0.9"/>'
    return svg(
        width,
        _HEIGHT,
        title,
        line(left, middle, right - 4, middle, stroke=GREY, width=0.8),
        circle(left, middle, 3.0, fill="#ffffff", stroke=INK),
        line(min(left, now), middle, max(left, now), middle, stroke=INK, width=2.0),
        circle(now, middle, 3.0, fill=INK),
        line(wanted, 0.8, wanted, _HEIGHT - 0.8, stroke=RED, width=1.8),
        diamond,
    )
