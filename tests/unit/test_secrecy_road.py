"""Secrecy on the road: marked files leave nothing, refused ones are held, and a purge removes what slipped in."""

import hashlib
import logging
import os
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from conftest import NOW
from hostile.workbooks import macros
from typer.testing import CliRunner
from unit.body_reports import OCTOBER, as_workbook, good_report
from unit.test_mark_carriers import xlsx

from resolution_monitor.__main__ import app
from resolution_monitor.ask.marked_refusals import marked_and_purged
from resolution_monitor.collect.land import raw_path
from resolution_monitor.errors import VERIFY_FOUND_PROBLEMS, PurgeError, StorageError
from resolution_monitor.pipeline import Context
from resolution_monitor.pipeline.collect import collect
from resolution_monitor.pipeline.documents import verify_document
from resolution_monitor.pipeline.maintenance import maintenance
from resolution_monitor.pipeline.normalise import normalise
from resolution_monitor.pipeline.purge import purge
from resolution_monitor.pipeline.score import score
from resolution_monitor.pipeline.verify import verify
from resolution_monitor.settings import Settings
from resolution_monitor.store.briefing_rows import Edition, save_edition
from resolution_monitor.store.roles import as_purger

NAME = "Ke hoach Hoa Sen.xlsx"
PLANTED = "HOASEN"
ORDER = {"reason": "sent by mistake", "ordered_by": "Security officer"}


def lay(context: Context, sender_id: str, name: str, content: bytes) -> Path:
    path = context.settings.inbox_folder / sender_id / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def walk(context: Context) -> dict[str, int]:
    counts = collect(context, context.settings.inbox_folder)
    return {**counts, **normalise(context, None)}


def every_row(context: Context) -> str:
    """All our tables as text."""
    with context.database.transaction() as connection:
        ask = connection.exec_driver_sql
        tables = ask("select tablename from pg_tables where schemaname = 'monitor' order by 1").scalars().all()
        return "\n".join(str(ask(f"select t::text from {table} as t").scalars().all()) for table in tables)


def every_file(settings: Settings) -> str:
    """Names and contents of the state folder, as far as they are text."""
    files = [path for path in settings.home.rglob("*") if path.is_file()]
    return "\n".join(f"{path.relative_to(settings.home)} {path.read_bytes()!r}" for path in files)


def states(context: Context) -> list[str]:
    return [proof.state.value for proof in verify(context)]


def one(context: Context, statement: str) -> object:
    with context.database.transaction() as connection:
        return connection.exec_driver_sql(statement).scalar()


@pytest.mark.parametrize(
    ("name", "change", "number"),
    [
        (NAME, lambda workbook: workbook.active.append(["MẬT", PLANTED]), "123-BC/BTC"),
        # Whoever looks at the name never looks into the file.
        (f"TUYET MAT_{NAME}", lambda workbook: workbook.active.append([PLANTED]), ""),
    ],
)
def test_marked_file_leaves_nothing(
    context: Context, caplog: pytest.LogCaptureFixture, name: str, change: Callable[..., object], number: str
):
    """
    Body, time and document number are noted, once; no name, word, hash or copy is left in tables, files or logs.
    """
    caplog.set_level(logging.DEBUG)
    content = xlsx(change)
    context.settings.logs_folder.mkdir(parents=True)
    path = lay(context, "BYT", name, content)

    assert 1 == walk(context).get("marked", 0)
    lay(context, "BNV", "bc.xlsx", as_workbook(good_report()))
    assert 0 == walk(context).get("marked", 0)

    assert not path.exists()
    assert 1 == one(context, "select count(*) from marked_refusal")
    (row,) = marked_and_purged(context.database, OCTOBER, NOW + timedelta(days=365), "BYT")
    assert row.startswith("turned away: a file of BYT with a secrecy mark")
    assert number == row.partition(", document ")[2]
    for word in ("Hoa Sen", PLANTED, hashlib.sha256(content).hexdigest()):
        told = [
            *map(str, (vars(record) for record in caplog.records)),
            every_row(context),
            every_file(context.settings),
        ]
        assert not any(word in text for text in told)


def test_same_marked_file_again_is_one_row(context: Context):
    """
    A run cut short between noting and removing finds the file again; the row is the same.
    """
    for _ in range(2):
        path = lay(context, "BYT", NAME, xlsx(lambda workbook: workbook.active.append(["MẬT"])))
        moment = datetime(2026, 11, 5, 3, 0, tzinfo=UTC).timestamp()
        os.utime(path, (moment, moment))
        collect(context, context.settings.inbox_folder)

    assert 1 == one(context, "select count(*) from marked_refusal")


