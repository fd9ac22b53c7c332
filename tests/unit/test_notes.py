"""What is noted once, and what scoring runs hold, agree with the tables themselves."""

import pytest

from resolution_monitor.errors import DatabaseError
from resolution_monitor.pipeline import Context
from resolution_monitor.store.notes import NOTED, OF_RUNS, written_for_runs

COLUMNS = """
    select attname from pg_attribute
    where attrelid = %(table)s::regclass and attnum > 0 and not attisdropped and attidentity = ''
"""
KEY = """
    select array_agg(attname::text)
    from pg_constraint
    inner join pg_attribute on attrelid = conrelid and attnum = any(conkey)
    where conname = %(constraint)s and conrelid = %(table)s::regclass
"""
# Tables with the number of a run, but for what was made of one and outlives it: editions.
HOLDERS = """
    select relname
    from pg_attribute
    inner join pg_class on pg_class.oid = attrelid
    where attname = 'scoring_run_id' and relkind = 'r' and relnamespace = 'monitor'::regnamespace
        and relname not in ('briefing', 'edition_input')
"""
POINTS = """
    select conrelid::regclass::text, confrelid::regclass::text
    from pg_constraint
    where contype = 'f' and conrelid <> confrelid
"""


def test_every_column_of_what_is_noted_is_named(context: Context):
    """
    A column that a migration adds and nobody names would stay empty; a key that says less than the constraint would
    give the number of another row.
    """
    with context.database.transaction() as connection:
        held = {
            table: {str(name) for (name,) in connection.exec_driver_sql(COLUMNS, {"table": table})} for table in NOTED
        }
        keys = {
            table: set(connection.exec_driver_sql(KEY, {"table": table, "constraint": noted.constraint}).scalar() or ())
            for table, noted in NOTED.items()
        }

    assert held == {table: {*noted.key, *noted.beside} for table, noted in NOTED.items()}
    assert keys == {table: set(noted.key) for table, noted in NOTED.items()}


def test_a_run_goes_with_all_it_holds(context: Context):
    """
    Every table that holds rows of a run is emptied with it, and none before those that point at it.
    """
    with context.database.transaction() as connection:
        holders = {str(name) for (name,) in connection.exec_driver_sql(HOLDERS)}
        points = [(str(table), str(target)) for table, target in connection.exec_driver_sql(POINTS)]

    assert holders == set(OF_RUNS)
    between = [pair for pair in points if set(pair) <= set(OF_RUNS)]
    assert [] == [pair for pair in between if OF_RUNS.index(pair[0]) > OF_RUNS.index(pair[1])]


def test_only_tables_of_runs_are_written_for_runs():
    """
    A table that is none of theirs never becomes part of a statement that deletes.
    """
    assert "delete from score" == written_for_runs("delete from $table", "score")
    with pytest.raises(DatabaseError, match="submission"):
        written_for_runs("delete from $table", "submission")
