"""What a person sees in a file is what is read: odd files, each read, asked about, or refused by its true reason."""

import re
import struct
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from hostile.more_workbooks import parts_of, xls_of
from hostile.workbooks import record
from odd_files import (
    INDICATORS,
    OBSTACLES,
    TASKS,
    cell,
    changed,
    english_csv,
    formatted,
    ods_report,
    one_sheet,
    packed,
    put,
    renamed,
    runs,
    struck_style,
    text,
    text_file,
    with_part,
    xls_report,
)
from unit.body_reports import good_workbook, understood

from resolution_monitor.catalogue.entries import Catalogue
from resolution_monitor.collect.read import ReadResult, read_files
from resolution_monitor.normalise.body_report import ReportReading
from resolution_monitor.normalise.finding_text import finding_text
from resolution_monitor.settings import from_environment

RAISED, LOWERED, STRUCK = '<vertAlign val="superscript"/>', '<vertAlign val="subscript"/>', "<strike/>"
NUMBER, LABEL = 0x0203, 0x00FD  # records of an .xls


@dataclass(frozen=True)
class Case:
    """
    One file.

    Attributes:
        value: What is read of `item`; None where its row waits.
        checks: What is told, in any order.
    """

    build: Callable[[], bytes]
    value: str | None = "91.5"
    checks: tuple[str, ...] = ()
    item: str = "72.04"
    agency_id: str = "BYT"


def asked(build: Callable[[], bytes], *checks: str, item: str = "72.04", agency_id: str = "BYT") -> Case:
    return Case(build, None, checks, item, agency_id)


def xls_number(value: float, style: int) -> bytes:
    return struct.pack("<HHd", NUMBER, style, value)


STRUCK_FONT = struct.pack("<HHHHH", 200, 8, 0, 400, 0) + b"\0" * 4 + b"\x05\x00Arial"
RAISED_FONT = struct.pack("<HHHHH", 200, 0, 0, 400, 1) + b"\0" * 4 + b"\x05\x00Arial"
ODS_FLOAT = (
    '<table:table-cell office:value-type="{kind}" office:value="{value}"><text:p>{shown}</text:p></table:table-cell>'
)
ODS_STYLE = '<style:style style:name="T1" style:family="text"><style:text-properties {look}/></style:style>'
ODS_SPAN = (
    '<table:table-cell office:value-type="string"><text:p>{text}<text:span text:style-name="T1">{span}</text:span>'
    "</text:p></table:table-cell>"
)
ODS_BARE_PERCENT = '<table:table-cell office:value-type="percentage" office:value="0.915"/>'


def ods_float(value: float, shown: str, kind: str = "float") -> Callable[[], bytes]:
    return lambda: ods_report(ODS_FLOAT.format(kind=kind, value=value, shown=shown))


def ods_span(look: str, text: str, span: str) -> Callable[[], bytes]:
    return lambda: ods_report(ODS_SPAN.format(text=text, span=span), ODS_STYLE.format(look=look))


def with_empties(part: bytes) -> bytes:
    far = b'<row r="1048576"><c r="A1048576" s="3"/><c r="XFD1048576"><v></v></c></row></sheetData>'
    return part.replace(b"</sheetData>", far)


def supbook(path: bytes) -> bytes:
    return xls_of(record(0x01AE, struct.pack("<HHB", 0, len(path), 0) + path))


def with_backslashes() -> bytes:
    return packed({name.replace("/", "\\"): part for name, part in parts_of(good_workbook()).items()})


def utf8(part: bytes) -> bytes:
    return b'<?xml version="1.0" encoding="utf8"?>' + re.sub(rb"^<\?xml[^>]*\?>", b"", part)


def flat_row(part: bytes) -> bytes:
    """The first row of figures without any height."""
    return re.sub(rb'<row r="7" ht="[^"]*"', b'<row r="7" ht="0"', part)


def row_of(*pairs: tuple[str, str]) -> Callable[[bytes], bytes]:
    """A row below the table."""
    inside = "".join(text(address, written) for address, written in pairs)
    return lambda part: part.replace(b"</sheetData>", f'<row r="{pairs[0][0][1:]}">{inside}</row></sheetData>'.encode())


