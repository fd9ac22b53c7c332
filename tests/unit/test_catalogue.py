"""A wrong entry is named with its file, itself and what to do."""

import shutil
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
import yaml
from conftest import ROOT

from resolution_monitor.catalogue.load import _read_files, load_catalogue
from resolution_monitor.catalogue.report_calendars import read_report_calendars
from resolution_monitor.catalogue.source import CatalogueSource
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


REVISION = (
    "dict(revised_on='2026-11-16', targets=[dict(year=2030, operator='>=', value=25)], document='1/KL-TW', "
    "approved_by='Bộ Chính trị')"
)


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
        ("bodies/blocks.yaml", "entries['blocks'][0]['block'] = 'army'", "blocks.yaml: entry 'army', block: 'army'"),
        (
            "bodies/province_bodies.yaml",
            "entries['bodies'][0]['parent'] = 'T02'",
            "entry 'T01-TU': parent 'T02' is no province",
        ),
        (
            "bodies/province_bodies.yaml",
            "entries['bodies'][0].pop('parent')",
            "entry 'T01-TU': kind 'province_body' with parent None",
        ),
        (
            "bodies/provinces.yaml",
            "entries['bodies'][2]['valid_to'] = '2025-06-01'",
            "entry 'T08': ends 2025-06-01, before it begins 2025-07-01",
        ),
        (
            "bodies/successions.yaml",
            "entries['successions'].append({**entries['successions'][0], 'predecessor': 'T08', 'successor': 'T63-02'})",
            "successions.yaml: entry 'T08': succession returns to itself",
        ),
        (
            "bodies/groups.yaml",
            "entries['groups'][0]['members'].append('XYZ')",
            "groups.yaml: entry 'CAC-BO': member 'XYZ' is unknown",
        ),
        (
            "bodies/groups.yaml",
            "entries['groups'][0]['members'].append('BGTVT')",
            "entry 'CAC-BO': member 'BGTVT' has ended",
        ),
        (
            "bodies/groups.yaml",
            "entries['groups'][0]['members'].append('T01')",
            "entry 'CAC-BO': member 'T01' does not report",
        ),
        ("bodies/groups.yaml", "entries['groups'][0]['group_id'] = 'BNV'", "entry 'BNV' bears the agency_id of a body"),
        (
            "resolutions/NQ57.yaml",
            "entries['resolution']['focal_agency'] = 'XYZ'",
            "NQ57.yaml: entry '57': focal_agency 'XYZ' is unknown",
        ),
        ("resolutions/NQ57.yaml", "entries['resolution']['code'] = '58'", "NQ57.yaml: entry '58' belongs into"),
        (
            "resolutions/NQ57.yaml",
            "entries['indicators'][0]['lead'] = 'BTTTT'",
            "NQ57.yaml: entry '57.01': lead 'BTTTT' is not among the bodies that report",
        ),
        (
            "resolutions/NQ57.yaml",
            "entries['indicators'][0]['kind'] = 'guess'",
            "NQ57.yaml: entry '57.01', kind: 'guess'",
        ),
        (
            "resolutions/NQ57.yaml",
            "entries['indicators'][0]['trajectory'] = 'zigzag'",
            "NQ57.yaml: entry '57.01', trajectory: 'zigzag'",
        ),
        (
            "resolutions/NQ57.yaml",
            "entries['indicators'][0]['frequency'] = 'sometimes'",
            "NQ57.yaml: entry '57.01', frequency: 'sometimes'",
        ),
        (
            "resolutions/NQ57.yaml",
            "entries['indicators'][0]['baseline']['year'] = 2030",
            "entry '57.01': target of 2030 is not after the baseline of 2030-12-31",
        ),
        (
            "resolutions/NQ57.yaml",
            "entries['indicators'][0]['targets'].reverse()",
            r"entry '57.01': targets stand in the order \[2045, 2030\]",
        ),
        (
            "resolutions/NQ57.yaml",
            "entries['indicators'][0]['targets'][0]['year'] = 2024; entries['indicators'][0]['t0'] = '2025-01-01'",
            "entry '57.01': target of 2024 is due before its path starts",
        ),
        (
            "resolutions/NQ57.yaml",
            "entries['indicators'][0]['direction'] = 'down'",
            "entry '57.01': target of 2030 reads >= but the direction is down",
        ),
        (
            "resolutions/NQ57.yaml",
            "entries['indicators'][17]['direction'] = 'up'",
            "entry '57.18': target of 2030 reads <= but the direction is up",
        ),
        (
            "resolutions/NQ70.yaml",
            "entries['indicators'][4]['targets'][0].update(low=130, high=120)",
            "NQ70.yaml: entry '70.05': target of 2030 runs from 130 to 120",
        ),
        (
            "resolutions/NQ70.yaml",
            "entries['indicators'][4]['targets'][0].pop('low')",
            "entry '70.05': target of 2030: a range has low and high",
        ),
        (
            "resolutions/NQ70.yaml",
            "entries['indicators'][4]['kind'] = 'level'",
            "entry '70.05': kind 'level' with direction 'band'",
        ),
        ("resolutions/NQ57.yaml", "entries['indicators'][0]['weight'] = -1", "'57.01': weight -1 is below zero"),
        (
            "resolutions/NQ57.yaml",
            "[entry.update(weight=0) for entry in entries['indicators']]",
            "NQ57.yaml: entry '57': no indicator has a weight above zero",
        ),
        (
            "resolutions/NQ57.yaml",
            "[entry.update(weight=0) for entry in entries['tasks']]",
            "NQ57.yaml: entry '57': no task has a weight above zero",
        ),
        (
            "resolutions/NQ57.yaml",
            "entries['indicators'][0]['assumed'].append('mood')",
            "entry '57.01': assumed names 'mood'",
        ),
        (
            "resolutions/NQ57.yaml",
            "entries['indicators'].append(dict(entries['indicators'][0]))",
            "NQ57.yaml: entry '57.01' stands twice",
        ),
        (
            "resolutions/NQ59.yaml",
            "entries['indicators'][0]['indicator_id'] = '57.01'",
            r"NQ59.yaml: entry '57.01' stands twice \(first in catalogue/resolutions/NQ57.yaml\)",
        ),
        (
            "resolutions/NQ59.yaml",
            "entries['indicators'][0]['indicator_id'] = '60.01'",
            "NQ59.yaml: entry '60.01': stands in the file of resolution 59",
        ),
        (
            "resolutions/NQ57.yaml",
            f"entries['indicators'][0]['revisions'] = [dict({REVISION}, revised_on='2026-11-31')]",
            "revised_on: 2026-11-31 is no day",
        ),
        (
            "resolutions/NQ57.yaml",
            f"entries['indicators'][0]['revisions'] = [dict({REVISION}, document=None)]",
            "entry '57.01', revisions.0.document: None is not of type 'string'",
        ),
        (
            "resolutions/NQ57.yaml",
            f"entries['indicators'][0]['revisions'] = [dict({REVISION}, approved_by='Bộ chính trị')]",
            "'57.01': revision of 2026-11-16: approved_by 'Bộ chính trị' is unknown; use an agency_id or one of",
        ),
        (
            "resolutions/NQ57.yaml",
            f"entries['indicators'][0]['revisions'] = [dict({REVISION}, revised_on='2024-12-22')]",
            "'57.01': revision of 2024-12-22 is not after the start on 2024-12-22",
        ),
        (
            "resolutions/NQ57.yaml",
            f"one = {REVISION}; one['targets'][0]['operator'] = '<'; entries['indicators'][0]['revisions'] = [one]",
            "'57.01': revision of 2026-11-16: target of 2030 reads < but the direction is up",
        ),
        (
            "resolutions/NQ57.yaml",
            f"entries['indicators'][0]['revisions'] = [{REVISION}, {REVISION}]",
            "'57.01': revisions stand in the order .*; write one a day, earliest first",
        ),
        (
            "resolutions/NQ57.yaml",
            "entries['resolution']['issued_by'] = 'Quốc vương'",
            "entry '57': issued_by 'Quốc vương'; use one of",
        ),
        ("resolutions/NQ57.yaml", "entries['tasks'][2].pop('lead')", "NQ57.yaml: entry '57-T03': has no lead"),
        (
            "resolutions/NQ57.yaml",
            "entries['tasks'][2]['lead_group'] = 'CAC-BO'",
            "entry '57-T03': has lead 'VPTW' and lead_group 'CAC-BO'",
        ),
        (
            "resolutions/NQ57.yaml",
            "entries['tasks'][0]['lead_group'] = 'XYZ'",
            "entry '57-T01': lead_group 'XYZ' is unknown",
        ),
        ("resolutions/NQ57.yaml", "entries['tasks'][2]['lead'] = 'T01'", "entry '57-T03': lead 'T01' is not among"),
        (
            "resolutions/NQ57.yaml",
            "entries['tasks'][2]['coordinating'] = ['EVN']",
            "entry '57-T03': coordinating 'EVN' is neither body nor group",
        ),
        ("resolutions/NQ57.yaml", "entries['tasks'][3]['parent'] = '57-T99'", "'57-T04': parent '57-T99' is unknown"),
        (
            "resolutions/NQ57.yaml",
            "entries['tasks'][3].update(parent='57-T03', due_on='2026-01-31')",
            "entry '57-T04': is due on 2026-01-31, after its parent '57-T03' on 2025-12-31",
        ),
        (
            "resolutions/NQ57.yaml",
            "entries['tasks'][3].update(parent='57-T03')",
            "entry '57-T03': is a parent with lead 'VPTW'",
        ),
        (
            "resolutions/NQ57.yaml",
            "entries['tasks'][2]['parent'] = '57-T04'; entries['tasks'][3]['parent'] = '57-T03'",
            "entry '57-T03': is its own ancestor",
        ),
        (
            "resolutions/NQ57.yaml",
            "entries['tasks'][2]['due_on'] = '2024-01-31'",
            "entry '57-T03': is due on 2024-01-31, before the resolution was issued",
        ),
        (
            "resolutions/NQ57.yaml",
            "entries['tasks'][2].update(due_on=None, is_due_assumed=True)",
            "entry '57-T03': has no due_on to be assumed",
        ),
        (
            "daily_indicators.yaml",
            "entries['indicators'][0]['bodies'] = ['XA']",
            "daily_indicators.yaml: entry 'D01': bodies 'XA' is unknown",
        ),
        ("daily_indicators.yaml", "entries['indicators'][8].pop('t0')", "entry 'D09': has targets but no t0"),
        ("daily_indicators.yaml", "entries['indicators'][0]['lead'] = 'BCA'", "'D01': needs either a lead or bodies"),
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


