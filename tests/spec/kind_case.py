"""One indicator of every kind and on every trajectory, made from the records themselves, on its whole way."""

import shutil
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

import pytest
import yaml
from conftest import ROOT
from spec.tree_case import BRIEFED, OCTOBER, ledger_of, october, value
from unit.body_reports import opened

from resolution_monitor.ask.explain_steps import steps_of
from resolution_monitor.ask.explain_workbook import scored_month
from resolution_monitor.ask.worked_month import assignment_of, explained_assignment
from resolution_monitor.catalogue import load
from resolution_monitor.catalogue.entries import Catalogue, Indicator
from resolution_monitor.exchange.score_workbook import score_workbook
from resolution_monitor.exchange.template import template_workbook
from resolution_monitor.ledger.closings import NOTHING_CLOSED
from resolution_monitor.ledger.obligations import items_owed
from resolution_monitor.method import kinds as kind_modules
from resolution_monitor.method import registry
from resolution_monitor.method import trajectories as trajectory_modules
from resolution_monitor.method.kind import DOWN, Kind
from resolution_monitor.method.trajectory import Trajectory
from resolution_monitor.normalise.body_report import ReportReading, understand_report
from resolution_monitor.period import Period, periods_between
from resolution_monitor.reporting.content import BodyReport, IndicatorEntry
from resolution_monitor.sample.conduct import Conduct, Player
from resolution_monitor.sample.indicator_values import indicator_entries
from resolution_monitor.score.formulas.explained import Explained
from resolution_monitor.score.month.scores import Worked, work_resolutions

LEAD = "BTC"
SLOW = Player(1, LEAD, Conduct.SLOW)
Entry = dict[str, Any]


def kind_entry(kind: Kind) -> Entry:
    """An entry of the catalogue with what its kind asks for, and as little else as may be."""
    unit = kind.unit or ("%" if kind.has_parts else "%/năm" if kind.is_compounded else "tổ chức")
    start, whole = (40, 90) if kind.has_parts else (0, 1) if kind.is_product else (40, 200)
    if kind.directions[0] == DOWN:
        start, whole = whole, start
    target = {"operator": "range", "low": 100, "high": 120} if kind.keeps_both_ends else {"value": whole}
    if kind.is_compounded:
        target = {"value": 8}
    operator = "<=" if kind.directions[0] == DOWN else ">="
    entry = _entry(unit, kind.directions[0], [{"year": 2030, "operator": operator, **target}])
    entry |= {"min_step": 0.1 if unit.startswith("%") else 1}
    entry |= {"kind": kind.name, "frequency": (kind.frequencies or ("month",))[0]}
    return entry | ({"baseline": _baseline(start)} if kind.needs_baseline else {})


def trajectory_entry(shape: Trajectory) -> Entry:
    """A level on such a path, with a dated target before the last where the path runs through them."""
    targets = [{"year": 2026, "operator": ">=", "value": 90}] if shape.takes_points else []
    entry = _entry("tổ chức", "up", [*targets, {"year": 2030, "operator": ">=", "value": 200}])
    return entry | {"kind": "level", "frequency": "month", "trajectory": shape.name, "baseline": _baseline(40)}


def _entry(unit: str, direction: str, targets: list[Entry]) -> Entry:
    named = {"name_vi": "Chỉ tiêu thử", "name_en": "A made-up indicator", "source": "made up", "confidence": "proxy"}
    named |= {"publication_lag_days": 0, "assumed": []}
    return {**named, "unit": unit, "direction": direction, "targets": targets, "min_step": 1, "lead": LEAD}


def _baseline(amount: float) -> Entry:
    return {"value": amount, "year": 2024, "source": "made up", "confidence": "low"}


def catalogue_of(entries: Mapping[str, Entry], folder: Path) -> tuple[Catalogue, dict[str, Indicator]]:
    """The catalogue with these entries in a resolution, read and checked as production does; alone in it afterwards."""
    shutil.copytree(ROOT / "catalogue", folder)
    path = folder / "resolutions" / "NQ57.yaml"
    file = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    ids = {name: f"57.{number}" for number, name in enumerate(entries, start=70)}
    file["indicators"] += [{"indicator_id": ids[name], **entry} for name, entry in entries.items()]
    path.write_text(yaml.safe_dump(file, allow_unicode=True), encoding="utf-8")
    whole = load.load_catalogue(folder)
    chosen = {ids[name]: whole.indicators[ids[name]] for name in entries}
    alone = replace(whole, indicators=chosen, tasks={}, ledger_begins_on=date(2025, 1, 1))
    return alone, {name: chosen[ids[name]] for name in entries}


