"""Part of `make prove`: how often the checks of typing ask about honest figures, and how many slips they stop."""

import argparse
import inspect
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
from proof_page import write_part
from simulated_slips import OF_FIGURES, against_parts, exchanged, mistyped, pasted_down

from resolution_monitor.catalogue.entries import Catalogue
from resolution_monitor.catalogue.load import load_catalogue
from resolution_monitor.exchange.plain import report_csv
from resolution_monitor.normalise.body_report import ReportReading, understand_report
from resolution_monitor.period import Period, parse_period
from resolution_monitor.reporting import layout
from resolution_monitor.reporting.content import BodyReport
from resolution_monitor.sample.body_reports import Draft, drafts_of
from resolution_monitor.sample.conduct import player_of
from resolution_monitor.sample.owed import owed_between

ROOT = Path(__file__).resolve().parents[2]
TITLE = "## Slips of the keyboard"
_WAITING = ("block", "justify")
_FIRST, _LATER = "first report", "later report"
_MONTHS = parse_period("2026-05"), parse_period("2026-10")


@dataclass(frozen=True, slots=True)
class Told:
    """A report of the demonstration and what was known when it came."""

    draft: Draft
    lasts: Mapping[str, Decimal] | None
    peers: Mapping[str, Sequence[Decimal]]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=2, help="how many demonstrations")
    parser.add_argument("--proof", type=Path, default=ROOT / "docs" / "proof.md", help="page that the tables go into")
    asked = parser.parse_args()
    started = time.monotonic()
    catalogue = load_catalogue(ROOT / "catalogue")
    honest: Counter[str] = Counter()
    raised: Counter[str] = Counter()
    planted: Counter[tuple[str, str]] = Counter()
    stopped: Counter[tuple[str, str]] = Counter()
    for seed in range(1, asked.seeds + 1):
        draws = np.random.default_rng([seed, 11])
        for told in _demonstration(catalogue, seed):
            for place, one in ((_FIRST, Told(told.draft, None, told.peers)), (_LATER, told)):
                if place == _LATER and told.lasts is None:
                    continue
                found = _waiting(catalogue, one, told.draft.report)
                honest[place] += sum(entry.value is not None for entry in told.draft.report.indicators)
                raised.update((place, check) for check in found.values())
                for slip, report, items in _slips(catalogue, one, draws):
                    planted[slip, place] += 1
                    stopped[slip, place] += bool(items & _waiting(catalogue, one, report).keys())
    table = [*_honest_table(honest, raised), "", *_slip_table(planted, stopped)]
    write_part(asked.proof, TITLE, _words(asked.seeds), table)
    sys.stdout.write("\n".join(table) + f"\n{time.monotonic() - started:.0f} s\n")
    return int(sum(raised.values()) > 0)


def _demonstration(catalogue: Catalogue, seed: int) -> Iterator[Told]:
    """Every honest report with figures, what its body told before, and what the others told the period before."""
    drafts = {
        agency_id: [one for one in drafts_of(catalogue, owed, player_of(seed, agency_id)) if one.report.indicators]
        for agency_id, owed in owed_between(catalogue, *_MONTHS).items()
    }
    by_period: dict[Period, dict[str, dict[str, Decimal]]] = defaultdict(dict)
    for agency_id, reports in drafts.items():
        for one in reports:
            by_period[one.owed.period][agency_id] = _figures(one.report)
    for agency_id, reports in drafts.items():
        lasts: dict[str, dict[str, Decimal]] = {}
        for one in reports:
            period = one.owed.period
            before = [other for other in by_period if other.kind == period.kind and other.end < period.start]
            told = by_period[max(before, key=lambda other: other.end)] if before else {}
            peers: dict[str, list[Decimal]] = defaultdict(list)
            for other, figures in told.items():
                for item, figure in figures.items() if other != agency_id else ():
                    peers[item].append(figure)
            yield Told(one, lasts.get(period.kind), peers)
            lasts[period.kind] = lasts.get(period.kind, {}) | _figures(one.report)


