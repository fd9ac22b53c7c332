"""Assignments of indicators: what each lead reported against what the resolution asks for.

Source: docs/method.md, clauses 2.1 to 2.7 and its trees. Day numbers as float64; NaN is null.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas

from resolution_monitor.catalogue.entries import Catalogue, Indicator
from resolution_monitor.ledger.items import ItemKind
from resolution_monitor.method.arrays import Floats, Texts, Whole
from resolution_monitor.method.limits import Limits
from resolution_monitor.method.path import TABLE, Path, Points
from resolution_monitor.reporting.content import HAS_CONTENT
from resolution_monitor.score.month.aims import Aims, aims_of, first_days
from resolution_monitor.score.month.figures import figures_of
from resolution_monitor.score.month.first_figures import FirstFigures, first_figures
from resolution_monitor.score.month.frames import DAY_UNVERIFIED, DONE_NO_EVIDENCE
from resolution_monitor.score.month.indicator_outlook import Outlook, outlook_of, periods_left
from resolution_monitor.score.month.measured import Measured, measure
from resolution_monitor.score.month.month import Month
from resolution_monitor.score.month.product_proofs import PROOF_COLUMNS, ProductProof, proofs_of, with_proofs
from resolution_monitor.score.month.report_history import History, history_of, latest_of, owed_of
from resolution_monitor.score.month.revisions import revision_columns, revision_flags
from resolution_monitor.score.month.rows import SOURCE_COLUMNS, Assigned, base_rows, joined_flags, taken, texts_or_none
from resolution_monitor.score.month.scored_period import ScoredPeriod, as_at_days
from resolution_monitor.score.month.verdicts import Verdict, columns_of, verdict_of
from resolution_monitor.score.rules.days import dates, day_numbers
from resolution_monitor.score.rules.kinds import frame_of
from resolution_monitor.score.rules.situation import DELIVERABLE, LAG, Situation
from resolution_monitor.score.rules.steps import Steps
from resolution_monitor.score.rules.trajectory import is_stepwise, takes_points

# The first figure was told otherwise after it had frozen; a named person made another telling of it the baseline.
FIRST_CORRECTED, BASELINE_DECIDED = "FIRST_CORRECTED", "BASELINE_DECIDED"


@dataclass(frozen=True, slots=True)
class Asked:
    """
    Indicators with the days they are looked at: one element per assignment.

    Attributes:
        entries: Each indicator once.
        entry: The place of each assignment's indicator among them.
        kinds: The kind of period it is reported by.
    """

    entries: Sequence[Indicator]
    entry: Whole
    aims: Aims
    kinds: Texts
    as_at_day: Floats
    limits: Limits

    @property
    def indicators(self) -> list[Indicator]:
        """The indicator of each assignment."""
        return [self.entries[place] for place in self.entry]


@dataclass(frozen=True, slots=True)
class Workings:
    """
    All that lies between reported figures and the assignments of indicators; one element per assignment.

    Attributes:
        base: Item, body and place of each assignment; see base_rows.
        first: First due figures, of which some stand in for a baseline.
        proof: Of products, the documents that prove them.
        outlook: Forecast; by its last two origins green may become amber.
    """

    base: pandas.DataFrame
    asked: Asked
    history: History
    first: FirstFigures
    measured: Measured
    proof: ProductProof
    situation: Situation
    outlook: Outlook
    verdict: Verdict


def indicator_assignments(workings: Workings) -> pandas.DataFrame:
    """
    One row per indicator of a resolution and body that reports it, with the columns of assignments that concern it.

    What belongs to no resolution, as the daily figures of provinces do, is watched and not rated: it is no assignment.
    """
    return workings.base.assign(**_columns(workings))


def indicator_workings(month: Month) -> Workings:
    """The rules with every intermediate value, in the order of the assignments."""
    indicators = [one for one in month.catalogue.indicators.values() if one.resolution is not None]
    assigned = _assigned(month.scored, indicators).among(month.bodies)
    base = base_rows(month.catalogue, assigned)
    asked = _asked(month.scored, indicators, assigned.entry)
    span = (first_days(asked.aims), asked.as_at_day)
    history = history_of(base, span, owed_of(month, ItemKind.INDICATOR), _reported(month, indicators))
    keys = base[["agency_id", "item_id"]].assign(period_kind=asked.kinds)
    return _worked(base, asked, history, first_figures(month, keys, asked.aims, history))


def with_other_baselines(workings: Workings) -> Workings:
    """The same, had the other first figure been taken as baseline wherever there is one."""
    return _worked(workings.base, workings.asked, workings.history, workings.first.turned_round())


def _worked(base: pandas.DataFrame, asked: Asked, history: History, first: FirstFigures) -> Workings:
    measured, proof = measure(asked.aims, history, first.value, asked.limits), proofs_of(asked.aims, history)
    situation, outlook = _situation(asked, measured, proof, _path(asked.aims, measured, asked.as_at_day), history)
    verdict = verdict_of(situation, measured.last_day - measured.start_day, measured.attainment.multiplier)
    return Workings(base, asked, history, first, measured, proof, situation, outlook, verdict)


def _assigned(scored: ScoredPeriod, indicators: Sequence[Indicator]) -> Assigned:
    """What many bodies report weighs in its resolution as one."""
    # Many indicators are reported by the same bodies.
    known: dict[tuple[str | None, tuple[str, ...]], list[str]] = {}
    for one in indicators:
        if (one.lead, one.bodies) not in known:
            named = scored.catalogue.reporters_of(one)
            known[one.lead, one.bodies] = list(dict.fromkeys(map(scored.holder_of, named)))
    return Assigned.of(indicators, [known[one.lead, one.bodies] for one in indicators])


def _asked(scored: ScoredPeriod, indicators: Sequence[Indicator], entry: Whole) -> Asked:
    frequencies = [one.frequency for one in indicators]
    as_at = as_at_days(scored, frequencies, [one.publication_lag_days for one in indicators])
    return Asked(
        entries=indicators,
        entry=entry,
        aims=aims_of(indicators).rows(entry),
        kinds=np.array([_kind_of(scored.catalogue, one) for one in indicators], dtype=np.str_)[entry],
        as_at_day=as_at[entry],
        limits=scored.limits,
    )


def _kind_of(catalogue: Catalogue, indicator: Indicator) -> str:
    return catalogue.period_calendars[indicator.frequency].period_kind


def _reported(month: Month, indicators: Sequence[Indicator]) -> pandas.DataFrame:
    """The standing figure of each body, indicator and period of the indicator's own kind."""
    kind_of = {one.indicator_id: _kind_of(month.catalogue, one) for one in indicators}
    values = month.values[month.values["indicator_id"].map(kind_of) == month.values["period_kind"]]
    values = latest_of(values.rename(columns={"indicator_id": "item_id"}), "received_at")
    is_usable = values["value_state"].isin([state.value for state in HAS_CONTENT])
    columns = ["agency_id", "item_id", "value", "numerator", "denominator", "value_state", *SOURCE_COLUMNS]
    proven = with_proofs(month, values)
    columns += [name for name in PROOF_COLUMNS if name in proven]
    return proven[columns].assign(day=day_numbers(values["period_end"]), is_usable=is_usable)


