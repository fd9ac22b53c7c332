"""The catalogue in the database: versions are appended, what is removed ends, nothing vanishes."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

from resolution_monitor.catalogue.entries import Catalogue
from resolution_monitor.pipeline import Context
from resolution_monitor.store.catalogue_rows import save_catalogue
from resolution_monitor.store.catalogue_tables import TABLES
from resolution_monitor.store.grains import GRAINS

EVERY_SERVER = True


def newest(context: Context, table: str) -> list[dict[str, Any]]:
    with context.database.transaction() as connection:
        key = ", ".join(GRAINS[table].key)
        found = connection.exec_driver_sql(
            f"select distinct on ({key}) * from {table} order by {key}, recorded_at desc"
        )
        return [dict(row) for row in found.mappings()]


def row_count(context: Context, table: str) -> int:
    with context.database.transaction() as connection:
        return int(connection.exec_driver_sql(f"select count(*) from {table}").scalar_one())


def save_later(context: Context, catalogue: Catalogue, hours: int) -> int:
    return save_catalogue(context.database, catalogue, context.now + timedelta(hours=hours))


def without_task(catalogue: Catalogue, task_id: str) -> Catalogue:
    return replace(catalogue, tasks={key: task for key, task in catalogue.tasks.items() if key != task_id})


def test_every_entry_has_a_row(context: Context):
    """
    The tables hold as many entries as the catalogue, and a second load appends nothing.
    """
    expected = {table: len(list(rows_of(context.catalogue))) for table, rows_of in TABLES.items()}

    assert expected == {table: row_count(context, table) for table in TABLES}
    assert 0 == save_later(context, context.catalogue, hours=1)
    assert 3321 == expected["commune"]
    assert 115 + 21 + 7 == expected["indicator"]


def test_a_changed_target_is_a_newer_row(context: Context):
    """
    A target that changes leaves its old value in place below the new one.
    """
    indicator = context.catalogue.indicators["57.01"]
    first, *others = indicator.targets
    changed = replace(indicator, targets=(replace(first, value=Decimal(35)), *others))
    catalogue = replace(context.catalogue, indicators={**context.catalogue.indicators, "57.01": changed})
    before = row_count(context, "indicator_target")

    assert 1 == save_later(context, catalogue, hours=1)
    assert before + 1 == row_count(context, "indicator_target")
    assert [Decimal(35)] == [
        row["value"]
        for row in newest(context, "indicator_target")
        if (row["indicator_id"], row["year"]) == ("57.01", 2030)
    ]


def test_a_removed_task_ends_and_may_return(context: Context):
    """
    A task taken out of the files stays in the table as ended, with its assignments; put back, it holds again.
    """
    less = without_task(context.catalogue, "70-T05")
    rows = row_count(context, "task")

    assert 1 + 2 == save_later(context, less, hours=1)  # the task, its lead BCT, its helper BTC
    assert 0 == save_later(context, less, hours=2)
    assert rows + 1 == row_count(context, "task")
    assert [True] == [row["is_ended"] for row in newest(context, "task") if row["task_id"] == "70-T05"]
    assert {True} == {row["is_ended"] for row in newest(context, "assignment") if row["task_id"] == "70-T05"}
    assert 3 == save_later(context, context.catalogue, hours=3)
    assert not any(row["is_ended"] for row in newest(context, "task"))


def test_another_lead_ends_the_assignment_of_the_first(context: Context):
    """
    When a task changes hands the old lead's assignment ends and the new lead's begins.
    """
    task = replace(context.catalogue.tasks["70-T01"], lead="BTC")
    save_later(context, replace(context.catalogue, tasks={**context.catalogue.tasks, "70-T01": task}), hours=1)
    assignments = [row for row in newest(context, "assignment") if row["task_id"] == "70-T01"]

    assert {("BCT", True), ("BTC", False)} == {(row["agency_id"], row["is_ended"]) for row in assignments}


def test_a_body_of_a_province_knows_its_province(context: Context):
    """
    Each of the 170 bodies of provinces has its province as parent; no other body has one.
    """
    agencies = newest(context, "agency")
    with_parent = [row for row in agencies if row["parent_id"]]

    assert 170 == len(with_parent)
    assert all(row["agency_id"].startswith(f"{row['parent_id']}-") for row in with_parent)
