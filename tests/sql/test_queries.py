"""Statements on small tables: each case gives rows and parameters and expects rows, on every PostgreSQL there is.

A case is a folder `<stage>__<query>/<case>/` with `given.yaml` and `expect.yaml`; what is not given takes a default.
Cases of `versions__<query>__<table>` are about the statement written out for this table, and of `staged_<table>`.
"""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from resolution_monitor.pipeline import Context
from resolution_monitor.store import queries
from resolution_monitor.store.grains import GRAINS

EVERY_SERVER = True

HERE = Path(__file__).parent
CASES = sorted(path.parent for path in HERE.glob("*/*/given.yaml"))
DAY = "2026-01-{:02}T00:00:00+00:00"

DEFAULTS: dict[str, dict[str, Any]] = {
    "submission": {
        "sender_id": "BTC",
        "channel": "inbox",
        "file_name": "a.xls",
        "size_bytes": 1,
        "recorded_at": DAY.format(1),
    },
    "value": {
        "agency_id": "T01",
        "indicator_id": "NS.01",
        "period_kind": "year",
        "period_end": "2013-12-31",
        "raw_text": "1",
        "printed_name": "HÀ NỘI",
        "form": "revenue_final",
        "sheet": "M09",
        "cell": "C1",
    },
}
DEFAULTS["observation"] = {**DEFAULTS["value"], "value_state": "reported", "explanation": "", "is_retraction": False}
DEFAULTS["target"] = {**DEFAULTS["value"], "is_retraction": False}
DEFAULTS["submission_state"] = {
    "state": "accepted",
    "periods": ["2026-10"],
    "is_demonstration": False,
    "is_report": True,
    "recorded_at": DAY.format(1),
}
DEFAULTS["answer"] = {}
DEFAULTS["finding"] = {
    "scope": "file",
    "check_code": "not-a-number",
    "severity": "warn",
    "details": "{}",
    "action_vi": "x",
    "fingerprint": "x",
    "is_withdrawn": False,
    "recorded_at": DAY.format(1),
}
DEFAULTS["waiver"] = {
    "agency_id": "BYT",
    "item_kind": "report",
    "item_id": "report",
    "period_name": "2026-10",
    "reason": "x",
    "author": "An",
    "is_withdrawn": False,
}
DEFAULTS["reopening"] = {"reason": "x", "author": "An"}
DEFAULTS["retraction"] = {
    "item_kind": "report",
    "item_id": "report",
    "reason": "x",
    "author": "An",
    "is_withdrawn": False,
}
DEFAULTS["baseline_decision"] = {
    "agency_id": "BYT",
    "reason": "x",
    "author": "An",
    "is_withdrawn": False,
}
DEFAULTS["obligation"] = {
    **{name: DEFAULTS["waiver"][name] for name in ("agency_id", "item_kind", "item_id", "period_name")},
    "period_kind": "month",
    "period_end": "2026-10-31",
    "calendar": "month",
    "opens_at": DAY.format(2),
    "due_at": DAY.format(10),
    "cut_off_at": DAY.format(11),
    "closes_at": DAY.format(28),
    "weight": 1,
    "is_weight_assumed": True,
    "is_ended": False,
    "recorded_at": DAY.format(1),
}
DEFAULTS["task_report"] = {
    "agency_id": "BYT",
    "task_id": "72-T01",
    "period_kind": "month",
    "period_end": "2026-10-31",
    "state": "under_way",
    "done_pct": 50,
    "product": "",
    "note": "",
    "evidence": "",
    "sheet": "Nhiệm vụ",
    "cell": "E6",
    "is_retraction": False,
}
DEFAULTS["obstacle"] = {
    "agency_id": "BYT",
    "period_kind": "month",
    "period_end": "2026-10-31",
    "number": 1,
    "kind": "data",
    "text": "x",
    "is_resolved": False,
    "sheet": "Vướng mắc",
    "cell": "D6",
    "is_retraction": False,
}
DEFAULTS["request"] = {
    "agency_id": "BYT",
    "period_kind": "month",
    "period_end": "2026-10-31",
    "number": 1,
    "kind": "recommendation",
    "text": "x",
    "cost_of_delay": "",
    "sheet": "Đề nghị",
    "cell": "D6",
    "is_retraction": False,
}
DEFAULTS["arrival"] = {
    "sender_id": "BYT",
    "file_name": "a.xlsx",
    "size_bytes": 1,
    "modified_at": DAY.format(1),
    "received_at": DAY.format(1),
    "submission_id": 1,
    "version": 1,
    "recorded_at": DAY.format(1),
}
DEFAULTS["staged_arrival"] = {
    **{name: value for name, value in DEFAULTS["arrival"].items() if name not in ("version", "recorded_at")},
    "position": 1,
}
DEFAULTS["scoring_run"] = {
    "report": "resolutions_month",
    "period_kind": "month",
    "period_end": "2026-10-31",
    "rules_version": "x",
    "catalogue_sha256": "x",
    "known_at": DAY.format(1),
    "recorded_at": DAY.format(1),
}
DEFAULTS["assignment_part"] = {
    "item_kind": "task",
    "item_id": "72-T01",
    "agency_id": "BYT",
    "resolution": "72",
    "as_at": "2026-10-31",
    "is_due_assumed": False,
    "sort_key": 0,
    "flags": "",
    "missed": 0,
    "owed_total": 0,
    "confidence": "high",
    "is_proxy": False,
    "weight": 1,
}
DEFAULTS["forecast"] = {
    **{name: DEFAULTS["assignment_part"][name] for name in ("item_kind", "item_id", "agency_id")},
    "kind": "task",
    "made_on": "2026-09-30",
    "due_on": "2026-12-31",
    "method": "reference_class",
    "way": "as_made",
    "horizon": 90,
    "chance_made": 0.5,
    "band": "watch",
    "is_percentage": False,
    "status": "GREEN",
}
DEFAULTS["screen_question"] = {
    "place": 1,
    "screen": "without_evidence",
    "agency_id": "BYT",
    "item_kind": "task",
    "item_id": "72-T01",
    "question": "x",
    "statistic": 100,
    "chance": 0,
    "false_share": 0,
    "false_alarm_rate": 0,
    "is_asked": True,
    "needs_verification": False,
    "reply_until": "2026-11-27",
}
DEFAULTS["screen_reply"] = {"text": "x", "author": "An"}
DEFAULTS["document_verification"] = {
    "agency_id": "BYT",
    "item_id": "57-T01/BYT",
    "document": "1/QĐ",
    "source": "x",
    "author": "An",
}
DEFAULTS["verification"] = {
    "agency_id": "BYT",
    "indicator_id": "72.04",
    "period_kind": "month",
    "period_end": "2026-10-31",
    "period_name": "2026-10",
    "source": "x",
    "author": "An",
}


