"""The monthly briefing and the daily bulletin from made-up months and days: words, room, fonts, sizes, origins.

After a wanted change: UPDATE_GOLDEN=1 .venv/bin/python -m pytest tests/golden, then read the difference in git.
"""

import ctypes
import os
import re
import shutil
import subprocess
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from io import BytesIO
from pathlib import Path
from typing import Any

import example_snapshot
import openpyxl
import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from conftest import ROOT
from page_geometry import Margins, faults
from page_standards import claims, complaints, drawings

from resolution_monitor.brief.assembly import briefing_of
from resolution_monitor.brief.briefing import Briefing
from resolution_monitor.brief.page import page_html
from resolution_monitor.brief.render_pdf import render_pdf
from resolution_monitor.brief.render_xlsx import render_xlsx
from resolution_monitor.brief.report import Report, load_report
from resolution_monitor.brief.reports import kind_of
from resolution_monitor.brief.resolution_snapshot import ResolutionSnapshot
from resolution_monitor.catalogue.entries import Catalogue
from resolution_monitor.catalogue.load import load_catalogue
from resolution_monitor.period import Period
from resolution_monitor.reporting.layout import DEMONSTRATION

HERE = Path(__file__).parent
MM = 72 / 25.4
# What leaders read; the annexes of the month stand behind.
PAGES = {"resolutions_month": 2, "weekly_progress": 1, "bulletin_day": 1}
ANNEX = "Phụ lục 1. Các việc"
OFFICIAL, SHORT = Margins(top=20, right=15, bottom=20, left=30), Margins(top=14, right=13, bottom=14, left=25)
MARGINS = {"resolutions_month": OFFICIAL, "weekly_progress": OFFICIAL, "bulletin_day": SHORT}
CASES: list[tuple[str, str]] = [
    *(("resolutions_month", case) for case in ("example", "crowded", "provisional", "all_missing", "empty", "quiet")),
    *(("weekly_progress", case) for case in ("example_week", "crowded_week", "first_week")),
    *(("bulletin_day", case) for case in ("example_day", "full_day", "silent_day")),
]
# The size that drawings and style sheets ask for at least, with room for rounding.
SMALLEST_PT = 7.99


@dataclass(frozen=True)
class Made:
    """One edition with its files; the workbook is written when it is asked for."""

    briefing: Briefing
    pdf: bytes
    report: Report
    period: Period

    @cached_property
    def xlsx(self) -> bytes:
        return render_xlsx(self.report, self.briefing, self.period)

    def words(self) -> list[str]:
        with pypdfium2.PdfDocument(self.pdf) as document:
            texts = [page.get_textpage().get_text_bounded().replace("\r\n", "\n") for page in document]
        return [re.sub(r"(RM-[A-Z]+-[0-9W-]+(?:-en)?)-[0-9a-f]{8}", r"\1-########", text) for text in texts]


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_catalogue(ROOT / "catalogue")


def render(catalogue: Catalogue, report_name: str, snapshot: ResolutionSnapshot, language: str = "vi") -> Made:
    report = load_report(ROOT / "report_templates", report_name, ROOT, language)
    briefing = briefing_of(kind_of(report_name), report, snapshot)
    pdf = render_pdf(page_html(report, briefing), report.templates, briefing.sha256[:32])
    return Made(briefing, pdf, report, snapshot.period)


@pytest.fixture(scope="module")
def made(catalogue: Catalogue) -> dict[str, Made]:
    """Case -> its edition."""
    return {case: render(catalogue, name, getattr(example_snapshot, case)(catalogue)) for name, case in CASES}


def test_the_workbook_shows_both_targets(catalogue: Catalogue):
    """
    Of a target that a document changed: as it was, as it is, from when, which of them counts, and what is odd about it.
    """
    snapshot = example_snapshot.example(catalogue)
    assignments = snapshot.now.scores.assignments
    told = {"target_original": "≥ 95 (2030)", "target_current": "≥ 80 (2030)", "revised_on": date(2026, 9, 15)}
    place = assignments.index[assignments["item_kind"] == "indicator"][0]
    for name, value in (told | {"flags": "LOWERED_TWICE|REVISED_LATE"}).items():
        assignments.at[place, name] = value
    report = load_report(ROOT / "report_templates", "resolutions_month", ROOT, "vi")
    content = render_xlsx(report, briefing_of(kind_of("resolutions_month"), report, snapshot), snapshot.period)
    sheet = openpyxl.load_workbook(BytesIO(content))["Chỉ tiêu"]
    head, *rows = ([cell.value for cell in row] for row in sheet.iter_rows())
    while "Mục tiêu gốc" not in head:
        head, *rows = rows
    columns = [head.index(name) for name in ("Mục tiêu gốc", "Mục tiêu hiện hành", "Chấm điểm theo")]
    (found,) = [row for row in rows if row[columns[0]]]

    assert ["≥ 95 (2030)", "≥ 80 (2030)", "Mục tiêu gốc"] == [found[column] for column in columns]
    assert datetime(2026, 9, 15) == found[head.index("Điều chỉnh từ ngày")]
    assert (
        "hạ mục tiêu từ hai lần, điều chỉnh khi đã qua ba phần tư thời gian" == found[head.index("Lưu ý về điều chỉnh")]
    )


