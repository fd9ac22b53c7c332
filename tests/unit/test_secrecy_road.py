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
from resolution_monitor.ask.turned_away import turned_away_and_purged
from resolution_monitor.collect.land import raw_path
from resolution_monitor.errors import VERIFY_FOUND_PROBLEMS, PurgeError, StorageError
from resolution_monitor.pipeline import Road
from resolution_monitor.pipeline.collect import collect
from resolution_monitor.pipeline.keep_house import keep_house
from resolution_monitor.pipeline.normalise import normalise
from resolution_monitor.pipeline.purge import purge
from resolution_monitor.pipeline.score import score
from resolution_monitor.pipeline.verify import verify
from resolution_monitor.settings import Settings
from resolution_monitor.store.briefing_rows import Edition, save_edition

ONE_SERVER = True

NAME = "Ke hoach Hoa Sen.xlsx"
PLANTED = "HOASEN"
ORDER = {"reason": "sent by mistake", "ordered_by": "Security officer"}


def lay(road: Road, sender_id: str, name: str, content: bytes) -> Path:
    path = road.settings.inbox_folder / sender_id / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def walk(road: Road) -> dict[str, int]:
    counts = collect(road, road.settings.inbox_folder)
    return {**counts, **normalise(road, None)}


def every_row(road: Road) -> str:
    """All our tables as text."""
    with road.database.transaction() as connection:
        ask = connection.exec_driver_sql
        tables = ask("select tablename from pg_tables where schemaname = 'monitor' order by 1").scalars().all()
        return "\n".join(str(ask(f"select t::text from {table} as t").scalars().all()) for table in tables)


def every_file(settings: Settings) -> str:
    """Names and contents of the state folder, as far as they are text."""
    files = [path for path in settings.home.rglob("*") if path.is_file()]
    return "\n".join(f"{path.relative_to(settings.home)} {path.read_bytes()!r}" for path in files)


def states(road: Road) -> list[str]:
    return [proof.state.value for proof in verify(road)]


def one(road: Road, statement: str) -> object:
    with road.database.transaction() as connection:
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
    road: Road, caplog: pytest.LogCaptureFixture, name: str, change: Callable[..., object], number: str
):
    """
    Body, time and document number are noted, once; no name, word, hash or copy is left in tables, files or logs.
    """
    caplog.set_level(logging.DEBUG)
    content = xlsx(change)
    road.settings.logs_folder.mkdir(parents=True)
    path = lay(road, "BYT", name, content)

    assert 1 == walk(road).get("turned_away", 0)
    lay(road, "BNV", "bc.xlsx", as_workbook(good_report()))
    assert 0 == walk(road).get("turned_away", 0)

    assert not path.exists()
    assert 1 == one(road, "select count(*) from turned_away")
    (row,) = turned_away_and_purged(road.database, OCTOBER, NOW + timedelta(days=365), "BYT")
    assert row.startswith("turned away: a file of BYT with a secrecy mark")
    assert number == row.partition(", document ")[2]
    for word in ("Hoa Sen", PLANTED, hashlib.sha256(content).hexdigest()):
        told = [*map(str, (vars(record) for record in caplog.records)), every_row(road), every_file(road.settings)]
        assert not any(word in text for text in told)


def test_same_marked_file_again_is_one_row(road: Road):
    """
    A run cut short between noting and removing finds the file again; the row is the same.
    """
    for _ in range(2):
        path = lay(road, "BYT", NAME, xlsx(lambda workbook: workbook.active.append(["MẬT"])))
        moment = datetime(2026, 11, 5, 3, 0, tzinfo=UTC).timestamp()
        os.utime(path, (moment, moment))
        collect(road, road.settings.inbox_folder)

    assert 1 == one(road, "select count(*) from turned_away")


