"""How many obligations are in which state, how much is filled in, how much came in time: by kind, body, block ...?"""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum

import pandas

from resolution_monitor.catalogue.entries import Catalogue
from resolution_monitor.catalogue.names import successor_on
from resolution_monitor.ledger.rates import rates
from resolution_monitor.ledger.states import ObligationState
from resolution_monitor.period import TIME_ZONE

NATION, NATION_NAME = "VN", "Cả nước"
_STATES = tuple(state.value for state in ObligationState)
_RATES = ("completeness_pct", "timeliness_pct")
COUNT_COLUMNS = ("period", "block", "item_kind", "owed", *_STATES, *_RATES)
NODE_COLUMNS = ("period", "code", "name", "owed", *_STATES, *_RATES)


class Level(StrEnum):
    """What obligations are put together by."""

    KIND = "kind"  # block and kind of item
    AGENCY = "agency"
    BLOCK = "block"
    PROVINCE = "province"
    NATION = "nation"


def counted(rows: pandas.DataFrame, as_of: datetime) -> pandas.DataFrame:
    """
    One row per period, block and kind of item with COUNT_COLUMNS; the numbers of all states add up to `owed`.

    Completeness and timeliness are those of ledger.rates, over what was cut off by `as_of`; NaN where that is nothing.

    Args:
        rows: As ask.status.standing gives them.
    """
    return _counted(rows, ["period", "block", "item_kind"], as_of)[list(COUNT_COLUMNS)]


def counted_by(rows: pandas.DataFrame, catalogue: Catalogue, level: Level, as_of: datetime) -> pandas.DataFrame:
    """
    One row per period and body, block or province, or for the nation, with NODE_COLUMNS; by kind as `counted`.

    What a body owed that has ended since stands under its successor of `as_of`, so that periods before and after a
    merger can be compared: an obligation is in one row, and never in two.
    """
    if level is Level.KIND:
        return counted(rows, as_of)
    day = as_of.astimezone(TIME_ZONE).date()
    holders = {key: successor_on(catalogue, key, day) for key in rows["agency_id"].unique()}
    placed = rows.assign(code=rows["agency_id"].map(pandas.Series(_codes(catalogue, level, holders), dtype=object)))
    counts = _counted(placed[placed["code"].notna()], ["period", "code"], as_of)
    names = {NATION: NATION_NAME, **{key: block.name_vi for key, block in catalogue.blocks.items()}}
    names |= {key: body.short_vi for key, body in catalogue.bodies.items()}
    return counts.assign(name=counts["code"].map(lambda code: names.get(code, code)))[list(NODE_COLUMNS)]


def _codes(catalogue: Catalogue, level: Level, holders: Mapping[str, str]) -> dict[str, str | None]:
    """What each body's obligations are put under; None where it belongs to none of the kind."""
    if level is Level.AGENCY:
        return dict(holders)
    if level is Level.NATION:
        return dict.fromkeys(holders, NATION)
    found = {key: catalogue.bodies.get(holder) for key, holder in holders.items()}
    if level is Level.BLOCK:
        return {key: body.block if body else None for key, body in found.items()}
    return {key: body.parent if body else None for key, body in found.items()}


def _counted(rows: pandas.DataFrame, groups: list[str], as_of: datetime) -> pandas.DataFrame:
    counts = rows.groupby([*groups, "state"], sort=False).size().unstack(fill_value=0)
    counts = counts.reindex(columns=list(_STATES), fill_value=0).reset_index()
    return counts.merge(rates(rows, groups, as_of), on=groups)
