"""What Airflow itself says of DAGs, ticks and its database; runs in a child process (answers.py)."""

from pathlib import Path
from typing import Any

from resolution_monitor.errors import DatabaseError, StorageError
from resolution_monitor.store.driver_errors import errors_as_ours

_TICKS = 2


def examine(dags_folder: str, with_metadata: bool) -> dict[str, Any]:
    """
    Load the DAGs as the DAG processor does.

    Args:
        with_metadata: Whether Airflow's database is to be asked, too.

    Returns:
        import_errors: file -> words; ticks: DAG -> next ticks as ISO texts; is_current, metadata_error: of its
        database.
    """
    from airflow.dag_processing.dagbag import DagBag

    bag = DagBag(Path(dags_folder))
    ticks = {dag_id: next_ticks(dag) for dag_id, dag in sorted(bag.dags.items())}
    errors = {Path(file).name: words for file, words in bag.import_errors.items()}
    return {"import_errors": errors, "ticks": ticks, **(_metadata() if with_metadata else {})}


def next_ticks(dag: Any) -> list[str]:
    """As the scheduler would take them now; a DAG that waits for a person or an asset has none."""
    from airflow.serialization.serialized_objects import DagSerialization
    from airflow.timetables.base import TimeRestriction

    timetable = DagSerialization.from_dict(DagSerialization.to_dict(dag)).timetable
    found, last = [], None
    for _ in range(_TICKS if timetable.can_be_scheduled else 0):
        restriction = TimeRestriction(earliest=None, latest=None, catchup=False)
        last = timetable.next_dagrun_info_v2(last_dagrun_info=last, restriction=restriction)
        if last is None:
            break
        found.append(last.run_after.isoformat())
    return found


def _metadata() -> dict[str, Any]:
    from airflow.utils.db import check_migrations

    try:
        with errors_as_ours():
            check_migrations(0)  # type: ignore[no-untyped-call]
    except TimeoutError:
        return {"is_current": False, "metadata_error": ""}
    except (DatabaseError, StorageError) as error:
        return {"is_current": False, "metadata_error": str(error)}
    return {"is_current": True, "metadata_error": ""}
