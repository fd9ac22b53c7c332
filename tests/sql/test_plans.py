"""What a day's work asks never walks through a whole history: for every way there is an index."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from conftest import new_settings

from resolution_monitor.settings import PROJECT_ROOT
from resolution_monitor.store import embedded
from resolution_monitor.store.connect import Database, database
from resolution_monitor.store.roles import as_owner

# What grows with every day, by the year.
HISTORY = {"observation", "task_report", "obligation", "submission", "submission_state", "arrival"}
KNOWN_AT = "2026-11-12T00:00:00+00:00"
MONTH = {"period_names": ["2026-10"], "kinds": ["month"], "ends": ["2026-10-31"]}
SINCE = {"since": "2026-11-11T00:00:00+00:00", "until": KNOWN_AT, "seen_at": KNOWN_AT}
ASKED: dict[str, dict[str, Any]] = {
    "ledger/obligations_as_known": MONTH,
    "ledger/values_as_known": MONTH,
    "ledger/files_as_known": MONTH,
    "ledger/closed_answers": {"submission_ids": [1, 2]},
    "ledger/retractable": {"submission_id": 1},
    "ledger/first_end_told": {"since": "2026-11-11T00:00:00+00:00", "item_ids": ["72.04"]},
    "normalise/submissions_to_read": {"catalogue_sha256": "x", "submission_ids": [1, 2]},
    "score/newest_input": {"last_day": "2026-10-31"},
    "score/touched_bodies": {"last_day": "2026-10-31", **SINCE},
    "score/corrections_as_known": {"last_day": "2026-10-31", "since": "2025-11-11T00:00:00+00:00"},
    "brief/daily_values_as_known": {"days": ["2026-10-30", "2026-10-31"]},
}


ANSWERED = PROJECT_ROOT / "bench" / "growth_history.sql"
OWED = """
    insert into obligation (
        agency_id, item_kind, item_id, period_name, period_kind, period_end, calendar, opens_at, due_at, cut_off_at,
        closes_at, is_ended, recorded_at
    )
    select
        bodies.agency_id, items.item_kind, items.item_id, to_char(month, 'YYYY-MM'), 'month',
        (month + interval '1 month' - interval '1 day')::date, 'month', month + interval '1 month',
        month + interval '40 days', month + interval '41 days', month + interval '400 days', false, '2021-01-01'
    from
        generate_series(timestamptz '2021-11-01', timestamptz '2026-10-01', interval '1 month') as month
    cross join (select distinct agency_id from agency order by 1 limit 60) as bodies
    cross join (
        (select distinct 'indicator' as item_kind, indicator_id as item_id from indicator order by 2 limit 10)
        union all
        (select distinct 'task', task_id from task order by 2 limit 5)
    ) as items
"""
# Hold the few rows that they are about, and no history.
SMALL_INDEXES = {"arrival_returned_idx", "arrival_returned_at_idx"}


def nodes(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """All of a plan but what ends with its first row."""
    yield plan
    for part in plan.get("Plans", []) if plan["Node Type"] != "Limit" else []:
        yield from nodes(part)


def walks(node: dict[str, Any]) -> bool:
    """Whether it reads all of a table: one row after the other, or along an index without looking anything up."""
    is_looked_up = any(node.get(name) for name in ("Index Cond", "Recheck Cond"))
    is_small = node.get("Index Name") in SMALL_INDEXES or "Bitmap" in node["Node Type"]
    return node.get("Relation Name") in HISTORY and not is_looked_up and not is_small


@pytest.fixture(scope="module")
def years(server: embedded.ServerPlace, prepared: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """Five years of what is owed and answered: enough for the planner to tell a walk from a look."""
    settings = new_settings(server, tmp_path_factory.mktemp("years"), template=prepared)
    with database(settings) as opened, opened.transaction() as connection:
        as_owner(connection)
        connection.exec_driver_sql(OWED)
        with connection.connection.cursor() as cursor:
            for statement in ANSWERED.read_text(encoding="utf-8").split(";\n"):
                if statement.strip():
                    cursor.execute(statement, {"until": KNOWN_AT, "catalogue_sha256": "x"})
        connection.exec_driver_sql("analyze")
    with database(settings) as opened:
        yield opened


def plan_of(years: Database, name: str) -> dict[str, Any]:
    """How a statement is answered where walking is made as dear as possible."""
    statement = (years.statements / f"{name}.sql").read_text(encoding="utf-8")
    with years.transaction() as connection:
        connection.exec_driver_sql("set local enable_seqscan = off")
        connection.exec_driver_sql("set local enable_hashjoin = off")
        connection.exec_driver_sql("set local enable_mergejoin = off")
        told = connection.exec_driver_sql(
            f"explain (format json) {statement}", {"known_at": KNOWN_AT, **ASKED[name]}
        ).scalar_one()
    plan: list[dict[str, Any]] = told if isinstance(told, list) else json.loads(told)
    return plan[0]["Plan"]


@pytest.mark.parametrize("name", ASKED)
def test_no_walk_through_history(years: Database, name: str):
    """
    With walking made as dear as possible the planner finds another way for every table that holds a history.
    """
    walked = [
        f"{node['Node Type']} {node.get('Index Name')} of {node['Relation Name']}"
        for node in nodes(plan_of(years, name))
        if walks(node)
    ]

    assert [] == walked


def test_what_is_newest_is_the_end_of_an_index(years: Database):
    """
    Of each table that grows the newest row is looked up by when it was recorded.
    """
    told = json.dumps(plan_of(years, "score/newest_input"))

    assert "observation_recorded_idx" in told
    assert "submission_state_recorded_idx" in told


def test_corrections_are_those_of_late(years: Database):
    """
    Figures of periods that took corrections long ago are not looked at; the few that were reopened are, one by one.
    """
    told = json.dumps(plan_of(years, "score/corrections_as_known"))

    assert "period_end >= " in told


def test_closing_times_are_read_from_where_they_are_kept(years: Database):
    """
    When a period closes is not worked out from what everybody owed.
    """
    asked = plan_of(years, "ledger/files_as_known")

    assert {"closing"} == {str(node.get("Relation Name")) for node in nodes(asked)} & {"closing", "obligation"}
