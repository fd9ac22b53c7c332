"""The sheet that lists every printed number with its origin."""

from collections.abc import Callable, Iterable
from typing import Any

from resolution_monitor.brief.figures import Figure, places

# A count over a whole country names thousands of cells; a sheet's cell holds some of them, the database all.
_NAMED_CELLS = 40


def figure_rows(figures: Iterable[Figure], say: Callable[..., str]) -> list[dict[str, Any]]:
    """
    One row per figure.

    Args:
        say: Words the message `more_cells`.
    """
    return [_row(figure, say) for figure in figures]


def _row(figure: Figure, say: Callable[..., str]) -> dict[str, Any]:
    cells = places(figure.sources[:_NAMED_CELLS])
    rest = len(figure.sources) - _NAMED_CELLS
    return {
        "figure_id": figure.figure_id,
        "text": figure.text,
        "value": figure.value,
        "unit": figure.unit,
        "rule": figure.rule,
        "about": figure.about,
        "place": figure.place,
        "count": len(figure.sources),
        "cells": cells if rest <= 0 else say("more_cells", cells=cells, count=rest),
    }