@dataclass(frozen=True)
class Walk:
    """A made-up body's month with indicators by the name of their record: each step on the real functions."""

    catalogue: Catalogue
    indicators: Mapping[str, Indicator]

    def periods(self, name: str) -> list[Period]:
        """From the start of the resolution to what is known by the briefing of October 2026."""
        return periods_between(self.indicators[name].frequency, date(2025, 1, 1), OCTOBER.end)

    def made_up(self, name: str) -> list[IndicatorEntry]:
        return indicator_entries(self.indicators[name], self.periods(name), SLOW)

    @cached_property
    def worked(self) -> Worked:
        rows = [
            value(
                self.indicators[name],
                period.name,
                None if entry.value is None else float(entry.value),
                numerator=entry.numerator,
                denominator=entry.denominator,
            )
            for name in self.indicators
            for period, entry in zip(self.periods(name), self.made_up(name), strict=True)
        ]
        return work_resolutions(october(self.catalogue, ledger_of(self.catalogue), rows))

    def assignment(self, name: str) -> dict[str, Any]:
        return assignment_of(self.worked, self.indicators[name].indicator_id, LEAD)

    def explained(self, name: str) -> Explained:
        return explained_assignment(self.worked, self.assignment(name))

    def steps(self, name: str) -> dict[str, dict[str, Any]]:
        return {step["name"]: step for step in steps_of(self.explained(name), self.worked.month.limits)}

    @cached_property
    def workbook(self) -> bytes:
        return score_workbook(scored_month(self.worked, LEAD, {}))

    @cached_property
    def readings(self) -> dict[str, ReportReading]:
        """The newest figures, filled into the body's own workbooks and read by the checks, by kind of period."""
        frequencies = dict.fromkeys(one.frequency for one in self.indicators.values())
        return {
            one: self._read([name for name in self.indicators if self.indicators[name].frequency == one])
            for one in frequencies
        }

    def _read(self, names: list[str]) -> ReportReading:
        period, made = self.periods(names[0])[-1], [self.made_up(name)[-2:] for name in names]
        owed = items_owed(self.catalogue, period, NOTHING_CLOSED)
        last = {each[0].indicator_id: each[0].value for each in made if len(each) > 1 and each[0].value is not None}
        entries = tuple(each[-1] for each in made)
        report = BodyReport(LEAD, period, indicators=entries, tasks=(), obstacles=(), requests=())
        items = [one.indicator_id for one in entries]
        content = template_workbook(self.catalogue, LEAD, period, items=items, last_values=last, filled=report)
        return understand_report(opened(content), self.catalogue, LEAD, received_at=BRIEFED, owed=lambda asked: owed)

    def read_back(self, name: str) -> IndicatorEntry:
        """The newest figure as the checks let it pass."""
        one = self.indicators[name]
        report = self.readings[one.frequency].report
        assert report is not None
        (entry,) = [entry for entry in report.indicators if entry.indicator_id == one.indicator_id]
        return entry


def walk_of(entries: Mapping[str, Entry], folder: Path) -> Walk:
    return Walk(*catalogue_of(entries, folder / "catalogue"))


def all_entries() -> dict[str, Entry]:
    """Of every kind, and of every trajectory, by its name."""
    shapes = {f"path {name}": trajectory_entry(shape) for name, shape in registry.trajectories().items()}
    return {name: kind_entry(kind) for name, kind in registry.kinds().items()} | shapes


@contextmanager
def with_records(folder: Path) -> Iterator[None]:
    """As if the modules below `folder` lay beside those shipped, in method/kinds and method/trajectories."""
    with pytest.MonkeyPatch.context() as patch:
        for package in (kind_modules, trajectory_modules):
            own = folder / package.__name__.rpartition(".")[2]
            patch.setattr(package, "__path__", [*package.__path__, str(own)])
        _forget()
        yield
    _forget()


def _forget() -> None:
    """Records are looked for once a process, and modules imported once."""
    for package in (kind_modules, trajectory_modules):
        for module in [name for name in sys.modules if name.startswith(f"{package.__name__}.")]:
            if str(ROOT / "plugins") not in str(sys.modules[module].__file__):
                del sys.modules[module]
                delattr(package, module.rpartition(".")[2])
    registry.kinds.cache_clear()
    registry.trajectories.cache_clear()
