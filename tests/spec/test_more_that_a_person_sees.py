"""Odd files once more, of other kinds: what is shown is read, what nobody can know is asked, what is said is true."""

import csv
import io
import re
import struct
from collections.abc import Callable

import pytest
from hostile.more_workbooks import parts_of
from hostile.workbooks import good_xlsx
from odd_files import (
    INDICATORS,
    OBSTACLES,
    STYLES,
    TASKS,
    cell,
    changed,
    formatted,
    ods_report,
    put,
    runs,
    sections,
    text,
    with_part,
    xls_report,
)
from spec.test_what_a_person_sees import ODS_FLOAT, Case, asked, reading_of, row_of, xls_number
from unit.body_reports import good_report, good_workbook

from resolution_monitor.catalogue.entries import Catalogue
from resolution_monitor.collect.read import ReadResult, read_files
from resolution_monitor.exchange.plain import report_csv
from resolution_monitor.normalise.body_report import is_body_report
from resolution_monitor.normalise.finding_text import finding_text
from resolution_monitor.settings import from_environment

FO = 'xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"'
ODS_TEXT = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
ODS_WHITE = f'<style:style {FO} style:name="W" style:family="table-cell"><style:text-properties fo:color="#ffffff"/>'
ODS_DARK = '<style:table-cell-properties fo:background-color="#1f4e79"/>'
ODS_STYLED = (
    '<table:table-cell table:style-name="W" office:value-type="float" office:value="91.5">'
    "<text:p>91,5</text:p></table:table-cell>"
)
WHITE_FONT = struct.pack("<HHHHH", 200, 0, 9, 400, 0) + b"\0" * 4 + b"\x05\x00Arial"
NO_VALUE = {INDICATORS: cell("G7", '<c r="G7"/>')}
DAY = "57-T01/BYT"  # a task that is done; its day stands in I7


def written(text_of_cell: str) -> Callable[[], bytes]:
    """A text where the value belongs."""
    return lambda: put("G7", text("G7", text_of_cell))


def xml(inside: str) -> Callable[[], bytes]:
    return lambda: put("G7", inside)


def code(number: float, format_code: str) -> Callable[[], bytes]:
    return lambda: formatted("G7", number, format_code)


def day(text_of_cell: str) -> Callable[[], bytes]:
    return lambda: put("I7", text("I7", text_of_cell), TASKS)


def heading(text_of_cell: str) -> Callable[[], bytes]:
    return lambda: put("G5", text("G5", text_of_cell))


def coded(text_of_cell: str, sheet: str = INDICATORS) -> Callable[[], bytes]:
    return lambda: put("A7", text("A7", text_of_cell), sheet)


def numbered(text_of_cell: str) -> Callable[[], bytes]:
    return lambda: put("A7", text("A7", text_of_cell), OBSTACLES)


def below(*pairs: tuple[str, str]) -> Callable[[], bytes]:
    return lambda: changed({INDICATORS: row_of(*pairs)})


def cells(sheet: str = INDICATORS, **written_cells: str) -> Callable[[], bytes]:
    """Several cells of a sheet as XML."""

    def change(part: bytes) -> bytes:
        for address, inside in written_cells.items():
            part = cell(address, inside)(part)
        return part

    return lambda: changed({sheet: change})


def state(word: str, value: str) -> Callable[[], bytes]:
    """A state beside a value; a value of digits is a number."""
    figure = f'<c r="G7"><v>{value}</v></c>' if value.isdigit() else text("G7", value) if value else '<c r="G7"/>'
    return cells(G7=figure, H7=text("H7", word) if word else '<c r="H7"/>')


def coloured(colour: str, fill: str = "") -> Callable[[], bytes]:
    """The value in letters of a colour, on a fill of its own or on none."""
    styles = parts_of(good_workbook())[STYLES]
    last, fonts, fills = (
        int(re.findall(rb'<%b count="(\d+)"' % name, styles)[0]) for name in (b"cellXfs", b"fonts", b"fills")
    )
    new_fill = f'<fill><patternFill patternType="solid"><fgColor rgb="{fill}"/></patternFill></fill>'

    def style(part: bytes) -> bytes:
        part = part.replace(b"</fonts>", f'<font><color {colour}/><name val="Arial"/></font></fonts>'.encode())
        part = part.replace(b"</fills>", (new_fill if fill else "").encode() + b"</fills>")
        used = f'<xf numFmtId="0" fontId="{fonts}" fillId="{fills if fill else 0}"/></cellXfs>'
        return part.replace(b"</cellXfs>", used.encode())

    return lambda: changed({STYLES: style, INDICATORS: cell("G7", f'<c r="G7" s="{last}"><v>91.5</v></c>')})


