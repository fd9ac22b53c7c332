"""The mark screen looks into every carrier of every format; what it cannot open it passes by without harm."""

import csv
import io
import json
import random
import struct
import time
import unicodedata
import zipfile
from collections.abc import Callable

import openpyxl
import pytest
from hostile.workbooks import BOF, EOF, HOSTILE, good_xlsx, ole_of, record, with_part
from openpyxl.comments import Comment
from openpyxl.packaging.custom import StringProperty
from unit.body_reports import as_workbook, good_report

from resolution_monitor.collect.marks import Mark, find_mark, require_unmarked
from resolution_monitor.collect.refusals import RefusedError
from resolution_monitor.exchange.plain import report_csv, report_json

MENTION = "Cập nhật mật độ; số văn bản mật: 0; công tác bảo vệ bí mật nhà nước"


def xlsx(change: Callable[[openpyxl.Workbook], object]) -> bytes:
    workbook = openpyxl.Workbook()
    workbook.active.append(["Số: 123-BC/BTC", MENTION])
    change(workbook)
    buffer = io.BytesIO()
    workbook.save(buffer)
    return buffer.getvalue()


def in_cell(text: str) -> bytes:
    return xlsx(lambda workbook: workbook.active.append([text]))


def with_header(workbook: openpyxl.Workbook) -> None:
    workbook.active.oddHeader.center.text = "TỐI MẬT"


def with_footer(workbook: openpyxl.Workbook) -> None:
    workbook.active.firstFooter.right.text = "Mật"


def with_comment(workbook: openpyxl.Workbook) -> None:
    workbook.active["A1"].comment = Comment("Nguyễn Văn A:\nMật", "A")


def with_property(workbook: openpyxl.Workbook) -> None:
    workbook.properties.category = "Độ mật: Tuyệt mật"


def with_own_property(workbook: openpyxl.Workbook) -> None:
    workbook.custom_doc_props.append(StringProperty(name="a", value="MẬT"))


def with_hidden_sheet(workbook: openpyxl.Workbook) -> None:
    workbook.create_sheet("TUYET MAT").sheet_state = "veryHidden"


DRAWING = "<xdr:wsDr><xdr:sp><xdr:txBody><a:p><a:r><a:rPr b='1'/><a:t>M</a:t></a:r><a:r><a:t>{}</a:t></a:r></a:p>{}"
INLINE = "<worksheet><sheetData><row><c t='inlineStr'><is><r><t>M</t></r><r><rPr><b/></rPr><t>ẬT</t></r></is></c>"


def part(name: str, text: str) -> bytes:
    return with_part(name, text.encode(), xlsx(lambda workbook: None))


