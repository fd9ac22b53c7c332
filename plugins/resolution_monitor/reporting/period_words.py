"""A period as it stands in a Vietnamese title."""

from resolution_monitor.period import DECREE_KINDS, Period

_ROMAN = {1: "I", 2: "II", 3: "III", 4: "IV"}
_HALVES = {1: "6 tháng đầu năm", 2: "6 tháng cuối năm"}
_MONTHS_A_QUARTER, _MONTHS_A_HALF = 3, 6


def period_words(period: Period) -> str:
    """Such as "tháng 10 năm 2026" or "quý IV năm 2026"; days are added where they are not those of the calendar."""
    span = f"từ {period.start:%d/%m/%Y} đến {period.end:%d/%m/%Y}"
    if period.kind == "day":
        return f"ngày {period.end:%d/%m/%Y}"
    if period.kind == "week":
        year, week, _ = period.start.isocalendar()
        return f"tuần {week} năm {year} ({span})"
    words = f"{_part(period)}năm {period.end.year}".replace("năm năm", "năm")
    return f"{words} ({span})" if period.kind in DECREE_KINDS else words


def _part(period: Period) -> str:
    """The part of the year; nothing for a whole one."""
    month = period.end.month
    return {
        "month": f"tháng {month} ",
        "quarter": f"quý {_ROMAN[-(-month // _MONTHS_A_QUARTER)]} ",
        "half_year": f"{_HALVES[-(-month // _MONTHS_A_HALF)]} ",
        "nine_months": "9 tháng đầu năm ",
        "year": "",
    }[period.kind.removeprefix("decree_")]
