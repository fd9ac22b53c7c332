"""No writer of ours makes a formula of somebody's words; whoever reads our CSV gets them back as they were."""

import csv
import io

import pandas
import pytest
from conftest import ROOT
from openpyxl import Workbook
from rich.console import Console

from resolution_monitor.brief.render_xlsx import write_text
from resolution_monitor.commands.output import Format, write
from resolution_monitor.exchange.answer import AnsweredFinding, answer_of
from resolution_monitor.exchange.answer_plain import answer_csv
from resolution_monitor.exchange.sheet_xml import cell_xml
from resolution_monitor.formula_text import begins_formula, marked_text, unmarked_text
from resolution_monitor.terms import Severity, SubmissionState

FORMULAS = [
    "=cmd|' /C calc'!A0",
    "+1+1",
    "-2+3",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\n=1",
    " =1",
    "\u200b=1",
    "\ufeff=1",
    "\u00a0+1",
    "＝1+1",
    "＋1",
    "－1",
    "＠x",
]
PLAIN = ["Hà Nội", "a=b", "1+1", "12-3", "", "x@y.vn", "'quoted'"]


@pytest.mark.parametrize("text", [*FORMULAS, *PLAIN, "'", "''=1", "'=1"])
def test_comes_back_as_it_was(text: str):
    """
    Marked or not, a text comes back letter by letter, and no marked one begins a formula.
    """
    assert text == unmarked_text(marked_text(text))
    assert not begins_formula(marked_text(text))


@pytest.mark.parametrize("text", FORMULAS)
def test_tables_of_commands(text: str):
    """
    `--format csv` of every command, findings among them, keeps text text; numbers stay numbers, JSON stays as it is.
    """
    frame = pandas.DataFrame({"value": [text], "number": [-1.5]})
    written, told = io.StringIO(), io.StringIO()
    write(frame, Format.CSV, Console(file=written), if_empty="")
    write(frame, Format.JSON, Console(file=told), if_empty="")

    rows = list(csv.reader(io.StringIO(written.getvalue(), newline="")))
    assert [2, 2] == list(map(len, rows))
    assert "-1.5" == rows[1][1]
    assert not begins_formula(rows[1][0])
    assert "'" not in told.getvalue() or "'" in text


@pytest.mark.parametrize("text", FORMULAS)
def test_answers(text: str):
    """
    An answer as CSV quotes a sender's words and its file's name as text.
    """
    told = AnsweredFinding(Severity.BLOCK, "not-a-number", text, text, text, text, text)
    content = answer_csv(answer_of(text, SubmissionState.REJECTED, [told])).decode("utf-8-sig")

    rows = list(csv.reader(io.StringIO(content, newline=""), delimiter=";"))
    assert [] == [cell for row in rows for cell in row if begins_formula(cell)]


@pytest.mark.parametrize("text", FORMULAS)
def test_cells_of_workbooks(text: str):
    """
    In a workbook it is text, and stays text when a person edits the cell.
    """
    page = Workbook().active
    write_text(page.cell(row=1, column=1), text)

    assert ("s", True) == (page["A1"].data_type, page["A1"].quotePrefix)
    assert 's="8" t="inlineStr"' in cell_xml(1, 1, text, (7, 8))


def test_every_writer_of_csv_is_known():
    """
    What writes CSV does it through the one rule: a new writer is put on this list, and into a test above.
    """
    writers = {
        path.stem
        for path in (ROOT / "plugins").rglob("*.py")
        if any(word in path.read_text(encoding="utf-8") for word in ("csv.writer", "csv.DictWriter", ".to_csv("))
    }

    # The sample spoils files on purpose, as bodies do. What is attached to a PDF is held in golden/test_pages.py.
    assert {"output", "plain", "answer_plain", "attached", "spoil"} == writers
