"""What is said once of each table of versions agrees with the tables themselves."""

import re

import pytest

from resolution_monitor.errors import DatabaseError
from resolution_monitor.pipeline import Context
from resolution_monitor.store.grains import GRAINS, Grain

EVERY_SERVER = True

COLUMNS = """
    select attname
    from pg_attribute
    where attrelid = %(table)s::regclass and attnum > 0 and not attisdropped and attidentity = ''
"""
NEWEST = (
    "select proname, prosrc from pg_proc where proname like 'newest\\_%%' and pronamespace = 'monitor'::regnamespace"
)


def test_every_column_of_a_version_is_named(context: Context):
    """
    A column that a migration adds and nobody names would stay empty in every merge.
    """
    with context.database.transaction() as connection:
        held = {
            table: {str(name) for (name,) in connection.exec_driver_sql(COLUMNS, {"table": table})} for table in GRAINS
        }
    named = {table: {*grain.columns, "recorded_at"} for table, grain in GRAINS.items()}
    endings = {table: {grain.ending} - {None} for table, grain in GRAINS.items()}

    assert held == {table: named[table] | endings[table] for table in GRAINS}


def test_newest_is_read_by_the_key_it_is_written_by(context: Context):
    """
    What supersedes a row when it is written supersedes it when it is read.
    """
    with context.database.transaction() as connection:
        functions = {str(name): str(body) for name, body in connection.exec_driver_sql(NEWEST)}
    read_by = {name: re.findall(r"distinct on \((.*?)\)", body) for name, body in functions.items()}

    assert "newest_finding" in functions
    assert read_by == {name: [", ".join(GRAINS[name.removeprefix("newest_")].key)] for name in functions}


@pytest.mark.parametrize(
    "wrong",
    [
        *({"table": "x; drop table x"}, {"key": ("a b",)}, {"values": ('a"',)}, {"ending": "A"}, {"order": ("a.b",)}),
        {"item": "a,b"},
    ],
)
def test_only_names_become_part_of_a_statement(wrong: dict[str, tuple[str, ...]]):
    """
    A description of a table that holds anything but plain names is refused before a statement is made of it.
    """
    right = {"table": "x", "key": ("a",), "values": ("b",)}

    with pytest.raises(DatabaseError, match="no name of a column"):
        Grain(**{**right, **wrong})


def test_a_statement_is_written_out_for_a_table():
    """
    Each word with a dollar sign becomes what the table has for it; a name that is none of them is an error.
    """
    grain = Grain(table="x", key=("a", "b"), beside=("c",), values=("d",), ending="is_gone", within=("b",))

    assert "x: a, b / a" == grain.written_out("$table: $key / $first")
    assert "b = any(%(bs)s)" == grain.written_out("$within")
    assert "staged.a, staged.b, staged.c, staged.d" == grain.written_out("$staged_columns")
    assert "(latest.d, latest.is_gone) (staged.d, false)" == grain.written_out("($latest_version) ($staged_version)")
    with pytest.raises(KeyError, match="colums"):
        grain.written_out("$colums")
