"""Leaves of indicators: what each lead reported against what the resolution asks for.

Source: docs/method.md, clauses 2.1 to 2.7 and its trees. Day numbers as float64; NaN is null.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import numpy as np
import pandas

from resolution_monitor.catalogue.entries import Catalogue, Indicator
from resolution_monitor.ledger.items import ItemKind
from resolution_monitor.reporting.content import ValueState
from resolution_monitor.score.arrays import Floats, Texts, Whole
from resolution_monitor.score.kinds import frame_of
from resolution_monitor.score.path_points import Points
from resolution_monitor.score.resolution_aims import GROWTH, Aims, aims_of, first_days
from resolution_monitor.score.resolution_figures import figures_of
from resolution_monitor.score.resolution_history import History, history_of
from resolution_monitor.score.resolution_known import (
    Known,
    as_at_days,
    day_numbers,
    due_by,
    holders,
    latest_of,
    with_holders,
)
from resolution_monitor.score.resolution_measured import Measured, measure
from resolution_monitor.score.resolution_outlook import Outlook, outlook_of, periods_left
from resolution_monitor.score.resolution_rows import SOURCE_COLUMNS, Assigned, base_rows, dates, taken, texts_or_none
from resolution_monitor.score.resolution_verdicts import columns_of, verdict_of
from resolution_monitor.score.situation import DELIVERABLE, LAG, Situation
from resolution_monitor.score.steps import Steps
from resolution_monitor.score.trajectory import STEP, TABLE, Path


@dataclass(frozen=True, slots=True)
class Asked:
    """Indicators with the days they are looked at: one element per leaf."""

    aims: Aims
    kinds: Texts
    as_at_day: Floats


def indicator_leaves(catalogue: Catalogue, moment: datetime, known: Known) -> pandas.DataFrame:
    """
    One row per indicator of a resolution and body that reports it, with the columns of leaves that concern it.

    What belongs to no resolution, as the daily figures of provinces do, is watched and not rated: it is no leaf.
    """
    indicators = [one for one in catalogue.indicators.values() if one.resolution is not None]
    assigned = _assigned(catalogue, indicators, moment).among(known.bodies)
    base = base_rows(catalogue, assigned)
    asked = _asked(catalogue, indicators, assigned.entry, moment)
    history = history_of(
        base,
        (first_days(asked.aims), asked.as_at_day),
        _owed(catalogue, moment, known),
        _reported(catalogue, indicators, moment, known),
    )
    return base.assign(**_columns(asked, history))


def _assigned(catalogue: Catalogue, indicators: Sequence[Indicator], moment: datetime) -> Assigned:
    """What many bodies report weighs in its resolution as one."""
    holder_of = holders(catalogue, moment)
    # Many indicators are reported by the same bodies.
    known: dict[tuple[str | None, tuple[str, ...]], list[str]] = {}
    for one in indicators:
        if (one.lead, one.bodies) not in known:
            named = catalogue.reporters_of(one)
            known[one.lead, one.bodies] = list(dict.fromkeys(map(holder_of, named)))
    return Assigned.of(indicators, [known[one.lead, one.bodies] for one in indicators])


def _asked(catalogue: Catalogue, indicators: Sequence[Indicator], entry: Whole, moment: datetime) -> Asked:
    frequencies = [one.frequency for one in indicators]
    as_at = as_at_days(catalogue, frequencies, [one.publication_lag_days for one in indicators], moment)
    return Asked(
        aims=aims_of(indicators).rows(entry),
        kinds=np.array([_kind_of(catalogue, one) for one in indicators], dtype=np.str_)[entry],
        as_at_day=as_at[entry],
    )


def _kind_of(catalogue: Catalogue, indicator: Indicator) -> str:
    return catalogue.period_calendars[indicator.frequency].period_kind


def _owed(catalogue: Catalogue, moment: datetime, known: Known) -> pandas.DataFrame:
    due = due_by(known.ledger, ItemKind.INDICATOR.value, moment)
    owed = with_holders(catalogue, due[["agency_id", "item_id", "period_end", "state"]], moment)
    return owed.assign(day=day_numbers(owed["period_end"])).drop(columns="period_end")


def _reported(
    catalogue: Catalogue, indicators: Sequence[Indicator], moment: datetime, known: Known
) -> pandas.DataFrame:
    """The standing figure of each body, indicator and period of the indicator's own kind."""
    kind_of = {one.indicator_id: _kind_of(catalogue, one) for one in indicators}
    values = known.values[known.values["indicator_id"].map(kind_of) == known.values["period_kind"]]
    values = with_holders(catalogue, values, moment).rename(columns={"indicator_id": "item_id"})
    # Of two bodies that are one today, the later report stands.
    values = latest_of(values, "received_at", ["agency_id", "item_id", "period_end"])
    has_figure = values["value"].notna() | (values["numerator"].notna() & values["denominator"].notna())
    is_usable = has_figure | (values["value_state"] == ValueState.NO_ACTIVITY.value)
    columns = ["agency_id", "item_id", "value", "numerator", "denominator", "value_state", *SOURCE_COLUMNS]
    return values[columns].assign(day=day_numbers(values["period_end"]), is_usable=is_usable)


