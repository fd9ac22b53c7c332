"""The mark screen sees what the reader of cells would see: every packing, writing and attachment of the formats."""

import io
import json
import random
import struct
import time
import zipfile

import pytest
from hostile.workbooks import BOF, EOF, ole_of, record, with_part
from unit.body_reports import as_workbook, good_report
from unit.test_mark_carriers import csv_of, in_cell, ods, part, shared, sheet_name, xlsx

from resolution_monitor.collect.guard import guard
from resolution_monitor.collect.marks import find_mark, require_unmarked
from resolution_monitor.collect.open_zip import opened_zip
from resolution_monitor.collect.refusals import RefusedError
from resolution_monitor.terms import SECRECY_DOUBT, SECRECY_MARK


def repacked(content: bytes, method: int) -> bytes:
    """The same workbook with its parts packed in another way."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as before, zipfile.ZipFile(buffer, "w", method) as after:
        for member in before.infolist():
            after.writestr(member.filename, before.read(member))
    return buffer.getvalue()


def strings(inside: str) -> bytes:
    return part("xl/strings9.xml", f"<sst><si><t>Tên</t></si><si>{inside}</si></sst>")


def plain(name: str, text: str, encoding: str = "utf-8") -> bytes:
    return with_part(name, text.encode(encoding), xlsx(lambda workbook: None))


def zipped(name: str, content: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return buffer.getvalue()


def rows(*cells: list[str]) -> bytes:
    def written(workbook: object) -> None:
        for row in cells:
            workbook.active.append(row)  # type: ignore[attr-defined]

    return xlsx(written)


def numbered(*written: str) -> bytes:
    """Cells of one row that name texts of the table of strings, in which "M" and "T" came long before."""
    table = "<sst><si><t>T</t></si><si><t>M</t></si><si><t>Tên</t></si><si><t>Ậ</t></si></sst>"
    cells = "".join(
        f'<c r="{column}5" t="s"><v>{number}</v></c>' for column, number in zip("BCD", written, strict=True)
    )
    sheet = f"<worksheet><sheetData><row r='5'>{cells}</row></sheetData></worksheet>"
    return with_part("xl/worksheets/sheet9.xml", sheet.encode(), plain("xl/sharedStrings.xml", table))


def xls_cells() -> bytes:
    texts = ("T", "M", "Tên", "Ậ")
    table = record(0x00FC, struct.pack("<II", 4, 4) + b"".join(shared(*texts)))
    cells = [record(0x00FD, struct.pack("<HHHI", 3, column, 0, number)) for column, number in enumerate((1, 3, 0))]
    return ole_of(BOF + sheet_name("Sheet") + table + EOF + BOF + b"".join(cells) + EOF)


LONG = "Nội dung báo cáo tình hình. " * 200
DRAWN = '<svg xmlns="http://www.w3.org/2000/svg"><text x="1">{}</text></svg>'
CARRIERS: dict[str, bytes] = {
    "bzip2": repacked(in_cell("MẬT"), zipfile.ZIP_BZIP2),
    "lzma": repacked(in_cell("TỐI MẬT"), zipfile.ZIP_LZMA),
    "stored": repacked(in_cell("MẬT"), zipfile.ZIP_STORED),
    "references of all letters": strings("<t>&#77;&#7852;&#84;</t>"),
    "references in hexadecimal": strings("<t>&#x4d;&#x1eac;&#x54;</t>"),
    "references with zeros": strings("<t>&#0077;&#x0001EAC;T</t>"),
    "decomposed by references": strings("<t>MA&#770;&#803;T</t>"),
    "comment within": strings("<t>M<!-- a -->Ậ<!---->T</t>"),
    "instruction within": strings("<t>M<?a b?>ẬT</t>"),
    "character data": strings("<t><![CDATA[MẬT]]></t>"),
    "character data in pieces": strings("<t>M<![CDATA[Ậ]]>T</t>"),
    "without accents, torn": strings("<r><t>TUYET M</t></r><r><t>AT</t></r>"),
    "fullwidth": in_cell("ＭẬＴ"),
    "soft hyphens": in_cell("M\u00adẬ\u00adT"),
    "Cyrillic": in_cell("МА\u0302\u0323Т"),
    "Greek": in_cell("ΜẬΤ"),
    "long cell": in_cell(f"MẬT\n{LONG}"),
    "long cell, last line": in_cell(f"{LONG}\nTUYỆT MẬT"),
    "long property": plain("docProps/a.xml", f"<Properties><lpwstr>{LONG}\nMẬT\n</lpwstr></Properties>"),
    "cells of a row": rows(["M", "Ậ", "T"]),
    "cells of a row with gaps": rows(["", "M", "", "Ậ", "", "T"]),
    "cells of a column": rows(["x", "M"], ["y", "Ậ"], ["z", "T"]),
    "two words over cells": rows(["T", "Ố", "I", "M", "Ậ", "T"]),
    "pieces over cells": rows(["MẬ", "T"]),
    "numbered cells": numbered("1", "3", "0"),
    "xls cells": xls_cells(),
    "ods cells": ods(
        "content.xml",
        "<table:table-row><table:table-cell><text:p>M</text:p></table:table-cell><table:table-cell/>"
        "<table:table-cell><text:p>Ậ</text:p></table:table-cell><table:table-cell><text:p>T</text:p></table:table-cell>"
        "</table:table-row>",
    ),
    "csv cells": "_meta\na;M;Ậ;T\n".encode(),
    "label and level in two cells": rows(["Độ mật:", "Mật"]),
    "label and letter in two cells": rows(["Độ mật", "A"]),
    "svg": plain("xl/media/image1.svg", DRAWN.format("MẬT")),
    "svg in spans": plain("xl/media/image1.svg", DRAWN.format("<tspan>M</tspan><tspan>ẬT</tspan>")),
    "svg in UTF-16": plain("xl/media/image1.svg", "\ufeff" + DRAWN.format("MẬT"), "utf-16-le"),
    "attached text": plain("attachment.txt", "Nội dung\nMẬT\n"),
    "attached text in UTF-16": plain("attachment.txt", "\ufeffMẬT", "utf-16-le"),
    "attached zip": with_part("a.zip", zipped("b.txt", "TỐI MẬT".encode()), xlsx(lambda workbook: None)),
    "attached workbook": with_part("xl/embeddings/a.xlsx", in_cell("MẬT"), xlsx(lambda workbook: None)),
    "attached under a marked name": with_part("MẬT.zip", zipped("b.txt", b"x"), xlsx(lambda workbook: None)),
    "drawing of Windows": with_part(
        "xl/media/image1.emf", b"\1\0\0\0" + "MẬT".encode("utf-16-le") + b"\0\0", in_cell("x")
    ),
    **{
        f"json {encoding}": json.dumps({"_meta": 1, "note": "MẬT"}, ensure_ascii=False).encode(encoding)
        for encoding in ("utf-16", "utf-16-le", "utf-16-be", "utf-8-sig")
    },
    "json escaped in UTF-16": json.dumps({"note": "MẬT"}).encode("utf-16"),
    "json, letters escaped": b'{"note": "\\u004d\\u1eac\\u0054"}',
    "json, long": json.dumps({"note": f"{LONG}\nMẬT"}, ensure_ascii=False).encode(),
    "csv, long": csv_of(f"{LONG}\nMẬT", "utf-8"),
}


@pytest.mark.parametrize("name", CARRIERS)
def test_carrier(name: str):
    """
    The marking is found, and clear.
    """
    mark = find_mark(CARRIERS[name], "")

    assert mark is not None
    assert mark.is_clear
    with pytest.raises(RefusedError) as refused:
        require_unmarked(CARRIERS[name])
    assert SECRECY_MARK == refused.value.check


@pytest.mark.parametrize(
    "content",
    [
        rows(["GAN", "MẬT ONG", "TỤY"], ["Mật độ", "A"], ["M", "A", "T"]),
        rows(["Khoa Gan - Mật - Tụy", "Nguyễn Văn Mật", "MẬT ONG RỪNG"]),
        plain("xl/media/image1.svg", DRAWN.format("Mật độ dân số")),
        strings("<t>M<!-- ẬT --></t>"),
    ],
)
def test_ordinary_content(content: bytes):
    """
    What only looks a little like one is none.
    """
    assert find_mark(content, "") is None


def test_doubtful_content_is_told_apart():
    """
    What may be a marking is refused under another code, so that a person decides.
    """
    with pytest.raises(RefusedError) as refused:
        require_unmarked(rows(["Sản phẩm"], ["Mật"]))
    assert SECRECY_DOUBT == refused.value.check


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.zip", zipped("b.bin", b"x")),
        ("a.txt", b"plain"),
        ("xl/media/image1.png", zipped("b.bin", b"x")),
        ("b.bin", b"%PDF-1.7 x"),
        ("c.docx", b"x"),
    ],
    ids=["zip", "text", "zip in a picture", "PDF", "name of a document"],
)
def test_attached_file_is_refused(name: str, content: bytes):
    """
    What nobody looks into is not taken along.
    """
    with pytest.raises(RefusedError) as refused:
        guard(with_part(name, content, xlsx(lambda workbook: None)))
    assert "embedded-object" == refused.value.check


def test_guard_and_screen_see_the_same_parts():
    """
    A workbook is opened once: what the screen looked through is what the reader gets.
    """
    content = repacked(as_workbook(good_report()), zipfile.ZIP_BZIP2)
    opened = opened_zip(content)

    assert find_mark(content, "", opened) is None
    assert dict(opened.parts) == guard(content, opened).parts


def test_long_hostile_texts_cost_little():
    """
    A line of mentions, and one of nothing but separators, cost no more than their length.
    """
    content = in_cell("x")
    for text in ("mật ong, " * 40_000, "mật / " * 40_000, "M " * 100_000, "/" * 300_000 + "mật"):
        content = with_part("xl/a.xml", f"<t>{text}</t>".encode(), in_cell("x"))
        begun = time.process_time()
        find_mark(content, "")
        assert time.process_time() - begun < 2


def test_random_bytes_are_no_mark():
    """
    Noise within a workbook marks nothing.
    """
    for seed in range(5):
        noise = random.Random(seed).randbytes(100_000)
        assert find_mark(with_part("xl/printerSettings/a.bin", noise, in_cell("x")), "") is None
