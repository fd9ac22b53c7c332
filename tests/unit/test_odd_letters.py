"""Letters that no page prints are told, and none of them pulls a font of the machine into a page."""

import hashlib
import re
import shutil
import unicodedata
from pathlib import Path

import pytest
from conftest import ROOT
from fontTools.ttLib import TTFont
from hostile.workbooks import good_xlsx

from resolution_monitor.brief import render_pdf as renderer
from resolution_monitor.collect import odd_letters
from resolution_monitor.collect.read import read_files
from resolution_monitor.exchange.answer import SIGNS
from resolution_monitor.normalise.values import clean
from resolution_monitor.settings import from_environment

SHARED = ROOT / "report_templates" / "_shared"
PILE = "a" + "\u0301\u0302\u0308" * 10
PAGE = (
    '<html lang="vi"><head><title>x</title><link rel="stylesheet" href="print.css"></head><body><p>{}</p></body></html>'
)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Thiếu vốn 😀", "Thiếu vốn □"),
        (f"Chậm {PILE}", "Chậm á".replace("á", "a")),
        ("\uf0b7 Giải phóng mặt bằng", "□ Giải phóng mặt bằng"),
        ("中国", "□□"),
        ("ស្រុក", "□" * 5),
    ],
    ids=["emoji", "pile", "private", "Chinese", "Khmer"],
)
def test_odd_letters_are_told(tmp_path: Path, text: str, shown: str):
    """
    A workbook with letters that cannot be printed is read, and told with the first cell that holds some.
    """
    (tmp_path / "a.xlsx").write_bytes(good_xlsx([["Số", "Ghi chú"], ["x", text], ["y", text]]))

    (result,) = read_files(from_environment({"RESOLUTION_MONITOR_HOME": str(tmp_path)}), [tmp_path / "a.xlsx"])

    told = next((finding for finding in result.told if finding.check == "odd-letters"), None)
    assert told is not None
    assert ("B2", dict(told.details)["cells"]) == (told.cell, "2")
    assert unicodedata.normalize("NFD", shown)[:4] == unicodedata.normalize("NFD", told.value)[:4]
    assert result.workbook is not None


@pytest.mark.parametrize(
    "text",
    [
        "Đẩy nhanh tiến độ giải ngân vốn đầu tư công – “đạt 95,5 %” ≥ kế hoạch • số 12/QĐ-TTg … № 5 ½ m² €₫",
        unicodedata.normalize("NFD", "Ưu tiên ngữ nghĩa ở Ậ, ỗ, ự, Ẵ"),
        "Mục tiêu → hoàn thành ■ □ ● 10⁻³ ± 2°",
    ],
)
def test_what_is_printed_is_not_told(text: str):
    """
    Vietnamese, composed or not, and the signs that offices write, are no odd letters.
    """
    assert odd_letters.odd_letters([{"name": "x", "rows": [[text]]}]) is None
    assert unicodedata.normalize("NFC", text) == clean(text)


def test_what_is_called_printed_is_in_our_fonts():
    """
    Every sign that is not told has a picture in one of the two fonts that the pages are set in.
    """
    held = {
        code
        for name in ("Tinos", "BeVietnamPro")
        for code in TTFont(SHARED / f"fonts/{name}-Regular.ttf").getBestCmap()
    }
    called = [code for code in range(0x20, 0x30000) if not re.match(odd_letters._UNPRINTED, chr(code))]
    letters = [code for code in called if unicodedata.category(chr(code)) not in ("Cc", "Cf", "Cn", "Zl", "Zp")]

    assert set(map(ord, odd_letters.SIGNS_OF_ANSWERS)) == {code for code in letters if code not in held}
    assert set(odd_letters.SIGNS_OF_ANSWERS) < set(SIGNS.values())


def test_a_pile_of_marks_is_cut():
    """
    What is kept of a letter with thirty marks has three.
    """
    assert 3 >= sum(map(bool, map(unicodedata.combining, clean(PILE))))


def test_no_font_of_the_machine_enters_a_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """
    An emoji, Chinese and a pile of marks give the same bytes with fonts of the machine, more of them, and none.
    """
    html = PAGE.format(f"Ổn định 😀 中 {PILE} ☎")
    pages = {hashlib.sha256(renderer.render_pdf(html, SHARED, "abc")).hexdigest()}
    more = tmp_path / "fonts"
    shutil.copytree(SHARED / "fonts", more / "more")
    for home in (tmp_path, Path("/nonexistent")):
        (tmp_path / "fonts.conf").write_text(f"<fontconfig><dir>{more}</dir></fontconfig>")
        monkeypatch.setenv("FONTCONFIG_FILE", str(tmp_path / "fonts.conf"))
        monkeypatch.setenv("XDG_DATA_HOME", str(home))
        monkeypatch.setenv("HOME", str(home))
        pages.add(hashlib.sha256(renderer.render_pdf(html, SHARED, "abc")).hexdigest())
    pdf = renderer.render_pdf(html, SHARED, "abc")

    assert 1 == len(pages)
    assert {b"Tinos", b"Be"} >= {name[:5] if name.startswith(b"Tinos") else name[:2] for name in fonts_of(pdf)}


def fonts_of(pdf: bytes) -> set[bytes]:
    return set(re.findall(rb"/FontName /[A-Z]{6}\+([\w-]+)", pdf))
