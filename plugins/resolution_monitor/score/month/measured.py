"""What reported figures make of the aims of indicators: attained fractions of every period, and of now.

Source: docs/method.md, clauses 2.1 to 2.3 and 2.5. One element per indicator and body, unless it says per entry.
"""

from dataclasses import dataclass

import numpy as np

from resolution_monitor.method.arrays import Flags, Floats, Whole, at_least
from resolution_monitor.method.attainment import Attainment, Reading
from resolution_monitor.method.limits import METHOD, Limits
from resolution_monitor.score.month.aims import Aims
from resolution_monitor.score.month.figures import figures_of
from resolution_monitor.score.month.report_history import History
from resolution_monitor.score.rules.history import known_at, without_cases
from resolution_monitor.score.rules.kinds import attain
from resolution_monitor.score.rules.targets import DatedTargets, dated_targets

AIMLESS = ("NO_TARGET", "BAD_TARGET")


@dataclass(frozen=True, slots=True)
class Measured:
    """
    Where indicators stand before any verdict.

    Attributes:
        attainment: By the last figure that counts.
        aim: VT, V0 and what else the rule reads, without a figure.
        baseline: V0, or the first due value in its place.
        start_day: t0; of a baseline of its own the end of the first due period, unless that lies past the deadline.
        dated: Targets as a path from that baseline; `is_dated` where there are several.
        fractions, days: a and the last day of every entry as matrices, aligned at the last; NaN is a missing report.
        fraction: a, the last known.
        missed: m.
        achieved_day: End of the first period of the unbroken run of a >= 1.
        closes: Entries, aligned as `fractions`, that reached the target at the deadline or later; products at any time.
        last_entry: The entry of the last figure that counts; -1 where there is none.
        is_unrated: No baseline yet, nothing was ever due, or no usable target.
    """

    attainment: Attainment
    aim: Reading
    baseline: Floats
    start_day: Floats
    dated: DatedTargets
    is_dated: Flags
    fractions: Floats
    days: Floats
    fraction: Floats
    missed: Whole
    achieved_day: Floats
    closes: Flags
    last_entry: Whole
    is_unrated: Flags

    @property
    def last_day(self) -> Floats:
        """End of the last period with an attained fraction; NaN where there never was one."""
        return _last_day(self.days, ~np.isnan(self.fractions))


def measure(aims: Aims, history: History, first_value: Floats, limits: Limits = METHOD) -> Measured:
    """
    Attainment of every entry, then what the entries of each row together say.

    Args:
        first_value: The first due figure of each row, as it froze; NaN where there is none.
    """
    figures = figures_of(aims, history)
    is_self = aims.needs_baseline & np.isnan(aims.baseline)
    baseline = np.where(is_self, first_value, _known_start(aims))
    dated, is_dated = dated_targets(aims.targets, baseline), (~np.isnan(aims.targets)).sum(axis=1) > 1
    start_day = _start_days(aims, history.first_owed(history.day), is_self & ~np.isnan(first_value))
    is_bad = (is_dated & dated.is_bad) | (aims.due_day <= start_day)
    aim = _aim(aims, dated.target, first_value, is_bad)
    each = attain(aims.kind[history.row], figures.read_by(aim.rows(history.row)), limits)
    days, is_bare = history.matrix(history.day), history.matrix((each.problem == "DEN_ZERO").astype(np.float64)) == 1.0
    fractions = without_cases(history.matrix(each.fraction), is_bare)
    may_close = history.matrix((~each.is_overspent).astype(np.float64)) == 1.0
    closing_from = np.where(aims.is_product, -np.inf, aims.due_day)
    closes = at_least(fractions, 1.0) & (days >= closing_from[:, None]) & may_close
    known = known_at(_kept(fractions, days, closes), days)
    last = history.last_of(~np.isnan(figures.observed))
    attainment = attain(aims.kind, figures.last(last).read_by(aim), limits)
    is_aimless = np.isin(attainment.problem, AIMLESS)
    return Measured(
        attainment=attainment,
        aim=aim,
        baseline=baseline,
        start_day=start_day,
        dated=dated,
        is_dated=is_dated,
        fractions=fractions,
        days=days,
        fraction=known.fraction,
        missed=np.minimum(np.where(is_aimless, _unanswered(history), known.missed), history.counts),
        achieved_day=known.achieved_day,
        closes=closes,
        last_entry=last,
        is_unrated=is_aimless | ((history.owed_counts == 0) & (is_self | (last < 0))),
    )


def _known_start(aims: Aims) -> Floats:
    """V0 of the catalogue; a total without one starts at nothing."""
    starts_at_zero = aims.starts_at_zero & np.isnan(aims.baseline)
    return np.where(starts_at_zero, 0.0, aims.baseline)


def _start_days(aims: Aims, first_due_day: Floats, is_self: Flags) -> Floats:
    """Source: docs/method.md, clause 2.2 and its trees: a path needs time before its deadline."""
    return np.where(is_self & (first_due_day < aims.due_day), first_due_day, aims.start_day)


def _aim(aims: Aims, target: Floats, first_value: Floats, is_bad: Flags) -> Reading:
    # Growth is written in percent and computed in shares.
    share = np.where(aims.is_compounded & (aims.percent > 1), 100.0, 1.0)
    return Reading.of(
        len(target),
        target=target / share,
        baseline=aims.baseline,
        # A target that cannot be used is told by the rule's own test: there is no step that could measure it.
        min_step=np.where(is_bad, np.nan, aims.min_step / share),
        sign=aims.sign,
        first_value=first_value,
        low=aims.low,
        high=aims.high,
        years=aims.last_year - aims.first_year + 1.0,
    )


def _kept(fractions: Floats, days: Floats, closes: Flags) -> Floats:
    """After closing no more reports are due: what was reached stands, until a figure that stands says otherwise."""
    held = ~np.isnan(fractions)
    opened_on = np.where(held & ~closes, days, -np.inf).max(axis=1, initial=-np.inf)
    closed_on = np.where(closes & (days > opened_on[:, None]), days, np.inf).min(axis=1, initial=np.inf)
    places = np.maximum.accumulate(np.where(held, np.arange(fractions.shape[1])[None, :], 0), axis=1)
    carried = np.take_along_axis(fractions, places, axis=1)
    return np.asarray(np.where(days > closed_on[:, None], carried, fractions))


def _unanswered(history: History) -> Whole:
    """m where no fraction can tell: reports that did not come."""
    is_in = history.matrix(np.where(history.entries["is_usable"].to_numpy(dtype=bool), 1.0, np.nan))
    missed: Whole = known_at(is_in, is_in).missed
    return missed


def _last_day(days: Floats, held: Flags) -> Floats:
    last = np.where(held, days, -np.inf).max(axis=1, initial=-np.inf)
    return np.where(np.isinf(last), np.nan, last)
