"""What README.md names is there: files, functions, commands, DAGs, and the figures that can be counted."""

import ast
import re
from pathlib import Path

import pytest
from conftest import ROOT

from resolution_monitor.catalogue.entries import Catalogue
from resolution_monitor.commands.table import COMMANDS

README = (ROOT / "README.md").read_text(encoding="utf-8")
PACKAGE = ROOT / "plugins" / "resolution_monitor"
# `room/file.py: function` or `room/file.py: Class.method`
PLACES = re.findall(r"`([\w/]+\.py): ([\w.]+)`", README)
# Paths from the top of the repository or of the package; capitals stand for a name that the reader puts in.
PATHS = re.findall(r"(?<![\w/.-])((?:[a-z_]+/)+[\w.*-]*)", README)
HOME_OF_STATE = ("var/", "usr/", "briefings/")


def defined(module: ast.Module) -> set[str]:
    """Names of functions and classes, methods after their class."""
    found = set()
    for node in module.body:
        if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
            found.add(node.name)
        if isinstance(node, ast.ClassDef):
            found |= {f"{node.name}.{part.name}" for part in node.body if isinstance(part, ast.FunctionDef)}
    return found


@pytest.mark.parametrize(("file", "function"), PLACES)
def test_function_is_there(file: str, function: str):
    """
    A number's journey leads through functions that exist where it says.
    """
    assert function in defined(ast.parse((PACKAGE / file).read_text(encoding="utf-8")))


def is_there(path: str) -> bool:
    """Whether a path is one of the repository or of the package; `catalogue/` of the data goes before the room's."""
    pattern = re.sub(r"[A-Z]{2,}\w*|NQxx", "*", path.rstrip("/."))
    # A folder may be told right behind the one it lies in: "report_templates/<report>/ ...; _shared/ letterhead".
    return any(
        any(base.glob(start + pattern)) for base in (ROOT, PACKAGE) for start in ("", "[a-z]*/", "[a-z]*/[a-z]*/")
    )


def test_paths_are_there():
    """
    Every file and folder that README names exists.
    """
    named = {path for path in PATHS if not path.startswith(HOME_OF_STATE)}

    assert [] == sorted(path for path in named if not is_there(path))
    assert len(named) > 30


def test_commands_are_there():
    """
    Every command of `./monitor` and of make that README names exists.
    """
    ours = set(COMMANDS)
    targets = set(re.findall(r"^(\w+):.*## ", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M))

    assert set() == set(re.findall(r"\./monitor ([a-z][a-z-]+)", README)) - ours
    assert set() == set(re.findall(r"`make (\w+)", README)) - targets


def test_counts_are_those_of_the_catalogue(catalogue: Catalogue):
    """
    Resolutions, indicators, tasks and bodies are counted, not remembered.
    """
    counts = {
        "indicators": sum(one.resolution is not None for one in catalogue.indicators.values()),
        "tasks": sum(task.parent is None for task in catalogue.tasks.values()),
        "reporting bodies": len(catalogue.reporting_bodies),
    }

    assert {f"{count} {what}" for what, count in counts.items()} <= set(re.findall(r"\d+ [a-z]+(?: bodies)?", README))
    assert 9 == len(catalogue.resolutions)
    assert "nine resolutions" in README


def test_dags_are_there():
    """
    Every DAG that README names is one of a report of the calendar, or one of dags/.
    """
    names = {Path(path).stem for path in (ROOT / "dags").glob("*.py")}
    reports = (ROOT / "catalogue" / "calendars.yaml").read_text(encoding="utf-8")
    named = set(re.findall(r"`briefing_(\w+)`", README))

    assert named
    assert [] == sorted(name for name in named if f"{name}:" not in reports and f"report: {name}" not in reports)
    assert {"briefings", "collect_submissions"} <= names
