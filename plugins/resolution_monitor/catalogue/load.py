"""YAML under catalogue/ becomes one checked Catalogue; a wrong entry is named with its file and what to do."""

import hashlib
import json
import re
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import jsonschema
import yaml

from resolution_monitor.catalogue.calendar_entries import period_calendar, report_calendar, working_days_of
from resolution_monitor.catalogue.cross_checks import check_across
from resolution_monitor.catalogue.entries import Body, Catalogue, Check, Form, Indicator, Succession
from resolution_monitor.catalogue.names import fold
from resolution_monitor.errors import CatalogueError
from resolution_monitor.terms import Role, Severity

Entry = TypeVar("Entry")

_BODY_FILES = ("bodies/central.yaml", "bodies/provinces.yaml", "bodies/former.yaml")


def load_catalogue(folder: Path) -> Catalogue:
    """
    Read, check and cross-check the whole catalogue.

    Raises:
        CatalogueError: A file is missing, breaks its schema, or contradicts another.
    """
    source = _Source(folder)
    bodies = [_body(entry) for name in _BODY_FILES for entry in source.read(name, "bodies")["bodies"]]
    forms = [_form(source.read(f"forms/{path.name}", "form")) for path in sorted(folder.glob("forms/*.yaml"))]
    indicators = [_indicator(entry) for entry in source.read("indicators.yaml", "indicators")["indicators"]]
    checks = [_check(entry) for entry in source.read("checks.yaml", "checks")["checks"]]
    times = source.read("calendars.yaml", "calendars")
    period_calendars = _by_key(map(period_calendar, times["calendars"]), "calendar", "calendars.yaml")
    reports = [report_calendar(entry, period_calendars) for entry in times["reports"]]
    successions = source.read("bodies/successions.yaml", "successions")["successions"]
    words = source.read("bodies/abbreviations.yaml", "abbreviations")["abbreviations"]
    catalogue = Catalogue(
        sha256=source.sha256(),
        abbreviations={fold(short): fold(full) for short, full in words.items()},
        bodies=_by_key(bodies, "agency_id", "bodies/"),
        successions=tuple(_succession(entry) for entry in successions),
        indicators=_by_key(indicators, "indicator_id", "indicators.yaml"),
        forms=_by_key(forms, "form", "forms/"),
        checks=_by_key(checks, "check", "checks.yaml"),
        calendars=_by_key(reports, "report", "calendars.yaml"),
        period_calendars=period_calendars,
        working_days=working_days_of(source.read("holidays.yaml", "holidays")),
    )
    check_across(catalogue)
    return catalogue


class _Source:
    """Reads files of the folder, checks each against its schema, and keeps their bytes for one hash."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._contents: dict[str, bytes] = {}

    def read(self, name: str, schema: str) -> dict[str, Any]:
        try:
            content = (self._folder / name).read_bytes()
        except OSError as error:
            raise CatalogueError(f"catalogue/{name}: cannot be read ({error.strerror}); restore the file") from error
        self._contents[name] = content
        try:
            entries = yaml.load(content, Loader=yaml.CSafeLoader)
        except yaml.YAMLError as error:
            raise CatalogueError(f"catalogue/{name}: is not YAML: {' '.join(str(error).split())}") from error
        self._check(name, schema, entries)
        return dict(entries)

    def _check(self, name: str, schema: str, entries: object) -> None:
        rules = json.loads((self._folder / "schema" / f"{schema}.json").read_text(encoding="utf-8"))
        checker = jsonschema.Draft202012Validator.FORMAT_CHECKER
        validator = jsonschema.Draft202012Validator(rules, format_checker=checker)
        problem = jsonschema.exceptions.best_match(validator.iter_errors(entries))
        if problem:
            place = _place(entries, list(problem.absolute_path))
            raise CatalogueError(f"catalogue/{name}: {place}: {problem.message}; mend the entry")

    def sha256(self) -> str:
        whole = hashlib.sha256()
        for name, content in sorted(self._contents.items()):
            whole.update(f"{name}\0{hashlib.sha256(content).hexdigest()}\n".encode())
        return whole.hexdigest()


def _place(entries: object, path: list[str | int]) -> str:
    """Where in the file: the entry's own key if it has one, else its path."""
    entry: Any = entries
    for step in path[:2]:
        entry = entry[step]
    if isinstance(entry, dict):
        for key in ("agency_id", "indicator_id", "check", "form", "report", "calendar", "predecessor", "day"):
            if key in entry:
                return f"entry {entry[key]!r}, {'.'.join(map(str, path[2:])) or 'whole entry'}"
    return ".".join(map(str, path)) or "whole file"


def _by_key(entries: Iterable[Entry], key: str, file: str) -> dict[str, Entry]:
    known: dict[str, Entry] = {}
    for entry in entries:
        name = getattr(entry, key)
        if name in known:
            raise CatalogueError(f"catalogue/{file}: entry {name!r} stands twice; give the second another {key}")
        known[name] = entry
    return known


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _body(entry: dict[str, Any]) -> Body:
    return Body(
        agency_id=entry["agency_id"],
        kind=entry["kind"],
        block=entry.get("block"),
        official_code=entry.get("official_code"),
        name_vi=entry["name_vi"],
        short_vi=entry.get("short_vi", entry["name_vi"]),
        name_en=entry.get("name_en"),
        valid_from=_day(entry.get("valid_from")),
        valid_to=_day(entry.get("valid_to")),
        aliases=(*entry.get("aliases", ()), *([entry["abbreviation"]] if "abbreviation" in entry else [])),
        source=entry["source"],
        confidence=entry["confidence"],
    )


def _succession(entry: dict[str, Any]) -> Succession:
    return Succession(**{**entry, "effective_on": date.fromisoformat(entry["effective_on"])})


def _indicator(entry: dict[str, Any]) -> Indicator:
    return Indicator(**{**entry, "bodies": tuple(entry["bodies"])})


def _form(entry: dict[str, Any]) -> Form:
    return Form(
        form=entry["form"],
        describes=entry["describes"],
        sent_by=tuple(entry["sent_by"]),
        role=Role(entry["role"]),
        indicator_id=entry["indicator_id"],
        bodies=entry["bodies"],
        covers_every_body=entry["covers_every_body"],
        title=re.compile(entry["title"]),
        columns={role: re.compile(pattern) for role, pattern in entry["columns"].items()},
        total=re.compile(entry["total"]),
        body_sections=tuple(entry.get("body_sections", ())),
        dot_groups_thousands=entry["dot_groups_thousands"],
    )


def _check(entry: dict[str, Any]) -> Check:
    return Check(**{**entry, "severity": Severity(entry["severity"])})
