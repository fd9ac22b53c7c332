"""The house as its imports tell it: rooms, floors, arrows. Read by the boundary tests and drawn by `make map`."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "plugins" / "resolution_monitor"
NAME = "resolution_monitor"

# From the ground up: a room may import from rooms below its own and from its own.
FLOORS: list[set[str]] = [
    {"terms", "errors", "wording", "personal", "formula_text"},
    {"addresses", "limits", "signing", "settings", "period", "reporting"},
    {"sandbox"},
    {"method"},
    {"catalogue"},
    {"ledger"},
    {"store"},
    {"collect"},
    {"normalise"},
    {"score"},
    {"brief"},
    {"exchange"},
    {"sample"},
    {"ask"},
    {"pipeline"},
    {"airflow_host"},
    {"commands", "web"},
    {"__main__"},
]
FLOOR_OF = {room: number for number, rooms in enumerate(FLOORS) for room in rooms}

# Inside score, from the ground up; rooms of one floor do not know each other.
SCORE_FLOORS: list[set[str]] = [
    {"rules"},
    {"outlook"},
    {"month"},
    {"screens", "formulas"},
    {"budget", "worked_cases", "version"},
]
SCORE_FLOOR_OF = {room: number for number, rooms in enumerate(SCORE_FLOORS) for room in rooms}
# Worked cases run every rule; the budget year goes through the same rules, without a month.
SCORE_KNOWS = {"budget": {"rules"}, "worked_cases": {"rules", "outlook"}, "version": set[str]()}


def sources() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


def module_of(path: Path) -> str:
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    return ".".join(part for part in parts if part != "__init__")


@cache
def imported(path: Path) -> tuple[str, ...]:
    """Every module, and every name taken from one, that a file imports wherever in it."""
    return tuple(_imported(path))


def _imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def score_rooms(path: Path) -> set[str]:
    """Rooms of score that a module imports from, its own left out."""
    own = path.relative_to(PACKAGE / "score").with_suffix("").parts[0]
    begins = f"{NAME}.score."
    return {name.removeprefix(begins).split(".")[0] for name in imported(path) if name.startswith(begins)} - {own}


def arrows() -> dict[str, set[str]]:
    """Module -> modules of ours that it imports when it is loaded or called."""
    known = {module_of(path): path for path in sources()}
    found = {}
    for module, path in known.items():
        names = {name.removeprefix(f"{NAME}.") for name in imported(path) if name.startswith(f"{NAME}.")}
        found[module] = {name for name in names if name in known and name != module}
    return found


def circle() -> dict[str, set[str]]:
    """What is left of the arrows when whatever leads nowhere back is taken away: modules in a circle, or above one."""
    left = arrows()
    while free := {module for module, needs in left.items() if not needs & left.keys()}:
        left = {module: needs for module, needs in left.items() if module not in free}
    return left
