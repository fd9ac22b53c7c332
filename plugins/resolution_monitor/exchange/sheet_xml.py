"""Rows of a sheet as the XML of a workbook: a body's workbook is a prepared one with its own rows put in."""

import io
import re
import unicodedata
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from xml.sax.saxutils import escape

from openpyxl.utils import get_column_letter

from resolution_monitor.formula_text import begins_formula

# A spreadsheet counts days from here (it takes 1900 for a leap year, so from 1 March 1900 on this is right).
_DAY_ZERO = date(1899, 12, 30)
# What XML cannot hold, and carriage returns, which a spreadsheet shows as boxes.
_NOT_XML = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")
# What a zip can say of a time; the true times of making would make every file differ.
_ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)
_QUICK = 1  # of 9: half the time of the default for files a twentieth larger

Held = str | int | float | date | None


# Number of a style, and of its twin for text that begins like a formula and must stay text when it is edited.
Style = tuple[int, int]


def cell_xml(row: int, column: int, held: Held, style: Style) -> str:
    """One cell; without content it keeps its style."""
    place = f'<c r="{get_column_letter(column)}{row}" s="'
    if isinstance(held, str) and held:
        text = plain_text(held)
        number = style[begins_formula(text)]
        return f'{place}{number}" t="inlineStr"><is><t xml:space="preserve">{escape(text)}</t></is></c>'
    if isinstance(held, date):
        return f'{place}{style[0]}"><v>{(held - _DAY_ZERO).days}</v></c>'
    if isinstance(held, (int, float)):
        return f'{place}{style[0]}"><v>{held!r}</v></c>'
    return f'{place}{style[0]}"/>'


def plain_text(text: str) -> str:
    """Text as a cell holds it: composed, without what XML cannot hold."""
    return unicodedata.normalize("NFC", _NOT_XML.sub("", text))


def row_xml(row: int, cells: Iterable[str], height: float | None = None) -> str:
    shown = f' ht="{height:g}" customHeight="1"' if height else ""
    return f'<row r="{row}"{shown}>{"".join(cells)}</row>'


def texts_xml(columns: Mapping[int, Sequence[str]]) -> str:
    """Rows of plain texts, by column, from the first row on."""
    most = max(map(len, columns.values()), default=0)
    return "".join(
        row_xml(
            row,
            (
                cell_xml(row, column, texts[row - 1], (0, 0))
                for column, texts in sorted(columns.items())
                if row <= len(texts)
            ),
        )
        for row in range(1, most + 1)
    )


def zipped(parts: Mapping[str, bytes]) -> bytes:
    """The parts as a workbook's file, with no trace of when it was made."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=_QUICK) as archive:
        for name, content in parts.items():
            entry = zipfile.ZipInfo(name, date_time=_ZIP_EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            archive.writestr(entry, content)
    return target.getvalue()
