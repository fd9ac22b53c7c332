"""Files under catalogue/ as plain values: read once, held against their schemas, hashed as one content."""

import csv
import functools
import hashlib
import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from resolution_monitor.catalogue.dated import days_in, misdated, on_day, with_days_as_text
from resolution_monitor.errors import CatalogueError
from resolution_monitor.method.registry import kinds, trajectories

if TYPE_CHECKING:
    from referencing import Registry

# The key that names an entry in a message, whichever kind of entry it is.
_KEYS = (
    "task_id",
    "indicator_id",
    "agency_id",
    "group_id",
    "peer_group",
    "setting",
    "block",
    "check",
    "screen",
    "form",
    "report",
    "calendar",
    "predecessor",
    "code",
    "day",
)
_LONGEST_MESSAGE = 300


class CatalogueSource:
    """Reads files of the folder, holds each against its schema and gathers everything that is wrong with them."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._contents: dict[str, bytes] = {}
        self._schemas: dict[str, tuple[str, object]] = {}
        self.problems: list[str] = []

    def names(self, pattern: str) -> list[str]:
        """Files that match, in the order of their names."""
        return [path.relative_to(self._folder).as_posix() for path in sorted(self._folder.glob(pattern))]

    def read(self, name: str, schema: str) -> dict[str, Any]:
        """One YAML file, facts with their days; `check` holds it against its schema."""
        content = self._content(name)
        if content is None:
            return {}
        try:
            entries = _parsed(content)
        except yaml.YAMLError as error:
            self.problems.append(f"catalogue/{name}: is not YAML: {' '.join(str(error).split())}; mend the line")
            return {}
        self._schemas[name] = schema, entries
        return entries if isinstance(entries, dict) else {}

    def read_csv(self, name: str, columns: tuple[str, ...]) -> list[dict[str, str]]:
        """One CSV file with exactly these columns; a row of another width is a problem."""
        content = self._content(name)
        if content is None:
            return []
        header, *lines = csv.reader(content.decode("utf-8").splitlines()) or [[]]
        if tuple(header) != columns:
            self.problems.append(f"catalogue/{name}: columns are {header}; expected {list(columns)}, in this order")
            return []
        for number, line in enumerate(lines, start=2):
            if len(line) != len(columns):
                self.problems.append(f"catalogue/{name}: line {number}: {len(line)} fields; write {len(columns)}")
        return [dict(zip(columns, line, strict=True)) for line in lines if len(line) == len(columns)]

    def check(self) -> None:
        """Hold every file that was read against its schema; what breaks it is added to `problems`."""
        for name, (schema, entries) in self._schemas.items():
            undated = [f"catalogue/{name}: {problem}" for problem in misdated(entries)]
            self.problems += undated
            if not undated:
                self._check(name, schema)

    def raise_problems(self) -> None:
        """
        Stop here if anything is wrong so far.

        Raises:
            CatalogueError: With every problem.
        """
        if self.problems:
            raise CatalogueError(*self.problems)

    def sha256(self) -> str:
        """Names this very content, wherever the folder lies."""
        whole = hashlib.sha256()
        for name, content in sorted(self._contents.items()):
            whole.update(f"{name}\0{hashlib.sha256(content).hexdigest()}\n".encode())
        return whole.hexdigest()

    def _content(self, name: str) -> bytes | None:
        try:
            self._contents[name] = (self._folder / name).read_bytes()
        except OSError as error:
            self.problems.append(f"catalogue/{name}: cannot be read ({error.strerror}); restore the file")
            return None
        return self._contents[name]

    def _check(self, name: str, schema: str) -> None:
        rules = (self._folder / "schema" / f"{schema}.json").read_bytes()
        known = tuple(sorted(kinds())), tuple(sorted(trajectories()))
        self.problems += [f"catalogue/{name}: {problem}" for problem in _breaches(self._contents[name], rules, *known)]


# Files do not change while an edit of one of them is tried: an import reads the whole catalogue three times.
@functools.lru_cache(maxsize=128)
def _parsed(content: bytes) -> Any:
    """Entries of a file, facts with their days as text; never to be changed, since they are kept."""
    return with_days_as_text(yaml.load(content, Loader=yaml.CSafeLoader))


@functools.lru_cache(maxsize=128)
def _breaches(content: bytes, rules: bytes, kind_names: Sequence[str], trajectory_names: Sequence[str]) -> list[str]:
    """What in a file breaks its schema, on any day on which it says something else."""
    # Imported only here: most commands meet a catalogue that was checked when it was stored.
    import jsonschema

    checker, entries = jsonschema.Draft202012Validator.FORMAT_CHECKER, _parsed(content)
    registry = _records(kind_names, trajectory_names)
    validator = jsonschema.Draft202012Validator(json.loads(rules), format_checker=checker, registry=registry)
    told: dict[str, None] = {}
    for day in (date.min, *sorted(days_in(entries))):
        then = on_day(entries, day)
        for problem in sorted(validator.iter_errors(then), key=lambda one: list(map(str, one.absolute_path))):
            place = _place(then, list(problem.absolute_path))
            told[f"{place}: {problem.message[:_LONGEST_MESSAGE]}; mend the entry"] = None
    return list(told)


def _records(kind_names: Sequence[str], trajectory_names: Sequence[str]) -> "Registry[Any]":
    """The names that schemas leave to the records of the method: `{"$ref": "method:kinds"}`."""
    # As jsonschema: most commands check no catalogue.
    from referencing import Registry
    from referencing.jsonschema import DRAFT202012

    names = {"method:kinds": kind_names, "method:trajectories": trajectory_names}
    known = [(uri, DRAFT202012.create_resource({"enum": list(enum)})) for uri, enum in names.items()]
    return Registry().with_resources(known)


def _place(entries: object, path: list[str | int]) -> str:
    """Where in the file: the innermost entry on the path that has a key of its own, else the path."""
    entry: Any = entries
    named, rest = "", path
    for depth, step in enumerate([None, *path]):
        entry = entry if step is None else entry[step]
        key = next((key for key in _KEYS if isinstance(entry, dict) and isinstance(entry.get(key), str)), None)
        if key is not None:
            named, rest = entry[key], path[depth:]
    if named:
        return f"entry {named!r}, {'.'.join(map(str, rest)) or 'whole entry'}"
    return ".".join(map(str, path)) or "whole file"
