"""Every rule is on the road: what only a worked case or a test calls promises what production does not do."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from house import NAME, PACKAGE, imported, module_of, sources

_RULES = sorted(path for room in ("score", "method") for path in (PACKAGE / room).rglob("*.py"))
_ROAD = [path for path in sources() if "worked_cases" not in path.parts]


def public_functions(path: Path) -> Iterator[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    functions = (node for node in tree.body if isinstance(node, ast.FunctionDef))
    return (one.name for one in functions if not one.name.startswith("_"))


def names_read(path: Path) -> set[str]:
    """Names that a file reads, its own functions where it calls them or hands them on."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return {node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)}


@cache
def taken_on_the_road() -> frozenset[str]:
    """Every name that a module of production takes from another."""
    return frozenset(name for path in _ROAD for name in imported(path))


@pytest.mark.parametrize("path", [path for path in _RULES if path in _ROAD], ids=module_of)
def test_production_calls_every_rule(path: Path):
    """
    A public function of the method or of score is taken by another module of production, or called in its own.
    """
    own = names_read(path)
    unused = [
        name
        for name in public_functions(path)
        if name not in own and f"{NAME}.{module_of(path)}.{name}" not in taken_on_the_road()
    ]

    assert [] == unused
