"""What is noted once for each time it was made: the same again is the row it was before."""

from dataclasses import dataclass
from string import Template

from resolution_monitor.errors import DatabaseError


@dataclass(frozen=True, slots=True)
class Noted:
    """
    A table that holds one row for each thing made.

    Attributes:
        number: Column that the database numbers the rows by.
        constraint: Name of the constraint that keeps `key` unique.
        key: Columns by which two rows are the same.
        beside: Columns that are kept as they were when the row was first noted.
        may_be_null: Columns of the key that a row may be without; without is the same as without.
    """

    table: str
    number: str
    constraint: str
    key: tuple[str, ...]
    beside: tuple[str, ...]
    may_be_null: tuple[str, ...] = ()

    def written_out(self, statement: str) -> str:
        """A statement such as sql/queries/versions/note.sql for this table; its words with a dollar sign are below."""
        columns = (*self.key, *self.beside)
        return Template(statement).substitute(
            table=self.table,
            number=self.number,
            constraint=self.constraint,
            columns=", ".join(columns),
            given=", ".join(f"%({column})s" for column in columns),
            same=" and ".join(self._is_same(column) for column in self.key),
        )

    def _is_same(self, column: str) -> str:
        # Only where it must be: the index of the key does not answer "is not distinct from".
        return f"{column} {'is not distinct from' if column in self.may_be_null else '='} %({column})s"


_PERIOD = ("report", "period_kind", "period_end")

NOTED = {
    noted.table: noted
    for noted in (
        Noted(
            table="scoring_run",
            number="scoring_run_id",
            constraint="scoring_run_key",
            key=(*_PERIOD, "known_at", "rules_version", "catalogue_sha256", "base_run_id"),
            beside=("recorded_at",),
            may_be_null=("base_run_id",),
        ),
        Noted(
            table="briefing",
            number="briefing_id",
            constraint="briefing_key",
            key=(*_PERIOD, "snapshot_sha256", "view_model_sha256", "pdf_sha256", "xlsx_sha256"),
            beside=(
                *("edition", "scoring_run_id", "known_at", "rules_version"),
                *("lock_sha256", "state", "recorded_at"),
            ),
        ),
    )
}

# What a scoring run holds, each table before those it points at; the run itself comes last.
OF_RUNS = (
    *("score_source", "score", "node_score", "assignment_part", "tree_part", "bundle_part"),
    *("forecast", "screen_question", "scoring_run"),
)


def written_for_runs(statement: str, table: str) -> str:
    """
    A statement of sql/queries/secrecy for a table that scoring runs have rows in.

    Raises:
        DatabaseError: It is no such table.
    """
    if table not in OF_RUNS:
        raise DatabaseError(f"{table!r} is no table of scoring runs; expected one of {', '.join(OF_RUNS)}")
    return Template(statement).substitute(table=table)
