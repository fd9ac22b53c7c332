"""What a database holds, said once: a demonstration or an installation."""

from enum import StrEnum

from resolution_monitor.store import queries
from resolution_monitor.store.connect import Database


class Kind(StrEnum):
    """What a state folder is for."""

    DEMONSTRATION = "demonstration"
    INSTALLATION = "installation"


def kind_of(database: Database) -> Kind | None:
    """What this database holds; None where nobody has said it yet, or it is older than the question."""
    with database.transaction() as connection:
        if not queries.scalar(database, connection, "installation/holds_tables"):
            return None
        told = queries.scalar(database, connection, "installation/kind")
    return Kind(told) if told else None


def say_kind(database: Database, kind: Kind) -> Kind:
    """Say what this database holds unless it was said before; what it holds."""
    with database.transaction() as connection:
        queries.execute(database, connection, "installation/insert_kind", kind=kind.value)
    return kind_of(database) or kind
