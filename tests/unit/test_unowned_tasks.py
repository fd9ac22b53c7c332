"""A task that no body answers for stands on page 1, and a weekly one goes down the whole road."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import example_snapshot
from conftest import NOW, ROOT
from unit.test_value_states import lay

from resolution_monitor.ask.status import Seen, standing
from resolution_monitor.brief.parts.month_counts import counts_part
from resolution_monitor.brief.parts.month_things import things_of
from resolution_monitor.brief.parts.resolution_figures import ResolutionFigures
from resolution_monitor.brief.report import load_report
from resolution_monitor.catalogue.check_indicators import problems_of_indicators
from resolution_monitor.catalogue.entries import Catalogue
from resolution_monitor.catalogue.owners import tasks_without_owner, warnings_of
from resolution_monitor.period import parse_period
from resolution_monitor.pipeline import Context, fill_period
from resolution_monitor.pipeline.collect import collect
from resolution_monitor.pipeline.normalise import normalise
from resolution_monitor.reporting.content import BodyReport, TaskEntry, TaskState
from resolution_monitor.score.month.frames import ResolutionScores

WEEK = parse_period("2026-W43")
TASK = "72-T03"


def test_the_catalogue_names_the_one_task(catalogue: Catalogue):
    """
    57-T06 is given to enterprises that no source names; its report is weekly, as the working meeting said.
    """
    assert ["57-T06"] == [task.task_id for task in tasks_without_owner(catalogue)]
    assert "week" == catalogue.tasks["57-T06"].frequency


def test_what_else_is_empty_is_told(catalogue: Catalogue):
    """
    An indicator that nobody reports is refused; a resolution that asks for nothing is told.
    """
    nobody = replace(catalogue.indicators["57.01"], lead=None, bodies=("DN-DUOC-GIAO",))
    wrong = replace(catalogue, indicators={**catalogue.indicators, "57.01": nobody})
    empty = replace(catalogue, resolutions={**catalogue.resolutions, "99": catalogue.resolutions["57"]})

    assert any("57.01" in problem and "have no member" in problem for problem in problems_of_indicators(wrong))
    assert [] == [problem for problem in problems_of_indicators(catalogue) if "have no member" in problem]
    assert "resolution '99' has neither task nor indicator" in warnings_of(empty)[0]


def test_page_1_says_it(catalogue: Catalogue):
    """
    Count and code stand beside the counts of assignments, in which such a task cannot be.
    """
    unowned = example_snapshot.example(catalogue)
    nodes = unowned.now.scores.nodes
    is_dark = (nodes["node_kind"] == "task") & (nodes["assignments_total"] == 0)
    scores = ResolutionScores(assignments=unowned.now.scores.assignments, nodes=nodes[~is_dark])
    report = load_report(ROOT / "report_templates", "resolutions_month", ROOT)
    owned = replace(unowned, now=replace(unowned.now, scores=scores))
    said = []
    for one in (owned, unowned):
        made = ResolutionFigures(report, one)
        things = things_of(made, made.assignments, one.now)
        said.append((counts_part(made, things)["unowned"], any(thing.item_id == "57-T06" for thing in things)))

    assert [("", False), ("1 nhiệm vụ chưa có chủ trì (57-T06): tính là chưa có số liệu.", True)] == said


def test_weekly_task_on_the_context(context: Context, tmp_path: Path):
    """
    A task that says `frequency: week` is owed for a week, answered by that week's file, and not owed for the month.
    """
    tasks = {**context.catalogue.tasks, TASK: replace(context.catalogue.tasks[TASK], frequency="week")}
    weekly = replace(context, catalogue=replace(context.catalogue, tasks=tasks, versions=(), begins=()))
    entry = TaskEntry(TASK, TaskState.UNDER_WAY, Decimal(20), None)
    lay(tmp_path, BodyReport("BYT", WEEK, (), (entry,), (), ()), "2026-10-24T10:00:00+07:00")
    collect(weekly, tmp_path)
    normalise(weekly, None)
    found = {}
    for period in (WEEK, parse_period("2026-10")):
        fill_period(weekly, period)
        rows = standing(weekly.database, weekly.catalogue, [period], seen=Seen(NOW), agency_id="BYT")
        found[period.name] = list(rows.loc[rows["item_id"] == TASK, "state"])

    assert {"2026-W43": ["received_on_time"], "2026-10": []} == found
