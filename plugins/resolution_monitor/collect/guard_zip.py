"""Opens a zip without trusting it: every part inflated once, counted while it comes out, its CRC checked."""

import io
import itertools
import re
import struct
import zipfile
import zlib

from resolution_monitor.collect.refusals import (
    MAX_INFLATED_BYTES,
    MAX_MEMBERS,
    MAX_RATIO,
    RefusedError,
    unsafe_archive,
    unsafe_xml,
)

_XML_NAMES = (".xml", ".rels", ".vml", ".rdf")
_OTHER_ENCODING = re.compile(rb"\s*<\?xml[^>]*encoding=[\"'](?!utf-?8|us-ascii|iso-8859-1)", re.IGNORECASE)
# Some programs name the code so; no reader of XML knows the name.
_ODD_NAME = re.compile(rb"(<\?xml[^>]*encoding=[\"'])utf8(?=[\"'])", re.IGNORECASE)
# Queries and the like, which nobody who reads cells looks into.
UNREAD = "customxml/"
_LOCAL_HEADER = 30  # bytes before a part's name


def inflated_parts(content: bytes) -> dict[str, bytes]:
    """
    Name -> bytes of every part, in the file's order.

    Raises:
        RefusedError: It is damaged, encrypted, or built to harm.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = archive.infolist()
            _guard_members(members)
            return _inflated(archive, members)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, struct.error, OSError, ValueError) as error:
        raise RefusedError("damaged-file", technical=repr(error)) from error


def _guard_members(members: list[zipfile.ZipInfo]) -> None:
    names = [part_name(member) for member in members]
    if len(names) > MAX_MEMBERS:
        raise unsafe_archive("có quá nhiều thành phần", f"{len(names)} parts")
    if len({name.lower() for name in names}) != len(names):
        raise unsafe_archive("có thành phần trùng tên")
    if any(name.startswith("/") or ".." in name.split("/") for name in names):
        raise unsafe_archive("có thành phần mang đường dẫn lạ")
    if any(member.flag_bits & 0x1 for member in members):
        raise RefusedError("encrypted-workbook")
    placed = sorted(members, key=lambda member: member.header_offset)
    for one, after in itertools.pairwise(placed):
        if one.header_offset + _LOCAL_HEADER + one.compress_size > after.header_offset:
            raise unsafe_archive("có các thành phần chồng lên nhau", one.filename)


def _inflated(archive: zipfile.ZipFile, members: list[zipfile.ZipInfo]) -> dict[str, bytes]:
    parts: dict[str, bytes] = {}
    budget = MAX_INFLATED_BYTES
    for member in members:
        limit = min(budget, MAX_RATIO * max(member.compress_size, 1024))
        with archive.open(member) as stream:
            part = stream.read(limit + 1)
        if len(part) > limit:
            raise unsafe_archive("dung lượng khi mở ra quá lớn", member.filename)
        if len(part) != member.file_size:
            raise RefusedError("damaged-file", technical=f"{member.filename} is not as long as it says")
        budget -= len(part)
        name = part_name(member)
        if name.lower().endswith(_XML_NAMES) and not name.lower().startswith(UNREAD):
            _guard_xml(part, name)
            part = _ODD_NAME.sub(rb"\1UTF-8", part, count=1) if b"utf8" in part[:200].lower() else part
        parts[name] = part
    return parts


def part_name(member: zipfile.ZipInfo) -> str:
    """The name of a part; a program of Windows may part its folders with backslashes."""
    return member.filename.replace("\\", "/")


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
