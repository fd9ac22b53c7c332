"""Hostile and broken files, made by code: each builder gives the bytes of one."""

import io
import random
import struct
import zipfile
from collections.abc import Callable

from openpyxl import Workbook

SHEET = "xl/worksheets/sheet1.xml"


def good_xlsx(rows: list[list[object]] | None = None) -> bytes:
    workbook = Workbook()
    for row in rows or [["STT", "Tên"], [1, "Hà Nội"]]:
        workbook.active.append(row)
    buffer = io.BytesIO()
    workbook.save(buffer)
    return buffer.getvalue()


def with_part(name: str, content: bytes, base: bytes | None = None) -> bytes:
    """The same workbook with one part added or replaced."""
    target = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(base or good_xlsx())) as old,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for entry in old.namelist():
            if entry != name:
                new.writestr(entry, old.read(entry))
        new.writestr(name, content)
    return target.getvalue()


def sheet_xml(inside: str, before: str = "") -> bytes:
    space = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    head = f'<?xml version="1.0" encoding="UTF-8"?>{before}<worksheet {space}>'
    return f"{head}<sheetData>{inside}</sheetData></worksheet>".encode()


def many_cells(rows: int, columns: int) -> bytes:
    """A lawful sheet that takes a while to read: numbers that do not compress much."""
    chance = random.Random(1)
    line = "<row>" + "<c><v>{}</v></c>" * columns + "</row>"
    inside = "".join(line.format(*(chance.randrange(10**9) for _ in range(columns))) for _ in range(rows))
    return with_part(SHEET, sheet_xml(inside))


def zip_bomb() -> bytes:
    return with_part(SHEET, sheet_xml("<row r='1'><c r='A1'><v>1</v></c></row>") + b" " * (70 * 1024 * 1024))


def high_ratio() -> bytes:
    return with_part("xl/media/x.bin", b"\0" * (20 * 1024 * 1024))


def far_cell() -> bytes:
    return with_part(SHEET, sheet_xml('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'))


def far_column() -> bytes:
    return with_part(SHEET, sheet_xml('<row r="1"><c r="XFD1"><v>1</v></c></row>'))


def million_empty_rows() -> bytes:
    return with_part(SHEET, sheet_xml("".join(f'<row r="{row}"/>' for row in range(1, 1_000_001))))


def dtd() -> bytes:
    return with_part(SHEET, sheet_xml("", before='<!DOCTYPE x [<!ENTITY a "aaaa">]>'))


def utf16_part() -> bytes:
    return with_part(SHEET, sheet_xml("", before="").decode().replace("UTF-8", "UTF-16").encode("utf-16"))


def macros() -> bytes:
    return with_part("xl/vbaProject.bin", b"\xd0\xcf\x11\xe0")


def old_macro_sheet() -> bytes:
    return with_part("xl/macrosheets/sheet1.xml", b"<x/>")


def embedded_object() -> bytes:
    return with_part("xl/embeddings/oleObject1.bin", b"\xd0\xcf\x11\xe0")


def encrypted_member() -> bytes:
    content = bytearray(good_xlsx())
    for signature, offset in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        place = content.find(signature)
        content[place + offset] |= 1
    return bytes(content)


def wrong_crc() -> bytes:
    content = bytearray(good_xlsx())
    place = content.find(b"PK\x01\x02")
    content[place + 16] ^= 0xFF
    local = content.find(b"PK\x03\x04")
    content[local + 14] ^= 0xFF
    return bytes(content)


def twin_names() -> bytes:
    target = io.BytesIO(good_xlsx())
    with zipfile.ZipFile(target, "a") as archive:
        archive.writestr("xl/workbook.xml", b"<other/>")
    return target.getvalue()


def word_document() -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("[Content_Types].xml", b"<Types/>")
        archive.writestr("word/document.xml", b"<document/>")
    return target.getvalue()


def many_members() -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for number in range(3_000):
            archive.writestr(f"xl/{number}.xml", b"")
    return target.getvalue()


def broken_xml() -> bytes:
    return with_part("xl/workbook.xml", b"<workbook><sheets><sheet")


def ole_of(stream: bytes, name: str = "Workbook", extra: dict[str, bytes] | None = None) -> bytes:
    """A small OLE2 container with the given streams, each in sectors of its own."""
    return build_ole({name: stream, **(extra or {})})


