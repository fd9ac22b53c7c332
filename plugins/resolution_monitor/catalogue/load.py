"""YAML under catalogue/ becomes one checked Catalogue; a wrong entry is named with its file and what to do."""

import functools
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any, TypeVar

from resolution_monitor.catalogue import parse_bodies, parse_forms, parse_resolutions, rule_entries
from resolution_monitor.catalogue.calendar_entries import period_calendar, report_calendar, working_days_of
from resolution_monitor.catalogue.check_words import PATTERN, problems_of_words, with_words
from resolution_monitor.catalogue.cross_checks import problems_across
from resolution_monitor.catalogue.dated import days_in, on_day
from resolution_monitor.catalogue.entries import NATION_ID, Catalogue, Check, Group, Indicator, Resolution, Task
from resolution_monitor.catalogue.names import fold
from resolution_monitor.catalogue.screen_entries import screen_of, screening_of
from resolution_monitor.catalogue.source import CatalogueSource
from resolution_monitor.terms import Severity

Noun = TypeVar("Noun")

_BODY_FILES = (
    "bodies/central.yaml",
    "bodies/provinces.yaml",
    "bodies/province_bodies.yaml",
    "bodies/former.yaml",
    "bodies/budget_units.yaml",
    "bodies/nation.yaml",
)
_INDICATOR_FILES = ("indicators.yaml", "daily_indicators.yaml")
_SINGLE_FILES = ("holidays", "screens", "rule_settings", "peer_groups")
_COMMUNE_COLUMNS = ("code", "name_vi", "kind", "province")


def load_catalogue(folder: Path, checked_sha256: str | None = None) -> Catalogue:
    """
    Read, check and cross-check the whole catalogue; a folder whose files did not change is read once a process.

    Args:
        checked_sha256: Content that is known to have passed every check: the very same is only read.

    Raises:
        CatalogueError: Files are missing, break their schema or contradict one another; every problem is named.
    """
    files = ((path, path.stat()) for path in sorted(folder.rglob("*")) if path.is_file())
    return _loaded(folder, tuple((path, stat.st_size, stat.st_mtime_ns) for path, stat in files), checked_sha256)


@functools.lru_cache(maxsize=2)
def _loaded(folder: Path, state: tuple[tuple[Path, int, int], ...], checked_sha256: str | None) -> Catalogue:
    source = CatalogueSource(folder)
    files = _read_files(source)
    is_checked = source.sha256() == checked_sha256
    if not is_checked:
        source.check()
    source.raise_problems()
    source.problems += problems_of_words(files["checks"]["checks"], files["check_words"])
    begins = (date.min, *sorted(days_in(files) - {date.min}))
    spans = zip(begins, (*(day - timedelta(days=1) for day in begins[1:]), date.max), strict=True)
    versions = []
    for first, last in spans:
        then = _parse(on_day(files, first), source, last)
        # A fact must hold on every day of its span; what ends within it, ends before the span does.
        found = () if is_checked else problems_across(then)
        source.problems += (problem for problem in found if problem not in source.problems)
        versions.append(then)
    source.raise_problems()
    return replace(versions[-1], begins=begins[1:], versions=tuple(versions) if begins[1:] else ())


def _read_files(source: CatalogueSource) -> dict[str, Any]:
    """Every file by its name; what is wrong with them is gathered in the source."""
    files: dict[str, Any] = {name: source.read(name, "bodies") for name in _BODY_FILES}
    for room in ("blocks", "groups", "successions", "abbreviations"):
        files[room] = source.read(f"bodies/{room}.yaml", room)
    files["communes"] = source.read_csv("bodies/communes.csv", _COMMUNE_COLUMNS)
    files |= {name: source.read(name, "indicators") for name in _INDICATOR_FILES}
    files |= {name: source.read(name, "resolution") for name in source.names("resolutions/*.yaml")}
    files |= {name: source.read(name, "form") for name in source.names("forms/*.yaml")}
    files["checks"] = source.read("checks.yaml", "checks")
    files["check_words"] = {name: source.read(name, "check_words") for name in source.names(PATTERN)}
    files["calendars"] = source.read("calendars.yaml", "calendars")
    files |= {room: source.read(f"{room}.yaml", room) for room in _SINGLE_FILES}
    return files


