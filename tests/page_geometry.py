"""What is wrong with the places of letters and lines on a page: out of its margins, over each other, cut off.

Measured, not looked at: by the boxes that PDFium tells of each letter and each line. What a page sets apart as running
titles (artifacts of the margins) may stand in the margins above and below; a slanted mark lies where it lies.
"""

import ctypes
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any, NamedTuple

import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium

from resolution_monitor.brief.pdf_finish import MARGIN

MM = 72 / 25.4
# A hair: rounding, and what letters and lines reach over their own edge.
_HAIR = 0.8
# Letters cover each other when they share so much in both directions, in points.
_COVERS = 1.2
# Between letters that follow each other kerning may take away more.
_NEIGHBOURS = 2
_PRINTABLE = 4 * MM
_CELL = 24.0


class Margins(NamedTuple):
    """In millimetres."""

    top: float
    right: float
    bottom: float
    left: float


class Box(NamedTuple):
    """In points from the lower left corner."""

    left: float
    bottom: float
    right: float
    top: float

    def is_in(self, other: "Box", slack: float = _HAIR) -> bool:
        return (
            self.left >= other.left - slack
            and self.bottom >= other.bottom - slack
            and self.right <= other.right + slack
            and self.top <= other.top + slack
        )

    def seen_through(self, hole: "Box") -> "Box":
        return Box(*map(max, self[:2], hole[:2]), *map(min, self[2:], hole[2:]))

    def shared(self, other: "Box") -> tuple[float, float]:
        """How wide and how high what both cover is; negative where they are apart."""
        width = min(self.right, other.right) - max(self.left, other.left)
        return width, min(self.top, other.top) - max(self.bottom, other.bottom)


@dataclass(frozen=True)
class Letter:
    """
    One printed letter.

    Attributes:
        at: Its number on the page.
        hole: What of the page it can be seen through; None where nothing cuts it.
    """

    at: int
    sign: str
    box: Box
    is_running: bool
    hole: Box | None


def faults(pdf: bytes, margins: Margins) -> list[str]:
    """Each fault as a sentence: page, what is wrong, the words around it."""
    with pypdfium2.PdfDocument(pdf) as document:
        first = _margin_ids(pdf)
        return [
            f"page {number}: {one}"
            for number, page in enumerate(document, 1)
            for one in _of_page(page, margins, first if number == 1 else set())
        ]


def _of_page(page: Any, margins: Margins, margin: set[int]) -> Iterator[str]:
    width, height = page.get_size()
    text = page.get_textpage()
    letters = list(_letters(page, text, margin))
    inside = Box(margins.left * MM, margins.bottom * MM, width - margins.right * MM, height - margins.top * MM)
    beside = Box(inside.left, _PRINTABLE, inside.right, height - _PRINTABLE)
    for what, found in (
        ("leaves its margins", [one for one in letters if not one.box.is_in(beside if one.is_running else inside)]),
        ("is cut off", [one for one in letters if one.hole and not one.box.is_in(one.hole)]),
        ("is written over", [one for pair in _covering(letters) for one in pair]),
    ):
        for group in _together(found):
            yield f"«{_around(letters, group)}» {what}"
    for box in _lines(page):
        if not box.is_in(inside, 2.0):
            yield f"a line or an area leaves its margins: {tuple(round(side / MM, 1) for side in box)} mm"


def _letters(page: Any, text: Any, margin: set[int]) -> Iterator[Letter]:
    drawn = _drawn_texts(page, margin)
    for at in range(text.count_chars()):
        if pdfium.FPDFText_GetCharAngle(text.raw, at) > 0.01:
            continue
        box = Box(*text.get_charbox(at))
        sign = chr(pdfium.FPDFText_GetUnicode(text.raw, at))
        if sign.isspace() or box.right - box.left < 0.05:
            continue
        hole, is_running = drawn.get(_address(pdfium.FPDFText_GetTextObject(text.raw, at)), (None, False))
        yield Letter(at, sign, box, is_running, hole)


def _margin_ids(pdf: bytes) -> set[int]:
    """Marked content of the first page that stands in its margins."""
    with pikepdf.open(BytesIO(pdf)) as document:
        tree = document.Root.get("/StructTreeRoot")
        named = [one for one in tree.K[0].K if one.get("/T") == MARGIN.decode().strip("()")] if tree is not None else []
        return {int(mcid) for one in named for mcid in _ids_below(one)}


