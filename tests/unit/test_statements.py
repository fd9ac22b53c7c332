"""What pages and sheets say is so: closing time, days, obstacles, counts, limits, charts, lists of cells."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any

import example_snapshot
import openpyxl
import pandas
import pytest
import yaml
from conftest import ROOT
from unit.test_resolution_briefing import OVERDUE, assignments_with, figures_of

from resolution_monitor.brief.assembly import briefing_of
from resolution_monitor.brief.briefing import Briefing
from resolution_monitor.brief.charts.count_cells import count_cells, grid_for
from resolution_monitor.brief.charts.length import length
from resolution_monitor.brief.figures import Figure, Source
from resolution_monitor.brief.parts.bulletin_lists import lists_part
from resolution_monitor.brief.parts.figure_table import figure_rows
from resolution_monitor.brief.parts.month_counts import counts_part
from resolution_monitor.brief.parts.month_decisions import decision_part
from resolution_monitor.brief.parts.month_overdue import overdue_part, unverified_part
from resolution_monitor.brief.parts.month_tables import workbook_tables
from resolution_monitor.brief.parts.month_things import things_of
from resolution_monitor.brief.parts.month_trust import trust_part
from resolution_monitor.brief.render_xlsx import render_xlsx
from resolution_monitor.brief.report import load_report
from resolution_monitor.brief.reports import kind_of
from resolution_monitor.brief.resolution_snapshot import ResolutionSnapshot
from resolution_monitor.brief.sentences import Messages
from resolution_monitor.catalogue.entries import Catalogue

TEMPLATES = ROOT / "report_templates"
MONTH, DAY = "resolutions_month", "bulletin_day"
LATE = datetime(2026, 11, 13, 8, 41, 5, 20, tzinfo=UTC)


def made_of(name: str, snapshot: ResolutionSnapshot, language: str = "vi") -> Briefing:
    return briefing_of(kind_of(name), load_report(TEMPLATES, name, ROOT, language), snapshot)


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


def test_closing_time_is_what_the_edition_knew(catalogue: Catalogue):
    """
    An edition made the day after its tick knows what came until then and prints that, month and bulletin alike.
    """
    month = replace(example_snapshot.example(catalogue), known_at=LATE)
    day = replace(example_snapshot.example_day(catalogue), known_at=LATE)

    assert "số liệu chốt 15:41 ngày 13/11/2026." in trust_part(figures_of(month))["source"]
    assert "chốt 15:41 ngày 13/11/2026." in str(made_of(DAY, day).page["method"])
    assert "as known at 15:41 on 13 November 2026." in str(made_of(DAY, day, "en").page["method"])
    assert month.sha256 != replace(month, known_at=datetime(2026, 11, 12, tzinfo=UTC)).sha256


def overdue_twice(snapshot: ResolutionSnapshot) -> ResolutionSnapshot:
    """Two bodies late with one task, scored as at days of their own, as a month's quarterly figures are."""
    one = OVERDUE | {"due_on": date(2026, 8, 31), "as_at": date(2026, 9, 30), "overdue_days": 30.0}
    return assignments_with(snapshot, [one, one | {"due_on": date(2026, 9, 15), "overdue_days": 15.0}])


def test_days_overdue_are_counted_to_one_day_and_it_is_named(catalogue: Catalogue):
    """
    31 August to the end of October are 61 days, whichever day each was scored at; page, heading, box and sheets agree.
    """
    made = figures_of(overdue_twice(example_snapshot.example(catalogue)))
    part = overdue_part(made)
    rows = [row for row in workbook_tables(made)["tasks"] if row["overdue_days"]]

    assert [61, 46] == sorted((row["overdue_days"] for row in rows), reverse=True)
    assert "1 nhiệm vụ quá hạn (2 lượt giao), lâu nhất 61 ngày" == plain(part["overdue_heading"])
    assert "đến 61" == part["overdue"][0]["days"]
    assert "(đến 31/10/2026; Phụ lục 2)" == made.report.messages.all()["overdue_scope"]
    assert "Số ngày quá hạn đến 31/10/2026" == made.report.messages.column("tasks", "overdue_days")


