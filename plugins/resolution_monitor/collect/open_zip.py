"""Opens a zip once, for the mark screen, the guard and the reader alike: every part, and what was wrong on the way."""

import bz2
import io
import itertools
import lzma
import struct
import zipfile
import zlib
from collections.abc import Sequence
from dataclasses import dataclass

from resolution_monitor.collect.refusals import (
    MAX_INFLATED_BYTES,
    MAX_MEMBERS,
    MAX_RATIO,
    RefusedError,
    unsafe_archive,
)

ZIP_MAGIC = b"PK\x03\x04"
BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    EOFError,
    NotImplementedError,
    struct.error,
    OSError,
    ValueError,
)
_LOCAL_HEADER = 30  # bytes before a part's name
_LENGTHS_AT = 26  # in a part's own header: how long its name and its extra field are


@dataclass(frozen=True, slots=True)
class OpenedZip:
    """
    What came out of a zip.

    Attributes:
        parts: Name and content in the file's order, as far as it came out; a name may stand twice.
        refusal: Why the file must not be read; None where nothing speaks against it.
    """

    parts: Sequence[tuple[str, bytes]]
    refusal: RefusedError | None


def opened_zip(content: bytes, most: int = MAX_INFLATED_BYTES) -> OpenedZip:
    """Every part inflated once, counted while it comes out, its CRC checked; a broken part does not hide the others."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = archive.infolist()
            refusal = _members_refusal(members)
            parts: list[tuple[str, bytes]] = []
            for member in members[:MAX_MEMBERS]:
                part, wrong = _opened(archive, content, member, most)
                most -= len(part)
                parts.append((part_name(member), part))
                refusal = refusal or wrong
    except BROKEN as error:
        return OpenedZip((), RefusedError("damaged-file", technical=repr(error)))
    return OpenedZip(parts, refusal)


def part_name(member: zipfile.ZipInfo) -> str:
    """The name of a part; a program of Windows may part its folders with backslashes."""
    return member.filename.replace("\\", "/")


def _members_refusal(members: Sequence[zipfile.ZipInfo]) -> RefusedError | None:
    names = [part_name(member) for member in members]
    if len(names) > MAX_MEMBERS:
        return unsafe_archive("có quá nhiều thành phần", f"{len(names)} parts")
    if len({name.lower() for name in names}) != len(names):
        return unsafe_archive("có thành phần trùng tên")
    if any(name.startswith("/") or ".." in name.split("/") for name in names):
        return unsafe_archive("có thành phần mang đường dẫn lạ")
    if any(member.flag_bits & 0x1 for member in members):
        return RefusedError("encrypted-workbook")
    placed = sorted(members, key=lambda member: member.header_offset)
    for one, after in itertools.pairwise(placed):
        if one.header_offset + _LOCAL_HEADER + one.compress_size > after.header_offset:
            return unsafe_archive("có các thành phần chồng lên nhau", one.filename)
    return None


def _opened(
    archive: zipfile.ZipFile, content: bytes, member: zipfile.ZipInfo, budget: int
) -> tuple[bytes, RefusedError | None]:
    limit = max(0, min(budget, MAX_RATIO * max(member.compress_size, 1024)))
    try:
        with archive.open(member) as stream:
            part = stream.read(limit + 1)
    except (*BROKEN, RuntimeError) as error:  # RuntimeError: it is encrypted
        return _salvaged(content, member, limit), RefusedError("damaged-file", technical=repr(error))
    if len(part) > limit:
        return part[:limit], unsafe_archive("dung lượng khi mở ra quá lớn", member.filename)
    if len(part) != member.file_size:
        return part, RefusedError("damaged-file", technical=f"{member.filename} is not as long as it says")
    return part, None


def _salvaged(content: bytes, member: zipfile.ZipInfo, limit: int) -> bytes:
    """As much of a broken part as comes out: a mark in it is still one."""
    try:
        name, extra = struct.unpack_from("<HH", content, member.header_offset + _LENGTHS_AT)
        start = member.header_offset + _LOCAL_HEADER + name + extra
        packed = content[start : start + member.compress_size]
        if member.compress_type == zipfile.ZIP_DEFLATED:
            return zlib.decompressobj(-zlib.MAX_WBITS).decompress(packed, max(limit, 1))
        if member.compress_type == zipfile.ZIP_BZIP2:
            return bz2.BZ2Decompressor().decompress(packed, max(limit, 1))
        return packed[:limit]
    except BROKEN:
        return b""
