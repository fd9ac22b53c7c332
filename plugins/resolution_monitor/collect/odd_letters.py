"""Letters that no page of ours prints: piles of marks on one letter, and signs that our fonts do not have."""

import re
import unicodedata
from collections.abc import Iterator
from typing import Any

# What the fonts of report_templates/_shared/fonts hold, or what stands for nothing; tests/unit/test_odd_letters.py.
_PRINTED = (
    "\x00-\x7f\u00a0-\u0377\u037a-\u037f\u0384-\u052f\u1d00-\u1df5\u1e00-\u206f\u2070-\u209c\u20a0-\u20be\u2100-\u214f"
    "\u2153\u2154\u215b-\u215e\u2190-\u2195\u2202\u2206\u220f\u2211\u2212\u2215\u2219\u221a\u221e\u221f\u2229\u222b"
    "\u2248\u2260\u2261\u2264\u2265\u25a0\u25a1\u25aa\u25ab\u25b2\u25ba\u25bc\u25c4\u25ca\u25cb\u25cf\u25e6\ufb01\ufb02"
    "\ufeff\u0080-\u009f"
)
# In the sheets that an answer adds, which a body sends back with the rest.
SIGNS_OF_ANSWERS = "\u2716\u270e"
_UNPRINTED = re.compile(f"[^{_PRINTED}{SIGNS_OF_ANSWERS}]")
# No Vietnamese letter bears more than two; one more is a slip, and more are a pile.
MOST_MARKS = 3
_MARKS = "\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
_TWO_MARKS = re.compile(f"[{_MARKS}][{_MARKS}]")
_PILE = re.compile(f"[{_MARKS}]{{{MOST_MARKS + 1}}}")
_SHOWN, _BOX = 60, "\u25a1"


def odd_letters(sheets: list[dict[str, Any]]) -> dict[str, Any] | None:
    """
    The first text with such letters, and how many cells hold some; None where there is none.

    Args:
        sheets: As the reader answers them.
    """
    places = list(_places(sheets))
    if not places:
        return None
    sheet, row, column, text = places[0]
    return {"sheet": sheet, "place": [row, column], "text": _shown(text), "cells": len(places)}


def _places(sheets: list[dict[str, Any]]) -> Iterator[tuple[str, int, int, str]]:
    for sheet in sheets:
        whole = "\n".join([held for cells in sheet["rows"] for held in cells if type(held) is str])
        if not _is_odd(whole):
            continue
        for row, cells in enumerate(sheet["rows"]):
            for column, held in enumerate(cells):
                if type(held) is str and _is_odd(held):
                    yield sheet["name"], row, column, held


def _is_odd(text: str) -> bool:
    if text.isascii():
        return False
    if _UNPRINTED.search(text):
        return True
    # Composed, a pile begins with two marks beside each other.
    return bool(_TWO_MARKS.search(text) and _PILE.search(unicodedata.normalize("NFD", text)))


def _shown(text: str) -> str:
    """Its beginning, with a box for what cannot be printed and without the piles."""
    bare = re.sub(f"[{_MARKS}]+", "", unicodedata.normalize("NFC", _UNPRINTED.sub(_BOX, text)))
    return " ".join(bare.split())[:_SHOWN]