@pytest.mark.parametrize("case", ["example", "provisional", "example_week", "example_day"])
def test_words(made: dict[str, Made], case: str):
    """
    Page by page the words and numbers are those that were read and approved.
    """
    golden = HERE / f"resolutions_{case}.txt"
    text = "\n\f\n".join(made[case].words())
    if os.environ.get("UPDATE_GOLDEN"):
        golden.write_text(text, encoding="utf-8")

    assert "".join(golden.read_text(encoding="utf-8").split()) == "".join(text.split())
    assert unicodedata.is_normalized("NFC", text)


@pytest.mark.parametrize(("name", "case"), CASES)
def test_pages_and_margins(made: dict[str, Made], name: str, case: str):
    """
    However much or little there is to say, the month takes two A4 pages before its annexes, week and day one, within
    their margins.
    """
    with pypdfium2.PdfDocument(made[case].pdf) as document:
        pages = list(document)
        annexes = [number for number, text in enumerate(made[case].words()) if ANNEX in text] or [len(pages)]
        assert PAGES[name] == annexes[0]
        _, right, _, left = MARGINS[name]
        for page in pages:
            width, height = page.get_size()
            assert (595, 841) == (int(width), int(height))
            for box in drawn_boxes(page):
                assert box[0] >= (left - 0.5) * MM
                assert box[2] <= width - (right - 0.5) * MM
                assert box[1] >= 4 * MM


def drawn_boxes(page: Any) -> Iterator[tuple[float, ...]]:
    """Boxes of the letters of a page; those of the slanted mark of a provisional edition lie where they lie."""
    text = page.get_textpage()
    for index in range(text.count_chars()):
        box = text.get_charbox(index)
        if 0.1 < box[2] - box[0] and box[3] - box[1] < 30:
            yield box


@pytest.mark.parametrize(("name", "case"), CASES)
def test_fonts_are_ours_and_none_is_small(made: dict[str, Made], name: str, case: str):
    """
    Every letter is set in a font that we bring, at 8 pt or more.
    """
    names, sizes = set(), set()
    with pypdfium2.PdfDocument(made[case].pdf) as document:
        for page in document:
            for item in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_TEXT]):
                names.add(font_of(item))
                sizes.add(size_of(item))

    assert names
    assert set() == {found for found in names if not found.startswith(("Tn", "Be"))}
    assert [] == sorted(size for size in sizes if size < SMALLEST_PT)


@pytest.mark.parametrize(("name", "case"), CASES)
def test_pages_can_be_heard(made: dict[str, Made], name: str, case: str):
    """
    The checkers of PDF/UA-1 find nothing, however much or little there is to say.
    """
    assert [] == complaints(made[case].pdf)
    assert [] == [words for words, _ in drawings(made[case].pdf) if not words.strip()]


@pytest.mark.parametrize(("name", "case"), CASES)
def test_nothing_is_cut_off_or_written_over(made: dict[str, Made], name: str, case: str):
    """
    No letter leaves its margins, none covers another, and no drawing is too narrow for its words.
    """
    assert [] == faults(made[case].pdf, MARGINS[name])


def test_the_box_of_decisions_is_a_heading(made: dict[str, Made]):
    """
    Whoever goes from heading to heading, or opens the bookmarks, comes by the decisions first.
    """
    bookmarks = claims(made["example"].pdf).bookmarks

    assert bookmarks[0].startswith("BÁO CÁO kết quả")
    assert "3 việc trình quyết định" == bookmarks[1]


def font_of(item: Any) -> str:
    buffer = bytes(200)
    size = pdfium.FPDFFont_GetBaseFontName(pdfium.FPDFTextObj_GetFont(item.raw), buffer, 200)
    return buffer[: size - 1].decode().split("+")[-1]


def seen_by(tool: str, pdf: bytes, folder: Path) -> str:
    """What a program of poppler-utils prints of a page."""
    if shutil.which(tool) is None:
        pytest.skip(f"{tool} is not installed here (apt-get install poppler-utils): PDFium alone looked at the page")
    file = folder / "page.pdf"
    file.write_bytes(pdf)
    # -raw: as the file tells it; else the program guesses which of two columns comes first.
    target = ["-raw", file, "-"] if tool == "pdftotext" else [file]
    return subprocess.run([tool, *target], capture_output=True, text=True, check=True).stdout


def test_another_reader_sees_the_same_fonts(made: dict[str, Made], tmp_path: Path):
    """
    pdffonts lists our fonts and no other, each within the file and with the letters it stands for.
    """
    _, _, *rows = seen_by("pdffonts", made["example"].pdf, tmp_path).splitlines()
    told = [(row.split()[0].split("+")[1].split("-")[0], *row.split()[-5:-2]) for row in rows]

    assert {("Tn", "yes", "yes", "yes"), ("Be", "yes", "yes", "yes")} == set(told)