def test_refused_file_is_held(context: Context):
    """
    What nobody could look into never reaches raw/; it is told, held for thirty days, and then let go.
    """
    lay(context, "BYT", "bc.xlsx", macros())
    counts = walk(context)

    assert (1, 1) == (counts["new"], counts["refused"])
    assert [] == [path for path in context.settings.raw_folder.rglob("*") if path.is_file()]
    assert 0o700 == context.settings.held_folder.stat().st_mode & 0o777
    assert ["held"] == states(context)
    assert "macro-workbook" == one(context, "select check_code from finding")
    assert 0 == maintenance(context)["held_removed"]

    later = replace(context, now=context.now + timedelta(days=31))
    assert 1 == maintenance(later)["held_removed"]
    assert ["let_go"] == states(later)
    assert 0 == walk(later)["new"]


def test_personal_data_is_masked_in_tables(context: Context):
    """
    A telephone number in a note is stored masked, and its cell gets a warning; the raw file keeps what was sent.
    """
    report = good_report()
    obstacle = replace(report.obstacles[0], text="Liên hệ ông A, ĐT 0912345678")
    lay(context, "BYT", "bc.xlsx", as_workbook(replace(report, obstacles=(obstacle,))))
    walk(context)

    assert "Liên hệ ông A, ĐT [đã che: số điện thoại]" == one(context, "select text from obstacle")
    assert "warn" == one(context, "select severity from finding where check_code = 'personal-data'")
    assert "0912345678" not in every_row(context)


# --- Purge ---------------------------------------------------------------------------------------------------------


def secret_report() -> bytes:
    report = good_report()
    obstacle = replace(report.obstacles[0], text=f"Vướng mắc {PLANTED}")
    first = replace(report.indicators[0], value=Decimal("87.654321"))
    return as_workbook(replace(report, obstacles=(obstacle,), indicators=(first, *report.indicators[1:])))


def slipped_in(context: Context) -> str:
    """A report that must not be here, scored, answered, logged and printed in a draft; its hash."""
    content = secret_report()
    lay(context, "BYT", NAME, content)
    lay(context, "BNV", "copy.xlsx", content)
    lay(context, "BKHCN", "good.xlsx", xlsx(lambda workbook: None))
    walk(context)
    settings, sha256 = context.settings, hashlib.sha256(content).hexdigest()
    for name in (f"{NAME}.bien-nhan.txt", f"{NAME}.bien-nhan.json", "Ke hoach Hoa Sen.tra-loi.xlsx"):
        (settings.home / "outbox" / "BYT").mkdir(parents=True, exist_ok=True)
        (settings.home / "outbox" / "BYT" / name).write_text(PLANTED)
    settings.logs_folder.mkdir(parents=True, exist_ok=True)
    (settings.logs_folder / "run.log").write_text(f"first\n{{'file': '{NAME}'}}\nlast\n")
    print_edition(context, sha256)
    return sha256


def number_of(context: Context) -> int:
    return int(str(one(context, "select submission_id from submission where sender_id = 'BYT'")))


def print_edition(context: Context, sha256: str) -> None:
    run = score(context, "resolutions_month", OCTOBER)
    settings, none = context.settings, "0" * 64
    edition = Edition(
        report="resolutions_month",
        edition="resolutions_month-2026-10-abcdef01",
        scoring_run_id=int(run["scoring_run_id"]),
        before_run_id=None,
        known_at=context.now + timedelta(seconds=1),
        rules_version="1",
        lock_sha256=none,
        snapshot_sha256=none,
        view_model_sha256=none,
        pdf_sha256=none,
        xlsx_sha256=none,
        state="draft",
        language="vi",
        catalogue_sha256=none,
        renderer_sha256=none,
        seen_until=context.now,
        content=PLANTED,
    )
    source = {"file_name": NAME, "sheet": "Chỉ tiêu", "cell": "F5", "sha256": sha256}
    of_figure = {"unit": "%", "rule": "r", "about": "BYT", "place": "p"}
    figures = [
        {"figure_id": "F1", "text": "87,654321", "value": Decimal("87.654321"), "sources": [source], **of_figure},
        {"figure_id": "F2", "text": "1", "value": Decimal(1), "sources": [], **of_figure},
    ]
    save_edition(context.database, edition, OCTOBER, figures, context.now)
    settings.briefings_folder.mkdir(parents=True, exist_ok=True)
    for suffix in ("pdf", "xlsx"):
        (settings.briefings_folder / f"nghi-quyet-thang-2026-10-abcdef01.{suffix}").write_text(PLANTED)


