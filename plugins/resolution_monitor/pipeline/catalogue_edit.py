"""The catalogue in an analyst's hands: out as a workbook, back as checked files."""

import shutil
import tempfile
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import yaml

from resolution_monitor.catalogue.changes import Change, TouchedScore, changes_between, touched_scores
from resolution_monitor.catalogue.check_sheets import problems_of_tables, undated_targets
from resolution_monitor.catalogue.dated import with_days_as_text
from resolution_monitor.catalogue.entries import Catalogue
from resolution_monitor.catalogue.load import load_catalogue
from resolution_monitor.catalogue.sheets import Entry, Tables, files_of, tables_of
from resolution_monitor.catalogue.write import leading_comment, yaml_text
from resolution_monitor.collect.read import read_files
from resolution_monitor.errors import CatalogueError, storage_error
from resolution_monitor.exchange.catalogue_workbook import read_tables, workbook_bytes
from resolution_monitor.settings import Settings


@dataclass(frozen=True, slots=True)
class CatalogueImport:
    """
    What a workbook changes.

    Attributes:
        written: Files of the catalogue that were, or in a dry run would be, written anew.
    """

    changes: tuple[Change, ...]
    touched: tuple[TouchedScore, ...]
    written: tuple[str, ...]


def export_catalogue(settings: Settings, path: Path) -> int:
    """
    Write tasks, indicators, targets, their revisions and assignments into a workbook.

    Returns:
        Number of rows written.

    Raises:
        CatalogueError: The catalogue itself is wrong.
        StorageError: The workbook cannot be written.
    """
    load_catalogue(settings.root / "catalogue")
    tables = tables_of(_files(settings.root / "catalogue"))
    try:
        path.write_bytes(workbook_bytes(tables))
    except OSError as error:
        raise storage_error(path, error) from error
    return sum(len(records) for records in tables.values())


def import_catalogue(settings: Settings, path: Path, *, is_dry_run: bool, since: date | None = None) -> CatalogueImport:
    """
    Take an edited workbook back; nothing is written unless the whole catalogue passes its checks with it.

    Args:
        since: The day from which what changed holds; None writes it as if it had been so since ever.

    Raises:
        CatalogueError: The workbook cannot be read, or what it says breaks a check; every problem is named.
        StorageError: A file of the catalogue cannot be written.
    """
    folder = settings.root / "catalogue"
    old = load_catalogue(folder)
    files = _files(folder)
    tables = _read(settings, path, files)
    problems = list(undated_targets(tables_of(files), tables)) if since is not None else []
    if problems:
        raise CatalogueError(*(f"{path.name}: {problem}" for problem in problems))
    made = files_of(tables, files, old.groups.keys(), since)
    texts = {code: _text(folder / _name(code), entries) for code, entries in made.items() if entries != files[code]}
    new = _checked(folder, texts)
    if not is_dry_run:
        for code, text in texts.items():
            _replace(folder / _name(code), text)
    return CatalogueImport(
        changes=tuple(changes_between(tables_of(files), tables)),
        touched=tuple(touched_scores(old, new)),
        written=tuple(f"catalogue/{_name(code)}" for code in texts),
    )


def _name(code: str) -> str:
    return f"resolutions/NQ{code}.yaml"


def _files(folder: Path) -> dict[str, Entry]:
    found = {}
    for path in sorted(folder.glob("resolutions/*.yaml")):
        entries = with_days_as_text(yaml.load(path.read_bytes(), Loader=yaml.CSafeLoader))
        found[entries["resolution"]["code"]] = entries
    return found


def _read(settings: Settings, path: Path, files: dict[str, Entry]) -> Tables:
    if not path.is_file():
        raise CatalogueError(f"{path}: no such file; name a workbook that catalogue export wrote")
    (result,) = read_files(settings, [path])
    if result.workbook is None:
        reason = result.refusal.check if result.refusal else "unreadable"
        raise CatalogueError(f"{path.name}: refused as {reason}; save it as .xlsx without macros or a password")
    problems: list[str] = []
    tables = read_tables(result.workbook, problems)
    problems += [] if problems else problems_of_tables(tables, files.keys())
    if problems:
        raise CatalogueError(*(f"{path.name}: {problem}" for problem in problems))
    return tables


def _text(path: Path, entries: Entry) -> str:
    return yaml_text(leading_comment(path.read_text(encoding="utf-8")), entries)


def _checked(folder: Path, texts: dict[str, str]) -> Catalogue:
    """The catalogue as it would be, from a copy beside the real one."""
    with tempfile.TemporaryDirectory() as place:
        copy = shutil.copytree(folder, Path(place) / "catalogue")
        for code, text in texts.items():
            (copy / _name(code)).write_text(text, encoding="utf-8")
        return load_catalogue(copy)


def _replace(path: Path, text: str) -> None:
    """Whole or not at all: a reader never sees half a file."""
    half = path.with_suffix(".yaml.new")
    try:
        half.write_text(text, encoding="utf-8")
        half.replace(path)
    except OSError as error:
        raise storage_error(path, error) from error
