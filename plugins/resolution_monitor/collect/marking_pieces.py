"""A level among other words of its line: between brackets, dashes and bars, or told apart by its capitals."""

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from resolution_monitor.collect.marking_context import COUNTED_NOUN, NOUN, OF_DOCUMENT, ORDINARY
from resolution_monitor.collect.marking_levels import LEVEL, LEVELS, Marking
from resolution_monitor.collect.marking_stamps import (
    Stamp,
    is_bare,
    is_company,
    is_label,
    is_part_of_another,
    other_stamp,
    stamp_of,
    stands_among,
    weighed,
    words_of,
)

_SEPARATOR = re.compile(
    r"(\s*(?:[|()\[\]{}<>«»“”\"*_•·/;,:!=]+|(?<!\w)[-–—]+|[-–—]+(?!\w)|[–—]+|\.(?=\s|\Z))\s*|\t+|\s{3,})"
)
_CLOSE_DASH = re.compile(r"[-–—](?=(?:(?:TUYỆT|TỐI) )?MẬT(?!\w))|(?<=MẬT)[-–—](?=\w)")
_BRACKETS = '([{<«“"'
_AFTER_NUMBER = re.compile(r"\d+[-/]\S+\s*[(\[]\s*\Z")
_BEGINS_WITH_NOUN = re.compile(rf"(?:{NOUN}|{COUNTED_NOUN})(?!\w)")


@dataclass(frozen=True, slots=True)
class _Piece:
    """A piece of a line: its text, where it begins, the signs on both sides, and the pieces on both sides."""

    text: str
    start: int
    signs_before: str
    signs_after: str
    before: str
    after: str
    is_first: bool
    is_last: bool

    @property
    def is_bracketed(self) -> bool:
        return bool(set(self.signs_before) & set(_BRACKETS))


def marking_of_pieces(line: str) -> Iterator[Marking]:
    """What each level of a line says of the file, where the line is no stamp as a whole."""
    line = _CLOSE_DASH.sub(" - ", line)
    for piece in _pieces(line):
        stamp = stamp_of(piece.text)
        if piece.before and is_label(piece.before) and (found := _labelled(piece, stamp)):
            yield found
        elif stamp:
            found = _of_bare(stamp, piece, line) if is_bare(stamp) else _of_company(stamp, piece)
            if found:
                yield found
        elif other := other_stamp(piece.text):
            yield other
        else:
            yield from filter(None, (_of_words(found, piece, line) for found in LEVEL.finditer(piece.text)))


def _pieces(line: str) -> list[_Piece]:
    cut = _SEPARATOR.split(line)
    texts, signs = cut[::2], ["", *cut[1::2], ""]
    starts = list(itertools.accumulate(map(len, cut), initial=0))[:-1:2]
    told = [number for number, text in enumerate(texts) if text.strip()]
    pieces = []
    for place, number in enumerate(told):
        last = told[place - 1] if place else -1
        then = told[place + 1] if place + 1 < len(told) else len(texts)
        pieces.append(
            _Piece(
                text=texts[number],
                start=starts[number],
                signs_before="".join(signs[last + 1 : number + 1]),
                signs_after="".join(signs[number + 1 : then + 1]),
                before=texts[last] if place else "",
                after=texts[then] if then < len(texts) else "",
                is_first=place == 0,
                is_last=place + 1 == len(told),
            )
        )
    return pieces


def _labelled(piece: _Piece, stamp: Stamp | None) -> Marking | None:
    if stamp:
        return stamp.marking(is_clear=True)
    return other_stamp(f"{piece.before} {piece.text}")


def _of_company(stamp: Stamp, piece: _Piece) -> Marking | None:
    if stamp.number and not stamp.is_two and stands_among(_upper(piece.before), []):
        return None
    return weighed(stamp, piece.text)


def _upper(text: str) -> list[str]:
    return [word.upper() for word in words_of(text)]


