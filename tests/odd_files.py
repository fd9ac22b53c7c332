"""Reports of a body as files that look odd: the good report with cells, parts, formats or letters changed by code."""

import csv
import io
import re
import struct
from collections.abc import Callable, Mapping
from typing import Any

from hostile.more_workbooks import parts_of, raw_zip
from hostile.workbooks import build_ole, good_xlsx, record
from unit.body_reports import good_report, good_workbook

from resolution_monitor.exchange.plain import report_csv

SHEETS = {name: f"xl/worksheets/sheet{number}.xml" for number, name in enumerate(
    ("Chỉ tiêu", "Nhiệm vụ", "Vướng mắc", "Đề nghị", "_meta"), start=2)}  # fmt: skip
INDICATORS, TASKS, OBSTACLES = SHEETS["Chỉ tiêu"], SHEETS["Nhiệm vụ"], SHEETS["Vướng mắc"]
STYLES = "xl/styles.xml"
Change = Callable[[bytes], bytes]


def packed(parts: Mapping[str, bytes]) -> bytes:
    return raw_zip([(name, part, {}) for name, part in parts.items()])


def changed(changes: Mapping[str, Change], agency_id: str = "BYT") -> bytes:
    """The good workbook of a body with some of its parts changed."""
    parts = parts_of(good_workbook(agency_id))
    return packed({name: changes.get(name, bytes)(part) for name, part in parts.items()})


def renamed(names: Mapping[str, str], changes: Mapping[str, Change]) -> bytes:
    """The same with parts under other names."""
    parts = parts_of(changed(changes))
    return packed({names.get(name, name): part for name, part in parts.items()})


def with_part(name: str, content: bytes, changes: Mapping[str, Change] | None = None) -> bytes:
    return packed({**parts_of(changed(changes or {})), name: content})


def cell(address: str, xml: str) -> Change:
    """Puts other XML in the place of one cell, or behind the others of its row."""
    written = xml.encode()

    def change(part: bytes) -> bytes:
        new, count = re.subn(rb'<c r="%b"(?:[^>]*/>|.*?</c>)' % address.encode(), lambda _: written, part, count=1)
        assert count, address
        return new

    return change


def put(address: str, xml: str, sheet: str = INDICATORS, agency_id: str = "BYT") -> bytes:
    return changed({sheet: cell(address, xml)}, agency_id)


def text(address: str, written: str) -> str:
    return f'<c r="{address}" t="inlineStr"><is><t xml:space="preserve">{written}</t></is></c>'


def runs(address: str, *pieces: tuple[str, str]) -> str:
    """A text of pieces, each with the XML of its look."""
    inside = "".join(f"<r><rPr>{look}</rPr><t>{piece}</t></r>" for piece, look in pieces)
    return f'<c r="{address}" t="inlineStr"><is>{inside}</is></c>'


def formatted(address: str, value: float, code: str, sheet: str = INDICATORS, agency_id: str = "BYT") -> bytes:
    """A number under a format code of its own; a code that is a number is one of those built in."""
    number = int(code) if code.isdigit() and code != "0" else 900
    styles = parts_of(good_workbook(agency_id))[STYLES]
    last = int(re.findall(rb'<cellXfs count="(\d+)"', styles)[0])
    escaped = code.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")

    def style(part: bytes) -> bytes:
        part = re.sub(rb"</numFmts>", f'<numFmt numFmtId="900" formatCode="{escaped}"/></numFmts>'.encode(), part)
        return part.replace(b"</cellXfs>", f'<xf numFmtId="{number}" fontId="0" fillId="0"/></cellXfs>'.encode())

    changes = {STYLES: style, sheet: cell(address, f'<c r="{address}" s="{last}"><v>{value!r}</v></c>')}
    return changed(changes, agency_id)


def struck_style(address: str, xml: str) -> bytes:
    """A cell whose whole style is struck out; `{s}` in the XML is the number of the style."""
    styles = parts_of(good_workbook())[STYLES]
    last = int(re.findall(rb'<cellXfs count="(\d+)"', styles)[0])
    fonts = int(re.findall(rb'<fonts count="(\d+)"', styles)[0])

    def style(part: bytes) -> bytes:
        part = part.replace(b"</fonts>", b'<font><strike/><name val="Arial"/></font></fonts>')
        return part.replace(b"</cellXfs>", f'<xf numFmtId="0" fontId="{fonts}"/></cellXfs>'.encode())

    return changed({STYLES: style, INDICATORS: cell(address, xml.replace("{s}", str(last)))})


def sections() -> list[list[Any]]:
    """The good report as the rows of one sheet, section below section, with numbers as numbers."""
    written = report_csv(good_report()).decode("utf-8-sig")
    return [[_held(one) for one in row] for row in csv.reader(io.StringIO(written), delimiter=";")]


def _held(written: str) -> Any:
    return float(written.replace(",", ".")) if re.fullmatch(r"\d+,\d+|\d+\.?\d*", written) else written or None