def test_another_reader_reads_in_order(made: dict[str, Made], tmp_path: Path):
    """
    pdftotext gives composed letters in the order of the page: the head, then heading after heading as the bookmarks
    have them.
    """
    text = " ".join(seen_by("pdftotext", made["example"].pdf, tmp_path).split())
    titles = [" ".join(title.split()) for title in claims(made["example"].pdf).bookmarks]
    places = [text.find(words) for words in ("BAN CHẤP HÀNH TRUNG ƯƠNG", *titles)]

    assert unicodedata.is_normalized("NFC", text)
    assert len(titles) > 8
    assert -1 not in places
    assert sorted(places) == places


def size_of(item: Any) -> float:
    """As printed: the font's size under the matrix it is drawn with."""
    size = ctypes.c_float()
    pdfium.FPDFTextObj_GetFontSize(item.raw, size)
    matrix = item.get_matrix()
    return round(size.value * (matrix.c**2 + matrix.d**2) ** 0.5, 2)


@pytest.mark.parametrize(("name", "case"), CASES)
def test_made_up_data_is_called_so_everywhere(made: dict[str, Made], name: str, case: str):
    """
    A page and a sheet made from one made-up file say so; one without does not.
    """
    is_made_up = case not in ("quiet", "empty", "all_missing", "silent_day")
    pages = [DEMONSTRATION in text for text in made[case].words()]
    book = openpyxl.load_workbook(BytesIO(made[case].xlsx))
    sheets = [DEMONSTRATION in (sheet["A3"].value or "") for sheet in book]
    headers = [DEMONSTRATION in (sheet.oddHeader.center.text or "") for sheet in book]

    assert {is_made_up} == {*pages, *sheets, *headers}


@pytest.mark.parametrize(("name", "case"), CASES)
def test_below_the_line_an_edition_is_provisional(made: dict[str, Made], name: str, case: str):
    """
    Below its line of readiness every page is marked provisional, and the edition is stored as such.
    """
    is_provisional = case in ("crowded", "provisional", "all_missing", "empty", "silent_day")
    marked = ["TẠM TÍNH" in text for text in made[case].words()]

    assert {is_provisional} == set(marked)
    assert ("provisional" if is_provisional else "draft") == made[case].briefing.state


def test_provisional_names_who_is_missing(made: dict[str, Made]):
    """
    A provisional page names missing bodies, the central ones first, and counts the rest.
    """
    page = " ".join(made["provisional"].words()[0].split())

    assert "mới nhận 139/233 báo cáo (59,7%), dưới ngưỡng 80%" in page
    assert "và 88 cơ quan khác (Phụ lục 5)" in page


def test_every_printed_number_is_a_figure(catalogue: Catalogue, made: dict[str, Made]):
    """
    Each percentage on the pages is a stored figure; what the method and the settings say are limits.
    """
    for case in ("example", "crowded", "example_week", "example_day"):
        # A task may be called by a share: "Cắt 30% thời gian".
        named = set(re.findall(r"\d+%", " ".join(f"{t.name_vi} {t.short_vi}" for t in catalogue.tasks.values())))
        stored = {figure.text for figure in made[case].briefing.figures}
        printed = set(re.findall(r"[+−]?\d[\d.]*(?:,\d)?%", "\n".join(made[case].words())))

        assert printed
        assert set() == printed - stored - {"95%", "80%", "20%", "100%", *named}


def test_counts_name_the_cells_they_count(made: dict[str, Made]):
    """
    A count of assignments names as many cells as assignments were read from a file.
    """
    red = next(
        figure
        for figure in made["example"].briefing.figures
        if figure.rule.startswith("số đỏ hoặc") and figure.about == "nhiệm vụ giao cho từng cơ quan"
    )

    assert red.value is not None
    assert 0 < len(red.sources) <= red.value
    assert all("/2026-10.xlsx" in source.file_name for source in red.sources)


def test_workbook_holds_everything(made: dict[str, Made]):
    """
    What a page only counts stands in the workbook: every body, every missing report, every figure.
    """
    book = openpyxl.load_workbook(BytesIO(made["example"].xlsx))

    assert 233 == book["Cơ quan"].max_row - 4
    assert 14 == book["Báo cáo thiếu"].max_row - 4
    assert 9 == book["Nghị quyết"].max_row - 4
    assert len(made["example"].briefing.figures) == book["Nguồn của từng số"].max_row - 4
    sneaky = next(row for row in book["Đề nghị"].iter_rows(min_row=5) if str(row[4].value).startswith("="))
    assert ("s", True) == (sneaky[4].data_type, sneaky[4].quotePrefix)


def test_same_bytes(catalogue: Catalogue, made: dict[str, Made]):
    """
    The same snapshot gives the same bytes.
    """
    again = render(catalogue, "resolutions_month", example_snapshot.example(catalogue))

    assert made["example"].pdf == again.pdf
    assert made["example"].xlsx == again.xlsx


def test_snapshot_is_named_by_what_it_says(catalogue: Catalogue):
    """
    The same content has the same hash; another state of one report has another.
    """
    assert example_snapshot.example(catalogue).sha256 == example_snapshot.example(catalogue).sha256
    assert example_snapshot.example(catalogue).sha256 != example_snapshot.provisional(catalogue).sha256