def test_every_problem_is_named(folder: Path):
    """
    A check names all problems of all files at once, not only the first.
    """
    change(folder, "resolutions/NQ57.yaml", "entries['indicators'][0]['lead'] = 'XYZ'")
    change(folder, "resolutions/NQ80.yaml", "entries['tasks'][0].pop('lead')")
    change(folder, "bodies/groups.yaml", "entries['groups'][0]['members'].append('XYZ')")
    with pytest.raises(CatalogueError) as across:
        load_catalogue(folder)
    change(folder, "resolutions/NQ57.yaml", "entries['indicators'][0].update(kind='guess', min_step=0)")
    change(folder, "checks.yaml", "entries['checks'][0].pop('text')")
    with pytest.raises(CatalogueError) as of_schemas:
        load_catalogue(folder)

    assert 3 == len(across.value.problems)
    assert 3 == len(of_schemas.value.problems)
    assert all(problem.startswith("catalogue/") for problem in (*across.value.problems, *of_schemas.value.problems))


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("\n00004,", "\n00008,", "communes.csv: entry '00008' stands twice"),
        (",T01\n", ",T02\n", "communes.csv: entry '00004': 'T02' is no province"),
        (",ward,", ",street,", "communes.csv: entry '00004': unknown kind 'street'"),
        (",ward,", ",", "communes.csv: line 2: 3 fields"),
        ("code,", "ma,", "communes.csv: columns are"),
    ],
)
def test_planted_error_in_communes(folder: Path, old: str, new: str, words: str):
    """
    A wrong line of the communes is named.
    """
    path = folder / "bodies" / "communes.csv"
    path.write_text(path.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")

    with pytest.raises(CatalogueError, match=words):
        load_catalogue(folder)


def test_groups_write_out(folder: Path):
    """
    A task given to a group has one child a member, each with one lead, no surer than task and group; while nobody
    says who the members are it stays a parent without children, and free text is kept as written.
    """
    catalogue = load_catalogue(folder)
    children = catalogue.children_of("71-T05")
    unknown = catalogue.tasks["57-T06"]

    assert 34 == len(children)
    assert {f"71-T05/{child.lead}" for child in children} == {child.task_id for child in children}
    assert {"medium"} == {child.confidence for child in catalogue.children_of("57-T21")}
    assert {"low"} == {child.confidence for child in catalogue.children_of("57-T01")}
    assert "BCA" not in catalogue.tasks["57-T01/BCA"].coordinating
    assert (None, "DN-DUOC-GIAO", ()) == (unknown.lead, unknown.lead_group, catalogue.children_of("57-T06"))
    assert ("Tổ công tác liên ngành",) == unknown.coordinating_as_written
    assert ("EVN", "PVN") == catalogue.tasks["70-T04"].coordinating_as_written
    assert 28 == sum(task.is_due_assumed for task in catalogue.tasks.values() if task.parent is None)


def test_marks_are_carried(folder: Path):
    """
    What is a setting of the system is named in `assumed`, what a source says is not; a proxy stays a proxy.
    """
    catalogue = load_catalogue(folder)
    indicator = catalogue.indicators["57.01"]

    assert {"frequency", "publication_lag_days", "min_step", "weight", "trajectory", "t0"} <= set(indicator.assumed)
    assert not {"targets", "lead", "unit", "baseline"} & set(indicator.assumed)
    assert catalogue.resolutions["57"].issued_on == indicator.t0
    assert 4 == sum(one.confidence == "proxy" for one in catalogue.indicators.values())
    assert ("BKHCN",) == catalogue.reporters_of(indicator)
    assert 34 == len(catalogue.reporters_of(catalogue.indicators["D09"]))


@pytest.mark.parametrize(
    ("indicator_id", "expected"),
    [("57.07", 40), ("79.05", 55), ("57.18", 50), ("70.05", None), ("79.01", 18), ("57.03", 2)],
)
def test_planned_value(folder: Path, indicator_id: str, expected: int | None):
    """
    Of a range the low end counts upwards, the high end downwards; a band keeps both ends.
    """
    indicator = load_catalogue(folder).indicators[indicator_id]

    assert expected == indicator.targets[0].planned(indicator.direction)


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


def test_checked_content_is_read_without_checking(folder: Path):
    """
    Content that passed its checks before is only read; any other content is checked whatever is said of another.
    """
    good = load_catalogue(folder).sha256
    change(folder, "holidays.yaml", "entries['days_worked'][0]['day'] = '2026-01-02'")
    source = CatalogueSource(folder)
    _read_files(source)

    assert source.sha256() == load_catalogue(folder, source.sha256()).sha256
    with pytest.raises(CatalogueError, match="'2026-01-02' is both off and worked"):
        load_catalogue(folder, good)


def test_calendars_of_reports_are_read_alone(folder: Path):
    """
    What a scheduler reads is what the whole catalogue says, also where all other files are broken.
    """
    calendars = load_catalogue(folder).calendars
    (folder / "checks.yaml").write_text("checks: [", encoding="utf-8")

    assert calendars == read_report_calendars(folder)


@pytest.mark.parametrize(
    ("edit", "words"),
    [
        ("entries['calendars'][0]['due'].pop('time')", "calendars.yaml: entry 'day', due: 'time' is a required"),
        ("entries['reports'][1]['calendar'] = 'year'", "calendar 'year' has no briefing; choose day, week, month"),
        ("entries.clear()", "calendars.yaml: whole file: 'time_zone' is a required property"),
    ],
)
def test_calendars_that_cannot_be_read_alone(folder: Path, edit: str, words: str):
    """
    Where a scheduler cannot understand the calendars it is told what is wrong with them, as a check would tell it.
    """
    change(folder, "calendars.yaml", edit)

    with pytest.raises(CatalogueError, match=words):
        read_report_calendars(folder)


def test_counts():
    """
    The catalogue holds what the documents count, no more and no less.
    """
    catalogue = load_catalogue(ROOT / "catalogue")
    kinds = Counter(body.group for body in catalogue.bodies.values() if body.valid_to is None)
    central = [body for body in catalogue.reporting_bodies.values() if body.parent is None]
    ended = [body for body in catalogue.bodies.values() if body.valid_to]
    day_before = date(2025, 6, 30)
    provinces = [body for body in catalogue.bodies.values() if body.kind == "province"]

    assert {"central": 63 + 5, "province": 34, "province_body": 34 * 5, "nation": 1} == kinds
    assert 63 == len(central)
    assert 63 + 34 * 5 == len(catalogue.reporting_bodies)
    assert 4 == len(catalogue.blocks)
    assert 63 == sum(body.exists_in(day_before, day_before) for body in provinces)
    assert 61 + 1 == len(ended) == len(catalogue.successions)
    assert 3321 == len(catalogue.communes)
    assert 34 == len({commune.province for commune in catalogue.communes.values()})
    assert 9 == len(catalogue.resolutions)
    assert 115 == sum(indicator.resolution is not None for indicator in catalogue.indicators.values())
    assert 52 == sum(task.parent is None for task in catalogue.tasks.values())
    assert 18 + 3 == sum(indicator.frequency == "day" for indicator in catalogue.indicators.values())
