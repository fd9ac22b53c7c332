"""A printed number leads back to the cells it came from, word for word, in any edition that is kept."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

import pandas
import pytest
from conftest import NOW, new_settings
from typer.testing import CliRunner
from unit.body_reports import OCTOBER, as_workbook, good_report

from resolution_monitor.__main__ import app
from resolution_monitor.ask.figure_sources import NO_CELL, edition_named, newest_edition, trace
from resolution_monitor.ask.raw_cells import NOT_KEPT
from resolution_monitor.collect.land import raw_path
from resolution_monitor.errors import NothingToReportError
from resolution_monitor.pipeline import Context, open_context
from resolution_monitor.pipeline.brief import brief
from resolution_monitor.pipeline.collect import collect
from resolution_monitor.pipeline.normalise import normalise
from resolution_monitor.pipeline.score import score
from resolution_monitor.store import edition_rows, embedded

REPORT = "resolutions_month"


def make(context: Context, value: str) -> str:
    """One workbook of BYT on the road to an edition; its name."""
    report = good_report()
    first = replace(report.indicators[0], value=Decimal(value))
    folder = context.settings.inbox_folder / "BYT"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{value}.xlsx").write_bytes(as_workbook(replace(report, indicators=(first, *report.indicators[1:]))))
    collect(context, context.settings.inbox_folder)
    normalise(context, OCTOBER)
    score(context, REPORT, OCTOBER)
    return str(brief(context, REPORT, OCTOBER)["edition"])


@pytest.fixture(scope="module")
def two(
    server: embedded.ServerPlace, prepared: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Context, list[str]]]:
    """An edition, and the newer one after a correction."""
    settings = new_settings(server, tmp_path_factory.mktemp("traced"), prepared)
    with open_context(settings, NOW) as context:
        yield context, [make(context, value) for value in ("91.5", "92.5")]


def with_cells(context: Context, name: str, item: str) -> str:
    """A figure of an edition that rests on the cell in which BYT reports an item."""
    edition = edition_named(context.database, name)
    for figure in edition_rows.figures_of_edition(context.database, edition["briefing_id"]):
        if any(one["sheet"] == "Chỉ tiêu" for one in figure["sources"]):
            rows = trace(context.database, context.catalogue, context.settings, edition, figure["figure_id"])
            if any(row["item_id"] == item for row in rows):
                return str(figure["figure_id"])
    raise AssertionError(f"no figure of {name} rests on {item}")


@pytest.mark.parametrize(("number", "written"), [(0, "91.5"), (1, "92.5")])
def test_each_edition_leads_to_its_own_cell(two: tuple[Context, list[str]], number: int, written: str):
    """
    The older edition still leads to the file it was made from, the newer one to the correction; and both to the
    command that works the score out as that run knew it.
    """
    context, names = two
    edition = edition_named(context.database, names[number])
    printed = with_cells(context, names[number], "72.04")
    rows = trace(context.database, context.catalogue, context.settings, edition, printed)
    (row,) = [row for row in rows if row["item_id"] == "72.04"]

    assert (f"BYT/{written}.xlsx", "Chỉ tiêu", written) == (row["file_name"], row["sheet"], row["raw_text"])
    assert re.fullmatch("[0-9a-f]{64}", row["sha256"])
    assert "" != row["rule"] != row["about"] != ""
    run = edition["scoring_run_id"]
    assert f"./monitor explain --agency BYT --indicator 72.04 --period 2026-10 --run {run}" == row["explain"]
    assert names[1] == newest_edition(context.database, REPORT, OCTOBER)["edition"]


def test_every_figure_of_an_edition_can_be_traced(two: tuple[Context, list[str]]):
    """
    None fails, and none names a cell that the kept file does not have; what nobody sent says so.
    """
    context, names = two
    edition = edition_named(context.database, names[1])
    figures = edition_rows.figures_of_edition(context.database, edition["briefing_id"])
    asked = context.database, context.catalogue, context.settings, edition
    nobody_sent = next(figure for figure in figures if not figure["sources"])
    chosen = [*[figure for figure in figures if figure["sources"]][::15], nobody_sent]
    notes = {row["note"] for figure in chosen for row in trace(*asked, figure["figure_id"])}

    assert {"", "the file as a whole", NO_CELL} == notes


def test_what_does_not_exist_names_the_nearest(two: tuple[Context, list[str]]):
    """
    A sentence with what is nearest, for editions, figures and periods; a text printed more than once names them all.
    """
    context, names = two
    edition = edition_named(context.database, names[0])
    asked = context.database, context.catalogue, context.settings, edition
    with pytest.raises(NothingToReportError, match=f"no edition 'RM-NQ-2026-10' is kept; nearest: .*{names[0]}"):
        edition_named(context.database, "RM-NQ-2026-10")
    with pytest.raises(NothingToReportError, match=r"has no figure 'F9999' \(its last is F\d+\); nearest: F999|F"):
        trace(*asked, "F9999")
    with pytest.raises(NothingToReportError, match=r"prints '0' \d+ times: F\d+ \(.*name one by its id"):
        trace(*asked, "0")
    with pytest.raises(NothingToReportError, match="no edition of bulletin_day 2026-10 was made; nearest: resolutions"):
        newest_edition(context.database, "bulletin_day", OCTOBER)


def test_what_was_purged_says_so(two: tuple[Context, list[str]]):
    """
    The cell is still named where its file is gone.
    """
    context, names = two
    edition = edition_named(context.database, names[0])
    printed = with_cells(context, names[0], "72.04")
    asked = context.database, context.catalogue, context.settings, edition, printed
    path = raw_path(context.settings.raw_folder, next(row["sha256"] for row in trace(*asked) if row["item_id"]))
    kept = path.read_bytes()
    path.unlink()
    try:
        gone = [row for row in trace(*asked) if row["file_name"] == "BYT/91.5.xlsx"]
    finally:
        path.write_bytes(kept)

    assert {(None, NOT_KEPT)} == {(row["raw_text"], row["note"]) for row in gone}


def test_on_the_command_line(two: tuple[Context, list[str]], monkeypatch: pytest.MonkeyPatch):
    """
    A table for people; CSV and JSON hold every source whole.
    """
    context, names = two
    monkeypatch.setenv("RESOLUTION_MONITOR_HOME", str(context.settings.home))
    monkeypatch.setenv("DATABASE_URL", str(context.settings.database_url))
    printed = with_cells(context, names[1], "72.04")
    shown = CliRunner().invoke(app, ["trace", names[1], printed])
    newest = ["trace", printed, "--report", REPORT, "--period", "2026-10", "--format", "json"]
    told = json.loads(CliRunner().invoke(app, newest).output)

    assert f"{names[1]} {printed}: printed " in shown.output
    assert "92.5" in shown.output
    assert "how its score came about: ./monitor explain --agency BYT" in shown.output
    assert {names[1]} == set(pandas.DataFrame(told)["edition"])
    assert "92.5" in {row["raw_text"] for row in told}
