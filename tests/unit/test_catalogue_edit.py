"""An analyst's workbook: what it would change, whose scores, and files that come back as they were."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
import yaml
from conftest import ROOT
from openpyxl.worksheet.worksheet import Worksheet

from resolution_monitor.catalogue.changes import Change
from resolution_monitor.catalogue.load import load_catalogue
from resolution_monitor.catalogue.sheets import SHEETS, files_of, tables_of
from resolution_monitor.catalogue.write import leading_comment, yaml_text
from resolution_monitor.errors import CatalogueError
from resolution_monitor.pipeline.catalogue_edit import CatalogueImport, export_catalogue, import_catalogue
from resolution_monitor.settings import Settings, from_environment

ASSUMED = "kind, min_step, frequency, publication_lag_days"
Edit = Callable[[openpyxl.Workbook], object]


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """A checkout of which only the catalogue is needed."""
    shutil.copytree(ROOT / "catalogue", tmp_path / "catalogue")
    return replace(from_environment({"RESOLUTION_MONITOR_HOME": str(tmp_path / "state")}), root=tmp_path)


def edited(settings: Settings, edit: Edit) -> Path:
    path = settings.root / "edited.xlsx"
    export_catalogue(settings, path)
    workbook = openpyxl.load_workbook(path)
    edit(workbook)
    workbook.save(path)
    return path


def imported(settings: Settings, edit: Edit, *, is_dry_run: bool = True) -> CatalogueImport:
    return import_catalogue(settings, edited(settings, edit), is_dry_run=is_dry_run)


def row_of(page: Worksheet, *key: object) -> int:
    return next(
        number for number, row in enumerate(page.iter_rows(values_only=True), start=1) if row[: len(key)] == key
    )


def put(sheet: str, key: tuple[object, ...], column: str, value: object) -> Edit:
    columns = SHEETS[sheet].columns

    def edit(workbook: openpyxl.Workbook) -> None:
        page = workbook[sheet]
        page.cell(row=row_of(page, *key), column=columns.index(column) + 1).value = value

    return edit


def remove(sheet: str, *key: object) -> Edit:
    return lambda workbook: workbook[sheet].delete_rows(row_of(workbook[sheet], *key))


def add(sheet: str, **cells: object) -> Edit:
    return lambda workbook: workbook[sheet].append([cells.get(name) for name in SHEETS[sheet].columns])


def test_files_are_written_as_they_stand():
    """
    Every file of a resolution is byte for byte what the writer makes of its entries, rebuilt from the tables or not.
    """
    groups = load_catalogue(ROOT / "catalogue").groups.keys()
    files, texts = {}, {}
    for path in sorted((ROOT / "catalogue" / "resolutions").glob("*.yaml")):
        text = path.read_text(encoding="utf-8")
        entries = yaml.safe_load(text)
        files[entries["resolution"]["code"]] = entries
        texts[entries["resolution"]["code"]] = (leading_comment(text), text)
    tables = tables_of(files)
    from_nothing = {code: {**file, "indicators": [], "tasks": []} for code, file in files.items()}

    assert files == files_of(tables, files, groups)
    for code, made in files_of(tables, from_nothing, groups).items():
        comment, text = texts[code]
        assert text == yaml_text(comment, made)


def test_export_has_the_same_bytes_again(settings: Settings):
    """
    Two exports of one catalogue are the same file: header row, frozen panes, ids as text.
    """
    one, other = settings.root / "one.xlsx", settings.root / "other.xlsx"
    export_catalogue(settings, one)
    export_catalogue(settings, other)
    page = openpyxl.load_workbook(one)["Indicators"]

    assert one.read_bytes() == other.read_bytes()
    assert list(SHEETS["Indicators"].columns) == [cell.value for cell in page[1]]
    assert "B2" == page.freeze_panes
    assert "57.10" == page.cell(row=row_of(page, "57.10"), column=1).value


def test_nothing_edited_changes_nothing(settings: Settings):
    """
    A workbook opened, saved and brought back changes no entry and writes no file.
    """
    outcome = imported(settings, lambda workbook: None, is_dry_run=False)

    assert CatalogueImport(changes=(), touched=(), written=()) == outcome
    assert load_catalogue(ROOT / "catalogue").sha256 == load_catalogue(settings.root / "catalogue").sha256


@pytest.mark.parametrize(
    ("edit", "change", "because", "bodies"),
    [
        (
            put("Targets", ("57.01", 2030), "value", 35),
            Change("changed", "Targets", "57.01 2030", "value", 30, 35),
            ("targets",),
            ("BKHCN",),
        ),
        (
            put("Indicators", ("57.02",), "baseline_value", 44.5),
            Change("changed", "Indicators", "57.02", "baseline_value", 45, 44.5),
            ("baseline",),
            ("BTC",),
        ),
        (
            put("Indicators", ("68.07",), "weight", 2),
            Change("changed", "Indicators", "68.07", "weight", None, 2),
            ("weight",),
            ("BNV",),
        ),
        (
            put("Indicators", ("68.07",), "lead", "BTC"),
            Change("changed", "Indicators", "68.07", "lead", "BNV", "BTC"),
            ("lead",),
            ("BNV", "BTC"),
        ),
        (
            put("Tasks", ("70-T05",), "due_on", datetime(2027, 6, 30)),
            Change("changed", "Tasks", "70-T05", "due_on", "2026-12-31", "2027-06-30"),
            ("due_on",),
            ("BCT", "BTC"),
        ),
        (
            put("Indicators", ("57.11",), "assumed", None),
            Change(
                "changed", "Indicators", "57.11", "assumed", "kind, min_step, frequency, publication_lag_days", None
            ),
            None,
            (),
        ),
        (
            put("Tasks", ("70-T05",), "product", "Đề án mới"),
            Change("changed", "Tasks", "70-T05", "product", "Đề án", "Đề án mới"),
            None,
            (),
        ),
        (
            remove("Assignments", "70-T05", "BTC"),
            Change("ended", "Assignments", "70-T05 BTC coordinating"),
            ("coordinating",),
            ("BCT", "BTC"),
        ),
        (
            add("Targets", indicator_id="59.01", year=2045, operator=">=", value=100),
            Change("added", "Targets", "59.01 2045"),
            ("targets",),
            ("BNG",),
        ),
    ],
)
def test_dry_run_tells(
    settings: Settings, edit: Edit, change: Change, because: tuple[str, ...] | None, bodies: tuple[str, ...]
):
    """
    A dry run names the one change with its old and new value and the scores it touches, and writes nothing.
    """
    before = load_catalogue(settings.root / "catalogue").sha256
    outcome = imported(settings, edit)

    assert (change,) == outcome.changes
    assert ([(because, bodies)] if because else []) == [(score.because, score.bodies) for score in outcome.touched]
    assert 1 == len(outcome.written)
    assert before == load_catalogue(settings.root / "catalogue").sha256


def test_written_back(settings: Settings):
    """
    Without a dry run exactly the entry changes in its file, and the comment at the top stays.
    """
    path = settings.root / "catalogue" / "resolutions" / "NQ57.yaml"
    before = path.read_text(encoding="utf-8").splitlines()
    imported(settings, put("Targets", ("57.01", 2030), "value", 35), is_dry_run=False)
    after = path.read_text(encoding="utf-8").splitlines()
    differing = [(old, new) for old, new in zip(before, after, strict=True) if old != new]

    assert [
        ("      - {year: 2030, operator: '>=', value: 30}", "      - {year: 2030, operator: '>=', value: 35}")
    ] == differing
    assert after[0].startswith("# 57-NQ/TW")


def revised(**changed: object) -> Edit:
    """One row of a revision of 57.01."""
    row = {"indicator_id": "57.01", "revised_on": "2026-11-16", "year": 2030, "operator": ">=", "value": 25}
    return add("Revisions", **{**row, "document": "Kết luận 1-KL/TW", "approved_by": "Bộ Chính trị", **changed})


def test_a_revision_comes_by_the_workbook(settings: Settings):
    """
    Rows of one day are one revision; the targets stay as they were, and the next export shows the same rows.
    """

    def edit(workbook: openpyxl.Workbook) -> None:
        revised(year=2030)(workbook)
        revised(year=2045, value=45)(workbook)

    outcome = imported(settings, edit, is_dry_run=False)
    catalogue = load_catalogue(settings.root / "catalogue")
    before, after = (catalogue.at(day).indicators["57.01"] for day in (date(2026, 11, 15), date(2026, 11, 16)))
    (one,) = after.revisions
    again = imported(settings, lambda workbook: None, is_dry_run=False)

    assert {"57.01 2026-11-16 2030", "57.01 2026-11-16 2045"} == {change.entry for change in outcome.changes}
    assert (("revisions",), ("BKHCN",)) == (outcome.touched[0].because, outcome.touched[0].bodies)
    assert ((), (30, 50)) == (before.revisions, tuple(target.value for target in before.targets))
    assert before.targets == after.targets
    assert ((25, 45), True) == (tuple(target.value for target in one.targets), one.is_approved)
    assert () == again.changes


def test_a_target_is_not_changed_from_a_day_on(settings: Settings):
    """
    With --from a target that is typed over is refused: a revision says which document changed it.
    """
    path = edited(settings, put("Targets", ("57.01", 2030), "value", 25))

    with pytest.raises(CatalogueError, match=r"sheet Targets: entry '57.01': a target has no days.*sheet Revisions"):
        import_catalogue(settings, path, is_dry_run=True, since=date(2026, 11, 16))


def test_a_task_comes_and_goes(settings: Settings):
    """
    A new task with its lead stands last in its file; a task taken out with its assignments is gone from it.
    """

    def edit(workbook: openpyxl.Workbook) -> None:
        new = {"task_id": "70-T06", "resolution": "70", "name_vi": "Việc mới", "name_en": "New task"}
        more = {"due_on": "2027-01-31", "is_due_assumed": False, "source": "test", "confidence": "low"}
        add("Tasks", **new, **more)(workbook)
        add("Assignments", task_id="70-T06", agency="UBND-TINH", role="lead")(workbook)
        for key in (("70-T05", "BCT"), ("70-T05", "BTC")):
            remove("Assignments", *key)(workbook)
        remove("Tasks", "70-T05")(workbook)

    outcome = imported(settings, edit, is_dry_run=False)
    tasks = load_catalogue(settings.root / "catalogue").tasks

    assert {"added", "ended"} == {change.kind for change in outcome.changes}
    assert "70-T05" not in tasks
    assert "UBND-TINH" == tasks["70-T06"].lead_group
    assert "T01-UBND" == tasks["70-T06/T01-UBND"].lead


@pytest.mark.parametrize(
    ("edit", "words"),
    [
        (lambda workbook: workbook.remove(workbook["Targets"]), "edited.xlsx: sheet Targets is missing"),
        (put("Tasks", ("task_id",), "due_on", "deadline"), "sheet Tasks: columns due_on are missing"),
        (put("Tasks", ("57-T03",), "task_id", "57-T04"), "sheet Tasks: entry '57-T04' stands 2 times"),
        (put("Tasks", ("57-T03",), "resolution", "99"), "sheet Tasks: entry '57-T03': resolution '99' is unknown"),
        (put("Assignments", ("57-T03",), "role", "boss"), "sheet Assignments: entry '57-T03': role 'boss'"),
        (put("Assignments", ("57-T03",), "task_id", "57-T99"), "entry '57-T99' is not on sheet Tasks"),
        (put("Targets", ("57.01", 2030), "indicator_id", "57.99"), "entry '57.99' is not on sheet Indicators"),
        (add("Assignments", task_id="57-T03", agency="BNV", role="lead"), "entry '57-T03' has 2 leads"),
        (revised(indicator_id="57.99"), "sheet Revisions: entry '57.99' is not on sheet Indicators"),
        (revised(approved_by="Bộ"), "'57.01': revision of 2026-11-16: approved_by 'Bộ' is unknown"),
        (
            lambda workbook: [revised()(workbook), revised(year=2045, document="Văn bản khác")(workbook)],
            "sheet Revisions: entry '57.01' of 2026-11-16: rows name different documents",
        ),
        (put("Indicators", ("57.01",), "lead", "XYZ"), "NQ57.yaml: entry '57.01': lead 'XYZ' is not among"),
        (put("Indicators", ("57.01",), "kind", "guess"), "NQ57.yaml: entry '57.01', kind: 'guess'"),
    ],
)
def test_wrong_workbook_writes_nothing(settings: Settings, edit: Edit, words: str):
    """
    A workbook that breaks a rule is refused with sheet or file and entry, and the catalogue stays.
    """
    before = load_catalogue(settings.root / "catalogue").sha256

    with pytest.raises(CatalogueError, match=words):
        imported(settings, edit, is_dry_run=False)
    assert before == load_catalogue(settings.root / "catalogue").sha256


def test_no_workbook(settings: Settings):
    """
    A file that is not there, or is no workbook, is named.
    """
    with pytest.raises(CatalogueError, match="no such file"):
        import_catalogue(settings, settings.root / "gone.xlsx", is_dry_run=True)
    (settings.root / "text.xlsx").write_text("no workbook")
    with pytest.raises(CatalogueError, match=r"text\.xlsx: refused as not-a-workbook"):
        import_catalogue(settings, settings.root / "text.xlsx", is_dry_run=True)


def monitor(checkout: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """The command line of a copied checkout."""
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(checkout / "plugins"), "COLUMNS": "200"}
    command = [sys.executable, "-m", "resolution_monitor", "catalogue", *arguments]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


def test_commands(settings: Settings):
    """
    `catalogue check` counts, warns, exits with 0, or names every problem, exits with 10; `import` tells each change.
    """
    shutil.copytree(ROOT / "plugins", settings.root / "plugins", ignore=shutil.ignore_patterns("__pycache__"))
    (settings.root / "report_templates").symlink_to(ROOT / "report_templates")
    counts = monitor(settings.root, "check", "--format", "csv")
    path = edited(settings, put("Targets", ("57.01", 2030), "value", 35))
    dry_run = monitor(settings.root, "import", str(path), "--dry-run")
    groups = settings.root / "catalogue" / "bodies" / "groups.yaml"
    groups.write_text(groups.read_text(encoding="utf-8").replace("[BQP, BCA", "[XYZ, ZYX"), encoding="utf-8")
    wrong = monitor(settings.root, "check")

    assert 0 == counts.returncode
    # A fact of the sources, and no error: 57-T06 is given to enterprises that nobody names.
    assert counts.stderr.startswith("warning: task '57-T06': nobody owes it, for group 'DN-DUOC-GIAO' has no members")
    assert 1 == counts.stderr.count("warning")
    assert {
        "central bodies,63",
        "bodies that report,233",
        "communes,3321",
        "tasks,52",
        "tasks that nobody owns,1",
    } <= set(counts.stdout.split("\n"))
    assert 0 == dry_run.returncode
    assert "changed Targets     57.01 2030 value: 30 -> 35" in dry_run.stdout
    assert "indicator 57.01 (resolution 57): targets; BKHCN" in dry_run.stdout
    assert 10 == wrong.returncode
    assert 2 * 2 == wrong.stderr.count("catalogue/bodies/groups.yaml: entry")
