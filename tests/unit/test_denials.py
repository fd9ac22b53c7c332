"""A sentence that says there is none of something is printed only where the count of it is 0."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import example_snapshot
import pandas
import pytest
import yaml
from conftest import ROOT

from resolution_monitor.brief.assembly import briefing_of
from resolution_monitor.brief.kept import from_text
from resolution_monitor.brief.kinds import AnySnapshot
from resolution_monitor.brief.report import load_report
from resolution_monitor.brief.reports import kind_of
from resolution_monitor.brief.resolution_snapshot import ResolutionSnapshot
from resolution_monitor.brief.snapshot import Snapshot, records
from resolution_monitor.catalogue.entries import Catalogue
from resolution_monitor.catalogue.load import load_catalogue
from resolution_monitor.settings import from_environment

TEMPLATES = ROOT / "report_templates"
DENIES = re.compile(r"(?:Không|Chưa|No|Nothing|None)\b(?!\.)")
# Words of a list (a status, a state) are no sentences, and these name whom or what they miss.
NAMES_WHOM = {("resolutions_month", key) for key in ("absent", "absent_many", "matter_no_cost")} | {
    *(("resolutions_month", key) for key in ("decision_heading_none", "matter_no_reason", "annex_none")),
    *(("resolutions_month", key) for key in ("state_no_data", "state_not_started")),
    ("state_budget", "decision_notes"),
}


def denials() -> Iterator[tuple[str, str, str, str]]:
    """report, language, key and text of every message that begins as a denial."""
    for file in sorted(TEMPLATES.rglob("messages.*.yaml")):
        texts = yaml.safe_load(file.read_text(encoding="utf-8"))
        for key, text in texts.items():
            # What reports share is looked at on the pages of one of them.
            report = "resolutions_month" if file.parent.name == "progress" else file.parent.name
            if isinstance(text, str) and DENIES.match(text) and (report, key) not in NAMES_WHOM:
                yield report, file.name.split(".")[1], key, text


def rows(snapshot: AnySnapshot) -> list[dict[str, Any]]:
    assert isinstance(snapshot, ResolutionSnapshot)
    return records(snapshot.now.scores.assignments)


def with_status(*statuses: str) -> Callable[[AnySnapshot], int]:
    return lambda snapshot: sum(row["status"] in statuses for row in rows(snapshot))


def overdue(snapshot: AnySnapshot) -> int:
    return sum(row["status"] == "OVERDUE" and not row["is_due_assumed"] for row in rows(snapshot))


def asked(snapshot: AnySnapshot) -> Any:
    assert isinstance(snapshot, ResolutionSnapshot)
    return snapshot.requests


def silent(snapshot: AnySnapshot) -> int:
    """Overdue tasks of which no body says why or until when; a task given to many is one."""
    spoken = {*zip(asked(snapshot)["agency_id"], asked(snapshot)["task_id"], strict=True)}
    stand = said(snapshot)[~said(snapshot)["is_resolved"].astype(bool)]
    spoken |= {*zip(stand["agency_id"], stand["task_id"], strict=True)}
    late: dict[str, list[bool]] = {}
    for row in rows(snapshot):
        if row["status"] == "OVERDUE" and not row["is_due_assumed"]:
            is_spoken = (row["agency_id"], row["item_id"]) in spoken
            late.setdefault(row["parent_task"] or row["item_id"], []).append(is_spoken)
    return sum(not any(spoken) for spoken in late.values())


def moved(sign: int) -> Callable[[AnySnapshot], int]:
    """Tasks of one body and indicators that are better (-1) or worse (1) than a week before, from the rows alone."""

    def count(snapshot: AnySnapshot) -> int:
        assert isinstance(snapshot, ResolutionSnapshot)
        if snapshot.before is None:
            return 0
        ranks = {"AMBER": 1, "NO_DATA": 2, "UNRATED": 2, "RED": 3, "OVERDUE": 3, "NOT_STARTED": None}
        before = {row["item_id"]: row["status"] for row in records(snapshot.before.scores.assignments)}
        found = 0
        for row in rows(snapshot):
            now, then = ranks.get(row["status"], 0), ranks.get(before.get(row["item_id"], "NOT_STARTED"), 0)
            known = row["parent_task"] is None and now is not None and then is not None
            found += known and sign * ((now or 0) - (then or 0)) > 0
        return found

    return count


def due(snapshot: AnySnapshot) -> int:
    """Open with a verified deadline in the two weeks after the week."""
    closed = ("DONE", "DONE_LATE", "ON_TARGET", "OVERDUE", "UNRATED")
    last = snapshot.period.end + timedelta(days=14)
    return sum(
        isinstance(row["due_on"], date)
        and snapshot.period.end < row["due_on"] <= last
        and not row["is_due_assumed"]
        and row["status"] not in closed
        for row in rows(snapshot)
    )


def soon(snapshot: AnySnapshot) -> int:
    """Open with a verified deadline in the seven days after the day."""
    closed = ("DONE", "DONE_LATE", "ON_TARGET")
    last = snapshot.period.end + timedelta(days=7)
    return sum(
        isinstance(row["due_on"], date)
        and snapshot.period.end < row["due_on"] <= last
        and not row["is_due_assumed"]
        and row["status"] not in closed
        for row in rows(snapshot)
    )


def obstacles(snapshot: AnySnapshot) -> int:
    """Those that stand, and those that the day's own figures count."""
    assert isinstance(snapshot, ResolutionSnapshot)
    daily = snapshot.daily
    of_day = 0
    if not daily.empty:
        chosen = daily[(daily["indicator_id"] == "D18a") & (daily["period_end"] == snapshot.period.end)]
        of_day = int(chosen["value"].dropna().sum())
    return of_day + int((~snapshot.obstacles["is_resolved"].astype(bool)).sum())


