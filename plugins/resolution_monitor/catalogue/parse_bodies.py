"""Entries under catalogue/bodies/ become bodies, blocks, groups, communes and successions."""

from datetime import date
from typing import Any

from resolution_monitor.catalogue.entries import Block, Body, Commune, Group, Succession

Entry = dict[str, Any]


def day(text: str | None) -> date | None:
    """A day as YAML holds it, or None where it holds none."""
    return date.fromisoformat(text) if text else None


def body(entry: Entry) -> Body:
    return Body(
        agency_id=entry["agency_id"],
        kind=entry["kind"],
        block=entry.get("block"),
        official_code=entry.get("official_code"),
        name_vi=entry["name_vi"],
        short_vi=entry.get("short_vi") or entry["name_vi"],
        name_en=entry.get("name_en"),
        valid_from=day(entry.get("valid_from")),
        valid_to=day(entry.get("valid_to")),
        aliases=(*entry.get("aliases", ()), *([entry["abbreviation"]] if "abbreviation" in entry else [])),
        source=entry["source"],
        confidence=entry["confidence"],
        parent=entry.get("parent"),
    )


def block(entry: Entry) -> Block:
    return Block(**entry)


def group(entry: Entry) -> Group:
    return Group(**{**entry, "members": tuple(entry["members"]), "aliases": tuple(entry.get("aliases", ()))})


def commune(entry: dict[str, str]) -> Commune:
    return Commune(**entry)


def succession(entry: Entry) -> Succession:
    return Succession(**{**entry, "effective_on": date.fromisoformat(entry["effective_on"])})
