"""The first sheet of a body's workbook: on one screen what to fill in, how to write it, and what happens then."""

from collections.abc import Sequence

from openpyxl.worksheet.worksheet import Worksheet

from resolution_monitor.exchange.sheet_xml import Style, cell_xml, row_xml
from resolution_monitor.exchange.template_looks import arrange_print, lock
from resolution_monitor.reporting import layout

_TITLE = "BÁO CÁO THỰC HIỆN CÁC NGHỊ QUYẾT CHIẾN LƯỢC CỦA BỘ CHÍNH TRỊ"
# Style of a line's name, the name, and what is said.
_Line = tuple[str, str, str]
_PARTS: dict[str, list[_Line]] = {
    "Điền từng trang tính": [
        (
            "name",
            layout.INDICATORS,
            "Ghi giá trị kỳ này theo đơn vị tính của dòng và chọn tình trạng số liệu. Không có số liệu thì chọn tình "
            "trạng và nêu lý do ở cột Giải trình.",
        ),
        (
            "name",
            layout.TASKS,
            "Chọn tình trạng, tiến độ; ghi khối lượng. Hoàn thành: ghi ngày, số ký hiệu sản phẩm, minh chứng. Quá hạn: "
            "nêu lý do ở cột Giải trình.",
        ),
        ("name", layout.OBSTACLES, "Mỗi vướng mắc một dòng, chọn cơ quan có thể tháo gỡ. Không có thì để trống."),
        ("name", layout.REQUESTS, "Gia hạn: chọn mã nhiệm vụ, ghi thời hạn mới. Kiến nghị: chọn cơ quan quyết định."),
    ],
    "Màu của ô": [
        ("input", "Ô cần điền", "Ô nền vàng; ô có mũi tên thì chọn trong danh sách."),
        ("given", "Ô đã có sẵn", "Mã, tên, đơn vị tính, mục tiêu, thời hạn, số kỳ trước: không sửa."),
        ("example", "Dòng «Ví dụ»", "Chỉ để xem cách điền; không được tính vào số liệu."),
    ],
    "Cách ghi": [
        (
            "name",
            "Số, tỷ lệ",
            "1.234,5 là một nghìn hai trăm ba mươi tư phẩy năm; năm mươi phần trăm ghi 50; bằng không ghi 0.",
        ),
        ("name", "Ngày", "Ngày/tháng/năm, ví dụ 31/10/2026."),
    ],
    "Gửi và nhận trả lời": [
        (
            "name",
            "Gửi",
            "Lưu thành tệp .xlsx, không đặt mật khẩu, không đổi tên trang tính và dòng tiêu đề; gửi vào thư mục của cơ "
            "quan.",
        ),
        (
            "name",
            "Trả lời",
            "Hệ thống trả lại chính tệp này: ô cần sửa được tô màu, kèm lý do; danh sách ở trang tính «Lỗi». Chỉ cần "
            "sửa các ô đó và gửi lại.",
        ),
        ("warning", "Lưu ý", "Không ghi nội dung thuộc phạm vi bí mật nhà nước vào tệp này."),
    ],
}
_WIDTHS = {"A": 18, "B": 118}
_HEIGHT, _TITLE_HEIGHT = 18.0, 26.0


def arrange_guide(page: Worksheet) -> None:
    """Widths, lock and print of the guide; its rows come with each body."""
    for letter, width in _WIDTHS.items():
        page.column_dimensions[letter].width = width
    arrange_print(page)
    lock(page)


def guide_rows(titles: Sequence[str], mark: str, styles: dict[str, Style]) -> str:
    """
    The rows of the guide.

    Args:
        titles: The lines that name body, period and due day.
        mark: Printed below them in red; empty for none.
    """
    rows = [("title", _TITLE, _TITLE_HEIGHT), ("body", titles[0], _HEIGHT)]
    rows += [("period", line, _HEIGHT) for line in titles[1:]]
    rows += [("mark", mark, _HEIGHT)] if mark else []
    made = [
        row_xml(number, [cell_xml(number, 1, text, styles[f"line {style}"])], height)
        for number, (style, text, height) in enumerate(rows, start=1)
    ]
    number = len(made)
    for part, lines in _PARTS.items():
        number += 1
        made.append(row_xml(number, [cell_xml(number, 1, part, styles["line part"])], 1.3 * _HEIGHT))
        for style, name, text in lines:
            number += 1
            told = styles["line warning" if style == "warning" else "line text"]
            cells = [cell_xml(number, 1, name, styles[f"line {style}"]), cell_xml(number, 2, text, told)]
            made.append(row_xml(number, cells, _HEIGHT * (1 + (len(text) > 1.25 * _WIDTHS["B"]))))
    return "".join(made)
