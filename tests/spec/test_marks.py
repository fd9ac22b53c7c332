"""What counts as a secrecy marking and what is a mention: tables that a clerk can check."""

import unicodedata

import pytest

from resolution_monitor.collect.marking_words import level_of_text
from resolution_monitor.collect.marks import level_of_file_name

# What stands as the whole of a cell, paragraph, header, comment or property -> level.
MARKINGS = {
    "MẬT": "MẬT",
    "Mật": "MẬT",
    "mật": "MẬT",
    "TỐI MẬT": "TỐI MẬT",
    "Tuyệt mật": "TUYỆT MẬT",
    " (MẬT) ": "MẬT",
    "[TỐI MẬT]": "TỐI MẬT",
    "*** MẬT ***": "MẬT",
    "M Ậ T": "MẬT",
    "T Ố I  M Ậ T": "TỐI MẬT",
    "M\u200bẬT": "MẬT",
    "ĐỘ MẬT: TỐI MẬT": "TỐI MẬT",
    "Độ mật: Mật": "MẬT",
    "Mức độ mật: Tuyệt mật": "TUYỆT MẬT",
    "Độ mật:\nMật": "MẬT",
    "DẤU MẬT": "MẬT",
    "TÀI LIỆU MẬT": "MẬT",
    "VĂN BẢN TUYỆT MẬT": "TUYỆT MẬT",
    "BÍ MẬT NHÀ NƯỚC": "BÍ MẬT NHÀ NƯỚC",
    "MẬT\nSố: 12-BC/TU": "MẬT",
    "ỦY BAN NHÂN DÂN\nMẬT\nSố: 12/BC-UBND": "MẬT",
    "Nguyễn Văn A:\nMật": "MẬT",
    "BÁO CÁO THÁNG 10 (MẬT)": "MẬT",
    "TỐI MẬT - Số: 12-BC/TU": "TỐI MẬT",
    '&L&"Times,Bold"&14MẬT&RTrang &P': "MẬT",
    "TUYET MAT": "TUYỆT MẬT",
    # TCVN3 (ABC) and VNI, as they look in a font that is not theirs.
    "mËt": "MẬT",
    "tèi mËt": "TỐI MẬT",
    "TUYÖT MËT": "TUYỆT MẬT",
    "§é mËt: mËt": "MẬT",
    "MAÄT": "MẬT",
    "TOÁI MAÄT": "TỐI MẬT",
    "Tuyeät maät": "TUYỆT MẬT",
    "ÑOÄ MAÄT: TOÁI MAÄT": "TỐI MẬT",
}

MENTIONS = [
    "công tác bảo vệ bí mật nhà nước",
    "CÔNG TÁC BẢO VỆ BÍ MẬT NHÀ NƯỚC",
    "Luật Bảo vệ bí mật nhà nước",
    "Bí mật nhà nước",
    "bảo mật thông tin",
    "AN NINH - BẢO MẬT",
    "mật độ dân số",
    "MẬT ĐỘ - DÂN SỐ",
    "Mật\nđộ",
    "MẬT\nĐỘ DÂN SỐ",
    "mật ong",
    "Mật khẩu",
    "MẬT MÃ",
    "Cập nhật: mật độ",
    "Độ mật",
    "Độ mật:",
    "Độ mật: Thường",
    "Văn bản mật",
    "Văn bản\nmật",
    "VĂN BẢN\nMẬT",
    "BẢO\nMẬT",
    "Số văn bản mật: 0",
    "Số lượng tài liệu mật được giải mật",
    "Mật, Tối mật, Tuyệt mật",
    '"Thường,Mật,Tối mật,Tuyệt mật"',
    "Độ mật: Mật/Tối mật/Tuyệt mật",
    "cấp 1 (TUYỆT MẬT), cấp 2 (TỐI MẬT)",
    "Báo cáo số 45-BC/BCS (Mật)",
    "mất",
    "mặt",
    "Mat",
    "toi mat",
    "",
]

MARKED_NAMES = {
    "TUYET MAT_bao cao.xlsx": "TUYỆT MẬT",
    "BC_toi-mat.xlsx": "TỐI MẬT",
    "bao cao tuyet mat thang 10.xlsx": "TUYỆT MẬT",
    "báo cáo tối mật tháng 10.ods": "TỐI MẬT",
    "bc (Mật).xlsx": "MẬT",
    "BC-MẬT-2026.xls": "MẬT",
    "MẬT BC 10.csv": "MẬT",
    "bc mật.json": "MẬT",
    "bc MAÄT.xls": "MẬT",
}

OTHER_NAMES = [
    "BC thang 10.xlsx",
    "mật độ dân số.xlsx",
    "an ninh bảo mật.xlsx",
    "Số văn bản mật.xlsx",
    "van ban mat.xlsx",
    "bao_mat.xlsx",
    "cong tac bao ve bi mat nha nuoc.xlsx",
    "Danh muc bi mat nha nuoc do tuyet mat.xlsx",
    "Nguyễn Văn Mật.xlsx",
    "format.xlsx",
]


def forms(text: str) -> list[str]:
    """As Windows and as macOS write it."""
    return [unicodedata.normalize(form, text) for form in ("NFC", "NFD")]


@pytest.mark.parametrize("text", MARKINGS)
def test_marking(text: str):
    """
    The text marks the file it stands in.
    """
    assert [MARKINGS[text]] * 2 == [level_of_text(form) for form in forms(text)]


@pytest.mark.parametrize("text", MENTIONS)
def test_mention(text: str):
    """
    The text speaks of secrecy, or of something else; it marks nothing.
    """
    assert [None, None] == [level_of_text(form) for form in forms(text)]


@pytest.mark.parametrize("name", MARKED_NAMES)
def test_marked_name(name: str):
    """
    The file's name alone is a marking.
    """
    assert [MARKED_NAMES[name]] * 2 == [level_of_file_name(form) for form in forms(name)]


@pytest.mark.parametrize("name", OTHER_NAMES)
def test_name_without_mark(name: str):
    """
    The name is none: "mat" without accents may be "mặt", "mất" or "mát", and a person may be called Mật.
    """
    assert [None, None] == [level_of_file_name(form) for form in forms(name)]


def test_long_text_is_running_text():
    """
    A page of text is never a stamp, and costs nothing to pass over.
    """
    assert level_of_text("MẬT\n" * 1_000_000) is None
