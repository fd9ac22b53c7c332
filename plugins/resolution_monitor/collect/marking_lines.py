"""What one line of a text says of its file; the rules stand at the head of marking_words."""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, replace

from resolution_monitor.collect.marking_context import COUNTED_NOUN
from resolution_monitor.collect.marking_levels import Marking, read_by_machine
from resolution_monitor.collect.marking_pieces import marking_of_pieces
from resolution_monitor.collect.marking_stamps import (
    Stamp,
    is_bare,
    is_company,
    is_label,
    is_part_of_another,
    other_stamp,
    stamp_of,
    weighed,
    words_of,
)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a text with the lines around it; empty where there is none."""

    text: str
    before: str = ""
    after: str = ""

    @property
    def is_alone(self) -> bool:
        return not (self.before or self.after)


def markings_of_line(line: Line) -> Iterator[Marking]:
    """Whatever the line says; what only a reader of pictures could have meant is doubtful."""
    found = list(_markings(line))
    yield from found
    if not found and (read := read_by_machine(line.text)):
        yield from (replace(one, is_clear=False) for one in itertools.islice(_markings(replace(line, text=read)), 1))


def _markings(line: Line) -> Iterator[Marking]:
    if other := other_stamp(line.text):
        yield other
    elif (stamp := stamp_of(line.text)) is None:
        yield from marking_of_pieces(line.text)
    elif found := _of_bare(stamp, line) if is_bare(stamp) else weighed(stamp, line.text):
        yield found


def _of_bare(stamp: Stamp, line: Line) -> Marking | None:
    """A level alone on its line: what stands around it decides."""
    if is_label(line.before):
        return stamp.marking(is_clear=True)
    if line.is_alone:
        return stamp.marking(is_clear=stamp.is_two or stamp.is_capital)
    if line.before.rstrip().endswith(":"):
        return stamp.marking(is_clear=stamp.is_two or stamp.is_capital)
    if stamp.is_two:
        return stamp.marking(is_clear=True) if stamp.is_title else None
    before, after = ([word.upper() for word in words_of(text)] for text in (line.before, line.after))
    if stamp.is_capital and _is_noun(before, line.before):
        return stamp.marking(is_clear=True)
    if is_part_of_another(before, [] if is_company(line.after) else after):
        return None
    if stamp.is_capital:
        return stamp.marking(is_clear=True)
    is_apart = stamp.is_title and (not line.after or line.after.lstrip()[:1].isupper())
    return stamp.marking(is_clear=is_apart and is_company(line.after)) if is_apart else None


def _is_noun(before: list[str], written: str) -> bool:
    """Whether the line before ends with a document's kind in capitals, so that both are one stamp."""
    noun = " ".join(before[-2:])
    found = stamp_of(f"{noun} MẬT")
    return written.isupper() and bool(found and found.noun) and noun != COUNTED_NOUN
