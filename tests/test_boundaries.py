"""The walls of the house: who may import whom, where each large library lives, and that Airflow stays out."""

import ast
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ROOT
from house import (
    FLOOR_OF,
    NAME,
    PACKAGE,
    SCORE_FLOOR_OF,
    SCORE_KNOWS,
    circle,
    imported,
    module_of,
    score_rooms,
    sources,
)

# A stage is pure where it does not meet a file, a process or the database: these modules may.
EDGES = {"sandbox", "collect", "settings", "catalogue", "store", "pipeline", "airflow_host", "commands", "web"}
EDGES |= {"__main__", "addresses", "signing"}
EDGE_MODULES = {"brief.render_pdf", "brief.render_xlsx", "brief.report", "brief.sentences", "brief.page", "brief.maps"}

ONLY_IN = {
    "airflow": {"airflow_host", "web"},
    "psycopg2": {"store"},
    "sqlalchemy": {"store"},
    "weasyprint": {"brief.render_pdf"},
    "pyhanko": {"pipeline.sign_pdf"},
    "pyhanko_certvalidator": {"pipeline.sign_pdf"},
    "pypdfium2": {"brief.render_png"},
    "typer": {"commands", "__main__"},
    "openpyxl": {"brief.render_xlsx", "exchange", "sample.spoil"},
    "python_calamine": {"collect.read_child"},
    "rapidfuzz": {"ask.uncertain_names"},
    "holidays": {"period.working_days"},
    "paramiko": {"collect.remote_place"},
    "botocore": {"collect.remote_place"},
    "upath": {"collect", "settings"},
}


def lies_in(module: str, rooms: set[str]) -> bool:
    return any(module == room or module.startswith(f"{room}.") for room in rooms)


def test_every_room_has_a_floor():
    """
    A new room is put on a floor before anything is built in it.
    """
    rooms = {module_of(path).split(".")[0] for path in sources()} - {""}

    assert set() == rooms - FLOOR_OF.keys()


@pytest.mark.parametrize("path", sources(), ids=module_of)
def test_imports_run_downwards(path: Path):
    """
    No module imports from a floor above its own.
    """
    module = module_of(path)
    if not module:
        return
    own = FLOOR_OF[module.split(".")[0]]
    rooms = {name.split(".")[1] for name in imported(path) if name.startswith(f"{NAME}.") and name.count(".")}

    assert [] == [room for room in sorted(rooms) if room in FLOOR_OF and FLOOR_OF[room] > own]


@pytest.mark.parametrize("library", ONLY_IN)
def test_library_stays_in_its_room(library: str):
    """
    What could spread is imported in one room only.
    """
    users = {module_of(path) for path in sources() if any(name.split(".")[0] == library for name in imported(path))}

    assert [] == [module for module in sorted(users) if not lies_in(module, ONLY_IN[library])]


def test_doors_of_dags_and_commands():
    """
    DAGs, the command line and pages only ask and do; they do not reach into the stages or the store.
    """
    allowed = {"pipeline", "ask", "settings", "period", "errors", "terms", "wording", "airflow_host", "commands"}
    allowed |= {"formula_text"}
    paths = [*(ROOT / "dags").glob("*.py"), *(PACKAGE / "commands").glob("*.py")]
    reached = {
        (path.name, name.split(".")[1])
        for path in paths
        for name in imported(path)
        if name.startswith(f"{NAME}.") and name.split(".")[1] not in allowed
    }

    assert set() == reached


def test_nothing_knows_the_demonstration_but_its_doors():
    """
    What reads, checks and scores cannot look up which faults were planted.
    """
    doors = {"sample", "pipeline.sample", "pipeline.sample_walk"}
    users = {
        module_of(path)
        for path in sources()
        for name in imported(path)
        if name == f"{NAME}.sample" or name.startswith(f"{NAME}.sample.")
    }

    assert [] == [module for module in sorted(users) if not lies_in(module, doors)]


# Function -> the only modules that call it: what a month is scored by is settled there once and handed down.
CALLED_IN = {
    "scoring_moment": {"score.month.scored_period"},
    "with_holders": {"score.month.month"},
    "scored_period": {"ask.month_as_known", "pipeline.score"},
    "month_of": {"ask.month_as_known"},
    "follow_up_of": {"ask.month_as_known"},
}


def called(path: Path) -> set[str]:
    """The last names of all that a module calls."""
    nodes = [node.func for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Call)]
    return {getattr(node, "attr", getattr(node, "id", "")) for node in nodes}


def test_a_month_is_made_at_the_edge_and_handed_down():
    """
    No rule, screen or formula works out for itself when a month is scored, or who stands for whom by then.
    """
    calls = {module_of(path): called(path) for path in sources()}

    assert CALLED_IN == {
        function: {module for module, names in calls.items() if function in names} for function in CALLED_IN
    }


CLOCK_CALLS = {"now", "today", "utcnow", "localtime", "gmtime", "time_ns", "ctime"}
# Of module time only what measures waiting; time.time() is a clock.
WAITING = {"monotonic", "perf_counter", "sleep"}


def clocks_read(path: Path) -> set[str]:
    """Calls that read the wall clock, under whatever name their module was imported."""
    nodes = list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
    called = {node.func.attr for node in nodes if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)}
    imports = [alias for node in nodes if isinstance(node, ast.Import) for alias in node.names]
    modules = {alias.asname or alias.name for alias in imports if alias.name == "time"}
    froms = [node for node in nodes if isinstance(node, ast.ImportFrom) and node.module == "time"]
    of_time = {alias.name for node in froms for alias in node.names}
    attributes = [node for node in nodes if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name)]
    of_time |= {node.attr for node in attributes if node.value.id in modules}
    return (called & CLOCK_CALLS) | (of_time - WAITING)


