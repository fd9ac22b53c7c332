"""A target that is revised changes the later answer; as it was known before, the month keeps its scores."""

import shutil
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from conftest import NOW, ROOT

from resolution_monitor.ask.month_as_known import month_as_known
from resolution_monitor.ask.resolution_scores import scores_as_stored
from resolution_monitor.catalogue.entries import Catalogue
from resolution_monitor.errors import CatalogueError
from resolution_monitor.period import parse_period
from resolution_monitor.pipeline import Context, catalogue_as_known, open_context, prepare
from resolution_monitor.pipeline.score import score
from resolution_monitor.score.month.scores import score_resolutions
from resolution_monitor.settings import Settings
from resolution_monitor.store.roles import as_purger

EVERY_SERVER = True

OCTOBER = parse_period("2026-10")
LATER = NOW + timedelta(days=2)
OLD, NEW = (f"- {{year: 2030, operator: '>=', value: {value}}}\n    lead: BCT" for value in (50, 60))
SPOIL = (
    "update catalogue_file set content = 'no: catalogue' where file_sha256 in"
    " (select file_sha256 from catalogue_place where path = 'indicators.yaml')"
)


def house(settings: Settings, folder: Path) -> Settings:
    """Settings of a copy of the house whose catalogue can be changed."""
    folder.mkdir()
    shutil.copytree(ROOT / "catalogue", folder / "catalogue")
    for name in ("sql", "report_templates", "samples"):
        (folder / name).symlink_to(ROOT / name)
    return replace(settings, root=folder)


def revise(settings: Settings) -> None:
    """Indicator 57.11 is to reach 60 and not 50."""
    file = settings.root / "catalogue" / "resolutions" / "NQ57.yaml"
    text = file.read_text(encoding="utf-8")
    assert 1 == text.count(OLD)
    file.write_text(text.replace(OLD, NEW), encoding="utf-8")


def target_of(catalogue: Catalogue) -> int:
    return int(catalogue.indicators["57.11"].targets[-1].value or 0)


def test_a_revised_target_leaves_the_past_as_it_was(settings: Settings, tmp_path: Path):
    """
    50 was aimed at when October was scored first; after the revision to 60 that run is recomputed to the last digit.

    What the rules of today cannot read any more is told with the time it was in force.
    """
    copy = house(settings, tmp_path / "house")
    prepare(copy, NOW)
    with open_context(copy, NOW) as context:
        first = score(context, "resolutions_month", OCTOBER)
    revise(copy)
    prepare(copy, LATER)
    with open_context(copy, LATER) as context:
        second = score(context, "resolutions_month", OCTOBER)
        then = catalogue_as_known(context, NOW + timedelta(hours=1))
        known_at = NOW + timedelta(hours=1)
        again = score_resolutions(month_as_known(context.database, then, OCTOBER, known_at))
        stored = scores_as_stored(context.database, first["scoring_run_id"])

        assert (50, 60) == (target_of(then), target_of(catalogue_as_known(context, None)))
        assert 60 == target_of(catalogue_as_known(context, LATER + timedelta(hours=1)))
        assert 50 == target_of(catalogue_as_known(context, datetime(2026, 1, 1, tzinfo=NOW.tzinfo)))
        assert again.assignments.equals(stored.assignments)
        assert again.nodes.equals(stored.nodes)
        assert second["anew"] == second["assignments"]
        assert 50.0 == stored.assignments.set_index("item_id").loc["57.11", "target"]

        with context.database.transaction() as connection:
            as_purger(connection)
            connection.exec_driver_sql(SPOIL)
        with pytest.raises(CatalogueError, match="in force at 2026-11-20"):
            catalogue_as_known(context, NOW + timedelta(hours=2))


def test_preparing_again_keeps_nothing_twice(context: Context):
    """
    A catalogue that did not change has one version, however often an installation is prepared.
    """
    prepare(context.settings, NOW + timedelta(days=1))
    with context.database.transaction() as connection:
        versions = connection.exec_driver_sql("select count(*) from catalogue_version").scalar_one()

    assert 1 == versions
