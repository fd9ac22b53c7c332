"""A sender who returns to an earlier version, byte for byte: the last arrival decides, and its receipt says so."""

import json
import os
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from unit.body_reports import OCTOBER, good_report

from resolution_monitor.ask.changes import changes
from resolution_monitor.ask.findings import standing_findings
from resolution_monitor.ask.month_as_known import newest_input, touched_bodies
from resolution_monitor.ask.resolution_scores import scores_as_stored
from resolution_monitor.ask.status import Seen, standing
from resolution_monitor.exchange.plain import report_csv
from resolution_monitor.pipeline import Context, fill_period, reopen, retract
from resolution_monitor.pipeline.collect import collect
from resolution_monitor.pipeline.normalise import normalise
from resolution_monitor.pipeline.purge import purge
from resolution_monitor.pipeline.receipts import lay_receipts
from resolution_monitor.pipeline.score import score
from resolution_monitor.score.month.scored_period import scored_period
from resolution_monitor.store import queries
from resolution_monitor.store.tree_rows import values_until

RATIO, NAME = "72.04", "bao-cao.csv"
FIRST, SECOND, THIRD, FOURTH = (datetime(2026, 11, day, 3, tzinfo=UTC) for day in (5, 13, 16, 17))
CLOSED = datetime(2027, 12, 5, 3, tzinfo=UTC)
DECISION = {"reason": "Nhầm kỳ", "author": "An"}
Send = Callable[..., Context]


def content(value: str) -> bytes:
    report = good_report()
    first = replace(report.indicators[0], value=Decimal(value))
    assert first.indicator_id == RATIO
    return report_csv(replace(report, indicators=(first, *report.indicators[1:])))


@pytest.fixture
def send(context: Context, tmp_path: Path) -> Send:
    """Lays a file of BYT into the inbox at a time, collects and reads an hour later; the road at that time."""

    def sent(value: str, at: datetime, name: str = NAME, changed_at: datetime | None = None, told: str = "") -> Context:
        inbox = tmp_path / "inbox"
        (inbox / "BYT").mkdir(parents=True, exist_ok=True)
        (inbox / "BYT" / name).write_bytes(content(value))
        moment = (changed_at or at).timestamp()
        os.utime(inbox / "BYT" / name, (moment, moment))
        if told:
            (inbox / "received.csv").write_text(f"path,received_at\nBYT/{name},{told}\n")
        later = replace(context, now=at + timedelta(hours=1))
        collect(later, inbox)
        normalise(later, OCTOBER)
        lay_receipts(later)
        return later

    return sent


def value(context: Context, known_at: datetime | None = None) -> Decimal:
    with context.database.transaction() as connection:
        given = values_until(OCTOBER.end, known_at)
        rows = queries.rows(context.database, connection, "score/kpi_values_as_known", **given)
    return next(Decimal(row["value"]) for row in rows if row["indicator_id"] == RATIO)


def scored(context: Context) -> float:
    """What the stored scores of the month take for the value."""
    run = score(context, "resolutions_month", OCTOBER)
    assignments = scores_as_stored(context.database, run["scoring_run_id"]).assignments
    return float(assignments[(assignments["agency_id"] == "BYT") & (assignments["item_id"] == RATIO)].iloc[0]["value"])


def receipt(context: Context, name: str = NAME) -> dict[str, object]:
    """Of the first version under a name."""
    told: dict[str, object] = json.loads(
        (context.settings.outbox_folder / "BYT" / f"{name}.bien-nhan.json").read_bytes()
    )
    return told


def state(context: Context) -> str:
    seen = Seen(as_of=context.now + timedelta(days=400))
    rows = standing(context.database, context.catalogue, [OCTOBER], seen=seen, agency_id="BYT")
    return str(rows[rows["item_id"] == RATIO].iloc[0]["state"])


def number(context: Context, place: int) -> int:
    """Of the submission that came at this place, from 0."""
    with context.database.transaction() as connection:
        numbers = connection.exec_driver_sql("select submission_id from submission order by 1").scalars().all()
    return int(numbers[place])


def corrections(context: Context) -> list[tuple[str, str, str]]:
    told = changes(context.database, context.catalogue, "BYT", OCTOBER)
    told = told[told["item_id"] == RATIO]
    return list(zip(told["change"], told["old"], told["new"], strict=True))


def test_first_version_again_counts_in_everything(context: Context, send: Send, tmp_path: Path):
    """
    A, B, A under one name: A is scored, and before the third arrival B was known. Changes name both, A is as early as
    it first came, its receipt tells the return, and looking again brings nothing new.
    """
    fill_period(context, OCTOBER)
    send("90", FIRST)
    second = send("95", SECOND)
    assert (95.0, 95.0) == (scored(second), float(value(second)))
    known_at = last_load(context)
    third = send("90", THIRD)

    assert (Decimal(90), Decimal(95)) == (value(context), value(context, known_at))
    assert 90.0 == scored(third)
    assert [("corrected", "reported 90", "reported 95"), ("corrected", "reported 95", "reported 90")] == corrections(
        context
    )
    assert "received_on_time" == state(context)
    assert ("accepted", "counts", "2026-11-05T10:00:00+07:00", "2026-11-16T10:00:00+07:00") == tuple(
        receipt(context).get(key) for key in ("state", "outcome", "received_at", "returned_at")
    )
    later = replace(third, now=FOURTH)
    assert 0 == collect(later, tmp_path / "inbox")["new"]
    assert 0 == score(later, "resolutions_month", OCTOBER)["anew"]