def _columns(asked: Asked, history: History) -> dict[str, Any]:
    aims, measured = asked.aims, measure(asked.aims, history)
    path = _path(aims, measured, asked.as_at_day)
    situation, outlook = _situation(asked, measured, path, history)
    verdict = verdict_of(situation, measured.last_day - measured.start_day, measured.attainment.multiplier)
    written = figures_of(aims, history).last(measured.last_entry).written
    return {
        **columns_of(verdict),
        "as_at": dates(asked.as_at_day),
        "started_on": dates(measured.start_day),
        "due_on": dates(aims.due_day),
        "is_due_assumed": False,
        "flags": measured.attainment.flags(),
        "attainment_raw_pct": measured.attainment.ratio * 100.0,
        "attainment_pct": measured.attainment.published_pct,
        "missed": np.where(verdict.standing.is_closed, 0, measured.missed),
        "owed_total": history.owed_counts,
        "value": written,
        "value_on": dates(np.append(history.day, np.nan)[measured.last_entry]),
        "baseline": measured.baseline,
        "target": measured.dated.target,
        "target_low": aims.low,
        "target_high": aims.high,
        "forecast_band": texts_or_none(outlook.band),
        **{name: taken(history.entries[name], measured.last_entry) for name in SOURCE_COLUMNS},
    }


def _path(aims: Aims, measured: Measured, as_at_day: Floats) -> Path:
    """Several dated targets are a table, unless the catalogue says that they are steps."""
    is_growth = aims.kind == GROWTH
    total = aims.due_day - measured.start_day
    is_table = measured.is_dated & ~is_growth & (aims.shape != STEP)
    index = (1.0 + measured.aim.target) ** measured.aim.years
    return Path(
        shape=np.where(is_table, TABLE, aims.shape),
        elapsed_days=as_at_day - measured.start_day,
        total_days=np.where(total > 0, total, np.nan),
        baseline=np.where(is_growth, 1.0, measured.baseline),
        target=np.where(is_growth, index, measured.dated.target),
        points=Points(aims.target_days - measured.start_day[:, None], measured.dated.fractions),
    )


def _situation(asked: Asked, measured: Measured, path: Path, history: History) -> tuple[Situation, Outlook]:
    aims = asked.aims
    frame = frame_of(aims.kind, measured.aim)
    judged_as = np.where(aims.is_binary, DELIVERABLE, frame.judged_as)
    is_moving = (judged_as == LAG) & ~measured.is_unrated & (path.shape != STEP)
    outlook = outlook_of(
        replace(path, shape=np.where(is_moving, path.shape, "")),
        measured.start_day,
        history,
        history.flat(measured.fractions),
        periods_left(asked.kinds, asked.as_at_day, aims.due_day),
    )
    achieved = measured.achieved_day - measured.start_day
    return Situation(
        judged_as=judged_as,
        path=path,
        fraction=measured.fraction,
        floor=frame.floor,
        tolerance=frame.tolerance,
        missed=measured.missed,
        forecast_last=outlook.last,
        forecast_previous=outlook.previous,
        achieved_after_days=achieved,
        is_overspent=measured.attainment.is_overspent,
        is_unrated=measured.is_unrated,
        steps=_one_step(path.total_days, achieved),
    ), outlook


def _one_step(due_day: Floats, met_day: Floats) -> Steps:
    """A product asked for by an indicator: done from the first report that said so and was not taken back."""
    met = met_day[:, None]
    return Steps(due_day=due_day[:, None], weight=np.ones(met.shape), met_day=met, has_evidence=~np.isnan(met))
