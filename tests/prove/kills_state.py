"""What a state folder holds, row by row and file by file, without numbers and times that runs are given."""

import contextlib
import hashlib
import json
import re
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psycopg2

from resolution_monitor.store import embedded

State = dict[str, Counter[str]]

# Times at which something was done, and hashes of pages that print such a time.
_OF_THE_MOMENT = {"recorded_at", "known_at", "applied_at", "installation_id", "seen_until", "judged_at"}
_OF_THE_PAGE = {"edition", "snapshot_sha256", "view_model_sha256", "pdf_sha256", "xlsx_sha256", "view_model"}
# A load that was cut short goes on as another.
_AS_A_SET = {"load_step"}
_TABLES = """
select tables.table_name, array_agg(columns.column_name::text order by columns.ordinal_position),
    array_agg(coalesce(columns.is_identity = 'YES' or columns.column_default like 'nextval%', false)
        order by columns.ordinal_position)
from information_schema.tables join information_schema.columns using (table_schema, table_name)
where table_schema = 'monitor' and table_type = 'BASE TABLE' group by 1 order by 1
"""
_NUMBERED = {
    "submission_id": "select submission_id, sender_id || '/' || file_name || ' ' || sha256 from submission",
    "scoring_run_id": "select scoring_run_id, report || ' ' || period_end || ' ' || row_number() over ("
    "partition by report, period_end order by scoring_run_id) from scoring_run",
    "briefing_id": "select briefing_id, report || ' ' || period_end || ' ' || row_number() over ("
    "partition by report, period_end order by briefing_id) from briefing",
}
_SAME_AS = {"base_run_id": "scoring_run_id", "before_run_id": "scoring_run_id"}
_RUNS = "select dag_id, state, count(*) from dag_run group by 1, 2"


def state_of(home: Path) -> State:
    """Of a state folder whose server runs."""
    place = embedded.find_place(home)
    state = _rows(embedded.url_of(place, embedded.DATABASE))
    state["Airflow's runs"] = _of_airflow(embedded.url_of(place, embedded.AIRFLOW_DATABASE))
    for folder in ("raw", "held", "quarantine", "closed"):
        state[f"{folder}/"] = Counter(_files(home / folder, _hash))
    state["outbox/"] = Counter(_files(home / "outbox", _told))
    return state


def _rows(url: str) -> State:
    state: State = {}
    connection = psycopg2.connect(url, options="-c search_path=monitor -c timezone=UTC")
    with contextlib.closing(connection), connection.cursor() as cursor:
        names = {}
        for column, question in _NUMBERED.items():
            cursor.execute(question)
            names[column] = dict(cursor.fetchall())
        cursor.execute(_TABLES)
        for table, columns, given in cursor.fetchall():
            kept = [name for name, is_given in zip(columns, given, strict=True) if _counts(name, is_given)]
            cursor.execute(f"select {', '.join(kept)} from {table}")  # names that the server told
            rows = Counter(repr(_named(kept, row, names)) for row in cursor.fetchall())
            state[table] = Counter(set(rows)) if table in _AS_A_SET else rows
    return state


def _counts(column: str, is_given: bool) -> bool:
    return column in _NUMBERED or not (is_given or column in _OF_THE_MOMENT | _OF_THE_PAGE)


def _named(columns: list[str], row: tuple[Any, ...], names: dict[str, dict[int, str]]) -> list[Any]:
    """Numbers of submissions, runs and editions give way to what they stand for."""

    def named(column: str, value: Any) -> Any:
        known = names.get(_SAME_AS.get(column, column))
        if isinstance(value, memoryview):
            return hashlib.sha256(value).hexdigest()
        return value if known is None or value is None else known[value]

    return [named(column, value) for column, value in zip(columns, row, strict=True)]


def _of_airflow(url: str) -> Counter[str]:
    with contextlib.closing(psycopg2.connect(url)) as connection, connection.cursor() as cursor:
        cursor.execute(_RUNS)
        return Counter({f"{dag} {state}": count for dag, state, count in cursor.fetchall()})


def _files(folder: Path, content: Callable[[Path], str]) -> Iterator[str]:
    for path in folder.rglob("*") if folder.exists() else ():
        if path.is_file():
            yield f"{path.relative_to(folder)} {content(path)}"


def _hash(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _told(path: Path) -> str:
    """A receipt without the number of its submission; whatever else lies there as it is."""
    if path.suffix == ".json":
        told = json.loads(path.read_bytes())
        told.pop("submission", None)
        return json.dumps(told, sort_keys=True)
    if path.suffix == ".txt":
        return re.sub(r"(?m)^Số tiếp nhận: \d+$", "", path.read_text(encoding="utf-8"))
    return _hash(path)


def differences(expected: State, found: State) -> tuple[int, int, list[str]]:
    """How many rows and files are lost, how many too many, and some of them."""
    lost = {name: expected[name] - found.get(name, Counter()) for name in expected}
    extra = {name: found[name] - expected.get(name, Counter()) for name in found}
    words = [
        f"{sign} {name}: {one[:300]}"
        for sign, all_of_it in (("lost", lost), ("too many", extra))
        for name, ones in all_of_it.items()
        for one in list(ones)[:3]
    ]
    return sum(map(Counter.total, lost.values())), sum(map(Counter.total, extra.values())), words


def counted(state: State) -> tuple[int, int]:
    """Rows, and files."""
    files = {name: ones.total() for name, ones in state.items() if name.endswith("/")}
    return sum(ones.total() for ones in state.values()) - sum(files.values()), sum(files.values())
