"""What two programs could read as two numbers is refused, or read as every spreadsheet reads it."""

import io
import struct
from pathlib import Path

import openpyxl
import pytest
from hostile.more_workbooks import cells, ods, ods_row, xls_of
from hostile.workbooks import record, with_part

from resolution_monitor.collect.biff_formulas import formula_of
from resolution_monitor.collect.read import ReadResult, read_files
from resolution_monitor.collect.recompute import contradictions
from resolution_monitor.settings import from_environment

# What stands in the first row; read as openpyxl reads it, which holds the file for XML and nothing else.
ALIKE = {
    "comment in a value": '<c r="A1"><v>8<!-- x -->9</v></c>',
    "instruction in a value": '<c r="A1"><v>8<?x y?>9</v></c>',
    "comment between": '<c r="A1"><!-- <v>7</v> --><v>9</v><!-- </c> --></c>',
    "attribute of a value": '<c r="A1"><v xml:space="preserve">4</v></c>',
    "text with references": '<c r="A1" t="str"><v>a&amp;b &#233;</v></c>',
    "power": '<c r="A1"><v>1.5E2</v></c>',
    "cells out of order": '<c r="B1"><v>2</v></c><c r="A1"><v>1</v></c>',
}
REFUSED = {
    "two values": '<c r="A1"><v>89</v><v>12</v></c>',
    "two values around a formula": '<c r="A1"><v>89</v> <f>1</f><v>12</v></c>',
    "an empty value and another": '<c r="A1"><v/><v>12</v></c>',
    "a value and a text": '<c r="A1" t="inlineStr"><is><t>5</t></is><v>9</v></c>',
    "a formula behind its value": '<c r="A1"><v>9</v><f>4+5</f></c>',
    "two texts": '<c r="A1" t="inlineStr"><is><t>5</t></is><is><t>9</t></is></c>',
    "two formulas": '<c r="A1"><f>1</f><v>1</v><f>2</f></c>',
    "a part in a value": '<c r="A1"><v>8<x>7</x>9</v></c>',
    "a reference for a digit": '<c r="A1"><v>&#56;9</v></c>',
    "a reference at the end": '<c r="A1"><v>8&#57;</v></c>',
    "a reference in hex": '<c r="A1"><v>&#x31;&#x32;</v></c>',
    "a reference in an index": '<c r="A1" t="s"><v>&#49;</v></c>',
    "index -1": '<c r="A1" t="s"><v>-1</v></c>',
    "index beyond": '<c r="A1" t="s"><v>99</v></c>',
    "no number": '<c r="A1"><v>NaN</v></c>',
    "no end": '<c r="A1"><v>-inf</v></c>',
    "a cell of another kind of XML": '<x:c xmlns:x="urn:x" r="A1"><x:v>6</x:v></x:c><c r="B1"><v>7</v></c>',
    "a value of another kind of XML": '<c r="A1"><v xmlns="urn:x">6</v><v>7</v></c>',
    "another kind by default": '<c xmlns="urn:x" r="A1"><v>6</v></c>',
    "a second table": '<c r="A1"><v>1</v></c></row></sheetData><sheetData><row r="2"><c r="A2"><v>5</v></c>',
    "a table in an extension": '<c r="A1"><v>1</v></c></row></sheetData><extLst><sheetData/></extLst><x><row>',
    "alternatives": '<AlternateContent><Choice><c r="A1"><v>1</v></c></Choice></AlternateContent>',
    "address -1": '<c r="A-1"><v>1</v></c>',
    "address 0": '<c r="A0"><v>1</v></c>',
}


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> dict[str, ReadResult]:
    """All of them, read in one go."""
    folder = tmp_path_factory.mktemp("readings")
    for name, inside in {**ALIKE, **REFUSED}.items():
        (folder / name).write_bytes(cells(f'<row r="1">{inside}</row>'))
    names = [*ALIKE, *REFUSED]
    settings = from_environment({"RESOLUTION_MONITOR_HOME": str(folder)})
    return dict(zip(names, read_files(settings, [folder / name for name in names]), strict=True))


