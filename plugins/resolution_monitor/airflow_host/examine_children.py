"""Lets the children that meet foreign bytes attack, and has what came of it judged."""

from collections.abc import Iterator

from resolution_monitor.ask.installation import Verdict
from resolution_monitor.ask.installation_children import child_verdict, unprotected_verdict
from resolution_monitor.errors import ReaderError, RenderError, SettingsError
from resolution_monitor.pipeline.children import attacked_children
from resolution_monitor.settings import Settings


def examine_children(settings: Settings) -> Iterator[Verdict]:
    """One verdict a child; they attack bait that is gone afterwards."""
    try:
        found = attacked_children(settings)
    except (SettingsError, ReaderError, RenderError) as error:
        yield unprotected_verdict(str(error))
        return
    for kind, one in found.items():
        yield child_verdict(kind, one.protections.words, one.succeeded)
