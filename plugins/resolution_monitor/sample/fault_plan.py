"""Which report gets which fault: by known rates, at most one a report, only where it cannot be mistaken for another."""

from collections.abc import Collection

from resolution_monitor.sample.conduct import HABITS, Player
from resolution_monitor.sample.manifest import FaultKind

# Chance for a report that such a fault is possible in; late and missing follow from the body's habits.
RATES: dict[FaultKind, float] = {
    FaultKind.WRONG_SENDER: 0.01,
    FaultKind.DUPLICATE_FILE: 0.01,
    FaultKind.COPY: 0.10,
    FaultKind.TOTAL: 0.04,
    FaultKind.UNREADABLE: 0.04,
    FaultKind.DUPLICATE_ROW: 0.03,
    FaultKind.CORRECTION: 0.04,
}


def fault_of(player: Player, name: str, possible: Collection[FaultKind]) -> FaultKind | None:
    """
    The fault of one report, or None.

    Args:
        name: Of the report among the body's.
        possible: What its content allows; a report may always be late or missing.
    """
    if is_missing(player, name):
        return FaultKind.MISSING
    if _punctual(player, name) < player.habits.missing + player.habits.late:
        return FaultKind.LATE
    for kind, rate in RATES.items():
        if kind in possible and player.draws(name, kind.value).random() < rate:
            return kind
    return None


def is_missing(player: Player, name: str) -> bool:
    """Whether a body never sends this report."""
    return _punctual(player, name) < player.habits.missing


def _punctual(player: Player, name: str) -> float:
    return float(player.draws(name, "punctual").random())


def rates_by_name() -> dict[str, float]:
    """All rates as the manifest names them."""
    by_conduct = {
        f"{kind}, {conduct}": rate
        for conduct, habits in HABITS.items()
        for kind, rate in ((FaultKind.LATE, habits.late), (FaultKind.MISSING, habits.missing))
    }
    return by_conduct | {kind.value: rate for kind, rate in RATES.items()}
