"""The catalogue that was in force at a time: by its targets, leads and weights the scores of then are recomputed."""

import tempfile
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from resolution_monitor.catalogue.entries import Catalogue
from resolution_monitor.catalogue.load import load_catalogue
from resolution_monitor.errors import CatalogueError
from resolution_monitor.pipeline.context import Context
from resolution_monitor.store.catalogue_versions import files_of_version, version_as_known
from resolution_monitor.store.connect import Database


def catalogue_as_known(context: Context, known_at: datetime | None) -> Catalogue:
    """
    The catalogue in force at a time; the context's own for None, and where none was kept.

    Raises:
        CatalogueError: It cannot be read any more by the rules of today.
    """
    if known_at is None:
        return context.catalogue
    sha256 = version_as_known(context.database, known_at)
    return context.catalogue if sha256 is None else _kept(context, sha256, f"in force at {known_at.isoformat()}")


def catalogue_of_run(context: Context, sha256: str) -> Catalogue:
    """
    The catalogue that a run went by; the context's own where it is the same.

    Raises:
        CatalogueError: It cannot be read any more by the rules of today.
    """
    return _kept(context, sha256, f"{sha256[:8]} of the run")


def _kept(context: Context, sha256: str, which: str) -> Catalogue:
    if sha256 == context.catalogue.sha256:
        return context.catalogue
    try:
        return catalogue_of_version(context.database, sha256)
    except CatalogueError as error:
        raise CatalogueError(
            f"the catalogue {which} cannot be read by this version: {error}; ask the software of that time"
        ) from error


def catalogue_of_version(database: Database, sha256: str) -> Catalogue:
    """
    A catalogue that was kept.

    Raises:
        CatalogueError: It cannot be read by the rules of today.
    """
    with tempfile.TemporaryDirectory(prefix="catalogue-") as folder:
        _lay_out(Path(folder), files_of_version(database, sha256))
        return load_catalogue(Path(folder))


def _lay_out(folder: Path, files: Mapping[str, bytes]) -> None:
    for path, content in files.items():
        place = folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)
