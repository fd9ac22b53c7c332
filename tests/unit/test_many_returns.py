"""A whole inbox that was taken out and comes back: what returned is told right, and the work grows with the files."""

import json
import random
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Connection

from resolution_monitor.pipeline import Context
from resolution_monitor.store import queries
from resolution_monitor.store.roles import as_owner

BEGIN = datetime(2026, 1, 1, tzinfo=UTC)
RECORDED_AT = BEGIN + timedelta(days=400)
PERIODS = ([], ["2026-01"], ["2026-02"], ["2026-01", "2026-02"])
# A file as it came first: number, sender, when, periods it speaks of.
File = tuple[int, str, datetime, Sequence[str]]


@pytest.fixture
def connection(context: Context) -> Iterator[Connection]:
    with context.database.transaction() as opened:
        as_owner(opened)
        queries.execute(context.database, opened, "collect/create_arrival_staging")
        yield opened
        opened.exec_driver_sql("rollback")


def lay(connection: Connection, files: Sequence[File]) -> None:
    """Files that came, were read, and were taken out of the inbox again."""
    with connection.connection.cursor() as cursor:
        for number, sender, at, periods in files:
            given = {"number": number, "sender": sender, "at": at, "name": f"{number}.xlsx", "periods": list(periods)}
            cursor.execute(
                "insert into submission (submission_id, sender_id, channel, file_name, sha256, size_bytes, received_at,"
                " recorded_at) overriding system value values (%(number)s, %(sender)s, 'inbox', %(name)s,"
                " encode(sha256(convert_to(%(name)s, 'UTF8')), 'hex'), 1, %(at)s, %(at)s)",
                given,
            )
            cursor.execute(
                "insert into submission_state (submission_id, state, periods, recorded_at)"
                " values (%(number)s, 'accepted', %(periods)s, %(at)s)",
                given,
            )
            cursor.execute(
                "insert into arrival (sender_id, file_name, size_bytes, modified_at, submission_id, version,"
                " received_at, removed_at, recorded_at)"
                " values (%(sender)s, %(name)s, 1, %(at)s, %(number)s, 1, %(at)s, %(at)s, %(at)s)",
                given,
            )


def come_back(connection: Connection, files: Sequence[tuple[File, datetime]]) -> None:
    with connection.connection.cursor() as cursor:
        for position, ((number, sender, _, _), at) in enumerate(files):
            cursor.execute(
                "insert into staged_arrival (position, sender_id, file_name, size_bytes, modified_at, received_at,"
                " submission_id) values (%s, %s, %s, 1, %s, %s, %s)",
                (position, sender, f"{number}.xlsx", at, at, number),
            )


def returned_by_rule(files: Sequence[File], back: Sequence[tuple[File, datetime]]) -> list[int]:
    """As the rule says it, file by file: something else that may speak of the same came since it last came."""
    comings = [(file, file[2]) for file in files] + list(back)
    found = []
    for file, at in back:
        last = max((when for one, when in comings if one[0] == file[0] and when < at), default=None)
        if last is not None and any(
            one[0] != file[0] and one[1] == file[1] and last <= when <= at and may_speak_alike(one[3], file[3])
            for one, when in comings
        ):
            found.append(file[0])
    return sorted(found)


def may_speak_alike(one: Sequence[str], other: Sequence[str]) -> bool:
    return not one or not other or bool({*one} & {*other})


@pytest.mark.parametrize("seed", range(6))
def test_what_returned_is_told_as_the_rule_says(context: Context, connection: Connection, seed: int):
    """
    Thirty files of two senders, of one period, of two or not read yet, come back in any order and some at one time.
    """
    draw = random.Random(seed)
    files = [
        (n, draw.choice("AB"), BEGIN + timedelta(hours=draw.randint(1, 40)), draw.choice(PERIODS)) for n in range(1, 31)
    ]
    back = [(file, BEGIN + timedelta(hours=draw.randint(41, 60))) for file in files if draw.random() < 0.7]
    lay(connection, files)
    come_back(connection, back)
    queries.execute(context.database, connection, "collect/insert_arrivals", recorded_at=RECORDED_AT)
    told = connection.exec_driver_sql("select submission_id from arrival where returned_at is not null order by 1")

    assert returned_by_rule(files, back) == list(told.scalars())


def rows_moved(context: Context, connection: Connection, first: int, files: int) -> int:
    """How many rows the statement takes in its hands when so many files of one sender come back."""
    laid = [(first + n, f"S{first}", BEGIN + timedelta(minutes=n), [f"2026-{n % 12 + 1:02}"]) for n in range(files)]
    lay(connection, laid)
    connection.exec_driver_sql("truncate staged_arrival")
    come_back(connection, [(file, BEGIN + timedelta(days=99, minutes=n)) for n, file in enumerate(laid)])
    connection.exec_driver_sql("analyze")
    statement = (context.database.statements / "collect" / "insert_arrivals.sql").read_text(encoding="utf-8")
    told = connection.exec_driver_sql(
        f"explain (analyze, format json) {statement}", {"recorded_at": RECORDED_AT}
    ).scalar_one()
    return handled((told if isinstance(told, list) else json.loads(told))[0]["Plan"])


def handled(node: dict[str, Any]) -> int:
    """Rows a step gave and rows it looked at for nothing, with all steps below it."""
    rows = sum(node.get(name, 0) for name in ("Actual Rows", *(name for name in node if "Rows Removed" in name)))
    return int(rows * node["Actual Loops"]) + sum(handled(part) for part in node.get("Plans", []))


def test_twice_the_files_cost_twice_the_work(context: Context, connection: Connection):
    """
    150 files of one sender come back, then 600: the work grows with them, not with their square.
    """
    few = rows_moved(context, connection, 1, 150)
    many = rows_moved(context, connection, 10_000, 600)

    assert many < 8 * few
