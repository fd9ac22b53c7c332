"""The state folder: backed up, restored elsewhere, copied, lost; and Airflow's database lost."""

import shutil
from pathlib import Path
from typing import Any

from drill.airflow_acts import PASSWORD, make_again
from drill.stage import ADMIN, BUDGET, Stage, require
from drill.table import Act
from drill.web import Browser

_KEPT = ("raw", "briefings", "outbox")
_SCORES = ("scores", "--period", "2026-10", "--level", "agency")
# Run by the environment of the checkout: what an operator's slip in psql would do.
_DROP = """
import sys, pathlib, psycopg2
from resolution_monitor.store import embedded
with embedded.serving(pathlib.Path(sys.argv[1])) as place:
    connection = psycopg2.connect(embedded.url_of(place, "postgres"))
    connection.autocommit = True
    connection.cursor().execute(f'drop database "{embedded.AIRFLOW_DATABASE}" with (force)')
"""


def acts_while_served(stage: Stage) -> list[Act]:
    return [Act("`./monitor backup` while it runs", lambda: _backup(stage), is_needed=True)]


def acts_at_rest(stage: Stage) -> list[Act]:
    return [
        Act("`./monitor restore` at another path", lambda: _restore(stage)),
        Act("copy the state folder, work on both", lambda: _copy(stage)),
        Act("the state folder lost", lambda: _lost_folder(stage)),
        Act("Airflow's database lost", lambda: _lost_metadata(stage)),
        Act("`make up` of a new installation", lambda: _live(stage)),
    ]


def _backup(stage: Stage) -> str:
    stage.kept["backup"] = stage.room.home / "sao lưu" / "hôm nay"
    stage.outside(stage.kept["backup"]).parent.mkdir()
    shutil.chown(stage.outside(stage.kept["backup"]).parent, stage.room.uid or -1, stage.room.uid or -1)
    said = stage.monitor("backup", str(stage.kept["backup"]), DEMO="1")
    stage.kept["hashes"] = stage.hashes(stage.demonstration, *_KEPT)
    stage.kept["scores"] = stage.rows(stage.demonstration, *_SCORES)
    mode = stage.outside(stage.kept["backup"]).stat().st_mode & 0o777
    require(mode == 0o700, f"open to others: {mode:o}")
    make_again(stage.serving)
    return f"{said.split(' files')[0]} files, closed to others; the next run is a success"


def _restore(stage: Stage) -> str:
    home = stage.room.home / "khôi phục"
    stage.monitor("restore", str(stage.kept["backup"]), RESOLUTION_MONITOR_HOME=str(home))
    verified = stage.monitor("verify", RESOLUTION_MONITOR_HOME=str(home))
    require(stage.hashes(home, *_KEPT) == stage.kept["hashes"], "other files than were backed up")
    scores = stage.rows(home, *_SCORES)
    require(scores and scores == stage.kept["scores"], "other scores than were backed up")
    shutil.rmtree(stage.outside(home))
    require("WRONG" not in verified, verified)
    proven = f"{verified.count('snapshot same, content same, files same')} editions proven"
    return f"{len(stage.kept['hashes'])} files with the same hashes, {len(scores)} equal scores; {proven}"


def _copy(stage: Stage) -> str:
    """A waiver in each, of another body, stands there alone."""
    original, copy = stage.demonstration, stage.room.home / "bản sao"
    stage.room.must(stage.room.home, "cp", "-a", str(original), str(copy))
    _waive(stage, copy, "BYT")
    _waive(stage, original, "BTC")
    here, there = ([body for body in ("BYT", "BTC") if _is_waived(stage, home, body)] for home in (copy, original))
    require((here, there) == (["BYT"], ["BTC"]), f"waived in the copy: {here}, in the original: {there}")
    shutil.rmtree(stage.outside(copy))
    require(not stage.room.processes(), "a process was left running")
    return "BYT waived in the copy, BTC in the original: each stands in its own and in no other"


def _waive(stage: Stage, home: Path, body: str) -> None:
    what = ["--agency", body, "--item", "report", "--period", "2026-10"]
    who = ["--reason", "thiên tai", "--author", "Nguyễn Văn A"]
    stage.monitor("waive", *what, *who, RESOLUTION_MONITOR_HOME=str(home))


def _is_waived(stage: Stage, home: Path, body: str) -> bool:
    rows = stage.rows(home, "status", "--agency", body, "--period", "2026-10")
    return any(row["item_kind"] == "report" and row["state"] == "waived" for row in rows)


def _lost_folder(stage: Stage) -> str:
    home = stage.demonstration
    shutil.rmtree(stage.outside(home))
    stage.monitor("restore", str(stage.kept["backup"]), RESOLUTION_MONITOR_HOME=str(home))
    service = stage.serve(DEMO="1")
    ready = service.wait_until_ready()
    require(service.browser.sign_in(ADMIN, stage.kept["password"]), "the account is gone")
    runs = service.browser.ask(f"/api/v2/dags/{BUDGET}/dagRuns")["total_entries"]
    require(runs >= 4, f"{runs} runs are known")
    make_again(service)
    service.stop()
    require(stage.hashes(home, *_KEPT) == stage.kept["hashes"], "other files than were backed up")
    return f"restore, then `make up`: {ready}, the same account, {runs} earlier runs, the next run is a success"


def _lost_metadata(stage: Stage) -> str:
    python = str(stage.checkout / ".venv" / "bin" / "python")
    plugins = str(stage.checkout / "plugins")
    stage.room.must(stage.checkout, python, "-c", _DROP, str(stage.demonstration), PYTHONPATH=plugins)
    service = stage.serve(DEMO="1")
    ready = service.wait_until_ready()
    require(service.browser.sign_in(ADMIN, service.said(PASSWORD)), "the new first account does not open the pages")
    runs = _by_schedule(service.browser)
    require(not runs, f"past ticks were run: {runs}")
    make_again(service)
    service.stop()
    require(stage.rows(stage.demonstration, *_SCORES) == stage.kept["scores"], "scores were lost with it")
    return f"`make up` made it anew ({ready}) with a first account; no past tick was run; scores as before"


def _live(stage: Stage) -> str:
    """The other state folder: inbox/ is there, nothing begins by itself, what is laid there becomes a briefing."""
    service = stage.serve(RESOLUTION_MONITOR_INBOX_QUIET_SECONDS="0")
    ready = service.wait_until_ready()
    live = stage.checkout / "var" / "live"
    require(service.browser.sign_in(ADMIN, service.said(PASSWORD)), "the first account does not open the pages")
    runs = _by_schedule(service.browser)
    require(not runs, f"past ticks were run: {runs}")
    stage.room.must(stage.checkout, "cp", "-R", "samples/inbox/.", str(live / "inbox"))
    run = service.browser.succeeded(BUDGET, service.browser.fill_in(BUDGET, period="2013"))
    made = sorted(Path(name).suffix for name in stage.hashes(live, "briefings"))
    require(made == [".pdf", ".xlsx"], f"made: {made}")
    service.stop()
    return f"{ready}; no past tick was run; {str(run['note']).partition(chr(10))[0]}; PDF and workbook are there"


def _by_schedule(browser: Browser) -> list[Any]:
    """Runs of briefings that the schedule began."""
    runs = browser.ask("/api/v2/dags/~/dagRuns?run_type=scheduled")["dag_runs"]
    return [one["dag_run_id"] for one in runs if one["dag_id"].startswith("briefing_")]
