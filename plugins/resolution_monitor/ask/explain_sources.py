"""Where a score comes from: the ledger's word, file and cell, what superseded what, and what is wrong there."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

import pandas

from resolution_monitor.ask.worked_month import Row
from resolution_monitor.ledger.states import ObligationState
from resolution_monitor.reporting.content import ValueState
from resolution_monitor.score.formulas.explained import Explained
from resolution_monitor.score.month.scores import Worked
from resolution_monitor.store import explain_rows, finding_rows
from resolution_monitor.store.connect import Database

_KEPT_ENTRIES = 12
_OF_FINDING = ("submission_id", "severity", "check_code", "sheet", "cell", "raw_value", "text_vi", "action_vi")
_NO_FIGURE = {
    ValueState.WITHHELD.value: "the body withheld the figure",
    ValueState.NOT_APPLICABLE.value: "the body says the figure does not apply",
    ValueState.NO_ACTIVITY.value: "the body says that nothing happened",
}
_PROBLEMS = {
    "NO_TARGET": "NO_TARGET: the catalogue names no target",
    "BAD_TARGET": "BAD_TARGET: the target cannot be measured (equal to the baseline, falling, or without a step)",
    "NO_BASELINE": "NO_BASELINE: the report of the first due period is missing, and no later one takes its place",
    "DEN_ZERO": "DEN_ZERO: a share of no case at all",
}
_OF_LEDGER = {
    ObligationState.NOT_DUE.value: "not due yet: its period has not opened",
    ObligationState.DUE.value: "due, and not received yet",
    ObligationState.MISSING.value: "missing: cut off, and neither received nor waived",
    ObligationState.REJECTED.value: "all that came was refused",
    ObligationState.WAIVED.value: "waived: it is neither missing nor late",
}


def sources_of(
    database: Database, worked: Worked, assignment: Row, explained: Explained, known_at: datetime | None
) -> dict[str, Any]:
    """report, no_value, source, history, versions and findings of one assignment; see ask.explain."""
    item = (str(assignment["item_kind"]), str(assignment["item_id"]))
    versions = explain_rows.versions_of(
        database, _bodies(worked, assignment["agency_id"]), item, assignment["as_at"], known_at
    )
    counted = _of_period(versions, assignment["value_on"])
    marked = [_marked(row, counted, assignment["submission_id"]) for row in rows_of(counted)]
    source = next((row for row in marked if row["standing"] == "counts"), None)
    report = _report(worked, assignment)
    return {
        "report": report,
        "no_value": _why_none(worked, assignment, explained, report),
        "source": source,
        "versions": marked,
        "findings": _findings(database, source, known_at),
        "history": _history(explained),
    }


def _bodies(worked: Worked, agency_id: str) -> list[str]:
    """The body and all it stands for on the day the period is scored."""
    return [agency_id, *sorted(worked.month.scored.names_of([agency_id]) - {agency_id})]


def _of_period(versions: pandas.DataFrame, last_day: date | None) -> pandas.DataFrame:
    return versions[versions["period_end"] == last_day]


def _marked(row: Row, rows: pandas.DataFrame, submission_id: object) -> dict[str, Any]:
    """The row with what became of it: counts, retracted, corrected within its file, or superseded by a later one."""
    same_file = rows[(rows["submission_id"] == row["submission_id"]) & (rows["recorded_at"] > row["recorded_at"])]
    if len(same_file):
        newest = same_file["recorded_at"].max()
        standing = f"corrected by a later reading of the same file ({newest.isoformat(timespec='seconds')})"
    elif row["is_retraction"]:
        standing = "retracted: what an earlier file said counts again"
    elif row["submission_id"] == submission_id:
        standing = "counts"
    else:
        standing = f"superseded by submission {submission_id}" if submission_id is not None else "does not count"
    return row | {"standing": standing}


def _report(worked: Worked, assignment: Row) -> dict[str, Any] | None:
    """The ledger's row of the period the assignment is scored at; None where nothing was owed for it."""
    ledger = worked.month.ledger
    is_it = (
        (ledger["item_kind"] == assignment["item_kind"])
        & (ledger["item_id"] == assignment["item_id"])
        & (ledger["period_end"] == assignment["as_at"])
        & (ledger["agency_id"] == assignment["agency_id"])
    )
    rows = rows_of(ledger[is_it].assign(agency_id=ledger["owed_by"]))
    names = ("agency_id", "period_name", "state", "opens_at", "due_at", "cut_off_at", "received_at")
    return {name: rows[-1][name] for name in names} if rows else None