def said(snapshot: AnySnapshot) -> Any:
    assert isinstance(snapshot, ResolutionSnapshot)
    return snapshot.obstacles


def behind_plan(snapshot: AnySnapshot) -> int:
    """Open indicators between two numbers that are less far than they should be."""
    frame = pandas.DataFrame(rows(snapshot))
    if frame.empty:
        return 0
    is_open = ~frame["status"].isin(["DONE", "DONE_LATE", "ON_TARGET", "OVERDUE"]) & (frame["item_kind"] == "indicator")
    is_known = frame[["value", "baseline", "target"]].notna().all(axis=1) & (frame["baseline"] != frame["target"])
    is_behind = frame["attainment_raw_pct"] < 100.0 * frame["expected_fraction"]
    return int((is_open & is_known & is_behind & (frame["expected_fraction"] >= 0.02)).sum())


def matters(snapshot: AnySnapshot) -> int:
    assert isinstance(snapshot, ResolutionSnapshot)
    return len(snapshot.requests) + int((~snapshot.obstacles["is_resolved"].astype(bool)).sum())


def findings(*severities: str) -> Callable[[AnySnapshot], int]:
    return lambda snapshot: int(snapshot.findings["severity"].isin(severities).sum())


def values(snapshot: AnySnapshot) -> int:
    assert isinstance(snapshot, ResolutionSnapshot)
    return 0 if snapshot.daily.empty else int((snapshot.daily["period_end"] == snapshot.period.end).sum())


def reports(*states: str) -> Callable[[AnySnapshot], int]:
    def count(snapshot: AnySnapshot) -> int:
        assert isinstance(snapshot, ResolutionSnapshot)
        owed = snapshot.now.obligations
        return int((owed["state"].isin(states) if states else owed["state"].notna()).sum())

    return count


def falling(snapshot: AnySnapshot) -> int:
    """Blocks whose share of punctual reports is lower than a month before."""
    assert isinstance(snapshot, ResolutionSnapshot)
    assert snapshot.before is not None
    bodies = snapshot.catalogue.bodies
    shares = []
    for standing in (snapshot.now, snapshot.before):
        frame = standing.obligations
        frame = frame[frame["item_kind"] == "report"]
        block = frame["agency_id"].map(lambda key: bodies[key].block)
        shares.append((frame["state"] == "received_on_time").groupby(block).mean())
    return int((shares[0] < shares[1]).sum())


def sent_whole(snapshot: AnySnapshot) -> int:
    """Bodies of which nothing is missing."""
    assert isinstance(snapshot, ResolutionSnapshot)
    owed = snapshot.now.obligations
    return len(set(owed["agency_id"]) - set(owed.loc[owed["state"] == "missing", "agency_id"]))


def attained(indicator_id: str, at_least: float, frame: str) -> Callable[[AnySnapshot], int]:
    def count(snapshot: AnySnapshot) -> int:
        assert isinstance(snapshot, Snapshot)
        table = getattr(snapshot.scores, frame)
        table = table[table["indicator_id"] == indicator_id]
        if frame == "nodes":
            table = table[table["node_kind"] == "province"]
        return int((table["attainment_raw_pct"] >= at_least).sum())

    return count


