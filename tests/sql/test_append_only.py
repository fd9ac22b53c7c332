"""What was said is changed by nobody: every table of the schema is tried, as the service, the reader and the owner."""

import contextlib
import os
from collections.abc import Iterator
from dataclasses import replace

from conftest import ROOT
from sqlalchemy import Connection
from sqlalchemy.engine import make_url

from resolution_monitor.errors import DatabaseError
from resolution_monitor.pipeline import Context
from resolution_monitor.store.connect import Database, database
from resolution_monitor.store.driver_errors import errors_as_ours
from resolution_monitor.store.migrate import migrate
from resolution_monitor.store.roles import READER, SERVICE, as_owner, as_purger

EVERY_SERVER = True

UNHELD = (ROOT / "sql" / "queries" / "ask" / "unheld.sql").read_text(encoding="utf-8")

TABLES = """
select table_name, is_derived, later_columns, (
    select array_agg(column_name::text) from information_schema.columns as column_
    where column_.table_schema = 'monitor' and column_.table_name = held_table.table_name
        and column_.is_identity = 'NO' and column_.is_generated = 'NEVER') as columns
from held_table order by table_name
"""


def refusal(connection: Connection, statement: str) -> str:
    """What the server says against a statement; empty where it does it. Nothing stays of it."""
    connection.exec_driver_sql("savepoint tried")
    try:
        with errors_as_ours():
            connection.exec_driver_sql(statement)
    except DatabaseError as error:
        return str(error)
    finally:
        connection.exec_driver_sql("rollback to savepoint tried")
    return ""


def append(table: str, columns: list[str]) -> str:
    named = ", ".join(f'"{column}"' for column in columns)
    return f'insert into "{table}" ({named}) select {named} from "{table}" limit 0'


def forbidden(table: str, columns: list[str]) -> list[str]:
    return [
        *(f'update "{table}" set "{column}" = "{column}"' for column in columns),
        f'delete from "{table}"',
        f'truncate "{table}" cascade',
    ]


@contextlib.contextmanager
def working_as(opened: Database, role: str) -> Iterator[Connection]:
    with opened.transaction() as connection:
        assert role == connection.exec_driver_sql("select current_user").scalar()
        yield connection


def tables(connection: Connection) -> list[tuple[str, bool, list[str], list[str]]]:
    found = [(row[0], row[1], row[2] or [], row[3]) for row in connection.exec_driver_sql(TABLES)]
    assert len(found) > 40
    return found


def test_service_reads_and_appends_only(context: Context):
    """
    As the service we can change or remove nothing in any table but the few columns that are filled in later.
    """
    with working_as(context.database, SERVICE) as connection:
        for table, is_derived, later, columns in tables(connection):
            refused = {one: refusal(connection, one) for one in ([] if is_derived else forbidden(table, columns))}
            allowed = {one for one, words in refused.items() if "permission denied" not in words}
            assert {f'update "{table}" set "{column}" = "{column}"' for column in later} == allowed, table
            assert "" == refusal(connection, f'select * from "{table}" limit 0')
            if table != "schema_migration":
                assert "" == refusal(connection, append(table, columns))
        assert "permission denied" in refusal(connection, "select * from purge_submissions(array[1::bigint])")
        assert "permission denied" in refusal(connection, "create table monitor.own (number integer)")
        assert "must be owner" in refusal(connection, "drop table submission cascade")


def test_reader_reads_only(context: Context):
    """
    As the reader we can select, and nothing else.
    """
    with database(context.settings, READER) as opened, working_as(opened, READER) as connection:
        for table, _, _, columns in tables(connection):
            for one in (*forbidden(table, columns), append(table, columns)):
                assert "permission denied" in refusal(connection, one), one
            assert "" == refusal(connection, f'select * from "{table}" limit 0')


def test_owner_changes_nothing_by_mistake(context: Context):
    """
    Not even the owner of the tables changes what was said; said to be a purge, it can.
    """
    with context.database.transaction() as connection:
        as_owner(connection)
        for table, is_derived, later, columns in tables(connection):
            for one in [] if is_derived else forbidden(table, [column for column in columns if column not in later]):
                assert "append-only" in refusal(connection, one), one
        as_purger(connection)
        assert "" == refusal(connection, "truncate submission cascade")


def test_every_table_is_held(context: Context):
    """
    A table that a later migration brings is held as well, unless it says that it is derived.
    """
    with context.database.transaction() as connection:
        as_owner(connection)
        connection.exec_driver_sql("create table said (number integer)")
        connection.exec_driver_sql("create table counted (number integer)")
        connection.exec_driver_sql("comment on table counted is 'derived: from said, made again at will'")
        connection.exec_driver_sql("select hold_append_only()")
        assert "append-only" in refusal(connection, "delete from said")
        connection.exec_driver_sql(f"set local role {SERVICE}")
        assert "" == refusal(connection, "insert into said values (1)")
        assert "permission denied" in refusal(connection, "delete from said")
        assert "" == refusal(connection, "delete from counted")


def test_migrating_lays_it_again(context: Context):
    """
    A database that was restored without rights, or made before there were any, is held after the next migrate.
    """
    with context.database.transaction() as connection:
        as_owner(connection)
        connection.exec_driver_sql("drop trigger append_only on submission")
        connection.exec_driver_sql(f"revoke all on all tables in schema monitor from {SERVICE}, {READER}")
        connection.exec_driver_sql(f"revoke all on schema monitor from {SERVICE}, {READER}")
    context.database.engine.dispose()
    with working_as(context.database, owner_of(context)) as connection:
        assert "" == refusal(connection, "delete from submission")

    assert [] == migrate(context.database, ROOT / "sql" / "migrations")

    context.database.engine.dispose()
    with working_as(context.database, SERVICE) as connection:
        assert "permission denied" in refusal(connection, "delete from submission")
        as_owner(connection)
        assert "append-only" in refusal(connection, "delete from submission")


def owner_of(context: Context) -> str:
    return str(make_url(str(context.settings.database_url)).username)


def test_a_purge_is_over_with_its_transaction(context: Context):
    """
    Whoever was allowed to purge is the service again in the next transaction.
    """
    with context.database.transaction() as connection:
        as_purger(connection)
    with working_as(context.database, SERVICE) as connection:
        assert "permission denied" in refusal(connection, "delete from submission")


def test_a_login_that_may_take_no_role(context: Context):
    """
    A server with one login for everything, which may make no roles, goes on: held by triggers alone.
    """
    name = f"plain_{os.urandom(4).hex()}"
    with context.database.transaction() as connection:
        as_owner(connection)
        connection.exec_driver_sql(f"create role {name} login password 'x'")
        connection.exec_driver_sql(f"grant all on schema monitor to {name}")
        connection.exec_driver_sql(f"grant all on all tables in schema monitor to {name}")
    login = make_url(str(context.settings.database_url)).set(username=name, password="x")
    url = login.render_as_string(hide_password=False)
    with database(replace(context.settings, database_url=url)) as opened, working_as(opened, name) as connection:
        assert ["role monitor_service", "role monitor_reader"] == [row[0] for row in connection.exec_driver_sql(UNHELD)]
        assert "append-only" in refusal(connection, "delete from submission")
