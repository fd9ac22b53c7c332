"""Eleven edits of the catalogue, each dated: what tests and `make prove` make of a copy of the catalogue's files."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import yaml

from resolution_monitor.settings import Settings

ROOT = Path(__file__).resolve().parents[1]
DAY = "2026-11-16"
Entry = dict[str, Any]
Edit = Callable[[Path], None]


def house(settings: Settings, folder: Path) -> Settings:
    """Settings of a copy of the house whose catalogue can be changed."""
    folder.mkdir()
    shutil.copytree(ROOT / "catalogue", folder / "catalogue")
    for name in ("sql", "report_templates", "samples"):
        (folder / name).symlink_to(ROOT / name)
    return replace(settings, root=folder)


def change(file: str, section: str, key: str, entry: str, **fields: object) -> Edit:
    """Fields of one entry written anew; None takes a field away."""

    def edit(catalogue: Path) -> None:
        path = catalogue / file
        content = yaml.load(path.read_bytes(), Loader=yaml.CSafeLoader)
        (found,) = [one for one in content[section] if one[key] == entry]
        for name, value in fields.items():
            found[name] = value
        path.write_text(yaml.safe_dump(content, allow_unicode=True, sort_keys=False), encoding="utf-8")

    return edit


def add(file: str, section: str, entry: Entry) -> Edit:
    def edit(catalogue: Path) -> None:
        path = catalogue / file
        content = yaml.load(path.read_bytes(), Loader=yaml.CSafeLoader)
        content[section].append(entry)
        path.write_text(yaml.safe_dump(content, allow_unicode=True, sort_keys=False), encoding="utf-8")

    return edit


def together(*edits: Edit) -> Edit:
    def edit(catalogue: Path) -> None:
        for one in edits:
            one(catalogue)

    return edit


def since(before: object, now: object) -> dict[str, object]:
    """A fact with its day."""
    return {"0001-01-01": before, DAY: now}


def written(file: str, section: str, key: str, entry: str, field: str) -> Any:
    content = yaml.load((ROOT / "catalogue" / file).read_bytes(), Loader=yaml.CSafeLoader)
    return next(one.get(field) for one in content[section] if one[key] == entry)


def members_without(group: str) -> Edit:
    members = written("bodies/groups.yaml", "groups", "group_id", group, "members")
    left = [one for one in members if one != "BDTTG"]
    return change("bodies/groups.yaml", "groups", "group_id", group, members=since(members, left))


SUCCESSION = {"predecessor": "BDTTG", "successor": "BNV", "effective_on": DAY, "source": "test", "confidence": "low"}
NEW_BODY = {
    "agency_id": "CUCDP",
    "kind": "ministry",
    "block": "government",
    "name_vi": "Cục Dự phòng thử nghiệm",
    "valid_from": DAY,
    "source": "test",
    "confidence": "low",
}
NQ72, INDICATOR, TASK = "resolutions/NQ72.yaml", ("indicators", "indicator_id"), ("tasks", "task_id")
LEADS = [
    (file.relative_to(ROOT / "catalogue").as_posix(), section, key, one[key])
    for file in sorted((ROOT / "catalogue" / "resolutions").glob("*.yaml"))
    for section, key in (INDICATOR, TASK)
    for one in yaml.load(file.read_bytes(), Loader=yaml.CSafeLoader)[section]
    if one.get("lead") == "BDTTG"
]
LOWERED = {
    "revised_on": DAY,
    "targets": [{"year": 2030, "operator": ">", "value": 50}],
    "document": "Quyết định số 99/QĐ-TTg ngày 16/11/2026",
    "approved_by": "Thủ tướng Chính phủ",
}
# The issuer's own word a few days later.
APPROVED = {**LOWERED, "revised_on": "2026-11-20", "document": "Kết luận số 99-KL/TW", "approved_by": "Bộ Chính trị"}


def revised(*revisions: Entry) -> Edit:
    return change(NQ72, *INDICATOR, "72.04", revisions=list(revisions))


def lowered_to_70(revision: Entry) -> Edit:
    """57.21 from 99 to 70: in the demonstration 66.2 is behind the one and on the way to the other."""
    targets = [{"year": 2030, "operator": ">=", "value": 70}]
    return change("resolutions/NQ57.yaml", *INDICATOR, "57.21", revisions=[{**revision, "targets": targets}])


def issued(day: str) -> Edit:
    """Another day of issue of resolution 72, from which its tasks count."""

    def edit(catalogue: Path) -> None:
        path = catalogue / NQ72
        content = yaml.load(path.read_bytes(), Loader=yaml.CSafeLoader)
        content["resolution"]["issued_on"] = day
        path.write_text(yaml.safe_dump(content, allow_unicode=True, sort_keys=False), encoding="utf-8")

    return edit


SCENARIOS: dict[str, Edit] = {
    "merger": together(
        change("bodies/central.yaml", "bodies", "agency_id", "BDTTG", valid_to="2026-11-15"),
        add("bodies/successions.yaml", "successions", SUCCESSION),
        *(members_without(group) for group in ("CAC-BO", "BAY-BO")),
        *(change(*place, lead=since("BDTTG", "BNV")) for place in LEADS),
    ),
    "split": together(
        add("bodies/central.yaml", "bodies", NEW_BODY),
        change(NQ72, *TASK, "72-T03", lead=since("BYT", "CUCDP")),
    ),
    "renaming": change(
        *("bodies/central.yaml", "bodies", "agency_id", "BYT"),
        name_vi=since("Bộ Y tế", "Bộ Sức khỏe thử nghiệm"),
        short_vi=since("Bộ Y tế", "Bộ Sức khỏe"),
    ),
    "lead": change(NQ72, *TASK, "72-T03", lead=since("BYT", "BNV")),
    "unit": change(NQ72, *INDICATOR, "72.04", unit=since("%", "điểm %"), kind=since("ratio", "level")),
    "frequency": change(NQ72, *INDICATOR, "72.04", frequency=since("month", "quarter")),
    "group": members_without("CAC-BO"),
    "deadline": change(NQ72, *TASK, "72-T03", due_on=since("2026-12-31", "2027-06-30")),
    "weight": change(NQ72, *INDICATOR, "72.04", weight=since(1.0, 5.0)),
    "target": together(revised(LOWERED), lowered_to_70(LOWERED)),
    "target approved": together(revised(LOWERED, APPROVED), lowered_to_70(APPROVED)),
    # From "at least 4 to 5 doctors" to "neither fewer nor more".
    "direction": change(NQ72, *INDICATOR, "72.09", direction=since("up", "band"), kind=since("level", "band")),
}
