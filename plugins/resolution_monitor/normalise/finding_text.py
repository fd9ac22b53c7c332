"""A finding in the words its sender reads: text and action of its check, with the finding's own values put in."""

from resolution_monitor.catalogue.entries import Catalogue, Check
from resolution_monitor.terms import Finding

_NOT_STATED = "(không rõ)"


class _Places(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return _NOT_STATED


def finding_text(catalogue: Catalogue, finding: Finding) -> tuple[str, str]:
    """Vietnamese text and action; values come from files and are only ever put in, never interpreted."""
    return check_text(catalogue.checks[finding.check], finding)


def check_text(check: Check, finding: Finding) -> tuple[str, str]:
    """The same for a check that is at hand."""
    places = _Places(
        sheet=finding.sheet or _NOT_STATED,
        cell=finding.cell or _NOT_STATED,
        value=finding.value or "(trống)",
        **dict(finding.details),
    )
    return check.text.format_map(places), check.action.format_map(places)
