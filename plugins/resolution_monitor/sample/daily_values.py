"""Made-up daily figures of a province's People's Committee: counts that fit each other and the size of the province."""

from collections.abc import Sequence
from datetime import date

import numpy as np

from resolution_monitor.catalogue.entries import Catalogue, Indicator
from resolution_monitor.method.registry import kinds
from resolution_monitor.period import Period
from resolution_monitor.reporting.content import IndicatorEntry
from resolution_monitor.sample.conduct import Conduct, Player
from resolution_monitor.sample.indicator_values import plain_entry, ratio_entry

# How much of what is wanted a province of this kind has reached by now, 0 to 1.
_LEVEL = {Conduct.GOOD: 0.95, Conduct.SLOW: 0.80, Conduct.FAILING: 0.62}
_DOSSIERS_A_COMMUNE = 34
_SATURDAY = 5
_WEEKEND_SHARE = 0.12
_OFFICIALS_A_COMMUNE = 41
_DOCUMENTS_A_COMMUNE = 58

Count = tuple[int, int | None]


def daily_entries(
    catalogue: Catalogue, indicator_ids: Sequence[str], day: Period, player: Player
) -> list[IndicatorEntry]:
    """The province's figures of one day, in the order asked for; what the templates of Plan 02 do not name is zero."""
    province = player.agency_id.split("-")[0]
    communes = sum(1 for commune in catalogue.communes.values() if commune.province == province)
    counts = _counts(communes, day.end, player)
    return [_entry(catalogue.indicators[key], counts.get(key, (0, None))) for key in indicator_ids]


def _entry(indicator: Indicator, count: Count) -> IndicatorEntry:
    number, whole = count
    if whole is not None and indicator.unit == "%":
        # Satisfaction comes from a survey: it has a percentage and no counts.
        has_parts = kinds()[indicator.kind].has_parts
        return ratio_entry(indicator, number, whole) if has_parts else plain_entry(indicator, number)
    return plain_entry(indicator, number)


def _counts(communes: int, day: date, player: Player) -> dict[str, Count]:
    """indicator_id -> number and what it is counted over."""
    steady = player.draws("daily")
    today = player.draws("daily", day.isoformat())
    level = _LEVEL[player.conduct]
    have = {key: _share(steady, level) for key in ("D02", "D03", "D04", "D05", "D06", "D09", "D11", "D12", "D14")}
    equipped = {key: (round(share * communes), communes) for key, share in have.items() if key in _OF_COMMUNES}
    dossiers = _dossiers(communes, day, today, have, level)
    officials = communes * _OFFICIALS_A_COMMUNE
    documents = int(today.poisson(communes * _DOCUMENTS_A_COMMUNE * (_WEEKEND_SHARE if _is_weekend(day) else 1)))
    incidents, obstacles = int(today.poisson(6 * (1.2 - level))), int(today.poisson(9 * (1.2 - level)))
    return {
        "D01": (communes, None),
        "D02": (round(have["D02"] * communes), None),
        **equipped,
        **dossiers,
        "D13": (round(100 * min(have["D09"] + 0.04, 0.99)), 100),
        "D14": (round(have["D14"] * officials), officials),
        "D15": (int(today.binomial(documents, have["D14"])), documents),
        "D16": (int(level > 0.7), None),
        "D17a": (incidents, None),
        "D17b": (int(today.binomial(incidents, level)), None),
        "D18a": (obstacles, None),
        "D18b": (int(today.binomial(obstacles, level)), None),
    }


_OF_COMMUNES = {"D03", "D04", "D05", "D06"}


def _dossiers(
    communes: int, day: date, today: np.random.Generator, have: dict[str, float], level: float
) -> dict[str, Count]:
    """What was received, online, settled and paid; nothing is more than what it is part of."""
    received = int(today.poisson(communes * _DOSSIERS_A_COMMUNE * (_WEEKEND_SHARE if _is_weekend(day) else 1)))
    online = int(today.binomial(received, min(have["D09"] + 0.05, 0.99)))
    settled = int(today.binomial(received, 0.93))
    late = int(today.binomial(settled, 1.01 - level))
    return {
        "D07": (received, None),
        "D08": (online, None),
        "D09": (int(today.binomial(online, have["D09"])), online),
        "D10a": (settled - late, None),
        "D10b": (late, None),
        "D11": (int(today.binomial(settled, have["D11"])), settled),
        "D12": (int(today.binomial(settled, have["D12"])), settled),
    }


def _is_weekend(day: date) -> bool:
    return day.weekday() >= _SATURDAY


def _share(generator: np.random.Generator, level: float) -> float:
    return float(min(max(generator.normal(level, 0.03), 0.3), 1.0))