@pytest.mark.parametrize("name", REFUSED)
def test_two_readings_are_refused(read: dict[str, ReadResult], name: str):
    """
    A cell that holds two values, or a number that is not written as one, is not taken for either.
    """
    refusal = read[name].refusal

    assert refusal is not None
    assert "damaged-file" == refusal.check


@pytest.mark.parametrize("name", ALIKE)
def test_one_reading_is_everybodys(read: dict[str, ReadResult], name: str):
    """
    What is read is what a reader of XML reads.
    """
    content = cells(f'<row r="1">{ALIKE[name]}</row>')
    page = openpyxl.load_workbook(io.BytesIO(content), data_only=True).worksheets[0]
    workbook = read[name].workbook

    assert workbook is not None
    assert [list(row) for row in page.iter_rows(values_only=True)] == [list(row) for row in workbook.sheets[0].rows]


ROWS = [[10.0, 20.0, "x", {"date": "2026-10-01"}], [30.0, None, True, "#N/A"]]


@pytest.mark.parametrize(
    ("formula", "value"),
    [
        ("SUM(A1:A2)", 40.0),
        ("sum(A1:B2)", 60.0),
        ("SUM($A$1,B1;5)", 35.0),
        ("SUM(A1:A2,B1*2)", 80.0),
        ("A1/B1*100", 50.0),
        ("(A1+B1)/2", 15.0),
        ("A1-B1-1", -11.0),
        ("-A1+B2", -10.0),
        ("A2*10%", 3.0),
        ("AVERAGE(A1:B1)", 15.0),
        ("1.5E1+A1", 25.0),
    ],
)
def test_trivial_formulas_are_reckoned(formula: str, value: float):
    """
    A stored result that is right is not told; one that is not is told with what it comes to.
    """
    right, wrong = ([*ROWS, [stored]] for stored in (value, value + 1))
    (told,) = contradictions(wrong, {(2, 0): formula})

    assert [] == contradictions(right, {(2, 0): formula})
    assert (value, value + 1) == (told.reckoned, told.stored)


@pytest.mark.parametrize(
    "formula",
    [
        *(
            "A1/0",
            "A1/B2",
            "IF(A1>1,2,3)",
            "Other!A1+1",
            "'My sheet'!A1",
            "[1]Book!A1",
            "A1&B1",
            "A1^2",
            "A1+C1",
            "A1:A2",
        ),
        *(
            "SUM(A1:D1)",
            "SUM(A1:A9)",
            "SUM(D2:D2)",
            "A3+1",
            "SUM(",
            "",
            "=…",
            "ROUND(A1,0)",
            "TODAY()-1",
            "A1+",
            "1..2",
        ),
        *("SUM(A1:XFD1048576)", "9" * 300),
    ],
)
def test_what_is_not_understood_is_not_told(formula: str):
    """
    Of a formula that holds anything else nothing is said, nor of one that reads itself.
    """
    assert [] == contradictions([*ROWS, [12345.0]], {(2, 0): formula})


def told_of(folder: Path, content: bytes) -> list[tuple[str | None, str | None, dict[str, str]]]:
    (folder / "file").write_bytes(content)
    (result,) = read_files(from_environment({"RESOLUTION_MONITOR_HOME": str(folder)}), [folder / "file"])
    assert result.workbook is not None
    found = [one for one in result.told if one.check == "formula-contradicted"]
    return [(one.cell, one.value, dict(one.details)) for one in found]


SUMS = (
    '<row r="1"><c r="A1"><v>90</v></c></row><row r="2"><c r="A2"><v>5</v></c></row>'
    '<row r="3"><c r="A3"><f>SUM(A1:A2)</f><v>{}</v></c></row>'
)


def test_a_stored_result_is_held_against_its_formula(tmp_path: Path):
    """
    In a workbook the sum that does not add up is told with its cell; shown as rounded by the workbook itself it is not.
    """
    rounded = b'<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
    told = told_of(tmp_path, cells(SUMS.format(100)))

    assert [("A3", "100", {"cells": "1", "formula": "=SUM(A1:A2)", "reckoned": "95"})] == told
    assert [] == told_of(tmp_path, cells(SUMS.format(95)))
    assert [] == told_of(tmp_path, cells(SUMS.format("95.0000000001")))
    book = with_part(
        "xl/workbook.xml",
        b'<?xml version="1.0"?>' + rounded + b'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/'
        b'relationships"><sheets><sheet name="Sheet" sheetId="1" r:id="rId1"/></sheets>'
        b'<calcPr fullPrecision="0"/></workbook>',
        cells(SUMS.format(100)),
    )
    assert [] == told_of(tmp_path, book)


