"""Tells a secrecy marking from a mention of secrecy, in one text or one name; takes text, gives the level.

The levels are those of the Law on the protection of state secrets 117/2025/QH15, which replaced 29/2018/QH14: Tuyệt
mật, Tối mật, Mật. What counts as a marking here is this system's own rule (docs/decisions/0032):

1. A line, or a piece of one between brackets, dashes, slashes, bars or gaps, that holds nothing but a level and what
   stamps say beside one: a label ("Độ mật:"), urgency ("HỎA TỐC"), the document's kind, number, copy ("Bản số 1").
   It is clear in capitals, in two words ("Tối mật"), or with such company; "Mật" alone in small letters is doubtful.
2. A level in capitals before or behind words that are not; clear where they are a document's, else doubtful.
3. A label with a letter: "Độ mật: A". "BÍ MẬT NHÀ NƯỚC" in capitals, as the whole of a text or line.
4. In names of files and sheets: a level as a part of its own, or as first or last word.

A mention is all else: running text, "Số văn bản mật: 0", a compound ("bảo mật"), bile, honey, places and people, and a
text that sets several levels side by side, for it speaks of levels.
"""

import itertools
import re
from collections.abc import Iterator

from resolution_monitor.collect.mark_letters import readings
from resolution_monitor.collect.marking_levels import LEVEL, Marking, canonical, may_hold_level, plain_levels
from resolution_monitor.collect.marking_lines import Line, markings_of_line
from resolution_monitor.collect.marking_names import marking_of_words

__all__ = ["Marking", "level_of_name", "level_of_text", "marking_of_name", "marking_of_text"]

# Beyond this no spreadsheet's cell goes, and no document of one page: it is running text.
_LONGEST = 1_000_000
_LONG_LINE, _NEAR = 2_000, 300
_MOST_LEVELS = 500  # of one line; what names more of them speaks of levels
_HEADER_SECTION = re.compile(r"&[LCR](?![A-Za-z]*;)")
_HEADER_CODE = re.compile(r'&"[^"]*"|&K[0-9A-F]{6}|&\d+|&[A-Z]')


def level_of_text(text: str) -> str | None:
    """The level that a text marks its file with, clearly or perhaps; None for a mention or no word of it."""
    marking = marking_of_text(text)
    return marking.level if marking else None


def level_of_name(name: str) -> str | None:
    """The level that the name of a file (without its suffix) or of a sheet marks it with; None for none."""
    marking = marking_of_name(name)
    return marking.level if marking else None


def marking_of_text(text: str) -> Marking | None:
    """How a text marks its file; the clearest of its readings."""
    if len(text) > _LONGEST:
        return None
    return clearest(itertools.chain.from_iterable(map(_markings, readings(text))))


def marking_of_name(name: str) -> Marking | None:
    """How the name of a file (without its suffix) or of a sheet marks it."""
    if len(name) > _LONGEST:
        return None
    return clearest(itertools.chain.from_iterable(map(marking_of_words, readings(name))))


def clearest(markings: Iterator[Marking]) -> Marking | None:
    """The first clear one, else the first."""
    doubtful = None
    for marking in markings:
        if marking.is_clear:
            return marking
        doubtful = doubtful or marking
    return doubtful


def _markings(reading: str) -> Iterator[Marking]:
    if not may_hold_level(reading):
        return
    text = canonical(reading)
    if len(set(plain_levels(text))) > 1:
        return  # it speaks of levels
    if "&" in text:
        for section in _HEADER_SECTION.split(text):
            yield from _of_lines(_HEADER_CODE.sub("", section))
    yield from _of_lines(text)


def _of_lines(text: str) -> Iterator[Marking]:
    lines = [line for line in text.split("\n") if line.strip()]
    for number, line in enumerate(lines):
        before, after = lines[number - 1] if number else "", "".join(lines[number + 1 : number + 2])
        if may_hold_level(line):
            for near in _near(line):
                yield from markings_of_line(Line(near, before[-_NEAR:], after[:_NEAR]))


def _near(line: str) -> Iterator[str]:
    """The line; of a long one what stands around each level, so that none costs more than its length."""
    if len(line) <= _LONG_LINE:
        yield line
        return
    end = 0
    for found in itertools.islice(LEVEL.finditer(line), _MOST_LEVELS):
        if found.end() > end:
            begin, end = max(0, found.start() - _NEAR), found.end() + _NEAR
            yield line[begin:end]