def assert_nothing_left(context: Context, sha256: str) -> None:
    told = every_row(context) + every_file(context.settings)
    for word in (PLANTED, "Hoa Sen", "87.654321", "87,654321", sha256, "copy.xlsx"):
        assert word not in told


def test_purge_removes_everything(context: Context):
    """
    Both submissions of the content go, with rows, files, answers, log lines, drafts and scores; tombstones stay.
    """
    sha256 = slipped_in(context)
    assert PLANTED in every_row(context)

    done = purge(context, number_of(context), **ORDER)

    assert 2 == len(done.submission_ids)
    assert {
        "raw_files": 1,
        "copies": 2,
        "answers": 5,  # two receipts of each of both, and the answer
        "edition_files": 2,
        "log_lines": 1,
    }.items() <= done.removed.items()
    assert_nothing_left(context, sha256)
    assert "first\nlast\n" == (context.settings.logs_folder / "run.log").read_text()
    assert ["kept", "purged", "purged"] == sorted(states(context))
    assert "purge" == one(context, "select action from journal where author = 'Security officer' limit 1")
    assert 2 == one(
        context, "select count(*) from tombstone where to_remove is null and removed -> 'finding' is not null"
    )


def test_purge_takes_the_numbers_of_documents(context: Context):
    """
    What a person found of a document whose number came from the purged file goes with it, in the journal as well; of
    one that another report names, too, it stays.
    """
    report = good_report()
    noted = tuple(replace(entry, note="Xong từ trước, lần đầu báo cáo") for entry in report.tasks)
    report = replace(report, tasks=noted)
    lay(context, "BYT", NAME, as_workbook(report))
    walk(context)
    alone, shared = [entry for entry in report.tasks if entry.product][:2]
    for entry in (alone, shared):
        _find(context, entry.task_id, entry.product)
    again = replace(report, tasks=tuple(entry for entry in report.tasks if entry != alone))
    lay(context, "BYT", "again.xlsx", as_workbook(again))
    walk(context)
    done = purge(context, int(str(one(context, "select min(submission_id) from submission"))), **ORDER)

    assert 1 == done.removed["document_verification"]
    assert [shared.product] == documents_in(context, "select document from document_verification")
    subjects = "select subject ->> 'document' from journal where action = 'verify document' order by journal_id"
    assert [None, shared.product] == documents_in(context, subjects)


def _find(context: Context, item_id: str, number: str) -> None:
    verify_document(
        context,
        agency_id="BYT",
        item_id=item_id,
        document=number,
        verdict="invalid",
        issued_on=None,
        source="the original",
        author="An",
    )


def documents_in(context: Context, statement: str) -> list[str | None]:
    with context.database.transaction() as connection:
        return [row[0] for row in connection.exec_driver_sql(statement)]


def test_purged_file_does_not_come_again(context: Context):
    """
    The same content is turned away from then on, under any name; the road goes on without it.
    """
    sha256 = slipped_in(context)
    purge(context, number_of(context), **ORDER)

    path = lay(context, "BYT", "other name.xlsx", secret_report())
    assert 1 == walk(context).get("marked", 0)

    assert not path.exists()
    assert_nothing_left(context, sha256)
    assert score(context, "resolutions_month", OCTOBER)["assignments"] > 0


def test_purge_twice_changes_nothing(context: Context):
    """
    A second order finds nothing to do; one for a submission that never was, or without a name, is refused.
    """
    slipped_in(context)
    number = number_of(context)
    purge(context, number, **ORDER)
    before = every_row(context)

    assert () == purge(context, number, **ORDER).submission_ids
    assert before == every_row(context)
    for other, order in ((99, ORDER), (number, {**ORDER, "ordered_by": " "})):
        with pytest.raises(PurgeError):
            purge(context, other, **order)


def test_interrupted_purge_goes_on(context: Context):
    """
    Cut short among the files, verification says so; the same order finishes it.
    """
    sha256 = slipped_in(context)
    number = number_of(context)
    path = raw_path(context.settings.raw_folder, sha256)
    path.unlink()
    (path / "in the way").mkdir(parents=True)
    with pytest.raises(StorageError):
        purge(context, number, **ORDER)
    assert ["kept", "purge_unfinished", "purge_unfinished", "stray"] == sorted(states(context))

    (path / "in the way").rmdir()
    path.rmdir()
    done = purge(context, number, **ORDER)

    assert 2 == len(done.submission_ids)
    assert_nothing_left(context, sha256)
    assert ["kept", "purged", "purged"] == sorted(states(context))