def test_only_the_sender_is_scored_anew(context: Context, send: Send):
    """
    What a return touches is its sender; a file that was only touched is no return and no news.
    """
    send("90", FIRST)
    send("95", SECOND)
    before = last_load(context)
    send("95", THIRD)
    assert before == last_load(context)
    send("90", FOURTH)
    october = scored_period(context.catalogue, OCTOBER)
    now = newest_input(context.database, october, None)

    assert last_load(context) == now
    assert {"BYT"} == set(touched_bodies(context.database, october, before, now).agency_ids)


def test_what_was_taken_back_stays_so(context: Context, send: Send):
    """
    A person took A back: sending it again does not undo that, B stands, and the receipt says whom to ask.
    """
    send("90", FIRST)
    retract(context, submission_id=number(context, 0), item_id=None, **DECISION)
    send("95", SECOND)
    send("90", THIRD)

    assert Decimal(95) == value(context)
    assert "retracted" == receipt(context)["outcome"]

    retract(context, submission_id=number(context, 0), item_id=None, **DECISION, withdraw=True)

    assert Decimal(90) == value(context)


def test_return_to_a_closed_period(context: Context, send: Send):
    """
    A again when the period is closed: B stands and the sender is told; once it is reopened the same bytes count.
    """
    fill_period(context, OCTOBER)
    send("90", FIRST)
    send("95", SECOND)
    late = send("90", CLOSED)
    assert (Decimal(95), "closed") == (value(context), receipt(context)["outcome"])

    reopen(late, agency_id="BYT", period=OCTOBER, **DECISION)
    send("90", CLOSED + timedelta(days=1))

    assert (Decimal(90), "counts") == (value(context), receipt(context)["outcome"])
    assert "received_on_time" == state(context)


def test_only_version_again_after_a_reopening(context: Context, send: Send):
    """
    The only version came when its period was closed; the same bytes sent after the reopening are taken, as late.
    """
    fill_period(context, OCTOBER)
    closed = send("90", CLOSED)
    assert "missing" == state(context)
    reopen(closed, agency_id="BYT", period=OCTOBER, **DECISION)
    send("90", CLOSED + timedelta(days=1))

    assert (Decimal(90), "late") == (value(context), state(context))


def test_return_under_another_name(context: Context, send: Send):
    """
    A, B, A under three names: A counts, and is told as a return; a mere copy is told as one and decides nothing.
    """
    send("90", FIRST, name="a.csv")
    send("95", SECOND, name="b.csv")
    send("90", THIRD, name="c.csv")
    assert Decimal(90) == value(context)
    assert ("counts", "a.csv") == tuple(receipt(context, "c.csv")[key] for key in ("outcome", "same_as"))
    assert [] == copies(context)

    send("90", FOURTH, name="d.csv")

    assert ["d.csv"] == copies(context)
    assert "outcome" not in receipt(context, "d.csv")


def test_old_time_of_change_is_no_excuse(context: Context, send: Send):
    """
    A put back with the time of change it had first: the name held B since, so it came after B.
    """
    send("90", FIRST)
    send("95", SECOND)
    known_at = last_load(context)
    send("90", THIRD, changed_at=FIRST)

    assert (Decimal(90), Decimal(95)) == (value(context), value(context, known_at))


def test_removed_files_come_anew(context: Context):
    """
    An inbox that is cleared: A under its own name with its own time, byte for byte, is no file that was left behind.
    """
    clearing = replace(context, settings=replace(context.settings, removes_taken=True))
    for text, at, name in (("90", FIRST, "a.csv"), ("95", SECOND, "b.csv"), ("90", THIRD, "a.csv")):
        path = tmp_inbox(context) / "BYT" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content(text))
        os.utime(path, (FIRST.timestamp(), FIRST.timestamp() + 60 * (name == "b.csv")))
        collect(replace(clearing, now=at), tmp_inbox(context))
        normalise(replace(clearing, now=at), OCTOBER)

    assert Decimal(90) == value(context)
    assert [] == list((tmp_inbox(context) / "BYT").iterdir())


def test_times_that_an_operator_tells(context: Context, send: Send):
    """
    received.csv says when each came; a line that was not changed says nothing of what lies there now.
    """
    send("90", FIRST, told=FIRST.isoformat())
    send("95", SECOND, told=SECOND.isoformat())
    send("90", FOURTH, told=THIRD.isoformat())
    assert "2026-11-16T10:00:00+07:00" == receipt(context)["returned_at"]
    send("95", FOURTH + timedelta(days=1), told=THIRD.isoformat())

    assert Decimal(95) == value(context)


@pytest.mark.parametrize(("purged", "left"), [(0, 95), (1, 90)])
def test_purge_leaves_the_other(context: Context, send: Send, purged: int, left: int):
    """
    A purge of either version takes all its arrivals; the other stands.
    """
    send("90", FIRST)
    send("95", SECOND)
    third = send("90", THIRD)
    purge(third, number(context, purged), reason="x", ordered_by="An")

    assert Decimal(left) == value(context)
    with context.database.transaction() as connection:
        rest = connection.exec_driver_sql("select count(distinct submission_id) from arrival").scalar_one()
    assert 1 == rest


def copies(context: Context) -> list[str]:
    """Names that the findings call copies."""
    found = standing_findings(context.database, OCTOBER, with_notes=True)
    return [str(name) for name in found.loc[found["check_code"] == "duplicate-file", "raw_value"]]


def last_load(context: Context) -> datetime:
    with context.database.transaction() as connection:
        found: datetime = connection.exec_driver_sql("select max(recorded_at) from load_step").scalar_one()
    return found


def tmp_inbox(context: Context) -> Path:
    return context.settings.home.parent / "inbox"
