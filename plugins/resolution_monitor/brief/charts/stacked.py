"""How the assignments of one node stand: a bar of shares, red first, each with its number where there is room."""

from collections.abc import Mapping

from resolution_monitor.brief.charts.drawing import AMBER, GREEN, GREEN_RIM, GREY, INK, RED, rectangle, svg, text

_HEIGHT = 13.0
_DIGIT = 6.6
_GAP = 5.0
# State -> fill, rim, ink of its number; in the order drawn. No data is outlined, never filled.
_PARTS = {
    "red": (RED, RED, "#ffffff"),
    "amber": (AMBER, "#b98212", INK),
    "green": (GREEN, GREEN_RIM, INK),
    "no_data": ("#ffffff", GREY, INK),
    "not_started": ("#f0f0f0", "#dcdcdc", "#555"),
}


def stacked(counts: Mapping[str, int], title: str, *, widest: tuple[int, int], width: float) -> str:
    """
    Args:
        counts: State -> number of assignments; the red number stands at the left, the sum at the right.
        widest: The largest red number and the largest sum of the column, so that its bars begin and end alike.
    """
    total = sum(counts.values())
    left, right = (_GAP + _DIGIT * len(str(number)) for number in widest)
    long = width - left - right
    parts = []
    x = left
    for state, (fill, rim, ink) in _PARTS.items():
        number = counts.get(state, 0)
        length = long * number / total if total else 0.0
        if not number:
            continue
        parts.append(_segment(x, length, fill, rim, is_dashed=state == "no_data"))
        if state != "red" and length >= _DIGIT * len(str(number)) + 3:
            parts.append(text(x + length / 2, 10.3, str(number), anchor="middle", fill=ink))
        x += length
    red = counts.get("red", 0)
    parts.append(text(left - 4, 10.3, str(red), anchor="end", fill=RED if red else "#555", weight=600 if red else 400))
    parts.append(text(width, 10.3, str(total), anchor="end", fill="#555"))
    return svg(width, _HEIGHT, title, *parts)


def _segment(x: float, length: float, fill: str, rim: str, *, is_dashed: bool) -> str:
    box = rectangle(x + 0.4, 0.8, max(length - 0.8, 0.8), _HEIGHT - 1.6, fill=fill, stroke=rim)
    return box.replace("/>", ' stroke-dasharray="2 1.4"/>') if is_dashed else box
