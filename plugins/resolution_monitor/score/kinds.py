"""The table of kinds: which rule measures an indicator that names its kind in the catalogue.

Source: docs/method.md, clause 2.3. Products in steps (binary, milestones) have rules of their own in steps.
"""

from collections.abc import Callable

from resolution_monitor.score.attainment import Attainment, Reading
from resolution_monitor.score.attainment_level import band, growth, level, ratio
from resolution_monitor.score.attainment_total import cumulative, disbursement

Rule = Callable[[Reading], Attainment]

# Every kind of measured indicator that the catalogue may name.
KINDS: dict[str, Rule] = {
    "level": level,
    "ratio": ratio,
    "band": band,
    "growth": growth,
    "cumulative": cumulative,
    "disbursement": disbursement,
}
