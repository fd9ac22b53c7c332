"""Collects the findings of one reading; how much each weighs is the catalogue's to say."""

from collections.abc import Mapping

from resolution_monitor.catalogue.entries import Check
from resolution_monitor.terms import Finding, Severity


class Notes:
    """Findings in the order in which they were met."""

    def __init__(self, checks: Mapping[str, Check]) -> None:
        self._checks = checks
        self.findings: list[Finding] = []

    def add(
        self,
        check: str,
        *,
        sheet: str | None = None,
        cell: str | None = None,
        value: str | None = None,
        **details: str,
    ) -> bool:
        """Note a finding; whether it blocks what it stands on."""
        severity = self._checks[check].severity
        self.findings.append(Finding(check, severity, sheet, cell, value, tuple(sorted(details.items()))))
        return severity is Severity.BLOCK