def insert(connection: Any, table: str, row: dict[str, Any]) -> None:
    whole = {**DEFAULTS.get(table, {}), **row}
    versioned = table.removeprefix("staged_")
    if versioned != table and versioned in GRAINS:
        staged = {"submission_id": 1, **DEFAULTS.get(versioned, {}), **row}
        whole = {column: staged.get(column) for column in GRAINS[versioned].columns}
    if table == "submission":
        whole.setdefault("sha256", f"{whole['submission_id']:064x}")
    names = ", ".join(whole)
    places = ", ".join(f"%({name})s" for name in whole)
    connection.exec_driver_sql(f"insert into {table} ({names}) overriding system value values ({places})", whole)


@pytest.mark.parametrize("case", CASES, ids=lambda path: f"{path.parent.name}-{path.name}")
def test_query(context: Context, case: Path):
    """
    The statement gives, or leaves behind, exactly the expected rows.
    """
    given = yaml.safe_load((case / "given.yaml").read_text(encoding="utf-8"))
    expect = yaml.safe_load((case / "expect.yaml").read_text(encoding="utf-8"))
    name = case.parent.name.replace("__", "/")

    with context.database.transaction() as connection:
        if "staged_arrival" in given:
            queries.execute(context.database, connection, "collect/create_arrival_staging")
        if name.startswith("versions/"):
            queries.execute(context.database, connection, f"versions/stage/{name.rpartition('/')[2]}")
        for table, table_rows in given.items():
            for row in table_rows if table != "parameters" else ():
                insert(connection, table, row)
        if "after" in expect:
            queries.execute(context.database, connection, name, **given["parameters"])
            got = [dict(row) for row in connection.exec_driver_sql(expect["after"]).mappings()]
        else:
            got = queries.rows(context.database, connection, name, **given["parameters"])

    shown = [{key: _plain(row[key]) for key in expect["columns"]} for row in got]
    assert expect["rows"] == [list(row.values()) for row in shown]


def _plain(value: Any) -> Any:
    return float(value) if hasattr(value, "as_tuple") else value if isinstance(value, (bool, int)) else str(value)


def test_whoever_is_scored_anew_is_found_in_every_table():
    """
    A table that the scores depend on is looked at, too, when it is asked whose scores may have changed.
    """
    folder = Path(__file__).parents[2] / "sql" / "queries" / "score"
    looked_at = {
        name: set(re.findall(r"\b(?:from|join)\s+(\w+)", (folder / f"{name}.sql").read_text(encoding="utf-8")))
        for name in ("newest_input", "touched_bodies")
    }

    # A run goes on only from one under the same catalogue: its entries cannot have changed between the two.
    names = {"latest", "final", "indicator"}
    assert set() == looked_at["newest_input"] - looked_at["touched_bodies"] - names