CASES: dict[str, Case] = {
    # Raised, lowered and struck-out text.
    "footnote mark raised": Case(lambda: put("G7", runs("G7", ("91,5", ""), ("1", RAISED))), checks=("raised-mark",)),
    "footnote mark lowered": Case(lambda: put("G7", runs("G7", ("91,5", ""), ("1", LOWERED))), checks=("raised-mark",)),
    "footnote in a shared string": Case(
        lambda: with_part(
            "xl/sharedStrings.xml",
            f"<sst><si><r><t>91,5</t></r><r><rPr>{RAISED}</rPr><t>1</t></r></si></sst>".encode(),
            {INDICATORS: cell("G7", '<c r="G7" t="s"><v>0</v></c>')},
        ),
        checks=("raised-mark",),
    ),
    "footnote in two letters": Case(
        lambda: put("G7", runs("G7", ("91,5", ""), ("(1)", RAISED))), checks=("raised-mark",)
    ),
    "sign of a footnote": Case(lambda: put("G7", text("G7", "91,5²")), checks=("raised-mark",)),
    "star of a footnote": Case(lambda: put("G7", text("G7", "91,5 *")), checks=("raised-mark",)),
    "power of ten": asked(lambda: put("G7", runs("G7", ("10", ""), ("2", RAISED))), "format-not-number"),
    "raised unit in a name": Case(lambda: put("K7", runs("K7", ("diện tích m", ""), ("2", RAISED)))),
    "old figure struck out": Case(
        lambda: put("G7", runs("G7", ("76,2", STRUCK), (" 91,5", ""))), checks=("struck-part",)
    ),
    "figure struck out": asked(lambda: put("G7", runs("G7", ("91,5", STRUCK))), "struck-out"),
    "style struck out": asked(lambda: struck_style("G7", '<c r="G7" s="{s}"><v>91.5</v></c>'), "struck-out"),
    "strike that is off": Case(lambda: put("G7", runs("G7", ("91,5", '<strike val="0"/>')))),
    # Number formats.
    "percent": Case(lambda: formatted("G7", 0.915, "0.0%")),
    "percent built in": Case(lambda: formatted("G7", 0.915, "10")),
    "percent of a task": Case(lambda: formatted("H9", 0.12, "0%", TASKS), "12.0", item="72-T02"),
    "percent sign that is written": Case(lambda: formatted("G7", 91.5, '0.0"%"')),
    "percent of a count": asked(
        lambda: formatted("G9", 26.5, "0%", agency_id="BCT"), "percent-not-asked", item="70.02", agency_id="BCT"
    ),
    "percent sign on GW": asked(
        lambda: put("G9", text("G9", "91,2%"), agency_id="BCT"), "percent-not-asked", item="70.02", agency_id="BCT"
    ),
    "percent of a numerator": asked(lambda: formatted("I7", 0.9, "0%"), "percent-not-asked"),
    "thousands": Case(lambda: formatted("G7", 91500.0, "#,##0.0,"), checks=("format-scales",)),
    "millions": Case(lambda: formatted("G7", 91500000.0, "0.0,,"), checks=("format-scales",)),
    "nothing": asked(lambda: formatted("G7", 91.5, ";;;"), "format-not-number"),
    "something behind": asked(lambda: formatted("G7", 91.5, '0.0"/10000"'), "format-not-number"),
    "words": asked(lambda: formatted("G7", 91.5, '"Đạt";;"Không đạt"'), "format-not-number"),
    "a digit before": asked(lambda: formatted("G7", 1.5, '"9"0.0'), "format-not-number"),
    "a comma within": asked(lambda: formatted("G7", 915.0, "0\\,0"), "format-not-number"),
    "by condition": asked(lambda: formatted("G7", 91.5, '[>90]"tốt";0'), "format-not-number"),
    "its own unit": Case(
        lambda: formatted("G9", 107.7, '0.0" GW"', agency_id="BCT"), "107.7", item="70.02", agency_id="BCT"
    ),
    "accounts": Case(lambda: formatted("G7", 91.5, '_-* #,##0.0 _₫_-;\\-* #,##0.0 _₫_-;_-* "-"?? _₫_-;_-@_-')),
    "a zero left out by its format": Case(lambda: formatted("G7", 0.0, "0;-0;;@"), "0.0"),
    "red and without decimals": Case(lambda: formatted("G7", 91.5, "[Red]#,##0;[Red]-#,##0")),
    "exponents": Case(lambda: formatted("G7", 91.5, "0.00E+00")),
    # Other programs' formats.
    "ods percent": Case(ods_float(0.915, "91,5 %", "percentage")),
    "ods percent not printed": Case(lambda: ods_report(ODS_BARE_PERCENT)),
    "ods rounded": Case(ods_float(91.5, "92")),
    "ods hidden": asked(ods_float(91.5, ""), "format-not-number"),
    "ods words": asked(ods_float(91.5, "91,5/10000"), "format-not-number"),
    "ods thousands": Case(ods_float(91500.0, "91,5"), checks=("format-scales",)),
    "ods footnote": Case(ods_span('style:text-position="super 58%"', "91,5", "1"), checks=("raised-mark",)),
    "ods struck": Case(ods_span('style:text-line-through-style="solid"', "91,5", " 76,2"), checks=("struck-part",)),
    "xls percent": Case(lambda: xls_report(xls_number(0.915, 1), styles=((0, 10),))),
    "xls percent of its own": Case(lambda: xls_report(xls_number(0.915, 1), formats=("0.0%",), styles=((0, 164),))),
    "xls hidden": asked(
        lambda: xls_report(xls_number(91.5, 1), formats=(";;;",), styles=((0, 164),)), "format-not-number"
    ),
    "xls struck": asked(lambda: xls_report(xls_number(91.5, 1), fonts=(STRUCK_FONT,), styles=((5, 0),)), "struck-out"),
    "xls footnote": Case(
        lambda: xls_report(struct.pack("<HHI", LABEL, 0, 0), fonts=(RAISED_FONT,)), checks=("raised-mark",)
    ),
    # Letters that are not seen, days, bars, row numbers.
    "digits turned round": asked(lambda: put("G7", text("G7", "&#x202E;5,19")), "direction-marks"),
    "day with a time": Case(
        lambda: put("I7", '<c r="I7" s="56"><v>46298.708333333336</v></c>', TASKS), checks=("day-with-time",)
    ),
    "just before midnight": Case(
        lambda: put("I7", '<c r="I7" s="56"><v>46297.9995</v></c>', TASKS), checks=("day-with-time",)
    ),
    "day in words": Case(lambda: put("I7", text("I7", "ngày 03 tháng 10 năm 2026"), TASKS)),
    "day of a short year": Case(lambda: put("I7", text("I7", "3/10/26"), TASKS)),
    "day with a written time": Case(
        lambda: put("I7", text("I7", "03/10/2026 17:00"), TASKS), checks=("day-with-time",)
    ),
    "day with its midnight": Case(lambda: put("I7", text("I7", "3/10/2026 00:00:00"), TASKS)),
    "bar for no task": Case(lambda: put("B7", text("B7", "-"), OBSTACLES)),
    "bar for no body": Case(lambda: put("E7", text("E7", "–"), OBSTACLES), checks=("named-body-missing",)),
    "moment of a program": Case(lambda: put("I7", text("I7", "2026-10-02T17:00:00.000Z"), TASKS)),
    "bar for nothing": asked(lambda: put("G7", text("G7", "-")), "state-contradicts-value"),
    "state where the value is": Case(
        lambda: changed(
            {
                INDICATORS: lambda part: cell("K7", text("K7", "Chưa đến kỳ thống kê"))(
                    cell("H7", '<c r="H7"/>')(cell("G7", text("G7", "Không áp dụng"))(part))
                )
            }
        ),
        "None",
        ("justified",),
    ),
    "zero point": Case(lambda: put("G7", text("G7", "0,915")), None, ("share-looks-small",)),
    "number and a dot": Case(lambda: put("A7", text("A7", "1."), OBSTACLES)),
    "number in brackets": Case(lambda: put("A7", text("A7", "(1)"), OBSTACLES)),
    "Roman number": Case(lambda: put("A7", text("A7", "I"), OBSTACLES)),
    # Rows and columns.
    "signatures": Case(
        lambda: changed({INDICATORS: row_of(("B12", "NGƯỜI LẬP BIỂU"), ("H12", "THỦ TRƯỞNG"))}),
        checks=("row-not-read",),
    ),
    "place and day": Case(
        lambda: changed({INDICATORS: row_of(("H12", "Hà Nội, ngày 5 tháng 11 năm 2026"))}), checks=("row-not-read",)
    ),
    "total": Case(
        lambda: changed({INDICATORS: row_of(("A12", "Tổng cộng"), ("G12", "274,5"))}), checks=("row-not-read",)
    ),
    "numbers of columns": Case(
        lambda: changed({INDICATORS: row_of(("A12", "(1)"), ("B12", "(2)"), ("C12", "(3)"), ("G12", "(7)"))}),
        checks=("row-not-read",),
    ),
    "figure without its code": Case(
        lambda: changed({INDICATORS: row_of(("B12", "Tổng chi cho nghiên cứu"), ("G12", "2,1"))}),
        checks=("row-without-code",),
    ),
    "row without its code": Case(
        lambda: changed({INDICATORS: row_of(("B12", "Chỉ tiêu khác"), ("G12", "5"))}), checks=("row-without-code",)
    ),
    "row of no height": Case(lambda: changed({INDICATORS: flat_row}), checks=("hidden-cells",)),
    "column gone": Case(lambda: put("K5", text("K5", "Lý do")), checks=("column-missing",)),
    "column retyped": asked(lambda: put("H5", text("H5", "Tình hình")), "unknown-header"),
    # Sections, and what is not a report in whole.
    "sections in a workbook": Case(one_sheet),
    "sections with a bar": asked(lambda: one_sheet(value="-"), "state-contradicts-value"),
    "sections in an xls": Case(lambda: xls_report(xls_number(91.5, 0))),
    "a section retyped": asked(
        lambda: text_file("\r\nChỉ tiêu\r\n", "\r\nSố liệu\r\n"), "table-missing", "section-not-known"
    ),
    "a section gone": Case(
        lambda: text_file("\r\nNhiệm vụ\r\n", "\r\n"), checks=("table-missing", *["unknown-code"] * 7)
    ),
    "English CSV": Case(english_csv),
    "English thousands": asked(lambda: english_csv(**{"72_04": "1,234.5"}), "percent-out-of-range"),
    "English three decimals": asked(lambda: english_csv(**{"72_04": "91.512"}), "not-a-number"),
    # Files that were refused.
    "file links": Case(lambda: put("G7", '<c r="G7"><v>91.5</v></c>')),
    "rows and cells far out": Case(lambda: changed({INDICATORS: with_empties})),
    "a query in UTF-16": Case(
        lambda: with_part("customXml/item1.xml", "<?xml version='1.0' encoding='utf-16'?><x/>".encode("utf-16"))
    ),
    "utf8 without its bar": Case(lambda: changed({INDICATORS: utf8, "xl/workbook.xml": utf8})),
    "an unknown error": asked(lambda: put("G7", '<c r="G7" t="e"><f>A1</f><v>#SPILL!</v></c>'), "cell-error"),
    "an error of another program": asked(lambda: put("G7", '<c r="G7" t="e"><v>#ERROR!</v></c>'), "cell-error"),
    "backslashes": Case(with_backslashes),
    "another name of the workbook": Case(
        lambda: renamed(
            {"xl/workbook.xml": "xl/workbook2.xml", "xl/_rels/workbook.xml.rels": "xl/_rels/workbook2.xml.rels"},
            {
                name: lambda part: part.replace(b"xl/workbook.xml", b"xl/workbook2.xml")
                for name in ("_rels/.rels", "[Content_Types].xml")
            },
        )
    ),
    "a few old letters": Case(
        lambda: changed(
            {
                OBSTACLES: lambda part: cell(
                    "D7",
                    text(
                        "D7",
                        "®ång chÝ ®· göi v¨n b¶n nghÞ quyÕt chñ tr­¬ng ®æi míi; coopération française où déjà Zürich",
                    ),
                )(part)
            }
        )
    ),
}
REFUSED: dict[str, tuple[Callable[[], bytes], str]] = {
    "letters lost everywhere": (lambda: text_file(encoding="ascii"), "letters-lost"),
    "letters lost in headings": (lambda: put("B5", text("B5", "Ch? tiêu")), "letters-lost"),
    "letters lost by replacement": (lambda: text_file("Chỉ tiêu\r\n", "Ch\ufffd ti\ufffdu\r\n"), "letters-lost"),
}
UNREAD: dict[str, tuple[Callable[[], bytes], str]] = {
    "binary workbook": (lambda: with_part("xl/workbook.bin", b"\x83\x01"), "workbook-kind-not-read"),
    "flat workbook": (
        lambda: (
            b'<?xml version="1.0"?><office:document office:mimetype="application/vnd.oasis.opendocument.spreadsheet"/>'
        ),
        "workbook-kind-not-read",
    ),
    "workbook of 2003 as text": (
        lambda: b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>',
        "workbook-kind-not-read",
    ),
    "wrapped text": (lambda: put("G7", '<c r="G7"><v><![CDATA[91.5]]></v></c>'), "unsafe-xml"),
    "a figure far out": (
        lambda: changed({INDICATORS: lambda part: with_empties(part).replace(b"<v></v>", b"<v>1</v>")}),
        "sheet-too-large",
    ),
    "live link": (lambda: supbook(b"Excel\x03cmd"), "live-link"),
}
EVERY = {name: case.build for name, case in CASES.items()}
EVERY |= {name: build for name, (build, _) in (REFUSED | UNREAD).items()}
EVERY |= {"file link": lambda: supbook(b"\x01\x03 01 Bao cao\x03 so lieu.xls")}


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> dict[str, ReadResult]:
    """Every file read by one limited child."""
    folder = tmp_path_factory.mktemp("odd")
    paths = []
    for number, build in enumerate(EVERY.values()):
        paths.append(folder / str(number))
        Path(paths[-1]).write_bytes(build())
    settings = from_environment({"RESOLUTION_MONITOR_HOME": str(folder)})
    return dict(zip(EVERY, read_files(settings, paths), strict=True))


