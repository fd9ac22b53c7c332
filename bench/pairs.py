"""What the benchmark of scores runs on: a made catalogue of many bodies, and what is known of one month of theirs."""

from collections.abc import Collection
from dataclasses import replace
from datetime import date
from decimal import Decimal

import numpy as np
import pandas
from corpus import PERIOD, made_catalogue

from resolution_monitor.catalogue.entries import Catalogue, Indicator, Target
from resolution_monitor.catalogue.resolution_entries import Baseline
from resolution_monitor.ledger.items import ItemKind, items_of
from resolution_monitor.ledger.obligations import obligations_of
from resolution_monitor.score.month.month import Known
from resolution_monitor.score.month.scored_period import ScoredPeriod

_START = date(2026, 1, 1)
# Of every five indicators: two that rise, one that falls, one that adds up, one on a curve.
_KINDS: tuple[dict[str, str], ...] = (
    {"kind": "level", "direction": "up", "trajectory": "linear"},
    {"kind": "level", "direction": "up", "trajectory": "linear"},
    {"kind": "level", "direction": "down", "trajectory": "linear"},
    {"kind": "cumulative", "direction": "up", "trajectory": "linear"},
    {"kind": "level", "direction": "up", "trajectory": "scurve"},
)
_MISSING_SHARE = 0.05
TASK_COLUMNS = (
    *("agency_id", "task_id", "period_end", "state", "done_pct", "done_on", "product"),
    *("submission_id", "sheet", "cell"),
)


def scored_catalogue(catalogue: Catalogue, bodies: int, rows: int) -> Catalogue:
    """`bodies` made bodies that each report `rows` indicators of the real resolutions, with targets for 2028."""
    made = made_catalogue(catalogue, bodies, rows)
    codes = list(made.resolutions)
    indicators = {
        key: _aimed(one, codes[number % len(codes)], number)
        for number, (key, one) in enumerate(made.indicators.items())
    }
    return replace(made, indicators=indicators)


def _aimed(indicator: Indicator, code: str, number: int) -> Indicator:
    kind = _KINDS[number % len(_KINDS)]
    start, end = (Decimal(100), Decimal(20)) if kind["direction"] == "down" else (Decimal(0), Decimal(100))
    return replace(
        indicator,
        **kind,
        resolution=code,
        unit="điểm",
        min_step=0.1,
        weight=float(1 + number % 3),
        t0=_START,
        baseline=Baseline(start, _START, "made by the benchmark", "low"),
        targets=(Target(2028, ">=", end),),
    )


def known_pairs(scored: ScoredPeriod, seed: int) -> Known:
    """One figure of nearly every body and indicator, with what is owed and came; columns as statements give them."""
    chance, catalogue = np.random.default_rng(seed), scored.catalogue
    owed = obligations_of(catalogue, items_of(catalogue), [PERIOD])
    is_in = (chance.random(len(owed)) >= _MISSING_SHARE) | (owed["item_kind"] == ItemKind.REPORT.value).to_numpy()
    ledger = owed.assign(
        state=np.where(is_in, "received_on_time", "missing"), received_at=owed["due_at"].where(pandas.Series(is_in))
    )
    told = ledger[is_in & (ledger["item_kind"] == ItemKind.INDICATOR.value)]
    size, body = len(told), pandas.Index(sorted(catalogue.bodies)).get_indexer(told["agency_id"])
    values = {
        "agency_id": told["agency_id"].to_numpy(dtype=object),
        "indicator_id": told["item_id"].to_numpy(dtype=object),
        "period_kind": [PERIOD.kind] * size,
        "period_end": [PERIOD.end] * size,
        "value": [Decimal(tenths) / 10 for tenths in chance.integers(0, 1_300, size).tolist()],
        "numerator": [None] * size,
        "denominator": [None] * size,
        "value_state": ["reported"] * size,
        "submission_id": (body + 1).tolist(),
        "sheet": ["Chỉ tiêu"] * size,
        "cell": [f"G{6 + row}" for row in (np.arange(size) % len(catalogue.indicators)).tolist()],
        "received_at": list(told["received_at"].dt.to_pydatetime()),
    }
    return Known(
        values=pandas.DataFrame(values, dtype=object),
        task_reports=pandas.DataFrame(columns=list(TASK_COLUMNS), dtype=object),
        ledger=ledger,
        known_at=scored.moment,
    )


def known_of_some(known: Known, bodies: Collection[str]) -> Known:
    """What is known of these bodies alone, as a statement that asks for them would give it."""
    values, ledger = (
        frame[frame["agency_id"].isin(bodies)].reset_index(drop=True) for frame in (known.values, known.ledger)
    )
    return replace(known, values=values, ledger=ledger)
