"""Corrections down the road: superseded, partial, taken back, closed; the same for ledger, scores and briefings."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pandas
import pytest
from conftest import NOW
from unit.body_reports import OCTOBER, good_report

from resolution_monitor.ask.changes import changes
from resolution_monitor.ask.findings import standing_findings
from resolution_monitor.ask.status import Seen, standing
from resolution_monitor.errors import LedgerError
from resolution_monitor.exchange.plain import report_csv
from resolution_monitor.pipeline import Context, fill_period, reopen, retract
from resolution_monitor.pipeline.collect import collect
from resolution_monitor.pipeline.normalise import normalise
from resolution_monitor.reporting.content import BodyReport
from resolution_monitor.store import queries
from resolution_monitor.store.tree_rows import values_until

RATIO = "72.04"
IN_TIME, LATE = "2026-11-05T10:00:00+07:00", "2026-11-13T10:00:00+07:00"
AFTER_CLOSING = "2027-12-05T10:00:00+07:00"
DECISION = {"reason": "Nhầm kỳ", "author": "An"}
OF_SCORES = ("score/kpi_values_as_known", "score/task_reports_as_known", "versions/in_standing_reports/obstacle")


def with_value(value: str) -> BodyReport:
    report = good_report()
    first = replace(report.indicators[0], value=Decimal(value))
    assert first.indicator_id == RATIO
    return replace(report, indicators=(first, *report.indicators[1:]))


def only_ratio(value: str) -> BodyReport:
    """A second file that holds one row and nothing else."""
    report = with_value(value)
    return replace(report, indicators=report.indicators[:1], tasks=(), obstacles=(), requests=())


@pytest.fixture
def send(context: Context, tmp_path: Path) -> Callable[..., Context]:
    """Lays a file of BYT into the inbox, collects and reads; the road at that time."""

    def sent(report: BodyReport, received_at: str) -> Context:
        inbox = tmp_path / "inbox"
        (inbox / "BYT").mkdir(parents=True, exist_ok=True)
        name = f"{received_at[:16].replace(':', '')}-{report.indicators[0].value}.csv"
        (inbox / "BYT" / name).write_bytes(report_csv(report))
        clock = inbox / "received.csv"
        told = clock.read_text() if clock.exists() else "path,received_at\n"
        clock.write_text(f"{told}BYT/{name},{received_at}\n")
        at = replace(context, now=max(NOW, datetime.fromisoformat(received_at).astimezone(UTC)))
        collect(at, inbox)
        normalise(at, OCTOBER)
        return at

    return sent


def asked(context: Context, question: str, known_at: datetime | None = None) -> list[dict[str, object]]:
    with context.database.transaction() as connection:
        return queries.rows(context.database, connection, question, **values_until(OCTOBER.end, known_at))


def value(context: Context, known_at: datetime | None = None) -> object:
    rows = asked(context, OF_SCORES[0], known_at)
    return next((row["value"] for row in rows if row["indicator_id"] == RATIO), None)


def item(context: Context, item_id: str = RATIO) -> dict[str, object]:
    seen = Seen(as_of=context.now + timedelta(days=400))
    rows = standing(context.database, context.catalogue, [OCTOBER], seen=seen, agency_id="BYT")
    return dict(rows[rows["item_id"] == item_id].iloc[0])


def newest(context: Context) -> int:
    with context.database.transaction() as connection:
        return int(connection.exec_driver_sql("select max(submission_id) from submission").scalar_one())


def test_partial_file_leaves_the_rest_standing(context: Context, send: Callable[..., Context]):
    """
    A second file with one row corrects that row; what it does not hold keeps its value, its receipt and its time.
    """
    fill_period(context, OCTOBER)
    send(good_report(), IN_TIME)
    tasks = asked(context, OF_SCORES[1])
    send(only_ratio("95"), LATE)

    assert Decimal(95) == value(context)
    assert tasks == asked(context, OF_SCORES[1])
    assert "received_on_time" == item(context)["state"] == item(context, good_report().tasks[0].task_id)["state"]


def test_changes_name_both_ends(context: Context, send: Callable[..., Context]):
    """
    A correction is told with old and new value, both files, cells and times; an answer said again is no change.
    """
    send(with_value("90"), IN_TIME)
    send(only_ratio("95"), LATE)
    (told,) = changes(context.database, context.catalogue, "BYT", OCTOBER).to_dict("records")

    assert (RATIO, "corrected") == (told["item_id"], told["change"])
    assert ("reported 90", "reported 95") == (told["old"], told["new"])
    assert told["old_submission"] < told["new_submission"]
    assert told["old_cell"].startswith("B")
    assert told["new_cell"].startswith("B")
    assert pandas.Timestamp(IN_TIME) == told["old_received_at"]
    assert pandas.Timestamp(LATE) == told["new_received_at"]


def test_retraction_uncovers_and_holds(context: Context, send: Callable[..., Context]):
    """
    Taken back, the value before it stands for scores and ledger, also after the file was read anew; as known before it,
    nothing changed; withdrawn, it counts again.
    """
    send(with_value("90"), LATE)
    send(only_ratio("95"), "2026-11-14T10:00:00+07:00")
    then = [replace(context, now=NOW + timedelta(days=days)) for days in range(1, 5)]
    number = newest(context)

    assert retract(then[0], submission_id=number, item_id=RATIO, **DECISION)
    assert not retract(then[1], submission_id=number, item_id=RATIO, **DECISION)
    assert Decimal(90) == value(context)
    newer = replace(then[2], catalogue=replace(context.catalogue, sha256="f" * 64))
    normalise(newer, OCTOBER)
    assert Decimal(90) == value(context)
    assert 0 == normalise(newer, OCTOBER)["changed"]
    assert Decimal(95) == value(context, NOW + timedelta(hours=1))
    told = changes(context.database, context.catalogue, "BYT", OCTOBER).to_dict("records")
    assert [("corrected", ""), ("retracted", "An")] == [(row["change"], row["author"]) for row in told]
    assert retract(then[3], submission_id=number, item_id=RATIO, **DECISION, withdraw=True)
    assert Decimal(95) == value(context)
    with context.database.transaction() as connection:
        journal = connection.exec_driver_sql("select action, subject from journal order by journal_id").all()
    assert ["retract", "withdraw retraction"] == [action for action, _ in journal]
    assert {"submission_id": number, "item_kind": "indicator", "item_id": RATIO} == journal[0][1]


def test_whole_submission_taken_back(context: Context, send: Callable[..., Context]):
    """
    Superseded and taken back returns to the state before: values, tasks, obstacles, ledger.
    """
    fill_period(context, OCTOBER)
    send(with_value("90"), LATE)
    before = [asked(context, question) for question in OF_SCORES]
    states = item(context)
    send(replace(with_value("95"), obstacles=()), "2026-11-14T10:00:00+07:00")
    assert before[2] != asked(context, OF_SCORES[2])

    retract(replace(context, now=NOW + timedelta(days=1)), submission_id=newest(context), item_id=None, **DECISION)

    assert before == [asked(context, question) for question in OF_SCORES]
    assert states == item(context)


def test_refused_retractions(context: Context, send: Callable[..., Context]):
    """
    A decision about nothing, or without a reason, is refused and leaves no trace.
    """
    send(with_value("90"), IN_TIME)
    changed: list[tuple[dict[str, object], str]] = [
        ({"submission_id": 99}, "submission 99 is not known"),
        ({"item_id": "57.01"}, "does not answer '57.01'; it answers .*72.04"),
        ({"withdraw": True}, "no retraction of '72.04'"),
        ({"reason": " "}, "the reason is empty"),
    ]
    for change, words in changed:
        given = {"submission_id": newest(context), "item_id": RATIO, **DECISION, **change}
        with pytest.raises(LedgerError, match=words):
            retract(context, **given)

    with context.database.transaction() as connection:
        assert 0 == connection.exec_driver_sql("select count(*) from retraction").scalar_one()


def test_closed_period_obeyed_everywhere(context: Context, send: Callable[..., Context]):
    """
    What comes after the revision window is kept and told, and stands nowhere: not in ledger, scores or briefings.
    """
    fill_period(context, OCTOBER)
    send(with_value("90"), LATE)
    before = [asked(context, question) for question in OF_SCORES]
    at = send(replace(with_value("95"), obstacles=()), AFTER_CLOSING)
    told = standing_findings(context.database, OCTOBER, with_notes=True)
    told = told[told["check_code"] == "period-closed"]

    assert before == [asked(context, question) for question in OF_SCORES]
    assert changes(context.database, context.catalogue, "BYT", OCTOBER).empty
    assert 1 == len(told)
    assert RATIO in told.iloc[0]["text_vi"]
    reopen(at, agency_id="BYT", period=OCTOBER, reason="Đính chính", author="An")
    assert before == [asked(context, question) for question in OF_SCORES]
    send(with_value("96"), "2027-12-20T10:00:00+07:00")
    assert Decimal(96) == value(context)
    assert Decimal(90) == value(context, NOW + timedelta(days=1))
