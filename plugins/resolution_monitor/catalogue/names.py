"""A written name becomes a body of the day it was written for, and a body becomes its successor of today."""

import functools
import re
import unicodedata
from collections import defaultdict
from datetime import date
from itertools import filterfalse

from resolution_monitor.catalogue.entries import Body, Catalogue
from resolution_monitor.period import Period

_WORD = re.compile(r"[a-z0-9]+")
# Three letters print alike: Vietnamese D with stroke, Icelandic eth, African D. Old files mix them.
STROKED_D = str.maketrans({"đ": "d", "Đ": "d", "ð": "d", "Ð": "d", "ɖ": "d", "Ɖ": "d", "&": " và "})


# Headings, words and names come again in every file; longer texts are not kept, for files are not to fill our memory.
_SHORT = 120
_KEPT_TEXTS = 32_768
# No name, heading or letterhead reaches as far; what is longer is a stranger's text, and costs time.
_LONGEST_COMPARED = 8_000


def fold(text: str) -> str:
    """
    Text for comparison: lower case, no marks, words of a-z and 0-9 with single spaces.

    Tone marks go because the same name is written `Hòa`, `Hoà` and `HOA`; no two bodies of one group and day fold
    to the same text (checked when the catalogue is loaded).
    """
    return _folded_short(text) if len(text) <= _SHORT else _folded(text)


def _folded(text: str) -> str:
    decomposed = unicodedata.normalize("NFD", text[:_LONGEST_COMPARED].translate(STROKED_D).lower())
    # Long texts come in strangers' files: no step of Python's own for each of their letters.
    bare = "".join(filterfalse(unicodedata.combining, decomposed))
    return " ".join(_WORD.findall(bare))


_folded_short = functools.lru_cache(_KEPT_TEXTS)(_folded)


def name_key(catalogue: Catalogue, written: str) -> str:
    """What two writings of one name have in common: folded, with the catalogue's abbreviations written out."""
    return " ".join(catalogue.abbreviations.get(word, word) for word in fold(written).split())


class NameIndex:
    """Written name -> bodies, within one group."""

    def __init__(self, catalogue: Catalogue, group: str) -> None:
        self._catalogue = catalogue
        self._group = group
        self._bodies: dict[str, list[Body]] = defaultdict(list)
        for body in catalogue.bodies.values():
            if body.group == group:
                for name in written_names(body):
                    self._bodies[name_key(catalogue, name)].append(body)

    def resolve(self, written: str, period: Period) -> Body | None:
        """
        The body that bore this name in the period, or None. Exact after folding; nothing is guessed.

        A body that ended within the period still counts: the plan of 2008 names Hà Tây, which ended on 31 July 2008.
        """
        for candidate in _candidates(written):
            bearers = self._bodies.get(name_key(self._catalogue, candidate), ())
            found = {body.agency_id for body in bearers if body.exists_in(period.start, period.end)}
            if len(found) == 1:
                return self._catalogue.bodies[found.pop()]
        return self._settled(written, period)

    def _settled(self, written: str, period: Period) -> Body | None:
        """The body that a person gave the name to, where no alias knows it."""
        agency_id = self._catalogue.settled_names.get(name_key(self._catalogue, written))
        body = self._catalogue.bodies.get(agency_id or "")
        is_meant = body is not None and body.group == self._group and body.exists_in(period.start, period.end)
        return body if is_meant else None


def is_no_body(catalogue: Catalogue, written: str) -> bool:
    """Whether a person decided that a name means no body."""
    key = name_key(catalogue, written)
    return key in catalogue.settled_names and catalogue.settled_names[key] is None


def written_names(body: Body) -> tuple[str, ...]:
    """Every way the body's name is known to be written."""
    return (body.name_vi, body.short_vi, *body.aliases)


def _candidates(written: str) -> list[str]:
    """The name as written, then without what a bilingual form prints behind it."""
    first_line = written.split("\n")[0]
    candidates = [written, first_line]
    parts = re.split(r"\s+[-–]\s+|\s*\(", first_line)
    candidates += [" - ".join(parts[:count]) for count in range(len(parts) - 1, 0, -1)]
    return candidates


def successor_on(catalogue: Catalogue, agency_id: str, day: date) -> str:
    """The body that stands for `agency_id` on `day`: itself while it exists, else the end of its line of succession."""
    steps = {s.predecessor: s for s in catalogue.successions if s.effective_on <= day}
    current = agency_id
    while current in steps:
        current = steps[current].successor
    return current
