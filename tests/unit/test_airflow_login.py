"""Airflow's own login on the embedded server: its metadata is its own, and nothing else is."""

import contextlib
import os
from collections.abc import Iterator

import psycopg2
import pytest
from psycopg2 import extensions

from resolution_monitor.ask.installation_stores import roles_verdict
from resolution_monitor.store import embedded
from resolution_monitor.store.embedded_airflow import LOGIN, airflow_url


@contextlib.contextmanager
def connected(url: str) -> Iterator[extensions.connection]:
    connection = psycopg2.connect(url)
    connection.autocommit = True
    with contextlib.closing(connection):
        yield connection


def answer(connection: extensions.connection, statement: str) -> object:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchone()[0]


def test_airflow_has_a_login_of_its_own(server: embedded.ServerPlace):
    """
    What an old installation's Airflow made becomes its login's; it makes tables, and comes into no database of ours.
    """
    table = f"dag_{os.urandom(4).hex()}"
    with connected(embedded.url_of(server, embedded.AIRFLOW_DATABASE)) as old, old.cursor() as cursor:
        cursor.execute(f"create type {table}_state as enum ('a')")
        cursor.execute(f"create table {table} (id serial primary key, state {table}_state)")
        cursor.execute("alter database airflow owner to current_user")

    url = airflow_url(server)

    assert url == airflow_url(server)
    with connected(url) as own, own.cursor() as cursor:
        assert LOGIN == answer(own, "select current_user")
        assert answer(
            own,
            "select not rolsuper and not rolcreaterole and not rolcreatedb from pg_roles where rolname = current_user",
        )
        cursor.execute(f"insert into {table} (state) values ('a')")
        cursor.execute(f"alter table {table} add column more text")
        cursor.execute(f"drop table {table}")
        cursor.execute(f"drop type {table}_state")
    with (
        pytest.raises(psycopg2.OperationalError, match="permission denied"),
        connected(f"{url.rpartition('/')[0]}/{embedded.DATABASE}"),
    ):
        pass
    assert 0o600 == (server.home / "airflow_password").stat().st_mode & 0o777


def test_what_is_restored_becomes_its_own(server: embedded.ServerPlace):
    """
    A dump that the owner of the server loads later makes tables that are not Airflow's: at the next start they are.
    """
    airflow_url(server)
    table = f"restored_{os.urandom(4).hex()}"
    with connected(embedded.url_of(server, embedded.AIRFLOW_DATABASE)) as restoring, restoring.cursor() as cursor:
        cursor.execute(f"create table {table} (id integer)")

    with connected(airflow_url(server)) as own, own.cursor() as cursor:
        assert LOGIN == answer(own, f"select tableowner from pg_tables where tablename = '{table}'")
        cursor.execute(f"insert into {table} values (1)")
        assert 1 == answer(own, f"select count(*) from {table}")
        cursor.execute(f"drop table {table}")


def test_a_lost_password_is_made_anew(server: embedded.ServerPlace):
    """
    Where the file is lost, as after a restored backup, the login gets another password.
    """
    before = airflow_url(server)
    (server.home / "airflow_password").unlink()

    after = airflow_url(server)

    assert before != after
    with connected(after) as own:
        assert LOGIN == answer(own, "select current_user")


def test_doctor_tells_of_one_login_for_everything():
    """
    Where the server has no roles for us everything goes on, and the doctor says what an administrator has to do.
    """
    trouble = roles_verdict(["role monitor_service"])

    assert not trouble.is_ok
    assert "grant monitor_service" in trouble.action
    assert roles_verdict([]).is_ok
