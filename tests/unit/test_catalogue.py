"""A wrong entry is named with its file, itself and what to do."""

import shutil
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
import yaml
from conftest import ROOT

from resolution_monitor.catalogue.load import load_catalogue
from resolution_monitor.errors import CatalogueError


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(ROOT / "catalogue", tmp_path / "catalogue"))


def change(folder: Path, file: str, edit: str) -> None:
    """Edit a YAML file with a statement on `entries`."""
    path = folder / file
    entries = yaml.safe_load(path.read_text(encoding="utf-8"))
    exec(edit, {"entries": entries})  # noqa: S102 - the statements stand in this file
    path.write_text(yaml.safe_dump(entries, allow_unicode=True), encoding="utf-8")


@pytest.mark.parametrize(
    ("file", "edit", "words"),
    [
        (
            "bodies/central.yaml",
            "entries['bodies'][0].pop('source')",
            "central.yaml: entry 'VPTW'.*'source' is a required",
        ),
        ("bodies/central.yaml", "entries['bodies'][0]['block'] = 'army'", "central.yaml: entry 'VPTW', block: 'army'"),
        ("bodies/central.yaml", "entries['bodies'][0]['colour'] = 'red'", "central.yaml: entry 'VPTW'.*'colour'"),
        ("bodies/central.yaml", "entries['bodies'][1]['agency_id'] = 'VPTW'", "entry 'VPTW' stands twice"),
        ("bodies/central.yaml", "entries['bodies'][0]['confidence'] = 'sure'", "'VPTW', confidence: 'sure'"),
        (
            "bodies/central.yaml",
            "entries['bodies'][0]['aliases'].append('Bộ Y tế')",
            "'bo y te' means 'VPTW' and 'BYT'",
        ),
        (
            "bodies/provinces.yaml",
            "entries['bodies'][2]['valid_from'] = '2025-13-01'",
            "'T08', valid_from: '2025-13-01'",
        ),
        ("bodies/provinces.yaml", "entries['bodies'][0]['official_code'] = '1'", "'T01', official_code: '1'"),
        (
            "bodies/provinces.yaml",
            "entries['bodies'][0]['official_code'] = '04'",
            "code '04' belongs to 'T01' and 'T04'",
        ),
        ("bodies/provinces.yaml", "entries['bodies'] = []", "provinces.yaml: bodies: .*non-empty|should be non-empty"),
        (
            "bodies/former.yaml",
            "entries['bodies'][0].pop('valid_to')",
            "'T63-02'.*valid_to is None|means 'T63-02'|belongs to",
        ),
        (
            "bodies/successions.yaml",
            "entries['successions'][0]['successor'] = 'T99'",
            "'T63-02': body 'T99' is unknown",
        ),
        ("bodies/successions.yaml", "entries['successions'].append(dict(entries['successions'][0]))", "two successors"),
        ("bodies/successions.yaml", "entries['successions'].pop(0)", "'T63-02' ended 2025-06-30 without a successor"),
        (
            "bodies/successions.yaml",
            "entries['successions'][0]['effective_on'] = '2025-06-01'",
            "'T63-02': succession on 2025-06-01 needs the body to end before",
        ),
        ("bodies/abbreviations.yaml", "entries['abbreviations']['X'] = 1", "abbreviations.X"),
        (
            "indicators.yaml",
            "entries['indicators'][0]['kind'] = 'guess'",
            "indicators.yaml: entry 'NS.01', kind: 'guess'",
        ),
        ("indicators.yaml", "entries['indicators'][0]['min_step'] = 0", "'NS.01', min_step: 0"),
        (
            "forms/revenue_plan.yaml",
            "entries['indicator_id'] = 'NS.09'",
            "revenue_plan.yaml: indicator 'NS.09' is unknown",
        ),
        ("forms/revenue_plan.yaml", "entries['sent_by'] = ['XYZ']", "revenue_plan.yaml: sender 'XYZ' is unknown"),
        ("forms/revenue_plan.yaml", "entries['bodies'] = 'central'", "'NS.01' is not measured for 'central'"),
        ("forms/revenue_plan.yaml", "entries['title'] = '(unclosed bracket'", "title: .*unclosed bracket"),
        ("forms/revenue_plan.yaml", "entries['columns'].pop('value')", "'value' is a required"),
        ("checks.yaml", "entries['checks'][0]['severity'] = 'bad'", "checks.yaml: entry 'file-empty', severity: 'bad'"),
        ("calendars.yaml", "entries['reports'][0]['tick']['day'] = 31", "entry 'state_budget', tick.day: 31"),
        (
            "calendars.yaml",
            "entries['calendars'][2]['due']['day'] = 15",
            "entry 'month': cut_off comes before due in period 2025-11",
        ),
        ("calendars.yaml", "entries['calendars'][0]['due']['time'] = '25:00'", "entry 'day', due.time: '25:00'"),
        ("calendars.yaml", "entries['calendars'].pop(8)", "no calendar 'quarter', which indicators are owed by"),
        (
            "calendars.yaml",
            "entries['reports'].append({'report': 'x', 'calendar': 'year', 'confidence': 'low'})",
            "entry 'x': calendar 'year' has no briefing; choose day, week, month",
        ),
        ("holidays.yaml", "entries['days_off'][0].pop('source')", "holidays.yaml: entry '2026-01-02'.*'source' is a"),
        ("holidays.yaml", "entries['days_worked'][0]['day'] = '2026-01-02'", "'2026-01-02' is both off and worked"),
    ],
)
def test_planted_error(folder: Path, file: str, edit: str, words: str):
    """
    Each planted error is found and its message names file and entry.
    """
    change(folder, file, edit)

    with pytest.raises(CatalogueError, match=words):
        load_catalogue(folder)