def test_refused_file_is_held(road: Road):
    """
    What nobody could look into never reaches raw/; it is told, held for thirty days, and then let go.
    """
    lay(road, "BYT", "bc.xlsx", macros())
    counts = walk(road)

    assert (1, 1) == (counts["new"], counts["refused"])
    assert [] == [path for path in road.settings.raw_folder.rglob("*") if path.is_file()]
    assert 0o700 == road.settings.held_folder.stat().st_mode & 0o777
    assert ["held"] == states(road)
    assert "macro-workbook" == one(road, "select check_code from finding")
    assert 0 == keep_house(road)["held_removed"]

    later = replace(road, now=road.now + timedelta(days=31))
    assert 1 == keep_house(later)["held_removed"]
    assert ["let_go"] == states(later)
    assert 0 == walk(later)["new"]


def test_personal_data_is_masked_in_tables(road: Road):
    """
    A telephone number in a note is stored masked, and its cell gets a warning; the raw file keeps what was sent.
    """
    report = good_report()
    obstacle = replace(report.obstacles[0], text="Liên hệ ông A, ĐT 0912345678")
    lay(road, "BYT", "bc.xlsx", as_workbook(replace(report, obstacles=(obstacle,))))
    walk(road)

    assert "Liên hệ ông A, ĐT [đã che: số điện thoại]" == one(road, "select text from obstacle")
    assert "warn" == one(road, "select severity from finding where check_code = 'personal-data'")
    assert "0912345678" not in every_row(road)


# --- Purge ---------------------------------------------------------------------------------------------------------


def secret_report() -> bytes:
    report = good_report()
    obstacle = replace(report.obstacles[0], text=f"Vướng mắc {PLANTED}")
    first = replace(report.indicators[0], value=Decimal("87.654321"))
    return as_workbook(replace(report, obstacles=(obstacle,), indicators=(first, *report.indicators[1:])))


def slipped_in(road: Road) -> str:
    """A report that must not be here, scored, answered, logged and printed in a draft; its hash."""
    content = secret_report()
    lay(road, "BYT", NAME, content)
    lay(road, "BNV", "copy.xlsx", content)
    lay(road, "BKHCN", "good.xlsx", xlsx(lambda workbook: None))
    walk(road)
    settings, sha256 = road.settings, hashlib.sha256(content).hexdigest()
    for name in (f"{NAME}.bien-nhan.txt", f"{NAME}.bien-nhan.json", "Ke hoach Hoa Sen.tra-loi.xlsx"):
        (settings.home / "outbox" / "BYT").mkdir(parents=True, exist_ok=True)
        (settings.home / "outbox" / "BYT" / name).write_text(PLANTED)
    settings.logs_folder.mkdir(parents=True, exist_ok=True)
    (settings.logs_folder / "run.log").write_text(f"first\n{{'file': '{NAME}'}}\nlast\n")
    print_edition(road, sha256)
    return sha256


def number_of(road: Road) -> int:
    return int(str(one(road, "select submission_id from submission where sender_id = 'BYT'")))


def print_edition(road: Road, sha256: str) -> None:
    run = score(road, "resolutions_month", OCTOBER)
    settings, none = road.settings, "0" * 64
    edition = Edition(
        report="resolutions_month",
        edition="resolutions_month-2026-10-abcdef01",
        scoring_run_id=int(run["scoring_run_id"]),
        before_run_id=None,
        known_at=road.now + timedelta(seconds=1),
        rules_version="1",
        lock_sha256=none,
        snapshot_sha256=none,
        view_model_sha256=none,
        pdf_sha256=none,
        xlsx_sha256=none,
        state="draft",
    )
    source = {"file_name": NAME, "sheet": "Chỉ tiêu", "cell": "F5", "sha256": sha256}
    of_figure = {"unit": "%", "rule": "r", "about": "BYT", "place": "p"}
    figures = [
        {"figure_id": "F1", "text": "87,654321", "value": Decimal("87.654321"), "sources": [source], **of_figure},
        {"figure_id": "F2", "text": "1", "value": Decimal(1), "sources": [], **of_figure},
    ]
    save_edition(road.database, edition, OCTOBER, figures, road.now)
    settings.briefings_folder.mkdir(parents=True, exist_ok=True)
    for suffix in ("pdf", "xlsx"):
        (settings.briefings_folder / f"nghi-quyet-thang-2026-10-abcdef01.{suffix}").write_text(PLANTED)