def test_a_result_of_opendocument_is_held_against_its_formula(tmp_path: Path):
    """
    The same of an .ods, whose formulas are written otherwise.
    """

    def number(value: float, more: str = "") -> str:
        return (
            f'<table:table-cell {more} office:value-type="float" office:value="{value}"><text:p>{value}</text:p>'
            "</table:table-cell>"
        )

    formula = 'table:formula="of:=SUM([.A1:.B1])"'

    assert [("C1", "100", {"cells": "1", "formula": "=SUM(A1:B1)", "reckoned": "95"})] == told_of(
        tmp_path, ods(ods_row(number(90), number(5), number(100, formula)))
    )
    assert [] == told_of(tmp_path, ods(ods_row(number(90), number(5), number(95, formula))))


def xls_number(row: int, column: int, value: float) -> bytes:
    return record(0x0203, struct.pack("<HHHd", row, column, 0, value))


def xls_formula(row: int, column: int, value: float, tokens: bytes) -> bytes:
    return record(0x0006, struct.pack("<HHHdHIH", row, column, 0, value, 0, 0, len(tokens)) + tokens)


def reference(row: int, column: int) -> bytes:
    return struct.pack("<BHH", 0x44, row, column | 0xC000)


AREA = struct.pack("<BHHHH", 0x25, 0, 1, 0xC000, 0xC000)
SUM, AVERAGE = b"\x19\x10\x00\x00", struct.pack("<BBH", 0x42, 1, 5)
A1, B2 = reference(0, 0), reference(1, 1)


@pytest.mark.parametrize(
    ("tokens", "written"),
    [
        (AREA + SUM, "SUM(A1:A2)"),
        (AREA + AVERAGE, "AVERAGE(A1:A2)"),
        (A1 + B2 + b"\x06" + b"\x1e\x64\x00" + b"\x05", "((A1/B2)*100)"),
        (A1 + b"\x14" + b"\x13", "(-A1%)"),
        (A1 + b"\x15" + b"\x1f" + struct.pack("<d", 0.5) + b"\x04", "(A1-0.5)"),
        (reference(9, 27) + b"\x12", "AB10"),
        (A1 + B2 + struct.pack("<BBH", 0x22, 2, 4), "SUM(A1,B2)"),
        (A1 + struct.pack("<BBH", 0x22, 1, 7), ""),
        (struct.pack("<BHH", 0x01, 0, 0), ""),
        (b"\x3a" + b"\0" * 6, ""),
        (b"\x03", ""),
        (b"\x1e", ""),
        (b"", ""),
        (A1 + A1, ""),
    ],
)
def test_tokens_of_an_old_workbook(tokens: bytes, written: str):
    """
    What can be reckoned is written as other spreadsheets write it; of all else, and of what is cut off, nothing is.
    """
    body = xls_formula(2, 0, 100.0, tokens)[4:]

    assert written == formula_of(body)


def test_a_result_of_an_old_workbook_is_held_against_its_formula(tmp_path: Path):
    """
    The same of an .xls, whose formulas are tokens; where it stores numbers as they are shown nothing is told.
    """
    numbers = xls_number(0, 0, 90) + xls_number(1, 0, 5)

    assert [("A3", "100", {"cells": "1", "formula": "=SUM(A1:A2)", "reckoned": "95"})] == told_of(
        tmp_path, xls_of(numbers, xls_formula(2, 0, 100, AREA + SUM))
    )
    assert [] == told_of(tmp_path, xls_of(numbers, xls_formula(2, 0, 95, AREA + SUM)))
    as_shown = record(0x000E, b"\0\0")
    assert [] == told_of(tmp_path, xls_of(as_shown, numbers, xls_formula(2, 0, 100, AREA + SUM)))
