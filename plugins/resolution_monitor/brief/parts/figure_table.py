"""The sheet that lists every printed number with its origin."""

from collections.abc import Iterable, Iterator
from typing import Any

from resolution_monitor.brief.figures import Figure, Source, places
from resolution_monitor.brief.sentences import Messages

# A cell of a sheet holds 32,767 letters: a count over the whole country may name more cells than go into one.
MOST_LETTERS = 32_000


def figure_rows(figures: Iterable[Figure], messages: Messages) -> list[dict[str, Any]]:
    """One row per figure with every cell behind it; a list that one cell of the sheet cannot hold goes on below."""
    return [row for figure in figures for row in _rows(figure, messages)]


def _rows(figure: Figure, messages: Messages) -> Iterator[dict[str, Any]]:
    for number, part in enumerate(_parts(figure.sources)):
        yield {
            "figure_id": figure.figure_id,
            "text": figure.text if not number else messages.say("goes_on"),
            "value": figure.value if not number else None,
            "unit": messages.unit(figure.unit),
            "rule": figure.rule,
            "about": figure.about,
            "place": figure.place,
            "count": len(figure.sources) if not number else None,
            "cells": places(part),
        }


def _parts(sources: tuple[Source, ...]) -> list[tuple[Source, ...]]:
    """The cells in as few parts as it takes that each can be written into one cell of a sheet."""
    written = sum(len(one.file_name) + len(one.sheet) + len(one.cell) + 4 for one in sources)
    if written <= MOST_LETTERS or len(sources) < 2 or len(places(sources)) <= MOST_LETTERS:
        return [sources]
    half = len(sources) // 2
    return [*_parts(sources[:half]), *_parts(sources[half:])]
