"""As whom we work in the database: the service reads and appends; only migrations and a purge work as the owner."""

from typing import Any

import sqlalchemy
from sqlalchemy import Connection, Engine

SERVICE, READER = "monitor_service", "monitor_reader"

# Where the roles are there and ours to take; an old or strange database goes on as its one login.
_BECOME = """
select set_config('role', role.rolname, false) from pg_roles as role
where role.rolname = %(role)s and pg_has_role(session_user, role.oid, 'member') and exists (
    select 1 from pg_namespace as schema
    where schema.nspname = %(schema)s and has_schema_privilege(role.oid, schema.oid, 'usage'))
"""


def work_as(engine: Engine, role: str, schema: str) -> None:
    """Let every new connection take this role, if it can."""

    @sqlalchemy.event.listens_for(engine, "connect")
    def become(connection: Any, _record: object) -> None:
        with connection.cursor() as cursor:
            cursor.execute(_BECOME, {"role": role, "schema": schema})
        connection.commit()


def as_owner(connection: Connection) -> None:
    """Be our login again, which owns the tables, until the transaction ends."""
    connection.exec_driver_sql("set local role none")


def as_purger(connection: Connection) -> None:
    """Be the owner, and be allowed to change and remove what is append-only, until the transaction ends."""
    as_owner(connection)
    connection.exec_driver_sql("set local monitor.purging = 'on'")
