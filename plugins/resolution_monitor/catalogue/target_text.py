"""Targets as workbooks, pages and messages print them: "≥ 50 (2030); ≥ 70 (2045)"."""

from collections.abc import Iterable

from resolution_monitor.catalogue.entries import Target
from resolution_monitor.wording import shortest

_OPERATORS = {">=": "≥ ", "<=": "≤ ", ">": "> ", "<": "< ", "=": "", "approx": "khoảng "}


def targets_text(targets: Iterable[Target]) -> str:
    """All targets of an indicator in their order, each with its year."""
    return "; ".join(map(target_text, targets))


def target_text(target: Target) -> str:
    """One target with its year."""
    if target.value is None:
        low, high = (shortest(end) for end in (target.low, target.high) if end is not None)
        return f"{low}–{high} ({target.year})"
    return f"{_OPERATORS[target.operator]}{shortest(target.value)} ({target.year})"
