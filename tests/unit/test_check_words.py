"""A finding in another language: a file of texts, catalogue/checks.<xx>.yaml; what it leaves out is Vietnamese."""

import shutil
from pathlib import Path

import pandas
import pytest
from conftest import ROOT

from resolution_monitor.ask.findings import in_words
from resolution_monitor.catalogue.load import load_catalogue
from resolution_monitor.errors import CatalogueError
from resolution_monitor.normalise.finding_text import finding_text
from resolution_monitor.terms import Finding, Severity

ENGLISH = """
checks:
  not-a-number:
    text: "Cell {cell} of sheet {sheet} holds {value}, which is no number."
    action: "Please write the number; without one, write 0."
"""
NUMBER = Finding("not-a-number", Severity.BLOCK, "M09", "C7", "mười")
EMPTY = Finding("file-empty", Severity.BLOCK, value="a.xlsx")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the catalogue with one file of English texts beside it."""
    shutil.copytree(ROOT / "catalogue", tmp_path / "catalogue")
    (tmp_path / "catalogue" / "checks.en.yaml").write_text(ENGLISH, encoding="utf-8")
    return tmp_path / "catalogue"


def test_a_language_is_a_file_of_texts(folder: Path):
    """
    With the file alone a finding speaks the language; a check it leaves out, and any other language, speak Vietnamese.
    """
    catalogue = load_catalogue(folder)

    assert finding_text(catalogue, NUMBER, "en") == (
        "Cell C7 of sheet M09 holds mười, which is no number.",
        "Please write the number; without one, write 0.",
    )
    assert finding_text(catalogue, NUMBER, "fr") == finding_text(catalogue, NUMBER)
    assert finding_text(catalogue, EMPTY, "en") == finding_text(catalogue, EMPTY)
    assert "Tệp a.xlsx không có nội dung." == finding_text(catalogue, EMPTY, "en")[0]


def test_stored_findings_are_said_in_a_language(folder: Path):
    """
    What was stored with Vietnamese words is said anew from its own values; what has no words keeps those it was stored
    with, be it of a check that is gone.
    """
    names = ("check_code", "sheet", "cell", "raw_value", "details", "text_vi", "action_vi")
    stored = [
        ("not-a-number", "M09", "C7", "mười", {}, "stored", "then"),
        ("file-empty", None, None, "a.xlsx", {}, "Tệp a.xlsx không có nội dung.", "Đề nghị gửi lại."),
        ("long-gone", None, None, None, {}, "gone", "none"),
    ]
    said = in_words(pandas.DataFrame(stored, columns=list(names), dtype=object), load_catalogue(folder), "en")

    assert [
        "Cell C7 of sheet M09 holds mười, which is no number.",
        "Tệp a.xlsx không có nội dung.",
        "gone",
    ] == list(said["text"])
    assert ["Please write the number; without one, write 0.", "Đề nghị gửi lại.", "none"] == list(said["action"])


@pytest.mark.parametrize(
    ("wrong", "problem"),
    [
        (
            ENGLISH.replace("not-a-number", "no-such"),
            r"checks\.en\.yaml: entry 'no-such': checks\.yaml has no such",
        ),
        (ENGLISH.replace("{cell}", "{row}"), r"checks\.en\.yaml: entry 'not-a-number': \{row\} is none of its"),
        (ENGLISH.replace("action", "deed"), r"checks\.en\.yaml: "),
    ],
)
def test_a_wrong_text_is_named(folder: Path, wrong: str, problem: str):
    """
    Texts of no check, and places that nothing fills, are refused with file and entry.
    """
    (folder / "checks.en.yaml").write_text(wrong, encoding="utf-8")

    with pytest.raises(CatalogueError, match=problem):
        load_catalogue(folder)
