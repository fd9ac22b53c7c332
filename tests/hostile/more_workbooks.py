"""More hostile files: other formats, lying archives, unlawful cells, old text codes; a builder gives one's bytes."""

import io
import struct
import zipfile
import zlib
from collections.abc import Callable

from hostile.workbooks import BOF, EOF, SHEET, build_ole, good_xlsx, many_cells, ole_of, record, sheet_xml, with_part

ODS_MIME = b"application/vnd.oasis.opendocument.spreadsheet"
_SPACES = {
    name: f"urn:oasis:names:tc:opendocument:xmlns:{name}:1.0" for name in ("office", "table", "text", "style", "draw")
}


def ods(rows: str, **parts: bytes) -> bytes:
    """A workbook of OpenDocument whose one sheet holds `rows`."""
    spaces = " ".join(f'xmlns:{name}="{space}"' for name, space in _SPACES.items())
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {spaces}><office:body><office:spreadsheet>'
        f'<table:table table:name="Biểu">{rows}</table:table></office:spreadsheet></office:body>'
        "</office:document-content>"
    )
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", parts.pop("mimetype", ODS_MIME), zipfile.ZIP_STORED)
        archive.writestr("content.xml", parts.pop("content", content.encode()))
        for name, part in parts.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), part)
    return buffer.getvalue()


def ods_row(*cells: str, attributes: str = "") -> str:
    return f"<table:table-row {attributes}>{''.join(cells)}</table:table-row>"


def ods_number(value: float, attributes: str = "") -> str:
    return f'<table:table-cell {attributes} office:value-type="float" office:value="{value}"/>'


def ods_text(text: str, attributes: str = "") -> str:
    cell = f'<table:table-cell {attributes} office:value-type="string">'
    return f"{cell}<text:p>{text}</text:p></table:table-cell>"


MANY_ROWS = 'table:number-rows-repeated="1048576"'
MANY_COLUMNS = 'table:number-columns-repeated="16384"'


def ods_bomb() -> bytes:
    return ods(ods_row(ods_text("x" + " " * (30 * 1024 * 1024))))


def ods_encrypted() -> bytes:
    manifest = (
        b"<manifest:manifest><manifest:file-entry><manifest:encryption-data/></manifest:file-entry></manifest:manifest>"
    )
    return ods(ods_row(ods_number(1)), **{"META-INF__manifest_xml": manifest})


def raw_zip(entries: list[tuple[str, bytes, dict[str, int]]], *, at_zero: bool = False) -> bytes:
    """A zip written by hand, stored, with whatever fields are given in place of the true ones."""
    body, directory, offset = b"", b"", 0
    for name, content, lies in entries:
        encoded = name.encode()
        crc, size = lies.get("crc", zlib.crc32(content)), lies.get("size", len(content))
        packed = lies.get("packed", len(content))
        shared = struct.pack("<HHHHHIIIHH", 20, 0x800, lies.get("method", 0), 0, 33, crc, packed, size, len(encoded), 0)
        place = lies.get("offset", 0 if at_zero else offset)
        directory += b"PK\x01\x02\x14\x00" + shared + struct.pack("<HHHII", 0, 0, 0, 0, place) + encoded
        local = b"PK\x03\x04" + shared + encoded + content
        body, offset = body + local, offset + len(local)
    end = struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, len(entries), len(entries), len(directory), len(body), 0)
    return body + directory + end


