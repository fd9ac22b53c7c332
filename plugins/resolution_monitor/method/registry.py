"""Every record of kinds and of trajectories: one module each, found where it lies; what lacks something is refused."""

import importlib
import pkgutil
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from types import ModuleType
from typing import TypeVar

from resolution_monitor.errors import CatalogueError
from resolution_monitor.method import kinds as kind_modules
from resolution_monitor.method import trajectories as trajectory_modules
from resolution_monitor.method.kind import OF_A_MEASURED_KIND, OF_EVERY_KIND, Kind
from resolution_monitor.method.scale import WORDS
from resolution_monitor.method.trajectory import Trajectory

Record = TypeVar("Record", Kind, Trajectory)


@cache
def kinds() -> Mapping[str, Kind]:
    """
    Every kind of indicator by its name.

    Raises:
        CatalogueError: A record lacks something; it is named with what it lacks.
    """
    return _records(kind_modules, Kind, _of_kind)


@cache
def trajectories() -> Mapping[str, Trajectory]:
    """Every shape of paths by its name; see kinds."""
    return _records(trajectory_modules, Trajectory, _of_trajectory)


def _records(
    package: ModuleType, record: type[Record], problems: Callable[[Record], Iterator[str]]
) -> dict[str, Record]:
    found: dict[str, Record] = {}
    for name in sorted(module.name for module in pkgutil.iter_modules(package.__path__)):
        place = f"{package.__name__}.{name}".removeprefix("resolution_monitor.").replace(".", "/") + ".py"
        one = _record(f"{package.__name__}.{name}", record, place)
        wrong = list(problems(one))
        if one.name != name:
            wrong.append(f"calls itself {one.name!r}; use the name of its file")
        if wrong:
            raise CatalogueError(*(f"{place}: {problem}" for problem in wrong))
        found[name] = one
    return found


def _record(module: str, record: type[Record], place: str) -> Record:
    wanted = record.__name__.upper()
    try:
        one: object = getattr(importlib.import_module(module), wanted, None)
    except TypeError as error:
        # What Python says where a field is left out names all that are missing.
        raise CatalogueError(f"{place}: {error}; give the record every field of {record.__name__}") from error
    if not isinstance(one, record):
        raise CatalogueError(f"{place}: has no {wanted}; write the record as {wanted} = {record.__name__}(...)")
    return one


def _of_kind(kind: Kind) -> Iterator[str]:
    wanted = OF_EVERY_KIND if kind.is_product else (*OF_EVERY_KIND, *OF_A_MEASURED_KIND)
    lacking = [name for name in wanted if name not in kind.formulas]
    if lacking:
        yield f"kind {kind.name!r}: formulas lack {', '.join(lacking)}; explain would have nothing to print"
    speechless = [name for name in kind.formulas if name not in WORDS and name not in kind.words]
    if speechless:
        yield f"kind {kind.name!r}: words lack {', '.join(speechless)}; say in Vietnamese and in English what they are"
    for field in ("directions", "worked_names"):
        if not getattr(kind, field):
            yield f"kind {kind.name!r}: {field} is empty; name at least one"
    if not kind.is_product and (kind.value_at is None) != (kind.planned is None):
        yield f"kind {kind.name!r}: value_at and planned say the same, as rule and as formula; give both or neither"


def _of_trajectory(shape: Trajectory) -> Iterator[str]:
    if (shape.earned is None) == (shape.lag is None):
        yield f"trajectory {shape.name!r}: give either earned or, where fractions come in steps, lag"
    formulas = shape.earned_formulas(0)
    if "lag_open" not in formulas or (shape.earned is not None and "ES" not in formulas):
        yield f"trajectory {shape.name!r}: earned_formulas lack {'ES' if 'lag_open' in formulas else 'lag_open'}"
