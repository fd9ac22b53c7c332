"""A share far from what the other bodies that report it said before: the slip that a body's own past cannot show.

Asked also at the first report, where there is no past. Judged from what was known when the period began, so that a
file is told the same whatever else is read with it.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from statistics import median

from resolution_monitor.catalogue.entries import Indicator
from resolution_monitor.method.registry import kinds
from resolution_monitor.normalise.checks.slips import HUNDREDFOLD, shown_number
from resolution_monitor.normalise.looks import is_percentage
from resolution_monitor.normalise.report_cells import RowCells
from resolution_monitor.reporting.content import IndicatorEntry

FEWEST_PEERS = 8
# By item what the others said of it.
Peers = Mapping[str, Sequence[Decimal]]
# The median of distances from the median, times this, is the standard deviation of what is normally spread.
_NORMAL = Decimal("1.4826")
# Points from the median of the others, and spreads of theirs, or points beyond all of them and a part of their range,
# within which nothing is asked. Of the demonstration's daily shares none lay 4.4 spreads away or 21 points beyond, and
# none 20 points away after a move of 20.
_LEAST_POINTS, _SPREADS, _POINTS_BEYOND = Decimal(30), Decimal(6), Decimal(10)
_FAR_BEYOND, _PART_OF_RANGE = Decimal(25), Decimal("0.5")
_LEAST_POINTS_MOVED, _SPREADS_MOVED = Decimal(20), Decimal(4)


def is_compared(indicator: Indicator) -> bool:
    """Whether its figures mean the same whatever the size of the body: a share, not a count and not a growth."""
    return is_percentage(indicator.unit) and not kinds()[indicator.kind].is_signed


def check_peers(
    cells: RowCells, entry: IndicatorEntry, indicator: Indicator, last: Decimal | None, peers: Sequence[Decimal]
) -> None:
    """
    One figure beside those of the others.

    Args:
        last: The body's own figure of the period before; None where it is not known.
        peers: Theirs of a period before, as known when this one began.
    """
    value = entry.value
    if value is None or cells.is_blocked or len(peers) < FEWEST_PEERS or not is_compared(indicator):
        return
    middle, shown = median(peers), shown_number(value)
    if last is None and 0 < value <= 1 and value * HUNDREDFOLD <= middle and value < min(peers):
        cells.note("share-looks-small", "value", shown, item=entry.indicator_id, last=shown_number(middle))
    elif _is_far(value, last, middle, peers):
        told = {
            name: shown_number(one) for name, one in (("low", min(peers)), ("high", max(peers)), ("middle", middle))
        }
        cells.note("share-far-from-peers", "value", shown, item=entry.indicator_id, peers=str(len(peers)), **told)


def _is_far(value: Decimal, last: Decimal | None, middle: Decimal, peers: Sequence[Decimal]) -> bool:
    """Beyond all the others; who stood there before stays where it was, and who moved there needs less to be asked."""
    spread = _NORMAL * median(abs(one - middle) for one in peers)
    away, beyond = abs(value - middle), max(min(peers) - value, value - max(peers))
    if last is None:
        is_wide = beyond > max(_FAR_BEYOND, _PART_OF_RANGE * (max(peers) - min(peers)))
        return is_wide or (away > max(_LEAST_POINTS, _SPREADS * spread) and beyond > _POINTS_BEYOND)
    has_moved = abs(value - last) > _LEAST_POINTS_MOVED
    return has_moved and away > max(_LEAST_POINTS_MOVED, _SPREADS_MOVED * spread) and beyond > 0
