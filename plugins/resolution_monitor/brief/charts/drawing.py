"""SVG written as text; every text from outside is escaped here and nowhere else."""

from html import escape

INK = "#1a1a1a"
GREY = "#8a8a8a"
PALE = "#dcdcdc"
RED = "#8C1D18"
AMBER = "#E8A317"
GREEN = "#CFE6DB"
GREEN_RIM = "#2A7F62"
# A fill that prints as slanted lines; every drawing carries its pattern.
HATCH = "url(#hatch)"
FONT = "Be"
# Drawings are measured in px; 8 pt, the smallest print we allow, is 10.67 of them.
SMALL = 10.7


_HATCH_PATTERN = (
    '<defs><pattern id="hatch" width="3.2" height="3.2" patternUnits="userSpaceOnUse">'
    f'<rect width="3.2" height="3.2" fill="#ffffff"/><path d="M0 3.2L3.2 0" stroke="{RED}" stroke-width="0.9"/>'
    "</pattern></defs>"
)


def svg(width: float, height: float, title: str, *parts: str) -> str:
    """One drawing; its title is what a screen reader says."""
    size = f'width="{width:.1f}" height="{height:.1f}" viewBox="0 0 {width:.1f} {height:.1f}"'
    head = f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img"><title>{escape(title)}</title>'
    body = "".join(parts)
    return f"{head}{_HATCH_PATTERN if HATCH in body else ''}{body}</svg>"


def line(x1: float, y1: float, x2: float, y2: float, *, stroke: str = INK, width: float = 0.6, dash: str = "") -> str:
    dashed = f' stroke-dasharray="{dash}"' if dash else ""
    return (
        f'<line x1="{x1:.2f}" y1="{y1:.2f}" x2="{x2:.2f}" y2="{y2:.2f}" stroke="{stroke}" '
        f'stroke-width="{width}"{dashed}/>'
    )


def rectangle(x: float, y: float, width: float, height: float, *, fill: str, stroke: str = "none") -> str:
    return (
        f'<rect x="{x:.2f}" y="{y:.2f}" width="{max(width, 0):.2f}" height="{height:.2f}" fill="{fill}" '
        f'stroke="{stroke}" stroke-width="0.5"/>'
    )


def circle(x: float, y: float, radius: float, *, fill: str, stroke: str = "none", width: float = 0.8) -> str:
    return f'<circle cx="{x:.2f}" cy="{y:.2f}" r="{radius}" fill="{fill}" stroke="{stroke}" stroke-width="{width}"/>'


def text(
    x: float, y: float, words: str, *, size: float = SMALL, anchor: str = "start", fill: str = INK, weight: int = 400
) -> str:
    return (
        f'<text x="{x:.2f}" y="{y:.2f}" font-family="{FONT}" font-size="{size}" font-weight="{weight}" '
        f'text-anchor="{anchor}" fill="{fill}">{escape(words)}</text>'
    )


def path(data: str, *, fill: str, stroke: str = "#ffffff", width: float = 0.4) -> str:
    return f'<path d="{data}" fill="{fill}" fill-rule="evenodd" stroke="{stroke}" stroke-width="{width}"/>'
