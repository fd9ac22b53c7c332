"""What is kept instead of being worked out anew: what of the ledger is new, and which files nobody has settled yet."""

import hashlib
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from conftest import NOW
from ledger_histories import BODIES, MONTHS, History
from unit.test_closed_indicators import ITEM, send

from resolution_monitor.catalogue.entries import Catalogue
from resolution_monitor.ledger.obligations import owed_in
from resolution_monitor.period import parse_period, periods_between
from resolution_monitor.pipeline import Context, fill_ledger
from resolution_monitor.pipeline.closings import closings_of
from resolution_monitor.pipeline.ledger import fill_periods
from resolution_monitor.store import ledger_rows

MONTHS_OF_2026 = periods_between("month", date(2026, 5, 1), date(2026, 12, 31))
UNSETTLED = (
    "select submission_id, state, catalogue_sha256 from unsettled_submission",
    "select submission_id, state, catalogue_sha256 from standing_submission where state in ('received', 'rejected')",
)
LED = [(f"57-T9{number}", agency_id) for number, agency_id in enumerate(BODIES[:4])]
KEY = ["agency_id", "item_kind", "item_id", "period_name", "due_at", "closes_at", "weight"]


def rows_of(frame: object) -> list[tuple[object, ...]]:
    return sorted(frame[KEY].itertuples(index=False, name=None))  # type: ignore[index]


class NewsHistory(History):
    """After everything that happens the new is filled, and the ledger must hold exactly what is owed."""

    filled = 0

    def _load(self) -> None:
        super()._load()
        self._fill()

    def _fill(self) -> None:
        self._context = replace(self._context, catalogue=named_by_content(self._context.catalogue))
        closings = closings_of(self._context)
        self.outcome.add(
            "closed", sum(closings.is_closed(item, {body}, month) for item, body in LED for month in MONTHS)
        )
        owed = owed_in(self._context.catalogue, MONTHS, closings)
        self.filled += fill_periods(self._context, MONTHS)["periods"]
        facts = ledger_rows.facts_as_known(self._context.database, [one.name for one in MONTHS])
        self.outcome.require(
            rows_of(owed) == rows_of(facts.obligations), f"{self.now}: another ledger than filling all"
        )
        self.outcome.add("filled")
        with self._context.database.transaction() as connection:
            kept, standing = (sorted(map(tuple, connection.exec_driver_sql(asked))) for asked in UNSETTLED)
        self.outcome.require(kept == standing, f"{self.now}: other files wait to be read than states say")
        self.outcome.add("waiting", len(kept))


def named_by_content(catalogue: Catalogue) -> Catalogue:
    """An edited catalogue has another name."""
    content = repr((catalogue.indicators, catalogue.tasks))
    return replace(catalogue, sha256=hashlib.sha256(content.encode()).hexdigest())


def test_what_was_filled_is_not_filled_again(context: Context):
    """
    Four months were filled: asked again at once, and after a day, none is; a month more, only that one.
    """
    fill_ledger(context, MONTHS_OF_2026[0], MONTHS_OF_2026[3])
    fill_periods(context, MONTHS_OF_2026[:4])

    again = fill_periods(context, MONTHS_OF_2026[:4])["periods"]
    tomorrow = fill_periods(replace(context, now=NOW + timedelta(days=1)), MONTHS_OF_2026[:4])["periods"]
    with_next = fill_periods(replace(context, now=NOW + timedelta(days=1)), MONTHS_OF_2026[:5])["periods"]

    assert (0, 0, 1) == (again, tomorrow, with_next)


def test_another_catalogue_or_clock_fills_everything(context: Context):
    """
    Under another catalogue, or by a clock that goes back, nothing is known to be the same.
    """
    two = (parse_period("2026-09"), parse_period("2026-10"))
    for _ in range(2):
        fill_periods(context, two)
    edited = replace(context, catalogue=replace(context.catalogue, sha256="edited"))

    assert 2 == fill_periods(edited, two)["periods"]
    assert 2 == fill_periods(replace(edited, now=NOW - timedelta(days=1)), two)["periods"]
    assert 2 == fill_periods(replace(edited, sees_until=NOW), two)["periods"]
    assert 2 == fill_periods(edited, two)["periods"]


@pytest.mark.parametrize("seed", [2, 7])
def test_the_new_alone_gives_the_same_ledger(context: Context, seed: int):
    """
    Whatever happens - files late and early, taken back, read again, waived, reopened, edits - the ledger holds what
    filling all of it would, and mostly less was filled.
    """
    history = NewsHistory(context, seed)
    outcome = history.play(10)

    assert [] == outcome.broken
    assert outcome.counts["closed"] > 0
    assert outcome.counts["waiting"] > 0
    assert history.filled < outcome.counts["filled"] * len(MONTHS)


def test_a_figure_that_closes_is_news(context: Context, tmp_path: Path):
    """
    The target reached in June was told when all months were filled: from July on it is owed no more, and only they
    were looked at.
    """
    months = MONTHS_OF_2026[:6]
    send(context, tmp_path, "05-09", "2026-04", 90)
    for _ in range(2):
        fill_periods(context, months)
    send(context, tmp_path, "07-09", "2026-06", 100)
    late = replace(context, now=NOW + timedelta(hours=1))
    counts = fill_periods(late, months)
    owed = ledger_rows.facts_as_known(context.database, [one.name for one in months]).obligations

    assert ["2026-05", "2026-06"] == sorted(owed[owed["item_id"] == ITEM]["period_name"])
    assert 4 == counts["periods"]
