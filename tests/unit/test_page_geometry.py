"""The measure of pages is itself measured: each fault that is planted is found, and a page without one is clean."""

import pytest
from conftest import ROOT
from page_geometry import Margins, faults

from resolution_monitor.brief.charts.drawing import svg, text
from resolution_monitor.brief.render_pdf import render_pdf

SHARED = ROOT / "report_templates" / "_shared"
MARGINS = Margins(top=14, right=13, bottom=14, left=25)
HEAD = '<head><title>x</title><link rel="stylesheet" href="print.css">'
RUNNING = '<h1 data-running="Chạy" data-footer="Mã RM" data-page="Trang">Đầu</h1>'
FAULTS = {
    "out of the page": (
        '<div style="width: 400mm; white-space: nowrap">Nhiệm vụ ' + "rất dài " * 30 + "</div>",
        "leaves its margins",
    ),
    "into the footer": (
        '<div style="position: absolute; top: 265mm">Dòng chảy vào chân trang</div>',
        "leaves its margins",
    ),
    "a line out of the page": ('<div style="border-top: 1pt solid; width: 190mm"></div>', "a line or an area leaves"),
    "number cut by its drawing": (svg(20, 12, "a", text(10, 10, "1.150", anchor="middle")), "is cut off"),
    "words cut by their cell": (
        '<div style="width: 9mm; overflow: hidden; white-space: nowrap">Thanh Hóa</div>',
        "is cut off",
    ),
    "words over words": (
        '<div style="position: relative">Quá hạn 379 ngày<i style="position: absolute; left: 8mm">Bộ Y tế</i></div>',
        "is written over",
    ),
    "column over column": (
        '<table><colgroup><col style="width: 12mm"><col></colgroup><tr><td style="white-space: nowrap">'
        "Thành phố Hồ Chí Minh</td><td>103,3%</td></tr></table>",
        "is written over",
    ),
}


def page(inside: str) -> bytes:
    return render_pdf(f'<html lang="vi">{HEAD}</head><body>{RUNNING}{inside}</body></html>', SHARED, "abc")


@pytest.mark.parametrize("name", FAULTS)
def test_planted_fault_is_found(name: str):
    """
    What a reader would see at once is told in a sentence.
    """
    inside, told = FAULTS[name]

    assert any(told in one for one in faults(page(inside), MARGINS))


def test_a_good_page_is_clean():
    """
    Accents of one line under the tails of another, kerned letters, words between lines: none of it is a fault.
    """
    tight = "<p>" + "Ủy ban ẤẾỐỨ gỹp qygj Ầ fỗ AVATA «Lũy kế» " * 30 + "</p>"
    drawn = svg(60, 14, "a", text(30, 10.5, "1.150", anchor="middle"))
    table = "<table><tr><td class='number'>103,3%</td><td>Huế</td></tr></table>"

    assert [] == faults(page(tight + drawn + table), MARGINS)
