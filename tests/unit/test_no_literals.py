"""No number reaches a page but as a figure, a date, a limit or a setting: what else holds a digit is named here."""

import re
import shutil
from pathlib import Path
from typing import Any

import example_snapshot
import pytest
import yaml
from conftest import ROOT
from masked_page import Piece, numbers_masked, pieces_of, with_masked_quotes

from resolution_monitor.brief.assembly import briefing_of
from resolution_monitor.brief.kept import from_text
from resolution_monitor.brief.kinds import AnySnapshot
from resolution_monitor.brief.page import page_html
from resolution_monitor.brief.parts.budget_figures import CLASSES_FROM
from resolution_monitor.brief.report import languages_of, load_report
from resolution_monitor.brief.reports import kind_of, report_names
from resolution_monitor.catalogue.entries import Catalogue
from resolution_monitor.settings import from_environment

TEMPLATES = ROOT / "report_templates"
MAP = from_environment({}).map_path
WRITTEN = [(report, language) for report in report_names() for language in languages_of(TEMPLATES, report)]
# Made-up snapshots that print what a kept example does not.
CASES = {"period": ("provisional", "all_missing", "quiet"), "day": ("full_day", "silent_day")}

# What may hold a digit and is no figure, and why: anything else on a page is a number that nobody can trace.
ALLOWED = {
    r"(?:NQ|NQs|Res\.|Nghị quyết) \d+": "a resolution by its number",
    r"\d{2}-T\d{2}(?:/[\w-]+)?|\b\d{2}\.\d{2}\b": "a task or an indicator by its code",
    r"\d+/(?:\d{4}/)?[A-ZĐ][\w-]*": "a document by its number",
    r"(?:trang tính |ô |cell )?[^\s!(]*!?[A-Z]{1,2}\d+(?::[A-Z]+\d+)?\+?": "the place of a cell",
    r"\(\d\) ": "the place in an enumeration",
    r"[MN]\d{2}\+?": "a sheet of the Ministry of Finance's workbooks by its name",
    r"\bD\d{2}[ab]?\b": "a daily indicator by its code",
    r"sha256 [0-9a-f]{12}|sha256": "a file by its hash, and what that is called",
    r"\b(?:T|tháng )(?:1[0-2]|[1-9])\b": "a month, or a day of the week, by its number",
    r"\btuần \d{1,2}\b": "a week by its number",
    r"\(20\d\d\)": "the year of a target",
    r"Phụ lục \d\b|\bmục \d+\b": "an annex and its lines by their numbers",
    r"\b0[-–]100\b|\b0 to 1(?:00)?\b|\b0-1\b": "the scale of points",
    r"Thang (?:\d+)?–100%": "the ends of a scale",
    r"(?:[Tt]ừ|=|trừ|dưới) 100%": "the plan itself, which is the whole",
    r"(?:số|by) 0\b": "the word nought: what is missing is never made one",
    r"10\.000 dân|1\.000 dân|10,000 inhabitants|1,000 inhabitants": "part of a unit's name",
    r"[Tt]rang 1 (?:và|hoặc) 2|[Tt]rang [12]\b|[Pp]age [12]\b": "where a figure stands",
}
# The classes of a map's colours, which are set where figures are kept from rounding across them.
_ENDS = "|".join(f"{one:.0f}" for one in CLASSES_FROM)
CLASSES = rf"từ (?:{_ENDS})%|(?:{_ENDS})–(?:{_ENDS})%"
# In drawings only: the ticks of an axis.
DRAWN = r"(?:50|100|150|200|250|300)%"


MARKUP = r"\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\}|<[^>]+>"


def unexplained(text: str) -> bool:
    """Whether a digit is left once all that is explained is taken away."""
    for pattern in ALLOWED:
        text = re.sub(pattern, "", text)
    return re.search(r"\d", text) is not None


def literals(snapshot: AnySnapshot, templates: Path, report: str, language: str) -> list[str]:
    """Numbers on a page that are neither figures nor explained."""
    with numbers_masked():
        made = briefing_of(kind_of(report), load_report(templates, report, MAP, language), with_masked_quotes(snapshot))
        html = page_html(load_report(templates, report, MAP, language), made)
    numbers = set(snapshot.catalogue.resolutions)
    year = snapshot.period.end.year
    years = re.compile(rf"\b(?:{year}|{year - 1})\b") if snapshot.period.kind == "year" else None
    pieces = without_ranks(pieces_of(html))
    return [text for piece in pieces if (text := _left(piece, numbers, years)) and unexplained(text)]


