"""The state of a value, where a body told it by the value alone, and the value that a state alone tells."""

from decimal import Decimal

from resolution_monitor.normalise.report_cells import RowCells
from resolution_monitor.normalise.report_tables import folded
from resolution_monitor.reporting import layout
from resolution_monitor.reporting.content import ValueState

_STATES_FOR_VALUES = {
    folded(word): state for state, word in layout.VALUE_STATES.items() if state is not ValueState.REPORTED
}


def state_in_words(cells: RowCells) -> ValueState | None:
    """The state that a body wrote where the value belongs: "Không phát sinh" needs no second cell."""
    held = cells.held("value")
    if not isinstance(held, str) or held[:1].isdigit():
        return None
    return _STATES_FOR_VALUES.get(folded(held))


def settled(value: Decimal | None, state: ValueState | None) -> tuple[Decimal | None, ValueState]:
    """A state where only a value stands, a value where the state alone says zero."""
    if state is None:
        return value, ValueState.ZERO if value == 0 else ValueState.REPORTED
    return (Decimal(0) if value is None and state is ValueState.ZERO else value), ValueState(state)
