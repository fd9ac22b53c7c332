"""Contradictions among the settings of the rules and the groups that are compared."""

from collections import Counter
from collections.abc import Iterator

from resolution_monitor.catalogue.entries import Catalogue
from resolution_monitor.catalogue.rule_entries import SYSTEM_DEFAULT, SYSTEM_DEFAULT_VI


def problems_of_rules(catalogue: Catalogue) -> Iterator[str]:
    """Every contradiction in rule_settings.yaml and peer_groups.yaml."""
    yield from _of_settings(catalogue)
    yield from _of_peers(catalogue)


def _of_settings(catalogue: Catalogue) -> Iterator[str]:
    begins = Counter((one.setting, one.since) for one in catalogue.rule_settings)
    for (setting, since), times in begins.items():
        if times > 1:
            yield f"catalogue/rule_settings.yaml: entry {setting!r} begins twice on {since}; keep one"
    for one in catalogue.rule_settings:
        if (one.confidence == SYSTEM_DEFAULT) != (one.source == SYSTEM_DEFAULT_VI):
            yield (
                f"catalogue/rule_settings.yaml: entry {one.setting!r}: confidence {one.confidence} and source "
                f"{one.source!r} disagree; name the source, or write both as our own setting"
            )


def _of_peers(catalogue: Catalogue) -> Iterator[str]:
    """Every reporting body has one group: with two it would be in two lists, with none in no comparison at all."""
    for agency_id, body in catalogue.reporting_bodies.items():
        held = [key for key, one in catalogue.peer_groups.items() if one.holds(agency_id, body.kind, body.block)]
        if len(held) != 1:
            yield (
                f"catalogue/peer_groups.yaml: body {agency_id!r} ({body.block}, {body.kind}) is in "
                f"{' and '.join(held) or 'no group'}; put it into one"
            )
    for key, one in catalogue.peer_groups.items():
        if list(one.bands) != sorted(set(one.bands)):
            yield f"catalogue/peer_groups.yaml: entry {key!r}: bands do not rise; put them in order"
