"""Tables on the terminal, as CSV or as JSON: the same columns in the same order everywhere."""

import json
from decimal import Decimal
from enum import StrEnum
from typing import Any

import pandas
from rich.console import Console
from rich.table import Table

from resolution_monitor.wording import number

PERCENT_DECIMALS = 4


class Format(StrEnum):
    """How an answer is written."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"


def write(frame: pandas.DataFrame, form: Format, console: Console) -> None:
    """Write a frame to the console's file; percentages carry four decimals, other numbers all they have."""
    plain = frame.apply(lambda column: column.map(lambda value: _plain(value, column.name)))
    if form is Format.CSV:
        console.file.write(plain.to_csv(index=False, lineterminator="\n"))
    elif form is Format.JSON:
        console.file.write(json.dumps(plain.to_dict("records"), ensure_ascii=False, indent=1) + "\n")
    else:
        console.print(_table(plain))


def _plain(value: Any, column: Any) -> Any:
    if value is None or (isinstance(value, float) and pandas.isna(value)):
        return None
    if isinstance(value, Decimal):
        value = float(value)
    if isinstance(value, float):
        return round(value, PERCENT_DECIMALS if str(column).endswith("_pct") else 6)
    return value


def _table(frame: pandas.DataFrame) -> Table:
    table = Table(box=None, header_style="bold", pad_edge=False)
    for column in frame.columns:
        is_number = frame[column].map(lambda value: isinstance(value, float)).any()
        table.add_column(str(column), justify="right" if is_number else "left", overflow="fold")
    for row in frame.to_dict("records"):
        table.add_row(*(_shown(value, str(column)) for column, value in row.items()))
    return table


def _shown(value: Any, column: str) -> str:
    if value is None or value != value:
        return ""
    if isinstance(value, float):
        return number(Decimal(repr(value)), PERCENT_DECIMALS if column.endswith("_pct") else 0)
    return str(value)
