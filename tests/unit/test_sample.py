"""The demonstration: plausible, marked, the same bytes each time, and every planted fault written down where it is."""

import hashlib
import io
import itertools
import json
import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook

from resolution_monitor.catalogue.entries import Catalogue
from resolution_monitor.errors import PeriodError, StorageError
from resolution_monitor.normalise.checks.slips import YES_NO
from resolution_monitor.period import TIME_ZONE, parse_period
from resolution_monitor.pipeline.sample import write_sample
from resolution_monitor.reporting import layout
from resolution_monitor.reporting.content import TaskState, ValueState
from resolution_monitor.sample.body_reports import Draft, drafts_of
from resolution_monitor.sample.conduct import Conduct, Player, player_of
from resolution_monitor.sample.faulty import corrected
from resolution_monitor.sample.manifest import FaultKind, manifest_json, read_manifest
from resolution_monitor.sample.owed import owed_between
from resolution_monitor.sample.task_steps import product_number
from resolution_monitor.settings import from_environment

MAY, OCTOBER = parse_period("2026-05"), parse_period("2026-10")
BODIES = ("BCT", "BYT", "T01-UBND", "T01-TU", "HCTD", "HNBVN")
SEED = 3


def drafts(catalogue: Catalogue, agency_id: str, seed: int = SEED) -> list[Draft]:
    owed = owed_between(catalogue, MAY, OCTOBER)
    return drafts_of(catalogue, owed[agency_id], player_of(seed, agency_id))


def written(folder: Path, agency_ids: tuple[str, ...] = BODIES, seed: int = SEED) -> dict[str, str]:
    """Path -> hash of each file of a demonstration."""
    write_sample(from_environment({}), MAY, OCTOBER, seed=seed, folder=folder, agency_ids=agency_ids)
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def test_same_seed_same_bytes(tmp_path: Path):
    """
    The same seed writes the same bytes, again in place and in another folder; another seed does not.
    """
    first = written(tmp_path / "one")

    assert first == written(tmp_path / "one")
    assert first == written(tmp_path / "two")
    assert first != written(tmp_path / "three", seed=SEED + 1)


def test_a_body_does_not_depend_on_the_others(tmp_path: Path):
    """
    A body's own files are the same whichever other bodies are made beside it.
    """
    many = written(tmp_path / "many", ("BCT", "BYT", "T01-UBND"))
    alone = written(tmp_path / "alone", ("BYT",))
    mine = {path: digest for path, digest in many.items() if path.startswith("inbox/BYT/")}

    assert mine == {path: digest for path, digest in alone.items() if path.startswith("inbox/BYT/")}


def test_everything_owed_is_drafted(catalogue: Catalogue):
    """
    233 bodies owe a workbook for each of six months; 34 People's Committees owe a CSV for each of seven days.
    """
    owed = owed_between(catalogue, MAY, OCTOBER)
    kinds = [one.period.kind for reports in owed.values() for one in reports]
    days = {one.period.end for reports in owed.values() for one in reports if one.period.kind == "day"}

    assert catalogue.reporting_bodies.keys() == owed.keys()
    assert 233 * 7 == kinds.count("month")
    assert 34 * 7 == kinds.count("day")
    assert {date(2026, 10, day) for day in range(25, 32)} == days
    assert {"month", "day", "quarter", "half_year", "year"} == set(kinds)


@pytest.mark.parametrize("agency_id", ["BCT", "BTC", "BKHCN", "T79-UBND"])
def test_values_are_possible(catalogue: Catalogue, agency_id: str):
    """
    Percentages stay from 0 to 100, counts are whole, a ratio is what its counts give, and zero says that it is zero.
    """
    entries = [entry for draft in drafts(catalogue, agency_id) for entry in draft.report.indicators]

    assert entries
    for entry in entries:
        indicator = catalogue.indicators[entry.indicator_id]
        assert entry.value is not None
        assert (entry.value == 0) == (entry.state is ValueState.ZERO)
        assert 0 == entry.value % Decimal(str(indicator.min_step))
        assert entry.value <= 100 or not indicator.unit.startswith("%")
        if entry.numerator is not None and entry.denominator:
            share = 100 * entry.numerator / entry.denominator
            assert abs(share - entry.value) <= Decimal(str(indicator.min_step)) / 2