def hidden_sheet(kind: bytes) -> Callable[[], bytes]:
    def change(part: bytes) -> bytes:
        tag = re.search('<sheet [^>]*name="Chỉ tiêu"[^>]*>'.encode(), part)[0]  # type: ignore[index]
        return part.replace(tag, re.sub(rb' state="\w+"', b"", tag).replace(b"<sheet", b'<sheet state="%b"' % kind, 1))

    return lambda: changed({"xl/workbook.xml": change})


def narrow(part: bytes) -> bytes:
    """The column of the values without any width."""
    return re.sub(rb"<cols>.*?</cols>", b'<cols><col min="7" max="7" width="0" customWidth="1"/></cols>', part)


def in_1904(part: bytes) -> bytes:
    """Days counted from 1904, as some workbooks of a Macintosh do."""
    part = re.sub(rb"<workbookPr[^>]*/>", b"", part)
    return part.replace(b"<sheets>", b'<workbookPr date1904="1"/><sheets>', 1)


def plain_text() -> str:
    return report_csv(good_report()).decode("utf-8-sig")


def in_one_column(mark: str) -> Callable[[], bytes]:
    """Our own CSV pasted into a workbook, a line to a cell."""
    return lambda: good_xlsx([[line.replace(";", mark)] for line in plain_text().splitlines()])


def all_quoted() -> bytes:
    lines = csv.reader(io.StringIO(plain_text()), delimiter=";")
    return "\r\n".join(";".join(f'"{one}"' for one in line) for line in lines).encode("utf-8-sig")


def ods(inside: str, styles: str = "") -> Callable[[], bytes]:
    return lambda: ods_report(inside, styles)


def in_format(value: float, format_code: str) -> Callable[[], bytes]:
    return lambda: xls_report(xls_number(value, 1), formats=(format_code,), styles=((0, 164),))


