"""What the name of a file or of a sheet says of its file."""

import re
from collections.abc import Iterator

from resolution_monitor.collect.marking_levels import LEVEL, LEVELS, Marking, canonical, may_hold_level
from resolution_monitor.collect.marking_stamps import is_part_of_another, words_of

_PARTS = re.compile(r"[_\-–—.()\[\]{},;+&#~]+")
_OPENING = re.compile(r"[(\[{][^)\]}]*\Z")
# Without accents only the levels of two words: "mat" is also "mặt", "mất", "mát".
_PLAIN = re.compile(r"(?<![^\W_])(tuyet|tuyệt|toi|tối)[\W_]{0,6}(?:mat|mật)(?![^\W\d_])", re.IGNORECASE)
_NAMED = re.compile(r"(?:độ|do)[\W_]+\Z", re.IGNORECASE)  # "danh mục ... độ tuyệt mật": the level of something else


def marking_of_words(name: str) -> Iterator[Marking]:
    """Whatever the name says; two words anywhere, one word as a part of its own, or as first or last word of one."""
    if not may_hold_level(name):
        return
    name = canonical(name)
    for found in _PLAIN.finditer(name):
        after = _upper(name[found.end() :])
        if not _NAMED.search(name[: found.start()]) and not is_part_of_another([], after):
            level = LEVELS["TUYỆT" if found[1].upper().startswith("TUY") else "TỐI"]
            yield Marking(level, is_clear=found[1].lower() != "toi" or _is_part(name, found))
    for found in LEVEL.finditer(name):
        if not found[1] and (marking := _of_one(name, found)):
            yield marking


def _of_one(name: str, found: re.Match[str]) -> Marking | None:
    """ "Mật" alone."""
    before, after = name[: found.start()], name[found.end() :]
    words_before, words_after = _upper(before), _upper(after)
    is_noun = words_before[-2:] in (["TÀI", "LIỆU"], ["HỒ", "SƠ"]) and not words_after and found[0].isupper()
    if not is_noun and is_part_of_another(words_before, words_after):
        return None
    own_before, own_after = _upper(_PARTS.split(before)[-1]), _upper(_PARTS.split(after)[0])
    if own_before and own_after:
        return None
    is_bracketed = bool(_OPENING.search(before)) and not (own_before or own_after)
    return Marking(LEVELS[""], is_clear=found[0].isupper() or (is_bracketed and found[0][:1].isupper()))


def _is_part(name: str, found: re.Match[str]) -> bool:
    """Whether what was found is a part of its own."""
    return not (_PARTS.split(name[: found.start()])[-1].strip() or _PARTS.split(name[found.end() :])[0].strip())


def _upper(text: str) -> list[str]:
    return [word.upper() for word in words_of(text)]