@pytest.mark.parametrize(
    ("language", "heading", "line"),
    [
        ("vi", "2 mục quá hạn của 1 nhiệm vụ và 1 chỉ tiêu, tính đến 31/10", "61 ngày – NQ 57"),
        ("en", "2 items of 1 task and 1 indicator overdue by 31 Oct", "61 days – Res. 57"),
    ],
    ids=["vi", "en"],
)
def test_bulletin_counts_days_to_its_own_day(catalogue: Catalogue, language: str, heading: str, line: str):
    """
    The bulletin prints days to the day in its title, not to the end of the month that was scored last.
    """
    day = overdue_twice(example_snapshot.example_day(catalogue))
    page = made_of(DAY, day, language).page
    sheet = made_of(DAY, day, language).tables["overdue"]

    assert heading == page["overdue"]["heading"]
    assert plain(page["overdue"]["lines"][0]).startswith(line)
    assert [61, 46] == [row["overdue_days"] for row in sheet]


def test_what_fell_due_since_its_report_is_told(catalogue: Catalogue):
    """
    Scored as at 30 September and due on 15 October: neither overdue, nobody knows, nor due soon, nor left out.
    """
    since = {"status": "AMBER", "as_at": date(2026, 9, 30), "due_on": date(2026, 10, 15), "is_due_assumed": False}
    done = since | {"status": "DONE"}
    month = assignments_with(example_snapshot.example(catalogue), [since, done])
    day = assignments_with(example_snapshot.example_day(catalogue), [since, done])
    sentence = "Còn 1 mục đã đến hạn, chưa có số liệu sau thời hạn nên chưa tính là quá hạn: "

    assert unverified_part(figures_of(month))["overdue_passed"].startswith(sentence)
    assert made_of(DAY, day).page["overdue"]["note"].startswith(sentence)
    assert "" == unverified_part(figures_of(assignments_with(month, [done])))["overdue_passed"]


def test_an_obstacle_stands_with_the_name_of_its_body(catalogue: Catalogue):
    """
    Of several late bodies the page names the one whose reason it prints, and counts the others that name one.
    """
    snapshot = overdue_twice(example_snapshot.example(catalogue))
    first, second = ((row["agency_id"], row["item_id"]) for row in snapshot.now.scores.assignments.to_dict("records"))
    said = snapshot.obstacles.iloc[[0]].assign(is_resolved=False, kind="data", text="Thiếu máy chủ.")
    of_second = said.assign(agency_id=second[0], task_id=second[1])
    both = pandas.concat([of_second, said.assign(agency_id=first[0], task_id=first[1])])
    name = {key: catalogue.bodies[key].short_vi for key in (first[0], second[0])}

    def printed(obstacles: pandas.DataFrame) -> str:
        return plain(str(overdue_part(figures_of(replace(snapshot, obstacles=obstacles)))["overdue"][0]["reason"]))

    assert f"Dữ liệu, hạ tầng số ({name[second[0]]})" == printed(of_second)
    longest = overdue_part(figures_of(snapshot))["overdue"][0]["lead"].split(" và ")[0]
    assert f"Dữ liệu, hạ tầng số ({plain(longest)} và 1 cơ quan khác)" == printed(both)
    assert "chưa nêu lý do" == printed(said.iloc[:0])