def build_ole(streams: dict[str, bytes]) -> bytes:
    """
    Minimal [MS-CFB] writer, version 3: one FAT sector at most, streams padded to 4096 so that none is a mini stream.

    Storages are written for every part of a path before its last slash.
    """
    sector, free, end, fat_mark = 512, 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
    bodies: list[bytes] = []
    entries: list[tuple[str, int, int, int]] = []  # name, type, start, size
    fat: list[int] = []

    def allot(content: bytes) -> int:
        padded = content.ljust(max(4096, -(-len(content) // sector) * sector), b"\0")
        start, count = len(fat), len(padded) // sector
        fat.extend([*range(start + 1, start + count), end])
        bodies.append(padded)
        return start

    tree: dict[str, dict] = {}
    for path in streams:
        place = tree
        for part in path.split("/"):
            place = place.setdefault(part, {})
    order: list[tuple[str, str]] = []

    def visit(branch: dict, prefix: str) -> None:
        for name, inner in branch.items():
            order.append((prefix + name, name))
            visit(inner, f"{prefix}{name}/")

    visit(tree, "")
    for path, name in order:
        if path in streams:
            entries.append((name, 2, allot(streams[path]), max(len(streams[path]), 4096)))
        else:
            entries.append((name, 1, 0, 0))
    index = {path: number + 1 for number, (path, _) in enumerate(order)}

    def links(branch: dict, prefix: str, result: dict[str, tuple[int, int]]) -> int:
        """Chain siblings to the right; gives the first child's number."""
        names = list(branch)
        for place, name in enumerate(names):
            sibling = index[prefix + names[place + 1]] if place + 1 < len(names) else free
            child = links(branch[name], f"{prefix}{name}/", result)
            result[prefix + name] = (sibling, child)
        return index[prefix + names[0]] if names else free

    linked: dict[str, tuple[int, int]] = {}
    root_child = links(tree, "", linked)
    records = [_entry("Root Entry", 5, free, root_child, end, 0)]
    for (name, kind, start, size), (path, _) in zip(entries, order, strict=True):
        sibling, child = linked[path]
        records.append(_entry(name, kind, sibling, child, start, size))
    while len(records) % 4:
        records.append(_entry("", 0, free, free, 0, 0))
    directory_start = len(fat)
    directory = b"".join(records)
    count = len(directory) // sector
    fat.extend([*range(directory_start + 1, directory_start + count), end])
    fat_start = len(fat)
    fat.append(fat_mark)
    table = struct.pack("<128I", *(fat + [free] * (128 - len(fat))))
    magic = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    places = (0, 0, 1, directory_start, 0, 4096, end, 0, end, 0)
    header = struct.pack("<8s16sHHHHHHIIIIIIIIII", magic, b"\0" * 16, 0x3E, 3, 0xFFFE, 9, 6, 0, *places)
    header += struct.pack("<109I", fat_start, *([free] * 108))
    return header + b"".join(bodies) + directory + table


def _entry(name: str, kind: int, sibling: int, child: int, start: int, size: int) -> bytes:
    encoded = (name + "\0").encode("utf-16-le") if name else b""
    free = 0xFFFFFFFF
    return struct.pack(
        "<64sHBBIII16sIQQIQ", encoded, len(encoded), kind, 1, free, sibling, child, b"\0" * 16, 0, 0, 0, start, size
    )


def record(kind: int, body: bytes) -> bytes:
    return struct.pack("<HH", kind, len(body)) + body


BOF = record(0x0809, b"\x00\x06\x05\x00" + b"\0" * 12)
EOF = record(0x000A, b"")


def xls_encrypted() -> bytes:
    return ole_of(BOF + record(0x002F, b"\x01\x00\x01\x00" + b"\0" * 50) + EOF)


def xls_macro_sheet() -> bytes:
    return ole_of(BOF + record(0x0085, struct.pack("<IBB", 0, 2, 1) + b"\x05\x00Macro") + EOF)


def xls_far_cell() -> bytes:
    return ole_of(BOF + record(0x0203, struct.pack("<HHHd", 65_535, 255, 0, 1.0)) + EOF)


def xls_cut_record() -> bytes:
    return ole_of((BOF + struct.pack("<HH", 0x0203, 60_000) + b"x" * 100).ljust(5000, b"x"))


def xls_embedded() -> bytes:
    return ole_of(BOF + EOF, extra={"MBD0001/Contents": b"x"})


def xls_vba(source: bytes) -> bytes:
    """A workbook whose one module holds `source`, compressed as raw chunks are allowed to be."""
    # Longer than 4096 bytes each: a shorter stream would have to lie in the container's mini stream.
    filler = struct.pack("<HI", 0x0010, 4_200) + b"\0" * 4_200
    directory = struct.pack("<HIIH", 0x0009, 4, 0, 0) + struct.pack("<HI", 0x001A, 4) + b"Code"
    directory += struct.pack("<HII", 0x0031, 4, 0) + filler
    streams = {
        "_VBA_PROJECT_CUR/VBA/dir": compressed(directory),
        "_VBA_PROJECT_CUR/VBA/Code": compressed(b'Attribute VB_Base = "0"\r\n' * 180 + source),
    }
    return ole_of(BOF + EOF, extra=streams)


def compressed(text: bytes) -> bytes:
    """[MS-OVBA] container of literal tokens only."""
    chunks = []
    for start in range(0, len(text), 2_048):
        part = text[start : start + 2_048]
        body = b"".join(b"\0" + part[place : place + 8] for place in range(0, len(part), 8))
        chunks.append(struct.pack("<H", 0xB000 | (len(body) + 2 - 3)) + body)
    return b"\x01" + b"".join(chunks)


def wrong_clothes() -> bytes:
    """An old workbook's bytes under a new workbook's beginning."""
    return b"PK\x03\x04" + ole_of(BOF + EOF)


# Name -> builder, and the finding that the file must end in.
HOSTILE: dict[str, tuple[Callable[[], bytes], str]] = {
    "empty": (lambda: b"", "file-empty"),
    "too-large": (lambda: b"PK\x03\x04" + b"\0" * (11 * 1024 * 1024), "file-too-large"),
    "text": (lambda: "Kính gửi Bộ Tài chính\nHà Nội".encode(), "not-a-workbook"),
    "csv-zero-byte": (lambda: b"_meta\nagency_id;BYT\x00\n", "text-not-understood"),
    "csv-latin": (lambda: "_meta\nagency_id;Bộ".encode("cp1258", "replace") + b"\xff", "text-encoding-unclear"),
    "csv-open-quote": (lambda: b'_meta\nagency_id;"BYT\n', "text-not-understood"),
    "csv-huge-field": (lambda: b"_meta\nagency_id;" + b"x" * 200_000, "text-not-understood"),
    "csv-too-wide": (lambda: b"_meta\nagency_id;" + b";" * 2_000, "sheet-too-large"),
    "json-cut-off": (lambda: b'{"agency_id": "BYT"', "text-not-understood"),
    "json-deep": (lambda: b'{"a":' + b"[" * 100_000, "text-not-understood"),
    "json-nested": (lambda: b'{"tasks": [{"task_id": {"a": 1}}]}', "text-not-understood"),
    "json-not-a-number": (lambda: b'{"tasks": [{"done_pct": NaN}]}', "text-not-understood"),
    "json-many-digits": (lambda: b'{"a": ' + b"9" * 5_000 + b"}", "text-not-understood"),
    "zero-bytes": (lambda: b"\0" * 4096, "not-a-workbook"),
    "pdf": (lambda: b"%PDF-1.7\n%%EOF", "not-a-workbook"),
    "html-as-xls": (lambda: b"<html><table><tr><td>1</td></tr></table></html>", "not-a-workbook"),
    "word-document": (word_document, "not-a-workbook"),
    "zip-bomb": (zip_bomb, "unsafe-archive"),
    "high-ratio": (high_ratio, "unsafe-archive"),
    "many-members": (many_members, "unsafe-archive"),
    "twin-names": (twin_names, "unsafe-archive"),
    "far-cell": (far_cell, "sheet-too-large"),
    "far-column": (far_column, "sheet-too-large"),
    "million-empty-rows": (million_empty_rows, "sheet-too-large"),
    "dtd": (dtd, "unsafe-xml"),
    "utf-16-part": (utf16_part, "unsafe-xml"),
    "macros": (macros, "macro-workbook"),
    "old-macro-sheet": (old_macro_sheet, "macro-workbook"),
    "embedded-object": (embedded_object, "embedded-object"),
    "encrypted-member": (encrypted_member, "encrypted-workbook"),
    "wrong-crc": (wrong_crc, "damaged-file"),
    "truncated-xlsx": (lambda: good_xlsx()[:-200], "damaged-file"),
    "broken-xml": (broken_xml, "damaged-file"),
    "wrong-clothes": (wrong_clothes, "damaged-file"),
    "xls-truncated": (lambda: ole_of(BOF + EOF)[:700], "damaged-file"),
    "xls-header-only": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\xff" * 600, "damaged-file"),
    "xls-no-workbook": (lambda: build_ole({"WordDocument": b"x"}), "not-a-workbook"),
    "xls-encrypted": (xls_encrypted, "encrypted-workbook"),
    "xls-encrypted-package": (lambda: build_ole({"EncryptedPackage": b"x"}), "encrypted-workbook"),
    "xls-macro-sheet": (xls_macro_sheet, "macro-workbook"),
    "xls-vba-code": (lambda: xls_vba(b'Attribute VB_Name = "Code"\r\nSub a()\r\nEnd Sub\r\n'), "macro-workbook"),
    "xls-vba-unreadable": (
        lambda: ole_of(BOF + EOF, extra={"_VBA_PROJECT_CUR/VBA/dir": b"\x07broken"}),
        "macro-workbook",
    ),
    "xls-far-cell": (xls_far_cell, "sheet-too-large"),
    "xls-cut-record": (xls_cut_record, "damaged-file"),
    "xls-embedded": (xls_embedded, "embedded-object"),
    "xls-random-stream": (lambda: ole_of(bytes(range(256)) * 20), "damaged-file"),
}