def test_issued_edition_stays_and_is_told(context: Context):
    """
    What left the house cannot be unsaid: the edition is listed, its numbers of this file go, its run counts no more.
    """
    slipped_in(context)
    with context.database.transaction() as connection:
        as_purger(connection)
        connection.exec_driver_sql("update briefing set state = 'issued'")
    old_run = one(context, "select scoring_run_id from briefing")

    done = purge(context, number_of(context), **ORDER)

    assert ["issued"] == [edition.state for edition in done.editions_kept]
    assert ["F2"] == [one(context, "select string_agg(figure_id, ',') from figure")]
    assert 2 == len(list(context.settings.briefings_folder.iterdir()))
    assert old_run != score(context, "resolutions_month", OCTOBER)["scoring_run_id"]


@pytest.mark.parametrize("is_issued", [False, True])
def test_runs_that_go_on_go_with_their_base(context: Context, is_issued: bool):
    """
    A later run of another body stands on the one that held the file: it goes with it, or stays aside with it where an
    issued edition names it. The next run scores everybody.
    """
    sha256 = slipped_in(context)
    later = replace(context, now=context.now + timedelta(days=1))
    lay(later, "BKHCN", "better.xlsx", xlsx(lambda workbook: workbook.active.append(["x"])))
    walk(later)
    run = score(later, "resolutions_month", OCTOBER)
    if is_issued:
        with context.database.transaction() as connection:
            as_purger(connection)
            connection.exec_driver_sql(
                f"update briefing set state = 'issued', scoring_run_id = {run['scoring_run_id']}"
            )
    base = one(context, f"select base_run_id from scoring_run where scoring_run_id = {run['scoring_run_id']}")
    purge(later, number_of(context), **ORDER)
    left = one(context, "select count(*) from scoring_run")
    anew = score(later, "resolutions_month", OCTOBER)

    assert base is not None
    assert (2 if is_issued else 0) == left
    assert 0 == one(context, "select count(submission_id) from assignment_score where agency_id = 'BYT'")
    assert anew["anew"] == anew["assignments"]
    if not is_issued:
        assert_nothing_left(context, sha256)


def test_keep_briefings(context: Context):
    """
    Drafts stay when the order says so, and are told like issued editions.
    """
    slipped_in(context)

    done = purge(context, number_of(context), **ORDER, keep_briefings=True)

    assert [("draft", date(2026, 10, 31))] == [(one.state, one.period_end) for one in done.editions_kept]


def test_every_table_of_a_submission_is_written_anew(context: Context):
    """
    Whatever refers to a submission is purged by its foreign key, and its table rewritten by the list.
    """
    asked = "select string_agg(distinct conrelid::regclass::text, ' ') from pg_constraint where contype = 'f'"
    referring = str(one(context, f"{asked} and confrelid = 'submission'::regclass")).split()
    listed = (context.database.statements / "secrecy" / "rewrite_tables.sql").read_text().replace(",", " ").split()

    assert [] == [table for table in referring if table not in listed]


def test_verify_tells_tampered_from_missing(context: Context):
    """
    A changed file is tampered, a lost one missing, one without a submission stray.
    """
    lay(context, "BYT", "a.xlsx", as_workbook(good_report()))
    lay(context, "BNV", "b.xlsx", xlsx(lambda workbook: None))
    walk(context)
    first, second = sorted(path for path in context.settings.raw_folder.rglob("*") if path.is_file())
    assert ["kept", "kept"] == states(context)

    first.chmod(0o600)
    first.write_bytes(b"x")
    second.rename(second.with_name("f" * 64))

    assert ["missing", "stray", "tampered"] == sorted(states(context))


def test_commands(context: Context, monkeypatch: pytest.MonkeyPatch):
    """
    The officer reads what went and what is beyond reach; verification ends with its own exit code.
    """
    slipped_in(context)
    assert context.settings.database_url is not None
    monkeypatch.setenv("DATABASE_URL", context.settings.database_url)
    monkeypatch.setenv("RESOLUTION_MONITOR_HOME", str(context.settings.home))
    order = ["purge", str(number_of(context)), "--reason", "mistake", "--ordered-by", "An"]

    first, second = (CliRunner().invoke(app, order).output for _ in range(2))
    proven = CliRunner().invoke(app, ["verify"])
    next(path for path in context.settings.raw_folder.rglob("*") if path.is_file()).unlink()
    lost = CliRunner().invoke(app, ["verify"])

    assert "purged: submission 2, 3" in first
    assert "backups and write-ahead logs" in first
    assert "purged before; nothing changed" in second
    assert (0, True) == (proven.exit_code, "2 purged" in proven.output)
    assert (VERIFY_FOUND_PROBLEMS, True) == (lost.exit_code, "missing: submission" in lost.output)
