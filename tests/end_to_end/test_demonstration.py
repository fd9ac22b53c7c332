"""A small demonstration walks the road: every planted fault is found where it is, and nothing else is called one."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from conftest import new_settings

from resolution_monitor.period import parse_period
from resolution_monitor.pipeline import open_context, prepare
from resolution_monitor.pipeline.sample import write_sample
from resolution_monitor.pipeline.sample_walk import measure_sample, walk_sample
from resolution_monitor.sample.compare import Score, score_table
from resolution_monitor.sample.manifest import FaultKind, Manifest
from resolution_monitor.store import embedded

# With this seed these twelve make every kind of fault.
SEED = 2
BODIES = (
    *("BCT", "BYT", "BTP", "VPCP", "BTC", "BKHCN", "BVHTTDL", "NHNN"),
    *("T01-UBND", "T79-UBND", "HCTD", "LHHN"),
)


@pytest.fixture(scope="module")
def walked(
    server: embedded.ServerPlace, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Manifest, list[Score], list[Score]]]:
    """The manifest, and its scores after one walk and after another over the same ground."""
    home = tmp_path_factory.mktemp("demonstration")
    settings = new_settings(server, home / "state")
    months = parse_period("2026-05"), parse_period("2026-10")
    manifest = write_sample(settings, *months, seed=SEED, folder=home, agency_ids=BODIES)
    prepare(settings, manifest.begins_at)
    with open_context(settings, manifest.begins_at) as context:
        walk_sample(context, home / "inbox", manifest)
        first = measure_sample(context, manifest)
        walk_sample(replace(context, now=manifest.ends_at), home / "inbox", manifest)
        yield manifest, first, measure_sample(context, manifest)


def test_every_kind_is_planted(walked: tuple[Manifest, list[Score], list[Score]]):
    """
    Each kind of fault is there at least once: a recall of nothing proves nothing.
    """
    manifest, _, _ = walked

    assert set(FaultKind) == {fault.kind for fault in manifest.faults}


def test_all_that_was_planted_is_found_and_nothing_else(walked: tuple[Manifest, list[Score], list[Score]]):
    """
    Precision 1.00 and recall 1.00 for every kind, to the cell; walking again changes nothing.
    """
    _, first, again = walked
    spots = [(score.kind.value, *spot) for score in first for spot in (*score.false_spots, *score.missed_spots)]

    assert [] == spots, "\n".join(score_table(first))
    assert first == again


def test_table_of_proof(walked: tuple[Manifest, list[Score], list[Score]]):
    """
    The table has a line for each kind, and names precision and recall.
    """
    _, first, _ = walked
    lines = score_table(first)

    assert len(FaultKind) + 2 == len(lines)
    assert all(line.endswith("| 1.00 | 1.00 |") for line in lines[2:])