def without_ranks(pieces: list[Piece]) -> list[Piece]:
    """Without the numbers of lines: each begins at one, or is one more than the line before."""
    left, last = [], 0
    for piece in pieces:
        if piece.is_rank and piece.text in {"1", str(last + 1)}:
            last = int(piece.text)
        else:
            left.append(piece)
    return left


def _left(piece: Piece, numbers: set[str], years: re.Pattern[str] | None) -> str:
    """The piece without its period; nothing of what is a code or a tick of a scale by itself."""
    is_scale = (piece.is_drawn and re.fullmatch(DRAWN, piece.text)) or re.fullmatch(CLASSES, piece.text)
    if is_scale or piece.text in numbers:
        return ""
    return years.sub("", piece.text) if years else piece.text


def kept_example(report: str, catalogue: Catalogue) -> AnySnapshot:
    need = kind_of(report).needs.name
    return from_text(next((ROOT / "samples/examples" / need).glob("*.jsonl")).read_text(encoding="utf-8"), catalogue)


@pytest.mark.parametrize(("report", "language"), WRITTEN)
def test_every_number_on_a_page_is_a_figure(catalogue: Catalogue, report: str, language: str):
    """
    Figures, dates, limits, names and quotes masked, no digit is left on the page, in its drawings or in what screen
    readers say, but codes of tasks, cells and documents, months, and the ticks of a scale.
    """
    cases = [getattr(example_snapshot, case)(catalogue) for case in CASES.get(kind_of(report).needs.name, ())]
    found = [literals(one, TEMPLATES, report, language) for one in (kept_example(report, catalogue), *cases)]

    assert [[]] * len(found) == found


PLANTED = {
    "a template": ("page.html.jinja", "</body>", "<p>59,7% đúng hạn</p></body>"),
    "a template's drawing": ("page.html.jinja", "</body>", "<svg><text>37</text></svg></body>"),
    "what a screen reader says": ("page.html.jinja", "</body>", '<svg aria-label="còn 12 ngày"></svg></body>'),
    "a sentence": ("messages.vi.yaml", "chốt {closing_moment}", "chốt 14 giờ {closing_moment}"),
}


@pytest.mark.parametrize("place", PLANTED)
def test_a_literal_number_is_seen(catalogue: Catalogue, tmp_path: Path, place: str):
    """
    A number written by hand into a copied template or sentence makes the test above red.
    """
    file, there, instead = PLANTED[place]
    copied = tmp_path / "report_templates"
    shutil.copytree(TEMPLATES, copied)
    shutil.copy(ROOT / "requirements.txt", tmp_path)
    (page,) = [copied / "bulletin_day" / file]
    text = page.read_text(encoding="utf-8")
    page.write_text(text.replace(there, instead, 1), encoding="utf-8")

    assert there in text
    assert 1 == len(literals(kept_example("bulletin_day", catalogue), copied, "bulletin_day", "vi"))


def written(value: Any, place: str) -> list[tuple[str, str]]:
    """Every text of a file of messages with its place."""
    if isinstance(value, dict):
        return [found for key, inner in value.items() for found in written(inner, f"{place}.{key}")]
    if isinstance(value, list):
        return [found for inner in value for found in written(inner, place)]
    return [(place, re.sub(r"\{\w+\}", "", str(value)))]


def test_messages_and_templates_hold_no_number():
    """
    Printed or not: no text of any report in any language holds a number, and no style sheet prints one.
    """
    texts = []
    for file in TEMPLATES.rglob("messages.*.yaml"):
        texts += written(yaml.safe_load(file.read_text(encoding="utf-8")), str(file.relative_to(TEMPLATES)))
    for file in TEMPLATES.rglob("*.jinja"):
        bare = re.sub(MARKUP, " ", file.read_text(encoding="utf-8"), flags=re.DOTALL)
        texts.append((str(file.relative_to(TEMPLATES)), bare))
    for file in TEMPLATES.rglob("*.css"):
        texts += [(file.name, said) for said in re.findall(r"content:([^;]*)", file.read_text(encoding="utf-8"))]

    assert [] == [(place, text) for place, text in texts if unexplained(text)]
