"""Guards an .ods, a zip of other parts than an .xlsx."""

import re

from resolution_monitor.collect.refusals import RefusedError
from resolution_monitor.collect.traits import Guarded

_MIME = b"application/vnd.oasis.opendocument.spreadsheet"
_ENCRYPTED = re.compile(rb"<(?:\w+:)?encryption-data\b")
_LIVE_LINK = re.compile(rb"<(?:\w+:)?(?:dde-connection-decl|dde-source|event-listener)\b")
_LINKED_SHEET = re.compile(rb"<(?:\w+:)?(?:table-source|cell-range-source)\b|formula\s*=\s*[\"'][^\"']*file:/")
_FONT = re.compile(rb"\b(?:style:name|style:font-name|svg:font-family)\s*=\s*[\"']([^\"']{1,64})")
_CHART = b"application/vnd.oasis.opendocument.chart"
_ENTRY = re.compile(rb"<(?:\w+:)?file-entry\b[^>]*>")
_FULL_PATH = re.compile(rb"full-path\s*=\s*[\"']([^\"']*)")


def is_ods(parts: dict[str, bytes]) -> bool:
    return parts.get("mimetype", b"").strip().startswith(b"application/vnd.oasis.opendocument")


def guard_ods(parts: dict[str, bytes]) -> Guarded:
    """
    Raises:
        RefusedError: It is no workbook, encrypted, or holds macros, objects or live links.
    """
    if parts["mimetype"].strip() != _MIME:
        raise RefusedError("not-a-workbook", technical="another kind of OpenDocument")
    manifest = parts.get("META-INF/manifest.xml", b"")
    if _ENCRYPTED.search(manifest):
        raise RefusedError("encrypted-workbook")
    if any(name.lower().startswith(("basic/", "scripts/")) and not name.endswith("/") for name in parts):
        raise RefusedError("macro-workbook")
    _guard_objects(parts, manifest)
    content = parts.get("content.xml")
    if content is None:
        raise RefusedError("damaged-file", technical="no content.xml")
    if _LIVE_LINK.search(content):
        raise RefusedError("live-link")
    fonts = {name.decode(errors="replace") for name in _FONT.findall(content + parts.get("styles.xml", b""))}
    told = {"external-link"} if _LINKED_SHEET.search(content) else set()
    return Guarded(kind="ods", content=content, fonts=fonts, told=told, parts=parts)


def _guard_objects(parts: dict[str, bytes], manifest: bytes) -> None:
    """A chart is kept as an object of its own and does no harm; every other object is refused."""
    charts = {
        found[1].decode(errors="replace").rstrip("/")
        for entry in _ENTRY.findall(manifest)
        if _CHART in entry and (found := _FULL_PATH.search(entry))
    }
    for name in parts:
        folder = name.split("/")[0]
        if folder.startswith("Object ") and folder not in charts:
            raise RefusedError("embedded-object", technical=name)
