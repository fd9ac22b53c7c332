"""What a start may not load: --help and DAG files come up at once, whatever the stages behind them weigh."""

import inspect
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ROOT

from resolution_monitor import commands, pipeline
from resolution_monitor.commands.lazy_group import loaded
from resolution_monitor.commands.table import COMMANDS
from resolution_monitor.pipeline import stages

# By name, not by time: each of these costs a tenth of a second or more, or brings others that do.
HEAVY = {"pandas", "numpy", "sqlalchemy", "psycopg2", "jsonschema", "holidays", "babel", "openpyxl", "weasyprint"}
HEAVY |= {"jinja2", "python_calamine", "rapidfuzz", "upath", "paramiko", "botocore", "fsspec"}
HELP_LOADS_NO = HEAVY | {"airflow", "yaml", "pydantic", "rich"}

HELP = """
import sys
from resolution_monitor.__main__ import main
try:
    main()
except SystemExit as end:
    print("ENDED", end.code)
print("LOADED", *sys.modules)
"""
ALL_HELP = """
import contextlib, sys
from resolution_monitor.__main__ import app
from resolution_monitor.commands.table import COMMANDS
for name in COMMANDS.keys() - {"airflow"}:  # whose --help is Airflow's own
    with contextlib.suppress(SystemExit):
        app([name, "--help"], prog_name="./monitor")
print("LOADED", *sys.modules)
"""
DAGS = """
import runpy, sys
from pathlib import Path
import airflow.sdk
before = set(sys.modules)
for file in sorted(Path(sys.argv[1]).glob("*.py")):
    runpy.run_path(str(file))
print("LOADED", *(set(sys.modules) - before))
"""

PREVIEW = """
import sys
import resolution_monitor.pipeline.preview
print("LOADED", *sys.modules)
"""
CATALOGUE_OF_A_PREVIEW = """
import sys
from resolution_monitor.pipeline.example_edition import checked_catalogue
from resolution_monitor.settings import from_environment
checked_catalogue(from_environment({"RESOLUTION_MONITOR_HOME": sys.argv[1]}))
print("LOADED", *sys.modules)
"""
# What only checking a catalogue needs, as long as reading it.
CHECKS = {"jsonschema", "referencing", "holidays"}


def loaded_by(code: str, tmp_path: Path, *arguments: str) -> set[str]:
    """Every module that a new process loads for this."""
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(tmp_path),
        "PYTHONPATH": str(ROOT / "plugins"),
        "AIRFLOW_HOME": str(tmp_path / "airflow"),
        "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
    }
    command = [sys.executable, "-c", code, *arguments]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    lines = [line for line in done.stdout.splitlines() if line.startswith("LOADED")]
    assert lines, done.stdout[-2000:] + done.stderr[-2000:]
    return set(lines[-1].split()[1:])


def heaviest(modules: set[str], forbidden: set[str]) -> list[str]:
    return sorted(forbidden & {name.split(".")[0] for name in modules})


def test_help_loads_no_command(tmp_path: Path):
    """
    The list of commands is told by the table alone.
    """
    modules = loaded_by(HELP, tmp_path, "--help")

    assert [] == heaviest(modules, HELP_LOADS_NO)
    assert {"commands", "commands.lazy_group", "commands.table"} == {
        name.removeprefix("resolution_monitor.") for name in modules if name.startswith("resolution_monitor.commands")
    }


def test_help_of_a_command_loads_no_stage(tmp_path: Path):
    """
    What a command needs to do its work it loads when it does it.
    """
    modules = loaded_by(HELP, tmp_path, "scores", "--help")

    assert [] == heaviest(modules, HEAVY | {"airflow", "yaml"})
    assert {"resolution_monitor.pipeline"} == {name for name in modules if ".pipeline" in name}


def test_help_of_every_command_is_light(tmp_path: Path):
    """
    All of them together load nothing heavy, no stage and no store.
    """
    modules = loaded_by(ALL_HELP, tmp_path)
    rooms = {name.split(".")[1] for name in modules if name.startswith("resolution_monitor.")}

    assert [] == heaviest(modules, HEAVY | {"airflow", "yaml"})
    assert set() == rooms & {"ask", "store", "score", "brief", "collect", "airflow_host"}


def test_dag_files_load_no_stage(tmp_path: Path):
    """
    Beyond Airflow a DAG file loads the schedule; its tasks load the stages when they run, in processes of their own.
    """
    modules = loaded_by(DAGS, tmp_path, str(ROOT / "dags"))

    assert [] == heaviest(modules, HEAVY)
    light = ("pipeline", "pipeline.timetable", "pipeline.gaps")
    assert {f"resolution_monitor.{name}" for name in light} == {
        name for name in modules if name.startswith("resolution_monitor.pipeline")
    }
    assert "resolution_monitor.catalogue.load" not in modules


def test_a_preview_calls_its_child_first(tmp_path: Path):
    """
    The child that makes the PDF loads what it needs while the page is made: it is started before anything heavy loads.
    """
    modules = loaded_by(PREVIEW, tmp_path)

    assert [] == heaviest(modules, HEAVY | {"airflow", "yaml"})
    assert {"resolution_monitor.brief", "resolution_monitor.brief.render_pdf"} == {
        name for name in modules if name.startswith("resolution_monitor.brief")
    }


def test_a_preview_checks_a_catalogue_once(tmp_path: Path):
    """
    The very catalogue that the last preview checked is only read; what writes workbooks waits for the PDF to begin.
    """
    first, again = (loaded_by(CATALOGUE_OF_A_PREVIEW, tmp_path, str(tmp_path / "home")) for _ in range(2))

    assert sorted(CHECKS) == heaviest(first, CHECKS)
    assert [] == heaviest(again, CHECKS | {"sqlalchemy", "psycopg2", "openpyxl", "weasyprint", "airflow"})


def test_dag_files_are_short():
    """
    A DAG file says when and in which order, and nothing else.
    """
    lines = {path.name: path.read_text(encoding="utf-8").count("\n") for path in (ROOT / "dags").glob("*.py")}

    assert {} == {name: count for name, count in lines.items() if count > 45}


@pytest.mark.parametrize("name", COMMANDS)
def test_table_says_what_the_command_says(name: str):
    """
    The sentence in the list is the first line of the command's own help.
    """
    assert COMMANDS[name].summary == inspect.cleandoc(loaded(name, COMMANDS[name]).help).splitlines()[0]


def test_table_holds_every_command():
    """
    What the heads of the modules name is in the table, from that module, and nothing else is.
    """
    named = set()
    for path in Path(commands.__path__[0]).glob("*.py"):
        head = re.match(r'"""\./monitor ([a-z, -]+)', path.read_text(encoding="utf-8"))
        named |= {(name.strip(), path.stem) for name in head[1].split(",")} if head else set()

    assert named == {(name, command.module) for name, command in COMMANDS.items()}


def test_door_of_the_pipeline_is_clear():
    """
    Every name of the door opens, and none is a module's, which would stand in its place once somebody imported it.
    """
    modules = {path.stem for path in Path(pipeline.__path__[0]).glob("*.py")}

    assert set() == modules & set(pipeline.__all__)
    assert [] == [name for name in pipeline.__all__ if getattr(pipeline, name, None) is None]
    assert not hasattr(pipeline, "no_such_name")


def test_stages_stand_in_the_order_of_the_schedule():
    """
    The names that a DAG is drawn from are the stages that can be run.
    """
    assert tuple(stages.STAGES) == pipeline.STAGE_NAMES
