"""Words in Vietnamese and in English for every name that the formulas of an assignment use."""

from resolution_monitor.method.formula import Words
from resolution_monitor.method.registry import kinds, trajectories
from resolution_monitor.method.scale import WORDS

# Name -> words in Vietnamese and in English, of what is given.
GIVEN: Words = {
    "V": ("Giá trị dùng để tính", "value that counts"),
    "VT": ("Mức chỉ tiêu", "target"),
    "V0": ("Mức xuất phát", "baseline"),
    "lo": ("Cận dưới", "low end of the band"),
    "hi": ("Cận trên", "high end of the band"),
    "s": ("Chiều (+1 càng cao càng tốt, −1 càng thấp càng tốt)", "direction"),
    "st": ("Bước đo nhỏ nhất", "smallest step of the measurement"),
    "t0": ("Ngày bắt đầu", "start"),
    "tT": ("Hạn", "deadline"),
    "t": ("Ngày chốt số liệu", "as-at day"),
    "m": ("Số kỳ liên tiếp thiếu báo cáo", "reports missed in a row"),
    "t_last": ("Cuối kỳ báo cáo gần nhất", "end of the last period reported"),
    "achieved": ("Ngày đạt chỉ tiêu", "day achieved"),
    "met_on": ("Ngày được tính của sản phẩm", "day of the product that counts"),
    "unrated": ("Chưa đủ điều kiện chấm (1: đúng)", "cannot be rated yet (1: so)"),
    "warned": ("Cảnh báo sớm hai kỳ liền (1: có)", "forecast high at both last origins (1: so)"),
}

# Name -> the same, of what follows whatever the kind and the path; those say further names themselves.
FOLLOWING: Words = {
    "el": ("Số ngày đã qua", "days elapsed"),
    "N": ("Tổng số ngày", "days in all"),
    "late": ("Đã qua hạn", "past the deadline"),
    "u": ("Phần thời gian đã qua", "share of time elapsed"),
    "E_path": ("Tỷ lệ kỳ vọng theo lộ trình", "expected fraction by the trajectory"),
    "E": ("Tỷ lệ kỳ vọng E", "expected fraction E"),
    "VE": ("Mức phải đạt đến ngày chốt", "target of the period by the trajectory"),
    "w": ("Tỷ lệ đạt trong khoảng 0 đến 1", "attained fraction between 0 and 1"),
    "ES": ("Ngày theo lộ trình ứng với tỷ lệ đạt", "day on which this was expected"),
    "lag_open": ("Độ trễ khi chưa kết thúc (ngày)", "lag while open, days"),
    "a_due": ("Phần đến hạn đã xong", "part due that is met"),
    "met": ("Đã đạt", "met"),
    "closed": ("Đã kết thúc", "closed"),
    "ach_el": ("Số ngày đến khi đạt", "days until achieved"),
    "lag": ("Độ trễ (ngày)", "lag, days behind (+)"),
    "overdue": ("Số ngày quá hạn", "days overdue"),
    "SPI": ("Chỉ số tiến độ SPI", "schedule index SPI(t)"),
    "P0": ("Điểm tiến độ gốc P0", "pace P0"),
    "colour": ("Màu", "colour"),
    "status": ("Trạng thái", "status"),
    "P": ("Điểm tiến độ P", "progress P"),
    "S": ("Điểm đúng hạn S", "timeliness S"),
    "outside": ("Ngoài phạm vi chấm", "outside every mean"),
    "silent": ("Thiếu báo cáo", "a report is missing"),
    "t_then": ("Ngày chốt của kỳ báo cáo gần nhất", "as-at day of the last report"),
    "P_last": ("P của kỳ báo cáo gần nhất", "last P known"),
    "S_last": ("S của kỳ báo cáo gần nhất", "last S known"),
    "P_low": ("P thấp (LOW)", "P LOW"),
    "P_high": ("P cao (HIGH)", "P HIGH"),
    "S_low": ("S thấp (LOW)", "S LOW"),
    "S_high": ("S cao (HIGH)", "S HIGH"),
}


# The same of each dated target before the last, by its number.
OF_A_POINT: Words = {
    "day": ("ngày", "day"),
    "value": ("mức", "value"),
    "x": ("số ngày kể từ bắt đầu", "days from the start"),
    "f": ("tỷ lệ", "fraction"),
}


def _known() -> Words:
    own = [*(kind.words for kind in kinds().values()), *(shape.words for shape in trajectories().values())]
    return {**GIVEN, **FOLLOWING, **WORDS, **{name: words for each in own for name, words in each.items()}}


def words_of(name: str) -> tuple[str, str]:
    """Vietnamese and English words for a name."""
    known = _known()
    if name in known:
        return known[name]
    part, _, number = name.rpartition("_")
    if part in OF_A_POINT:
        vietnamese, english = OF_A_POINT[part]
        return f"Mốc {number}: {vietnamese}", f"dated target {number}: {english}"
    now = name.removesuffix("_then")
    if now == name:
        raise LookupError(f"no words say what {name!r} is; add them to the record that uses it")
    vietnamese, english = words_of(now)
    return f"{vietnamese} (kỳ báo cáo gần nhất)", f"{english} (at the last report)"
