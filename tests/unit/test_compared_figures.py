"""Shares of provinces held against each other on the road: the same is asked however the files come to be read."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from conftest import NOW
from unit.test_value_states import lay

from resolution_monitor.ask.findings import standing_findings
from resolution_monitor.catalogue.entries import Catalogue
from resolution_monitor.period import parse_period
from resolution_monitor.pipeline import Context
from resolution_monitor.pipeline.collect import collect
from resolution_monitor.pipeline.normalise import normalise
from resolution_monitor.pipeline.pieces import compared_bodies, pieces_of
from resolution_monitor.reporting.content import BodyReport, IndicatorEntry, ValueState
from resolution_monitor.terms import Submission

SHARE, CHECK = "D13", "share-far-from-peers"
BEFORE, DAY = "2026-10-30", "2026-10-31"
# Eleven provinces said 86 to 96 the day before; of the next day one moves far, one says its first figure, far off too.
STEADY, MOVED, FIRST = "T01-UBND", "T79-UBND", "T31-UBND"


def tell(inbox: Path, agency_id: str, day: str, value: str, at: str | None = None) -> None:
    entry = IndicatorEntry(SHARE, Decimal(value), ValueState.REPORTED)
    lay(inbox, BodyReport(agency_id, parse_period(day), (entry,), (), (), ()), at or f"{day}T15:00:00+07:00")


def tell_before(inbox: Path, provinces: Sequence[str], at: str | None = None) -> None:
    others = [one for one in provinces if one not in (FIRST, STEADY, MOVED)]
    for place, agency_id in enumerate((*others[:9], STEADY, MOVED)):
        tell(inbox, agency_id, BEFORE, str(86 + place), at)


def tell_then(inbox: Path) -> None:
    for agency_id, value in ((MOVED, "60"), (FIRST, "8.9"), (STEADY, "84")):
        tell(inbox, agency_id, DAY, value)


def read(context: Context, inbox: Path) -> set[tuple[str, str]]:
    collect(context, inbox)
    normalise(context, None)
    found = standing_findings(context.database, None, with_notes=False)
    return {(row["sender_id"], row["raw_value"]) for row in found.to_dict("records") if row["check_code"] == CHECK}


@pytest.mark.parametrize(("workers", "in_one_run"), [(1, True), (3, True), (1, False)])
def test_a_figure_far_from_the_others(
    context: Context, catalogue: Catalogue, tmp_path: Path, workers: int, *, in_one_run: bool
):
    """
    The same two wait, whether both days are read in one run, by one process or several, or one run after the other.
    """
    context = replace(context, settings=replace(context.settings, workers=workers))
    tell_before(tmp_path, catalogue.reporters_of(catalogue.indicators[SHARE]))
    if not in_one_run:
        assert set() == read(context, tmp_path)
    tell_then(tmp_path)

    assert {(MOVED, "60"), (FIRST, "8,9")} == read(context, tmp_path)


def test_what_came_after_the_day_began_is_not_held_against_it(context: Context, catalogue: Catalogue, tmp_path: Path):
    """
    What the others told of yesterday only today was not known when today began, however soon it is read.
    """
    tell_before(tmp_path, catalogue.reporters_of(catalogue.indicators[SHARE]), f"{DAY}T01:00:00+07:00")
    tell_then(tmp_path)

    assert set() == read(context, tmp_path)


def test_pieces(catalogue: Catalogue):
    """
    What is compared is read in the order in which it came; else files of one sender stay together, in their order.
    """
    compared = compared_bodies(catalogue)
    assert {"day"} == compared[STEADY]
    assert "BYT" not in compared
    senders = [MOVED, "BYT", STEADY, "BTC", "BYT"]
    files = [
        Submission(number, sender, "a.csv", "", NOW - timedelta(hours=number)) for number, sender in enumerate(senders)
    ]
    pieces = list(pieces_of(files, compared))

    assert [[2, 0]] == [[one.submission_id for one in piece.files] for piece in pieces if piece.is_compared]
    assert [[1, 4, 3]] == [[one.submission_id for one in piece.files] for piece in pieces if not piece.is_compared]
