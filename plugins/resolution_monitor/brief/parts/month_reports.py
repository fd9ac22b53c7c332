"""Page 1, lower part: which blocks reported on time, which bodies did not report, and whether that is enough."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from resolution_monitor.brief.charts.dumbbell import dumbbell
from resolution_monitor.brief.figures import Figure, Origin
from resolution_monitor.brief.parts.received import Received, periods_missing, received
from resolution_monitor.brief.parts.resolution_figures import ResolutionFigures
from resolution_monitor.brief.resolution_snapshot import Standing
from resolution_monitor.brief.sentences import kept_together
from resolution_monitor.ledger.items import ItemKind
from resolution_monitor.wording import Limit

_NAMED_PROVISIONAL = 6
_NAMED_FALLING = 2
# Bodies that page 2 names: those missing for several periods, and of those missing once when they are few.
_LENGTHS, _NAMED_AGAIN, _NAMED_ONCE = 3, 5, 4


@dataclass(frozen=True, slots=True)
class BlockReports:
    """One block's reports, now and in the edition before."""

    block: str
    name: str
    now: Received
    before: Received

    @property
    def difference(self) -> float | None:
        now, before = self.now.on_time_pct, self.before.on_time_pct
        return None if now is None or before is None else now - before


def blocks_of(made: ResolutionFigures) -> list[BlockReports]:
    """The four blocks in the order of the catalogue."""
    snapshot = made.snapshot
    bodies = snapshot.catalogue.bodies.values()
    members = {key: [body.agency_id for body in bodies if body.block == key] for key in snapshot.catalogue.blocks}
    return [
        BlockReports(
            block=key,
            name=made.say(f"block_{key}"),
            now=_reports(snapshot.now, members[key]),
            before=_reports(snapshot.before, members[key]),
        )
        for key in snapshot.catalogue.blocks
    ]


def _reports(standing: Standing | None, agency_ids: list[str] | None = None) -> Received:
    if standing is None:
        return Received()
    frame = standing.obligations
    return received(frame[frame["item_kind"] == ItemKind.REPORT.value], agency_ids)


def all_reports(made: ResolutionFigures) -> Received:
    return _reports(made.snapshot.now)


def reports_part(made: ResolutionFigures) -> dict[str, Any]:
    """Blocks at the left, missing reports at the right."""
    made.at("place_blocks")
    blocks = blocks_of(made)
    low = _scale_from(blocks)
    left = {
        "blocks_heading": _blocks_heading(made, blocks),
        "blocks": [_block(made, one, low) for one in blocks],
        "blocks_scale": made.say("blocks_scale", low=f"{low:.0f}") if low else "",
    }
    made.at("place_missing")
    return {**left, **_missing_part(made)}


def _scale_from(blocks: list[BlockReports]) -> float:
    """Half of the scale is enough where nobody is below it."""
    known = [pct for one in blocks for pct in (one.now.on_time_pct, one.before.on_time_pct) if pct is not None]
    return 50.0 if known and min(known) >= 50.0 else 0.0


def _blocks_heading(made: ResolutionFigures, blocks: list[BlockReports]) -> str:
    rated = [one for one in blocks if one.now.on_time_pct is not None]
    if not rated:
        return made.say("blocks_nothing_due")
    lowest = min(rated, key=lambda one: one.now.on_time_pct or 0.0)
    figures = {"name": lowest.name, "percent": _percent(made, lowest.now, lowest.name)}
    if lowest.now.on_time_pct == 100.0:
        return made.say("blocks_all_on_time")
    if not any(one.now.on_time for one in rated):
        return made.say("blocks_none_on_time")
    if all(one.difference is None for one in rated):
        return made.say("blocks_first", **figures)
    falling = [one for one in rated if (one.difference or 0.0) < 0]
    count = made.book.count(len(falling), Origin(made.say("rule_falling"), made.say("about_blocks")))
    names = made.listed([one.name for one in falling])
    if len(falling) > _NAMED_FALLING:
        return made.say("blocks_falling_count", count=count, **figures)
    return made.say("blocks_falling_none" if not falling else "blocks_falling", names=names, **figures)


def _percent(made: ResolutionFigures, some: Received, about: str) -> Figure:
    return made.book.percent(
        some.on_time_pct, Origin(made.say("rule_on_time_pct"), about, made.file_sources(some.owed))
    )


def _block(made: ResolutionFigures, one: BlockReports, low: float) -> dict[str, Any]:
    percent = _percent(made, one.now, one.name)
    before = made.book.percent(one.before.on_time_pct, Origin(made.say("rule_on_time_pct_before"), one.name))
    points = made.book.difference_points(one.difference, Origin(made.say("rule_points"), one.name))
    title = made.say("dumbbell_title", name=one.name, now=percent, before=before)
    return {
        "name": one.name,
        "owed": _count(made, one.now.owed, "rule_owed", one.name),
        "on_time": _count(made, one.now.on_time, "rule_on_time", one.name),
        "late": _count(made, one.now.late, "rule_late", one.name),
        "missing": _count(made, one.now.missing, "rule_missing", one.name),
        "has_missing": bool(one.now.missing),
        "percent": percent,
        "points": points,
        "has_fallen": (one.difference or 0.0) < 0,
        "dumbbell": dumbbell(one.now.on_time_pct, one.before.on_time_pct, title, low=low, width=62),
    }


