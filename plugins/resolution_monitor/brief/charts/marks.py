"""The mark of a status: shape and ink together, so that grey print and colour-blind readers lose nothing."""

from resolution_monitor.brief.charts.drawing import AMBER, GREEN, GREEN_RIM, GREY, INK, RED, circle, rectangle, svg

# Status of score/rules/status.py -> its mark; a status without one prints none.
_SHAPES = {
    "RED": "square",
    "OVERDUE": "square",
    "AMBER": "triangle",
    "GREEN": "circle",
    "DONE": "circle",
    "DONE_LATE": "circle",
    "ON_TARGET": "circle",
    "NO_DATA": "ring",
    "UNRATED": "ring",
    "INSUFFICIENT": "ring",
}


def ink_of(status: str) -> str:
    """The ink of a bar or a name: that of the mark where attention is asked, else plain."""
    return {"square": RED, "triangle": AMBER}.get(shape_of(status), INK)


def shape_of(status: str) -> str:
    """The shape that stands for a status: square, triangle, circle, ring, or nothing."""
    return _SHAPES.get(status, "")


def mark_at(shape: str, x: float, y: float, *, radius: float = 3.2) -> str:
    """One mark around a point, to be put into a drawing."""
    if shape == "square":
        return rectangle(x - radius, y - radius, 2 * radius, 2 * radius, fill=RED)
    if shape == "triangle":
        up, down, side = y - 1.15 * radius, y + 0.85 * radius, 1.15 * radius
        points = f"M{x:.2f} {up:.2f}L{x + side:.2f} {down:.2f}L{x - side:.2f} {down:.2f}Z"
        return f'<path d="{points}" fill="{AMBER}" stroke="#7a5400" stroke-width="0.5"/>'
    if shape == "circle":
        return circle(x, y, radius, fill=GREEN, stroke=GREEN_RIM)
    if shape == "ring":
        ring = circle(x, y, radius, fill="#ffffff", stroke=GREY)
        return ring.replace("/>", ' stroke-dasharray="1.6 1.2"/>')
    return ""


def mark(status: str, title: str) -> str:
    """A mark by itself, for a table cell or a line of text; empty for a status without one."""
    shape = shape_of(status)
    return svg(9, 9, title, mark_at(shape, 4.5, 4.5)) if shape else ""
