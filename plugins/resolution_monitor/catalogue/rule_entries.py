"""What the rules may be set to, and whom a body is compared with, as frozen values."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

SYSTEM_DEFAULT = "system_default"
SYSTEM_DEFAULT_VI = "mặc định của hệ thống"


@dataclass(frozen=True, slots=True)
class RuleSetting:
    """
    One threshold or weight from a day on.

    Attributes:
        setting: A field of score.limits.Limits.
        since: It holds for periods that end on this day or later, until a newer value begins; a default since ever.
        clause: Of docs/method.md.
        confidence: high, medium or low of a source; system_default for our own.
    """

    setting: str
    value: float
    since: date
    name_vi: str
    unit_vi: str
    clause: str
    source: str
    confidence: str


@dataclass(frozen=True, slots=True)
class PeerGroup:
    """
    Bodies that may be compared with each other: all of one block, of named kinds.

    Attributes:
        ending: Of the agency_id of a province's body, such as UBND; None for central bodies.
        bands: Effective assignments at which the group is cut into parts; empty keeps it whole.
    """

    peer_group: str
    name_vi: str
    name_en: str
    block: str
    kinds: tuple[str, ...]
    ending: str | None
    bands: tuple[float, ...]
    source: str
    confidence: str

    def holds(self, agency_id: str, kind: str, block: str | None) -> bool:
        """Whether a body belongs to it."""
        ending = agency_id.partition("-")[2] or None
        return block == self.block and kind in self.kinds and (self.ending is None or self.ending == ending)


def rule_setting(entry: Mapping[str, Any]) -> RuleSetting:
    """An entry of rule_settings.yaml; a share such as 1/3 is written as text."""
    value, since = float(Fraction(str(entry["value"]))), date.fromisoformat(entry.get("since", date.min.isoformat()))
    return RuleSetting(**{**entry, "value": value, "since": since})


def peer_group(entry: Mapping[str, Any]) -> PeerGroup:
    """An entry of peer_groups.yaml."""
    bands = tuple(float(limit) for limit in entry.get("bands", ()))
    return PeerGroup(**{**entry, "kinds": tuple(entry["kinds"]), "ending": entry.get("ending"), "bands": bands})
