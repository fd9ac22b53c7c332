"""Why is a score what it is: the way from the score back to the cell, by the rules and rows that made it."""

from datetime import datetime
from typing import Any

from resolution_monitor.ask.baselines import told_again
from resolution_monitor.ask.calibrated_forecasts import forecast_of_assignment
from resolution_monitor.ask.explain_day import day_of_product
from resolution_monitor.ask.explain_sources import plain, rows_of, sources_of
from resolution_monitor.ask.explain_steps import status_line, steps_of
from resolution_monitor.ask.explain_weights import weights_of
from resolution_monitor.ask.worked_month import Row, assignment_of, explained_assignment, require_item, worked_month
from resolution_monitor.catalogue.entries import Catalogue, Indicator, Revision, Target, Task
from resolution_monitor.catalogue.rule_entries import SYSTEM_DEFAULT, SYSTEM_DEFAULT_VI
from resolution_monitor.period import Period
from resolution_monitor.score.month.scores import Worked
from resolution_monitor.score.version import rules_version
from resolution_monitor.store import explain_rows
from resolution_monitor.store.connect import Database

_RESULT = (
    *("status", "last_status", "flags", "missed", "owed_total", "progress_low", "progress_high", "timeliness_low"),
    *("timeliness_high", "attainment_pct", "expected_fraction", "lag_days", "overdue_days"),
)
_POINTS = ("status", "progress_low", "progress_high", "timeliness_low", "timeliness_high")
_TOLERANCE = 1e-6


def explain(
    database: Database,
    catalogue: Catalogue,
    period: Period,
    *,
    agency_id: str,
    item_id: str,
    known_at: datetime | None = None,
) -> dict[str, Any]:
    """
    Everything one score hangs on, as known at a time; None sees everything.

    Returns:
        subject, result, forecast (of calibrated_forecasts), status_line, first_figure (ask.baselines; None where it is
        no baseline, or was told once), steps, day (explain_day.day_of_product), weights, rules, entry, report (the
        ledger's row and why there is no value), source (file, sheet, cell, text), history, versions, findings, stored.
        Numbers as the rules gave them; days and moments are dates and aware datetimes; None is what is not known.

    Raises:
        LedgerError: There is no such body or item, or the body has no part in it.
        NothingToReportError: Nothing was known of the period then.
    """
    require_item(catalogue, agency_id, item_id)
    worked = worked_month(database, catalogue, period, known_at)
    assignment = assignment_of(worked, item_id, agency_id)
    explained = explained_assignment(worked, assignment)
    return {
        "subject": _subject(worked, assignment, agency_id),
        "result": {name: plain(assignment[name]) for name in _RESULT},
        "forecast": forecast_of_assignment(database, worked, assignment, known_at),
        "status_line": status_line(explained, assignment, worked.month.limits),
        "first_figure": _first_figure(worked, assignment),
        "steps": steps_of(explained, worked.month.limits),
        "day": day_of_product(worked, assignment),
        "weights": weights_of(worked, assignment),
        "rules": _rules(worked),
        "entry": _entry(database, worked, assignment, known_at),
        **sources_of(database, worked, assignment, explained, known_at),
        "stored": _stored(database, period, assignment, known_at),
    }


def _first_figure(worked: Worked, assignment: Row) -> dict[str, Any] | None:
    """What was told of a first figure after it froze, with the score that the other figure would give."""
    rows = told_again(worked.month, worked.indicators)
    is_it = (rows["item_id"] == assignment["item_id"]) & (rows["agency_id"] == assignment["agency_id"])
    return next(iter(rows_of(rows[is_it])), None)