def test_only_the_edge_reads_the_clock():
    """
    No code below the commands and what Airflow calls reads the wall clock; time.monotonic measures waiting.
    """
    readers = {module_of(path).split(".")[0] for path in sources() if clocks_read(path)}

    assert {"commands", "__main__", "airflow_host"} == readers


@pytest.mark.parametrize(
    "line",
    [
        "import datetime as d; d.datetime.now()",
        "from datetime import date as day; day.today()",
        "import pandas; pandas.Timestamp.now(tz='UTC')",
        "import time; time.time()",
        "from time import time",
        "import time as t; t.time()",
    ],
)
def test_clock_is_seen_under_any_name(tmp_path: Path, line: str):
    """
    What the test above looks for is found however it is written.
    """
    module = tmp_path / "module.py"
    module.write_text(line, encoding="utf-8")

    assert clocks_read(module)


def test_statements_read_no_clock():
    """
    No statement or table of ours takes the server's time: it is bound, or it is not known. Only the doctor asks for it,
    to hold it against the machine's own.
    """
    clocks = re.compile(
        r"\b(now\(\)|current_date|current_time\w*|localtime\w*|(clock|statement|transaction)_timestamp)", re.I
    )
    files = [*(ROOT / "sql").rglob("*.sql")]

    assert ["server_state.sql"] == [path.name for path in files if clocks.search(path.read_text(encoding="utf-8"))]


def test_stages_touch_no_files():
    """
    Rules and contents take values and return values; only edges open, write or start anything.
    """
    doers = {
        "open",
        "read_text",
        "read_bytes",
        "write_text",
        "write_bytes",
        "unlink",
        "mkdir",
        "run",
        "Popen",
        "environ",
    }
    found = set()
    for path in sources():
        module = module_of(path)
        if lies_in(module, EDGES | EDGE_MODULES) or not module:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            name = node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""
            if name in doers:
                found.add((module, name))

    # The rules read their own text once, to give their version a name that cannot lie.
    assert {("score.version", "read_bytes")} == found


def test_size_of_functions_and_files():
    """
    Functions stay below 50 lines and files about 250: what grows past that is split.
    """
    long_functions, long_files = [], []
    for path in [*sources(), *(ROOT / "dags").glob("*.py"), *(ROOT / "setup").glob("*.py")]:
        text = path.read_text(encoding="utf-8")
        if text.count("\n") > 270:
            long_files.append(path.name)
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)) and node.end_lineno - node.lineno + 1 > 50:
                long_functions.append(f"{path.name}:{node.name}")

    assert [] == long_functions
    assert [] == long_files


def test_no_stem_of_the_standard_library():
    """
    No file of ours bears the name of a standard module: Airflow loads plugins by their bare stem.
    """
    stems = {path.stem for path in [*sources(), *(ROOT / "dags").glob("*.py")]} - {"__init__", "__main__"}

    assert set() == stems & set(sys.stdlib_module_names)


PROBE = """
import sys
from pathlib import Path
from airflow import plugins_manager
plugins_manager.ensure_plugins_loaded()
stolen = sorted(n for n in sys.modules if "." not in n and (f := getattr(sys.modules[n], "__file__", None))
                and Path(f).is_relative_to({folder!r}) and n != "resolution_monitor")
print("STOLEN", ",".join(stolen))
"""


def loaded_by_bare_name(plugins: Path, tmp_path: Path) -> list[str]:
    """Modules of ours that Airflow's plugin loader put into sys.modules under their bare stem."""
    environment = {
        "PATH": os.environ["PATH"],
        "AIRFLOW_HOME": str(tmp_path / "airflow"),
        "AIRFLOW__CORE__PLUGINS_FOLDER": str(plugins),
        "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
        "PYTHONPATH": str(plugins),
    }
    command = [sys.executable, "-c", PROBE.format(folder=str(plugins))]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    lines = [line for line in done.stdout.splitlines() if line.startswith("STOLEN")]
    assert lines, done.stderr[-2000:]
    return [name for name in lines[0].removeprefix("STOLEN").strip().split(",") if name]


def test_airflow_leaves_our_modules_alone(tmp_path: Path):
    """
    With plugins/.airflowignore Airflow loads none of our modules by bare name; without it, it would.
    """
    copy = tmp_path / "plugins"
    (copy / NAME).mkdir(parents=True)
    for stem in ("__init__", "terms", "wording"):
        (copy / NAME / f"{stem}.py").write_text((PACKAGE / f"{stem}.py").read_text(encoding="utf-8"), encoding="utf-8")

    without = loaded_by_bare_name(copy, tmp_path)
    (copy / ".airflowignore").write_text((ROOT / "plugins" / ".airflowignore").read_text())
    with_it = loaded_by_bare_name(copy, tmp_path)

    assert "terms" in without
    assert [] == with_it
    # What Airflow is to load is there, and nothing else.
    assert ["monitor_run_notes"] == loaded_by_bare_name(ROOT / "plugins", tmp_path)


@pytest.mark.parametrize("path", sorted((PACKAGE / "score").rglob("*.py")), ids=module_of)
def test_wings_of_score_are_read_downwards(path: Path):
    """
    A rule knows no forecast, a forecast no month, a month neither screens nor formulas.
    """
    own = path.relative_to(PACKAGE / "score").with_suffix("").parts[0]
    if own == "__init__":
        return
    lower = {room for room, floor in SCORE_FLOOR_OF.items() if floor < SCORE_FLOOR_OF[own]}

    assert set() == score_rooms(path) - SCORE_KNOWS.get(own, lower)


def test_no_circle_anywhere():
    """
    No module comes back to itself by way of what it imports, not even inside a function.
    """
    assert {} == circle()