def test_tasks_are_counted_as_tasks(catalogue: Catalogue):
    """
    A task given to 34 bodies is one task and 34 assignments: each number is called what it is, on page and sheet.
    """
    made = figures_of(example_snapshot.example(catalogue))
    assignments = made.snapshot.now.scores.assignments
    tasks = assignments[assignments["item_kind"] == "task"]
    distinct = {row["parent_task"] or row["item_id"] for row in tasks.to_dict("records")}
    indicators = len(assignments) - len(tasks)
    sheet = workbook_tables(made)["resolutions"]

    unowned = sum(not thing.assignments for thing in things_of(made, made.assignments, made.snapshot.now))
    rows = counts_part(made, things_of(made, made.assignments, made.snapshot.now))["counts"]

    assert len(distinct) < len(tasks)
    assert [str(len(distinct) + unowned), "", str(indicators)] == [str(row["total"]) for row in rows]
    assert f"= {len(tasks)} lượt giao cho " in rows[1]["name"]
    for row, total in zip(rows, (len(distinct) + unowned, len(tasks), indicators), strict=True):
        assert total == sum(cell["count"].value for cell in row["cells"])
    assert (len(distinct), indicators, len(assignments)) == tuple(
        sum(row[key] for row in sheet) for key in ("tasks", "indicators", "total")
    )
    assert "Nhiệm vụ giao cho nhiều cơ quan là một nhiệm vụ, nhiều lượt giao" in trust_part(made)["method"][0]


def with_settings(catalogue: Catalogue, **values: float) -> Catalogue:
    changed = tuple(
        replace(one, value=values[one.setting]) if one.setting in values else one for one in catalogue.rule_settings
    )
    return replace(catalogue, rule_settings=changed)


def test_limits_on_a_page_are_those_in_force(catalogue: Catalogue):
    """
    Other thresholds in catalogue/rule_settings.yaml are other numbers in the method of the page.
    """
    other = with_settings(
        catalogue, parent_green_from=88.0, parent_amber_from=66.5, green_from=0.97, amber_from=0.7, nodata_share=0.15
    )
    snapshot = replace(example_snapshot.example(catalogue), catalogue=other)
    briefing = made_of(MONTH, snapshot)
    method = " ".join(briefing.page["method"])

    assert "(từ 97%), vàng từ 70%" in method
    assert "xanh từ 88, vàng từ 66,5 điểm; trên 15% trọng số" in method


# Numbers in texts that no setting gives: the ends of scales, the whole, the laws, and how many provinces there are.
NOT_SET = re.compile(
    r"100 ?%|0–100|34 (?:địa phương|hiện nay)|34|202/2025/QH15|\{low\}–100%|sha256|M09|NS\.\d\d|63|100(?= hiện)"
)
SET = re.compile(r"\d+(?:[.,]\d+)? ?(?:%|điểm|ngày|tháng|lần|points?|days?|months?|times)|\b(?:vạch|lines?)\b[^{]*\d")


@pytest.mark.parametrize("file", sorted(TEMPLATES.rglob("messages.*.yaml")), ids=lambda file: "/".join(file.parts[-2:]))
def test_no_text_holds_a_number_that_is_set_elsewhere(file: Any):
    """
    A limit, a share, a number of days in a message is a place that is filled, never a number.
    """
    whole = yaml.safe_load(file.read_text(encoding="utf-8"))
    found = [text for text in _texts(whole) if SET.search(NOT_SET.sub("", text))]

    assert [] == found


def test_no_question_holds_a_limit(catalogue: Catalogue):
    """
    What a screen asks names its limits and where green begins as they are set; that a digit is a multiple of 5 is none.
    """
    questions = (screen.question for screen in catalogue.screening.screens.values())

    assert [] == [text for text in questions if re.search(r"\d", text.replace("bội số của 5", ""))]


