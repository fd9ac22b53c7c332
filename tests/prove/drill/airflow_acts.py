"""Airflow as its operators use it: sign in, begin runs, fill months backwards, be told of a failure."""

import json
import re
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from installation import wait_for

from drill.service import Service
from drill.stage import ADMIN, BUDGET, MONTHLY, Stage, require
from drill.table import Act
from drill.web import Browser
from resolution_monitor.airflow_host.health import ask_health

_ADDRESS = "truc.ban@example.vn"
PASSWORD = r"password: (\S+)"
_TICKS = ("2026-09-12", "2026-10-12")  # those of August and September
_MONTHS = ("2026-08", "2026-09")


def acts(stage: Stage) -> list[Act]:
    return [
        Act("`DEMO=1 make up`", lambda: _up(stage), is_needed=True),
        Act("sign in by the form", lambda: _sign_in(stage), is_needed=True),
        Act("Airflow's home page", lambda: _health(stage)),
        Act("begin a run by the form", lambda: _by_form(stage)),
        Act("`airflow dags trigger` without a date", lambda: _by_command(stage, [], {"period": "2012"}, "năm 2012")),
        Act(
            "`airflow dags trigger` with a date and no period",
            lambda: _by_command(stage, ["--logical-date", "2015-08-03T00:00:00+07:00"], {}, "năm 2013"),
        ),
        Act("backfill of two months backwards", lambda: _backfill(stage)),
        Act("a run that fails", lambda: _failure(stage)),
    ]


def _up(stage: Stage) -> str:
    service = stage.serve(DEMO="1", RESOLUTION_MONITOR_ALERTS_TO=_ADDRESS)
    ready = service.wait_until_ready()
    stage.kept["password"] = service.said(PASSWORD)
    require(stage.kept["password"], "no first account was told")
    _connect_mail(stage)
    return f"{ready}; the first account was told once"


def _connect_mail(stage: Stage) -> None:
    extra = {"disable_ssl": True, "disable_tls": True, "from_email": "giamsat@example.vn"}
    place = ["--conn-host", "127.0.0.1", "--conn-port", str(stage.mail.port)]
    words = ["--conn-type", "smtp", *place, "--conn-extra", json.dumps(extra)]
    stage.airflow("connections", "add", "smtp_default", *words)


def _sign_in(stage: Stage) -> str:
    service = stage.serving
    require(not Browser(service.address).sign_in(ADMIN, "sai mật khẩu"), "a wrong password opened the pages")
    require(service.browser.sign_in(ADMIN, stage.kept["password"]), "the first account's password did not open them")
    dags = service.browser.ask("/api/v2/dags")["dags"]
    errors = service.browser.ask("/api/v2/importErrors")["total_entries"]
    require(len(dags) >= 5 and not errors, f"{len(dags)} DAGs, {errors} import errors")
    return f"a wrong password is refused; with the first account's {len(dags)} DAGs are shown, none broken"


def _health(stage: Stage) -> str:
    health = ask_health(stage.serving.address) or {}
    red = sorted(part for part, told in health.items() if told["status"] != "healthy")
    require(health and not red, f"shown in red: {', '.join(red)}")
    return f"{', '.join(sorted(health))} are healthy: nothing is shown in red"


def _by_form(stage: Stage) -> str:
    browser = stage.serving.browser
    run = browser.succeeded(BUDGET, browser.fill_in(BUDGET, period="2013"))
    require(run["note"].startswith("năm 2013: "), str(run["note"]))
    return f"run {run['dag_run_id']}: {_first(run['note'])}"


def _by_command(stage: Stage, date: list[str], conf: dict[str, Any], expected: str) -> str:
    run_id = f"tay__{stage.kept.setdefault('by hand', 0)}"
    stage.kept["by hand"] += 1
    stage.airflow("dags", "trigger", BUDGET, "--run-id", run_id, "--conf", json.dumps(conf), *date)
    run = stage.serving.browser.succeeded(BUDGET, run_id)
    require(str(run["note"]).startswith(expected), str(run["note"]))
    return f"logical date {run['logical_date'] or 'none'}: {_first(run['note'])}"


def _backfill(stage: Stage) -> str:
    """Made again from the later month to the earlier, two at once: the same editions, byte for byte."""
    before = stage.hashes(stage.demonstration, "briefings")
    dates = ["--from-date", "2026-09-01", "--to-date", "2026-10-31", "--run-backwards"]
    words = ["backfill", "create", "--dag-id", MONTHLY, *dates, "--reprocess-behavior", "completed"]
    planned = set(re.findall(r"2026-\d\d-12", stage.airflow(*words, "--dry-run")))
    require(planned == set(_TICKS), f"the dry run names {sorted(planned)}")
    stage.airflow(*words, "--max-active-runs", "2")
    browser = stage.serving.browser
    wait_for("the backfill's end", lambda: _is_over(browser), 300)
    runs = [one for one in browser.ask(f"/api/v2/dags/{MONTHLY}/dagRuns")["dag_runs"] if _of(one, _TICKS)]
    require([one["state"] for one in runs] == ["success"] * 2, str([(one["dag_run_id"], one["state"]) for one in runs]))
    order = [_of(one, _TICKS) for one in sorted(runs, key=lambda one: datetime.fromisoformat(one["start_date"]))]
    after = stage.hashes(stage.demonstration, "briefings")
    require(before == after, f"other editions: {sorted(set(before.items()) ^ set(after.items()))}")
    which = f"ticks {' and '.join(order)}, begun in this order"
    return f"runs of {' and '.join(_MONTHS)} ({which}): success; editions byte for byte as before"


def _is_over(browser: Browser) -> bool:
    found = browser.ask(f"/api/v2/backfills?dag_id={MONTHLY}")["backfills"]
    return bool(found) and all(one["completed_at"] for one in found)


def _of(run: dict[str, Any], ticks: Iterable[str]) -> str:
    """The tick of a run among these; empty where it is another's."""
    return next((tick for tick in ticks if str(run["logical_date"]).startswith(tick)), "")


def _failure(stage: Stage) -> str:
    browser = stage.serving.browser
    run = browser.run(BUDGET, browser.fill_in(BUDGET, period="2033"))
    require(run["state"] == "failed", run["state"])
    mails = wait_for("a mail", lambda: [one for one in stage.mail.mails if one["To"] == _ADDRESS], 60)
    body = mails[-1].get_body(("html", "plain"))
    text = body.get_content() if body else ""
    require("2033" in text and run["dag_run_id"] in str(mails[-1]["Subject"]), f"{mails[-1]['Subject']}: {text[:300]}")
    line = stage.outside(stage.demonstration / "logs" / "failures.log").read_text(encoding="utf-8").splitlines()[-1]
    require("2033" in line and "not mailed" not in line, line)
    tries = [one["try_number"] for one in browser.ask(_instances(run))["task_instances"] if one["state"] == "failed"]
    require(tries == [1], f"tries {tries}")
    return f"failed at its first try; mail to {_ADDRESS}: {mails[-1]['Subject']}; a line in logs/failures.log"


def _instances(run: dict[str, Any]) -> str:
    return f"/api/v2/dags/{BUDGET}/dagRuns/{run['dag_run_id']}/taskInstances"


def make_again(service: Service) -> None:
    """A short run that goes through every part: form, scheduler, task, database, files."""
    service.browser.succeeded(BUDGET, service.browser.fill_in(BUDGET, period="2013", collects=False))


def _first(note: str) -> str:
    return str(note).partition("\n")[0]