def test_a_corrected_yes_is_a_no(catalogue: Catalogue):
    """
    The second version of a figure that is yes or no says the other: nothing else could have stood there.
    """
    day = next(one for one in drafts(catalogue, "T79-UBND") if one.owed.period.kind == "day")
    told = next(one for one in day.report.indicators if catalogue.indicators[one.indicator_id].unit == YES_NO)
    alone = replace(day, report=replace(day.report, indicators=(replace(told, value=Decimal(1)),)))

    report, slip = corrected(player_of(SEED, "T79-UBND"), catalogue, alone)

    assert (Decimal(0), "0") == (report.indicators[0].value, slip.written)


def test_daily_counts_fit_each_other(catalogue: Catalogue):
    """
    What is part of something is never more than it: online of received, settled of received, solved of raised.
    """
    for draft in (one for one in drafts(catalogue, "T79-UBND") if one.owed.period.kind == "day"):
        value = {entry.indicator_id: entry.value or Decimal(0) for entry in draft.report.indicators}

        assert value["D08"] <= value["D07"]
        assert value["D10a"] + value["D10b"] <= value["D07"]
        assert value["D17b"] <= value["D17a"]
        assert value["D18b"] <= value["D18a"]
        assert value["D02"] <= value["D01"]


def test_tasks_only_go_forward(catalogue: Catalogue):
    """
    What is done stays done, with its day and its number; an estimate never falls and never says 100 before.
    """
    months = [draft for draft in drafts(catalogue, "BKHCN") if draft.owed.period.kind == "month"]
    for earlier, later in itertools.pairwise(months):
        for before, after in zip(earlier.report.tasks, later.report.tasks, strict=True):
            assert before.task_id == after.task_id
            assert (before.done_pct or 0) <= (after.done_pct or 0)
            assert (after.done_pct == 100) == (after.state is TaskState.DONE)
            assert (after.state is TaskState.DONE) == bool(after.product) == (after.done_on is not None)
            if before.state is TaskState.DONE:
                assert before == after


@pytest.mark.parametrize(
    ("agency_id", "product", "form"),
    [
        ("BTC", "Quyết định chương trình", r"\d+/QĐ-BTC"),
        ("T01-TU", "Quy chế", r"\d+-QC/TU"),
        ("T01-UBND", "Đề án sắp xếp", r"\d+/TTr-UBND"),
        ("BTP", "Luật", r"\d+/2026/QH16"),
        ("BCT", "Nghị định/Quyết định", r"\d+/2026/NĐ-CP"),
        ("BCA", "Hệ thống vận hành", r"\d+/BB-BCA"),
    ],
)
def test_numbers_of_products(catalogue: Catalogue, agency_id: str, product: str, form: str):
    """
    A made-up number bears the form of its sender's documents: the State's, the Party's or the National Assembly's.
    """
    task = replace(next(iter(catalogue.tasks.values())), product=product)
    number = product_number(task, date(2026, 6, 12), Player(SEED, agency_id, Conduct.GOOD))

    assert re.fullmatch(form, number), number


@pytest.mark.parametrize("seed", [1, 5])
def test_a_document_proves_one_task(catalogue: Catalogue, seed: int):
    """
    No number is made up for two tasks, whoever leads them: series such as that of decrees are all bodies' together.
    """
    proved: dict[str, set[str]] = {}
    for task in catalogue.tasks.values():
        for agency_id in filter(None, (task.lead, "BYT")):
            number = product_number(task, date(2026, 6, 12), player_of(seed, agency_id))
            proved.setdefault(number, set()).add(task.task_id.split("/")[0])

    assert [] == [tasks for tasks in proved.values() if len(tasks) > 1]


