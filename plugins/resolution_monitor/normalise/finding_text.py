"""A finding in the words its sender reads: text and action of its check, with the finding's own values put in."""

from dataclasses import replace

from resolution_monitor.catalogue.entries import Catalogue, Check
from resolution_monitor.personal import masked, may_hold
from resolution_monitor.terms import Finding
from resolution_monitor.wording import VIETNAMESE

_NOT_STATED = "(không rõ)"


class _Places(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return _NOT_STATED


def masked_finding(finding: Finding) -> Finding:
    """The finding with personal data masked in its value and details; doing it again changes nothing."""
    if not may_hold("\n".join((finding.value or "", *(value for _, value in finding.details)))):
        return finding
    details = tuple((name, masked(value)) for name, value in finding.details)
    return replace(finding, value=masked(finding.value) if finding.value else finding.value, details=details)


def finding_text(catalogue: Catalogue, finding: Finding, language: str = VIETNAMESE) -> tuple[str, str]:
    """
    Text and action, with personal data masked; Vietnamese where the check has no words of the language.

    Values come from files and are only ever put in, never interpreted.
    """
    return check_text(catalogue.checks[finding.check], finding, language)


def check_text(check: Check, finding: Finding, language: str = VIETNAMESE) -> tuple[str, str]:
    """The same for a check that is at hand."""
    finding = masked_finding(finding)
    places = _Places(
        sheet=finding.sheet or _NOT_STATED,
        cell=finding.cell or _NOT_STATED,
        value=finding.value or "(trống)",
        **dict(finding.details),
    )
    words = check.in_language(language)
    return words.text.format_map(places), words.action.format_map(places)