SEEN: dict[str, Case] = {
    # Texts that are numbers to whoever looks at them.
    "digits as wide as Chinese letters": Case(written("９１，５")),
    "a percent sign of that width": Case(written("91,5％")),
    "no-break blanks around": Case(written("\u00a091,5\u00a0")),
    "nothing but a mark of order": Case(written("\ufeff91,5")),
    "joined by what is not seen": Case(written("91\u2060,5")),
    "a soft hyphen": Case(written("91\u00ad,5")),
    "a no-break blank before the sign": Case(written("91,5\u00a0%")),
    "a line break behind": Case(written("91,5&#10;")),
    "a plus": Case(written("+91,5")),
    "a minus that is no hyphen": asked(written("−5,2"), "figure-negative"),
    "a dash for a minus": asked(written("–5,2"), "figure-negative"),
    "thin blank between thousands": asked(written("1\u2009234"), "percent-out-of-range"),
    "a mark of the other direction behind": asked(written("91,5\u200f"), "direction-marks"),
    "digits of another script": asked(written("٩١٫٥"), "not-a-number"),
    "a letter for zero": asked(written("9O,5"), "not-a-number"),
    "a letter for one": asked(written("9l,5"), "not-a-number"),
    "two figures in one cell": asked(written("76,2&#10;91,5"), "not-a-number"),
    "a range": asked(written("91,5-92"), "not-a-number"),
    "about": asked(written("khoảng 91,5"), "not-a-number"),
    "parts for the share": asked(written("915/1000"), "not-a-number"),
    "per mille": asked(written("91,5‰"), "not-a-number"),
    "struck by letters of their own": asked(written("9\u03361\u0336,5"), "not-a-number"),
    "a cross": asked(written("x"), "not-a-number"),
    # Formats.
    "thousands called k": asked(code(915.0, '0.0,"k"'), "format-not-number"),
    "a fraction": Case(code(91.5, "# ?/?")),
    "a country": Case(code(91.5, "[$-42A]0.0")),
    "a minus before what is more than nothing": asked(code(91.5, "-0.0"), "format-not-number"),
    "brackets around what is more than nothing": asked(code(91.5, "(0.0)"), "format-not-number"),
    "brackets as wide as one": Case(code(91.5, "0.0_);(0.0)")),
    "a plus before": Case(code(91.5, "+0.0;-0.0")),
    "money on a percentage": asked(code(91.5, "#,##0.00\\ [$₫-42A]"), "format-not-number"),
    "white by its format": asked(code(91.5, "[White]0.0"), "format-not-number"),
    "percent by condition": Case(code(0.915, "[<1]0.0%;0.0")),
    "percent twice": asked(code(0.00915, "0.0%%"), "format-not-number"),
    "about, by its format": asked(code(91.5, '"≈"0.0'), "format-not-number"),
    "hours": asked(code(91.5, "[h]:mm"), "not-a-number"),
    # Letters of the colour of the paper.
    "white letters": asked(coloured('rgb="FFFFFFFF"'), "format-not-number"),
    "white by theme": asked(coloured('theme="0"'), "format-not-number"),
    "white on white": asked(coloured('indexed="9"', "FFFFFFFF"), "format-not-number"),
    "white on blue": Case(coloured('rgb="FFFFFFFF"', "FF1F4E79")),
    "grey by theme": Case(coloured('theme="0" tint="-0.5"')),
    "ods white letters": asked(ods(ODS_STYLED, f"{ODS_WHITE}</style:style>"), "format-not-number"),
    "ods white on blue": Case(ods(ODS_STYLED, f"{ODS_WHITE}{ODS_DARK}</style:style>")),
    "xls white letters": asked(
        lambda: xls_report(xls_number(91.5, 1), fonts=(WHITE_FONT,), styles=((5, 0),)), "format-not-number"
    ),
    # What other programs store.
    "a text as result of a formula": Case(xml('<c r="G7" t="str"><f>A1</f><v>91,5</v></c>')),
    "no result of a formula": asked(xml('<c r="G7"><f>90+1.5</f></c>'), "formula-without-value"),
    "an empty text as result": asked(xml('<c r="G7" t="str"><f>A1</f><v></v></c>'), "state-contradicts-value"),
    "a formula over an area": Case(xml('<c r="G7"><f t="array" ref="G7">SUM(A1)</f><v>91.5</v></c>')),
    "with an exponent": Case(xml('<c r="G7"><v>9.15E1</v></c>')),
    "yes": asked(xml('<c r="G7" t="b"><v>1</v></c>'), "not-a-number"),
    "a mark before": Case(
        lambda: put("G7", runs("G7", ("1", '<vertAlign val="superscript"/>'), ("91,5", ""))), checks=("raised-mark",)
    ),
    "a digit struck out within": Case(
        lambda: put("G7", runs("G7", ("91", ""), (",4", "<strike/>"), (",5", ""))), checks=("struck-part",)
    ),
    "a comment for a value": asked(
        lambda: with_part(
            "xl/comments1.xml", b"<comments><t>91,5</t></comments>", {INDICATORS: cell("G7", '<c r="G7"/>')}
        ),
        "state-contradicts-value",
    ),
    "ods minus": asked(ods(ODS_TEXT.format("−5,2")), "figure-negative"),
    "ods in brackets": asked(ods(ODS_FLOAT.format(kind="float", value=91.5, shown="(91,5)")), "format-not-number"),
    "ods two lines": asked(ods(ODS_TEXT.format("76,2</text:p><text:p>91,5")), "not-a-number"),
    "ods money": Case(ods(ODS_FLOAT.format(kind="currency", value=91.5, shown="91,5"))),
    "xls minus": asked(in_format(91.5, "-0.0"), "format-not-number"),
    "xls k": asked(in_format(915.0, '0.0,"k"'), "format-not-number"),
    "xls exponent": Case(in_format(91.5, "0.00E+00")),
    # Days.
    "a weekday before": Case(day("Thứ bảy, 03/10/2026"), "2026-10-03", item=DAY),
    "a weekday behind": Case(day("3/10/2026 (thứ bảy)"), "2026-10-03", item=DAY),
    "a full stop behind": Case(day("03/10/2026."), "2026-10-03", item=DAY),
    "wide digits of a day": Case(day("０３/１０/２０２６"), "2026-10-03", item=DAY),
    "dots": Case(day("3.10.2026"), "2026-10-03", item=DAY),
    "year first": Case(day("2026/10/03"), "2026-10-03", item=DAY),
    "in words without noughts": Case(day("ngày 3 tháng 10 năm 2026"), "2026-10-03", item=DAY),
    "a day that does not exist": asked(day("31/9/2026"), "not-a-date", item=DAY),
    "a month alone": asked(day("10/2026"), "not-a-date", item=DAY),
    "two days": asked(day("1/10/2026 - 3/10/2026"), "not-a-date", item=DAY),
    "a number for a day": asked(lambda: put("I7", '<c r="I7"><v>46298</v></c>', TASKS), "not-a-date", item=DAY),
    "days since 1904": Case(
        lambda: changed(
            {
                "xl/workbook.xml": in_1904,
                TASKS: lambda part: cell("I8", '<c r="I8" s="56"><v>44836</v></c>')(
                    cell("I7", '<c r="I7" s="56"><v>44836</v></c>')(part)
                ),
            }
        ),
        "2026-10-03",
        ("due-day-changed",) * 6,  # the days that were written before count from 1900
        DAY,
    ),
    # Headings, codes, numbers of rows.
    "a footnote on a heading": Case(heading("Giá trị kỳ này (1)")),
    "a heading in capitals": Case(heading("GIÁ TRỊ KỲ NÀY")),
    "a heading on two lines": Case(heading("Giá trị&#10;kỳ này")),
    "a heading with its unit": Case(heading("Giá trị kỳ này (%)")),
    "a heading cut short": asked(heading("Giá trị"), "unknown-header"),
    "a comma in a code": Case(coded("72,04")),
    "a dot behind a code": Case(coded("72.04.")),
    "a code of a task in small letters": Case(coded("57-t01/byt", TASKS), "2026-10-03", item=DAY),
    "a dash in a code": Case(coded("57–T01/BYT", TASKS), "2026-10-03", item=DAY),
    "blanks in a code": Case(coded("57-T01 / BYT", TASKS), "2026-10-03", item=DAY),
    "a code without its dot": asked(coded("7204"), "item-missing", "unknown-code"),
    "a code of half a task": asked(coded("57-T01", TASKS), "item-missing", "item-not-owed", item=DAY),
    "a number and a slash": Case(numbered("1/")),
    "a number with its decimals": Case(numbered("1,0")),
    "a letter for a number": Case(numbered("a"), checks=("row-number-not-read",)),
    # What stands below a table.
    "who signed": Case(below(("H13", "Nguyễn Văn An")), checks=("row-not-read",)),
    "a note with a star": Case(below(("A11", "* Số ước tính")), checks=("row-not-read",)),
    "a note with its number": Case(below(("A11", "(1) Số sơ bộ")), checks=("row-not-read",)),
    "recipients": Case(below(("A12", "- Như trên;")), checks=("row-not-read",)),
    "a heading of a part": Case(below(("A11", "II"), ("B11", "CHỈ TIÊU BỔ SUNG")), checks=("row-not-read",)),
    "a mean": Case(below(("B11", "Bình quân"), ("G11", "91,5")), checks=("row-not-read",)),
    "an answer without its code": Case(
        below(("B11", "Khác"), ("H11", "Không phát sinh")), checks=("row-without-code",)
    ),
    # What a sheet hides.
    "a hidden sheet": Case(hidden_sheet(b"hidden"), checks=("hidden-sheet",)),
    "a sheet hidden from menus": Case(hidden_sheet(b"veryHidden"), checks=("hidden-sheet",)),
    "a column without width": Case(lambda: changed({INDICATORS: narrow}), checks=("hidden-cells",)),
    # Columns and rows exchanged.
    "value and state exchanged": asked(
        cells(G7=text("G7", "Có số liệu"), H7='<c r="H7"><v>91.5</v></c>'), "not-a-number", "word-not-known"
    ),
    "parts exchanged": asked(
        cells(I7='<c r="I7"><v>1000</v></c>', J7='<c r="J7"><v>915</v></c>'), "part-exceeds-whole"
    ),
    "a value among the denominators": asked(
        cells(G7='<c r="G7"/>', J7='<c r="J7"><v>91.5</v></c>'), "state-contradicts-value"
    ),
    # Nothing to report, in words and in the cell.
    "nothing and a nought": asked(state("Không phát sinh", "0"), "state-contradicts-value"),
    "nothing and an empty cell": asked(state("Không phát sinh", ""), "nothing-not-plausible"),
    "nothing and a bar": asked(state("Không phát sinh", "-"), "nothing-not-plausible"),
    "nothing and a cross": asked(state("Không phát sinh", "x"), "not-a-number"),
    "nothing without marks": asked(state("Khong phat sinh", ""), "nothing-not-plausible"),
    "nought and a bar": Case(state("Bằng 0", "-"), "0"),
    "no state and a nought": Case(state("", "0"), "0.0"),
    "a word of no list": asked(state("Đã có số", "91"), "word-not-known"),
    # Text files.
    "tabs": Case(lambda: plain_text().replace(";", "\t").encode("utf-8-sig")),
    "no mark of order": Case(lambda: plain_text().encode()),
    "two bytes a letter": Case(lambda: plain_text().encode("utf-16")),
    "a line that names the mark": Case(lambda: f"sep=;\r\n{plain_text()}".encode("utf-8-sig")),
    "marks at every end": Case(lambda: "\n".join(f"{line};;;" for line in plain_text().splitlines()).encode()),
    "everything in quotation marks": Case(all_quoted),
}
# A file of which nothing can be taken: what is told, and its cell.
NOTHING: dict[str, tuple[Callable[[], bytes], str, str | None]] = {
    "lines in one column": (in_one_column(";"), "columns-not-parted", "A2"),
    "lines in one column with tabs": (in_one_column("\t"), "columns-not-parted", "A2"),
    "parted by bars": (lambda: plain_text().replace(";", "|").encode(), "columns-not-parted", "A2"),
    "two reports in one file": (
        lambda: report_csv(good_report()) + b"\r\n" + report_csv(good_report("BCT"))[3:],
        "report-meta-twice",
        None,
    ),
    "no sheet that says whose": (
        lambda: good_xlsx(sections()[7:]),
        "report-meta-missing",
        None,
    ),
}


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> dict[str, ReadResult]:
    """Every file read by one limited child."""
    folder = tmp_path_factory.mktemp("more")
    builds = {name: case.build for name, case in SEEN.items()} | {name: build for name, (build, *_) in NOTHING.items()}
    paths = {name: folder / str(number) for number, name in enumerate(builds)}
    for name, path in paths.items():
        path.write_bytes(builds[name]())
    settings = from_environment({"RESOLUTION_MONITOR_HOME": str(folder)})
    return dict(zip(paths, read_files(settings, list(paths.values())), strict=True))


