"""Kept examples: a snapshot as text says the same when it is read again, and every report can be seen from one."""

from pathlib import Path

import example_snapshot
import pypdfium2
import pytest
from conftest import ROOT

from resolution_monitor.brief.assembly import briefing_of
from resolution_monitor.brief.kept import as_text, from_text
from resolution_monitor.brief.page import page_html
from resolution_monitor.brief.render_pdf import render_pdf
from resolution_monitor.brief.render_xlsx import render_xlsx
from resolution_monitor.brief.report import languages_of, load_report
from resolution_monitor.brief.reports import kind_of, report_names
from resolution_monitor.brief.snapshot import Snapshot
from resolution_monitor.catalogue.entries import Catalogue
from resolution_monitor.errors import NothingToReportError, PeriodError
from resolution_monitor.period import parse_period
from resolution_monitor.pipeline import Context
from resolution_monitor.pipeline.keep_example import keep_example
from resolution_monitor.pipeline.preview import preview
from resolution_monitor.pipeline.wanted_preview import Wanted
from resolution_monitor.settings import from_environment

TEMPLATES = ROOT / "report_templates"
EXAMPLES = ROOT / "samples" / "examples"
MAP = from_environment({}).map_path
WRITTEN = [(report, language) for report in report_names() for language in languages_of(TEMPLATES, report)]


@pytest.mark.parametrize(
    ("report", "case"),
    [("resolutions_month", case) for case in ("example", "empty")]
    + [("bulletin_day", case) for case in ("example_day", "silent_day")],
)
def test_a_snapshot_is_the_same_after_reading(catalogue: Catalogue, report: str, case: str):
    """
    Decimals, days, moments, what is not known and what is not a number: the text gives the same snapshot and the same
    edition.
    """
    snapshot = getattr(example_snapshot, case)(catalogue)
    again = from_text(as_text(snapshot), catalogue)
    made = load_report(TEMPLATES, report, ROOT)
    before, after = (briefing_of(kind_of(report), made, one) for one in (snapshot, again))

    assert snapshot.sha256 == again.sha256
    assert as_text(snapshot) == as_text(again)
    assert before.edition == after.edition
    assert before.figures == after.figures


@pytest.mark.parametrize("file", sorted(EXAMPLES.glob("*/*.jsonl")), ids=lambda file: f"{file.parent.name}-{file.stem}")
def test_what_is_kept_is_as_we_would_keep_it(catalogue: Catalogue, file: Path):
    """
    A kept file is read and written again without a change: its form is the one of now.
    """
    text = file.read_text(encoding="utf-8")

    assert text == as_text(from_text(text, catalogue))


@pytest.mark.parametrize(("report", "language"), WRITTEN)
def test_every_report_can_be_seen_from_an_example(catalogue: Catalogue, report: str, language: str):
    """
    For what each report needs an example is kept, and its page and its workbook come out of it.
    """
    kind, made = kind_of(report), load_report(TEMPLATES, report, MAP, language)
    file = next((EXAMPLES / kind.needs.name).glob("*.jsonl"))
    snapshot = from_text(file.read_text(encoding="utf-8"), catalogue)
    briefing = briefing_of(kind, made, snapshot)

    assert briefing.title in page_html(made, briefing)
    assert render_xlsx(made, briefing, snapshot.period).startswith(b"PK")


def test_a_month_of_the_demonstration_has_two_pages_before_its_annexes(catalogue: Catalogue):
    """
    Leaders read two pages: what the demonstration's October prints has room on them, and the annexes begin behind.
    """
    made = load_report(TEMPLATES, "resolutions_month", MAP)
    snapshot = from_text((EXAMPLES / "period" / "2026-10.jsonl").read_text(encoding="utf-8"), catalogue)
    briefing = briefing_of(kind_of("resolutions_month"), made, snapshot)
    pdf = render_pdf(page_html(made, briefing), made.templates, briefing.sha256[:32])

    with pypdfium2.PdfDocument(pdf) as document:
        heads = [page.get_textpage().get_text_bounded() for page in document]

    assert "Phụ lục 1. Các việc" in heads[2]
    assert not any("Phụ lục 1. Các việc" in head for head in heads[:2])
    assert "CHÁNH VĂN PHÒNG" in heads[1]


def test_preview_asks_no_database(tmp_path: Path):
    """
    PDF, workbook and pictures are written though no database answers; an example that is not there is named.
    """
    nowhere = {"RESOLUTION_MONITOR_HOME": str(tmp_path), "DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none"}
    settings = from_environment(nowhere)
    files = preview(settings, Wanted("bulletin_day", tmp_path / "out", language="en", has_pictures=True))

    assert [".pdf", ".xlsx", "-1.png"] == [name[name.rindex("-1.png" if "-1.png" in name else ".") :] for name in files]
    assert all(Path(file).name.startswith("ban-tin-ngay-2026-10-30-en-") for file in files)
    with pytest.raises(PeriodError, match=r"no example '2020-01' in samples/examples/period; there are: 2026-10;"):
        preview(settings, Wanted("resolutions_month", tmp_path, example="2020-01"))


def test_nothing_is_kept_of_a_period_that_was_not_scored(context: Context):
    """
    An example is what an edition would be made of: without scores there is none.
    """
    with pytest.raises(NothingToReportError, match="period 2026-10 was not scored"):
        keep_example(context, "resolutions_month", parse_period("2026-10"), "x")


def test_a_province_without_a_percentage_is_in_the_legend(catalogue: Catalogue):
    """
    The map leaves a province white of which one of the two figures is missing, and its legend says so.
    """
    file = next((EXAMPLES / "budget_year").glob("*.jsonl"))
    snapshot = from_text(file.read_text(encoding="utf-8"), catalogue)
    assert isinstance(snapshot, Snapshot)
    report = load_report(TEMPLATES, "state_budget", MAP)
    kind = kind_of("state_budget")
    full = briefing_of(kind, report, snapshot).page["classes"]
    nodes = snapshot.scores.nodes
    first = nodes.index[nodes["node_kind"] == "province"][0]
    nodes.loc[first, "attainment_raw_pct"] = None
    blank = briefing_of(kind, report, snapshot).page["classes"]

    assert ["chưa có số"] == [entry["words"] for entry in blank[len(full) :]]
    assert full == blank[: len(full)]
