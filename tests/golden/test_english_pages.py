"""The daily bulletin in English: what was read and approved, within its page, and in no other language.

After a wanted change: UPDATE_GOLDEN=1 .venv/bin/python -m pytest tests/golden, then read the difference in git.
"""

import os
import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import example_snapshot
import openpyxl
import pypdfium2
import pytest
import yaml
from conftest import ROOT
from page_geometry import faults
from page_standards import claims, complaints
from test_resolution_pages import MARGINS, MM, Made, drawn_boxes, font_of, render

from resolution_monitor.brief.resolution_snapshot import ResolutionSnapshot
from resolution_monitor.catalogue.entries import Catalogue
from resolution_monitor.reporting import layout

HERE = Path(__file__).parent
REPORT = "bulletin_day"
CASES = ("example_day", "full_day")
# What a sender or a check wrote stands in Vietnamese, under headings that say so; codes are codes.
QUOTED = {"text_vi", "action_vi", "raw_value", "text"}
CODES = {"code", "item", "task", "sender_id", "file_name", "sheet", "cell", "cells", "sha256", "figure_id"}


@pytest.fixture(scope="module")
def made(catalogue: Catalogue) -> dict[str, Made]:
    return {case: render(catalogue, REPORT, getattr(example_snapshot, case)(catalogue), "en") for case in CASES}


def test_words(made: dict[str, Made]):
    """
    The words and numbers of the English page are those that were read and approved.
    """
    golden = HERE / "resolutions_example_day_en.txt"
    text = "\n\f\n".join(made["example_day"].words())
    if os.environ.get("UPDATE_GOLDEN"):
        golden.write_text(text, encoding="utf-8")

    assert "".join(golden.read_text(encoding="utf-8").split()) == "".join(text.split())


@pytest.mark.parametrize("case", CASES)
def test_one_page_within_its_margins_in_our_fonts(made: dict[str, Made], case: str):
    """
    English words are longer and shorter in other places: the bulletin stays one page.
    """
    with pypdfium2.PdfDocument(made[case].pdf) as document:
        pages = list(document)
        width, _ = pages[0].get_size()
        boxes = list(drawn_boxes(pages[0]))

        assert 1 == len(pages)
        assert min(box[0] for box in boxes) >= 24.5 * MM
        assert max(box[2] for box in boxes) <= width - 12.5 * MM
        assert all(font_of(item).startswith(("Tn", "Be")) for item in pages[0].get_objects(filter=[1]))


@pytest.mark.parametrize("case", CASES)
def test_pages_can_be_heard(made: dict[str, Made], case: str):
    """
    The checkers of PDF/UA-1 find nothing, and the page says that it is English.
    """
    assert [] == complaints(made[case].pdf)
    assert "en" == claims(made[case].pdf).language


@pytest.mark.parametrize("case", CASES)
def test_nothing_is_cut_off_or_written_over(made: dict[str, Made], case: str):
    """
    Words of another length leave no margin and cover none of their neighbours.
    """
    assert [] == faults(made[case].pdf, MARGINS[REPORT])


def tokens(text: str) -> set[str]:
    return {word.lower() for word in re.findall(r"[^\W\d_]+", text)}


def texts_of(language: str) -> set[str]:
    """Every word of every message of the bulletin."""
    found: set[str] = set()
    for room in ("_shared", "_shared/resolutions", REPORT):
        file = ROOT / "report_templates" / room / f"messages.{language}.yaml"
        found |= values_of(yaml.safe_load(file.read_text(encoding="utf-8")))
    return found


def values_of(texts: Any) -> set[str]:
    if isinstance(texts, dict):
        return {word for key, value in texts.items() if key != "units" for word in values_of(value)}
    return tokens(re.sub(r"\{\w+\}", " ", str(texts)))


def english_names(catalogue: Catalogue) -> set[str]:
    entries = [*catalogue.bodies.values(), *catalogue.tasks.values(), *catalogue.indicators.values()]
    return {word for entry in entries for word in tokens(entry.name_en or "")}


def quoted_words(snapshot: ResolutionSnapshot) -> set[str]:
    """Of senders and of checks, and the sheets of the bodies' workbook where a place is named."""
    texts = [*snapshot.obstacles["text"], *snapshot.findings["text_vi"], *layout.HEADINGS]
    return {word for text in texts for word in tokens(text)}


def cells_of(book: openpyxl.Workbook, report_columns: dict[str, list[str]]) -> Iterator[str]:
    """Every text of the workbook that is neither quoted nor a code."""
    for sheet, keys in zip(book, report_columns.values(), strict=True):
        for row in sheet.iter_rows(max_row=4, values_only=True):
            yield from (str(value) for value in row if value)
        for row in sheet.iter_rows(min_row=5, values_only=True):
            yield from (str(v) for k, v in zip(keys, row, strict=False) if v and k not in QUOTED | CODES)


@pytest.mark.parametrize("case", CASES)
def test_no_vietnamese_words(catalogue: Catalogue, made: dict[str, Made], case: str):
    """
    Neither page nor workbook holds a Vietnamese word but quoted texts, names of sheets in a place, and codes.
    """
    snapshot = getattr(example_snapshot, case)(catalogue)
    columns = yaml.safe_load((ROOT / "report_templates" / REPORT / "workbook.yaml").read_text(encoding="utf-8"))
    by_table = {one["table"]: [column["key"] for column in one["columns"]] for one in columns["sheets"]}
    book = openpyxl.load_workbook(BytesIO(made[case].xlsx))
    english = texts_of("en") | english_names(catalogue)
    codes = {word for key in (*catalogue.bodies, *catalogue.indicators, *catalogue.tasks) for word in tokens(key)}
    page = tokens(" ".join(made[case].words())) - quoted_words(snapshot) - codes
    workbook = {word for text in cells_of(book, by_table) for word in tokens(text)} - codes

    for found in (page, workbook):
        assert set() == {word for word in found if not word.isascii()}
        assert set() == (found & texts_of("vi")) - english


def test_workbook_says_in_english_what_it_holds(made: dict[str, Made]):
    """
    Sheets, headings, words for codes, sources and days are English; made-up data is called so on every sheet.
    """
    book = openpyxl.load_workbook(BytesIO(made["example_day"].xlsx))
    owed, soon, sources = book["Due"], book["Due soon"], book["Source of each figure"]

    assert "Bulletin of 31 October 2026 on the implementation of the resolutions" == owed["A1"].value
    assert {"DEMONSTRATION DATA"} == {sheet["A3"].value for sheet in book}
    assert ["Code", "Body", "Block"] == [cell.value for cell in owed[4][:3]]
    assert "d mmmm yyyy" == soon["E5"].number_format
    assert {"number", "%", "dossiers", "communes"} <= {row[5] for row in sources.iter_rows(min_row=5, values_only=True)}
