"""The scale rule, which several kinds share: what one whole is, as a rule and as formulas.

Source: docs/method.md, clause 2.3, scale rule; 2.2 for the baseline.
"""

import numpy as np

from resolution_monitor.method.arrays import Flags, Floats, at_least, divide
from resolution_monitor.method.attainment import MAINTAIN, ORDINARY, Attainment, Measured, Reading, Tests, settled
from resolution_monitor.method.formula import Formula, Words
from resolution_monitor.method.limits import Limits


def scale_of(gap: Floats, maintain: Floats, step: Floats) -> tuple[Floats, Floats, Flags]:
    """
    D, e0 and whether the gap is one step at least: a target nearer than that cannot be told from keeping the level.

    Between a gap of nothing and a gap of one step the scale runs from `maintain` to the step without a jump.

    Source: docs/method.md, clause 2.3, scale rule.
    """
    is_far = at_least(gap, step)
    blended = maintain + (step - maintain) * divide(gap, step)
    scale = np.where(is_far, gap, blended)
    return scale, np.where(is_far, 0.0, 1.0 - divide(gap, scale)), is_far


def attained_on_scale(reading: Reading, tests: Tests, limits: Limits) -> Attainment:
    """1 - s(VT - V)/D, between -1 and 2; where a level is only kept, between 0 and 1."""
    gap = np.maximum(0.0, reading.sign * (reading.target - start_of(reading)))
    maintain = np.maximum(limits.maintain_share * np.abs(reading.target), reading.min_step)
    scale, floor, is_far = scale_of(gap, maintain, reading.min_step)
    measured = Measured(
        ratio=1.0 - divide(reading.sign * (reading.target - reading.observed), scale),
        lowest=np.where(is_far, -1.0, 0.0),
        highest=np.where(is_far, 2.0, 1.0),
        scale=scale,
        floor=floor,
        tolerance=divide(reading.min_step, scale),
        mode=np.where(is_far, ORDINARY, MAINTAIN),
        is_self_baselined=np.isnan(reading.baseline),
    )
    return settled(measured, tests.first())


def start_of(reading: Reading) -> Floats:
    """V0 of the catalogue, else the first due value: never a later one that would be kinder."""
    return np.where(np.isnan(reading.baseline), reading.first_value, reading.baseline)


def value_on_scale(reading: Reading, scale: Floats, fraction: Floats) -> Floats:
    """The value at which exactly this fraction is attained: V = VT - s·D·(1 - a)."""
    return np.asarray(reading.target - reading.sign * scale * (1.0 - fraction))


# The scale rule as formulas, from g and Dm on.
SCALE = {
    "far": Formula("IF(g>=st-1E-9,1,0)", ("g", "st")),
    "D": Formula("IF(far=1,g,Dm+(st-Dm)*g/st)", ("far",)),
    "e0": Formula('IF(far="",0,IF(far=1,0,1-g/D))'),
    "delta": Formula('IF(D="",0,st/D)'),
}
# A, and what only spending knows: whether too much was spent, and μ.
PUBLISHED = {"A": Formula("100*MAX(0,MIN(1.2,a))", ("a",))}
NOT_SPENT = {"over": Formula("0"), "mu": Formula("IF(over=1,MAX(0,2-a_raw),1)")}
PLANNED = Formula("VT-s*D*(1-E)", ("E", "D"))

# Words for names that kinds share.
WORDS: Words = {
    "g": ("Khoảng cách phải đi", "gap from baseline to target"),
    "Dm": ("Thang đo giữ mức", "scale for keeping a level"),
    "far": ("Cách chỉ tiêu ít nhất một bước", "target is at least one step away"),
    "D": ("Thang đo D", "scale D"),
    "e0": ("Phần kỳ vọng từ ngày đầu e0", "fraction expected from the first day"),
    "delta": ("Sai số cho phép δ", "tolerance of one step"),
    "nolag": ("Chỉ phải giữ mức", "only to be kept"),
    "a_raw": ("Tỷ lệ đạt chưa giới hạn", "attained fraction, raw"),
    "a": ("Tỷ lệ đạt a", "attained fraction a, capped"),
    "A": ("Mức đạt công bố A (%)", "published attainment A, percent"),
    "over": ("Chi vượt kế hoạch", "overspent"),
    "mu": ("Hệ số μ", "multiplier"),
}