def assert_nothing_left(road: Road, sha256: str) -> None:
    told = every_row(road) + every_file(road.settings)
    for word in (PLANTED, "Hoa Sen", "87.654321", "87,654321", sha256, "copy.xlsx"):
        assert word not in told


def test_purge_removes_everything(road: Road):
    """
    Both submissions of the content go, with rows, files, answers, log lines, drafts and scores; tombstones stay.
    """
    sha256 = slipped_in(road)
    assert PLANTED in every_row(road)

    done = purge(road, number_of(road), **ORDER)

    assert 2 == len(done.submission_ids)
    assert {
        "raw_files": 1,
        "copies": 2,
        "answers": 5,  # two receipts of each of both, and the answer
        "edition_files": 2,
        "log_lines": 1,
    }.items() <= done.removed.items()
    assert_nothing_left(road, sha256)
    assert "first\nlast\n" == (road.settings.logs_folder / "run.log").read_text()
    assert ["kept", "purged", "purged"] == sorted(states(road))
    assert "purge" == one(road, "select action from journal where author = 'Security officer' limit 1")
    assert 2 == one(road, "select count(*) from tombstone where to_remove is null and removed -> 'finding' is not null")


def test_purged_file_does_not_come_again(road: Road):
    """
    The same content is turned away from then on, under any name; the road goes on without it.
    """
    sha256 = slipped_in(road)
    purge(road, number_of(road), **ORDER)

    path = lay(road, "BYT", "other name.xlsx", secret_report())
    assert 1 == walk(road).get("turned_away", 0)

    assert not path.exists()
    assert_nothing_left(road, sha256)
    assert score(road, "resolutions_month", OCTOBER)["leaves"] > 0


def test_purge_twice_changes_nothing(road: Road):
    """
    A second order finds nothing to do; one for a submission that never was, or without a name, is refused.
    """
    slipped_in(road)
    number = number_of(road)
    purge(road, number, **ORDER)
    before = every_row(road)

    assert () == purge(road, number, **ORDER).submission_ids
    assert before == every_row(road)
    for other, order in ((99, ORDER), (number, {**ORDER, "ordered_by": " "})):
        with pytest.raises(PurgeError):
            purge(road, other, **order)


def test_interrupted_purge_goes_on(road: Road):
    """
    Cut short among the files, verification says so; the same order finishes it.
    """
    sha256 = slipped_in(road)
    number = number_of(road)
    path = raw_path(road.settings.raw_folder, sha256)
    path.unlink()
    (path / "in the way").mkdir(parents=True)
    with pytest.raises(StorageError):
        purge(road, number, **ORDER)
    assert ["kept", "purge_unfinished", "purge_unfinished", "stray"] == sorted(states(road))

    (path / "in the way").rmdir()
    path.rmdir()
    done = purge(road, number, **ORDER)

    assert 2 == len(done.submission_ids)
    assert_nothing_left(road, sha256)
    assert ["kept", "purged", "purged"] == sorted(states(road))


def test_issued_edition_stays_and_is_told(road: Road):
    """
    What left the house cannot be unsaid: the edition is listed, its numbers of this file go, its run counts no more.
    """
    slipped_in(road)
    with road.database.transaction() as connection:
        connection.exec_driver_sql("update briefing set state = 'issued'")
    old_run = one(road, "select scoring_run_id from briefing")

    done = purge(road, number_of(road), **ORDER)

    assert ["issued"] == [edition.state for edition in done.editions_kept]
    assert ["F2"] == [one(road, "select string_agg(figure_id, ',') from figure")]
    assert 2 == len(list(road.settings.briefings_folder.iterdir()))
    assert old_run != score(road, "resolutions_month", OCTOBER)["scoring_run_id"]


