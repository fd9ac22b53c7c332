"""Sheets that add up: reports, the body's own figures, and how all of it compares with what the system found."""

from openpyxl.utils import get_column_letter

from resolution_monitor.exchange.score_month import ScoredMonth
from resolution_monitor.exchange.score_sheets import FIRST_ROW, INPUTS, LEAD, Places, Sheet, quoted

Totals = dict[str, str]

# Name -> words, and the column of nodes that holds what the system found.
_FIGURES: dict[str, tuple[str, str]] = {
    "D_low": ("Kết quả D, thấp", "progress_low"),
    "D_high": ("Kết quả D, cao", "progress_high"),
    "S_low": ("Đúng hạn S, thấp", "timeliness_low"),
    "S_high": ("Đúng hạn S, cao", "timeliness_high"),
    "R": ("Báo cáo R", "reporting"),
    "C_low": ("Điểm tổng hợp C, thấp (LOW)", "composite_low"),
    "C_high": ("Điểm tổng hợp C, cao (HIGH)", "composite_high"),
    "n_eff": ("Số việc quy đổi n_eff", "effective_assignments"),
    "low": ("Điểm các việc chủ trì, thấp", "low"),
    "high": ("Điểm các việc chủ trì, cao", "high"),
}
_COMPARED = {
    "status": "status",
    "E": "expected_fraction",
    "lag": "lag_days",
    "overdue": "overdue_days",
    "P_low": "progress_low",
    "P_high": "progress_high",
    "S_low": "timeliness_low",
    "S_high": "timeliness_high",
}
_WEIGHTED = ("P_low", "P_high", "S_low", "S_high")
_NOTES = (
    "Ô nền vàng là số liệu vào: sửa ô nào, các bước sau tự tính lại.",
    "Ngưỡng và trọng số ở trang Quy tắc; phần lớn là mặc định của hệ thống, không phải chuẩn pháp lý.",
    "LOW tính 0 điểm khi thiếu báo cáo, HIGH tính điểm của kỳ báo cáo gần nhất.",
    "Không chấm điểm, xếp hạng cá nhân.",
)


def write_reports(sheet: Sheet, month: ScoredMonth, places: Places) -> None:
    """
    Days late and points of each report due in the window.

    Source: docs/method.md, clause 2.8.
    """
    sheet.head(("Kỳ kết thúc", "Hạn cuối", "Ngày nộp", "Ngày biết", "Số ngày muộn", "Điểm"))
    cost = places.of("report_points_per_day")
    for row, one in enumerate(month.reports, start=FIRST_ROW):
        sheet.day(row, 1, one.period_end)
        sheet.day(row, 2, one.cut_off_on)
        if one.submitted_on is not None:
            sheet.day(row, 3, one.submitted_on)
        sheet.day(row, 4, one.known_on)
        came = f'AND(C{row}<>"",C{row}<=D{row})'
        sheet.formula(row, 5, f"MAX(0,IF({came},C{row},D{row})-B{row})")
        sheet.formula(row, 6, f'IF({came},MAX(0,100-{cost}*E{row}),IF(D{row}<=B{row},"",0))')
    sheet.arrange(frozen_columns=1)


def write_totals(sheet: Sheet, month: ScoredMonth, places: Places) -> Totals:
    """
    What each assignment weighs, and the body's figures below the table; the cell of each figure.

    Source: docs/method.md, clauses 2.8 and 2.9.
    """
    sums = [f"× {end}" for end in (*_WEIGHTED, "P_low (chủ trì)", "P_high (chủ trì)")]
    sheet.head(
        (
            *("Mã", "Tên", "Trọng số × vai trò", "Được tính", *sums[:4], "Chủ trì, có điểm", *sums[4:], "Bình phương"),
            *("Có điểm, trước khi chia", "Chủ trì, trước khi chia"),
        )
    )
    last = FIRST_ROW + max(len(month.assignments), 1) - 1
    for row, one in enumerate(month.assignments, start=FIRST_ROW):
        sheet.text(row, 1, str(one.assignment["item_id"]))
        sheet.text(row, 2, one.name_vi)
        for column, formula in enumerate(_weighed(row, last, places), start=3):
            sheet.formula(row, column, formula)
    first = last + 2
    cells: Totals = {}
    for number, (name, formula) in enumerate(_figures(month, places, first).items()):
        sheet.text(first + number, 2, _FIGURES[name][0])
        cells[name] = sheet.formula(first + number, 3, formula)
    sheet.arrange(frozen_columns=2)
    return cells


def _weighed(row: int, last: int, places: Places) -> list[str]:
    """
    Columns C to N of one assignment.

    Parts of one task share its weight among those that count: M and N say what counts, D and I what it weighs.
    """
    inputs = quoted(INPUTS)
    weight, role, part_of, whole = (f"{inputs}!${column}{row}" for column in "FCGH")
    outside, low, high = (places.of(name, row) for name in ("outside", "P_low", "P_high"))
    by_role = f'IF({role}="{LEAD}",1,{places.of("coordinating_weight")})'
    parts = f"{inputs}!$G${FIRST_ROW}:$G${last}"

    def together(column: str) -> str:
        return f"SUMIF({parts},{part_of},${column}${FIRST_ROW}:${column}${last})"

    def shared(column: str) -> str:
        share = f"{whole}*{by_role}*{column}{row}/{together(column)}"
        return f'IF({part_of}="",{column}{row},IF({column}{row}=0,0,{share}))'

    return [
        f"{weight}*{by_role}",
        shared("M"),
        *(f"IF(D{row}=0,0,D{row}*{places.of(end, row)})" for end in _WEIGHTED),
        shared("N"),
        f"IF(I{row}=0,0,I{row}*{low})",
        f"IF(I{row}=0,0,I{row}*{high})",
        f'D{row}*IF({part_of}="",D{row},{together("D")})',
        f'IF(OR({outside}=1,{high}=""),0,C{row})',
        f'IF(AND({role}="{LEAD}",{low}<>""),{weight},0)',
    ]


