"""Whatever arrives ends in its named finding: no crash, no partial load, memory within the limit."""

import random
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hostile.workbooks import BOF, EOF, HOSTILE, good_xlsx, many_cells, ole_of, xls_vba

from resolution_monitor.catalogue.entries import Catalogue
from resolution_monitor.collect.read import ReadResult, guard_files, read_files
from resolution_monitor.normalise.finding_text import finding_text
from resolution_monitor.settings import Settings, from_environment


@pytest.fixture(scope="module")
def limits(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return from_environment({"RESOLUTION_MONITOR_HOME": str(tmp_path_factory.mktemp("home"))})


@pytest.fixture(scope="module")
def answers(limits: Settings, tmp_path_factory: pytest.TempPathFactory) -> dict[str, ReadResult]:
    """Every hostile file read in one go, so that each also shows that the one before it left the reader alive."""
    folder = tmp_path_factory.mktemp("hostile")
    for name, (build, _) in HOSTILE.items():
        (folder / name).write_bytes(build())
    paths = [folder / name for name in HOSTILE]
    return dict(zip(HOSTILE, read_files(limits, paths), strict=True))


@pytest.mark.parametrize("name", HOSTILE)
def test_named_finding(answers: dict[str, ReadResult], catalogue: Catalogue, name: str):
    """
    The file is refused under the code of its kind, with a text and something to do.
    """
    result = answers[name]

    assert result.workbook is None
    assert result.refusal is not None
    assert HOSTILE[name][1] == result.refusal.check
    text, action = finding_text(catalogue, result.refusal)
    assert text
    assert action
    assert "không rõ" not in text or result.refusal.check == "sheet-too-large"


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
