"""Where does a printed number come from: its text, value and rule, and every cell behind it as it was received."""

import difflib
from collections.abc import Mapping, Sequence
from typing import Any

from resolution_monitor.ask.explain_sources import rows_of
from resolution_monitor.ask.raw_cells import RawCell, raw_cells
from resolution_monitor.catalogue.entries import Catalogue
from resolution_monitor.errors import NothingToReportError
from resolution_monitor.period import Period, period_containing
from resolution_monitor.settings import Settings
from resolution_monitor.store import edition_rows
from resolution_monitor.store.connect import Database
from resolution_monitor.store.explain_rows import cells_of_files

Row = dict[str, Any]

COLUMNS = (
    *("edition", "figure_id", "text", "value", "unit", "rule", "about", "place"),
    *("submission_id", "sender_id", "file_name", "sha256", "sheet", "cell", "raw_text", "note", "item_id", "explain"),
)
# Counted from what was owed, was found by us, or stands in the catalogue: nobody sent it.
NO_CELL = "it rests on no cell of a file"
_NEAREST = 3
_MOST_NAMED = 8


def edition_named(database: Database, name: str) -> Row:
    """
    The edition of that name; of several contents under one name the one made last.

    Raises:
        NothingToReportError: There is none.
    """
    made = edition_rows.editions_made(database)
    found = [edition for edition in made if edition["edition"] == name]
    if not found:
        names = list(dict.fromkeys(edition["edition"] for edition in reversed(made)))
        raise NothingToReportError(f"no edition {name!r} is kept; {_nearest(name, names)}; ./monitor editions --all")
    return found[-1]


def newest_edition(database: Database, report: str, period: Period) -> Row:
    """
    The edition of a report and period that was made last.

    Raises:
        NothingToReportError: None was made.
    """
    asked = (report, period.kind, period.end)
    made = edition_rows.editions_made(database)
    found = [one for one in made if (one["report"], one["period_kind"], one["period_end"]) == asked]
    if not found:
        known = sorted({f"{one['report']} {period_of(one).name}" for one in made})
        raise NothingToReportError(
            f"no edition of {report} {period.name} was made; {_nearest(f'{report} {period.name}', known)}"
        )
    return found[-1]


def period_of(edition: Mapping[str, Any]) -> Period:
    """What an edition is about."""
    return period_containing(edition["period_kind"], edition["period_end"])


def trace(database: Database, catalogue: Catalogue, settings: Settings, edition: Row, printed: str) -> list[Row]:
    """
    One number of an edition with every cell behind it, as COLUMNS; one row without file where it has none.

    Args:
        printed: The figure's id, such as F017; or its text, where one number of the edition is printed so.

    Raises:
        NothingToReportError: The edition printed no such number, or several.
    """
    figure = _figure(edition, edition_rows.figures_of_edition(database, edition["briefing_id"]), printed)
    shared = {"edition": edition["edition"], "text": figure["printed_text"]}
    shared |= {name: figure[name] for name in ("figure_id", "value", "unit", "rule", "about", "place")}
    blank = dict.fromkeys(COLUMNS)
    found = _of_sources(database, settings, edition, figure["sources"])
    rows = [row | _explained(catalogue, edition, row) for row in found]
    return [{**blank, **shared, **row} for row in rows or [{"note": NO_CELL}]]


def _figure(edition: Row, figures: Sequence[Row], printed: str) -> Row:
    of_id = {figure["figure_id"]: figure for figure in figures}
    if printed.upper() in of_id:
        return of_id[printed.upper()]
    alike = [figure for figure in figures if figure["printed_text"] == printed]
    if len(alike) == 1:
        return alike[0]
    name = edition["edition"]
    if alike:
        which = "; ".join(f"{one['figure_id']} ({one['about']}: {one['rule']})" for one in alike[:_MOST_NAMED])
        more = f" and {len(alike) - _MOST_NAMED} more" if len(alike) > _MOST_NAMED else ""
        raise NothingToReportError(f"{name} prints {printed!r} {len(alike)} times: {which}{more}; name one by its id")
    last = figures[-1]["figure_id"] if figures else "none"
    known = [*of_id, *dict.fromkeys(figure["printed_text"] for figure in figures)]
    raise NothingToReportError(f"{name} has no figure {printed!r} (its last is {last}); {_nearest(printed, known)}")


def _nearest(wanted: str, known: Sequence[str]) -> str:
    near = difflib.get_close_matches(wanted, known, _NEAREST, cutoff=0.0)
    return f"nearest: {', '.join(near)}" if near else "none is kept yet"


def _of_sources(database: Database, settings: Settings, edition: Row, cells: Sequence[Row]) -> list[Row]:
    raw = raw_cells(settings, [(one["sha256"], one["sheet"], one["cell"]) for one in cells])
    files = edition_rows.files_of_contents(database, sorted({one["sha256"] for one in cells}))
    by_name = {(file["sha256"], f"{file['sender_id']}/{file['file_name']}"): file for file in files}
    by_content = {file["sha256"]: file for file in files}
    numbers = [file["submission_id"] for file in files]
    read = rows_of(cells_of_files(database, numbers, edition["known_at"]))
    items = {(row["submission_id"], row["sheet"], row["cell"]): row["item_id"] for row in read}
    rows = []
    for one in cells:
        file = by_name.get((one["sha256"], one["file_name"])) or by_content.get(one["sha256"], {})
        item = {"item_id": items.get((file.get("submission_id"), one["sheet"], one["cell"]))}
        rows.append({**one, **_of_file(file), **item, **_of_raw(raw[one["sha256"], one["sheet"], one["cell"]])})
    return rows


def _of_raw(told: RawCell) -> Row:
    return {"raw_text": told.text, "note": told.why_not}


def _of_file(file: Row) -> Row:
    return {name: file.get(name) for name in ("submission_id", "sender_id")}


def _explained(catalogue: Catalogue, edition: Row, row: Row) -> Row:
    """The command that works out the score of what a cell reports; nothing of what is not scored by assignment."""
    item_id = row.get("item_id")
    is_task = item_id in catalogue.tasks
    if not is_task and (item_id not in catalogue.indicators or catalogue.indicators[item_id].resolution is None):
        return {}
    item = f"--{'task' if is_task else 'indicator'} {item_id}"
    asked = f"--agency {row['sender_id']} {item} --period {period_of(edition).name} --run {edition['scoring_run_id']}"
    return {"explain": f"./monitor explain {asked}"}
