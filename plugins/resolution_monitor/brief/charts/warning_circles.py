"""Early warning of a row's indicators: how many are at high risk, to be watched, at low risk, without a forecast."""

from collections.abc import Mapping

from resolution_monitor.brief.charts.drawing import GREY, INK, circle, svg, text
from resolution_monitor.brief.figures import Figure

BANDS = ("high", "watch", "low", "none")
_PITCH = 20.0
_RADIUS = 7.4
_HEIGHT = 20.0


def warning_circles(counts: Mapping[str, Figure], title: str) -> str:
    """
    Black ink apart from the colours of a status: solid, thick rim, thin rim, dashed; a plain 0 where there is none.

    Args:
        counts: Each of BANDS -> how many; printed as the figure is.
    """
    parts = [part for number, band in enumerate(BANDS) for part in _one(number, band, counts[band])]
    return svg(_PITCH * len(BANDS), _HEIGHT, title, *parts)


def warning_mark(band: str, title: str) -> str:
    """The circle of a band without a number, for the words below the table."""
    return svg(9, 9, title, _circle(band, 4.5, 4.5, 3.4, thick=1.6))


def _one(number: int, band: str, figure: Figure) -> list[str]:
    count = int(figure.value or 0)
    x, y = number * _PITCH + _PITCH / 2, _HEIGHT / 2
    ink = "#ffffff" if band == "high" and count else INK if count else "#555"
    printed = text(x, y + 3.8, str(figure), anchor="middle", fill=ink, weight=600 if band == "high" and count else 400)
    # Three digits ask for a wider circle, never for smaller digits.
    radius = _RADIUS if count < 100 else _RADIUS + 2.2
    return [_circle(band, x, y, radius, thick=2.0), printed] if count else [printed]


def _circle(band: str, x: float, y: float, radius: float, *, thick: float) -> str:
    if band == "high":
        return circle(x, y, radius, fill=INK)
    if band == "watch":
        return circle(x, y, radius, fill="#ffffff", stroke=INK, width=thick)
    rim = circle(x, y, radius, fill="#ffffff", stroke=INK if band == "low" else GREY)
    return rim if band == "low" else rim.replace("/>", ' stroke-dasharray="1.8 1.4"/>')