def test_everything_is_marked(tmp_path: Path):
    """
    Every sheet that a person sees bears the mark, and every CSV says what it is.
    """
    written(tmp_path)
    workbooks = sorted((tmp_path / "inbox").rglob("*.xlsx"))
    texts = sorted((tmp_path / "inbox" / "T01-UBND").glob("*.csv"))

    assert workbooks
    assert texts
    for path in workbooks[:4]:
        for page in load_workbook(io.BytesIO(path.read_bytes())).worksheets:
            marks = [cell.value for row in page.iter_rows(max_row=5) for cell in row if cell.value]
            assert page.sheet_state != "visible" or layout.DEMONSTRATION in marks
    for path in texts:
        assert "is_demonstration;Có" in path.read_text(encoding="utf-8-sig")


def test_manifest_names_every_file_and_when_it_came(tmp_path: Path):
    """
    Files, received.csv and manifest agree; what is late came after it was due, and what is missing never came.
    """
    hashes = written(tmp_path)
    manifest = read_manifest((tmp_path / "manifest.json").read_bytes())
    lines = (tmp_path / "inbox" / "received.csv").read_text(encoding="utf-8").splitlines()
    inbox = {path.removeprefix("inbox/") for path in hashes if path.startswith("inbox/")} - {"received.csv"}

    assert inbox == {file["path"] for file in manifest.files}
    assert ["path,received_at", *(f"{file['path']},{file['received_at']}" for file in manifest.files)] == lines
    assert all(hashes[f"inbox/{file['path']}"] == file["sha256"] for file in manifest.files)
    for fault in manifest.faults:
        assert (fault.path is None) == (fault.kind is FaultKind.MISSING)
        assert fault.path is None or fault.path in inbox
    assert manifest_json(manifest) == (tmp_path / "manifest.json").read_bytes()
    assert json.loads((tmp_path / "manifest.json").read_bytes())["is_demonstration"] is True


def test_late_is_after_due_and_the_rest_before(tmp_path: Path, catalogue: Catalogue):
    """
    Only late files and second versions come after the due time.
    """
    written(tmp_path)
    manifest = read_manifest((tmp_path / "manifest.json").read_bytes())
    due = {
        (agency_id, one.period.name): one.due_at
        for agency_id, reports in owed_between(catalogue, MAY, OCTOBER).items()
        for one in reports
        if one.period.kind in ("month", "day")
    }
    after = {fault.path for fault in manifest.faults if fault.kind in (FaultKind.LATE, FaultKind.CORRECTION)}

    for file in manifest.files:
        limit = due.get((file["agency_id"], file["period"]))
        if limit is not None:
            assert (file["path"] in after) == (file["received_at"] > limit.astimezone(TIME_ZONE).isoformat())


def test_two_demonstrations_do_not_mix(tmp_path: Path):
    """
    A folder that holds files of another demonstration is refused, and stays as it is.
    """
    stranger = tmp_path / "inbox" / "BCT" / "another.xlsx"
    stranger.parent.mkdir(parents=True)
    stranger.write_bytes(b"x")

    with pytest.raises(StorageError, match=r"not of this demonstration, such as BCT/another\.xlsx"):
        written(tmp_path)
    assert [stranger] == [path for path in tmp_path.rglob("*") if path.is_file()]


@pytest.mark.parametrize(("first", "last"), [("2026-10", "2026-05"), ("2026-Q2", "2026-Q3")])
def test_periods_that_are_no_run_of_months(tmp_path: Path, first: str, last: str):
    """
    A demonstration runs over months, forwards.
    """
    with pytest.raises(PeriodError, match="from a month to a later one"):
        write_sample(from_environment({}), parse_period(first), parse_period(last), seed=1, folder=tmp_path)
