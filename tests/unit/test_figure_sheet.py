"""The sheet of sources: a number in the workbook leads to the row that names its cells, all of them."""

import io
import re

import openpyxl
import pytest
from conftest import ROOT
from openpyxl.cell import Cell

from resolution_monitor.brief.assembly import briefing_of
from resolution_monitor.brief.figures import Figure, Source
from resolution_monitor.brief.kept import from_text
from resolution_monitor.brief.parts.figure_table import MOST_LETTERS, figure_rows
from resolution_monitor.brief.render_xlsx import render_xlsx
from resolution_monitor.brief.report import load_report
from resolution_monitor.brief.reports import kind_of
from resolution_monitor.catalogue.entries import Catalogue
from resolution_monitor.settings import from_environment

MAP = from_environment({}).map_path


@pytest.fixture(scope="module")
def made(catalogue: Catalogue) -> tuple[tuple[Figure, ...], openpyxl.Workbook]:
    file = next((ROOT / "samples/examples/day").glob("*.jsonl"))
    report = load_report(ROOT / "report_templates", "bulletin_day", MAP)
    snapshot = from_text(file.read_text(encoding="utf-8"), catalogue)
    briefing = briefing_of(kind_of("bulletin_day"), report, snapshot)
    content = render_xlsx(report, briefing, snapshot.period)
    return briefing.figures, openpyxl.load_workbook(io.BytesIO(content))


def linked(workbook: openpyxl.Workbook) -> list[Cell]:
    return [cell for page in workbook for row in page.iter_rows() for cell in row if cell.hyperlink]


def test_a_number_leads_to_its_row(made: tuple[tuple[Figure, ...], openpyxl.Workbook]):
    """
    Wherever the workbook shows a figure of the page, its cell leads to the row of that very figure, inside the file.
    """
    figures, workbook = made
    texts = {figure.figure_id: figure for figure in figures}
    cells = linked(workbook)

    assert 20 < len(cells)
    for cell in cells:
        assert cell.hyperlink is not None
        assert cell.hyperlink.target is None
        sheet, row = re.fullmatch(r"'(.+)'!A(\d+)", str(cell.hyperlink.location)).groups()  # type: ignore[union-attr]
        found = texts[str(workbook[sheet].cell(int(row), 1).value)]
        assert float(found.value or 0) == pytest.approx(float(str(cell.value)))


def test_no_list_of_cells_is_cut():
    """
    Sources that one cell of a sheet cannot hold go on in rows below; together they name every cell.
    """
    sources = tuple(Source(f"B{number:05}/2026-10.xlsx", "Chỉ tiêu", f"G{number}", "0" * 64) for number in range(3000))
    figure = Figure("F001", "3.000", None, "số", "x", "y", "z", sources)
    messages = load_report(ROOT / "report_templates", "bulletin_day", MAP).messages
    rows = figure_rows([figure], messages)

    assert 3000 == sum(len(row["cells"].split("; ")) for row in rows)
    assert MOST_LETTERS >= max(len(row["cells"]) for row in rows)
    assert [3000, *[None] * (len(rows) - 1)] == [row["count"] for row in rows]
