"""Tasks as the Government Office counts them: a 2x2 of done and open, on time and late, and both rates in use.

Beside our scores and never in them. A task is done when its lead says so; our own rules ask for the product too.

Sources: reports of the Government Office since 1270/BC-TCTTTg of 27 December 2017 (status set, both denominators);
Decree 335/2025/NĐ-CP (a, c); 366-QĐ/TW of 30 August 2025, Article 11 (levels of a collective and their gates).
"""

from dataclasses import dataclass, fields
from enum import StrEnum

import numpy as np
import pandas

from resolution_monitor.method.arrays import Flags, Floats, Whole, divide
from resolution_monitor.reporting.content import TaskState

# A delay costs a quarter of that product's points of progress (Decree 335/2025/NĐ-CP).
DELAY_COSTS = 0.25
# Of a collective that only completed its tasks, at most a fifth may be late (366-QĐ/TW, Article 11).
LATE_AT_MOST = 0.20


class OfficialStatus(StrEnum):
    """The status set of the Government Office's reports."""

    DONE_ON_TIME = "done_on_time"
    DONE_LATE = "done_late"
    OPEN_IN_TIME = "open_in_time"
    OPEN_OVERDUE = "open_overdue"


class Level(StrEnum):
    """Levels of 366-QĐ/TW for a collective, best first."""

    EXCELLENT = "hoàn thành xuất sắc nhiệm vụ"
    GOOD = "hoàn thành tốt nhiệm vụ"
    COMPLETED = "hoàn thành nhiệm vụ"
    NOT_COMPLETED = "không hoàn thành nhiệm vụ"


# Printed beside every ratio of Decree 335 and every level of 366: without these none of them is an assessment.
LACKING = (
    "tham khảo, còn thiếu: chất lượng sản phẩm (b), quy đổi sản phẩm, 30 điểm tiêu chí chung, "
    "lý do khách quan được xác nhận, phần vượt yêu cầu, kỷ luật"
)


@dataclass(frozen=True, slots=True)
class Counts:
    """
    How many tasks; one element per group. The four parts always add up to `assigned`.

    Attributes:
        unverified: Of all, how many have no deadline that anybody verified: they are never late.
        unproven: Of those done, how many name no product with a date.
    """

    assigned: Whole
    done_on_time: Whole
    done_late: Whole
    open_in_time: Whole
    open_overdue: Whole
    unverified: Whole
    unproven: Whole


@dataclass(frozen=True, slots=True)
class Rates:
    """
    Shares in percent, unrounded; NaN where there is nothing to divide by.

    Attributes:
        done_of_assigned_pct: Done over all that was given.
        done_of_due_pct: Done over what was due: done and open overdue.
        on_time_of_done_pct, overdue_of_assigned_pct, overdue_of_due_pct: Likewise.
        quantity_pct: a of Decree 335: done over given, each task counted as one product.
        progress_pct: c: done on time over given.
        progress_less_delays_pct: The same with three quarters for what was done late.
    """

    done_of_assigned_pct: Floats
    done_of_due_pct: Floats
    on_time_of_done_pct: Floats
    overdue_of_assigned_pct: Floats
    overdue_of_due_pct: Floats
    quantity_pct: Floats
    progress_pct: Floats
    progress_less_delays_pct: Floats


def official_tasks(assignments: pandas.DataFrame) -> pandas.DataFrame:
    """
    One row per task and lead (assignment), of the assignments of a month.

    Returns:
        item_id, task_id (of a task given to a group the parent's), agency_id, block, resolution, status
        (OfficialStatus), is_unverified, is_unproven.
    """
    tasks = assignments[assignments["item_kind"] == "task"]
    is_done = (tasks["task_state"] == TaskState.DONE.value).to_numpy(dtype=bool)
    has_product = tasks["product"].fillna("").astype(str).str.strip().ne("").to_numpy(dtype=bool)
    has_day = tasks["done_on"].notna().to_numpy(dtype=bool)
    unverified = tasks["is_due_assumed"].to_numpy(dtype=bool) | tasks["due_on"].isna().to_numpy(dtype=bool)
    # Without a date of the product the end of the period it was reported for is the day it was done by.
    done_on = tasks["done_on"].where(tasks["done_on"].notna(), tasks["value_on"])
    if "met_on" in tasks:  # an older one than its first report is not believed before somebody verified it
        done_on = tasks["met_on"].where(tasks["met_on"].notna(), done_on)
    day = np.where(is_done, done_on, tasks["as_at"])
    is_late = ~unverified & _is_after(day, tasks["due_on"].to_numpy(dtype=object), ~unverified)
    parent = tasks["parent_task"]
    return pandas.DataFrame(
        {
            "item_id": tasks["item_id"],
            "task_id": parent.where(parent.notna(), tasks["item_id"]),
            "agency_id": tasks["agency_id"],
            "block": tasks["block"],
            "resolution": tasks["resolution"],
            "status": status_of(is_done, is_late),
            "is_unverified": unverified,
            "is_unproven": is_done & ~(has_product & has_day),
        }
    ).reset_index(drop=True)


