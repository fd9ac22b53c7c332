"""What became of tasks that had stood where open ones stand now: the cases behind the chance of being late.

Source: docs/method.md, clause 3, dated deliverables. A task counts once in each class it ever stood in; classes from
fine to coarse are stage and time left, time left, all.
"""

from dataclasses import dataclass

import numpy as np
import pandas

from resolution_monitor.method.arrays import Flags, Floats, nulls
from resolution_monitor.score.outlook.reference_class import late_risk, time_left_class
from resolution_monitor.score.rules.days import day_numbers

_RESOLVED = ("DONE", "DONE_LATE", "OVERDUE")
_LATE = ("DONE_LATE", "OVERDUE")
_NO_STAGE = "not_started"


@dataclass(frozen=True, slots=True)
class TaskRisk:
    """
    One element per assignment of a task.

    Attributes:
        days_left: To the deadline; NaN where it is resolved, or nobody verified the deadline.
        chance: Of being late; NaN likewise, and with fewer than 10 resolved tasks in all.
    """

    days_left: Floats
    chance: Floats


def late_risk_of_tasks(tasks: pandas.DataFrame, task_reports: pandas.DataFrame) -> TaskRisk:
    """
    The chance of every open task of a verified deadline to be late.

    Args:
        tasks: Assignments: item_id, agency_id, status, is_due_assumed, as_at, started_on, due_on, task_state.
        task_reports: agency_id, task_id, period_end, state of every month.
    """
    verified = ~tasks["is_due_assumed"].to_numpy(dtype=bool) & tasks["due_on"].notna().to_numpy()
    resolved = verified & tasks["status"].isin(_RESOLVED).to_numpy()
    late = tasks["status"].isin(_LATE).to_numpy()
    left = day_numbers(tasks["due_on"]) - day_numbers(tasks["as_at"])
    is_open = verified & ~resolved & (left >= 0)
    if not is_open.any():
        return TaskRisk(nulls(len(tasks)), nulls(len(tasks)))
    cases = _cases(tasks[resolved], late[resolved], task_reports)
    stage = tasks["task_state"].fillna(_NO_STAGE).to_numpy(dtype=np.str_)[is_open]
    time_left = time_left_class(left[is_open])
    keys = [list(zip(stage.tolist(), time_left.tolist(), strict=True)), time_left.tolist()]
    counted = [_counted(cases, ["stage", "time_left"]), _counted(cases, ["time_left"])]
    lates, alls = (
        np.array(
            [
                [*(table[part].get(key, 0.0) for table, key in zip(counted, each, strict=True)), total]
                for each in zip(*keys, strict=True)
            ],
            dtype=np.float64,
        )
        for part, total in (("late", float(late[resolved].sum())), ("all", float(resolved.sum())))
    )
    agency = _of_agencies(tasks, resolved, late, is_open)
    total = (np.full(len(stage), float(late[resolved].sum())), np.full(len(stage), float(resolved.sum())))
    chance = nulls(len(tasks))
    chance[is_open] = late_risk(lates, alls, agency=agency, overall=total).late
    return TaskRisk(days_left=np.where(is_open, left, np.nan), chance=chance)


def _cases(resolved: pandas.DataFrame, late: Flags, task_reports: pandas.DataFrame) -> pandas.DataFrame:
    """One row per resolved task, stage and class of time left in which it ever stood before its deadline."""
    told = resolved.assign(is_late=late)[["item_id", "agency_id", "due_on", "is_late"]].merge(
        task_reports.rename(columns={"task_id": "item_id", "state": "stage"})[
            ["item_id", "agency_id", "period_end", "stage"]
        ],
        on=["item_id", "agency_id"],
        how="inner",
    )
    left = day_numbers(told["due_on"]) - day_numbers(told["period_end"])
    before = told.assign(time_left=time_left_class(left))[(left >= 0) & (told["stage"] != "done").to_numpy()]
    return before[["item_id", "agency_id", "stage", "time_left", "is_late"]].drop_duplicates()


def _counted(cases: pandas.DataFrame, keys: list[str]) -> dict[str, dict[object, float]]:
    """Late and all cases of each class; a task that stood in it through several stages counts once."""
    once = cases[["item_id", "agency_id", "is_late", *keys]].drop_duplicates()
    grouped = once.groupby(keys[0] if len(keys) == 1 else keys)["is_late"]
    return {"late": grouped.sum().astype(float).to_dict(), "all": grouped.count().astype(float).to_dict()}


def _of_agencies(tasks: pandas.DataFrame, resolved: Flags, late: Flags, is_open: Flags) -> tuple[Floats, Floats]:
    """Late and all resolved tasks of the body of each open one."""
    agency = tasks["agency_id"].to_numpy(dtype=object)
    everything = pandas.Series(np.ones(int(resolved.sum()))).groupby(agency[resolved]).sum()
    lates = pandas.Series(late[resolved].astype(np.float64)).groupby(agency[resolved]).sum()
    held = agency[is_open]
    counts = [table.reindex(held).fillna(0.0).to_numpy(dtype=np.float64) for table in (lates, everything)]
    return np.asarray(counts[0]), np.asarray(counts[1])
