"""One quantity as a solid bar with its number behind it, on a scale common to the rows."""

from resolution_monitor.brief.charts.drawing import INK, rectangle, svg, text

_HEIGHT = 11.0
_GAP = 4.0
_LETTER = 7.6


def length(value: float, printed: str, most: float, title: str, *, widest: int, width: float) -> str:
    """
    Args:
        most: The value whose bar is the longest of the column; above 0.
        printed: The figure's text.
        widest: Letters of the longest text of the column: behind the longest bar there is room for it.
    """
    reach = min(value / most, 1.0) * (width - _GAP - _LETTER * widest)
    bar = rectangle(0, 2.2, max(reach, 0.8), 6.6, fill=INK)
    return svg(width, _HEIGHT, title, bar, text(reach + _GAP, 9.4, printed, weight=600))
