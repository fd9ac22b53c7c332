"""What WeasyPrint leaves out is put in: scopes, one name a heading, running titles set apart, places in points."""

from io import BytesIO

import pikepdf
import pytest
from conftest import ROOT
from page_standards import complaints, drawings

from resolution_monitor.brief.charts.drawing import rectangle, svg
from resolution_monitor.brief.render_pdf import render_pdf

HTML = """<html lang="vi"><head><title>Ba trang</title><link rel="stylesheet" href="print.css"></head><body>
<h1 data-running="Tiêu đề chạy" data-footer="Mã RM" data-page="Trang">BÁO CÁO <small>về một việc</small></h1>
<p>Trước hình</p><div style="margin-left: 4mm">{drawing}</div>
<h2>Bảng dài</h2><table>
<thead>
<tr><th scope="col">Tên</th><th scope="col">Số</th><th scope="col">Kỳ trước</th></tr></thead><tbody>{rows}</tbody>
</table></body></html>"""
ROWS = "".join(
    f'<tr><th scope="row">{chr(97 + number % 25) * (3 + number // 25)}</th><td>{number}</td><td>–</td></tr>'
    for number in range(120)
)


@pytest.fixture(scope="module")
def pdf() -> bytes:
    drawing = svg(80, 40, "Một hình vuông đỏ", rectangle(0, 0, 80, 40, fill="#8C1D18"))
    return render_pdf(HTML.format(drawing=drawing, rows=ROWS), ROOT / "report_templates" / "_shared", "abc")


def roles(pdf: bytes) -> list[tuple[str, str]]:
    """Role and scope of every element."""
    with pikepdf.open(BytesIO(pdf)) as document:
        elements = [one for one in document.objects if isinstance(one, pikepdf.Dictionary) and "/S" in one]
        return [(str(one.S), str(one.get("/A", {}).get("/Scope", ""))) for one in elements if one.get("/P") is not None]


def test_a_long_document_can_be_heard(pdf: bytes):
    """
    Three pages with a table over all of them, running titles and a heading in two parts: no checker finds anything.
    """
    assert [] == complaints(pdf)


def test_header_cells_say_what_they_head(pdf: bytes):
    """
    A cell in the head heads a column, on each page again; one in the body heads its row. A heading is one heading.
    """
    told = roles(pdf)

    assert 120 == told.count(("/TH", "/Row"))
    assert 0 == told.count(("/TH", "")) == told.count(("/TH", "/Column")) % 3
    assert 1 == told.count(("/H1", ""))


def test_running_titles_are_set_apart(pdf: bytes):
    """
    What stands in the margins belongs to no element from the second page on: it is not read out page by page.
    """
    with pikepdf.open(BytesIO(pdf)) as document:
        marks = [
            (str(part.operands[0]), dict(part.operands[1]))
            for page in document.pages
            for part in pikepdf.parse_content_stream(page, "BDC")
            if str(part.operator) == "BDC"
        ]
        (parents,) = [one for one in document.objects if isinstance(one, pikepdf.Dictionary) and "/Nums" in one]
        owned = [list(array) for array in list(parents.Nums)[1::2]]
        pages = len(document.pages)

    apart = [inner for name, inner in marks if name == "/Artifact"]
    assert pages >= 3
    assert {"/Pagination"} == {str(inner["/Type"]) for inner in apart}
    # Code, number and running title of each page but the first.
    assert 3 * (pages - 1) <= len(apart)
    assert len(apart) == sum(parent is None for page in owned for parent in page)


def test_a_drawing_has_its_place_on_the_page(pdf: bytes):
    """
    The place that is told of a drawing is where it is drawn, in points from the lower left corner.
    """
    ((words, box),) = drawings(pdf)

    assert "Một hình vuông đỏ" == words
    assert pytest.approx(82.2, abs=0.1) == box[0]  # 25 mm of margin and 4 mm
    assert pytest.approx((60.0, 30.0), abs=0.01) == (box[2] - box[0], box[3] - box[1])
    assert 700 < box[1] < 800


SMALL = """<html lang="vi"><head><title>Nhỏ</title><link rel="stylesheet" href="print.css"></head><body><h1>BÁO CÁO</h1>
<p>{sign} đỏ <span></span></p><table><thead><tr><th scope="col">Việc</th><th scope="col">Ngày</th></tr></thead>
<tbody><tr><th scope="row">Một việc của một bộ</th><td>109</td></tr></tbody></table></body></html>"""


def test_what_tells_nothing_is_not_heard():
    """
    A sign beside its word, an element of nothing, a heading of the only row: none of them is told of.
    """
    sign = svg(9, 9, "", rectangle(0, 0, 9, 9, fill="#8C1D18"))
    pdf = render_pdf(SMALL.format(sign=sign), ROOT / "report_templates" / "_shared", "abc")
    told = roles(pdf)

    assert [] == complaints(pdf)
    assert [] == drawings(pdf)
    assert (2, 2) == (told.count(("/TH", "/Column")), told.count(("/TD", "")))


def test_a_drawing_without_words_is_an_error():
    """
    What is larger than a sign must have words: it is not set apart in silence.
    """
    chart = svg(80, 20, "", rectangle(0, 0, 80, 20, fill="#8C1D18"))
    pdf = render_pdf(SMALL.format(sign=chart), ROOT / "report_templates" / "_shared", "abc")

    assert any("FIG-001" in one for one in complaints(pdf))
