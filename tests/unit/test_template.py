"""The workbook that bodies fill in: what may be written, what is offered, what it shows."""

import io
import re
import zipfile
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from openpyxl import Workbook, load_workbook
from unit.body_reports import INDICATORS, OBSTACLES, OCTOBER, REQUESTS, TASKS, opened, owed, understood

from resolution_monitor.catalogue.entries import Catalogue, Revision
from resolution_monitor.exchange.planned import Start
from resolution_monitor.exchange.template import template_workbook
from resolution_monitor.exchange.template_columns import COLUMNS
from resolution_monitor.exchange.template_sheets import last_report_of_task
from resolution_monitor.normalise.report_cells import last_told
from resolution_monitor.reporting import layout
from resolution_monitor.reporting.content import TaskState

_FIRST_ROW = 7


def made(catalogue: Catalogue, agency_id: str = "BYT") -> bytes:
    return template_workbook(
        catalogue,
        agency_id,
        OCTOBER,
        items=tuple(owed(OCTOBER)[agency_id]),
        last_values={"72.04": Decimal("90.2")},
        last_told={"72-T02": last_report_of_task(TaskState.UNDER_WAY, Decimal("45.5"))},
        due_at=datetime(2026, 11, 5, 10, tzinfo=UTC),
    )


def loaded(content: bytes) -> Workbook:
    return load_workbook(io.BytesIO(content))


def test_guidance_comes_first_and_fits_a_screen(catalogue: Catalogue):
    """
    The first sheet says whose it is, until when, and what to do, in no more rows than a screen of a laptop shows.
    """
    workbook = loaded(made(catalogue))
    guide = workbook.worksheets[0]
    texts = [cell.value for row in guide.iter_rows() for cell in row if cell.value]

    assert ["Hướng dẫn", INDICATORS, TASKS, OBSTACLES, REQUESTS, "_meta"] == workbook.sheetnames
    assert "Hạn gửi: trước 17:00 ngày 05/11/2026" in texts
    assert "Cơ quan báo cáo: Bộ Y tế (BYT)" in texts
    assert guide.max_row <= 22
    assert sum(guide.row_dimensions[row].height for row in range(1, guide.max_row + 1)) <= 480  # points


def test_only_what_is_asked_can_be_written(catalogue: Catalogue):
    """
    Every sheet is locked without a password; input cells are open and of their own colour, all others are not.
    """
    workbook = loaded(made(catalogue))
    for name, columns in COLUMNS.items():
        page = workbook[name]
        assert page.protection.sheet
        assert page.protection.password is None
        for number, column in enumerate(columns.values(), start=1):
            cell, example = (page.cell(row=row, column=number) for row in (_FIRST_ROW, _FIRST_ROW - 1))
            assert cell.protection.locked is not column.is_input
            assert ("00FFF8DC" == cell.fill.start_color.rgb) is column.is_input
            assert example.protection.locked


def test_lists_hold_the_words_that_are_read(catalogue: Catalogue):
    """
    Each column of words offers a list on the hidden sheet; that of tasks holds this body's.
    """
    workbook = loaded(made(catalogue))
    offered = {
        (page.title, str(rule.sqref)[0]): rule.formula1
        for page in workbook.worksheets
        for rule in page.data_validations.dataValidation
        if rule.type == "list"
    }

    def words(sheet: str, column: str) -> list[object]:
        letter, last = re.findall(r"\$([A-Z]+)\$(\d+)", offered[sheet, column])[1]
        return [workbook["_meta"][f"{letter}{row}"].value for row in range(1, int(last) + 1)]

    assert list(layout.TASK_STATES.values()) == words(TASKS, "F")
    assert list(layout.SCHEDULES.values()) == words(TASKS, "G")
    assert [item for item in owed(OCTOBER)["BYT"] if item in catalogue.tasks] == words(REQUESTS, "C")
    assert 63 == len(words(OBSTACLES, "E"))
    assert "veryHidden" == workbook["_meta"].sheet_state


def test_what_we_know_stands_there(catalogue: Catalogue):
    """
    Unit, target and the period before stand beside the cell to fill in; an example shows how.
    """
    workbook = loaded(made(catalogue))
    indicators, tasks = workbook[INDICATORS], workbook[TASKS]

    assert ["72.04", "%", "> 95 (2030)", 90.2] == [indicators[f"{column}7"].value for column in "ACEF"]
    assert [date(2025, 12, 31), "Đang thực hiện, 45,5%"] == [tasks["C9"].value.date(), tasks["E9"].value]
    assert {"Ví dụ"} == {workbook[name]["A6"].value for name in COLUMNS}
    assert (TaskState.UNDER_WAY, Decimal("45.5")) == last_told("Đang thực hiện, 45,5%")


def test_empty_template_asks_for_everything(catalogue: Catalogue):
    """
    Sent back as it came, each item is asked for, the example answers none, and blank rows say nothing.
    """
    reading = understood(opened(made(catalogue)))

    assert {"answer-missing"} == {finding.check for finding in reading.findings}
    assert len(owed(OCTOBER)["BYT"]) == len(reading.findings)
    assert "rejected" == reading.state


