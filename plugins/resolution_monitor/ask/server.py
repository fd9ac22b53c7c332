"""What does the database server say of itself, and which of our migrations did it get?"""

from dataclasses import dataclass
from datetime import datetime

from resolution_monitor.store import queries
from resolution_monitor.store.connect import Database


@dataclass(frozen=True, slots=True)
class Server:
    """
    A server as it answers.

    Attributes:
        version: As it counts: 150004 is 15.4.
        missing_roles: Those that our login cannot take, so that it works as the owner all the time.
        migrations: Number -> sha256 of those applied.
    """

    now: datetime
    version: int
    migrations: dict[int, str]
    missing_roles: list[str]


def server_state(database: Database) -> Server:
    """Changes nothing, not even in an empty database."""
    with database.transaction() as connection:
        (state,) = queries.rows(database, connection, "ask/server_state")
        rows = queries.rows(database, connection, "ask/applied_migrations") if state["has_migrations"] else []
        missing = [row["missing"] for row in queries.rows(database, connection, "ask/unheld")]
    applied = {row["number"]: row["sha256"] for row in rows}
    return Server(now=state["server_now"], version=state["server_version"], migrations=applied, missing_roles=missing)
