"""Cells of an .ods out of its content.xml, with what its sheets hide, in one pass.

A reader of our own: the library that reads the other formats expands a row repeated a million times, and tells
neither errors nor hidden rows. Runs inside the limited child.
"""

import html
import re
from typing import Any
from xml.parsers import expat

from resolution_monitor.collect.number_formats import INVISIBLE
from resolution_monitor.collect.ods_values import day_told, is_white, white_behind
from resolution_monitor.collect.printed_text import printed_as
from resolution_monitor.collect.recompute import plain_formula
from resolution_monitor.collect.refusals import MAX_COLUMNS, MAX_ROWS, RefusedError, check_extent
from resolution_monitor.collect.traits import UNKNOWN_FORMULA, SheetTraits, see_runs

_SPACES = "urn:oasis:names:tc:opendocument:xmlns:"
_TABLE, _OFFICE, _TEXT, _STYLE = (f"{_SPACES}{name}:1.0 " for name in ("table", "office", "text", "style"))
_ERROR_TYPE = "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0 value-type"
_ERROR_TEXT = re.compile(r"#[A-Z]+(?:/[0A])?[!?]?|#N/A|Err:\d+")
_FLAT = re.compile(r"0(?:\.0\d*)?[a-z]")  # a height that shows nothing, in whatever unit
_NUMBERS = {"float", "percentage", "currency"}
# Comments, drawings and what was deleted stand inside sheets but are no cells.
_SKIPPED = {
    f"{_OFFICE}annotation",
    f"{_TABLE}tracked-changes",
    f"{_TABLE}shapes",
    f"{_SPACES}drawing:1.0 frame",
    f"{_SPACES}drawing:1.0 custom-shape",
    f"{_SPACES}drawing:1.0 g",
}
_CELLS = {f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"}
_LONGEST_FORMULA = 200

Run = tuple[str, bool, bool]  # text, whether it is raised or lowered, whether it is struck out
Sheets = list[tuple[dict[str, Any], SheetTraits]]


def ods_sheets(content: bytes) -> Sheets:
    """
    Each sheet as the reader of workbooks gives it, with its traits.

    Raises:
        RefusedError: It is no XML of a workbook, or a sheet is too large.
    """
    reader = _Reader()
    try:
        reader.read(content)
    except (expat.ExpatError, ValueError) as error:
        raise RefusedError("damaged-file", technical=f"content.xml: {error}") from error
    if not reader.sheets:
        raise RefusedError("damaged-file", technical="content.xml holds no sheet")
    return reader.sheets


class _Reader:
    """What expat has met so far; rows and columns count from 0."""

    def __init__(self) -> None:
        self.sheets: Sheets = []
        self._hidden_styles: set[str] = set()
        self._flat_styles: set[str] = set()
        self._struck_styles: set[str] = set()
        self._raised_styles: set[str] = set()
        self._white_styles: set[str] = set()
        self._filled_styles: set[str] = set()
        self._spans: list[str] = []
        self._runs: list[Run] = []
        self._style = ""
        self._skipped = 0
        self._row = self._column = 0
        self._cells: dict[int, Any] = {}
        self._row_attributes: dict[str, str] = {}
        self._cell: dict[str, str] | None = None
        self._paragraphs: list[str] = []
        self._is_in_text = False

    def read(self, content: bytes) -> None:
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.Parse(content, True)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if self._skipped or name in _SKIPPED:
            self._skipped += 1
        elif name in _CELLS:
            self._cell, self._paragraphs, self._runs = attributes, [], []
        elif name == f"{_TEXT}p":
            self._is_in_text = self._cell is not None
            self._paragraphs.append("")
        elif self._is_in_text:
            if name == f"{_TEXT}span":
                self._spans.append(attributes.get(f"{_TEXT}style-name", ""))
            self._text({f"{_TEXT}s": " " * _count(attributes, f"{_TEXT}c"), f"{_TEXT}tab": "\t"}.get(name, ""))
            self._text("\n" if name == f"{_TEXT}line-break" else "")
        elif name == f"{_TABLE}table-row":
            self._row_attributes, self._cells, self._column = attributes, {}, 0
        elif name == f"{_TABLE}table-column":
            self._see_column(attributes)
        elif name == f"{_TABLE}table":
            self._begin_sheet(attributes)
        elif name == f"{_STYLE}style":
            self._style = attributes.get(f"{_STYLE}name", "")
        elif name == f"{_STYLE}text-properties":
            self._see_text_style(attributes)
        elif name == f"{_STYLE}table-cell-properties" and not white_behind(attributes):
            self._filled_styles.add(self._style)
        elif name == f"{_STYLE}table-row-properties" and _FLAT.match(attributes.get(f"{_STYLE}row-height", "")):
            self._flat_styles.add(self._style)
        elif name == f"{_STYLE}table-properties" and attributes.get(f"{_TABLE}display") == "false":
            self._hidden_styles.add(self._style)

    def _end(self, name: str) -> None:
        if self._skipped:
            self._skipped -= 1
        elif name in _CELLS:
            self._end_cell()
        elif name == f"{_TEXT}p":
            self._is_in_text, self._spans = False, []
        elif name == f"{_TEXT}span" and self._spans:
            self._spans.pop()
        elif name == f"{_TABLE}table-row":
            self._end_row()

    def _text(self, text: str) -> None:
        if self._is_in_text and not self._skipped:
            self._paragraphs[-1] += text
            if text and (self._raised_styles or self._struck_styles):
                styles = set(self._spans)
                self._runs.append((text, bool(styles & self._raised_styles), bool(styles & self._struck_styles)))

    def _see_text_style(self, attributes: dict[str, str]) -> None:
        if is_white(attributes):
            self._white_styles.add(self._style)
        if attributes.get(f"{_STYLE}text-line-through-style", "none") != "none":
            self._struck_styles.add(self._style)
        if attributes.get(f"{_STYLE}text-position", "0% ").split()[0] not in ("0%", "0"):
            self._raised_styles.add(self._style)

    def _begin_sheet(self, attributes: dict[str, str]) -> None:
        self._row = self._column = 0
        hidden = attributes.get(f"{_TABLE}style-name") in self._hidden_styles
        sheet = {"name": attributes.get(f"{_TABLE}name", ""), "is_hidden": hidden, "rows": [], "merged": []}
        self.sheets.append((sheet, SheetTraits()))

    def _see_column(self, attributes: dict[str, str]) -> None:
        """Columns are declared before the rows."""
        repeated = _count(attributes, f"{_TABLE}number-columns-repeated")
        first, last = self._column, min(self._column + repeated, MAX_COLUMNS) - 1
        if attributes.get(f"{_TABLE}visibility", "visible") != "visible" and first <= last:
            self.sheets[-1][1].hidden_columns.append((first, last))
        self._column += repeated

    def _end_cell(self) -> None:
        attributes, self._cell = self._cell or {}, None
        repeated = _count(attributes, f"{_TABLE}number-columns-repeated")
        value = self._looks(attributes, self._value(attributes))
        if value is not None:
            sheet, _traits = self.sheets[-1]
            check_extent(self._row + 1, self._column + repeated, sheet=sheet["name"])
            self._cells.update(dict.fromkeys(range(self._column, self._column + repeated), value))
        self._see_merged(attributes)
        self._column += repeated

    def _value(self, attributes: dict[str, str]) -> Any:
        kind = attributes.get(f"{_OFFICE}value-type")
        formula = attributes.get(f"{_TABLE}formula", "")
        text = "\n".join(self._paragraphs) or attributes.get(f"{_OFFICE}string-value", "")
        place = (self._row, self._column)
        if attributes.get(_ERROR_TYPE) == "error" or (formula and _ERROR_TEXT.fullmatch(text)):
            self.sheets[-1][1].errors[place] = text or "#N/A"
            return text or "#N/A"
        if formula and kind is None and not self._paragraphs:
            written = formula.partition("=")[2][:_LONGEST_FORMULA]
            self.sheets[-1][1].formulas[place] = shown = f"={html.unescape(written)}" if written else UNKNOWN_FORMULA
            return shown
        if kind in _NUMBERS:
            if formula:
                self.sheets[-1][1].reckoned[place] = plain_formula(formula)
            return float(attributes[f"{_OFFICE}value"]) if f"{_OFFICE}value" in attributes else text or None
        if kind == "date":
            return day_told(attributes.get(f"{_OFFICE}date-value", text))
        if kind == "boolean":
            return attributes.get(f"{_OFFICE}boolean-value") == "true"
        return text or None

    def _looks(self, attributes: dict[str, str], value: Any) -> Any:
        """The value, or what is left of a text; how the cell looks goes to the traits."""
        traits, place = self.sheets[-1][1], (self._row, self._column)
        if value is not None and attributes.get(f"{_TABLE}style-name") in self._struck_styles:
            traits.struck[place] = ""
        elif value is not None and attributes.get(f"{_TABLE}style-name") in self._white_styles - self._filled_styles:
            traits.formats[place] = INVISIBLE
        elif isinstance(value, str) and any(is_raised or is_struck for _, is_raised, is_struck in self._runs):
            see_runs(traits, place, self._runs)
            return traits.struck.get(place) or value
        elif type(value) is float and (code := printed_as(value, self._shown(attributes))):
            traits.formats[place] = code
        return value

    def _shown(self, attributes: dict[str, str]) -> str | None:
        """What the program that wrote the file printed; None where it left that to the reader."""
        if not self._paragraphs:
            return "%" if attributes.get(f"{_OFFICE}value-type") == "percentage" else None
        return "\n".join(self._paragraphs)

    def _see_merged(self, attributes: dict[str, str]) -> None:
        rows = _count(attributes, f"{_TABLE}number-rows-spanned")
        columns = _count(attributes, f"{_TABLE}number-columns-spanned")
        if (rows > 1 or columns > 1) and self._row < MAX_ROWS and self._column < MAX_COLUMNS:
            last = (min(self._row + rows, MAX_ROWS) - 1, min(self._column + columns, MAX_COLUMNS) - 1)
            self.sheets[-1][0]["merged"].append([self._row, self._column, *last])

    def _end_row(self) -> None:
        sheet, traits = self.sheets[-1]
        repeated = _count(self._row_attributes, f"{_TABLE}number-rows-repeated")
        is_flat = self._row_attributes.get(f"{_TABLE}style-name") in self._flat_styles
        is_hidden = is_flat or self._row_attributes.get(f"{_TABLE}visibility", "visible") != "visible"
        if is_hidden and self._row < MAX_ROWS:
            first, last = self._row, min(self._row + repeated, MAX_ROWS) - 1
            if traits.hidden_rows and traits.hidden_rows[-1][1] == first - 1:
                first = traits.hidden_rows.pop()[0]
            traits.hidden_rows.append((first, last))
        if self._cells:
            check_extent(self._row + repeated, max(self._cells) + 1, sheet=sheet["name"])
            sheet["rows"] += [[]] * (self._row - len(sheet["rows"]))
            row = [self._cells.get(column) for column in range(max(self._cells) + 1)]
            sheet["rows"] += [row] * repeated
            self._repeat_traits(traits, repeated)
        self._row += repeated

    def _repeat_traits(self, traits: SheetTraits, repeated: int) -> None:
        for held in (traits.errors, traits.formulas, traits.formats, traits.raised, traits.struck):
            for (row, column), text in [item for item in held.items() if item[0][0] == self._row]:
                held.update({(row + step, column): text for step in range(repeated)})


def _count(attributes: dict[str, str], name: str) -> int:
    """A number of repetitions; one where none is written."""
    number = int(attributes.get(name, "1"))
    if not 0 < number < 10_000_000:
        raise ValueError(f"{name} is {number}")
    return number
