"""What stands in a cell of a kept file, word for word; the file is read by the sandboxed reader and nobody else."""

import contextlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from resolution_monitor.collect.land import stored_path
from resolution_monitor.collect.read import FileReader
from resolution_monitor.normalise.sections import split_sections
from resolution_monitor.normalise.values import raw_text
from resolution_monitor.settings import Settings
from resolution_monitor.terms import Sheet, Workbook

_ADDRESS = re.compile(r"([A-Z]+)([0-9]+)")
NOT_KEPT = "the file is not kept any more (purged, or refused and let go)"
NOT_READ = "the kept file cannot be read"
WHOLE_FILE = "the file as a whole"
NO_SUCH_CELL = "the file as it is read now has no such sheet or cell"

# Content, sheet and cell.
Place = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class RawCell:
    """
    What a cell holds.

    Attributes:
        text: As received, before anything was repaired or understood; None where there is none to show.
        why_not: Why there is none; empty where there is.
    """

    text: str | None
    why_not: str = ""


def raw_cells(settings: Settings, places: Iterable[Place]) -> Mapping[Place, RawCell]:
    """Each place with what stands there; every file is read once."""
    by_content: dict[str, list[Place]] = {}
    for place in places:
        by_content.setdefault(place[0], []).append(place)
    found: dict[Place, RawCell] = {}
    with contextlib.closing(FileReader(settings)) as reader:
        for content, its_places in by_content.items():
            found |= _of_file(settings, reader, content, its_places)
    return found


def _of_file(settings: Settings, reader: FileReader, content: str, places: list[Place]) -> dict[Place, RawCell]:
    path = stored_path(settings, content)
    if path is None:
        return dict.fromkeys(places, RawCell(None, NOT_KEPT))
    wanted = [place for place in places if place[2]]
    whole = dict.fromkeys((place for place in places if not place[2]), RawCell(None, WHOLE_FILE))
    if not wanted:
        return whole
    (result,) = reader.read_kept([path])
    if result.workbook is None:
        return whole | dict.fromkeys(wanted, RawCell(None, NOT_READ))
    return whole | {place: _cell(result.workbook, place[1], place[2]) for place in wanted}


def _cell(workbook: Workbook, name: str, cell: str) -> RawCell:
    sheet, address = _sheet(workbook, name), _ADDRESS.fullmatch(cell)
    if sheet is None or address is None:
        return RawCell(None, NO_SUCH_CELL)
    place = int(address[2]) - 1, _column(address[1])
    original = sheet.originals.get(place)
    return RawCell(raw_text(sheet.value(*place)) if original is None else original)


def _sheet(workbook: Workbook, name: str) -> Sheet | None:
    """The sheet of that name; a section of a text file goes by the name of its part."""
    sheets = (*workbook.sheets, *split_sections(workbook).sheets)
    return next((sheet for sheet in sheets if sheet.name == name), None)


def _column(letters: str) -> int:
    column = 0
    for letter in letters:
        column = 26 * column + ord(letter) - ord("A") + 1
    return column - 1
