"""Change one stored value, and exactly the figures that trace to it change (docs/decisions/0041)."""

import random
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

import pytest
from changed_figures import Cell, Changed, Key, changed_by, figures_of
from conftest import ROOT

from resolution_monitor.brief.assembly import briefing_of
from resolution_monitor.brief.figures import Figure
from resolution_monitor.brief.kept import from_text
from resolution_monitor.brief.kinds import AnySnapshot
from resolution_monitor.brief.report import load_report
from resolution_monitor.brief.reports import kind_of
from resolution_monitor.brief.resolution_snapshot import ResolutionSnapshot
from resolution_monitor.brief.snapshot import Snapshot
from resolution_monitor.catalogue.entries import Catalogue
from resolution_monitor.score.budget import score_period
from resolution_monitor.settings import from_environment

MAP = from_environment({}).map_path
FEW = 6


def made(report: str, snapshot: AnySnapshot) -> dict[Key, Figure]:
    return figures_of(briefing_of(kind_of(report), load_report(ROOT / "report_templates", report, MAP), snapshot))


def example(report: str, catalogue: Catalogue) -> AnySnapshot:
    need = kind_of(report).needs.name
    return from_text(next((ROOT / "samples/examples" / need).glob("*.jsonl")).read_text(encoding="utf-8"), catalogue)


def with_a_year_changed(snapshot: Snapshot, place: int) -> tuple[AnySnapshot, Cell]:
    """One plan or result is another, and the year scored again."""
    values = snapshot.values.copy()
    row = values.iloc[place]
    values.at[values.index[place], "value"] = row["value"] * Decimal("1.37") + 1000
    scores = score_period(snapshot.catalogue, snapshot.period, values)
    return replace(snapshot, values=values, scores=scores), (row["sha256"], row["sheet"], row["cell"])


def with_a_day_changed(snapshot: ResolutionSnapshot, place: int) -> tuple[AnySnapshot, Cell]:
    """What one body says of one daily indicator is another."""
    daily = snapshot.daily.copy()
    row = daily.iloc[place]
    for column in ("value", "numerator"):
        if row[column] is not None:
            daily.at[daily.index[place], column] = row[column] + 7
    files = dict(zip(snapshot.submissions["submission_id"], snapshot.submissions["sha256"], strict=True))
    return replace(snapshot, daily=daily), (files[row["submission_id"]], row["sheet"], row["cell"])


def changes(report: str, snapshot: AnySnapshot, count: int, seed: int) -> list[Changed]:
    """What each of so many random values changes."""
    before = made(report, snapshot)
    is_year = isinstance(snapshot, Snapshot)
    rows = len(snapshot.values if isinstance(snapshot, Snapshot) else snapshot.daily)
    found = []
    for place in random.Random(seed).sample(range(rows), count):
        changed, cell = with_a_year_changed(snapshot, place) if is_year else with_a_day_changed(snapshot, place)  # type: ignore[arg-type]
        found.append(changed_by(before, made(report, changed), cell))
    return found


@pytest.mark.parametrize("report", ["state_budget", "bulletin_day"])
def test_only_figures_that_trace_to_a_value_change(catalogue: Catalogue, report: str):
    """
    No figure changes that does not name the cell, and every amount and sum that names it does.
    """
    found = changes(report, example(report, catalogue), FEW, seed=1)

    assert [[]] * FEW == [one.others for one in found]
    assert [[]] * FEW == [one.unmoved for one in found]
    assert 0 < sum(one.moved for one in found)


def test_a_figure_that_leaves_out_a_cell_is_seen(catalogue: Catalogue):
    """
    With the sources of one figure taken away the test above is red.
    """
    snapshot = example("state_budget", catalogue)
    assert isinstance(snapshot, Snapshot)
    before = made("state_budget", snapshot)
    changed, cell = with_a_year_changed(snapshot, 0)
    after = made("state_budget", changed)
    key = next(key for key in before if before[key].text != after[key].text)

    def cut(figures: Mapping[Key, Figure]) -> dict[Key, Figure]:
        return {**figures, key: replace(figures[key], sources=())}

    assert [] == changed_by(before, after, cell).others
    assert [key] == changed_by(cut(before), cut(after), cell).others


def test_a_difference_names_only_what_it_compares(catalogue: Catalogue):
    """
    A province without a value of the day before is in no difference, so its cell is none of the difference's sources.
    """
    snapshot = example("bulletin_day", catalogue)
    assert isinstance(snapshot, ResolutionSnapshot)
    daily = snapshot.daily
    is_first = (daily["indicator_id"] == "D07") & (daily["agency_id"] == "T01-UBND")
    silent = daily[~(is_first & (daily["period_end"] < snapshot.period.end))].reset_index(drop=True)
    (submission,) = silent[(silent["indicator_id"] == "D07") & (silent["agency_id"] == "T01-UBND")]["submission_id"]
    files = snapshot.submissions.set_index("submission_id")["sha256"]
    figures = made("bulletin_day", replace(snapshot, daily=silent)).values()
    name = catalogue.indicators["D07"].name_vi
    naming = {one.rule for one in figures if one.about == name and files[submission] in {s.sha256 for s in one.sources}}

    assert {"tổng các địa phương có số", "số địa phương có số"} == naming