def reading_of(result: ReadResult, agency_id: str = "BYT") -> ReportReading:
    assert result.workbook is not None, result.refusal
    return understood(result.workbook, agency_id)


def test_there_are_enough():
    """
    At least sixty variants are held against the reader.
    """
    assert len(EVERY) >= 60


@pytest.mark.parametrize("name", CASES)
def test_read_or_asked(results: dict[str, ReadResult], catalogue: Catalogue, name: str):
    """
    The value that is seen is read, or its row waits; what is told names file, sheet, cell and what to do.
    """
    case, reading = CASES[name], reading_of(results[name], CASES[name].agency_id)
    report = reading.report
    assert report is not None, reading.findings
    read = {entry.indicator_id: entry.value for entry in report.indicators}
    read |= {entry.task_id: entry.done_pct for entry in report.tasks}

    assert sorted(case.checks) == sorted(finding.check for finding in reading.findings), reading.findings
    assert case.value == (str(read[case.item]) if case.item in read else None)
    assert case.value is not None or "accepted" != reading.state
    for finding in reading.findings:
        text, action = finding_text(catalogue, finding)
        assert finding.cell is None or finding.cell in text + action or finding.check == "hidden-cells"
        assert action.startswith(("Đề nghị ", "Không cần "))


@pytest.mark.parametrize("name", REFUSED)
def test_nothing_is_taken_of_lost_letters(results: dict[str, ReadResult], name: str):
    """
    A file whose own headings have lost their letters gives nothing, and says so.
    """
    reading = reading_of(results[name])

    assert [REFUSED[name][1]] == [finding.check for finding in reading.findings]
    assert "rejected" == reading.state


@pytest.mark.parametrize("name", UNREAD)
def test_refused_by_its_true_reason(results: dict[str, ReadResult], catalogue: Catalogue, name: str):
    """
    What is not read says which kind of file it is, and what to do.
    """
    refusal = results[name].refusal
    assert refusal is not None

    assert UNREAD[name][1] == refusal.check
    assert "không rõ" not in finding_text(catalogue, refusal)[0] or refusal.check == "sheet-too-large"


def test_link_to_a_file_is_no_live_link(results: dict[str, ReadResult]):
    """
    A path begins with the mark of a path and parts its folders with the mark that also stands in a live link.
    """
    assert ["external-link"] == [finding.check for finding in results["file link"].told]


def test_places_are_those_of_the_file(results: dict[str, ReadResult]):
    """
    A section of a workbook's one sheet is found again on that sheet, under its own address.
    """
    reading = reading_of(results["sections with a bar"])

    assert [("Sheet", "C10")] == [(finding.sheet, finding.cell) for finding in reading.findings]
    assert {"Sheet"} == {sheet for sheet, _ in reading.places.values()}
