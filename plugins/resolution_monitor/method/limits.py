"""Thresholds and weights of the rules as one value; what is in force comes from catalogue/rule_settings.yaml.

Source: docs/method.md, clause 7. None of them is a legal cut-off.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """
    Every threshold and weight that may be set; the defaults are the method's, by which worked cases are computed.

    Attributes:
        green_from, amber_from: SPI(t), or attained share, from which a colour holds.
        step_amber_days: Lag up to which a step is amber and not red.
        start_up_fraction: E below which nothing is judged yet.
        expected_floor: Smallest divisor of P0.
        overdue_points_per_day, late_floor: What a day past the deadline costs, and what a late finish keeps.
        timeliness_scale_days, timeliness_scale_share: Lag at which S is 0: days, or that share of the elapsed time.
        report_points_per_day: What a day costs by which a report is late.
        reporting_window_months: Over which R is the mean.
        delivery_weight, timeliness_weight, reporting_weight: Exponents of C.
        pillar_floor: The least a pillar of C counts.
        coordinating_weight: Of a body that helps; who leads has 1.
        maintain_share: Of the target, the scale on which keeping a level is measured.
        overspend_tolerance: Share of the plan that may be spent above it.
        parent_green_from, parent_amber_from: LOW of a parent from which a colour holds.
        nodata_share: Share without data above which a state is INSUFFICIENT.
        critical_overdue_days: Above which a critical assignment holds back its parents.
        tier_named_above: Chance above which a tier is named.
        tier_least_indicators, tier_least_agencies: Below which there are no tiers.
    """

    green_from: float = 0.95
    amber_from: float = 0.80
    step_amber_days: float = 30.0
    start_up_fraction: float = 0.05
    expected_floor: float = 0.20
    overdue_points_per_day: float = 1.0 / 3.0
    late_floor: float = 50.0
    timeliness_scale_days: float = 90.0
    timeliness_scale_share: float = 0.20
    report_points_per_day: float = 5.0
    reporting_window_months: float = 12.0
    delivery_weight: float = 0.60
    timeliness_weight: float = 0.25
    reporting_weight: float = 0.15
    pillar_floor: float = 1.0
    coordinating_weight: float = 0.3
    maintain_share: float = 0.10
    overspend_tolerance: float = 0.005
    parent_green_from: float = 90.0
    parent_amber_from: float = 75.0
    nodata_share: float = 0.20
    critical_overdue_days: float = 30.0
    tier_named_above: float = 0.80
    tier_least_indicators: float = 5.0
    tier_least_agencies: float = 6.0


# The defaults of the method; production passes what the catalogue holds.
METHOD = Limits()