def _parse(files: dict[str, Any], source: CatalogueSource, day: date) -> Catalogue:
    by_key = _Keys(source.problems)
    groups = by_key("group_id", "bodies/groups.yaml", map(parse_bodies.group, files["groups"]["groups"]))
    resolutions, indicators, tasks = _resolutions(files, groups, by_key)
    bodies = [(name, parse_bodies.body(entry)) for name in _BODY_FILES for entry in files[name]["bodies"]]
    forms = [parse_forms.form(files[name], indicators, NATION_ID) for name in source.names("forms/*.yaml")]
    peers = files["peer_groups"]["peer_groups"]
    clocks = by_key("calendar", "calendars.yaml", map(period_calendar, files["calendars"]["calendars"]))
    checks = by_key("check", "checks.yaml", map(_check, files["checks"]["checks"]))
    screens = by_key("screen", "screens.yaml", map(screen_of, files["screens"]["screens"]))
    reports = [report_calendar(entry, clocks) for entry in files["calendars"]["reports"]]
    return Catalogue(
        sha256=source.sha256(),
        day=day,
        abbreviations={fold(short): fold(full) for short, full in files["abbreviations"]["abbreviations"].items()},
        blocks=by_key("block", "bodies/blocks.yaml", map(parse_bodies.block, files["blocks"]["blocks"])),
        bodies=by_key.across("agency_id", bodies),
        successions=tuple(map(parse_bodies.succession, files["successions"]["successions"])),
        groups=groups,
        communes=by_key("code", "bodies/communes.csv", map(parse_bodies.commune, files["communes"])),
        resolutions=resolutions,
        indicators=indicators,
        tasks=tasks,
        forms=by_key("form", "forms/", forms),
        checks=with_words(checks, files["check_words"]),
        calendars=by_key("report", "calendars.yaml", reports),
        period_calendars=clocks,
        working_days=working_days_of(files["holidays"]),
        ledger_begins_on=date.fromisoformat(files["calendars"]["ledger"]["begins_on"]),
        screening=screening_of(files["screens"]["settings"], screens),
        rule_settings=tuple(map(rule_entries.rule_setting, files["rule_settings"]["settings"])),
        peer_groups=by_key("peer_group", "peer_groups.yaml", map(rule_entries.peer_group, peers)),
    )


def _resolutions(
    files: dict[str, Any], groups: dict[str, Group], by_key: "_Keys"
) -> tuple[dict[str, Resolution], dict[str, Indicator], dict[str, Task]]:
    resolutions: list[tuple[str, Resolution]] = []
    tasks: list[tuple[str, Task]] = []
    indicators = [
        (name, parse_resolutions.indicator(entry)) for name in _INDICATOR_FILES for entry in files[name]["indicators"]
    ]
    for name in (name for name in files if name.startswith("resolutions/")):
        one = parse_resolutions.resolution(files[name]["resolution"])
        by_key.hold_name(name, f"resolutions/NQ{one.code}.yaml", one.code)
        resolutions.append((name, one))
        indicators += [(name, parse_resolutions.indicator(entry, one)) for entry in files[name]["indicators"]]
        tasks += [(name, task) for task in parse_resolutions.tasks(files[name]["tasks"], one, groups)]
    return (
        by_key.across("code", resolutions),
        by_key.across("indicator_id", indicators),
        by_key.across("task_id", tasks),
    )


class _Keys:
    """Entries by their key; one that stands twice is a problem, wherever the two stand."""

    def __init__(self, problems: list[str]) -> None:
        self._problems = problems

    def __call__(self, key: str, file: str, entries: Iterable[Noun]) -> dict[str, Noun]:
        return self.across(key, [(file, entry) for entry in entries])

    def hold_name(self, file: str, expected: str, entry: str) -> None:
        if file != expected:
            self._problems.append(
                f"catalogue/{file}: entry {entry!r} belongs into catalogue/{expected}; rename the file"
            )

    def across(self, key: str, entries: list[tuple[str, Noun]]) -> dict[str, Noun]:
        known: dict[str, tuple[str, Noun]] = {}
        for file, entry in entries:
            name = getattr(entry, key)
            if name in known:
                first = f" (first in catalogue/{known[name][0]})" if known[name][0] != file else ""
                self._problems.append(
                    f"catalogue/{file}: entry {name!r} stands twice{first}; give the second another {key}"
                )
            known.setdefault(name, (file, entry))
        return {name: entry for name, (_, entry) in known.items()}


def _check(entry: dict[str, Any]) -> Check:
    return Check(**{**entry, "severity": Severity(entry["severity"])})
