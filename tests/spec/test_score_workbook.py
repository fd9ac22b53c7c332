"""The workbook of a body's month: its formulas, reckoned without an office suite, give the scores of the system."""

import io
from collections.abc import Callable
from datetime import UTC, date, datetime
from functools import cache
from typing import Any

import openpyxl
import pytest
from formula_case import worked_of
from openpyxl.utils import range_boundaries
from spreadsheet import BLANK, evaluate

from resolution_monitor.ask.explain_workbook import scored_month
from resolution_monitor.catalogue.entries import Catalogue
from resolution_monitor.exchange.score_workbook import score_workbook

AMOUNTS = [(37 * number) % 301 for number in range(84)]
GAPS = {(0, 5), (1, 3), (6, 4), (6, 5), (10, 0), (15, 5)}
CELL = {
    "submission_id": 1,
    "file_name": "bao-cao.xlsx",
    "sender_id": "BTC",
    "received_at": datetime(2026, 11, 5, 3, 0, tzinfo=UTC),
    "sheet": "Chỉ tiêu",
    "cell": "G2",
    "raw_text": "=1+1",
    "is_demonstration": True,
}


@pytest.fixture(scope="module")
def content(catalogue: Catalogue) -> bytes:
    """BTC leads eight indicators of all kinds, two tasks and two parts of another, and helps with two of each."""
    worked = worked_of(catalogue, AMOUNTS, GAPS, [3, 6, 0, 2])
    return score_workbook(scored_month(worked, "BTC", {(1, "91.01", "G2"): CELL}))


def reckoner(content: bytes, changed: dict[tuple[str, str], Any] | None = None) -> Callable[[str, str], Any]:
    """The value of a cell, by sheet and address; `changed` cells hold something else."""
    book = openpyxl.load_workbook(io.BytesIO(content))

    @cache
    def value(sheet: str, address: str) -> Any:
        held = (changed or {}).get((sheet, address), book[sheet][address].value)
        if isinstance(held, str) and held.startswith("=") and book[sheet][address].data_type == "f":
            return evaluate(held[1:], lambda name: reference(sheet, name))
        if isinstance(held, datetime | date):
            return float(held.toordinal() - date(1899, 12, 30).toordinal())
        return BLANK if held is None else held

    def reference(sheet: str, name: str) -> Any:
        place, _, address = name.replace("$", "").rpartition("!")
        place = place.strip("'") or sheet
        if ":" not in address:
            return value(place, address)
        left, top, right, bottom = range_boundaries(address)
        cells = book[place].iter_rows(min_col=left, min_row=top, max_col=right, max_row=bottom)
        return [value(place, cell.coordinate) for row in cells for cell in row]

    return value


def test_formulas_give_the_scores_of_the_system(content: bytes):
    """
    D, S, R, C, n_eff, the means of both ends and every assignment: computed and found differ by nothing.
    """
    value = reckoner(content)
    differences = [value("Tóm tắt", f"E{row}") for row in range(5, 16)]

    assert max(differences) < 1e-9
    assert value("Tóm tắt", "C10") == pytest.approx(value("Tóm tắt", "D10"))
    assert value("Tóm tắt", "C10") < value("Tóm tắt", "C11")


def test_changed_inputs_move_the_result(content: bytes):
    """
    The first indicator of BTC reports its target on the day: its points become 100 and C rises; so do other weights.
    """
    plain = reckoner(content)
    book = openpyxl.load_workbook(io.BytesIO(content))
    heads = {str(cell.value).rpartition("\n")[2]: cell.column_letter for cell in book["Số liệu vào"][4]}
    met = {("Số liệu vào", f"{heads['V']}5"): 245.0, ("Số liệu vào", f"{heads['m']}5"): 0.0}
    rule = next(row[0].row for row in book["Quy tắc"].iter_rows(min_row=5) if row[0].value == "delivery_weight")

    assert reckoner(content, met)("Tóm tắt", "C10") > plain("Tóm tắt", "C10")
    assert reckoner(content, {("Quy tắc", f"C{rule}"): 0.9})("Tóm tắt", "C10") != plain("Tóm tắt", "C10")


def test_same_month_gives_the_same_bytes(content: bytes, catalogue: Catalogue):
    """
    Nothing of the moment of writing is in the file.
    """
    again = score_workbook(
        scored_month(worked_of(catalogue, AMOUNTS, GAPS, [3, 6, 0, 2]), "BTC", {(1, "91.01", "G2"): CELL})
    )

    assert content == again


def test_inputs_name_their_cell_and_what_is_made_up(content: bytes):
    """
    Each input says file, sheet, cell and text, which is never a formula; every sheet bears the mark of made-up data.
    """
    book = openpyxl.load_workbook(io.BytesIO(content))
    row = [cell.value for cell in book["Số liệu vào"][5]]

    assert {"DỮ LIỆU MINH HỌA"} == {page["A3"].value for page in book}
    assert ["bao-cao.xlsx", "BTC", "05/11/2026 10:00", "Chỉ tiêu", "G2", "=1+1"] == row[-6:]
    assert "s" == book["Số liệu vào"][5][len(row) - 1].data_type


def test_rules_name_their_source(content: bytes):
    """
    The 25 thresholds and weights stand there with value, unit, clause and source.
    """
    rows = list(openpyxl.load_workbook(io.BytesIO(content))["Quy tắc"].iter_rows(min_row=5, values_only=True))

    assert 25 == len(rows)
    assert ("green_from", 0.95, "lần", "2.6", "mặc định của hệ thống") == (rows[0][0], *rows[0][2:4], *rows[0][5:7])
