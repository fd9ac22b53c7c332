"""Which names wait for a person, and whom could they mean?"""

from collections import defaultdict

import pandas
from rapidfuzz import fuzz, process

from resolution_monitor.catalogue.entries import Catalogue
from resolution_monitor.catalogue.names import name_key, written_names
from resolution_monitor.store import name_rows
from resolution_monitor.store.connect import Database

COLUMNS = ("written_name", "times", "file_name", "sheet", "cell", "agency_id", "name", "alike_pct")
# Below it "Bộ Y tế" is like Bến Tre; above it a likeness is still no more than a suggestion.
LEAST_ALIKE = 85.0
_MOST_SUGGESTED = 3


def uncertain_names(database: Database, catalogue: Catalogue) -> pandas.DataFrame:
    """One row per name and suggestion, or per name without any, with COLUMNS; empty when no name waits."""
    waiting = name_rows.uncertain_names(database)
    bodies = _bodies_by_key(catalogue) if waiting else {}
    rows = []
    for name in waiting:
        found = suggestions(name_key(catalogue, name["written_name"]), bodies)
        suggested = [
            {"agency_id": agency_id, "name": catalogue.bodies[agency_id].name_vi, "alike_pct": alike}
            for agency_id, alike in found
        ]
        rows += [{**name, **one} for one in suggested or [{"agency_id": "", "name": "", "alike_pct": None}]]
    return pandas.DataFrame(rows, columns=list(COLUMNS))


def suggestions(key: str, bodies: dict[str, set[str]]) -> list[tuple[str, float]]:
    """agency_ids whose names are alike beyond LEAST_ALIKE, the likest first, each with how much, from 0 to 100."""
    alike: dict[str, float] = {}
    for written, score, _ in process.extract(key, list(bodies), scorer=fuzz.ratio, score_cutoff=LEAST_ALIKE, limit=20):
        for agency_id in bodies[written]:
            alike[agency_id] = max(score, alike.get(agency_id, 0.0))
    best = sorted(alike.items(), key=lambda pair: (-pair[1], pair[0]))[:_MOST_SUGGESTED]
    return [(agency_id, round(score, 1)) for agency_id, score in best if score > LEAST_ALIKE]


def _bodies_by_key(catalogue: Catalogue) -> dict[str, set[str]]:
    bodies: dict[str, set[str]] = defaultdict(set)
    for body in catalogue.bodies.values():
        for name in written_names(body):
            bodies[name_key(catalogue, name)].add(body.agency_id)
    return bodies
