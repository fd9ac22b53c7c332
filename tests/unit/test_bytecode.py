"""Set-up loads once whatever modules of ours will ever load, so that nothing is compiled while somebody waits."""

import ast
import importlib.util
import sys

from conftest import ROOT


def packages_imported() -> tuple[set[str], set[str]]:
    """Packages of others: those that a module imports when it is loaded, and those that a function imports."""
    at_once, later = set(), set()
    for path in (ROOT / "plugins" / "resolution_monitor").rglob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            named = [one.name for one in node.names] if isinstance(node, ast.Import) else []
            named += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            (at_once if node in tree.body else later).update(name.split(".")[0] for name in named)
    ours = {"", "resolution_monitor", *sys.stdlib_module_names}
    return at_once - ours, later - ours


def test_what_is_imported_later_is_compiled_before():
    """
    What only functions import is named in setup/load_all.py: the renderer's child could not keep what it compiled.
    """
    place = importlib.util.spec_from_file_location("load_all", ROOT / "setup" / "load_all.py")
    assert place is not None
    assert place.loader is not None
    load_all = importlib.util.module_from_spec(place)
    place.loader.exec_module(load_all)
    at_once, later = packages_imported()
    named = {name.split(".")[0] for name in (*load_all.LATER, *load_all.AIRFLOW)}

    assert "weasyprint" in later
    assert set() == later - at_once - named
