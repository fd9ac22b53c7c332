"""Entries of screens.yaml: by which limits the system asks a body about its figures, and in which words."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Finds:
    """
    What a screen finds of simulated gaming, 0 to 1.

    Attributes:
        plain: Of gaming without restraint.
        mild: Of gaming that keeps small.
    """

    plain: float
    mild: float


@dataclass(frozen=True, slots=True)
class Screen:
    """
    One screen of honest reporting.

    Attributes:
        family: Hits of different families on one item are independent of each other.
        is_fact: The record itself shows it: it is asked whatever the share of false alarms.
        needs_verification: One hit is enough for a verification on the spot.
        false_alarm_rate: Of honest series or bodies a year, 0 to 1.
        rate_measured_by: method, simulation, or rule where there is no rate of its own.
        finds: Of simulated gaming the share that is hit, plain and mild; None where the record itself shows it.
        limits: Named as the rule in score names them.
        question: Vietnamese sentence with the names of its numbers in braces.
        confidence: system_default where no source sets the limits.
    """

    screen: str
    name_vi: str
    family: str
    is_fact: bool
    needs_verification: bool
    false_alarm_rate: float
    rate_measured_by: str
    finds: Finds | None
    limits: Mapping[str, float]
    question: str
    source: str
    confidence: str


@dataclass(frozen=True, slots=True)
class Screening:
    """
    All screens and what holds for all of them.

    Attributes:
        reply_working_days: Until a reply is expected.
        false_share_limit: Share of false alarms to expect among what is asked, at most.
        verify_random_share, verify_risk_share: Of figures to verify a month: drawn by lot, and by what was asked.
    """

    reply_working_days: int
    false_share_limit: float
    verify_random_share: float
    verify_risk_share: float
    screens: Mapping[str, Screen]


def screening_of(settings: Mapping[str, Any], screens: Mapping[str, Screen]) -> Screening:
    """The settings of screens.yaml with its screens."""
    return Screening(
        reply_working_days=settings["reply_working_days"],
        false_share_limit=settings["false_share_limit"],
        verify_random_share=settings["verify_random_share"],
        verify_risk_share=settings["verify_risk_share"],
        screens=screens,
    )


def screen_of(entry: Mapping[str, Any]) -> Screen:
    """One entry of `screens`."""
    limits = {name: float(value) for name, value in entry["limits"].items()}
    finds = Finds(**entry["finds"]) if "finds" in entry else None
    return Screen(**{"is_fact": False, "needs_verification": False, **entry, "limits": limits, "finds": finds})