# Report and key -> how many there are of what the sentence denies.
COUNTS: dict[tuple[str, str], Callable[[AnySnapshot], int]] = {
    ("bulletin_day", "day_nothing_due"): reports(),
    ("bulletin_day", "day_all_missing"): sent_whole,
    ("bulletin_day", "values_heading_none"): values,
    ("bulletin_day", "findings_heading_none"): findings("block", "justify", "warn"),
    ("bulletin_day", "obstacles_heading_none"): obstacles,
    ("bulletin_day", "soon_heading_none"): soon,
    ("bulletin_day", "overdue_heading_none"): overdue,
    ("resolutions_month", "decision_none"): matters,
    ("resolutions_month", "states_empty"): lambda snapshot: len(rows(snapshot)),
    ("resolutions_month", "states_all_dark"): lambda snapshot: (
        len(rows(snapshot)) - with_status("NO_DATA", "UNRATED")(snapshot)
    ),
    ("resolutions_month", "states_no_red_dark_none"): with_status("RED", "OVERDUE", "NO_DATA", "UNRATED"),
    ("resolutions_month", "states_no_red_dark_one"): with_status("RED", "OVERDUE"),
    ("resolutions_month", "states_no_red_dark_many"): with_status("RED", "OVERDUE"),
    ("resolutions_month", "blocks_nothing_due"): reports(),
    ("resolutions_month", "blocks_none_on_time"): reports("received_on_time"),
    ("resolutions_month", "blocks_falling_none"): falling,
    ("resolutions_month", "missing_nothing_due"): reports(),
    ("resolutions_month", "missing_heading_none"): reports("missing", "rejected"),
    ("resolutions_month", "overdue_heading_none"): overdue,
    ("resolutions_month", "targets_heading_none"): behind_plan,
    ("resolutions_month", "obstacles_heading_none"): lambda snapshot: len(said(snapshot)),
    ("resolutions_month", "confidence_findings_none"): findings("block", "justify", "warn"),
    ("weekly_progress", "urged_heading_none"): silent,
    ("weekly_progress", "better_heading_none"): moved(-1),
    ("weekly_progress", "worse_heading_none"): moved(1),
    ("weekly_progress", "due_heading_none"): due,
    ("weekly_progress", "asked_heading_none"): lambda snapshot: int((asked(snapshot)["kind"] == "extension").sum()),
    ("weekly_progress", "new_obstacles_heading_none"): obstacles,
    # The ministry's workbooks have no place for a request: there is never one beside.
    ("state_budget", "decision_none"): lambda snapshot: 0,
    ("state_budget", "map_heading_none"): attained("NS.01", 200.0, "nodes"),
    ("state_budget", "spending_heading_within"): attained("NS.02", 100.5 + 1e-9, "bodies"),
    ("state_budget", "spending_none"): attained("NS.02", 0.0, "bodies"),
}


@cache
def the_catalogue() -> Catalogue:
    return load_catalogue(ROOT / "catalogue")


@cache
def snapshots(report: str) -> dict[str, AnySnapshot]:
    """Periods of every kind: with much, with little and with nothing to say."""
    catalogue = the_catalogue()
    if report == "state_budget":
        return budget_years(catalogue)
    if report == "weekly_progress":
        return weeks(catalogue)
    names = ("example", "crowded", "all_missing", "empty", "quiet")
    days = ("example_day", "full_day", "silent_day")
    found = {name: getattr(example_snapshot, name)(catalogue) for name in (names if report != "bulletin_day" else days)}
    return {**found, **(months(found) if report != "bulletin_day" else bulletins(found))}


def weeks(catalogue: Catalogue) -> dict[str, AnySnapshot]:
    week, first = example_snapshot.example_week(catalogue), example_snapshot.first_week(catalogue)
    assert week.before is not None
    return {
        "week": week,
        "first": first,
        "nothing moved": replace(week, before=replace(week.before, scores=week.now.scores)),
        "all moved back": replace(
            week, now=replace(week.now, scores=week.before.scores), before=replace(week.before, scores=week.now.scores)
        ),
    }


def months(found: dict[str, ResolutionSnapshot]) -> dict[str, ResolutionSnapshot]:
    quiet = found["quiet"]

    def dark(many: int) -> ResolutionSnapshot:
        assignments = quiet.now.scores.assignments.copy()
        of_their_own = assignments.index[assignments["parent_task"].isna()]
        assignments.loc[of_their_own[:many], "status"] = "NO_DATA"
        return replace(quiet, now=replace(quiet.now, scores=replace(quiet.now.scores, assignments=assignments)))

    late = quiet.now.obligations.assign(state="late")
    return {
        "one dark": dark(1),
        "two dark": dark(2),
        "all late": replace(quiet, now=replace(quiet.now, obligations=late)),
        "one late": replace(
            quiet, before=replace(quiet.now, obligations=late), now=replace(quiet.now, obligations=_one_late(quiet))
        ),
        "nobody decides": replace(quiet, obstacles=found["example"].obstacles.assign(is_resolved=False, resolver=None)),
    }


