"""Collects the findings of one reading; how much each weighs is the catalogue's to say."""

from collections.abc import Mapping

from resolution_monitor.catalogue.entries import Check
from resolution_monitor.normalise.finding_text import check_text
from resolution_monitor.terms import Finding, Severity

# What keeps a row out: until it is mended, or until somebody says why it is right.
WAITING = (Severity.BLOCK, Severity.JUSTIFY)
# What takes the place of a finding that was answered with a reason.
JUSTIFIED = "justified"


class Notes:
    """
    Findings in the order in which they were met.

    Args:
        true_names: How its sender knows a sheet that was parted from another; others keep their names.
        accepted: Items of which a named person accepted what the file says, with the person's words.
    """

    def __init__(
        self,
        checks: Mapping[str, Check],
        true_names: Mapping[str, str] | None = None,
        accepted: Mapping[str, str] | None = None,
    ) -> None:
        self._checks = checks
        self._true_names = true_names or {}
        self._accepted = accepted or {}
        self.findings: list[Finding] = []

    def asks_for_reason(self, check: str) -> bool:
        """Whether a row with this finding may go in once its sender says why it is right."""
        return self._checks[check].severity is Severity.JUSTIFY and not self._checks[check].needs_decision

    def decision(self, check: str, item: str | None) -> str | None:
        """Who accepted the row of an item with a finding that needs a decision, and why; None: nobody did."""
        return self._accepted.get(item or "") if self._checks[check].needs_decision else None

    def needs_figure(self, check: str) -> bool:
        """Whether that reason must repeat the figure."""
        return self._checks[check].needs_figure

    def add(
        self,
        check: str,
        *,
        sheet: str | None = None,
        cell: str | None = None,
        value: str | None = None,
        **details: str,
    ) -> bool:
        """Note a finding; whether what it stands on waits."""
        severity = self._checks[check].severity
        sheet = self._true_names.get(sheet or "", sheet)
        self.findings.append(Finding(check, severity, sheet, cell, value, tuple(sorted(details.items()))))
        return severity in WAITING

    def add_justified(
        self, check: str, *, sheet: str, cell: str, value: str | None, justification: str, **details: str
    ) -> bool:
        """Note that a finding was answered with a reason; it stays to be seen by whoever uses the figure."""
        unusual = Finding(check, Severity.JUSTIFY, sheet, cell, value, tuple(details.items()))
        told, _ = check_text(self._checks[check], unusual)
        details = {**details, "of": check, "told": told, "justification": justification}
        return self.add(JUSTIFIED, sheet=sheet, cell=cell, value=value, **details)
