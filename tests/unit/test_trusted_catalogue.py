"""A catalogue that was checked is only read by whoever asks, as long as the checks are those that it passed."""

import json
from pathlib import Path

import pytest
from conftest import NOW
from unit.test_catalogue_versions import house

from resolution_monitor.catalogue.checks_version import checks_version
from resolution_monitor.errors import CatalogueError
from resolution_monitor.pipeline import open_context, prepare
from resolution_monitor.settings import Settings
from resolution_monitor.store.checked_catalogue import checked_catalogue, note_checked


def demand_more(settings: Settings) -> None:
    """What a later version checks: something that no resolution says."""
    file = settings.root / "catalogue" / "schema" / "resolution.json"
    schema = json.loads(file.read_text(encoding="utf-8"))
    schema["required"] = [*schema.get("required", []), "seal"]
    file.write_text(json.dumps(schema), encoding="utf-8")


def test_new_checks_are_not_taken_for_passed(settings: Settings, tmp_path: Path):
    """
    Before a new version has checked the catalogue (`prepare`), its commands that ask check it themselves.
    """
    copy = house(settings, tmp_path / "house")
    prepare(copy, NOW)
    passed = checks_version(copy.root / "catalogue")
    with open_context(copy, NOW, trusts_stored=True, reads_only=True) as context:
        assert context.catalogue.sha256 == checked_catalogue(copy.home, passed)
    demand_more(copy)
    checks_version.cache_clear()  # another version is another process

    assert passed != checks_version(copy.root / "catalogue")
    with pytest.raises(CatalogueError, match="seal"), open_context(copy, NOW, trusts_stored=True, reads_only=True):
        pass


@pytest.mark.parametrize("noted", ["", "half", "a b c\n", "\u1ead"])
def test_a_note_that_is_none(tmp_path: Path, noted: str):
    """
    Without a note, with half of one or with something else in it, a catalogue is checked.
    """
    assert checked_catalogue(tmp_path, "v") is None
    (tmp_path / "installation").mkdir()
    (tmp_path / "installation" / "checked_catalogue").write_text(noted, encoding="utf-8")

    assert checked_catalogue(tmp_path, "v") is None
    note_checked(tmp_path, "abc", "v")
    assert ("abc", None) == (checked_catalogue(tmp_path, "v"), checked_catalogue(tmp_path, "w"))
