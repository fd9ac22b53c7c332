"""What whoever reads a body's report is asked for as it goes: what is owed, and what was known before the file."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from decimal import Decimal

from resolution_monitor.ledger.closings import Closed
from resolution_monitor.method.nothing_to_report import Cases
from resolution_monitor.normalise.checks.peers import Peers
from resolution_monitor.period import Period
from resolution_monitor.reporting.content import TaskEntry

# Items owed for a period, by body.
Owed = Callable[[Period], Mapping[str, Mapping[str, datetime]]]
# Figures of the last report before a period, by body and period; None when there was none.
Before = Callable[[str, Period], Mapping[str, Decimal] | None]
# What other bodies said of the items of one for a period before, as known when the period began.
PeersBefore = Callable[[str, Period], Peers]
# What the share of a body's indicator was made of in the periods before one, in order, as accepted.
CasesBefore = Callable[[str, Period, str], Sequence[Cases]]
# Of a task that is said to be done the other items that its document proves by reports before.
ProvenBefore = Callable[[str, Period, TaskEntry], Sequence[str]]
# What stands of a body's closed items when a file for a period is read.
ClosedBefore = Callable[[str, Period], Mapping[str, Closed]]