def _why_none(worked: Worked, assignment: Row, explained: Explained, report: dict[str, Any] | None) -> Sequence[str]:
    """Sentences that say why there is no value for the as-at day; empty where there is one."""
    entries = explained.history
    told = rows_of(entries[entries["day"] == float(assignment["as_at"].toordinal())])
    entry = told[-1] if told else {}
    flags = [flag for flag in str(assignment["flags"]).split("|") if flag in _PROBLEMS]
    if entry.get("is_usable") and not _is_empty(entry) and not flags:
        return []
    reasons = [_PROBLEMS[flag] for flag in flags]
    if entry.get("is_usable"):
        return reasons
    if "value_state" in entry and entry["value_state"] in _NO_FIGURE:
        reasons.append(_NO_FIGURE[entry["value_state"]])
    if report is None:
        reasons.append("not due: the ledger holds no obligation for this period")
    elif report["state"] in _OF_LEDGER:
        reasons.append(f"{_OF_LEDGER[report['state']]} ({report['period_name']})")
    elif not told:
        reasons.append("the workbook came, without a row that could be used")
    if assignment["value_on"] is not None:
        reasons.append(f"the last value known is that of {assignment['value_on']}; m = {assignment['missed']}")
    return reasons


def _is_empty(entry: Row) -> bool:
    """A report of an indicator that came without a figure."""
    has_value = "value" not in entry or entry["value"] is not None
    return not has_value and (entry["numerator"] is None or entry["denominator"] is None)


def _history(explained: Explained) -> list[dict[str, Any]]:
    """The last entries in order of time: what was owed, where it stands, what came, and the fraction it gives."""
    names = (
        "state",
        "is_owed",
        "is_usable",
        "value",
        "numerator",
        "denominator",
        "value_state",
        "task_state",
        "done_pct",
        "submission_id",
        "cell",
    )
    rows = []
    for row, fraction in zip(rows_of(explained.history), explained.fractions, strict=True):
        told = {name: row[name] for name in names if name in row}
        rows.append({"period_end": date.fromordinal(int(row["day"])), **told, "a": plain(fraction)})
    return rows[-_KEPT_ENTRIES:]


def _findings(database: Database, source: dict[str, Any] | None, known_at: datetime | None) -> list[dict[str, Any]]:
    """What stands against the cell the value was read from, and against its file as a whole."""
    if source is None:
        return []
    found = finding_rows.standing_findings(database, submission_ids=[source["submission_id"]], known_at=known_at)
    is_near = found["sheet"].isna() | ((found["sheet"] == source["sheet"]) & (found["cell"] == source["cell"]))
    return rows_of(found.loc[is_near, list(_OF_FINDING)])


def rows_of(frame: pandas.DataFrame) -> list[Row]:
    """The rows of a table by column, each value plain."""
    return [{str(key): plain(value) for key, value in row.items()} for row in frame.to_dict("records")]


def plain(value: Any) -> Any:
    """Without the types of arrays; NaN and missing are None."""
    if value is None or (not isinstance(value, (str, list)) and pandas.isna(value)):
        return None
    if isinstance(value, pandas.Timestamp):
        return value.to_pydatetime()
    return value.item() if hasattr(value, "item") else value
