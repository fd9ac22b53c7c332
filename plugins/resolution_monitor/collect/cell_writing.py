"""How a worksheet's XML writes a cell's value: what two readers would take for two things is refused, not read."""

import re

from resolution_monitor.collect.refusals import RefusedError

# Nothing but cells of one kind of XML between the first and the last; comments and instructions are no part of it.
_ASIDE = re.compile(rb"<!--.*?-->|<\?(?!xml[\s?]).*?\?>", re.DOTALL)
_SHEET_DATA = re.compile(rb"<(?:\w+:)?sheetData[\s/>]")
# A value that holds more than plain text, or is not the last thing in its cell, or is no finite number.
_ODD = re.compile(
    rb"<v(?:\s[^>]*)?>(?:[^<&]*(?:&|<(?!/v\s*>))|\s*[+-]?[iInN])|(?:</v\s*>|<v\s*/>|</is\s*>)(?!</c>)(?!\s*</c\s*>)"
)
_CELL = re.compile(rb"<c[\s>]")
_VALUES = re.compile(rb"<(?:v|is)[\s/>]")
_FORMULAS = re.compile(rb"<f[\s/>]")
_FORMULA_LATE = re.compile(rb"<v[\s/>].*<f[\s/>]", re.DOTALL)
_TEXT = re.compile(rb"<c\s[^>]*?\bt\s*=\s*[\"'](?:str|inlineStr|e)[\"']")
_NOT_FINITE = re.compile(rb"<v(?:\s[^>]*)?>\s*[+-]?(?:inf|nan)", re.IGNORECASE)
_INSIDE_VALUE = re.compile(rb"<v(?:\s[^>]*)?>[^<]*<(?!/v\s*>)")
_REFERENCE = re.compile(rb"<v(?:\s[^>]*)?>[^<]*&")
_PREFIX_OF_CELLS = re.compile(rb"<(\w+):(?:row|c|col|f|v|is|t)[\s/>]")
_OTHER_DEFAULT = re.compile(rb"<(?:row|c|f|v|is|t)\s[^>]*\bxmlns\s*=")
_SPACES = (
    b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    b"http://purl.oclc.org/ooxml/spreadsheetml/main",
)


def without_asides(xml: bytes) -> bytes:
    """The part without comments and instructions: the guard and the reader of cells get the same bytes."""
    # Looked for by single rare signs: a hundred times as fast as by how they begin.
    if b"!" not in xml and xml.count(b"?") <= 2:
        return xml
    return _ASIDE.sub(b"", xml)


def check_sheet(xml: bytes, name: str) -> None:
    """
    Refuse a sheet with two tables of cells, with cells of another kind of XML, or with alternatives to choose from.

    Args:
        xml: As inflated; prefixes are still there.

    Raises:
        RefusedError: It can be read as two things.
    """
    if xml.count(b"sheetData") > 2 and len(_SHEET_DATA.findall(xml)) > 1:
        raise _read_as_two(f"two tables of cells in {name}")
    if xml.find(b"sheetData") < xml.find(b"AlternateContent") < xml.rfind(b"sheetData>"):
        raise _read_as_two(f"alternatives among the cells of {name}")
    if xml.count(b"xmlns") > 1:
        _check_spaces(xml, name)


def _check_spaces(xml: bytes, name: str) -> None:
    for prefix in set(_PREFIX_OF_CELLS.findall(xml)):
        declared = re.findall(rb"\bxmlns:" + prefix + rb"\s*=\s*[\"']([^\"']*)[\"']", xml)
        if set(declared) - set(_SPACES):
            raise _read_as_two(f"cells of another kind of XML in {name}")
    if _OTHER_DEFAULT.search(xml):
        raise _read_as_two(f"a cell that changes its kind of XML in {name}")


def check_values(xml: bytes, name: str) -> None:
    """
    Refuse a cell with two values, with a number written in references, parts or as no number.

    Args:
        xml: Without comments and prefixes.

    Raises:
        RefusedError: It can be read as two things.
    """
    for found in _ODD.finditer(xml):
        start = _start_of_cell(xml, found.start())
        if start < 0:
            continue
        end = xml.find(b"</c", max(found.end() - 1, start))
        cell = xml[start : end if end >= 0 else len(xml)]
        is_text = _TEXT.match(cell) is not None
        if len(_VALUES.findall(cell)) > 1 or len(_FORMULAS.findall(cell)) > 1 or _INSIDE_VALUE.search(cell):
            raise _read_as_two(f"a cell with two values in {name}")
        if _FORMULA_LATE.search(cell):  # the reader of cells takes it for empty
            raise _read_as_two(f"a formula behind its value in {name}")
        if not is_text and (_REFERENCE.search(cell) or _NOT_FINITE.search(cell)):
            raise _read_as_two(f"a number that is written as none in {name}")


def _start_of_cell(xml: bytes, position: int) -> int:
    start = position
    while (start := xml.rfind(b"<c", 0, start)) >= 0:
        if _CELL.match(xml, start):
            return start
    return -1


def _read_as_two(technical: str) -> RefusedError:
    return RefusedError("damaged-file", technical=technical)
