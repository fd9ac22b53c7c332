"""Texts of the reports: the same keys in every language, nothing written twice, nothing unused, nothing missing."""

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from conftest import ROOT

from resolution_monitor.brief import figures
from resolution_monitor.brief.parts.limit_words import limit_words
from resolution_monitor.brief.report import languages_of, load_report
from resolution_monitor.brief.reports import report_names
from resolution_monitor.brief.sentences import SECTIONS, Messages
from resolution_monitor.errors import RenderError
from resolution_monitor.method.limits import METHOD
from resolution_monitor.reporting import layout

TEMPLATES = ROOT / "report_templates"
BRIEF = ROOT / "plugins" / "resolution_monitor" / "brief"
# Places that are filled for every text of a report on resolutions.
GIVEN_BY_THE_PERIOD = ("as_at", "as_at_short", "closing_moment", "closing_day")
WRITTEN = [(report, language) for report in report_names() for language in languages_of(TEMPLATES, report)]
# Written in one language only: units of the catalogue are Vietnamese words of themselves.
NOT_IN_VIETNAMESE = "units"


def rooms_of(report: str) -> list[str]:
    """Folders of a report's messages, its own last."""
    shares = yaml.safe_load((TEMPLATES / report / "report.yaml").read_text(encoding="utf-8")).get("shares", [])
    return ["_shared", *(f"_shared/{room}" for room in shares), report]


def read(room: str, language: str) -> dict[str, Any]:
    texts: dict[str, Any] = yaml.safe_load((TEMPLATES / room / f"messages.{language}.yaml").read_text(encoding="utf-8"))
    return texts


def paths(texts: dict[str, Any], above: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], str]]:
    """Every text by the keys that lead to it."""
    for key, value in texts.items():
        if isinstance(value, dict):
            yield from paths(value, (*above, str(key)))
        else:
            yield (*above, str(key)), str(value)


@pytest.mark.parametrize(("report", "language"), WRITTEN)
def test_every_language_has_the_same_keys(report: str, language: str):
    """
    What is said in Vietnamese is said in every language of the report, file by file, and nothing beside it.
    """
    for room in rooms_of(report):
        keys = {path for path, _ in paths(read(room, language)) if path[0] != NOT_IN_VIETNAMESE}

        assert {path for path, _ in paths(read(room, "vi"))} == keys, room


@pytest.mark.parametrize(("report", "language"), WRITTEN)
def test_no_text_of_a_report_is_a_shared_one(report: str, language: str):
    """
    A sentence that stands in a shared file is not written again in a report's own; a label not under its own path.
    """
    *shared, own = (list(paths(read(room, language))) for room in rooms_of(report))
    texts = {(path[0] if path[0] in SECTIONS else "", text) for room in shared for path, text in room if len(path) == 1}
    labels = {(path, text) for room in shared for path, text in room}

    assert [] == [path for path, text in own if len(path) == 1 and text and ("", text) in texts]
    assert [] == [path for path, text in own if (path, text) in labels]


def test_no_two_reports_say_the_same_under_one_key():
    """
    What the reports on resolutions both say under one key stands in their shared file.
    """
    day, month = (dict(paths(read(report, "vi"))) for report in ("bulletin_day", "resolutions_month"))

    assert set() == {
        path for path in day.keys() & month.keys() if len(path) == 1 and day[path] and day[path] == month[path]
    }


def places(text: str) -> set[str]:
    return set(re.findall(r"\{(\w+)\}", text))


@pytest.mark.parametrize(("report", "language"), WRITTEN)
def test_places_are_those_of_the_vietnamese_text(report: str, language: str):
    """
    No figure is lost in translation. Only the title of a workbook may name its period in another way.
    """
    for room in rooms_of(report):
        vietnamese = dict(paths(read(room, "vi")))
        for path, text in paths(read(room, language)):
            if path[0] != NOT_IN_VIETNAMESE and path != ("workbook", "title"):
                assert places(text) <= places(vietnamese[path]), (room, path)


def spoken() -> tuple[set[str], list[re.Pattern[str]]]:
    """What the code and the pages name: whole keys, and patterns of keys put together from parts."""
    whole: set[str] = set()
    parts: list[re.Pattern[str]] = []
    for path in BRIEF.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                whole.add(node.value)
            if isinstance(node, ast.JoinedStr):
                written = [re.escape(str(one.value)) if isinstance(one, ast.Constant) else ".+" for one in node.values]
                # A pattern of a blank and a line alone would fit every key there is.
                if any(re.search("[a-z]{3}", part) for part in written):
                    parts.append(re.compile("".join(written)))
    for page in TEMPLATES.rglob("*.jinja"):
        whole |= set(re.findall(r"texts\.(\w+)", page.read_text(encoding="utf-8")))
    return whole, parts