@pytest.mark.parametrize("is_issued", [False, True])
def test_runs_that_go_on_go_with_their_base(road: Road, is_issued: bool):
    """
    A later run of another body stands on the one that held the file: it goes with it, or stays aside with it where an
    issued edition names it. The next run scores everybody.
    """
    sha256 = slipped_in(road)
    later = replace(road, now=road.now + timedelta(days=1))
    lay(later, "BKHCN", "better.xlsx", xlsx(lambda workbook: workbook.active.append(["x"])))
    walk(later)
    run = score(later, "resolutions_month", OCTOBER)
    if is_issued:
        with road.database.transaction() as connection:
            connection.exec_driver_sql(
                f"update briefing set state = 'issued', scoring_run_id = {run['scoring_run_id']}"
            )
    base = one(road, f"select base_run_id from scoring_run where scoring_run_id = {run['scoring_run_id']}")
    purge(later, number_of(road), **ORDER)
    left = one(road, "select count(*) from scoring_run")
    anew = score(later, "resolutions_month", OCTOBER)

    assert base is not None
    assert (2 if is_issued else 0) == left
    assert 0 == one(road, "select count(submission_id) from leaf_score where agency_id = 'BYT'")
    assert anew["anew"] == anew["leaves"]
    if not is_issued:
        assert_nothing_left(road, sha256)


def test_keep_briefings(road: Road):
    """
    Drafts stay when the order says so, and are told like issued editions.
    """
    slipped_in(road)

    done = purge(road, number_of(road), **ORDER, keep_briefings=True)

    assert [("draft", date(2026, 10, 31))] == [(one.state, one.period_end) for one in done.editions_kept]


def test_every_table_of_a_submission_is_written_anew(road: Road):
    """
    Whatever refers to a submission is purged by its foreign key, and its table rewritten by the list.
    """
    asked = "select string_agg(distinct conrelid::regclass::text, ' ') from pg_constraint where contype = 'f'"
    referring = str(one(road, f"{asked} and confrelid = 'submission'::regclass")).split()
    listed = (road.database.statements / "secrecy" / "rewrite_tables.sql").read_text().replace(",", " ").split()

    assert [] == [table for table in referring if table not in listed]


def test_verify_tells_tampered_from_missing(road: Road):
    """
    A changed file is tampered, a lost one missing, one without a submission stray.
    """
    lay(road, "BYT", "a.xlsx", as_workbook(good_report()))
    lay(road, "BNV", "b.xlsx", xlsx(lambda workbook: None))
    walk(road)
    first, second = sorted(path for path in road.settings.raw_folder.rglob("*") if path.is_file())
    assert ["kept", "kept"] == states(road)

    first.chmod(0o600)
    first.write_bytes(b"x")
    second.rename(second.with_name("f" * 64))

    assert ["missing", "stray", "tampered"] == sorted(states(road))


def test_commands(road: Road, monkeypatch: pytest.MonkeyPatch):
    """
    The officer reads what went and what is beyond reach; verification ends with its own exit code.
    """
    slipped_in(road)
    assert road.settings.database_url is not None
    monkeypatch.setenv("DATABASE_URL", road.settings.database_url)
    monkeypatch.setenv("RESOLUTION_MONITOR_HOME", str(road.settings.home))
    order = ["purge", str(number_of(road)), "--reason", "mistake", "--ordered-by", "An"]

    first, second = (CliRunner().invoke(app, order).output for _ in range(2))
    proven = CliRunner().invoke(app, ["verify"])
    next(path for path in road.settings.raw_folder.rglob("*") if path.is_file()).unlink()
    lost = CliRunner().invoke(app, ["verify"])

    assert "purged: submission 2, 3" in first
    assert "backups and write-ahead logs" in first
    assert "purged before; nothing changed" in second
    assert (0, True) == (proven.exit_code, "2 purged" in proven.output)
    assert (VERIFY_FOUND_PROBLEMS, True) == (lost.exit_code, "missing: submission" in lost.output)
