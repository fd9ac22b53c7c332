"""A report is one record, one folder and one entry; a language is files of texts: a stranger adds both."""

import ast
import re
import shutil
from pathlib import Path

import example_snapshot
import pytest
import yaml
from conftest import ROOT

from resolution_monitor.ask.catalogue_counts import catalogue_counts
from resolution_monitor.brief import kinds, reports
from resolution_monitor.brief.assembly import briefing_of
from resolution_monitor.brief.page import page_html
from resolution_monitor.brief.report import SHARED, languages_of, load_report
from resolution_monitor.brief.reports import kind_of, report_names, require_whole
from resolution_monitor.catalogue.entries import Catalogue
from resolution_monitor.catalogue.load import load_catalogue
from resolution_monitor.errors import CatalogueError, RenderError
from resolution_monitor.pipeline.preview import preview
from resolution_monitor.pipeline.score import is_of_resolutions
from resolution_monitor.pipeline.wanted_preview import Wanted
from resolution_monitor.settings import from_environment

TEMPLATES = ROOT / "report_templates"

RECORD = '''"""A made-up report of a stranger: how many bodies sent their day."""

from resolution_monitor.brief.kinds import DAY, ReportKind
from resolution_monitor.brief.parts.bulletin_reports import day_part
from resolution_monitor.brief.parts.figure_table import figure_rows

REPORT = ReportKind(
    needs=DAY,
    title_words=lambda made: {"day": made.snapshot.period.name},
    page=lambda made: {"demonstration": made.demonstration, **day_part(made)},
    tables=lambda made, page: {"figures": figure_rows(made.book.figures, made.report.messages)},
)
'''
PAGE = """<!doctype html>
<html lang="{{ language }}"><head><title>{{ title }}</title>
<link rel="stylesheet" href="_shared/print.css"><link rel="stylesheet" href="_shared/resolutions.css"></head>
<body>{% include "_shared/letterhead.html.jinja" %}<h2>{{ day_heading }}</h2>
{% for row in blocks %}<p>{{ row.name }}: {{ row.missing }}</p>{% endfor %}</body></html>
"""
SETTINGS = "code: TT\nfile_name: tin-thu\nshares: [resolutions]\nreadiness_pct: 80\nsymbol: BC/VPTW\n"
WORKBOOK = """sheets:
  - table: figures
    columns:
      - {key: figure_id, width: 8}
      - {key: text, width: 12}
      - {key: cells, width: 70}
"""
ENTRY = "  - report: stranger\n    calendar: day\n    confidence: system_default\n"


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """What of a checkout a report is made of, to be written into."""
    for folder in ("catalogue", "report_templates", "samples/examples"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    (tmp_path / "requirements.txt").write_text("", encoding="utf-8")
    return tmp_path


def add_report(checkout: Path) -> set[str]:
    """Everything a stranger writes; the places touched."""
    words = yaml.safe_load((TEMPLATES / "bulletin_day" / "messages.vi.yaml").read_text(encoding="utf-8"))
    wanted = re.compile(r"document_title|abstract|day_|late_|absent|dumbbell_title|rule_|about_day|place_reports")
    messages = {key: text for key, text in words.items() if wanted.match(key)}
    messages |= {"document_title": "Tin thử {day}", "abstract": "thử", "workbook": {"title": "Tin thử {words}"}}
    files = {
        "brief/reports/stranger.py": RECORD,
        "report_templates/stranger/page.html.jinja": PAGE,
        "report_templates/stranger/report.yaml": SETTINGS,
        "report_templates/stranger/workbook.yaml": WORKBOOK,
        "report_templates/stranger/messages.vi.yaml": yaml.safe_dump(messages, allow_unicode=True),
        "catalogue/calendars.yaml": (ROOT / "catalogue" / "calendars.yaml").read_text(encoding="utf-8") + ENTRY,
    }
    for name, text in files.items():
        (checkout / name).parent.mkdir(parents=True, exist_ok=True)
        (checkout / name).write_text(text, encoding="utf-8")
    return {name if "/stranger/" not in name else str(Path(name).parent) for name in files}


def test_a_stranger_adds_a_report(checkout: Path, monkeypatch: pytest.MonkeyPatch):
    """
    A record, a folder and an entry in the calendars: the report is whole, scored by what it needs, and can be seen.
    """
    places = add_report(checkout)
    monkeypatch.setattr(reports, "__path__", [*reports.__path__, str(checkout / "brief" / "reports")])
    catalogue = load_catalogue(checkout / "catalogue")
    require_whole(catalogue.calendars, checkout / "report_templates")
    settings = from_environment({"RESOLUTION_MONITOR_HOME": str(checkout / "state")}, checkout)
    files = preview(settings, Wanted("stranger", checkout / "out", has_pictures=True))

    assert len(places) == 3
    assert "stranger" in report_names()
    assert is_of_resolutions("stranger")
    assert [".pdf", ".xlsx", ".png"] == [Path(file).suffix for file in files]
    assert all(Path(file).name.startswith("tin-thu-2026-10-30-") for file in files)
    assert all(Path(file).stat().st_size > 3_000 for file in files)


def test_half_a_report_is_named(checkout: Path, monkeypatch: pytest.MonkeyPatch):
    """
    An entry without a record, a record without a folder, a module without a record: the file that is wrong is named.
    """
    add_report(checkout)
    with pytest.raises(
        CatalogueError, match=r"calendars\.yaml: report 'stranger' has no record; add .*reports/stranger"
    ):
        catalogue_counts(checkout)

    monkeypatch.setattr(reports, "__path__", [*reports.__path__, str(checkout / "brief" / "reports")])
    shutil.rmtree(checkout / "report_templates" / "stranger")
    with pytest.raises(CatalogueError, match=r"report_templates/stranger/report\.yaml is missing"):
        require_whole([], checkout / "report_templates")

    (checkout / "brief" / "reports" / "nothing.py").write_text("", encoding="utf-8")
    with pytest.raises(CatalogueError, match=r"reports/nothing\.py holds no REPORT"):
        kind_of("nothing")
    with pytest.raises(CatalogueError, match=r"reports/never\.py is missing"):
        kind_of("never")


def test_what_is_shipped_is_whole(catalogue: Catalogue):
    """
    Every entry of the calendars has its record and every record its folder, in Vietnamese; the budget is one of them.
    """
    require_whole(catalogue.calendars, TEMPLATES)

    assert sorted(catalogue.calendars) == report_names()
    assert all("vi" in languages_of(TEMPLATES, report) for report in report_names())
    assert {"bulletin_day", "resolutions_month"} <= {report for report in report_names() if is_of_resolutions(report)}
    assert not is_of_resolutions("state_budget")
    assert not is_of_resolutions("one of former days")


FRENCH = {"document_title": "Bulletin du {day}", "weekday_5": "samedi", "block_government": "Gouvernement"}


def test_a_stranger_adds_a_language(checkout: Path, catalogue: Catalogue):
    """
    Files of texts and nothing else: the page is in that language, numbers and dates too; names that the catalogue does
    not have in it stay the official ones.
    """
    templates = checkout / "report_templates"
    snapshot = example_snapshot.example_day(catalogue)
    with pytest.raises(
        RenderError, match=r"is written in en, vi; for 'fr' add report_templates/bulletin_day/messages\.fr"
    ):
        load_report(templates, "bulletin_day", ROOT, "fr")
    for room in (SHARED, f"{SHARED}/resolutions", "bulletin_day"):
        texts = yaml.safe_load((templates / room / "messages.en.yaml").read_text(encoding="utf-8"))
        texts |= {key: text for key, text in FRENCH.items() if key in texts}
        (templates / room / "messages.fr.yaml").write_text(yaml.safe_dump(texts, allow_unicode=True), encoding="utf-8")
    report = load_report(templates, "bulletin_day", ROOT, "fr")
    briefing = briefing_of(kind_of("bulletin_day"), report, snapshot)
    page = page_html(report, briefing)

    assert '<html lang="fr">' in page
    assert "Bulletin du 31 octobre 2026" == briefing.title
    assert "samedi 31 oct." in page
    assert "57\u202f424" in page
    assert "97,1%" in page
    assert "Bộ Quốc\u00a0phòng (" in page
    assert "-fr-" in briefing.edition


def test_editions_of_two_languages_never_meet(catalogue: Catalogue):
    """
    The same day in two languages: two editions, two names, the same figures in the same order.
    """
    snapshot = example_snapshot.example_day(catalogue)
    kind = kind_of("bulletin_day")
    vietnamese, english = (
        briefing_of(kind, load_report(TEMPLATES, "bulletin_day", ROOT, language), snapshot) for language in ("vi", "en")
    )

    assert vietnamese.edition != english.edition
    assert ("RM-BTN-2026-10-31-", "RM-BTN-2026-10-31-en-") == (vietnamese.edition[:-8], english.edition[:-8])
    assert [figure.value for figure in vietnamese.figures] == [figure.value for figure in english.figures]
    assert [figure.sources for figure in vietnamese.figures] == [figure.sources for figure in english.figures]


def test_the_road_knows_no_report_by_name():
    """
    Neither the road nor what reports share names a report: only records, and commands that choose one, do.
    """
    package = ROOT / "plugins" / "resolution_monitor"
    files = [*(package / "pipeline").glob("*.py"), *(package / "brief").glob("*.py"), *(ROOT / "dags").glob("*.py")]
    named = {
        (file.name, node.value)
        for file in files
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and node.value in report_names()
    }

    assert set() == named


def test_needs_are_told_apart():
    """
    Each kind of need has its own name, which is that of the folder of its examples.
    """
    needs = [kinds.PERIOD, kinds.WEEK, kinds.DAY, kinds.BUDGET_YEAR]

    assert len({need.name for need in needs}) == len(needs)
    assert {need.name for need in needs} >= {kind_of(report).needs.name for report in report_names()}