def _ids_below(element: Any) -> Iterator[int]:
    for kid in element.get("/K", ()):
        if isinstance(kid, pikepdf.Dictionary):
            yield from _ids_below(kid)
        else:
            yield int(kid)


def _drawn_texts(page: Any, margin: set[int]) -> dict[int, tuple[Box | None, bool]]:
    """By text object: what it is seen through, and whether it is a running title; in a group, as the group is."""
    texts: dict[int, tuple[Box | None, bool]] = {}
    groups: dict[int, tuple[Box | None, bool]] = {}
    for item in page.get_objects(max_depth=8):
        at = _address(item.raw)
        is_running = "Artifact" in _marks(item.raw) or pdfium.FPDFPageObj_GetMarkedContentID(item.raw) in margin
        seen = groups[at] if at in groups else (_hole(item.raw), is_running)
        if item.type == pdfium.FPDF_PAGEOBJ_FORM:
            groups.update(dict.fromkeys(_inside(item.raw), seen))
        elif item.type == pdfium.FPDF_PAGEOBJ_TEXT:
            texts[at] = seen
    return texts


def _inside(form: Any) -> Iterator[int]:
    for number in range(pdfium.FPDFFormObj_CountObjects(form)):
        yield _address(pdfium.FPDFFormObj_GetObject(form, number))


def _address(item: Any) -> int:
    return ctypes.cast(item, ctypes.c_void_p).value or 0


def _hole(item: Any) -> Box | None:
    """The box around what clips an object; PDFium tells of it only where it cuts something."""
    clip = pdfium.FPDFPageObj_GetClipPath(item)
    found: Box | None = None
    for number in range(max(pdfium.FPDFClipPath_CountPaths(clip), 0) if clip else 0):
        points = [_point(clip, number, one) for one in range(pdfium.FPDFClipPath_CountPathSegments(clip, number))]
        if not points:
            continue
        (xs, ys) = zip(*points, strict=True)
        box = Box(min(xs), min(ys), max(xs), max(ys))
        found = box if found is None else found.seen_through(box)
    return found


def _point(clip: Any, path: int, number: int) -> tuple[float, float]:
    x, y = ctypes.c_float(), ctypes.c_float()
    pdfium.FPDFPathSegment_GetPoint(pdfium.FPDFClipPath_GetPathSegment(clip, path, number), x, y)
    return x.value, y.value


def _marks(item: Any) -> set[str]:
    names = set()
    for number in range(pdfium.FPDFPageObj_CountMarks(item)):
        buffer, size = (ctypes.c_ushort * 64)(), ctypes.c_ulong()
        pdfium.FPDFPageObjMark_GetName(pdfium.FPDFPageObj_GetMark(item, number), buffer, 128, size)
        names.add(bytes(buffer)[: max(size.value - 2, 0)].decode("utf-16-le"))
    return names


def _covering(letters: Sequence[Letter]) -> Iterator[tuple[Letter, Letter]]:
    """Pairs of letters that cover each other, each pair once; only those of one cell of a grid are compared."""
    grid: dict[tuple[int, int], list[Letter]] = defaultdict(list)
    for one in letters:
        box = one.box
        for column in range(int(box.left // _CELL), int(box.right // _CELL) + 1):
            for row in range(int(box.bottom // _CELL), int(box.top // _CELL) + 1):
                grid[column, row].append(one)
    seen = set()
    for cell in grid.values():
        for number, one in enumerate(cell):
            for other in cell[number + 1 :]:
                if abs(one.at - other.at) <= _NEIGHBOURS or (one.at, other.at) in seen:
                    continue
                if min(one.box.shared(other.box)) > _COVERS:
                    seen.add((one.at, other.at))
                    yield one, other


def _together(found: Sequence[Letter]) -> Iterator[list[Letter]]:
    """Letters that stand close to each other in the text: one fault, not one a letter."""
    group: list[Letter] = []
    for one in sorted(set(found), key=lambda letter: letter.at):
        if group and one.at - group[-1].at > 12:
            yield group
            group = []
        group.append(one)
    if group:
        yield group


def _around(letters: Sequence[Letter], group: Sequence[Letter]) -> str:
    return "".join(one.sign for one in letters if group[0].at - 6 <= one.at <= group[-1].at + 6)


def _lines(page: Any) -> Iterator[Box]:
    """What is seen of drawn lines and areas."""
    for item in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH], max_depth=1):
        box, hole = Box(*item.get_bounds()), _hole(item.raw)
        yield box if hole is None else box.seen_through(hole)
