"""Tables on the terminal, as CSV or as JSON: the same columns in the same order everywhere."""

import json
import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from rich.cells import cell_len
from rich.console import Console
from rich.table import Table
from rich.text import Text

from resolution_monitor.formula_text import marked_text
from resolution_monitor.wording import SIGN, WHOLE, Limit, decimals_within, number

if TYPE_CHECKING:
    import pandas

# Column -> the values across which it rounds no number; others round none to nothing, and no share to all.
ColumnLimits = Mapping[str, Sequence[Limit]]

PERCENT_DECIMALS = 4
# Where no terminal says how wide it is.
WIDTH_OF_A_PIPE = 140
_PERCENT_DECIMALS_SHOWN = 2
# On the terminal only: CSV and JSON keep the names of their columns.
_HEADINGS = {
    "indicator": "ind.",
    "attainment_raw_pct": "raw %",
    "attainment_pct": "counted",
    "without_data_pct": "no data %",
    "assignments_total": "assignments",
    "overdue_count": "overdue",
    "red_count": "red",
    "no_data_count": "no data",
    "composite_low": "C low",
    "composite_high": "C high",
    "progress_low": "D",
    "timeliness_low": "S",
    "reporting": "R",
    "reports_missing": "missing",
    "completeness_pct": "filled %",
    "timeliness_pct": "in time %",
    "assigned": "given",
    "done_on_time": "done in time",
    "done_late": "done late",
    "open_in_time": "open in time",
    "open_overdue": "open overdue",
    "done_of_assigned_pct": "% of given",
    "done_of_due_pct": "% of due",
    "tier_vi": "tier",
    "rank_low": "from",
    "rank_high": "to",
    "group_size": "of",
    "on_time_pct": "on time %",
}
# Columns that hold names and no codes.
_FLEXIBLE, _NARROWEST = frozenset({"name", "item", "agency"}), 12
_LINE_ENDS = re.compile("\r\n?")


class Format(StrEnum):
    """How an answer is written."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"


def write(
    frame: "pandas.DataFrame", form: Format, console: Console, *, if_empty: str, limits: ColumnLimits | None = None
) -> None:
    """
    Write a frame to the console's file; percentages carry four decimals (two in a table), more where a limit is near.

    Args:
        if_empty: Why there is no row, in a sentence: an empty answer alone could be good news or none at all. CSV and
            JSON stay what they are; beside them it goes to the terminal's other channel.
    """
    said = limits or {}
    if frame.empty:
        (console if form is Format.TABLE else Console(stderr=True, highlight=False)).print(if_empty, markup=False)
        if form is Format.TABLE:
            return
    plain = frame.apply(lambda column: column.map(lambda value: _plain(value, str(column.name), said)))
    # A column in which nothing is known becomes NaN on the way, which JSON does not know.
    plain = plain.astype(object).where(plain.notna(), None)
    if form is Format.CSV:
        safe = plain.apply(lambda column: column.map(_kept_text))
        console.file.write(safe.to_csv(index=False, lineterminator="\n"))
    elif form is Format.JSON:
        console.file.write(json.dumps(plain.to_dict("records"), ensure_ascii=False, indent=1) + "\n")
    else:
        table, width = _table(plain, console.width, said)
        # Where even the shortest names leave no room, the terminal folds the line: a code that is cut is another code.
        console.width = max(width, console.width)
        console.print(table)


def _plain(value: Any, column: str, said: ColumnLimits) -> Any:
    if value is None or (isinstance(value, float) and value != value):
        return None
    if isinstance(value, Decimal):
        value = float(value)
    if isinstance(value, float):
        return round(value, _decimals(value, column, PERCENT_DECIMALS if column.endswith("_pct") else 6, said))
    return value


def _kept_text(value: Any) -> Any:
    # A carriage return is quoted by no writer of ours here, and begins a row of its own for who reads.
    return marked_text(_LINE_ENDS.sub("\n", value)) if isinstance(value, str) else value


def _decimals(value: float, column: str, least: int, said: ColumnLimits) -> int:
    limits = (*SIGN, *(WHOLE if column.endswith("_pct") else ()), *said.get(column, ()))
    return decimals_within(Decimal(repr(value)), least, limits)


def _table(frame: "pandas.DataFrame", width: int, said: ColumnLimits) -> tuple[Table, int]:
    """One line a row: names give way where the terminal is narrow, codes and numbers never do; its least width."""
    if frame.columns.isin(["code", "indicator"]).sum() == 2 and frame["code"].equals(frame["indicator"]):
        frame = frame.drop(columns="indicator")  # of the nation each row is its indicator
    table = Table(box=None, header_style="bold", pad_edge=False, padding=(0, 1, 0, 0))
    shown = {str(name): [_shown(value, str(name), said) for value in frame[name]] for name in frame.columns}
    widths = {name: max(map(cell_len, [_heading(name), *texts])) for name, texts in shown.items()}
    widths = _given_way(widths, width - len(widths))
    for name in shown:
        is_number = frame[name].map(lambda value: isinstance(value, float)).any()
        table.add_column(
            _heading(name),
            justify="right" if is_number else "left",
            no_wrap=True,
            overflow="ellipsis",
            width=widths[name],
        )
    for texts in zip(*shown.values(), strict=True):
        table.add_row(*map(Text, texts))
    return table, sum(widths.values()) + len(widths)


def _given_way(widths: dict[str, int], room: int) -> dict[str, int]:
    """Names become as short as there is room, the longest first, and never shorter than one can read."""
    given = dict(widths)
    for name in sorted(_FLEXIBLE & widths.keys(), key=lambda name: -widths[name]):
        beyond = sum(given.values()) - room
        given[name] = min(given[name], max(given[name] - beyond, _NARROWEST))
    return given


def _heading(column: str) -> str:
    return _HEADINGS.get(column, column)


def _shown(value: Any, column: str, said: ColumnLimits) -> str:
    if value is None or value != value:
        return ""
    if isinstance(value, float):
        least = _PERCENT_DECIMALS_SHOWN if column.endswith("_pct") else 0
        return number(Decimal(repr(value)), _decimals(value, column, least, said))
    return str(value)
