"""Airflow's own login on the embedded server: it owns its metadata, and comes into no other database of ours."""

import contextlib
import os
import secrets
from pathlib import Path

import psycopg2
from psycopg2 import sql

from resolution_monitor.store import embedded
from resolution_monitor.store.driver_errors import errors_as_ours
from resolution_monitor.store.embedded_place import ServerPlace

LOGIN = "monitor_airflow"
# What Airflow made before it had a login, when it worked as the owner of the server. Grain: one statement a thing.
_NOT_YET_ITS_OWN = """
select format('alter table %%s owner to %%I', thing.oid::regclass, %(login)s)
from pg_class as thing
where thing.relnamespace = 'public'::regnamespace and thing.relkind in ('r', 'p', 'v', 'm')
    and pg_get_userbyid(thing.relowner) <> %(login)s
union all
select format('alter sequence %%s owner to %%I', thing.oid::regclass, %(login)s)
from pg_class as thing
where thing.relnamespace = 'public'::regnamespace and thing.relkind = 'S'
    and pg_get_userbyid(thing.relowner) <> %(login)s
    and not exists (select 1 from pg_depend where objid = thing.oid and deptype in ('a', 'i'))
union all
select format('alter type %%s owner to %%I', thing.oid::regtype, %(login)s)
from pg_type as thing
where thing.typnamespace = 'public'::regnamespace and thing.typtype = 'e'
    and pg_get_userbyid(thing.typowner) <> %(login)s
"""
_OWNS_ALL = """
select pg_get_userbyid(own.datdba) = current_user and not exists (
    select 1 from pg_class as thing
    where thing.relnamespace = 'public'::regnamespace and thing.relkind in ('r', 'p', 'v', 'm')
        and pg_get_userbyid(thing.relowner) <> current_user)
from pg_database as own where own.datname = current_database()
"""


def airflow_url(place: ServerPlace) -> str:
    """
    Address of Airflow's metadata under its own login, which is made where it is missing; the server must be running.

    Raises:
        DatabaseError: The server refuses.
    """
    ours = embedded.url_of(place, embedded.AIRFLOW_DATABASE)
    url = _with_login(ours, _password(place.home / "airflow_password"))
    if not _opens(url):
        with errors_as_ours():
            _give(ours, url)
    return url


def _with_login(url: str, password: str) -> str:
    scheme, _, rest = url.partition("://")
    return f"{scheme}://{LOGIN}:{password}@{rest.rpartition('@')[2]}"


def _password(file: Path) -> str:
    """Made once; of two processes that begin at once one makes it."""
    with contextlib.suppress(FileExistsError):
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as made:
            made.write(secrets.token_urlsafe(24))
    return file.read_text(encoding="ascii").strip()


def _opens(url: str) -> bool:
    """Whether the login is there, with this password, and owns its database with all that is in it."""
    try:
        connection = psycopg2.connect(url, connect_timeout=10)
    except psycopg2.OperationalError:
        return False
    with contextlib.closing(connection), connection.cursor() as cursor:
        cursor.execute(_OWNS_ALL)
        return cursor.fetchone() == (True,)


def _give(ours: str, url: str) -> None:
    password = url.partition("://")[2].partition("@")[0].partition(":")[2]
    connection = psycopg2.connect(ours)
    connection.autocommit = True
    with contextlib.closing(connection), connection.cursor() as cursor:
        with contextlib.suppress(psycopg2.errors.DuplicateObject, psycopg2.errors.UniqueViolation):
            cursor.execute(sql.SQL("create role {}").format(sql.Identifier(LOGIN)))
        given = sql.SQL("alter role {} login password {}").format(sql.Identifier(LOGIN), sql.Literal(password))
        cursor.execute(given)
        cursor.execute(_NOT_YET_ITS_OWN, {"login": LOGIN})
        for (statement,) in cursor.fetchall():
            cursor.execute(statement)
        for name in (embedded.DATABASE, embedded.AIRFLOW_DATABASE):
            cursor.execute(sql.SQL("revoke connect on database {} from public").format(sql.Identifier(name)))
        owned = sql.SQL("alter database {} owner to {}")
        cursor.execute(owned.format(sql.Identifier(embedded.AIRFLOW_DATABASE), sql.Identifier(LOGIN)))