def place_of(rows: list[list[Any]], code: object) -> int:
    return next(number for number, row in enumerate(rows) if row and row[0] == code)


def one_sheet(**changes: Any) -> bytes:
    """That sheet as a workbook; the value of the first indicator may be another."""
    rows = sections()
    if "value" in changes:
        rows[place_of(rows, 72.04)][1] = changes["value"]
    return good_xlsx(rows)


def text_file(old: str = "", new: str = "", encoding: str = "utf-8-sig", **replaced: str) -> bytes:
    """The good report as CSV with a text in it replaced."""
    written = report_csv(good_report()).decode("utf-8-sig")
    assert old in written, old
    return written.replace(old, new).encode(encoding, "replace")


def english_csv(**values: str) -> bytes:
    """As an English program saves it: commas between cells, points before decimals, days of ISO."""
    rows = list(csv.reader(io.StringIO(report_csv(good_report()).decode("utf-8-sig")), delimiter=";"))
    rows = [[_english(one) for one in row] for row in rows]
    for code, value in values.items():
        rows[place_of(rows, code.replace("_", "."))][1] = value
    target = io.StringIO()
    csv.writer(target).writerows(rows)
    return target.getvalue().encode("utf-8-sig")


def _english(written: str) -> str:
    if re.fullmatch(r"\d+,\d+", written):
        return written.replace(",", ".")
    day = re.fullmatch(r"(\d\d)/(\d\d)/(\d{4})", written)
    return f"{day[3]}-{day[2]}-{day[1]} 00:00:00" if day else written


def ods_report(value: str, styles: str = "") -> bytes:
    """The one sheet as an .ods; `value` is the cell of the first indicator."""
    from hostile.more_workbooks import ods, ods_number, ods_row, ods_text

    rows = sections()
    place = place_of(rows, 72.04)
    made = []
    for number, row in enumerate(rows):
        cells = [
            "<table:table-cell/>" if held is None else ods_number(held) if isinstance(held, float) else ods_text(held)
            for held in row
        ]
        if number == place:
            cells[1] = value
        made.append(ods_row(*cells))
    content = parts_of(ods("".join(made)))["content.xml"]
    content = content.replace(
        b"<office:body>", f"<office:automatic-styles>{styles}</office:automatic-styles>".encode() + b"<office:body>", 1
    )
    return ods("", content=content)


def xls_report(
    value: bytes,
    *,
    formats: tuple[str, ...] = (),
    fonts: tuple[bytes, ...] = (),
    styles: tuple[tuple[int, int], ...] = (),
) -> bytes:
    """
    The one sheet as an .xls.

    Args:
        value: The record of the cell of the first indicator, without its row and column; its kind comes first.
        formats, fonts, styles: Those behind format 164, font 4 and style 0.
    """
    rows = sections()
    place = place_of(rows, 72.04)
    strings: list[str] = ["91,51"]
    cells = b""
    for number, row in enumerate(rows):
        for column, held in enumerate(row):
            where = struct.pack("<HH", number, column)
            if (number, column) == (place, 1):
                kind, body = struct.unpack_from("<H", value)[0], value[2:]
                cells += record(kind, where + body)
            elif isinstance(held, float):
                cells += record(0x0203, where + struct.pack("<Hd", 0, held))
            elif held is not None:
                strings.append(held)
                cells += record(0x00FD, where + struct.pack("<HI", 0, len(strings) - 1))
    plain = struct.pack("<HHHHH", 200, 0, 0, 400, 0) + b"\0" * 4 + b"\x05\x00Arial"
    head = record(0x0809, b"\x00\x06\x05\x00" + b"\0" * 12) + b"".join(record(0x0031, plain) for _ in range(4))
    head += b"".join(record(0x0031, font) for font in fonts)
    head += b"".join(
        record(0x041E, struct.pack("<HHB", 164 + n, len(code), 1) + code.encode("utf-16-le"))
        for n, code in enumerate(formats)
    )
    head += b"".join(record(0x00E0, struct.pack("<HH", *style) + b"\0" * 16) for style in ((0, 0), *styles))
    shared = _shared(strings)
    name = b"\x01\x00b"
    length = len(head) + 4 + 6 + len(name) + len(shared) + 4
    head += record(0x0085, struct.pack("<IBB", length, 0, 0) + name) + shared + record(0x000A, b"")
    sheet = record(0x0809, b"\x00\x06\x10\x00" + b"\0" * 12) + cells + record(0x000A, b"")
    return build_ole({"Workbook": head + sheet})


def _shared(strings: list[str]) -> bytes:
    """Shared strings; the first has its last letter in font 5."""
    body = struct.pack("<II", len(strings), len(strings))
    for number, held in enumerate(strings):
        wide = held.encode("utf-16-le")
        if number == 0:
            body += struct.pack("<HBH", len(held), 1 | 8, 1) + wide + struct.pack("<HH", len(held) - 1, 5)
        else:
            body += struct.pack("<HB", len(held), 1) + wide
    assert len(body) < 8_000
    return record(0x00FC, body)