def _figures(report: BodyReport) -> dict[str, Decimal]:
    return {one.indicator_id: one.value for one in report.indicators if one.value is not None}


def _waiting(catalogue: Catalogue, told: Told, report: BodyReport) -> dict[str, str]:
    """Indicator -> the finding by which its row waits."""
    reading = _reading(catalogue, told, report)
    taken = {key for sheet, key in reading.places if sheet == layout.INDICATORS}
    found = {
        str(dict(one.details).get("item", "")): one.check
        for one in reading.findings
        if one.severity.value in _WAITING and one.sheet == layout.INDICATORS
    }
    return {
        one.indicator_id: found.get(one.indicator_id, "") for one in report.indicators if one.indicator_id not in taken
    }


def _reading(catalogue: Catalogue, told: Told, report: BodyReport) -> ReportReading:
    from unit.body_reports import opened

    draft, agency_id = told.draft, report.agency_id
    opens = dict.fromkeys(draft.owed.items, draft.owed.opens_at)
    known: dict[str, Any] = {"before": lambda _agency_id, _period: told.lasts}
    if "peers" in inspect.signature(understand_report).parameters:
        known["peers"] = lambda _agency_id, _period: told.peers
    return understand_report(
        opened(report_csv(report, catalogue.sha256)),
        catalogue,
        agency_id,
        received_at=draft.owed.due_at,
        owed=lambda _period: {agency_id: opens},
        **known,
    )


def _slips(catalogue: Catalogue, told: Told, draws: np.random.Generator) -> Iterator[tuple[str, BodyReport, set[str]]]:
    """Slip, the report with it, and the rows that it moved: at most one of each kind a report."""
    report = told.draft.report
    entries = [one for one in report.indicators if one.value is not None]
    if not entries:
        return
    for slip, typed in OF_FIGURES.items():
        entry = entries[int(draws.integers(len(entries)))]
        value = typed(catalogue, entry, report)
        if value is not None:
            yield slip, mistyped(report, entry, value), {entry.indicator_id}
    entry = entries[int(draws.integers(len(entries)))]
    if (wrong := against_parts(report, entry, draws)) is not None:
        yield "a share against its parts", wrong, {entry.indicator_id}
    for slip, both in (
        ("a column one row down", pasted_down(catalogue, report)),
        ("shares exchanged", exchanged(catalogue, report, draws)),
    ):
        if both is not None:
            yield slip, *both


def _honest_table(honest: Counter[str], raised: Counter[Any]) -> list[str]:
    lines = ["| honest figures | looked at | asked | by which check |", "|---|--:|--:|---|"]
    for place in (_FIRST, _LATER):
        checks = {check: count for (where, check), count in sorted(raised.items()) if where == place}
        named = ", ".join(f"{check} {count}" for check, count in checks.items()) or "–"
        lines.append(f"| {place} | {honest[place]} | {sum(checks.values())} | {named} |")
    return lines


def _slip_table(planted: Counter[tuple[str, str]], stopped: Counter[tuple[str, str]]) -> list[str]:
    lines = ["| slip | planted, first report | wait | planted, later report | wait |", "|---|--:|--:|--:|--:|"]
    for slip in dict.fromkeys(slip for slip, _ in planted):
        cells = []
        for place in (_FIRST, _LATER):
            many = planted[slip, place]
            cells += [str(many), f"{stopped[slip, place] / many:.0%}" if many else "–"]
        lines.append(f"| {slip} | {' | '.join(cells)} |")
    return lines


def _words(seeds: int) -> str:
    return (
        f"{seeds} demonstrations, every report with figures from {_MONTHS[0].name} to {_MONTHS[1].name}, read twice: "
        "as if it were the body's first, and beside what it told before. Planted: reports with the slip in them "
        "(tests/prove/simulated_slips.py); wait: those of which a row so moved is kept out until somebody mends or "
        "explains it. A slip that lands among possible figures cannot be seen; counts of single days are left out."
    )


if __name__ == "__main__":
    sys.exit(main())