def test_every_message_is_used():
    """
    A text that no page and no part names is no longer a text; numbered ones go by their key.
    """
    whole, parts = spoken()
    unused = set()
    for room in {room for report in report_names() for room in rooms_of(report)}:
        for key in read(room, "vi"):
            stem = re.sub(r"_(none|one|many)$", "", key)
            is_named = key in whole or stem in whole or any(p.fullmatch(key) or p.fullmatch(stem) for p in parts)
            if key not in SECTIONS and not is_named:
                unused.add((room, key))

    assert set() == unused


def test_every_text_a_page_names_is_there():
    """
    What a template prints from the messages stands in those of its report, in each language.
    """
    for report, language in WRITTEN:
        files = [TEMPLATES / report / "page.html.jinja"]
        page = files[0].read_text(encoding="utf-8")
        files += [TEMPLATES / name for name in re.findall(r'include "([^"]+)"', page)]
        named = {key for file in files for key in re.findall(r"texts\.(\w+)", file.read_text(encoding="utf-8"))}

        given = {*limit_words(METHOD, language), *GIVEN_BY_THE_PERIOD}
        messages = load_report(TEMPLATES, report, ROOT, language).messages.given(dict.fromkeys(given, ""))

        assert set() == named - messages.all().keys()


@pytest.mark.parametrize("report", report_names())
def test_every_sheet_and_column_has_its_words(report: str):
    """
    Each sheet of a workbook has a name, a note and headings, in each language; no label is without its column.
    """
    for language in languages_of(TEMPLATES, report):
        made = load_report(TEMPLATES, report, ROOT, language)
        for sheet in made.workbook["sheets"]:
            assert 0 < len(made.messages.workbook("sheets", sheet["table"], "name")) <= 31
            assert made.messages.workbook("sheets", sheet["table"], "note")
            for column in sheet["columns"]:
                assert made.messages.column(sheet["table"], column["key"])


def test_units_are_known_in_every_language():
    """
    Whatever unit the catalogue may name, and those of figures of ours, has a word in each language.
    """
    schema = json.loads((ROOT / "catalogue" / "schema" / "resolution.json").read_text(encoding="utf-8"))
    units = set(schema["properties"]["indicators"]["items"]["properties"]["unit"]["enum"])
    units |= {
        getattr(figures, name) for name in ("THOUSAND_BILLIONS", "BILLIONS", "PERCENT", "COUNT", "POINTS", "DAYS")
    }
    for _, language in WRITTEN:
        messages = load_report(TEMPLATES, "bulletin_day", ROOT, language).messages

        assert all(messages.unit(unit) for unit in units)


def test_words_that_bodies_use_are_the_same_on_pages():
    """
    Kinds and marks that a body reads in its workbook are called the same in a Vietnamese briefing.
    """
    messages = load_report(TEMPLATES, "resolutions_month", ROOT).messages

    assert layout.DEMONSTRATION == messages.word("mark", "demonstration")
    assert layout.OBSTACLE_KINDS == {code: messages.word("obstacle_kind", code) for code in layout.OBSTACLE_KINDS}
    assert list(layout.REQUEST_KINDS.values()) == [messages.word("request_kind", kind) for kind in layout.REQUEST_KINDS]


def test_own_texts_stand_above_shared_ones(tmp_path: Path):
    """
    Shared texts come with every report; its own take their place, label by label. What is missing is named.
    """
    own, shared = tmp_path / "report" / "messages.vi.yaml", tmp_path / "_shared" / "messages.vi.yaml"
    for file in (own, shared):
        file.parent.mkdir()
    shared.write_text("a: chung\nb: chung\nwords: {state: {x: 1, y: chung}}\n", encoding="utf-8")
    own.write_text("b: riêng {n}\nwords: {state: {y: riêng}}\n", encoding="utf-8")
    messages = Messages([shared, own])

    assert ["chung", "riêng 3", "1", "riêng"] == [
        *(messages.say("a"), messages.say("b", n=3)),
        *(messages.word("state", key) for key in ("x", "y")),
    ]
    with pytest.raises(RenderError, match=r"report/messages\.vi\.yaml: message 'c' is missing"):
        messages.say("c")
    with pytest.raises(RenderError, match=r"report/messages\.vi\.yaml: words\.state 'z' is missing"):
        messages.word("state", "z")
    with pytest.raises(RenderError, match=r"report/messages\.vi\.yaml: message 'b' names 'n'"):
        messages.say("b")