def _figures(month: ScoredMonth, places: Places, first: int) -> dict[str, str]:
    last = FIRST_ROW + max(len(month.assignments), 1) - 1
    end = FIRST_ROW + max(len(month.reports), 1) - 1
    place = {name: f"C{first + number}" for number, name in enumerate(_FIGURES)}

    def column(letter: str) -> str:
        return f"SUM({letter}{FIRST_ROW}:{letter}{last})"

    def mean(letter: str, weights: str) -> str:
        return f'IF({column(weights)}=0,"",{column(letter)}/{column(weights)})'

    points = f"{quoted('Báo cáo')}!$F${FIRST_ROW}:$F${end}"
    return {
        "D_low": mean("E", "D"),
        "D_high": mean("F", "D"),
        "S_low": mean("G", "D"),
        "S_high": mean("H", "D"),
        "R": f'IF(COUNT({points})=0,"",SUM({points})/COUNT({points}))',
        "C_low": _composite(place["D_low"], place["S_low"], place["R"], places),
        "C_high": _composite(place["D_high"], place["S_high"], place["R"], places),
        "n_eff": f'IF({column("D")}=0,"",{column("D")}^2/{column("L")})',
        "low": mean("J", "I"),
        "high": mean("K", "I"),
    }


def _composite(delivery: str, timeliness: str, reporting: str, places: Places) -> str:
    """The weighted geometric mean; without R its share goes to the other two."""
    floor = places.of("pillar_floor")
    by_delivery, by_timeliness, by_reporting = (
        places.of(f"{name}_weight") for name in ("delivery", "timeliness", "reporting")
    )
    whole = f'IF({reporting}="",1-{by_reporting},1)'
    logs = (
        f"{by_delivery}*LN(MAX({floor},{delivery}))+{by_timeliness}*LN(MAX({floor},{timeliness}))"
        f'+IF({reporting}="",0,{by_reporting}*LN(MAX({floor},{reporting})))'
    )
    return f'IF({delivery}="","",EXP(({logs})/{whole}))'


def write_comparison(sheet: Sheet, month: ScoredMonth, places: Places) -> str:
    """Each computed figure beside what the system found; the cell of the largest difference."""
    words = [word for name in _COMPARED for word in (f"{name}: bảng tính", f"{name}: hệ thống", f"{name}: chênh lệch")]
    sheet.head(["Mã", "Tên", *words])
    for row, one in enumerate(month.assignments, start=FIRST_ROW):
        sheet.text(row, 1, str(one.assignment["item_id"]))
        sheet.text(row, 2, one.name_vi)
        for number, (name, column) in enumerate(_COMPARED.items()):
            _compare(sheet, row, 3 + 3 * number, (places.of(name, row), one.assignment[column]))
    last = FIRST_ROW + max(len(month.assignments), 1) - 1
    letters = [get_column_letter(5 + 3 * number) for number in range(len(_COMPARED))]
    ranges = ",".join(f"{letter}{FIRST_ROW}:{letter}{last}" for letter in letters)
    sheet.text(last + 2, 2, "Chênh lệch lớn nhất")
    sheet.arrange(frozen_columns=2)
    return sheet.formula(last + 2, 3, f"MAX({ranges})")


def _compare(sheet: Sheet, row: int, first: int, pair: tuple[str, float | str | None]) -> None:
    """Computed, found, and how far apart; what only one of them knows is 1 apart."""
    cell, found = pair
    made, kept = f"{get_column_letter(first)}{row}", f"{get_column_letter(first + 1)}{row}"
    sheet.formula(row, first, f'IF({cell}="","",{cell})')
    sheet.plain(row, first + 1, found)
    sheet.formula(row, first + 2, _apart(made, kept, is_text=isinstance(found, str)))


def _apart(made: str, kept: str, *, is_text: bool = False) -> str:
    apart = f"IF({made}={kept},0,1)" if is_text else f"ABS({made}-{kept})"
    return f'IF(OR({made}="",{kept}=""),IF(AND({made}="",{kept}=""),0,1),{apart})'


def write_summary(sheet: Sheet, month: ScoredMonth, totals: Totals, largest: str) -> None:
    """The body's figures beside what the system found, and what the reader must know."""
    sheet.head(("Mã", "Điểm của cơ quan", "Bảng tính", "Hệ thống", "Chênh lệch"))
    for row, (name, (words, column)) in enumerate(_FIGURES.items(), start=FIRST_ROW):
        sheet.text(row, 1, name)
        sheet.text(row, 2, words)
        sheet.formula(row, 3, f'IF({totals[name]}="","",{totals[name]})')
        sheet.plain(row, 4, month.node[column])
        sheet.formula(row, 5, _apart(f"C{row}", f"D{row}"))
    last = FIRST_ROW + len(_FIGURES)
    sheet.text(last, 2, "Chênh lệch lớn nhất của từng việc (trang Đối chiếu)")
    sheet.formula(last, 5, largest)
    for row, words in enumerate(_NOTES, start=last + 2):
        sheet.text(row, 2, words)
    sheet.arrange(frozen_columns=2)