@pytest.mark.parametrize("name", SEEN)
def test_read_or_asked(results: dict[str, ReadResult], catalogue: Catalogue, name: str):
    """
    The value, or the day, that is seen is read, or its row waits; what is told says what to do.
    """
    case, reading = SEEN[name], reading_of(results[name])
    report = reading.report
    assert report is not None, reading.findings
    read: dict[str, object] = {entry.indicator_id: entry.value for entry in report.indicators}
    read |= {entry.task_id: entry.done_on for entry in report.tasks}

    assert sorted(case.checks) == sorted(finding.check for finding in reading.findings), reading.findings
    assert case.value == (str(read[case.item]) if case.item in read else None)
    assert case.value is not None or "accepted" != reading.state
    assert len(report.obstacles) == 1 or "row-number-not-read" in case.checks
    for finding in reading.findings:
        assert finding_text(catalogue, finding)[1].startswith(("Đề nghị ", "Không cần "))


@pytest.mark.parametrize("name", NOTHING)
def test_nothing_is_taken_and_the_reason_is_true(results: dict[str, ReadResult], catalogue: Catalogue, name: str):
    """
    A file that cannot be a report says why, at its cell.
    """
    reading, (_, check, place) = reading_of(results[name]), NOTHING[name]

    workbook = results[name].workbook
    assert workbook is not None
    assert is_body_report(workbook)
    assert [(check, place)] == [(finding.check, finding.cell) for finding in reading.findings]
    assert "rejected" == reading.state
    assert "(không rõ)" not in finding_text(catalogue, reading.findings[0])[0]


def test_there_are_sixty_more():
    """
    None of them stands in the other table.
    """
    assert len(SEEN) + len(NOTHING) >= 100
