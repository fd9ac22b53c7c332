"""The catalogue's tables: what changed is appended, what was removed is ended, loading twice changes nothing."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from resolution_monitor.catalogue.entries import Catalogue
from resolution_monitor.catalogue.names import fold
from resolution_monitor.store import queries
from resolution_monitor.store.bulk import copy_rows
from resolution_monitor.store.connect import Database
from resolution_monitor.store.load_step import LoadStep, load_step

Row = Mapping[str, Any]


def save_catalogue(database: Database, catalogue: Catalogue, now: datetime) -> int:
    """Bring the catalogue's tables up to date; the number of rows appended."""
    with load_step(database, "catalogue", now) as step:
        _save(step, "agency", "agency_id", [_agency(body) for body in catalogue.bodies.values()])
        _save(step, "agency_succession", "predecessor_id", [_succession(s) for s in catalogue.successions])
        _save(step, "indicator", "indicator_id", [_indicator(i) for i in catalogue.indicators.values()])
        return step.changed_rows


def _agency(body: Any) -> Row:
    return {
        "agency_id": body.agency_id,
        "kind": body.kind,
        "block": body.block,
        "official_code": body.official_code,
        "name_vi": body.name_vi,
        "short_vi": body.short_vi,
        "name_en": body.name_en,
        "name_norm": fold(body.name_vi),
        "valid_from": body.valid_from,
        "valid_to": body.valid_to,
        "source": body.source,
        "confidence": body.confidence,
    }


def _succession(step: Any) -> Row:
    return {
        "predecessor_id": step.predecessor,
        "successor_id": step.successor,
        "effective_on": step.effective_on,
        "source": step.source,
        "confidence": step.confidence,
    }


def _indicator(indicator: Any) -> Row:
    names = ("indicator_id", "name_vi", "name_en", "unit", "kind", "direction", "min_step", "aggregation", "frequency")
    more = ("trajectory", "source", "confidence")
    return {name: getattr(indicator, name) for name in (*names, *more)}


def _save(step: LoadStep, table: str, key: str, entries: Sequence[Row]) -> None:
    newest = {row[key]: dict(row) for row in queries.rows(step.database, step.connection, f"catalogue/newest_{table}")}
    given = {entry[key]: {**entry, "is_ended": False} for entry in entries}
    changed = [entry for name, entry in given.items() if newest.get(name) != entry]
    ended = [{**row, "is_ended": True} for name, row in newest.items() if name not in given and not row["is_ended"]]
    rows = [{**row, "recorded_at": step.recorded_at} for row in (*changed, *ended)]
    if rows:
        columns = list(rows[0])
        copy_rows(step.connection, table, columns, ([row[column] for column in columns] for row in rows))
        step.changed_rows += len(rows)
