"""Ways in which a document is marked: every one is found, and found clear; a clerk can check the table."""

import unicodedata

import pytest

from resolution_monitor.collect.marking_words import marking_of_name, marking_of_text

TABLE = {
    "MẬT": """
HỎA TỐC/MẬT
HỎA TỐC / MẬT
HOẢ TỐC - MẬT
KHẨN, MẬT
MẬT/HỎA TỐC/HẸN GIỜ
Hỏa tốc/Mật
MẬT. Bản số 1
MẬT. Bản số: 03
MẬT - Bản số 02/05
MẬT; Bản số 3
MẬT (Bản số 2)
Mật: Bản số 2
Mật. Bản số 12
Mật - Bản số 3
MẬT bản số 1
MẬT số 15
MẬT No. 01
MẬT #1
MẬT 01
MẬT 1/3
MẬT
MẬT.
MẬT!
[MẬT]
[Mật] Báo cáo tháng 10
[MẬT] Kế hoạch phòng thủ
(MẬT) Kế hoạch năm 2026
(Mật) Báo cáo số 15
{MẬT}
<MẬT>
“MẬT”
*MẬT*
== MẬT ==
---MẬT---
_MẬT_
BÁO CÁO MẬT
CÔNG VĂN MẬT
TỜ TRÌNH MẬT
KẾ HOẠCH MẬT
PHỤ LỤC MẬT
BIÊN BẢN MẬT
THÔNG BÁO MẬT
SỐ LIỆU MẬT
Báo cáo MẬT
Độ mật: C
Độ mật: Mật; Số bản: 5
Độ khẩn: Hỏa tốc; Độ mật: Mật
Mức độ mật: MẬT
Độ mật của văn bản: Mật
Dấu chỉ độ mật: MẬT
Độ bảo mật: Mật
Phân loại: Mật
Loại văn bản: MẬT
Độ mật = Mật
Độ mật - Mật
Số: 15/BC-UBND (MẬT)
BÁO CÁO | MẬT
MẬT - BÁO CÁO THÁNG 10
MẬT Báo cáo công tác tháng 10
Báo cáo công tác tháng 10 MẬT
TẬP HỒ SƠ (MẬT)
M.Ậ.T
M-Ậ-T
M/Ậ/T
M|Ậ|T
MẬ T
M ẬT
ＭẬＴ
МẬТ
ΜẬΤ
МА\u0302\u0323Т
M\u00adẬ\u00adT
M\u200bẬ\u2060T
ⓂẬⓉ
\U0001d40cẬ\U0001d413
M\u0332Ậ\u0332T\u0332
TÀI LIỆU MẬT - KHÔNG SAO CHỤP
MẬT - CẤM SAO CHỤP
Tài liệu này thuộc bí mật nhà nước độ Mật
BÍ MẬT NHÀ NƯỚC - ĐỘ MẬT
""",
    "TỐI MẬT": """
(Tối mật)
Báo cáo tháng 10 (Tối mật)
[Tối mật] Kế hoạch
TỐI MẬT. Bản số 02
TỐI MẬT 02
THƯỢNG KHẨN/TỐI MẬT
QUYẾT ĐỊNH TỐI MẬT
Độ mật: B
Độ mật:Tối mật
Cấp độ mật: Tối mật
T.Ố.I M.Ậ.T
TỐI_MẬT
TỐIMẬT
TỐI MÂT
TỐI MẠT
TOI MAT
Độ khẩn: Khẩn. Độ mật: Tối mật.
BỘ CÔNG AN | TỐI MẬT
""",
    "TUYỆT MẬT": """
Tuyệt Mật: Bản số 1/5
Tuyệt mật - Số 01/2026
TUYỆT MẬT/01
Thượng khẩn/Tuyệt mật
>>> TUYỆT MẬT <<<
BÁO CÁO TUYỆT MẬT
BÁO CÁO QUÝ III/2026 (TUYỆT MẬT)
Báo cáo tình hình (Tuyệt mật)
Độ mật: A
ĐỘ MẬT A
Mức độ mật: A
Phân loại: TUYỆT MẬT
TUYÊT MẬT
TUYỆT MÂT
TUYỆT-MẬT
T U Y Ệ T  M Ậ T
TUYỆT MẬT; HỎA TỐC
TUYỆT MẬT - CHỈ NGƯỜI CÓ TÊN MỚI ĐƯỢC BÓC BÌ
""",
    "BÍ MẬT NHÀ NƯỚC": """
TÀI LIỆU CHỨA BÍ MẬT NHÀ NƯỚC
""",
}
MARKED = [(text, level) for level, texts in TABLE.items() for text in texts.strip().split("\n")]
OVER_LINES = {
    "BỘ CÔNG AN\nTUYỆT MẬT\nSố: 1/BC-BCA": "TUYỆT MẬT",
    "BỘ CÔNG AN\nMẬT\nBản số 3": "MẬT",
    "TÀI LIỆU\nMẬT": "MẬT",
    "HỎA TỐC\nMẬT": "MẬT",
    "M\nẬ\nT": "MẬT",
    "MẬT\nBÁO CÁO THÁNG 10": "MẬT",
    f"{'Nội dung báo cáo. ' * 300}\nMẬT\n{'Nội dung báo cáo. ' * 300}": "MẬT",
    f"[MẬT] {'Nội dung báo cáo. ' * 300}": "MẬT",
}
MARKED_NAMES = {"MẬT_bc": "MẬT", "bc_MẬT_01": "MẬT", "[Mật] bc": "MẬT", "ТUYỆT MẬТ bc": "TUYỆT MẬT", "ＭẬＴ bc": "MẬT"}


@pytest.mark.parametrize(("text", "level"), [*MARKED, *OVER_LINES.items()])
def test_marked_text(text: str, level: str):
    """
    The text marks its file clearly, composed or decomposed.
    """
    for form in ("NFC", "NFD"):
        marking = marking_of_text(unicodedata.normalize(form, text))
        assert marking is not None
        assert (level, True) == (marking.level, marking.is_clear)


@pytest.mark.parametrize("name", MARKED_NAMES)
def test_marked_name(name: str):
    """
    The name of a file or sheet marks it clearly.
    """
    marking = marking_of_name(name)
    assert marking is not None
    assert (MARKED_NAMES[name], True) == (marking.level, marking.is_clear)
