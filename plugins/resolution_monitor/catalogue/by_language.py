"""Names of the catalogue by language; what has no name in a language goes by its Vietnamese, official one."""

from dataclasses import dataclass
from typing import Any

from resolution_monitor.catalogue.entries import Catalogue
from resolution_monitor.wording import VIETNAMESE


@dataclass(frozen=True, slots=True)
class Names:
    """
    What bodies, resolutions, tasks and all else are called in one language.

    A name in another language is one that the catalogue holds: none is made up here, so that an official name is never
    guessed. Only `short_vi` is shorter than a name, and it is there in Vietnamese alone.
    """

    catalogue: Catalogue
    language: str

    def body(self, agency_id: str | None) -> str:
        """As short as it is called; its code where the catalogue no longer knows it."""
        entry = self.catalogue.bodies.get(agency_id or "")
        if entry is None:
            return str(agency_id)
        return self._of(entry, "name", entry.short_vi)

    def item(self, item_id: str) -> str:
        """Of a task or an indicator; its code where the catalogue no longer knows it."""
        entry = self.catalogue.tasks.get(item_id) or self.catalogue.indicators.get(item_id)
        return self._of(entry, "name", entry.name_vi) if entry else item_id

    def short_item(self, item_id: str) -> str:
        """Of a task or an indicator as a narrow column calls it; its whole name where there is no shorter one."""
        entry = self.catalogue.tasks.get(item_id) or self.catalogue.indicators.get(item_id)
        return (entry.short_vi if entry and self.language == VIETNAMESE else "") or self.item(item_id)

    def short_resolution(self, code: str) -> str:
        """As a narrow column calls it."""
        short = self.catalogue.resolutions[code].short_vi
        return (short if self.language == VIETNAMESE else "") or self.resolution(code)

    def resolution(self, code: str) -> str:
        entry = self.catalogue.resolutions[code]
        return self._of(entry, "title", entry.title_vi)

    def block(self, block: str) -> str:
        entry = self.catalogue.blocks[block]
        return self._of(entry, "name", entry.name_vi)

    def screen(self, screen: str) -> str:
        entry = self.catalogue.screening.screens[screen]
        return self._of(entry, "name", entry.name_vi)

    def _of(self, entry: Any, field: str, vietnamese: str) -> str:
        if self.language == VIETNAMESE:
            return vietnamese
        return getattr(entry, f"{field}_{self.language}", None) or vietnamese


def names(catalogue: Catalogue, language: str) -> Names:
    """The one seam through which pages and workbooks call anything of the catalogue by name."""
    return Names(catalogue, language)