def _is_after(days: np.ndarray, limits: np.ndarray, known: Flags) -> Flags:
    pairs = zip(days, limits, known, strict=True)
    return np.array([held and day is not None and day > limit for day, limit, held in pairs], dtype=bool)


def status_of(is_done: Flags, is_late: Flags) -> np.ndarray:
    """The 2x2; `is_late` of what is done: after its deadline; of what is open: the deadline has passed."""
    return np.select(
        [is_done & ~is_late, is_done, is_late],
        [OfficialStatus.DONE_ON_TIME.value, OfficialStatus.DONE_LATE.value, OfficialStatus.OPEN_OVERDUE.value],
        default=OfficialStatus.OPEN_IN_TIME.value,
    )


def distinct_tasks(assignments: pandas.DataFrame, key: str | None) -> pandas.DataFrame:
    """
    One row per task (and group of `key`), whoever leads it: done when every lead is, overdue when one lead is.

    So a task of many bodies is counted once, as 21 tasks at 21 agencies that sum to 24.
    """
    keys = ["task_id", *([key] if key else [])]
    grouped = assignments.assign(
        is_open=assignments["status"].str.startswith("open"),
        is_late=assignments["status"].isin([OfficialStatus.DONE_LATE.value, OfficialStatus.OPEN_OVERDUE.value]),
        is_overdue=assignments["status"] == OfficialStatus.OPEN_OVERDUE.value,
    ).groupby(keys, sort=True, as_index=False)
    together = grouped[["is_open", "is_late", "is_overdue", "is_unverified", "is_unproven"]].any()
    is_done = ~together["is_open"].to_numpy(dtype=bool)
    late = np.where(is_done, together["is_late"], together["is_overdue"]).astype(bool)
    return together.assign(status=status_of(is_done, late), is_unproven=is_done & together["is_unproven"])


def counts_of(tasks: pandas.DataFrame, group: Whole, size: int) -> Counts:
    """
    How many tasks of each status each group has.

    Args:
        tasks: status, is_unverified, is_unproven.
        group: Number of the group of each task, below `size`.
    """
    status = tasks["status"].to_numpy(dtype=np.str_)

    def counted(held: Flags) -> Whole:
        return np.bincount(group[held], minlength=size).astype(np.int64)

    parts = {code.value: counted(status == code.value) for code in OfficialStatus}
    return Counts(
        assigned=np.bincount(group, minlength=size).astype(np.int64),
        **parts,
        unverified=counted(tasks["is_unverified"].to_numpy(dtype=bool)),
        unproven=counted(tasks["is_unproven"].to_numpy(dtype=bool)),
    )


def rates_of(counts: Counts) -> Rates:
    """Both denominators and the ratios of Decree 335."""
    numbers = {part.name: getattr(counts, part.name).astype(np.float64) for part in fields(counts)}
    given, on_time, late = numbers["assigned"], numbers["done_on_time"], numbers["done_late"]
    done, overdue = on_time + late, numbers["open_overdue"]
    return Rates(
        done_of_assigned_pct=100.0 * divide(done, given),
        done_of_due_pct=100.0 * divide(done, done + overdue),
        on_time_of_done_pct=100.0 * divide(on_time, done),
        overdue_of_assigned_pct=100.0 * divide(overdue, given),
        overdue_of_due_pct=100.0 * divide(overdue, done + overdue),
        quantity_pct=100.0 * divide(done, given),
        progress_pct=100.0 * divide(on_time, given),
        progress_less_delays_pct=100.0 * divide(on_time + (1.0 - DELAY_COSTS) * late, given),
    )


def level_at_most(counts: Counts) -> list[str]:
    """
    The best level of 366-QĐ/TW whose gates the figures leave open; "" where nothing was due yet.

    Excellent asks for a surplus that no figure of ours shows, so the best that is told is good. What is not due yet
    holds nobody back.
    """
    done = counts.done_on_time + counts.done_late
    due = done + counts.open_overdue
    all_done = counts.open_overdue == 0
    few_late = counts.done_late <= LATE_AT_MOST * due
    tests = [due == 0, all_done & (counts.done_late == 0), all_done & few_late]
    levels = np.select(tests, ["", Level.GOOD.value, Level.COMPLETED.value], default=Level.NOT_COMPLETED.value)
    return [str(level) for level in levels]
