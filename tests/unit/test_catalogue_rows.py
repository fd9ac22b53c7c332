"""The catalogue in the database: versions are appended, what is removed ends, nothing vanishes."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

from resolution_monitor.catalogue.entries import Catalogue
from resolution_monitor.pipeline import Road
from resolution_monitor.store.catalogue_rows import save_catalogue
from resolution_monitor.store.catalogue_tables import TABLES
from resolution_monitor.store.grains import GRAINS


def newest(road: Road, table: str) -> list[dict[str, Any]]:
    with road.database.transaction() as connection:
        key = ", ".join(GRAINS[table].key)
        found = connection.exec_driver_sql(
            f"select distinct on ({key}) * from {table} order by {key}, recorded_at desc"
        )
        return [dict(row) for row in found.mappings()]


def row_count(road: Road, table: str) -> int:
    with road.database.transaction() as connection:
        return int(connection.exec_driver_sql(f"select count(*) from {table}").scalar_one())


def save_later(road: Road, catalogue: Catalogue, hours: int) -> int:
    return save_catalogue(road.database, catalogue, road.now + timedelta(hours=hours))


def without_task(catalogue: Catalogue, task_id: str) -> Catalogue:
    return replace(catalogue, tasks={key: task for key, task in catalogue.tasks.items() if key != task_id})


def test_every_entry_has_a_row(road: Road):
    """
    The tables hold as many entries as the catalogue, and a second load appends nothing.
    """
    expected = {table: len(list(rows_of(road.catalogue))) for table, rows_of in TABLES.items()}

    assert expected == {table: row_count(road, table) for table in TABLES}
    assert 0 == save_later(road, road.catalogue, hours=1)
    assert 3321 == expected["commune"]
    assert 115 + 21 + 7 == expected["indicator"]


def test_a_changed_target_is_a_newer_row(road: Road):
    """
    A target that changes leaves its old value in place below the new one.
    """
    indicator = road.catalogue.indicators["57.01"]
    first, *others = indicator.targets
    changed = replace(indicator, targets=(replace(first, value=Decimal(35)), *others))
    catalogue = replace(road.catalogue, indicators={**road.catalogue.indicators, "57.01": changed})
    before = row_count(road, "indicator_target")

    assert 1 == save_later(road, catalogue, hours=1)
    assert before + 1 == row_count(road, "indicator_target")
    assert [Decimal(35)] == [
        row["value"]
        for row in newest(road, "indicator_target")
        if (row["indicator_id"], row["year"]) == ("57.01", 2030)
    ]


def test_a_removed_task_ends_and_may_return(road: Road):
    """
    A task taken out of the files stays in the table as ended, with its assignments; put back, it holds again.
    """
    less = without_task(road.catalogue, "70-T05")
    rows = row_count(road, "task")

    assert 1 + 2 == save_later(road, less, hours=1)  # the task, its lead BCT, its helper BTC
    assert 0 == save_later(road, less, hours=2)
    assert rows + 1 == row_count(road, "task")
    assert [True] == [row["is_ended"] for row in newest(road, "task") if row["task_id"] == "70-T05"]
    assert {True} == {row["is_ended"] for row in newest(road, "assignment") if row["task_id"] == "70-T05"}
    assert 3 == save_later(road, road.catalogue, hours=3)
    assert not any(row["is_ended"] for row in newest(road, "task"))


def test_another_lead_ends_the_assignment_of_the_first(road: Road):
    """
    When a task changes hands the old lead's assignment ends and the new lead's begins.
    """
    task = replace(road.catalogue.tasks["70-T01"], lead="BTC")
    save_later(road, replace(road.catalogue, tasks={**road.catalogue.tasks, "70-T01": task}), hours=1)
    assignments = [row for row in newest(road, "assignment") if row["task_id"] == "70-T01"]

    assert {("BCT", True), ("BTC", False)} == {(row["agency_id"], row["is_ended"]) for row in assignments}


def test_a_body_of_a_province_knows_its_province(road: Road):
    """
    Each of the 170 bodies of provinces has its province as parent; no other body has one.
    """
    agencies = newest(road, "agency")
    with_parent = [row for row in agencies if row["parent_id"]]

    assert 170 == len(with_parent)
    assert all(row["agency_id"].startswith(f"{row['parent_id']}-") for row in with_parent)
