"""Which bodies of a peer group can be told apart? Tiers and funnel of a month, group by group.

Computed when asked and not stored: they follow from the scores, whose run pins rules and catalogue, in a fraction of a
second, and as known at any time.
"""

from dataclasses import dataclass
from datetime import datetime

import numpy as np
import pandas

from resolution_monitor.ask.worked_month import worked_month
from resolution_monitor.brief.charts.funnel import FunnelPoint, FunnelWords, funnel
from resolution_monitor.catalogue.entries import Catalogue
from resolution_monitor.catalogue.rule_entries import SYSTEM_DEFAULT_VI, PeerGroup
from resolution_monitor.period import Period
from resolution_monitor.score.month.official import counts_of, official_tasks
from resolution_monitor.score.month.peers import FEW_AGENCIES, FEW_INDICATORS, Compared, funnel_of, groups_of, tier_rows
from resolution_monitor.score.month.scores import Worked
from resolution_monitor.store.connect import Database

COLUMNS = (
    *("peer_group", "group", "block", "code", "name", "composite_low", "composite_high", "rated_assignments"),
    *("effective_assignments", "tier", "tier_vi", "rank_low", "rank_high", "group_size", "shrunk", "deviation"),
    *("top", "bottom", "why", "due", "on_time", "on_time_pct", "funnel", "grouping"),
)
COLUMNS_SHOWN = (
    *("code", "name", "composite_low", "tier_vi", "rank_low", "rank_high", "group_size"),
    *("on_time_pct", "funnel"),
)
_WORDS = {"TOP": "nhóm đầu", "BOTTOM": "nhóm cuối", "NOT_DISTINGUISHABLE": "không phân biệt được", "": ""}
_WHY = {
    FEW_INDICATORS: "ít việc có điểm",
    FEW_AGENCIES: "nhóm có ít cơ quan",
    "": "",
}
_FUNNEL = {
    "inside": "trong giới hạn",
    "outside_95": "ngoài giới hạn 95 %",
    "outside_998": "ngoài giới hạn 99,8 %",
    "": "",
}


@dataclass(frozen=True, slots=True)
class PeerTiers:
    """
    All groups of a month.

    Attributes:
        rows: COLUMNS; bodies of a group stand together, by code: a place in a tier is no rank.
        funnels: Group -> its funnel as SVG; groups where nothing was due have none.
    """

    rows: pandas.DataFrame
    funnels: dict[str, str]


def peer_tiers(database: Database, catalogue: Catalogue, period: Period, known_at: datetime | None = None) -> PeerTiers:
    """
    Tiers and funnels of every peer group, as known at a time; None sees everything.

    Raises:
        NothingToReportError: Nothing was known of the period then.
    """
    return tiers_of_month(worked_month(database, catalogue, period, known_at))


def tiers_of_month(worked: Worked) -> PeerTiers:
    """The same of a month that is already worked."""
    made, catalogue = worked.bodies, worked.month.catalogue
    bodies = {key: catalogue.reporting_bodies[key] for key in made.agencies}
    effective = dict(zip(made.agencies, made.scores.effective_count.tolist(), strict=True))
    groups = np.array(groups_of(catalogue.peer_groups, bodies, effective), dtype=np.str_)
    compared = _compared(worked, groups)
    rows = pandas.DataFrame(
        {
            "peer_group": groups,
            "group": [_group_words(catalogue.peer_groups, group) for group in groups],
            "block": [body.block for body in bodies.values()],
            "code": made.agencies,
            "name": [body.short_vi for body in bodies.values()],
            "composite_low": made.scores.low.composite,
            "composite_high": made.scores.high.composite,
            "rated_assignments": compared.rated,
            "effective_assignments": made.scores.effective_count,
            **{str(name): column for name, column in tier_rows(compared, worked.month.limits).items()},
            **_on_time(worked),
            "grouping": SYSTEM_DEFAULT_VI,
        }
    )
    rows = rows.assign(tier_vi=[_WORDS[tier] for tier in rows["tier"]])
    rows = rows.assign(tier_vi=rows["tier_vi"].where(rows["tier"] != "", rows["why"].map(_WHY)))
    told, funnels = _with_funnels(rows)
    told = told.sort_values(["peer_group", "code"]).reset_index(drop=True)
    return PeerTiers(rows=told[list(COLUMNS)], funnels=funnels)


def _compared(worked: Worked, groups: np.ndarray) -> Compared:
    made = worked.bodies
    duties = made.duties
    low = worked.scores.assignments["progress_low"].to_numpy(dtype=np.float64)[made.assignment]
    shares = made.scores.shares
    # Children of one parent count as one: splitting a task brings nobody into a tier.
    points = shares.means(np.where(duties.is_rated, low, 0.0))
    is_rated = ~np.isnan(points)
    return Compared(
        group=groups,
        composite=made.scores.low.composite,
        rated=np.bincount(shares.agency[is_rated], minlength=len(groups)).astype(np.float64),
        effective=made.scores.effective_count,
        points=points[is_rated],
        owner=shares.agency[is_rated],
        delivery=made.scores.low.delivery,
    )


def _on_time(worked: Worked) -> dict[str, np.ndarray]:
    """Tasks that fell due and those done on time, of each body that leads them."""
    tasks = official_tasks(worked.scores.assignments)
    group = worked.bodies.agencies.get_indexer(pandas.Index(tasks["agency_id"])).astype(np.int64)
    counts = counts_of(tasks[group >= 0], group[group >= 0], len(worked.bodies.agencies))
    return {
        "due": counts.done_on_time + counts.done_late + counts.open_overdue,
        "on_time": counts.done_on_time,
    }


def _with_funnels(rows: pandas.DataFrame) -> tuple[pandas.DataFrame, dict[str, str]]:
    shares, verdicts = np.full(len(rows), np.nan), np.full(len(rows), "", dtype="<U20")
    drawings = {}
    for group in sorted(set(rows["peer_group"])):
        places = np.flatnonzero((rows["peer_group"] == group).to_numpy())
        part = rows.iloc[places]
        due, on_time = part["due"].to_numpy(dtype=np.float64), part["on_time"].to_numpy(dtype=np.float64)
        if not due.sum():
            continue
        found = funnel_of(on_time, due)
        shares[places], verdicts[places] = found.share * 100.0, found.verdict
        points = [
            FunnelPoint(code, number, share, verdict)
            for code, number, share, verdict in zip(part["code"], due, found.share, found.verdict, strict=True)
            if number
        ]
        words = FunnelWords(title=f"Tỷ lệ đúng hạn: {part['group'].iloc[0]}", due="số nhiệm vụ đến hạn")
        drawings[group] = funnel(points, words, mean=found.mean, spread=found.spread, width=420.0)
    told = rows.assign(on_time_pct=shares, funnel=[_FUNNEL[str(verdict)] for verdict in verdicts])
    return told, drawings


def _group_words(peers: dict[str, PeerGroup], group: str) -> str:
    """The group's name with its band in words."""
    code, _, band = group.partition("/")
    if code not in peers:
        return ""
    peer = peers[code]
    if not band:
        return peer.name_vi
    number, limits = int(band), peer.bands
    low = f"từ {limits[number - 2]:g}" if number > 1 else ""
    high = f"dưới {limits[number - 1]:g}" if number <= len(limits) else ""
    return f"{peer.name_vi} ({' '.join(part for part in (low, high) if part)} việc quy đổi)"
