"""One month of resolutions as it was known at a time: made once where its rows are read, and handed down from there."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime

import numpy as np
import pandas

from resolution_monitor.catalogue.entries import Catalogue
from resolution_monitor.ledger.items import ItemKind
from resolution_monitor.ledger.rates import settled
from resolution_monitor.method.limits import Limits
from resolution_monitor.period import Period
from resolution_monitor.score.month.scored_period import ScoredPeriod, scoring_moments

DOCUMENT_COLUMNS = ("agency_id", "item_id", "document_key", "verdict", "issued_on", "author", "recorded_at")
NO_DOCUMENTS = pandas.DataFrame(columns=list(DOCUMENT_COLUMNS), dtype=object)


@dataclass(frozen=True, slots=True)
class Tellings:
    """
    What was told of first due figures beside what stands of them; empty where nothing was told twice.

    Attributes:
        answers: score/first_answers_as_known: each reading with received_at and recorded_at.
        taken_back: submission_id, item_id ("report" is the whole file), is_withdrawn, recorded_at.
        decisions: Which telling a named person made the baseline: agency_id, indicator_id, submission_id, reason,
            author, recorded_at.
    """

    answers: pandas.DataFrame = field(default_factory=pandas.DataFrame)
    taken_back: pandas.DataFrame = field(default_factory=pandas.DataFrame)
    decisions: pandas.DataFrame = field(default_factory=pandas.DataFrame)


@dataclass(frozen=True, slots=True)
class Known:
    """
    What was known at a time as it was reported, one table each.

    Attributes:
        values: agency_id, indicator_id, period_kind, period_end, value, unit, numerator, denominator, value_state,
            submission_id, sheet, cell, received_at; every period up to the one asked for.
        task_reports: agency_id, task_id, period_kind, period_end, state, done_pct, done_on, product, submission_id,
            sheet, cell, done_since (when a report of the period first said done, without a break since).
        ledger: Obligations with their state: agency_id, item_kind, item_id, period_kind, period_end, due_at,
            cut_off_at, state, received_at (see ledger.states.states_at).
        known_at: k, the moment of knowledge.
        bodies: Only their assignments are to be scored, and the tables may leave out others; None: everybody's.
        documents: What named persons found of documents: agency_id, item_id, document_key, verdict, issued_on, author,
            recorded_at.
        tellings: Of first due figures, all that was told of them.
    """

    values: pandas.DataFrame
    task_reports: pandas.DataFrame
    ledger: pandas.DataFrame
    known_at: datetime
    bodies: Collection[str] | None = None
    documents: pandas.DataFrame = field(default_factory=lambda: NO_DOCUMENTS)
    tellings: Tellings = field(default_factory=Tellings)


@dataclass(frozen=True, slots=True)
class Month:
    """
    A month (or a day, which is scored the same way) with all that its scores hang on.

    Attributes:
        scored: Its period, and what is valid on the day it is scored.
        values, task_reports, ledger: As in Known, each row under the body of that day; `owed_by` of the ledger is the
            body that owed it then.
        known_at, bodies, documents, tellings: As in Known.
    """

    scored: ScoredPeriod
    values: pandas.DataFrame
    task_reports: pandas.DataFrame
    ledger: pandas.DataFrame
    known_at: datetime
    bodies: Collection[str] | None
    documents: pandas.DataFrame = field(default_factory=lambda: NO_DOCUMENTS)
    tellings: Tellings = field(default_factory=Tellings)

    @property
    def catalogue(self) -> Catalogue:
        return self.scored.catalogue

    @property
    def period(self) -> Period:
        return self.scored.period

    @property
    def moment(self) -> datetime:
        return self.scored.moment

    @property
    def day(self) -> date:
        return self.scored.day

    @property
    def limits(self) -> Limits:
        return self.scored.limits

    def due(self, item_kind: ItemKind) -> pandas.DataFrame:
        """What of a kind was cut off by the moment and is not waived: what is not due is never missing."""
        return settled(self.ledger[self.ledger["item_kind"] == item_kind.value], self.moment)


@dataclass(frozen=True, slots=True)
class FollowUp:
    """
    What screens look at beside a month's figures and ledger, each row under the body of the day.

    Attributes:
        corrections: agency_id, indicator_id, period_kind, period_end, value_before, value, recorded_before,
            recorded_at, and ranked_at: when the period that was corrected was scored.
        verifications: agency_id, indicator_id, period_end, found.
    """

    corrections: pandas.DataFrame
    verifications: pandas.DataFrame


def month_of(scored: ScoredPeriod, known: Known) -> Month:
    """What was known, put under the bodies of the day on which the period is scored."""
    return Month(
        scored=scored,
        values=_in_unit(scored, with_leads(scored, with_holders(scored, known.values), "indicator_id")),
        task_reports=with_leads(scored, with_holders(scored, known.task_reports), "task_id"),
        ledger=with_leads(scored, with_holders(scored, known.ledger), "item_id").assign(
            owed_by=known.ledger["agency_id"]
        ),
        known_at=known.known_at,
        bodies=known.bodies,
        documents=with_leads(scored, with_holders(scored, known.documents), "item_id"),
        tellings=_held_now(scored, known.tellings),
    )


def _held_now(scored: ScoredPeriod, told: Tellings) -> Tellings:
    """Tellings and decisions under the bodies of the day, figures in the unit of the period."""
    if told.answers.empty:
        return told
    answers = _in_unit(scored, with_leads(scored, with_holders(scored, told.answers), "indicator_id"))
    decisions = told.decisions
    if not decisions.empty:
        decisions = with_leads(scored, with_holders(scored, decisions), "indicator_id")
    return Tellings(answers.reset_index(drop=True), told.taken_back, decisions)


def follow_up_of(scored: ScoredPeriod, corrections: pandas.DataFrame, verifications: pandas.DataFrame) -> FollowUp:
    """Corrections and verifications as they were reported, put under the same bodies."""
    ranked_at = scoring_moments(scored.catalogue, corrections["period_kind"], corrections["period_end"])
    return FollowUp(
        corrections=with_holders(scored, corrections).assign(
            ranked_at=pandas.Series(ranked_at, corrections.index, object)
        ),
        verifications=with_holders(scored, verifications),
    )


def with_holders(scored: ScoredPeriod, frame: pandas.DataFrame) -> pandas.DataFrame:
    """The same rows under the bodies of the day."""
    codes, agency_ids = pandas.factorize(frame["agency_id"].to_numpy(dtype=object))
    held = np.array([*map(scored.holder_of, agency_ids)], dtype=object)
    return frame.assign(agency_id=pandas.Series(held[codes], frame.index, object))


def with_leads(scored: ScoredPeriod, frame: pandas.DataFrame, item: str) -> pandas.DataFrame:
    """The same rows under whoever leads their items now: a lead that changes takes over what was reported before."""
    if not scored.handed_over or frame.empty:
        return frame
    pairs = zip(frame[item], frame["agency_id"], strict=True)
    held = [scored.handed_over.get(pair, pair[1]) for pair in pairs]
    return frame.assign(agency_id=pandas.Series(held, frame.index, object))


def _in_unit(scored: ScoredPeriod, values: pandas.DataFrame) -> pandas.DataFrame:
    """Values in the unit that the period measures in; one read in another is no figure of this series."""
    if "unit" not in values:
        return values
    wanted = values["indicator_id"].map({key: one.unit for key, one in scored.catalogue.indicators.items()})
    is_same = values["unit"].isna() | (values["unit"] == wanted) | wanted.isna()
    return values[is_same].reset_index(drop=True)
