"""Finds text of old fonts in what was read, repairs it with a confidence, or refuses the file: never a guess.

Every word that holds a letter beyond ASCII is tried as it stands, as TCVN3 and as VNI; what makes it a Vietnamese
syllable is counted. Text is repaired where nearly every word asks for it, and where hardly one does nothing is touched.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from resolution_monitor.collect import tcvn3, vni
from resolution_monitor.collect.refusals import RefusedError
from resolution_monitor.collect.syllables import is_syllable

SUREST, LEAST_SUSPECT = 0.9, 0.2
# Fewer different words can look like TCVN3 by chance; one is enough where the file names such a font, and more are
# asked for where the file also holds Unicode text.
_FEWEST_WORDS, _FEWEST_BESIDE_UNICODE = 3, 6
# A workbook of so many Unicode texts for each old word is Unicode, with words that somebody forgot to convert.
_TEXTS_A_LEFTOVER = 3
_SHOWN_LEFTOVERS = 5

# Latin-1 letters and signs that no Vietnamese word holds in Unicode: without any of them there is nothing to repair.
_STRANGE = re.compile("[\u00a1-\u00bf\u00c4-\u00c7\u00cb\u00ce\u00cf\u00d1\u00d6-\u00d9\u00db\u00dc\u00de\u00df"
                      "\u00e4-\u00e7\u00eb\u00ee-\u00f1\u00f6-\u00f9\u00fb\u00fc\u00fe\u00ff]")  # fmt: skip
_WORD = re.compile("[A-Za-z\u00a1-\u00ff]*[\u00a1-\u00ff][A-Za-z\u00a1-\u00ff]*")
# Letters that only Unicode text of ours holds; TCVN3 and VNI never come out as them.
_UNICODE = re.compile(
    "[\u0102\u0103\u0110\u0111\u0128\u0129\u0168\u0169\u01a0\u01a1\u01af\u01b0\u0300-\u0323\u1ea0-\u1ef9]"
)
# UTF-8 read as Windows-1252: "Bá»™ TÃ i chÃ­nh".
_TWICE_ENCODED = re.compile("\u00e1[\u00ba\u00bb][\u0080-\uffff]|\u00c4[\u2018\u0192\u0090\u0091]|\u00c6[\u00a1\u00b0]")


@dataclass(slots=True)
class _Count:
    """Words by what makes sense of them."""

    as_tcvn3: set[str] = field(default_factory=set)
    as_vni: set[str] = field(default_factory=set)
    as_nothing: set[str] = field(default_factory=set)
    between: set[str] = field(default_factory=set)  # TCVN3 in one cell with Unicode
    twice_encoded: int = 0
    unicode_texts: int = 0

    @property
    def is_mixed(self) -> bool:
        """Whether Unicode text of ours stands beside the old."""
        return self.unicode_texts > 0

    def is_old(self, fonts: Iterable[str]) -> bool:
        """Whether there are more words of the old code than there can be by chance."""
        by_chance = _FEWEST_BESIDE_UNICODE if self.is_mixed else _FEWEST_WORDS
        fewest = 1 if any(name.lower().startswith(".vn") for name in fonts) else by_chance
        return len(self.as_tcvn3) >= fewest

    @property
    def is_leftover(self) -> bool:
        """Whether a workbook of Unicode only holds a few old words that nobody converted."""
        old = len(self.as_tcvn3) + len(self.between) + len(self.as_nothing)
        return self.unicode_texts >= _TEXTS_A_LEFTOVER * old

    @property
    def confidence(self) -> float:
        """Share of words that only TCVN3 makes sense of, from 0 to 1."""
        against = len(self.as_nothing) + len(self.between) + len(self.as_vni)
        return len(self.as_tcvn3) / max(1, len(self.as_tcvn3) + against)


def repaired(answer: dict[str, Any], fonts: Iterable[str]) -> dict[str, Any]:
    """
    The child's answer with TCVN3 text made Unicode, the confidence of that, and each cell as it stood.

    Raises:
        RefusedError: It holds text of an old code that cannot be told with enough confidence.
    """
    texts = [value for sheet in answer["sheets"] for row in sheet["rows"] for value in row if type(value) is str]
    if not _STRANGE.search("\n".join(texts)):
        return answer
    count = counted(set(texts))
    if not is_tcvn3(count, fonts):
        return {**answer, "leftover": sorted(count.as_tcvn3)[:_SHOWN_LEFTOVERS]} if count.is_old(fonts) else answer
    cells = 0
    for sheet in answer["sheets"]:
        originals = [
            [number, column, value, _meant(value, is_mixed=count.is_mixed)]
            for number, row in enumerate(sheet["rows"])
            for column, value in enumerate(row)
            if type(value) is str and _meant(value, is_mixed=count.is_mixed) != value
        ]
        for number, column, _, meant in originals:
            sheet["rows"][number][column] = meant
        sheet["originals"] = [[number, column, value] for number, column, value, _ in originals]
        cells += len(originals)
    return {**answer, "repair": {"confidence": round(count.confidence, 4), "cells": cells}}


def is_tcvn3(count: _Count, fonts: Iterable[str]) -> bool:
    """
    Whether text is to be repaired.

    Raises:
        RefusedError: It is something old, and not sure enough what.
    """
    lowered = [name.lower() for name in fonts]
    by_chance = _FEWEST_BESIDE_UNICODE if count.is_mixed else _FEWEST_WORDS
    fewest_vni = 1 if any(name.startswith("vni-") for name in lowered) else by_chance
    if len(count.as_vni) >= fewest_vni and len(count.as_vni) > len(count.as_tcvn3):
        raise RefusedError("text-encoding-unclear", technical=f"VNI: {len(count.as_vni)} words")
    if count.twice_encoded >= _FEWEST_WORDS:
        raise RefusedError("text-encoding-unclear", technical="UTF-8 read as Windows-1252")
    if not count.is_old(fonts) or count.confidence < LEAST_SUSPECT:
        return False
    if count.confidence < SUREST and count.is_leftover:
        return False
    if count.confidence < SUREST:
        raise RefusedError("text-encoding-unclear", technical=f"TCVN3 with {count.confidence:.2f}")
    return True


def is_surely_tcvn3(count: _Count) -> bool:
    """Whether text whose code nobody told is TCVN3 beyond doubt."""
    return len(count.as_tcvn3) >= _FEWEST_WORDS and count.confidence >= SUREST


def counted(texts: Iterable[str]) -> _Count:
    """What makes sense of the words of these texts."""
    count = _Count()
    for text in texts:
        if text.isascii():
            continue
        is_unicode = bool(_UNICODE.search(text))
        count.unicode_texts += is_unicode
        count.twice_encoded += len(_TWICE_ENCODED.findall(text))
        for word in _WORD.findall(text):
            _count_word(count, word, is_unicode=is_unicode)
    return count


def _count_word(count: _Count, word: str, *, is_unicode: bool) -> None:
    meant = tcvn3.decoded(word)
    if len(word) == 1 or is_syllable(word) or (meant is not None and meant.isupper()):
        return  # it makes sense as it stands; of one letter, or of "N§" (NĐ), nobody can tell
    if meant is not None and is_syllable(meant):
        (count.between if is_unicode else count.as_tcvn3).add(word)
    elif not is_unicode and is_syllable(vni.decoded(word)):
        count.as_vni.add(word)
    elif not is_unicode and any(letter.isalpha() for letter in word):
        count.as_nothing.add(word)


def _meant(text: str, *, is_mixed: bool) -> str:
    """
    One cell of a workbook in TCVN3 as it is meant.

    Where the workbook also holds Unicode text, a cell that makes sense both ways stays as it stands.
    """
    if text.isascii() or _UNICODE.search(text):
        return text
    meant = tcvn3.decoded(text)
    words = _WORD.findall(text)
    if meant is None or not words:
        return text
    asks = any(not is_syllable(word) and is_syllable(word.translate(tcvn3.LETTERS)) for word in words)
    abbreviates = all(word.translate(tcvn3.LETTERS).isupper() for word in words)
    return meant if asks or abbreviates or not is_mixed else text
