"""Guards an .xlsx: no macros, no objects, no live links; sees in its sheets what the reader of cells leaves out."""

import posixpath
import re
from xml.etree import ElementTree

from resolution_monitor.collect.cell_writing import without_asides
from resolution_monitor.collect.guard_zip import UNREAD, stored_zip
from resolution_monitor.collect.refusals import RefusedError, other_kind
from resolution_monitor.collect.scan_sheet import scan_sheet
from resolution_monitor.collect.traits import Guarded, SheetTraits
from resolution_monitor.collect.xlsx_looks import book_looks

_WORKBOOK = "xl/workbook.xml"
_RELATIONS = "xl/_rels/workbook.xml.rels"
_XML = (".xml", ".rels")
_MAIN = re.compile(
    rb"<(?:\w+:)?Relationship\s(?=[^>]*/officeDocument[\"'])[^>]*\bTarget\s*=\s*[\"']/?(xl/[\w.-]+)[\"']"
)
# What the reader of cells knows; it takes a file with any other error for damaged.
_UNKNOWN_ERROR = re.compile(
    rb"(<(?:\w+:)?c\b[^>]*\bt\s*=\s*[\"']e[\"'][^>]*>(?:\s*<(?:\w+:)?f\b[^>]*?(?:/>|>[^<]*</(?:\w+:)?f>))?\s*<(?:\w+:)?v>)"
    rb"(?!#(?:DIV/0!|N/A|NAME\?|NULL!|NUM!|REF!|VALUE!|DATA!)<)[^<]*"
)
# "Precision as displayed".
_ROUNDED = re.compile(rb"\bfullPrecision\s*=\s*[\"'](?:0|false)[\"']")
_LIVE_LINK = re.compile(rb"<(?:\w+:)?(?:ddeLink|oleLink)\b")
_FONT = re.compile(rb"<(?:\w+:)?(?:name|rFont)\s[^>]*?\bval\s*=\s*[\"']([^\"']{1,64})")


def guard_xlsx(parts: dict[str, bytes]) -> Guarded:
    """
    Raises:
        RefusedError: It is no workbook, or holds what must not be opened.
    """
    _guard_names([name.lower() for name in parts])
    parts = {
        name: without_asides(part) if name.lower().endswith(_XML) else part for name, part in _renamed(parts).items()
    }
    told = _guard_links(parts)
    sheets = _sheet_parts(parts)
    looks = book_looks(parts.get("xl/styles.xml", b""), parts.get("xl/sharedStrings.xml", b""))
    traits = [scan_sheet(parts[part], part, looks) if part in parts else SheetTraits() for _, part in sheets]
    if _ROUNDED.search(parts[_WORKBOOK]):
        for one in traits:
            one.reckoned.clear()  # each result was rounded as it is shown, and goes on so
    odd = {part for (_, part), seen in zip(sheets, traits, strict=True) if seen.errors}
    return Guarded(
        kind="xlsx",
        # Pictures and the like are nothing to the reader of cells.
        content=stored_zip(
            {
                name: _known_errors(part) if name in odd else part
                for name, part in parts.items()
                if name.lower().endswith(_XML) and not name.lower().startswith(UNREAD)
            }
        ),
        sheets=traits,
        names=[name for name, _ in sheets],
        fonts=_fonts(parts),
        told=told,
        parts=parts,
    )


def _guard_names(lowered: list[str]) -> None:
    if any(name.endswith("vbaproject.bin") or "/macrosheets/" in name for name in lowered):
        raise RefusedError("macro-workbook")
    for name in lowered:
        if "/embeddings/" in name or "/activex/" in name:
            raise RefusedError("embedded-object", technical=name)
    if "xl/workbook.bin" in lowered:
        raise other_kind("bảng tính nhị phân (.xlsb)")
    if "[content_types].xml" not in lowered or not any(name.startswith("xl/workbook") for name in lowered):
        raise RefusedError("not-a-workbook")


def _renamed(parts: dict[str, bytes]) -> dict[str, bytes]:
    """The same parts with the workbook under its usual name; Windows' own cloud calls it xl/workbook2.xml."""
    found = _MAIN.search(parts.get("_rels/.rels", b""))
    main = found[1].decode() if found else _WORKBOOK
    if main == _WORKBOOK or main not in parts or _WORKBOOK in parts:
        return parts
    names = {main: _WORKBOOK, f"xl/_rels/{main[3:]}.rels": _RELATIONS}
    old, new = main.encode(), _WORKBOOK.encode()
    pointing = ("_rels/.rels", "[Content_Types].xml")
    return {names.get(name, name): part.replace(old, new) if name in pointing else part for name, part in parts.items()}


def _known_errors(part: bytes) -> bytes:
    """The part with errors that only newer spreadsheets know as one that all know; the guard has seen their text."""
    return _UNKNOWN_ERROR.sub(rb"\1#N/A", part)


def _guard_links(parts: dict[str, bytes]) -> set[str]:
    """Whether formulas take values out of other files; a link to a running program is refused."""
    linked = [part for name, part in parts.items() if name.lower().startswith("xl/externallinks/external")]
    if any(_LIVE_LINK.search(part) for part in linked):
        raise RefusedError("live-link")
    return {"external-link"} if linked else set()


def _sheet_parts(parts: dict[str, bytes]) -> list[tuple[str, str]]:
    """Name of each sheet, in the workbook's order, and the part that holds it."""
    if _WORKBOOK not in parts or _RELATIONS not in parts:
        raise RefusedError("damaged-file", technical="no xl/workbook.xml, or none that names its parts")
    try:
        workbook, relations = (ElementTree.fromstring(parts[name]) for name in (_WORKBOOK, _RELATIONS))  # noqa: S314
    except (ElementTree.ParseError, ValueError) as error:
        raise RefusedError("damaged-file", technical=f"workbook: {error}") from error
    targets = {one.get("Id", ""): one.get("Target", "") for one in relations}
    named = [one for one in workbook.iter() if one.tag.rpartition("}")[2] == "sheet"]
    return [(one.get("name", ""), _part(targets.get(_relation(one), ""))) for one in named]


def _relation(sheet: ElementTree.Element) -> str:
    return next((value for name, value in sheet.items() if name.endswith("}id")), "")


def _part(target: str) -> str:
    return target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join("xl", target))


def _fonts(parts: dict[str, bytes]) -> set[str]:
    holders = (part for name, part in parts.items() if name in ("xl/styles.xml", "xl/sharedStrings.xml"))
    return {name.decode(errors="replace") for part in holders for name in _FONT.findall(part)}