def ods(name: str, text: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", f"<c><text:p>Số: 123-BC/BTC</text:p><text:p>{MENTION}</text:p></c>")
        archive.writestr(name if name != "content.xml" else "Object 1/content.xml", text)
    return buffer.getvalue()


def wide(text: str) -> bytes:
    return b"\x01" + text.encode("utf-16-le")


def shared(*strings: str) -> list[bytes]:
    return [struct.pack("<H", len(text)) + wide(text) for text in strings]


NUMBER = shared("Số: 123-BC/BTC", MENTION)


def xls(*records: bytes, strings: tuple[str, ...] = (), extra: dict[str, bytes] | None = None) -> bytes:
    body = struct.pack("<II", 9, 9) + b"".join([*NUMBER, *shared(*strings)])
    return ole_of(BOF + record(0x00FC, body) + b"".join(records) + EOF, extra=extra)


def cut_string() -> bytes:
    """A shared string that goes on in the next record, narrow before and wide after the cut."""
    first = struct.pack("<II", 1, 1) + struct.pack("<H", 3) + b"\x00M"
    return ole_of(BOF + record(0x00FC, first) + record(0x003C, wide("ẬT")) + EOF)


def sheet_name(text: str) -> bytes:
    return record(0x0085, struct.pack("<IBBB", 0, 0, 0, len(text)) + wide(text))


def text_box(text: str) -> bytes:
    return record(0x01B6, b"\0" * 18) + record(0x003C, wide(text))


def old_label(text: bytes) -> bytes:
    old = record(0x0809, b"\x00\x05\x05\x00" + b"\0" * 4)
    return ole_of(old + record(0x0204, b"\0" * 6 + struct.pack("<H", len(text)) + text) + EOF)


def summary(text: bytes) -> dict[str, bytes]:
    return {"\x05SummaryInformation": b"\xfe\xff\0\0\x1e\0\0\0\x06\0\0\0" + text + b"\0"}


def csv_of(text: str, encoding: str) -> bytes:
    buffer = io.StringIO()
    csv.writer(buffer, delimiter=";").writerows([["_meta"], ["Số: 123-BC/BTC", "ghi chú; có dấu"], ["a", text]])
    return buffer.getvalue().encode(encoding)


def json_of(text: str, *, ascii_only: bool) -> bytes:
    return json.dumps({"number": "Số: 123-BC/BTC", "note": text}, ensure_ascii=ascii_only).encode()


CARRIERS: dict[str, bytes] = {
    "xlsx cell": in_cell("MẬT"),
    "xlsx cell in letters apart": in_cell("T Ố I  M Ậ T"),
    "xlsx cell decomposed": in_cell(unicodedata.normalize("NFD", "Tuyệt mật")),
    "xlsx cell in TCVN3": in_cell("mËt"),
    "xlsx cell in VNI": in_cell("MAÄT"),
    "xlsx cell without accents": in_cell("TUYET MAT"),
    "xlsx inline runs": part("xl/worksheets/sheet2.xml", INLINE),
    "xlsx reference": part("xl/worksheets/sheet2.xml", "<is><t>M&#x1EAC;T</t></is>"),
    "xlsx formula's result": part("xl/worksheets/sheet2.xml", '<c t="str"><f>A1</f><v>MẬT</v></c>'),
    "xlsx header": xlsx(with_header),
    "xlsx footer": xlsx(with_footer),
    "xlsx comment": xlsx(with_comment),
    "xlsx threaded comment": part("xl/threadedComments/a.xml", "<threadedComment><text>Mật</text></threadedComment>"),
    "xlsx text box": part("xl/drawings/drawing9.xml", DRAWING.format("ẬT", "")),
    "xlsx word art": part("xl/drawings/vmlDrawing9.vml", '<v:textpath style="x" string="MẬT"/>'),
    "xlsx property": xlsx(with_property),
    "xlsx own property": xlsx(with_own_property),
    "xlsx sheet name": xlsx(lambda workbook: workbook.create_sheet("Phụ lục (Mật)")),
    "xlsx hidden sheet name": xlsx(with_hidden_sheet),
    "xlsx UTF-16 part": with_part("xl/a.xml", "\ufeff<t>MẬT</t>".encode("utf-16-le")),
    "xlsx with macros": with_part("xl/vbaProject.bin", b"x", in_cell("MẬT")),
    "xls cell": xls(strings=("MẬT",)),
    "xls cut string": cut_string(),
    "xls old cell in TCVN3": old_label(b"m\xcbt"),
    "xls header": xls(record(0x0014, struct.pack("<H", 5) + wide("&CMẬT"))),
    "xls comment": xls(text_box("Nguyễn Văn A:\nMật")),
    "xls text box": xls(text_box("TỐI MẬT")),
    "xls word art": xls(record(0x00EC, b"\0" * 8 + "MẬT".encode("utf-16-le") + b"\0\0")),
    "xls sheet name": xls(sheet_name("BC (Mật)")),
    "xls property": xls(extra=summary("MẬT".encode())),
    "ods cell": ods("content.xml", "<table:table-cell><text:p>M<text:span>ẬT</text:span></text:p>"),
    "ods text box": ods("content.xml", "<draw:text-box><text:p>Độ mật:</text:p><text:p>Mật</text:p></draw:text-box>"),
    "ods comment": ods("content.xml", "<office:annotation><dc:creator>A</dc:creator><text:p>TỐI MẬT</text:p>"),
    "ods header": ods("styles.xml", "<style:header><style:region-center><text:p>MẬT</text:p>"),
    "ods property": ods("meta.xml", '<meta:user-defined meta:name="a">Mật</meta:user-defined>'),
    "ods sheet name": ods("content.xml", '<table:table table:name="Mật">'),
    **{
        f"csv {encoding}": csv_of("Độ mật: Mật", encoding)
        for encoding in ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be")
    },
    "csv windows-1258": csv_of("M\u00c2\u0323T", "utf-8").decode().replace("Số", "So").encode("cp1258", "replace"),
    "csv TCVN3": b"_meta\na;m\xcbt\n",
    "json": json_of("TỐI MẬT", ascii_only=False),
    "json escaped": json_of("TỐI MẬT", ascii_only=True),
}
WITHOUT_NUMBER = {"xls cut string", "xls old cell in TCVN3", "xlsx UTF-16 part", "csv windows-1258", "csv TCVN3"}


@pytest.mark.parametrize("name", CARRIERS)
def test_carrier(name: str):
    """
    A marking is found wherever the format lets one be written; beside it nothing but the document's number is told.
    """
    mark = find_mark(CARRIERS[name], "")

    assert mark is not None
    assert (None if name in WITHOUT_NUMBER else "123-BC/BTC") == mark.document_number
    with pytest.raises(RefusedError) as refused:
        require_unmarked(CARRIERS[name])
    assert {"level", "document_number"} == set(refused.value.details)
    assert (None, None, "") == (refused.value.sheet, refused.value.cell, refused.value.technical)


@pytest.mark.parametrize(
    "content",
    [
        xlsx(lambda workbook: None),
        xls(),
        ods("styles.xml", f"<text:p>{MENTION}</text:p>"),
        csv_of(MENTION, "utf-8"),
        csv_of("ghi chú; mật", "utf-8"),
        json_of(MENTION, ascii_only=True),
        as_workbook(good_report()),
        report_csv(good_report()),
        report_json(good_report()),
        b"",
        b"%PDF-1.7",
        b"\xff" * 1_000,
    ],
)
def test_file_without_mark(content: bytes):
    """
    What only mentions secrecy passes; so does what is no workbook, which the guard refuses.
    """
    assert find_mark(content, "bao-cao.xlsx") is None


def test_name_is_a_carrier():
    """
    A harmless content under a marked name is marked; its number is read from the content.
    """
    assert Mark("TUYỆT MẬT", "123-BC/BTC") == find_mark(xlsx(lambda workbook: None), "TUYET MAT_bc.xlsx")


@pytest.mark.parametrize("name", ["high-ratio", "many-members", "xls-random-stream"])
def test_hostile_file_costs_little(name: str):
    """
    A file built to harm is passed by within the limits of the guard.
    """
    content = HOSTILE[name][0]()
    begun = time.process_time()

    assert find_mark(content, "") is None
    assert time.process_time() - begun < 2


def test_broken_part_hides_no_mark():
    """
    A part that cannot be opened does not stop the search in the others.
    """
    content = with_part("xl/a.xml", random.Random(1).randbytes(5_000), in_cell("MẬT"))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        place = archive.getinfo("xl/a.xml").header_offset + 60
    broken = content[:place] + b"\xff" * 8 + content[place + 8 :]

    assert find_mark(broken, "") is not None


def test_number_has_no_room_for_words():
    """
    Only a number's own shape is taken: what follows it on the line is left.
    """
    said = xlsx(lambda workbook: workbook.active.append(["Số: 7/2026/QĐ-TTg về việc khẩn", "MẬT"]))
    free = with_part("xl/b.xml", "<si>Số: KẾ HOẠCH A/B-C</si><si>MẬT</si>".encode(), good_xlsx())

    assert "123-BC/BTC" == find_mark(said, "").document_number
    assert find_mark(free, "").document_number is None


def test_stream_in_a_ring():
    """
    An old workbook of some kilobytes whose stream says it is of gigabytes is passed by at once.
    """
    content = bytearray(xls())
    place = content.find("Workbook".encode("utf-16-le"))
    content[place + 120 : place + 124] = struct.pack("<I", 1_235_095_552)
    begun = time.process_time()

    assert find_mark(bytes(content), "") is None
    assert time.process_time() - begun < 1
