"""The sheet that lists every printed number with its origin."""

from collections.abc import Iterable
from typing import Any

from resolution_monitor.brief.figures import Figure, places
from resolution_monitor.brief.sentences import Messages

# A count over a whole country names thousands of cells; a sheet's cell holds some of them, the database all.
NAMED_CELLS = 40


def figure_rows(
    figures: Iterable[Figure], messages: Messages, most_cells: int | None = NAMED_CELLS
) -> list[dict[str, Any]]:
    """
    One row per figure.

    Args:
        most_cells: More than these are counted, not named; None names every one.
    """
    return [_row(figure, messages, len(figure.sources) if most_cells is None else most_cells) for figure in figures]


def _row(figure: Figure, messages: Messages, most_cells: int) -> dict[str, Any]:
    cells = places(figure.sources[:most_cells])
    rest = len(figure.sources) - most_cells
    return {
        "figure_id": figure.figure_id,
        "text": figure.text,
        "value": figure.value,
        "unit": messages.unit(figure.unit),
        "rule": figure.rule,
        "about": figure.about,
        "place": figure.place,
        "count": len(figure.sources),
        "cells": cells if rest <= 0 else messages.say("more_cells", cells=cells, count=rest),
    }
