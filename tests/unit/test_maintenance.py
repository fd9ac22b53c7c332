"""The night proves kept files, fills the ledger and leaves nothing behind; only a demonstration names its clock."""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from conftest import NOW, SAMPLES

from resolution_monitor.errors import SettingsError, StorageError
from resolution_monitor.pipeline import Context
from resolution_monitor.pipeline.clock import moment_of_run
from resolution_monitor.pipeline.collect import collect
from resolution_monitor.pipeline.installation import call_demonstration
from resolution_monitor.pipeline.maintenance import maintenance
from resolution_monitor.settings import Settings


def test_night_after_night(context: Context):
    """
    The first night fills the ledger, the second finds nothing to do, and old logs go.
    """
    collect(context, SAMPLES)
    logs = context.settings.logs_folder
    logs.mkdir(parents=True)
    for name, age_days in (("old.log", 100), ("new.log", 1)):
        (logs / name).touch()
        moment = (NOW - timedelta(days=age_days)).timestamp()
        os.utime(logs / name, (moment, moment))

    first, second = maintenance(context), maintenance(context)

    assert first["obligations"] > 0
    assert {"obligations": 0, "files": 4, "scorings": 0, "held_removed": 0, "logs_removed": 0} == second
    assert ["new.log"] == [path.name for path in logs.iterdir()]


@pytest.mark.parametrize(("harm", "words"), [(Path.unlink, "is gone"), (lambda path: _append(path), "no longer what")])
def test_harmed_file_is_told(context: Context, harm: object, words: str):
    """
    A kept file that vanished or changed is told by its path.
    """
    collect(context, SAMPLES)
    harm(next(context.settings.raw_folder.glob("*/*")))  # type: ignore[operator]

    with pytest.raises(StorageError, match=words):
        maintenance(context)


def _append(path: Path) -> None:
    path.chmod(0o600)
    path.write_bytes(path.read_bytes() + b"x")


def test_clock_of_a_demonstration(ready: Settings):
    """
    Only a demonstration may name the moment a run takes for now; a manifest beside the database makes none.
    """
    settings = ready
    settings.demonstration_manifest.parent.mkdir(parents=True)
    settings.demonstration_manifest.touch()
    tick = "2026-11-12T07:00:00+07:00"
    assert NOW == moment_of_run(settings, None, NOW)
    with pytest.raises(SettingsError, match="only in a demonstration"):
        moment_of_run(settings, tick, NOW)

    call_demonstration(settings)

    assert datetime(2026, 11, 12, 0, 0, tzinfo=UTC) == moment_of_run(settings, tick, NOW)
    for wrong in ("2026-11-12T07:00:00", "tomorrow"):
        with pytest.raises(SettingsError, match="write one such as"):
            moment_of_run(settings, wrong, NOW)