def test_missing_and_unreadable_files(folder: Path):
    """
    A file that is gone or is no YAML is named.
    """
    (folder / "checks.yaml").write_text("checks: [", encoding="utf-8")
    with pytest.raises(CatalogueError, match=r"catalogue/checks\.yaml: is not YAML"):
        load_catalogue(folder)
    (folder / "checks.yaml").unlink()
    with pytest.raises(CatalogueError, match=r"catalogue/checks\.yaml: cannot be read"):
        load_catalogue(folder)


def test_hash_names_the_content(folder: Path):
    """
    The same files give the same hash in any folder; one changed letter gives another.
    """
    first = load_catalogue(folder).sha256

    assert first == load_catalogue(ROOT / "catalogue").sha256
    change(folder, "checks.yaml", "entries['checks'][0]['text'] += '.'")
    assert first != load_catalogue(folder).sha256


def test_counts():
    """
    The catalogue holds what the documents count, no more and no less.
    """
    catalogue = load_catalogue(ROOT / "catalogue")
    kinds = Counter(body.group for body in catalogue.bodies.values() if body.valid_to is None)
    ended = [body for body in catalogue.bodies.values() if body.valid_to]
    day_before = date(2025, 6, 30)
    provinces = [body for body in catalogue.bodies.values() if body.kind == "province"]

    assert {"central": 63, "province": 34, "province_body": 34 * 5} == kinds
    assert 63 + 34 * 5 == len(catalogue.reporting_bodies)
    assert 4 == len(catalogue.blocks)
    assert 63 == sum(body.exists_in(day_before, day_before) for body in provinces)
    assert 61 == len(ended) == len(catalogue.successions)
    assert 3321 == len(catalogue.communes)
    assert 34 == len({commune.province for commune in catalogue.communes.values()})
    assert 9 == len(catalogue.resolutions)
    assert 115 == sum(indicator.resolution is not None for indicator in catalogue.indicators.values())
    assert 52 == sum(task.parent is None for task in catalogue.tasks.values())
    assert 18 + 3 == sum(indicator.frequency == "day" for indicator in catalogue.indicators.values())
