"""First due figures that stand in for a baseline: the one that froze at its cut-off, beside what was told since.

Source: docs/method.md, clause 2.2. One element per indicator and body; NaN is null.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import numpy as np
import pandas

from resolution_monitor.catalogue.entries import Indicator
from resolution_monitor.ledger.items import ItemKind
from resolution_monitor.method.arrays import Flags, Floats, nulls
from resolution_monitor.method.registry import kinds
from resolution_monitor.reporting.content import HAS_CONTENT, ValueState
from resolution_monitor.score.month.aims import Aims
from resolution_monitor.score.month.figures import figures_of
from resolution_monitor.score.month.month import Month, Tellings
from resolution_monitor.score.month.report_history import History
from resolution_monitor.score.rules.baseline import TakenBack, Telling, decided, frozen
from resolution_monitor.score.rules.days import day_numbers

# Body, indicator, kind and last day of a period.
_Place = tuple[str, str, str, float]
_FIGURE = ("value", "numerator", "denominator", "value_state")
_WITH_FIGURE = [state.value for state in HAS_CONTENT if state is not ValueState.NO_ACTIVITY]


@dataclass(frozen=True, slots=True)
class FirstFigures:
    """
    First due figures as the rules take them.

    Attributes:
        value: The one that counts as V0 where the catalogue has none.
        other: The one that would count otherwise: what stands of the period now, or, once a person decided on another,
            the one that froze; NaN where there is no other.
        is_corrected: It was told otherwise, or taken back, after it had frozen, and nobody decided on it.
        is_decided: A named person made another telling of it the baseline.
        telling: Numbers of the rows of month.tellings.answers that tell `value`; -1 where it was told once.
    """

    value: Floats
    other: Floats
    is_corrected: Flags
    is_decided: Flags
    telling: np.ndarray

    @property
    def is_told_again(self) -> Flags:
        return self.is_corrected | self.is_decided

    def turned_round(self) -> "FirstFigures":
        """As if the other figure were the baseline, wherever there is one."""
        return replace(self, value=np.where(np.isnan(self.other), self.value, self.other))


def has_own_baseline(indicator: Indicator) -> bool:
    """Whether its first due figure stands in for a baseline."""
    return indicator.resolution is not None and indicator.baseline is None and kinds()[indicator.kind].needs_baseline


def first_figures(month: Month, keys: pandas.DataFrame, aims: Aims, history: History) -> FirstFigures:
    """
    First due figures of every row.

    Args:
        keys: agency_id, item_id and period_kind of each row.
    """
    standing = history.first_owed(figures_of(aims, history).observed)
    none = np.zeros(history.size, dtype=bool)
    plain = FirstFigures(standing, nulls(history.size), none, none, np.full(history.size, -1))
    needs_one = aims.needs_baseline & np.isnan(aims.baseline)
    if month.tellings.answers.empty or not needs_one.any():
        return plain
    chosen = dict(_chosen(month, keys, history, needs_one))
    if not chosen:
        return plain
    kept = _observed(month.tellings, aims, history, {row: held for row, (held, _) in chosen.items()})
    rows = [row for row, (_, other) in chosen.items() if other is not None]
    is_decided = _flags(history.size, rows)
    frozen_too = {row: other for row, (_, other) in chosen.items() if other is not None}
    other = np.where(is_decided, _observed(month.tellings, aims, history, frozen_too), standing)
    is_other = _flags(history.size, list(chosen)) & ~_alike(kept, other)
    telling = plain.telling.copy()
    telling[list(chosen)] = [held for held, _ in chosen.values()]
    return FirstFigures(
        value=kept,
        other=np.where(is_other, other, np.nan),
        is_corrected=is_other & ~is_decided,
        is_decided=is_decided,
        telling=telling,
    )


def _chosen(
    month: Month, keys: pandas.DataFrame, history: History, needs_one: Flags
) -> Iterator[tuple[int, tuple[int, int | None]]]:
    """Row -> the telling that counts and, where a person decided on it, the one that had frozen."""
    first_day, told = history.first_owed(history.day), _by_key(month.tellings.answers)
    cut_offs, decisions = _cut_offs(month), _decisions(month.tellings.decisions)
    taken_back = _taken_back(month.tellings.taken_back)
    for row in np.flatnonzero(needs_one & ~np.isnan(first_day)):
        key = (str(keys["agency_id"].iloc[row]), str(keys["item_id"].iloc[row]))
        period = (str(keys["period_kind"].iloc[row]), float(first_day[row]))
        tellings, cut_off_at = told.get((*key, *period), []), cut_offs.get((*key, *period))
        if not tellings or cut_off_at is None:
            continue
        gone = [one for item, one in taken_back if item in ("report", key[1])]
        held = frozen(tellings, gone, cut_off_at)
        by_person = decided(tellings, *decisions[key]) if key in decisions else None
        if by_person is not None:
            yield int(row), (by_person.entry, held.entry if held else by_person.entry)
        elif held is not None:
            yield int(row), (held.entry, None)


def _by_key(answers: pandas.DataFrame) -> dict[_Place, list[Telling]]:
    """What was told of each."""
    found: dict[_Place, list[Telling]] = {}
    days = day_numbers(answers["period_end"])
    for entry, (row, day) in enumerate(zip(answers.to_dict("records"), days, strict=True)):
        telling = Telling(
            entry=entry,
            submission_id=int(row["submission_id"]),
            received_at=row["received_at"],
            recorded_at=row["recorded_at"],
            is_of_form=bool(row["is_of_form"]),
            has_figure=not row["is_retraction"] and _has_figure(row),
        )
        place = (row["agency_id"], row["indicator_id"], row["period_kind"], float(day))
        found.setdefault(place, []).append(telling)
    return found


def _has_figure(row: dict[Any, Any]) -> bool:
    return row["value_state"] in _WITH_FIGURE and not bool(pandas.isna(row["value"])) and row["denominator"] != 0


def _taken_back(rows: pandas.DataFrame) -> list[tuple[str, TakenBack]]:
    return [
        (row["item_id"], TakenBack(int(row["submission_id"]), row["recorded_at"], bool(row["is_withdrawn"])))
        for row in rows.to_dict("records")
    ]


def _decisions(rows: pandas.DataFrame) -> dict[tuple[str, str], tuple[int, datetime]]:
    return {
        (row["agency_id"], row["indicator_id"]): (int(row["submission_id"]), row["recorded_at"])
        for row in rows.to_dict("records")
    }


def _cut_offs(month: Month) -> dict[_Place, datetime]:
    due = month.due(ItemKind.INDICATOR)
    days = map(float, day_numbers(due["period_end"]))
    keys = zip(due["agency_id"], due["item_id"], due["period_kind"], days, strict=True)
    return {key: at.to_pydatetime() for key, at in zip(keys, due["cut_off_at"], strict=True)}


def _observed(tellings: Tellings, aims: Aims, history: History, chosen: dict[int, int]) -> Floats:
    """The first due figures as the rules take them, with these tellings in the place of what stands."""
    entries = history.entries.copy()
    first = history.first_owed(np.arange(len(history.row), dtype=np.float64))
    for row, telling in chosen.items():
        told = tellings.answers.iloc[telling]
        for name in _FIGURE:
            entries[name] = entries[name].astype(object)
            entries.loc[int(first[row]), name] = told[name]
        entries.loc[int(first[row]), "is_usable"] = True
    return history.first_owed(figures_of(aims, replace(history, entries=entries)).observed)


def _flags(size: int, rows: Sequence[int]) -> Flags:
    chosen = np.zeros(size, dtype=bool)
    chosen[list(rows)] = True
    return chosen


def _alike(one: Floats, other: Floats) -> Flags:
    return np.asarray((one == other) | (np.isnan(one) & np.isnan(other)))
