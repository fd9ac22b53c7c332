"""A snapshot as text and back, so that a page can be made without a database: one row of a frame a line.

The first line holds everything but the rows; frames follow in the order they stand there. A column in which every row
says the same is written once.
"""

import dataclasses
import json
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from itertools import islice
from typing import Any

import numpy as np
import pandas

from resolution_monitor.brief.kinds import AnySnapshot
from resolution_monitor.brief.resolution_snapshot import ResolutionSnapshot, Standing
from resolution_monitor.brief.snapshot import Snapshot
from resolution_monitor.catalogue.entries import Catalogue
from resolution_monitor.period import Period, parse_period
from resolution_monitor.score.budget import PeriodScores
from resolution_monitor.score.month.frames import ResolutionScores

_NOUNS = {noun.__name__: noun for noun in (Snapshot, ResolutionSnapshot, Standing, ResolutionScores, PeriodScores)}


def as_text(snapshot: AnySnapshot) -> str:
    """Everything but the catalogue, which the reader brings."""
    rows: list[str] = []
    head = _written(snapshot, rows)
    return "\n".join([_json(head), *rows, ""])


def from_text(text: str, catalogue: Catalogue) -> AnySnapshot:
    """What `as_text` wrote, under the catalogue of now."""
    lines = iter(text.splitlines())
    snapshot: AnySnapshot = _read(json.loads(next(lines)), lines, catalogue)
    return snapshot


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _written(value: Any, rows: list[str]) -> Any:
    """Plain JSON for a value; what JSON has no word for is an object with one key that begins with $."""
    if isinstance(value, pandas.DataFrame):
        return {"$frame": _frame(value, rows)}
    if isinstance(value, Period):
        return {"$period": value.name}
    if isinstance(value, Catalogue):
        return {"$catalogue": ""}
    if dataclasses.is_dataclass(value):
        fields = {field.name: _written(getattr(value, field.name), rows) for field in dataclasses.fields(value)}
        return {f"${type(value).__name__}": fields}
    return _cell(value)


def _cell(value: Any) -> Any:
    if value is pandas.NaT:
        return {"$at": ""}
    if isinstance(value, datetime):
        return {"$at": value.isoformat()}
    if isinstance(value, date):
        return {"$on": value.isoformat()}
    if isinstance(value, Decimal):
        return {"$decimal": str(value)}
    return value.item() if isinstance(value, np.generic) else value


def _frame(frame: pandas.DataFrame, rows: list[str]) -> dict[str, Any]:
    columns: dict[str, Any] = {}
    varied: list[list[Any]] = []
    for name in frame.columns:
        cells = [_cell(value) for value in frame[name]]
        texts = {_json(cell) for cell in cells}
        columns[str(name)] = [str(frame[name].dtype), *(cells[:1] if len(texts) == 1 else [])]
        if len(texts) > 1:
            varied.append(cells)
    written = [_json(list(row)) for row in zip(*varied, strict=True)] or ["[]"] * len(frame)
    rows.extend(written)
    return {"size": len(frame), "columns": columns}


def _read(value: Any, lines: Iterator[str], catalogue: Catalogue) -> Any:
    if not isinstance(value, dict) or len(value) != 1:
        return value
    (key, inner), *_ = value.items()
    if key == "$frame":
        return _read_frame(inner, lines)
    if key == "$period":
        return parse_period(inner)
    if key == "$catalogue":
        return catalogue
    if key.startswith("$") and key[1:] in _NOUNS:
        return _NOUNS[key[1:]](**{name: _read(one, lines, catalogue) for name, one in inner.items()})
    return _read_cell(value)


def _read_cell(cell: Any) -> Any:
    if not isinstance(cell, dict) or len(cell) != 1:
        return cell
    (key, inner), *_ = cell.items()
    if key == "$at":
        return datetime.fromisoformat(inner) if inner else pandas.NaT
    if key == "$on":
        return date.fromisoformat(inner)
    return Decimal(inner) if key == "$decimal" else cell


def _read_frame(frame: dict[str, Any], lines: Iterator[str]) -> pandas.DataFrame:
    size, columns = frame["size"], frame["columns"]
    rows = [json.loads(line) for line in islice(lines, size)]
    varied = iter(zip(*rows, strict=True)) if rows else iter(())
    read: dict[str, pandas.Series] = {}
    for name, (dtype, *same) in columns.items():
        cells = same * size if same or not size else next(varied)
        read[name] = pandas.Series([_read_cell(cell) for cell in cells], dtype=dtype)
    return pandas.DataFrame(read, columns=list(columns), index=range(size))