def _texts(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [text for inner in value.values() for text in _texts(inner)]
    return [text for inner in value for text in _texts(inner)] if isinstance(value, list) else [str(value)]


def test_a_sheet_shows_a_value_on_its_own_side(catalogue: Catalogue):
    """
    89.96 points are amber, and a cell that shows one decimal would say 90.0: it shows two. Others keep one.
    """
    snapshot = example_snapshot.example(catalogue)
    nodes = snapshot.now.scores.nodes.copy()
    nodes.loc[nodes["node_id"] == "57", ["low", "high", "share_without_data"]] = [89.96, 93.21, 0.2004]
    scores = replace(snapshot.now.scores, nodes=nodes)
    snapshot = replace(snapshot, now=replace(snapshot.now, scores=scores))
    briefing = made_of(MONTH, snapshot)
    report = load_report(TEMPLATES, MONTH, ROOT)
    sheet = openpyxl.load_workbook(BytesIO(render_xlsx(report, briefing, snapshot.period)))["Nghị quyết"]
    head = [cell.value for cell in sheet[4]]
    row = next(row for row in sheet.iter_rows(min_row=5) if row[2].value and row[0].value.startswith("57"))
    formats = {
        str(name): cell.number_format for name, cell in zip(head, row, strict=True) if cell.number_format != "General"
    }

    assert ("0.00", "0.0", "0.00") == tuple(
        formats[name] for name in ("Tiến độ thấp", "Tiến độ cao", "% trọng số chưa có số liệu")
    )


@pytest.mark.parametrize("most", [1, 7, 24, 61, 150])
def test_a_length_of_cells_is_a_count(most: int):
    """
    As many cells as are counted, red first, in every row on one pitch; the largest count has room in its column.
    """
    grid = grid_for({76.0: most, 52.0: most // 2})
    drawn = count_cells({"red": 1, "green": most - 1}, "x", grid)
    fills = re.findall(r'<rect x="([\d.]+)" y="([\d.]+)" width="([\d.]+)" height="[\d.]+" fill="(#\w+)"', drawn)

    assert most == len(fills)
    assert "#8C1D18" == fills[0][3]
    assert {f"{grid.pitch - 0.7:.2f}"} == {fill[2] for fill in fills}
    assert grid.width_of(most) <= 76.0
    assert max(float(fill[0]) + float(fill[2]) for fill in fills) <= grid.width_of(most)


@pytest.mark.parametrize("printed", ["9", "358", "1.358", "đến 1.358"])
def test_no_number_behind_a_bar_is_cut_off(printed: str):
    """
    Behind the longest bar there is room for the longest number of the column.
    """
    drawn = length(10, printed, 10, "x", widest=len(printed), width=92.0)
    (start,) = re.findall(r'<text x="([\d.]+)"', drawn)

    assert float(start) + 7.0 * len(printed) <= 92.0


def test_a_list_of_cells_is_complete():
    """
    Every cell behind a number stands in the workbook; a list that one cell of a sheet cannot hold goes on below.
    """
    files = [f"T{number:02}-UBND/bao-cao-thang-10-2026.xlsx" for number in range(100)]
    sources = tuple(sorted(Source(file, "Chỉ tiêu", f"G{2 * row + 1}", "0") for file in files for row in range(200)))
    figure = Figure("F001", "20.000", Decimal(20_000), "số", "rule", "about", "place", sources)
    rows = figure_rows([figure], Messages([TEMPLATES / "_shared" / "messages.vi.yaml"]))
    written = "; ".join(row["cells"] for row in rows)

    assert 1 < len(rows) < 10
    assert all(len(row["cells"]) <= 32_767 for row in rows)
    assert ["20.000", "(tiếp)"] == [row["text"] for row in rows[:2]]
    assert [20_000, None] == [row["count"] for row in rows[:2]]
    assert len(sources) == len(re.findall(r"G\d+", written))


def test_an_obstacle_is_not_blamed_for_what_nobody_asks(catalogue: Catalogue):
    """
    Only a request states what delay costs: of an obstacle that is not asked, and its silence is not told.
    """
    snapshot = example_snapshot.example(catalogue)
    bare = replace(snapshot, requests=snapshot.requests.iloc[:0])
    matters = decision_part(figures_of(bare))["matters"]

    assert matters
    assert not any("Không nêu" in matter["why"] for matter in matters)
    silent = replace(snapshot, requests=snapshot.requests.assign(cost_of_delay=""))
    assert any(
        "Không nêu hậu quả nếu chậm." in matter["why"] for matter in decision_part(figures_of(silent))["matters"]
    )


def test_lists_of_the_bulletin_name_what_they_count(catalogue: Catalogue):
    """
    What a list leaves to the workbook is called by its own name: items, obstacles, findings.
    """
    page = lists_part(figures_of(example_snapshot.full_day(catalogue), DAY))

    assert "vướng mắc khác" in page["obstacles"]["more"]
    assert "phát hiện khác" in page["findings"]["more"]
    assert "mục" in page["soon"]["more"]