def parts_of(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def lying(part: str, **lies: int) -> bytes:
    """A good workbook, written again with one part that says something false of itself."""
    return raw_zip([(name, held, lies if name == part else {}) for name, held in parts_of(good_xlsx()).items()])


def overlapping() -> bytes:
    return raw_zip([(name, held, {}) for name, held in parts_of(good_xlsx()).items()], at_zero=True)


def huge_strings() -> bytes:
    """Shared strings that would fill the reader's memory many times over."""
    shared = b"<sst>" + b"<si><t>" + b"A" * (80 * 1024 * 1024) + b"</t></si></sst>"
    return with_part("xl/sharedStrings.xml", shared)


def many_strings() -> bytes:
    entries = b"".join(b"<si><t>%d</t></si>" % number for number in range(300_000))
    return with_part("xl/sharedStrings.xml", b"<sst>" + entries + b"</sst>")


def cells(inside: str) -> bytes:
    return with_part(SHEET, sheet_xml(inside))


def cyclic_fat() -> bytes:
    """An OLE2 container whose directory goes on where it began, for ever."""
    content = bytearray(ole_of(BOF + EOF))
    (table,), (directory,) = struct.unpack_from("<I", content, 76), struct.unpack_from("<I", content, 48)
    struct.pack_into("<I", content, 512 + table * 512 + directory * 4, directory)
    return bytes(content)


def cyclic_tree() -> bytes:
    """An OLE2 container whose first entry is its own sibling and child."""
    content = bytearray(ole_of(BOF + EOF))
    start = 512 + struct.unpack_from("<I", content, 48)[0] * 512
    struct.pack_into("<III", content, start + 128 + 68, 1, 1, 1)
    return bytes(content)


def xls_of(*records: bytes) -> bytes:
    """A workbook of BIFF8 with one sheet, "S", of these records."""
    name = b"\x01\x00S"
    globals_length = len(BOF) + 4 + 6 + len(name) + len(EOF)
    head = BOF + record(0x0085, struct.pack("<IBB", globals_length, 0, 0) + name) + EOF
    sheet = record(0x0809, b"\x00\x06\x10\x00" + b"\0" * 12)
    return ole_of(head + sheet + b"".join(records) + EOF)


def xls_dde() -> bytes:
    path = b"Excel\x03cmd"
    return ole_of(BOF + record(0x01AE, struct.pack("<HHB", 0, len(path), 0) + path) + EOF)


def external(link: str) -> bytes:
    return with_part("xl/externalLinks/externalLink1.xml", f"<externalLink>{link}</externalLink>".encode())


OLD_LINES = (
    "STT;Tên đơn vị;Ghi chú", "1;Bộ Kế hoạch và Đầu tư;đã hoàn thành",
    "2;Uỷ ban nhân dân tỉnh Quảng Trị;chưa thực hiện",
    "3;Thanh tra Chính phủ;đang vướng mắc về nguồn vốn",
)  # fmt: skip
VNI = "STT;Teân ñôn vò\n1;Boä Taøi chính\n2;Boä Keá hoaïch vaø Ñaàu tö\n3;Uûy ban nhaân daân tænh Quaûng Trò\n"
MIXED_TCVN3 = (
    "STT;Tªn\n1;Bé Tµi chÝnh\n2;coopération française\n3;Zürich, Genève, déjà\n4;®ång chÝ Wałęsa\n5;où, naïve\n"
)

# Name -> builder, and the finding that the file must end in.
MORE_HOSTILE: dict[str, tuple[Callable[[], bytes], str]] = {
    "ods-bomb": (ods_bomb, "unsafe-archive"),
    "ods-rows-bomb": (lambda: ods(ods_row(ods_number(1), attributes=MANY_ROWS)), "sheet-too-large"),
    "ods-columns-bomb": (lambda: ods(ods_row(ods_number(1, MANY_COLUMNS))), "sheet-too-large"),
    "ods-far-cell": (lambda: ods(ods_row(attributes=MANY_ROWS) + ods_row(ods_number(1))), "sheet-too-large"),
    "ods-area-bomb": (
        lambda: ods(
            ods_row(
                ods_number(1, 'table:number-columns-repeated="1000"'), attributes='table:number-rows-repeated="60000"'
            )
        ),
        "sheet-too-large",
    ),
    "ods-negative-repeat": (
        lambda: ods(ods_row(ods_number(1), attributes='table:number-rows-repeated="-5"')),
        "damaged-file",
    ),
    "ods-endless-repeat": (
        lambda: ods(ods_row(ods_number(1), attributes='table:number-rows-repeated="99999999999999"')),
        "damaged-file",
    ),
    "ods-macros": (lambda: ods(ods_row(), **{"Basic__Standard__Module1_xml": b"<m/>"}), "macro-workbook"),
    "ods-scripts": (lambda: ods(ods_row(), **{"Scripts__python__x.py": b"import os"}), "macro-workbook"),
    "ods-embedded": (lambda: ods(ods_row(), **{"Object 1__content_xml": b"<x/>"}), "embedded-object"),
    "ods-encrypted": (ods_encrypted, "encrypted-workbook"),
    "ods-text-document": (
        lambda: ods(ods_row(), mimetype=b"application/vnd.oasis.opendocument.text"),
        "not-a-workbook",
    ),
    "ods-dtd": (lambda: ods("", content=b"<!DOCTYPE x [<!ENTITY a 'b'>]><x/>"), "unsafe-xml"),
    "ods-cut-xml": (lambda: ods("", content=b"<office:document-content"), "damaged-file"),
    "ods-no-sheet": (lambda: ods("", content=b"<x/>"), "damaged-file"),
    "ods-live-link": (
        lambda: ods('<table:dde-link><office:dde-source office:dde-application="soffice"/></table:dde-link>'),
        "live-link",
    ),
    "ods-deep": (lambda: ods("<text:span>" * 5_000), "damaged-file"),
    "csv-million-columns": (lambda: b"a;b\n" + b";" * 1_000_000, "sheet-too-large"),
    "csv-million-rows": (lambda: b"a;b\n" + b"1;2\n" * 1_000_000, "sheet-too-large"),
    "csv-broken-utf-8": (lambda: "Tỉnh;Thu\nHà Nội;1\n".encode()[:-1] + b"\xff\xfe;2", "text-encoding-unclear"),
    "csv-utf-16-odd": (lambda: "a;b\n1;2".encode("utf-16") + b"\x41", "text-not-understood"),
    "csv-utf-16-no-mark": (lambda: "_meta\na;b\n1;2".encode("utf-16-le"), "not-a-workbook"),
    "csv-utf-32": (lambda: "a;b\n1;2".encode("utf-32"), "not-a-workbook"),
    "csv-latin-1": (lambda: "pays;montant\nCôte française;1\nélève;2".encode("latin-1"), "text-encoding-unclear"),
    "csv-japanese": (lambda: "県;額\n東京;1\n大阪;2".encode("shift-jis"), "text-encoding-unclear"),
    "csv-vni": (VNI.encode, "text-encoding-unclear"),
    "csv-vni-bytes": (lambda: VNI.encode("latin-1"), "text-encoding-unclear"),
    "csv-tcvn3-unclear": (MIXED_TCVN3.encode, "text-encoding-unclear"),
    "csv-encoded-twice": (
        lambda: "\n".join(OLD_LINES).encode().decode("cp1252", errors="replace").encode(),
        "text-encoding-unclear",
    ),
    "json-key-twice": (lambda: b'{"agency_id": "BYT", "agency_id": "BTC"}', "text-not-understood"),
    "json-half-letter": (lambda: b'{"agency_id": "\\ud800"}', "text-not-understood"),
    "json-list": (lambda: b"[1, 2, 3]", "not-a-workbook"),
    "json-infinity": (lambda: b'{"tasks": [{"done_pct": -Infinity}]}', "text-not-understood"),
    "json-deep-100000": (lambda: b'{"a":' * 100_000, "text-not-understood"),
    "json-two": (lambda: b'{"a": 1}{"b": 2}', "text-not-understood"),
    "rtf": (lambda: b"{\\rtf1 {a,b;c}}", "not-a-workbook"),
    "path-upwards": (lambda: with_part("../../x", b"x"), "unsafe-archive"),
    "path-absolute": (lambda: with_part("/etc/cron.d/x", b"x"), "unsafe-archive"),
    "path-backslash": (lambda: with_part("xl\\..\\..\\x", b"x"), "unsafe-archive"),
    "names-alike": (lambda: with_part("XL/Workbook.xml", b"<other/>"), "unsafe-archive"),
    "overlapping-parts": (overlapping, "unsafe-archive"),
    "size-lies-small": (lambda: lying(SHEET, size=10), "damaged-file"),
    "size-lies-large": (lambda: lying(SHEET, size=1 << 30), "damaged-file"),
    "packed-lies": (lambda: lying(SHEET, packed=1 << 30), "unsafe-archive"),
    "crc-lies": (lambda: lying(SHEET, crc=1), "damaged-file"),
    "offset-lies": (lambda: lying(SHEET, offset=1 << 30), "damaged-file"),
    "method-unknown": (lambda: lying(SHEET, method=99), "damaged-file"),
    "zip64-lies": (lambda: lying(SHEET, size=0xFFFFFFFF, packed=0xFFFFFFFF), "unsafe-archive"),
    "no-directory": (lambda: good_xlsx()[: good_xlsx().find(b"PK\x01\x02")], "damaged-file"),
    "huge-string": (huge_strings, "unsafe-archive"),
    "macro-renamed": (lambda: with_part("xl/media/VBAPROJECT.BIN", b"\xd0\xcf"), "macro-workbook"),
    "activex": (lambda: with_part("xl/activeX/activeX1.xml", b"<x/>"), "embedded-object"),
    "dde": (lambda: external('<ddeLink ddeService="cmd" ddeTopic="/c calc"/>'), "live-link"),
    "ole-link": (lambda: external("<oleLink/>"), "live-link"),
    "entity": (lambda: cells('<!ENTITY x SYSTEM "file:///etc/passwd">'), "unsafe-xml"),
    "cdata": (lambda: cells('<row r="1"><c r="A1"><v><![CDATA[1]]></v></c></row>'), "unsafe-xml"),
    "utf-7-part": (lambda: with_part(SHEET, b'<?xml version="1.0" encoding="UTF-7"?><worksheet/>'), "unsafe-xml"),
    "utf-16-without-mark": (lambda: with_part(SHEET, "<?xml version='1.0'?><x/>".encode("utf-16-le")), "unsafe-xml"),
    "negative-row": (lambda: cells('<row r="-5"><c r="A1"><v>1</v></c></row>'), "damaged-file"),
    "negative-address": (lambda: cells('<row r="1"><c r="A-1"><v>1</v></c></row>'), "damaged-file"),
    "row-zero": (lambda: cells('<row r="0"><c r="A0"><v>1</v></c></row>'), "damaged-file"),
    "far-row-number": (lambda: cells('<row r="4294967297"><c><v>1</v></c></row>'), "damaged-file"),
    "cell-twice": (lambda: cells('<row r="1"><c r="A1"><v>1</v></c><c r="A1"><v>2</v></c></row>'), "damaged-file"),
    "row-twice": (
        lambda: cells('<row><c><v>1</v></c></row><row r="1"><c r="A1"><v>2</v></c></row>'),
        "damaged-file",
    ),
    "no-such-string": (lambda: cells('<row r="1"><c r="A1" t="s"><v>99999</v></c></row>'), "damaged-file"),
    "no-relations": (lambda: with_part("xl/_rels/workbook.xml.rels", b"<Relationships/>"), "damaged-file"),
    "relations-cut": (lambda: with_part("xl/_rels/workbook.xml.rels", b"<Relation"), "damaged-file"),
    "cells-spread-wide": (
        lambda: cells("".join(f'<row r="{row}"><c r="ALL{row}"><v>1</v></c></row>' for row in (1, 60_000))),
        "sheet-too-large",
    ),
    "xls-cyclic-fat": (cyclic_fat, "reader-died"),
    "xls-dde": (xls_dde, "live-link"),
    "xls-short-record": (lambda: xls_of(record(0x0208, b"\0\0")), "damaged-file"),
    "xls-word-macros": (lambda: build_ole({"Macros/VBA/dir": b"x", "Workbook": BOF + EOF}), "macro-workbook"),
    "xls-far-sheet": (
        lambda: ole_of(BOF + record(0x0085, struct.pack("<IBB", 1 << 30, 0, 0) + b"\x01\x00S") + EOF),
        "damaged-file",
    ),
}


def blank_rows() -> bytes:
    return ods(
        ods_row(ods_text("STT"), ods_text("Tên")) + ods_row(f"<table:table-cell {MANY_COLUMNS}/>", attributes=MANY_ROWS)
    )


BIDI = "\u202eHà Nội\u202c\u200b"
FORMULAS = ("=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1:A9)", "\t=1", "\r=1")

# Odd, but harmless: name -> builder; the whole road reads each and no check of the guard refuses it.
HARMLESS: dict[str, Callable[[], bytes]] = {
    "bidi-text": lambda: good_xlsx([["STT", "Tên"], [1, BIDI]]),
    "formula-text": lambda: cells(
        "".join(
            f'<row r="{row}"><c r="A{row}" t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c></row>'
            for row, text in enumerate(FORMULAS, start=1)
        )
    ),
    "xls-cyclic-tree": cyclic_tree,
    "external-link": lambda: external("<externalBook/>"),
    "lying-dimension": lambda: with_part(
        SHEET,
        sheet_xml('<row r="1"><c r="A1"><v>1</v></c></row><row r="9"><c r="C9"><v>2</v></c></row>').replace(
            b"<sheetData>", b'<dimension ref="A1:XFD1048576"/><sheetData>'
        ),
    ),
    "merges-within-merges": lambda: with_part(
        SHEET,
        sheet_xml('<row r="1"><c r="A1"><v>1</v></c></row>').replace(
            b"</worksheet>", b'<mergeCells><mergeCell ref="A1:C3"/><mergeCell ref="A1:B2"/></mergeCells></worksheet>'
        ),
    ),
    "merge-of-everything": lambda: with_part(
        SHEET,
        sheet_xml('<row r="1"><c r="A1"><v>1</v></c></row>').replace(
            b"</worksheet>", b'<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells></worksheet>'
        ),
    ),
    "shared-formulas": lambda: cells(
        '<row r="1"><c r="A1"><f t="shared" ref="A1:A2" si="0">B1</f><v>1</v></c></row>'
        '<row r="2"><c r="A2"><f t="shared" si="0"/></c></row>'
    ),
    "many-strings": many_strings,
    "many-numbers": lambda: many_cells(rows=3_000, columns=60),
    "ods-blank-million": blank_rows,
    "ods-comment": lambda: ods(
        ods_row(ods_text("a</text:p><office:annotation><text:p>riêng</text:p></office:annotation><text:p>b"))
    ),
    "csv-quoted-names": lambda: b'_meta\n"agency_id";"../../x"\n',
    "csv-formula-text": lambda: b"a;b\n" + "\n".join(f'x;"{text}"' for text in FORMULAS[:4]).encode(),
    "sheet-name-path": lambda: with_part(
        "xl/workbook.xml", parts_of(good_xlsx())["xl/workbook.xml"].replace(b'name="Sheet"', b'name="..!..!x"')
    ),
}