def _of_bare(stamp: Stamp, piece: _Piece, line: str) -> Marking | None:
    before, after = _upper(piece.before), _upper(piece.after)
    if any(other and (found := stamp_of(f"{other} mật")) and found.is_urgent for other in (piece.before, piece.after)):
        return stamp.marking(is_clear=stamp.is_title) if stamp.is_title or stamp.is_two else None
    if stamp.is_two:
        return _of_two(stamp, piece, line)
    if stands_among(before, after):
        return None
    if piece.after and stamp.is_title and _is_copy(piece.after):
        return stamp.marking(is_clear=True)
    return _of_capital(stamp, piece, line) if stamp.is_capital else _of_small(stamp, piece, line)


def _is_copy(text: str) -> bool:
    found = stamp_of(f"mật {text}")
    return bool(found and found.company)


def _of_two(stamp: Stamp, piece: _Piece, line: str) -> Marking | None:
    if stamp.is_capital:
        return stamp.marking(is_clear=True)
    if stamp.is_title:
        return stamp.marking(is_clear=piece.is_first or (piece.is_bracketed and piece.is_last))
    return stamp.marking(is_clear=False) if piece.is_bracketed and OF_DOCUMENT.search(line.upper()) else None


def _of_capital(stamp: Stamp, piece: _Piece, line: str) -> Marking | None:
    others = line[: piece.start] + " " + line[piece.start + len(piece.text) :]
    is_ordinary = bool(ORDINARY & set(_upper(others)))
    if OF_DOCUMENT.search(others.upper()):
        return stamp.marking(is_clear=not is_ordinary)
    if piece.is_bracketed or len(_upper(others)) >= 5:
        return stamp.marking(is_clear=False) if is_ordinary else stamp.marking(is_clear=piece.is_bracketed)
    return None if set(piece.signs_before + piece.signs_after) & set(",;") else stamp.marking(is_clear=False)


def _of_small(stamp: Stamp, piece: _Piece, line: str) -> Marking | None:
    others = (line[: piece.start] + " " + line[piece.start + len(piece.text) :]).upper()
    if _AFTER_NUMBER.search(line, 0, piece.start) or ORDINARY & set(words_of(others)):
        return None
    is_told = bool(OF_DOCUMENT.search(others))
    if stamp.is_title and piece.is_first and piece.is_bracketed:
        return stamp.marking(is_clear=is_told or "[" in piece.signs_before)
    if not stamp.is_title and not (piece.is_bracketed and _BEGINS_WITH_NOUN.match(line.strip().upper())):
        return None
    return stamp.marking(is_clear=False) if is_told and (piece.is_first or piece.is_last) else None


# --- A level with other words in its piece -------------------------------------------------------------------------


def _of_words(found: re.Match[str], piece: _Piece, line: str) -> Marking | None:
    before, after = _upper(piece.text[: found.start()]), _upper(piece.text[found.end() :])
    level = LEVELS[(found[1] or "").upper()]
    if is_part_of_another([] if found[1] else before, after):
        return None
    if found[0].isupper():
        is_clear = _is_clear_capital(found, piece, (before, after), line)
        return None if is_clear is None else Marking(level, is_clear)
    is_capital = found[0][:1].isupper()
    is_doubted = _is_titled(found, before, " ".join(after)) if is_capital else False
    return Marking(level, is_clear=False) if is_doubted else None


def _is_clear_capital(
    found: re.Match[str], piece: _Piece, beside: tuple[Sequence[str], Sequence[str]], line: str
) -> bool | None:
    """Whether capitals among other words are clear; None where they are part of a heading."""
    before, after = beside
    upper = line.upper()
    if not piece.text.isupper():
        if before and after:
            return False if found[1] else None
        return bool(OF_DOCUMENT.search(upper.replace("MẬT", ""))) and not ORDINARY & set(words_of(upper))
    if not before:
        return True if is_company(" ".join(after)) else (False if found[1] else None)
    begins = bool(_BEGINS_WITH_NOUN.match(" ".join(before)))
    return False if begins and (found[1] or not after) else None


def _is_titled(found: re.Match[str], before: Sequence[str], after: str) -> bool:
    """Whether "Mật" or "Tối mật" begins a text that goes on as a document, or names one in two words."""
    if not before:
        return bool(_BEGINS_WITH_NOUN.match(after))
    return bool(found[1]) and bool(_BEGINS_WITH_NOUN.fullmatch(" ".join(before)))