def _one_late(quiet: ResolutionSnapshot) -> Any:
    owed = quiet.now.obligations.copy()
    owed.loc[owed.index[:1], "state"] = "late"
    return owed


def bulletins(found: dict[str, ResolutionSnapshot]) -> dict[str, ResolutionSnapshot]:
    day, silent = found["example_day"], found["silent_day"]
    old = day.obstacles.assign(is_resolved=False, received_at=day.as_of - timedelta(days=9))
    return {
        "figures count obstacles, reports name none": replace(day, obstacles=day.obstacles.iloc[:0]),
        "obstacles of before alone": replace(silent, obstacles=old),
        "no headline figure": replace(day, daily=day.daily[day.daily["indicator_id"] != "D07"]),
        "nothing due": replace(silent, now=replace(silent.now, obligations=silent.now.obligations.iloc[:0])),
        "notes alone": replace(silent, findings=day.findings.assign(severity="note")),
    }


def budget_years(catalogue: Catalogue) -> dict[str, AnySnapshot]:
    file = Path(ROOT / "samples" / "examples" / "budget_year" / "2013.jsonl")
    whole = from_text(file.read_text(encoding="utf-8"), catalogue)
    assert isinstance(whole, Snapshot)
    scores = whole.scores
    spent = scores.bodies["indicator_id"] == "NS.02"
    over = spent & (scores.bodies["attainment_raw_pct"] > 100.5)
    within = scores.bodies.copy()
    within.loc[over, ["attainment_raw_pct", "flags"]] = [100.4, ""]
    nodes = scores.nodes.copy()
    nodes["attainment_raw_pct"] = nodes["attainment_raw_pct"].clip(upper=199.0)
    nobody = scores.bodies[~spent]
    no_nation = scores.nodes[scores.nodes["indicator_id"] != "NS.02"]
    return {
        "2013": whole,
        "within": replace(whole, scores=replace(scores, bodies=within, nodes=nodes)),
        "nobody spent": replace(whole, scores=replace(scores, bodies=nobody, nodes=no_nation)),
        "all met": replace(
            whole,
            findings=whole.findings.iloc[:0],
            scores=replace(
                scores, nodes=nodes.assign(attainment_raw_pct=nodes["attainment_raw_pct"].clip(lower=100.0))
            ),
        ),
    }


@cache
def printed(report: str, case: str, language: str) -> str:
    """Every text of a page."""
    made = load_report(TEMPLATES, report, from_environment({}).map_path, language)
    page = dict(briefing_of(kind_of(report), made, snapshots(report)[case]).page)
    page.pop("texts")
    return "\n".join(texts_of(page))


def texts_of(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for inner in value.values():
            yield from texts_of(inner)
    elif isinstance(value, (list, tuple)):
        for inner in value:
            yield from texts_of(inner)
    elif isinstance(value, str) and not value.startswith("<svg"):
        yield value


def test_every_denial_has_its_count():
    """
    Whoever adds a sentence that begins with Không or No says here what it counts.
    """
    assert COUNTS.keys() == {(report, key) for report, _, key, _ in denials()}


@pytest.mark.parametrize(
    ("report", "language", "key", "text"), list(denials()), ids=lambda part: part if len(part) < 40 else ""
)
def test_none_is_said_where_there_is_none(report: str, language: str, key: str, text: str):
    """
    In every period in which the sentence is printed the count is 0; and there is a period in which it is printed, and
    one in which it is not.
    """
    sentence = re.compile(re.sub(r"\\\{\w+\\\}", ".+?", re.escape(text)) + "(?![;,])", re.MULTILINE)
    said = {case: bool(sentence.search(printed(report, case, language))) for case in snapshots(report)}
    counts = {case: COUNTS[report, key](snapshots(report)[case]) for case, is_said in said.items() if is_said}

    assert set() == {case for case, count in counts.items() if count}
    assert any(said.values())
    if (report, key) != ("state_budget", "decision_none"):
        assert not all(said.values())


def test_a_bulletin_does_not_deny_what_it_counts():
    """
    The day's figures count obstacles and new reports name none: the heading tells the count, and what stands since.
    """
    text = printed("bulletin_day", "figures count obstacles, reports name none", "vi")
    english = printed("bulletin_day", "figures count obstacles, reports name none", "en")

    assert re.search(r"Số liệu ngày ghi [\d.]+ vướng mắc phát sinh; báo cáo mới nhận không kê cụ thể", text)
    assert re.search(r"The figures of the day count [\d,]+ obstacles that arose; new reports describe none", english)
    assert re.search(
        r"Báo cáo mới nhận không nêu thêm vướng mắc\n\d+ vướng mắc của các báo cáo trước chưa được tháo gỡ\.",
        printed("bulletin_day", "obstacles of before alone", "vi"),
    )