def test_extent_is_true(catalogue: Catalogue):
    """
    The sheet names its last cell rightly: readers that believe it leave nothing out.
    """
    archive = zipfile.ZipFile(io.BytesIO(made(catalogue)))
    workbook = loaded(made(catalogue))
    for number, page in enumerate(workbook.worksheets, start=1):
        text = archive.read(f"xl/worksheets/sheet{number}.xml").decode()
        assert f'<dimension ref="{page.calculate_dimension()}"/>' in text
        assert "@" not in re.sub(r"<t[ >].*?</t>", "", text).replace('xml:space="preserve"', "")


def test_whoever_writes_something_else_is_warned(catalogue: Catalogue):
    """
    Cells of numbers, days and lists warn at the keyboard; nobody is kept from going on.
    """
    workbook = loaded(made(catalogue))
    rules = {
        (page.title, str(rule.sqref)[0]): rule
        for page in workbook.worksheets
        for rule in page.data_validations.dataValidation
    }

    assert {"warning"} == {rule.errorStyle for rule in rules.values() if rule.showErrorMessage}
    assert ["decimal", "list", "decimal"] == [rules[INDICATORS, column].type for column in "GHI"]
    assert ["list", "decimal", "date"] == [rules[TASKS, column].type for column in "FHI"]
    assert all(rules[sheet, column].showErrorMessage for sheet, column in ((INDICATORS, "G"), (TASKS, "H")))
    assert ["0", "100"] == [rules[TASKS, "H"].formula1, rules[TASKS, "H"].formula2]


def test_only_ratios_are_asked_for_their_parts(catalogue: Catalogue):
    """
    Numerator and denominator are open where the indicator is a ratio, and locked elsewhere.
    """
    page = loaded(made(catalogue, "BCT"))[INDICATORS]
    is_open = {page[f"A{row}"].value: not page[f"I{row}"].protection.locked for row in range(7, 11)}

    assert {"57.11": True, "59.03": True, "70.02": False, "70.07": False} == is_open


@pytest.mark.parametrize(
    ("due_at", "expected"),
    [
        (datetime(2026, 11, 10, 17, tzinfo=UTC), "Hạn gửi: hết ngày 10/11/2026"),
        (datetime(2026, 11, 10, 9, tzinfo=UTC), "Hạn gửi: trước 16:00 ngày 10/11/2026"),
    ],
    ids=["end of a day", "afternoon"],
)
def test_due_day_as_people_say_it(catalogue: Catalogue, due_at: datetime, expected: str):
    """
    The midnight that ends a day is the end of that day, not the beginning of the next.
    """
    items = tuple(owed(OCTOBER)["BYT"])
    guide = loaded(template_workbook(catalogue, "BYT", OCTOBER, items=items, due_at=due_at)).worksheets[0]

    assert expected in [cell.value for row in guide.iter_rows() for cell in row]


def test_start_and_plan_stand_beside_the_cell(catalogue: Catalogue):
    """
    A body's first value stands as its baseline; what its path asks of the month stands behind the target.

    72.04 from 85 on 30 April 2026 to 95 on 31 December 2030 is straight: 184 of 1,706 days are 10 x 184 / 1706 = 1.08.
    """
    first = {"72.04": Start(Decimal(85), date(2026, 4, 30))}
    items = tuple(owed(OCTOBER)["BYT"])
    content = template_workbook(catalogue, "BYT", OCTOBER, items=items, first_values=first)
    page = loaded(content)[INDICATORS]

    assert "85 (2026, cơ quan tự báo cáo)" == page["D7"].value
    assert "> 95 (2030); kỳ này: 86,1" == page["E7"].value


@pytest.mark.parametrize(("is_approved", "planned"), [(False, "86,1"), (True, "85,5")])
def test_a_revised_target_stands_beside_the_original(catalogue: Catalogue, is_approved: bool, planned: str):
    """
    From 95 to 90: both stand there; the month is asked for what the target that ranks asks, 5 x 184 / 1706 = .54 more.
    """
    one = catalogue.indicators["72.04"]
    lowered = Revision(date(2026, 9, 15), (replace(one.targets[0], value=Decimal(90)),), "x", "x", is_approved)
    revised = replace(catalogue, indicators={**catalogue.indicators, "72.04": replace(one, revisions=(lowered,))})
    first = {"72.04": Start(Decimal(85), date(2026, 4, 30))}
    content = template_workbook(revised, "BYT", OCTOBER, items=("72.04",), first_values=first)

    expected = f"gốc: > 95 (2030); điều chỉnh 15/09/2026: > 90 (2030); kỳ này: {planned}"
    assert expected == loaded(content)[INDICATORS]["E7"].value


def test_every_body_has_its_own(catalogue: Catalogue):
    """
    No workbook holds another body's name or items.
    """
    other = loaded(made(catalogue, "BTC"))
    codes = {other[INDICATORS].cell(row=row, column=1).value for row in range(7, other[INDICATORS].max_row + 1)}

    assert {item for item in owed(OCTOBER)["BTC"] if item in catalogue.indicators} == codes
    assert "Bộ Y tế" not in str([cell.value for row in other[TASKS].iter_rows() for cell in row])
    assert "BTC" == other["_meta"]["B1"].value
