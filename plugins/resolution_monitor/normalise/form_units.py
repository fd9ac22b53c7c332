"""Units as forms write them, each brought into the unit of its indicator; what cannot be is none."""

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal

from resolution_monitor.normalise.form_header import Piece
from resolution_monitor.normalise.values import bare, millions_in_unit
from resolution_monitor.terms import Sheet

_THOUSAND = 1_000
_SIZES = {
    "": 1,
    "nghin": _THOUSAND,
    "ngan": _THOUSAND,
    "trieu": _THOUSAND**2,
    "ty": _THOUSAND**3,
    "ti": _THOUSAND**3,
    "nghin ty": _THOUSAND**4,
    "nghin ti": _THOUSAND**4,
}
_SIZE = re.compile(r"(?:(?P<size>nghin t[yi]|nghin|ngan|trieu|t[yi]) )?(?P<base>.+)")
_INTRODUCED = re.compile(r"^(?:don vi(?: tinh)?|dvt) ?:? ?")
_BRACKETED = re.compile(r"\(([^()]*)\)")
_DONG = "dong"
_SHARE = "%"
# "12,5 tr.đ" and the like are not among them: whoever writes a unit behind a figure writes it in full.
_SHORT_NAMES = {"d": _DONG, "vnd": _DONG}


def factor_between(written: str, wanted: str) -> Decimal | None:
    """
    What a figure in the written unit is multiplied with to be in the wanted one; None where it is another unit.

    "tỷ đồng" in triệu đồng is 1000. A bare "%" is a share of whatever the wanted unit says: "% dân số".
    """
    size, base = _parts(written)
    wanted_size, wanted_base = _parts(wanted)
    if base == wanted_base or (base == _SHARE and wanted_base.startswith(_SHARE)):
        return Decimal(size) / Decimal(wanted_size)
    return None


def factor_of_cell(unit: str, wanted: str, around: Decimal) -> Decimal | None:
    """
    The same for a unit that a figure's own cell names, such as "ty dong", "%" or "trieu".

    Args:
        around: The factor of what stands around the cell: "12,5 nghìn" below "Đơn vị: triệu đồng" may mean two things.
    """
    whole = factor_between(unit, wanted)
    if whole is not None or unit not in _SIZES:
        return whole
    meant = factor_between(f"{unit} {_parts(wanted)[1]}", wanted)
    return meant if meant == around else None


def units_above(sheet: Sheet, below: int, wanted: str) -> dict[str, Decimal]:
    """The units that cells above the row `below` name and that can become the wanted one, with their factors."""
    cells = [value for row in sheet.rows[:below] for value in row if isinstance(value, str)]
    if _parts(wanted)[1] == _DONG:
        return _usable((named[0] for named in map(millions_in_unit, cells) if named), wanted)
    return _usable((_INTRODUCED.sub("", _bare(text)) for text in cells), wanted)


def units_of_heading(pieces: Sequence[Piece], wanted: str) -> dict[str, Decimal]:
    """The same of a column's heading: a cell that holds nothing else, or what stands in brackets."""
    texts = [_bare(piece.text) for piece in pieces]
    bracketed = (inside for text in texts for inside in _BRACKETED.findall(text))
    return _usable((_INTRODUCED.sub("", text.strip()) for text in (*texts, *bracketed)), wanted)


def _usable(units: Iterable[str], wanted: str) -> dict[str, Decimal]:
    factors = {unit: factor_between(unit, wanted) for unit in units if unit}
    return {unit: factor for unit, factor in factors.items() if factor is not None}


def _parts(unit: str) -> tuple[int, str]:
    found = _SIZE.fullmatch(_bare(unit).strip("() "))
    if found is None:
        return 1, ""
    base = _SHORT_NAMES.get(found["base"], found["base"])
    return _SIZES[found["size"] or ""], base


def _bare(text: str) -> str:
    return " ".join(bare(text).split())
