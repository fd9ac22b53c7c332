"""What the benchmarks run on: a made catalogue of many bodies, and a workbook of each, written as our template is."""

import io
import random
import re
import zipfile
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

from resolution_monitor.catalogue.entries import Body, Catalogue
from resolution_monitor.exchange.template import template_workbook
from resolution_monitor.period import Period
from resolution_monitor.reporting.content import BodyReport, IndicatorEntry, ValueState

PERIOD = Period("month", date(2026, 10, 1), date(2026, 10, 31))
_VALUE = re.compile(rb"<v>1234\.5</v>")
_PARENT = "T01"
_SPREAD = (500, 2_000)  # values of the made reports, about the one before


def made_catalogue(catalogue: Catalogue, bodies: int, rows: int) -> Catalogue:
    """The same rules over `bodies` made bodies, each owing `rows` made monthly indicators and nothing else."""
    levels = (one for one in catalogue.indicators.values() if one.kind == "level" and one.resolution)
    pattern = next(one for one in levels if "%" not in one.unit)  # the made values would be no shares
    indicators = {
        key: replace(
            pattern,
            indicator_id=key,
            bodies=("province_body",),
            lead=None,
            frequency="month",
            publication_lag_days=0,
            t0=date(2026, 1, 1),
            baseline=None,
            targets=(),
        )
        for key in (f"BENCH.{number:03}" for number in range(1, rows + 1))
    }
    names = [f"B{number:04}" for number in range(1, bodies + 1)]
    made = {_PARENT: catalogue.bodies[_PARENT], **{key: _body(key) for key in names}}
    return replace(
        catalogue, sha256="made", bodies=made, successions=(), groups={}, indicators=indicators, tasks={}, forms={}
    )


def _body(key: str) -> Body:
    return Body(
        agency_id=key,
        kind="province_body",
        block="government",
        official_code=None,
        name_vi=f"Cơ quan {key}",
        short_vi=f"Cơ quan {key}",
        name_en=None,
        valid_from=None,
        valid_to=None,
        aliases=(),
        source="made by the benchmark",
        confidence="low",
        parent=_PARENT,  # as bodies of provinces, so that no workbook lists all of them to choose from
    )


def write_inbox(catalogue: Catalogue, inbox: Path, seed: int) -> int:
    """One filled workbook a body, each with values of its own; returns how many bytes were written."""
    chance = random.Random(seed)  # noqa: S311 - figures of a benchmark
    bodies = [key for key, body in catalogue.bodies.items() if body.parent]
    first = bodies[0]
    parts = _parts(_filled(catalogue, first))
    size = 0
    for key in bodies:
        folder = inbox / key
        folder.mkdir(parents=True, exist_ok=True)
        content = _zipped({name: _of_body(part, first, key, chance) for name, part in parts.items()})
        (folder / "bao-cao.xlsx").write_bytes(content)
        size += len(content)
    return size


def _filled(catalogue: Catalogue, agency_id: str) -> bytes:
    entries = tuple(IndicatorEntry(key, Decimal("1234.5"), ValueState.REPORTED) for key in catalogue.indicators)
    last = dict.fromkeys(catalogue.indicators, Decimal(1200))
    report = BodyReport(agency_id, PERIOD, entries, (), (), ())
    return template_workbook(
        catalogue, agency_id, PERIOD, items=list(catalogue.indicators), last_values=last, filled=report
    )


def _parts(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _of_body(part: bytes, first: str, key: str, chance: random.Random) -> bytes:
    named = part.replace(first.encode(), key.encode())
    return _VALUE.sub(lambda _: b"<v>%d.%d</v>" % (chance.randrange(*_SPREAD), chance.randrange(10)), named)


def _zipped(parts: dict[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return target.getvalue()
