"""What a period is scored by: the bodies and thresholds of its last day, and its rows put under these bodies."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pandas
import pytest
from tree_case import BRIEFED, OCTOBER, TASK_COLUMNS, indicator, ledger_of, october, small, value

from resolution_monitor.catalogue.entries import Catalogue, Succession
from resolution_monitor.period import parse_period
from resolution_monitor.score.month.month import Known, follow_up_of, month_of
from resolution_monitor.score.month.scored_period import scored_period

ITEM = indicator("91.01", "BTC")


def merged(catalogue: Catalogue) -> Catalogue:
    """X01 becomes part of X02 on 1 July, X02 part of BTC on the last day of October."""
    ended = replace(catalogue.bodies["BTC"], agency_id="X01", valid_to=date(2026, 6, 30))
    chosen = small(catalogue, [ITEM])
    steps = (("X01", "X02", date(2026, 7, 1)), ("X02", "BTC", date(2026, 10, 31)))
    return replace(
        chosen,
        bodies={**chosen.bodies, "X01": ended, "X02": replace(ended, agency_id="X02")},
        successions=tuple(Succession(*step, "x", "high") for step in steps),
    )


@pytest.mark.parametrize(
    ("period", "holder", "names"),
    [("2026-06", "X01", {"BTC"}), ("2026-07", "X02", {"BTC"}), ("2026-10", "BTC", {"BTC", "X01", "X02"})],
)
def test_who_stands_for_whom_on_the_day(catalogue: Catalogue, period: str, holder: str, names: set[str]):
    """
    June ends before both mergers, July between them, October after; when a month is briefed does not matter.
    """
    scored = scored_period(merged(catalogue), parse_period(period))

    assert holder == scored.holder_of("X01")
    assert names == scored.names_of(["BTC"])
    assert "BTC" == scored.holder_of("BTC")


def test_a_period_is_scored_by_the_thresholds_of_its_last_day(catalogue: Catalogue):
    """
    Amber begins at .8, from 31 October at .7: October goes by .7, September, briefed in October, by .8.
    """
    newer = [one for one in catalogue.rule_settings if one.setting == "amber_from"][-1]
    changed = replace(
        catalogue,
        rule_settings=(*catalogue.rule_settings, replace(newer, value=0.7, since=OCTOBER.end)),
    )
    now, before = (scored_period(changed, parse_period(name)) for name in ("2026-10", "2026-09"))

    assert (BRIEFED, date(2026, 11, 12)) == (now.moment, now.day)
    assert (0.7, 0.8) == (now.limits.amber_from, before.limits.amber_from)


def test_rows_of_then_stand_under_the_heir(catalogue: Catalogue):
    """
    What X01 reported and owed is BTC's when October is scored, in the order it came; the ledger still says who owed it.
    """
    chosen = merged(catalogue)
    owed = ledger_of(chosen)
    mixed = owed.assign(agency_id=["X01" if at % 2 else "BTC" for at in range(len(owed))])
    told = [value(ITEM, "2026-06", 1, agency_id="X01"), value(ITEM, "2026-10", 2), value(ITEM, "2026-07", 3)]
    month = october(chosen, mixed, told)

    assert {"BTC"} == {*month.values["agency_id"], *month.ledger["agency_id"]}
    assert mixed["agency_id"].tolist() == month.ledger["owed_by"].tolist()
    assert [1, 2, 3] == month.values["value"].tolist()
    assert mixed.drop(columns="agency_id").equals(month.ledger[mixed.columns].drop(columns="agency_id"))


def test_a_figure_of_another_unit_is_no_figure_of_the_series(catalogue: Catalogue):
    """
    A figure that was read in percent says nothing of what is measured in points; one of points, or of then, does.
    """
    chosen = small(catalogue, [ITEM])
    units = {"2026-08": None, "2026-09": "%", "2026-10": "điểm"}
    told = [value(ITEM, month, place) | {"unit": unit} for place, (month, unit) in enumerate(units.items())]
    reports = pandas.DataFrame(columns=list(TASK_COLUMNS), dtype=object)
    known = Known(pandas.DataFrame(told, dtype=object), reports, ledger_of(chosen), BRIEFED)

    assert [0, 2] == month_of(scored_period(chosen, OCTOBER), known).values["value"].tolist()


def test_a_correction_knows_when_its_period_was_scored(catalogue: Catalogue):
    """
    A figure of September that is seen in October's month was ranked on the briefing of September.
    """
    scored = scored_period(merged(catalogue), OCTOBER)
    row = {"agency_id": "X01", "indicator_id": "91.01", "period_kind": "month", "period_end": date(2026, 9, 30)}
    corrections = pandas.DataFrame([row, {**row, "period_end": date(2026, 10, 31)}], index=[7, 3])
    beside = follow_up_of(scored, corrections, corrections.iloc[:0])
    ranked: list[datetime] = beside.corrections["ranked_at"].tolist()

    assert [scored_period(scored.catalogue, parse_period("2026-09")).moment, BRIEFED] == ranked
    assert ranked[1] - ranked[0] > timedelta(days=27)
    assert ["BTC", "BTC"] == beside.corrections["agency_id"].tolist()
    assert beside.verifications.empty