def _columns(workings: Workings) -> dict[str, Any]:
    asked, history, measured, verdict = workings.asked, workings.history, workings.measured, workings.verdict
    aims = asked.aims
    written = figures_of(aims, history).last(measured.last_entry).written
    return {
        **columns_of(verdict),
        "as_at": dates(asked.as_at_day),
        "started_on": dates(measured.start_day),
        "due_on": dates(aims.due_day),
        "is_due_assumed": False,
        "flags": _flags(workings),
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
        **revision_columns(asked.entries, asked.entry),
        "forecast_band": texts_or_none(workings.outlook.band),
        **{name: taken(history.entries[name], measured.last_entry) for name in SOURCE_COLUMNS},
        "done_on": dates(workings.proof.told_day),
        "product": workings.proof.document,
        "met_on": dates(workings.proof.met_day),
    }


def _flags(workings: Workings) -> list[str]:
    """Those of the rule, and what is to be told of revised targets, first figures and the documents of products."""
    asked, measured, proof = workings.asked, workings.measured, workings.proof
    plain, told = measured.attainment.flags(), revision_flags(asked.entries, asked.entry, measured.start_day)
    flags = joined_flags(plain, told) if any(told) else plain
    if workings.first.is_told_again.any():
        flags = joined_flags(flags, _first_flags(workings.first))
    if not asked.aims.is_product.any():
        return flags
    late = np.where(proof.met_day > proof.told_day, DAY_UNVERIFIED, "").tolist()
    return joined_flags(flags, np.where(proof.is_unproven, DONE_NO_EVIDENCE, "").tolist(), late)


def _first_flags(first: FirstFigures) -> list[str]:
    corrected = np.where(first.is_corrected, FIRST_CORRECTED, "")
    return [*np.where(first.is_decided, BASELINE_DECIDED, corrected)]


def _path(aims: Aims, measured: Measured, as_at_day: Floats) -> Path:
    """Several dated targets are a table, unless the catalogue says that they are steps."""
    is_growth = aims.is_compounded
    total = aims.due_day - measured.start_day
    is_table = measured.is_dated & ~is_growth & ~takes_points(aims.shape)
    index = (1.0 + measured.aim.target) ** measured.aim.years
    return Path(
        shape=np.where(is_table, TABLE, aims.shape),
        elapsed_days=as_at_day - measured.start_day,
        total_days=np.where(total > 0, total, np.nan),
        baseline=np.where(is_growth, 1.0, measured.baseline),
        target=np.where(is_growth, index, measured.dated.target),
        points=Points(aims.target_days - measured.start_day[:, None], measured.dated.fractions),
    )


def _situation(
    asked: Asked, measured: Measured, proof: ProductProof, path: Path, history: History
) -> tuple[Situation, Outlook]:
    aims = asked.aims
    frame = frame_of(aims.kind, measured.aim, asked.limits)
    judged_as = np.where(aims.is_product, DELIVERABLE, frame.judged_as)
    is_moving = (judged_as == LAG) & ~measured.is_unrated & ~is_stepwise(path.shape)
    outlook = outlook_of(
        replace(path, shape=np.where(is_moving, path.shape, "")),
        measured.start_day,
        history,
        history.flat(measured.fractions),
        periods_left(asked.kinds, asked.as_at_day, aims.due_day),
    )
    achieved = np.where(aims.is_product, proof.met_day, measured.achieved_day) - measured.start_day
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
        limits=asked.limits,
    ), outlook


def _one_step(due_day: Floats, met_day: Floats) -> Steps:
    """A product asked for by an indicator: done from the first report that said so and was not taken back."""
    met = met_day[:, None]
    return Steps(due_day=due_day[:, None], weight=np.ones(met.shape), met_day=met, has_evidence=~np.isnan(met))
