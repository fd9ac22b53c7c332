"""Judges the parts of an opened zip, and packs them again so that the reader does not inflate them a second time."""

import re
import struct
import zlib

from resolution_monitor.collect.open_zip import OpenedZip
from resolution_monitor.collect.refusals import RefusedError, unsafe_xml

_XML_NAMES = (".xml", ".rels", ".vml", ".rdf")
_OTHER_ENCODING = re.compile(rb"\s*<\?xml[^>]*encoding=[\"'](?!utf-?8|us-ascii|iso-8859-1)", re.IGNORECASE)
# Some programs name the code so; no reader of XML knows the name.
_ODD_NAME = re.compile(rb"(<\?xml[^>]*encoding=[\"'])utf8(?=[\"'])", re.IGNORECASE)
# Queries and the like, which nobody who reads cells looks into.
UNREAD = "customxml/"
# Files within the file: nobody looks into them, so the whole is refused.
_ATTACHED_MAGIC = (
    b"PK\x03\x04",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    b"%PDF",
    b"7z\xbc\xaf",
    b"Rar!",
    b"\x1f\x8b",
    b"{\\rtf",
)
_ATTACHED_NAMES = re.compile(
    r"\.(?:zip|7z|rar|gz|tar|bz2|xz|txt|csv|json|html?|rtf|pdf|docx?|docm|pptx?|xlsx?|xlsm|xlsb|ods|odt|odp|msg|eml|exe|js)\Z",
    re.IGNORECASE,
)


def guarded_parts(opened: OpenedZip) -> dict[str, bytes]:
    """
    Name -> bytes of every part, in the file's order.

    Raises:
        RefusedError: It is damaged, encrypted, built to harm, or carries other files.
    """
    if opened.refusal:
        raise opened.refusal
    parts: dict[str, bytes] = {}
    for name, content in opened.parts:
        part = content
        if name.lower().endswith(_XML_NAMES) and not name.lower().startswith(UNREAD):
            _guard_xml(part, name)
            part = _ODD_NAME.sub(rb"\1UTF-8", part, count=1) if b"utf8" in part[:200].lower() else part
        elif name.lower().endswith(".svg") and b"<!ENTITY" in part:
            raise unsafe_xml("khai báo lạ ở đầu nội dung", f"entities in {name}")
        elif part.startswith(_ATTACHED_MAGIC) or _ATTACHED_NAMES.search(name):
            raise RefusedError("embedded-object", technical=name)
        parts[name] = part
    return parts


def _guard_xml(part: bytes, name: str) -> None:
    if part[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\0" in part[:8]:
        raise unsafe_xml("bảng mã chữ lạ", f"UTF-16 in {name}")
    if _OTHER_ENCODING.match(part[:200]):
        raise unsafe_xml("bảng mã chữ lạ", f"unknown encoding in {name}")
    if b"<!DOCTYPE" in part or b"<!ENTITY" in part:
        raise unsafe_xml("khai báo lạ ở đầu nội dung", f"DTD in {name}")


def stored_zip(parts: dict[str, bytes]) -> bytes:
    """The same parts without compression, so that the reader does not inflate them a second time."""
    pieces: list[bytes] = []
    directory: list[bytes] = []
    position = 0
    for name, part in parts.items():
        encoded = name.encode()
        # [APPNOTE] 4.3.7: version, flags (UTF-8 names), method, time, date, CRC, both sizes, lengths of name and extra.
        shared = struct.pack(
            "<HHHHHIIIHH", 20, 0x800, 0, 0, 33, zlib.crc32(part), len(part), len(part), len(encoded), 0
        )
        directory.append(b"PK\x01\x02\x14\x00" + shared + struct.pack("<HHHII", 0, 0, 0, 0, position) + encoded)
        pieces += (b"PK\x03\x04", shared, encoded, part)
        position += 4 + len(shared) + len(encoded) + len(part)
    listed = b"".join(directory)
    end = struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, len(parts), len(parts), len(listed), position, 0)
    return b"".join((*pieces, listed, end))
