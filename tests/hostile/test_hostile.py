"""Whatever arrives ends in its named finding: no crash, no partial load, memory within the limit."""

import json
import os
import random
import resource
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hostile.more_workbooks import BIDI, FORMULAS, HARMLESS, MORE_HOSTILE
from hostile.workbooks import BOF, EOF, HOSTILE, good_xlsx, many_cells, ole_of, sheet_xml, xls_vba

from resolution_monitor.ask.file_reading import description_of
from resolution_monitor.ask.findings import standing_findings
from resolution_monitor.catalogue.entries import Catalogue
from resolution_monitor.collect.read import ReadResult, guard_files, read_files
from resolution_monitor.collect.scan_sheet import scan_sheet
from resolution_monitor.normalise.finding_text import finding_text
from resolution_monitor.pipeline import Context
from resolution_monitor.pipeline.collect import collect
from resolution_monitor.pipeline.normalise import normalise
from resolution_monitor.settings import Settings, from_environment

EVERY_HOSTILE = {**HOSTILE, **MORE_HOSTILE}
# Inflating and building them all is what takes the time; they are built once for the reader and the road.
pytestmark = pytest.mark.filterwarnings("ignore:Duplicate name")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Every hostile and every odd file, each under its name."""
    folder = tmp_path_factory.mktemp("hostile")
    builders = {name: build for name, (build, _) in EVERY_HOSTILE.items()} | HARMLESS
    for name, build in builders.items():
        (folder / name).write_bytes(build())
    return folder


@pytest.fixture(scope="module")
def limits(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return from_environment({"RESOLUTION_MONITOR_HOME": str(tmp_path_factory.mktemp("home"))})


@pytest.fixture(scope="module")
def answers(limits: Settings, folder: Path) -> dict[str, ReadResult]:
    """Every file read in one go, so that each also shows that the one before it left the reader alive."""
    names = [*EVERY_HOSTILE, *HARMLESS]
    return dict(zip(names, read_files(limits, [folder / name for name in names]), strict=True))


def test_there_are_enough():
    """
    At least sixty different files are held against the reader.
    """
    assert len(EVERY_HOSTILE) >= 60
    assert not EVERY_HOSTILE.keys() & HARMLESS.keys()


@pytest.mark.parametrize("name", EVERY_HOSTILE)
def test_named_finding(answers: dict[str, ReadResult], catalogue: Catalogue, name: str):
    """
    The file is refused under the code of its kind, with a text and something to do.
    """
    result = answers[name]

    assert result.workbook is None
    assert result.refusal is not None
    assert EVERY_HOSTILE[name][1] == result.refusal.check
    text, action = finding_text(catalogue, result.refusal)
    assert text
    assert action
    assert "không rõ" not in text or result.refusal.check == "sheet-too-large"


@pytest.mark.parametrize("name", HARMLESS)
def test_odd_but_harmless(answers: dict[str, ReadResult], name: str):
    """
    What is odd and does no harm is read.
    """
    assert answers[name].workbook is not None, answers[name].refusal


def test_read_stays_upright(answers: dict[str, ReadResult], catalogue: Catalogue):
    """
    `./monitor read` shows each of them as plain JSON: a refusal with its code and words, or cells.
    """
    for name, result in answers.items():
        seen = json.loads(json.dumps(description_of(result, catalogue), allow_nan=False))

        assert (EVERY_HOSTILE[name][1] if name in EVERY_HOSTILE else None) == seen.get("refused"), name
        assert seen["action"] if "refused" in seen else seen["forms"]


def test_memory_of_the_reader(limits: Settings, answers: dict[str, ReadResult]):
    """
    No child of this process, the readers of all these files among them, ever held more than the limit.
    """
    peak_bytes = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024

    assert len(answers) == len(EVERY_HOSTILE) + len(HARMLESS)
    assert 0 < peak_bytes <= limits.reader_memory_bytes


def test_odd_text_stays_as_it_is(answers: dict[str, ReadResult]):
    """
    Text that would begin a formula, and text with marks of direction, come out letter by letter.
    """
    bidi, formulas = (answers[name].workbook for name in ("bidi-text", "formula-text"))

    assert bidi is not None
    assert BIDI == bidi.sheets[0].rows[1][1]
    assert formulas is not None
    assert [text.strip("\r") for text in FORMULAS] == [str(row[0]).strip("\r\n") for row in formulas.sheets[0].rows]


def test_shared_formula_without_value(answers: dict[str, ReadResult]):
    """
    The second cell of a shared formula, stored without a value, is seen; the first is taken.
    """
    workbook = answers["shared-formulas"].workbook

    assert workbook is not None
    assert {(1, 0): "=…"} == workbook.sheets[0].formulas
    assert 1.0 == workbook.sheets[0].rows[0][0]


def test_every_file_ends_in_a_submission(request: pytest.FixtureRequest, context: Context, folder: Path):
    """
    Through inbox, raw store and database: every file ends in one submission, rejected with a finding or taken, and
    not one value of a hostile file is stored.
    """
    if "machine" in request.node.name:
        pytest.skip("one server is enough: what differs between servers is tested elsewhere")
    inbox = context.settings.inbox_folder / "BTC"
    inbox.mkdir(parents=True)
    names = [*EVERY_HOSTILE, *HARMLESS]
    for name in names:
        os.link(folder / name, inbox / f"{name}.xlsx")
    (inbox / f"{'a' * 250}.xlsx").write_bytes(good_xlsx([["tên dài"]]))
    (inbox / "=cmd \u202excod.xlsx").write_bytes(good_xlsx([["tên lạ"]]))

    collected = collect(context, context.settings.inbox_folder)
    normalise(context, None)

    states = dict(rows_of(context, "select file_name, state from standing_submission"))
    findings = standing_findings(context.database, None, with_notes=True)

    assert len(names) + 2 == collected["files"] == len(states)
    assert {"rejected": len(names) + 2} == Counter(states.values())
    assert states.keys() == set(findings.loc[findings["severity"] == "block", "file_name"])
    assert [(0,), (0,)] == rows_of(context, "select count(*) from observation union all select count(*) from target")


def rows_of(context: Context, statement: str) -> list[tuple[object, ...]]:
    with context.database.transaction() as connection:
        return [tuple(row) for row in connection.exec_driver_sql(statement)]


@pytest.mark.parametrize(
    ("inside", "errors", "formulas"),
    [
        ('<row r="1"><c r="B1" t="e"><v>#REF!</v></c></row>', {(0, 1): "#REF!"}, {}),
        ("<row r='1'><c t = 'e' r = 'B1' ><f>1/0</f><v>#DIV/0!</v></c></row>", {(0, 1): "#DIV/0!"}, {}),
        ("<x:row><x:c/><x:c t='e'><x:v>#N/A</x:v></x:c></x:row>", {(0, 1): "#N/A"}, {}),
        ('<row r="3"><c r="A3"><!-- <v>1</v> --><f>B1+1</f></c></row>', {}, {(2, 0): "=B1+1"}),
        ('<row r="3"><c r="A3"><x:f>B1</x:f><v/></c></row>', {}, {(2, 0): "=B1"}),
        ("<row><c><v>1</v></c><c><f>A1&gt;2</f><v></v></c></row>", {}, {(0, 1): "=A1>2"}),
        ('<row r="1"><c r="A1" t="str"><f>""</f><v></v></c></row>', {}, {}),
    ],
)
def test_nothing_hides_behind_a_way_of_writing(inside: str, errors: dict, formulas: dict):
    """
    Errors and formulas without a value are seen however the file writes its parts.
    """
    traits = scan_sheet(sheet_xml(inside), "sheet1.xml")

    assert errors == traits.errors
    assert formulas == traits.formulas


@pytest.mark.parametrize("build", [good_xlsx, lambda: xls_vba(b'Attribute VB_Name = "Code"\r\n')])
def test_harmless_files_pass(limits: Settings, tmp_path: Path, build: Callable[[], bytes]):
    """
    A plain workbook passes the guard; so does an empty VBA shell, which Excel 97-2003 left in many files.
    """
    (tmp_path / "file").write_bytes(build())

    assert next(guard_files(limits, [tmp_path / "file"])).refusal is None


def test_reader_dies_alone(limits: Settings, tmp_path: Path):
    """
    A file that ends the reader is answered, and the files after it are read.
    """
    (tmp_path / "large").write_bytes(many_cells(rows=6_000, columns=100))
    (tmp_path / "good").write_bytes(good_xlsx())
    tight = replace(limits, reader_memory_bytes=72 * 1024 * 1024)

    large, good = read_files(tight, [tmp_path / "large", tmp_path / "good"])

    assert large.refusal is not None
    assert "reader-died" == large.refusal.check
    assert good.workbook is not None


def test_reader_out_of_time(limits: Settings, tmp_path: Path):
    """
    A file that takes too long is answered like one that ends the reader.
    """
    (tmp_path / "slow").write_bytes(many_cells(rows=8_000, columns=120))

    (result,) = read_files(replace(limits, reader_seconds=0.1), [tmp_path / "slow"])

    assert result.refusal is not None
    assert "reader-died" == result.refusal.check


@pytest.mark.parametrize("seed", range(40))
def test_damaged_at_random(limits: Settings, tmp_path: Path, seed: int):
    """
    Bytes changed or cut at random end in a workbook or a finding, never in an error of ours.
    """
    chance = random.Random(seed)
    content = bytearray(chance.choice([good_xlsx(), ole_of(BOF + EOF), xls_vba(b"x")]))
    for _ in range(chance.randrange(1, 30)):
        content[chance.randrange(len(content))] = chance.randrange(256)
    (tmp_path / "file").write_bytes(bytes(content[: chance.randrange(1, len(content) + 1)]))

    (result,) = read_files(limits, [tmp_path / "file"])

    assert (result.workbook is None) != (result.refusal is None)
