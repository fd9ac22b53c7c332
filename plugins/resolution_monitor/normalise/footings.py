"""Rows of a table that answer nothing: signatures, totals, numbers of columns."""

import re

from resolution_monitor.catalogue.names import fold
from resolution_monitor.normalise.report_cells import RowCells
from resolution_monitor.normalise.report_tables import is_empty
from resolution_monitor.normalise.values import text_of
from resolution_monitor.reporting import layout

_COLUMN_NUMBER = re.compile(r"\(?(?:\d{1,2}|[A-Z])\)?(?:=.*)?")
_FEWEST_NUMBERED = 3
# How the rows below a table begin: signatures, places and days, recipients, totals, remarks.
_BELOW = re.compile(
    r"(?:nguoi (?:lap|ky|tong hop|bao cao|kiem tra)|thu truong|lanh dao|ky ten|ky ghi ro|xac nhan|noi nhan|tm|kt|tl|tuq"
    r"|giam doc|pho giam doc|chanh van phong|bo truong|thu truong|chu tich|pho chu tich|cuc truong|vu truong"
    r"|tong cong|tong so|tong|cong|ghi chu|luu y|het)\b|.*\bngay\b.*\bthang\b.*\bnam\b"
)
_LONGEST, _LONGEST_OF_REMARKS = 120, 40  # letters of such a row; a remark may begin with the same words
_TOTAL = re.compile(r"(?:tong|tong so|tong cong|cong|binh quan|trung binh|ca nuoc)")
_LIKE_CODE = re.compile(r"\s*\d{2}\s*[.,\-–_ ]\s*[\dTt]")
_STATES = {
    fold(word) for words in (layout.VALUE_STATES, layout.TASK_STATES, layout.SCHEDULES) for word in words.values()
}
_FIGURES = ("value", "numerator", "denominator", "done_pct")
# What a body fills in, by table: a row that holds none of it answers nothing.
_ANSWERS = {
    layout.INDICATORS: ("value", "state", "numerator", "denominator"),
    layout.TASKS: ("state", "schedule", "done_pct", "done_on", "product"),
}


def is_footing(cells: RowCells, key: str) -> bool:
    """Whether a row is no answer: without a code and without figures, a signature, a total, numbers of columns."""
    texts = _texts(cells)
    if _numbers_columns(texts):
        return True
    code = cells.text(key)
    if code and not _LIKE_CODE.match(code) and cells.is_blank(*_ANSWERS.get(cells.table.name, ())):
        return True
    if code and not (_BELOW.match(fold(code)) and not any(map(str.isdigit, code.split()[0]))):
        return False
    if _holds_figure(cells):
        return any(_TOTAL.fullmatch(fold(text)) for text in texts)
    is_unanswered = cells.is_blank(*_ANSWERS.get(cells.table.name, ())) or _is_name_below(cells, key)
    return _is_below(texts, _LONGEST) or (not code and is_unanswered)


def is_below_remarks(cells: RowCells) -> bool:
    """The same for a table of remarks, whose rows have no code: a kind is chosen in every row that says something."""
    texts = _texts(cells)
    return _numbers_columns(texts) or (cells.is_blank("kind") and _is_below(texts, _LONGEST_OF_REMARKS))


def _is_name_below(cells: RowCells, key: str) -> bool:
    """Whether a row below all items says nothing but words that are no answer: who signed, in whatever column."""
    table = cells.table
    below = range(cells.row, len(table.sheet.rows))
    words = {fold(cells.text(field)) for field in ("state", "schedule")}
    return not words & _STATES and not any(_LIKE_CODE.match(text_of(table.held(row, key))) for row in below)


def _texts(cells: RowCells) -> list[str]:
    return [text_of(held) for held in cells.all_held() if not is_empty(held)]


def _numbers_columns(texts: list[str]) -> bool:
    return len(texts) >= _FEWEST_NUMBERED and all(map(_COLUMN_NUMBER.fullmatch, texts))


def _is_below(texts: list[str], longest: int) -> bool:
    return any(_BELOW.match(fold(text)) for text in texts if len(text) <= longest)


def _holds_figure(cells: RowCells) -> bool:
    """Whether a column of numbers holds a digit: a figure is never left out for the words beside it."""
    return any(any(map(str.isdigit, cells.text(field))) for field in _FIGURES)
