"""Worked cases of reports, agencies, parents and tiers."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from resolution_monitor.method.arrays import Flags, Whole
from resolution_monitor.method.worked import value, values
from resolution_monitor.score.rules.composite import Duties, score_agencies
from resolution_monitor.score.rules.parents import NodeScores, Tree, assignment_scores, joined, roll_up, sums_of
from resolution_monitor.score.rules.report_score import mean_per_agency, points_of, score_report
from resolution_monitor.score.rules.tiers import tiers_of
from resolution_monitor.score.worked_cases.cells import Answer, Row, answers, days, numbers, parsed


def submission(rows: Sequence[Row]) -> list[Answer]:
    """Days late and points of a report as known on a day."""
    score = score_report(days(rows, "cutoff"), days(rows, "submitted"), days(rows, "known_on"))
    return answers(days_late=score.days_late, report_score=score.points)


def composite(rows: Sequence[Row]) -> list[Answer]:
    """R, n_eff and both ends of the agency composite; one agency a row."""
    lists = [each or [] for each in parsed(rows, "kpis_json")]
    kpis = [kpi for each in lists for kpi in each]
    duties = Duties(
        agency=_owners(lists),
        status=np.array([kpi["status"] for kpi in kpis], dtype=np.str_),
        progress=values(kpis, "P"),
        timeliness=values(kpis, "S"),
        missed=np.array([int(kpi.get("m") or 0) for kpi in kpis], dtype=np.int64),
        weight=values(kpis, "w"),
        is_lead=np.array([kpi.get("role", "lead") == "lead" for kpi in kpis], dtype=bool),
        # Worked cases are flat: each indicator stands alone.
        parent=np.full(len(kpis), -1),
        parent_weight=np.full(len(kpis), np.nan),
    )
    reporting = _reporting(rows)
    scores = score_agencies(duties, reporting)
    ends = {
        f"{name}_{end}": part
        for end, side in (("low", scores.low), ("high", scores.high))
        for name, part in (
            ("D", side.delivery),
            ("S", side.timeliness),
            ("C", side.composite),
            ("arith", side.arithmetic),
        )
    }
    return answers(R=reporting, n_eff=scores.effective_count, **ends)


def _reporting(rows: Sequence[Row]) -> np.ndarray:
    lists = [each or [] for each in parsed(rows, "reports_json")]
    late = np.array([value(each) for reports in lists for each in reports], dtype=np.float64)
    points = np.where(np.isnan(late), 0.0, points_of(late))
    return mean_per_agency(points, _owners(lists), len(rows), np.ones(len(late), dtype=bool))


def _owners(lists: Sequence[Sequence[Any]]) -> np.ndarray:
    return np.repeat(np.arange(len(lists)), [len(each) for each in lists])


def parents(rows: Sequence[Row]) -> list[Answer]:
    """What the root of each tree is worth; all trees rolled up together."""
    nodes: list[dict[str, Any]] = []
    parent: list[int] = []
    roots = [_planted(root, nodes, parent) for root in parsed(rows, "tree_json")]
    is_node = np.array(["children" in node for node in nodes], dtype=bool)
    place = np.where(is_node, np.cumsum(is_node), is_node.sum() + np.cumsum(~is_node)) - 1
    above_it = np.array([place[number] if number >= 0 else -1 for number in parent], dtype=np.int64)
    assignments = _assignments([node for node, held in zip(nodes, is_node, strict=True) if not held])
    nodes_scored = roll_up(_tree(nodes, above_it, is_node, assignments))
    # An assignment alone is a tree, too: it is worth what it is worth to a parent.
    scores = joined(nodes_scored, assignments).rows(place[roots])
    return answers(
        low=scores.low,
        high=scores.high,
        nodata_share=scores.nodata_share,
        colour=scores.colour,
        state=scores.state,
        crit30=scores.is_overdue_critical.astype(np.float64),
    )


def _tree(nodes: list[dict[str, Any]], above_it: Whole, is_node: Flags, assignments: NodeScores) -> Tree:
    weight = np.array([value(node.get("w", 1)) for node in nodes], dtype=np.float64)
    is_critical = np.array([bool(node.get("critical")) for node in nodes], dtype=bool)
    size, held = int(is_node.sum()), ~is_node & (above_it >= 0)
    of_parents = assignments.rows(held[~is_node])
    return Tree(
        parent=above_it[is_node],
        weight=weight[is_node],
        is_critical=is_critical[is_node],
        own=sums_of(above_it[held], weight[held], is_critical[held], of_parents, size),
        is_unowned=np.zeros(size, dtype=bool),
    )


def _assignments(leaves: list[dict[str, Any]]) -> NodeScores:
    status = np.array([leaf["status"] for leaf in leaves], dtype=np.str_)
    return assignment_scores(status, *(values(leaves, name) for name in ("low", "high", "overdue")))


def _planted(root: dict[str, Any], nodes: list[dict[str, Any]], parent: list[int]) -> int:
    """Append a tree's nodes, each after its parent; the row number of the root."""
    first = len(nodes)
    waiting = [(root, -1)]
    while waiting:
        node, above_it = waiting.pop()
        nodes.append(node)
        parent.append(above_it)
        waiting += [(child, len(nodes) - 1) for child in node.get("children") or []]
    return first


def tiers(rows: Sequence[Row]) -> list[Answer]:
    """μ, τ² and every agency of the group; null with too few."""
    groups = parsed(rows, "group_json")
    variances = numbers(rows, "sigma2")
    return [_tiers_of_group(group or [], float(variance)) for group, variance in zip(groups, variances, strict=True)]


def _tiers_of_group(group: list[dict[str, Any]], variance: float) -> Answer:
    found = tiers_of(values(group, "C"), values(group, "n"), values(group, "n_eff"), variance)
    if found is None:
        return {"mu": None, "tau2": None, "agencies_json": None}
    members = answers(
        name=[group[number]["name"] for number in found.member],
        shrunk=found.shrunk.tolist(),
        post_sd=found.deviation.tolist(),
        p_top=found.top.tolist(),
        p_bottom=found.bottom.tolist(),
        rank_lo=found.rank_low.tolist(),
        rank_hi=found.rank_high.tolist(),
        tier=found.tier.tolist(),
    )
    return {"mu": found.mean, "tau2": found.between_variance, "agencies_json": members}
