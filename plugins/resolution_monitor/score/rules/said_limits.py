"""Where what is said of a number changes, by the thresholds in force; no number is rounded across one of these.

Source: docs/method.md, clauses 2.3, 2.6, 2.9 and 7. In percent or points, as pages print them.
"""

from decimal import Decimal

from resolution_monitor.method.limits import Limits
from resolution_monitor.wording import Limit

_HUNDRED = Decimal(100)


def percent_of(share: float) -> Decimal:
    """A threshold kept as a share, in percent: .95 is 95."""
    return Decimal(repr(share)) * _HUNDRED


def points_of_parents(limits: Limits) -> tuple[Limit, ...]:
    """LOW of whatever has parts: where amber and green begin."""
    return tuple(Limit(Decimal(repr(one))) for one in (limits.parent_amber_from, limits.parent_green_from))


def rates(limits: Limits) -> tuple[Limit, ...]:
    """An attained share in percent: where amber and green begin, and above which more was spent than planned."""
    begins = tuple(Limit(percent_of(one)) for one in (limits.amber_from, limits.green_from))
    return (*begins, Limit(_HUNDRED + percent_of(limits.overspend_tolerance), is_passed_at=False))


def share_without_data(limits: Limits) -> Limit:
    """The share without data in percent above which a state is INSUFFICIENT."""
    return Limit(percent_of(limits.nodata_share), is_passed_at=False)
