"""Much that is known, cut by indicators into pieces that stay in the processor's cache: each is scored by itself."""

import itertools
from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pandas

from resolution_monitor.ledger.items import ItemKind
from resolution_monitor.method.arrays import Whole
from resolution_monitor.score.month.month import Month

# Rows of what is owed or reported; a month of the catalogue's own bodies is one piece.
_ROWS_A_PIECE = 65_536


def pieces_of(month: Month) -> Iterator[Month]:
    """The month with some of its indicators and what is known of these, until all had their turn."""
    catalogue = month.catalogue
    size = max(len(month.ledger), len(month.values))
    count = min(-(-size // _ROWS_A_PIECE), len(catalogue.indicators))
    if count <= 1:
        yield month
        return
    keys = list(catalogue.indicators)
    piece_of = {key: number * count // len(keys) for number, key in enumerate(keys)}
    owed = month.ledger[month.ledger["item_kind"] == ItemKind.INDICATOR.value]
    values = _cut(month.values, "indicator_id", piece_of, count)
    for number, (theirs, reported) in enumerate(zip(_cut(owed, "item_id", piece_of, count), values, strict=True)):
        some = {key: catalogue.indicators[key] for key in keys if piece_of[key] == number}
        scored = replace(month.scored, catalogue=replace(catalogue, indicators=some))
        yield replace(month, scored=scored, ledger=theirs, values=reported)


def _cut(frame: pandas.DataFrame, column: str, piece_of: dict[str, int], count: int) -> Iterator[pandas.DataFrame]:
    """The rows of each piece in their order; of what the catalogue does not hold none."""
    codes, keys = pandas.factorize(frame[column])
    piece: Whole = np.array([piece_of.get(key, count) for key in keys], dtype=np.int64)[codes]
    order = np.argsort(piece, kind="stable")
    ends = np.searchsorted(piece[order], np.arange(count + 1))
    for first, last in itertools.pairwise(ends):
        yield frame.iloc[order[first:last]]