def _subject(worked: Worked, assignment: Row, asked_agency: str) -> dict[str, Any]:
    catalogue = worked.month.catalogue
    entry = _written_entry(catalogue, assignment)
    return {
        "item_kind": assignment["item_kind"],
        "item_id": assignment["item_id"],
        "item_vi": entry.name_vi,
        "agency_id": assignment["agency_id"],
        "agency_vi": catalogue.bodies[assignment["agency_id"]].short_vi,
        "asked_agency_id": asked_agency,
        "resolution": assignment["resolution"],
        "unit": entry.unit if isinstance(entry, Indicator) else None,
        "period": worked.month.period.name,
        "as_at": assignment["as_at"],
        "scored_at": worked.month.moment,
        "known_at": worked.month.known_at,
    }


def _written_entry(catalogue: Catalogue, assignment: Row) -> Indicator | Task:
    return catalogue.indicators.get(assignment["item_id"]) or catalogue.tasks[assignment["item_id"]]


def _rules(worked: Worked) -> dict[str, Any]:
    """The versions the score is pinned to, and whose the thresholds are."""
    month = worked.month
    begun = [one for one in month.catalogue.rule_settings if one.since <= month.day]
    ours = [one.setting for one in begun if one.confidence == SYSTEM_DEFAULT]
    return {
        "rules_version": rules_version(),
        "catalogue_sha256": month.catalogue.sha256,
        "settings_total": len({one.setting for one in begun}),
        "settings_of_ours": len(set(ours)),
        "settings_note": SYSTEM_DEFAULT_VI,
    }


def _entry(database: Database, worked: Worked, assignment: Row, known_at: datetime | None) -> dict[str, Any]:
    """What the catalogue asks for, where it has that from, and when it was loaded."""
    entry = _written_entry(worked.month.catalogue, assignment)
    versions = explain_rows.entry_versions(database, assignment["item_id"], known_at)
    common = {
        "source": entry.source,
        "confidence": entry.confidence,
        "assumed": list(entry.assumed),
        "weight": entry.weight,
        "versions": rows_of(versions),
    }
    ranked = {"ranking_since": assignment["ranking_since"]}
    return common | ranked | (_of_indicator(entry) if isinstance(entry, Indicator) else _of_task(entry))


def _of_indicator(entry: Indicator) -> dict[str, Any]:
    baseline = entry.baseline
    return {
        "kind": entry.kind,
        "direction": entry.direction,
        "trajectory": entry.trajectory,
        "frequency": entry.frequency,
        "publication_lag_days": entry.publication_lag_days,
        "min_step": entry.min_step,
        "t0": entry.t0,
        "targets": [_target(one) for one in entry.targets],
        "revisions": [_revision(one) for one in entry.revisions],
        "baseline": None
        if baseline is None
        else {
            "value": float(baseline.value),
            "as_at": baseline.as_at,
            "source": baseline.source,
            "confidence": baseline.confidence,
        },
    }


def _revision(revision: Revision) -> dict[str, Any]:
    stated = {name: getattr(revision, name) for name in ("revised_on", "document", "approved_by", "is_approved")}
    return {**stated, "targets": [_target(one) for one in revision.targets]}


def _target(target: Target) -> dict[str, Any]:
    numbers = {name: getattr(target, name) for name in ("value", "low", "high")}
    written = {name: None if number is None else float(number) for name, number in numbers.items()}
    return {"year": target.year, "operator": target.operator, **written}


def _of_task(entry: Task) -> dict[str, Any]:
    return {"kind": "task", "due_on": entry.due_on, "is_due_assumed": entry.is_due_assumed, "product": entry.product}


def _stored(database: Database, period: Period, assignment: Row, known_at: datetime | None) -> list[dict[str, Any]]:
    """Runs that stored this assignment, and whether they say what is said here."""
    rows = explain_rows.stored_assignment(database, period, assignment["item_id"], assignment["agency_id"], known_at)
    made = {name: plain(assignment[name]) for name in _POINTS}
    return [row | {"is_same": all(_is_same(row[name], made[name]) for name in _POINTS)} for row in rows_of(rows)]


def _is_same(stored: Any, made: Any) -> bool:
    if isinstance(stored, float) and isinstance(made, float):
        return abs(stored - made) <= _TOLERANCE
    return bool(stored == made)
