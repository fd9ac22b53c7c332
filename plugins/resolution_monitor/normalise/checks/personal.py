"""Says where a file holds personal data; what stands there is masked before anybody reads the finding."""

from collections.abc import Iterator

from resolution_monitor.normalise.notes import Notes
from resolution_monitor.personal import masked, may_hold, personal_data
from resolution_monitor.terms import Sheet, Workbook, cell_address

# So many cells of a file are named one by one; each of them says how many there are in all.
_NAMED_CELLS = 20
_SHOWN_LETTERS = 200


def check_personal(workbook: Workbook, notes: Notes) -> None:
    """A warning for each cell, of any sheet, that holds personal data."""
    found = [(sheet.name, *place) for sheet in workbook.sheets for place in _places(sheet)]
    for name, cell, text in found[:_NAMED_CELLS]:
        kinds = ", ".join(kind.value for kind in personal_data(text))
        shown = masked(text)[:_SHOWN_LETTERS]
        notes.add("personal-data", sheet=name, cell=cell, value=shown, kinds=kinds, total=str(len(found)))


def _places(sheet: Sheet) -> Iterator[tuple[str, str]]:
    """Address and text of the cells, none of a sheet that as a whole holds nothing like it."""
    if not may_hold("\n".join(value for row in sheet.rows for value in row if isinstance(value, str))):
        return
    for row_number, row in enumerate(sheet.rows):
        for column_number, value in enumerate(row):
            if isinstance(value, str) and personal_data(value):
                yield cell_address(row_number, column_number), value