def _count(made: ResolutionFigures, agency_ids: list[str], rule: str, about: str) -> Figure:
    return made.book.count(len(agency_ids), Origin(made.say(rule), about, made.file_sources(agency_ids)))


def missing_bodies(made: ResolutionFigures) -> list[tuple[str, int]]:
    """agency_id and how many periods in a row nothing came; longest first, then central bodies."""
    rows = periods_missing(made.snapshot.reports)
    missing = {agency_id: rows.get(agency_id, 1) for agency_id in all_reports(made).missing}
    order = {key: number for number, key in enumerate(made.snapshot.catalogue.bodies)}
    return sorted(missing.items(), key=lambda pair: (-pair[1], order.get(pair[0], len(order))))


def _missing_part(made: ResolutionFigures) -> dict[str, Any]:
    rows = missing_bodies(made)
    about = made.say("about_reports")
    owed = all_reports(made).owed
    words = {
        "count": _count(made, [agency_id for agency_id, _ in rows], "rule_missing", about),
        "owed": _count(made, owed, "rule_owed", about),
        "name": made.name(rows[0][0]) if rows else "",
    }
    heading = made.counted("missing_heading", len(rows), **words)
    return {
        "missing_heading": heading if owed else made.say("missing_nothing_due"),
        "missing": _by_length(made, rows) if rows else [made.say("missing_none")] if owed else [],
    }


def _by_length(made: ResolutionFigures, rows: list[tuple[str, int]]) -> list[str]:
    """Who is missing, by for how many periods in a row; longest first, and what nothing is known of for it."""
    led = [one for one in made.assignments if one["agency_id"] in {agency_id for agency_id, _ in rows}]
    told = [_of_length(made, rows, periods) for periods in sorted({many for _, many in rows}, reverse=True)[:_LENGTHS]]
    rest = [agency_id for agency_id, many in rows if many < min(sorted({m for _, m in rows}, reverse=True)[:_LENGTHS])]
    if rest:
        told.append(made.say("missing_rest", count=_count(made, rest, "rule_rest", made.say("about_reports"))))
    if led:
        told.append(made.say("missing_led", count=made.count(led, "rule_led", made.say("about_reports"))))
    return told


def _of_length(made: ResolutionFigures, rows: list[tuple[str, int]], periods: int) -> str:
    bodies = [agency_id for agency_id, many in rows if many == periods]
    about = made.say("about_reports")
    words = {
        "periods": made.book.count(periods, Origin(made.say("rule_periods"), about)),
        "count": _count(made, bodies, "rule_missing", about),
        "names": made.listed([kept_together(made.name(agency_id)) for agency_id in bodies]),
    }
    few = len(bodies) <= (_NAMED_AGAIN if periods > 1 else _NAMED_ONCE)
    return made.say(f"missing_{'' if periods > 1 else 'once_'}{'named' if few else 'counted'}", **words)


def is_provisional(made: ResolutionFigures) -> bool:
    """Whether too few reports came, or none was due."""
    share = all_reports(made).received_pct
    return share is None or share < float(made.report.settings["readiness_pct"])


def readiness_part(made: ResolutionFigures) -> dict[str, Any]:
    """Whether enough came to be more than provisional, and who is missing where not."""
    made.at("place_readiness")
    everything = all_reports(made)
    line = float(made.report.settings["readiness_pct"])
    share = everything.received_pct
    provisional = is_provisional(made)
    came = [*everything.on_time, *everything.late]
    about = made.say("about_reports")
    words = {
        "received": _count(made, came, "rule_received", about),
        "owed": _count(made, everything.owed, "rule_owed", about),
        "percent": made.book.percent(
            share, Origin(made.say("rule_received_pct"), about, made.file_sources(came)), [Limit(Decimal(repr(line)))]
        ),
        "line": made.book.share(line, Origin(made.say("rule_line"), made.say("about_settings"))),
    }
    key = "nothing_due" if share is None else "below" if provisional else "above"
    return {
        "is_provisional": provisional,
        "readiness": made.say(f"readiness_{key}", **words),
        "absent": _absent(made) if provisional else "",
    }


def _absent(made: ResolutionFigures) -> str:
    """Who is missing, central bodies first; the rest counted."""
    missing = all_reports(made).missing
    bodies = made.snapshot.catalogue.bodies
    order = {key: number for number, key in enumerate(bodies)}
    ordered = sorted(missing, key=lambda key: (bodies[key].parent is not None, order[key]))
    if not ordered:
        return ""
    names = [made.name(key) for key in ordered[:_NAMED_PROVISIONAL]]
    rest = ordered[_NAMED_PROVISIONAL:]
    if not rest:
        return made.say("absent", names=made.listed(names))
    count = _count(made, rest, "rule_rest", made.say("about_reports"))
    return made.say("absent_many", names=", ".join(names), count=count)
