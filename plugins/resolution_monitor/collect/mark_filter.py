"""The quick look before the closer one: whether a part of a file, as bytes, could hold a level in any writing.

It must let through whatever the closer look finds (tests/spec/test_mark_filter.py holds both together), so it asks for
less: a letter that is not usual in Vietnamese, a reference, or an "ậ" that no other letter than "m" stands before.
"""

import functools
import re

from resolution_monitor.collect.mark_letters import OLD_LETTERS, UNUSUAL, seen

_ASCII = bytes(range(0x80))
# "ậ" behind "m", or behind no letter at all: a tag, a sign, a gap. "bí mật", "mật
# khẩu" and the like in small letters mark nothing.
_LEVEL = re.compile(
    rb"\xe1\xba[\xac\xad](?<![A-LN-Za-ln-z]\xe1\xba[\xac\xad])(?<!\xc4[\x90\x91]\xe1\xba[\xac\xad])"
    rb"(?!(?<=[bB]\xc3\xad m\xe1\xba\xad)t)(?!t (?:kh\xe1\xba\xa9u|\xc4\x91\xe1\xbb\x99|m\xc3\xa3)(?![^\W]))"
)
# What a reader of pictures, or a keyboard without accents, makes of it in capitals.
_LIKE_IT = [
    (letter, re.compile(letter + rb"(?<=[M>]" + letter + rb")"))
    for letter in (b"\xc3\x82", b"\xe1\xba\xa0", b"\xe1\xba\xb6")
]
_LEVEL_LETTERS = (b"\xe1\xba\xac", b"\xe1\xba\xad")
_PLAIN = re.compile(rb"M(?:A[T<]|(?:<[^<>]{0,300}>){1,8}A)")
_MAT = re.compile(rb"mat")
_BEHIND = re.compile(rb"(?:oi|et|\xe1\xbb[\x86\x87]t|\xe1\xbb[\x90\x91]i)[\W_]{0,6}\Z")
_REFERENCE = re.compile(rb"&#(?:[xX]0{0,20}([0-9a-fA-F]{1,6})|0{0,20}([0-9]{1,7}));")
_NAMED = re.compile(rb"&(?!amp;|lt;|gt;|quot;|apos;|#)[A-Za-z]")  # as HTML has them, XML has not
# Styles, themes and relations are the same in every workbook of a program.
_REMEMBERED, _LONGEST_REMEMBERED = 128, 64 * 1024


def may_mark(part: bytes) -> bool:
    """Whether a closer look is worth it; what is neither ASCII nor UTF-8 is always looked at."""
    return _remembered(part) if len(part) <= _LONGEST_REMEMBERED else _may_mark(part)


@functools.lru_cache(maxsize=_REMEMBERED)
def _remembered(part: bytes) -> bool:
    return _may_mark(part)


def _may_mark(part: bytes) -> bool:
    if b"\\u" in part or b"\x00" in part or _NAMED.search(part):
        return True
    if b"&#" in part:
        part = _REFERENCE.sub(_referred, part)
    if part.isascii():
        return _may_hold_plain(part)
    beyond = part.translate(None, _ASCII).decode("utf-8", "replace")
    if OLD_LETTERS.search(beyond) or "\ufffd" in beyond:
        return True
    if UNUSUAL.search(beyond):
        part = seen(part.decode()).encode()
    return (
        (any(letter in part for letter in _LEVEL_LETTERS) and _LEVEL.search(part) is not None)
        or any(letter in part and like.search(part) for letter, like in _LIKE_IT)
        or _may_hold_plain(part)
    )


def _may_hold_plain(part: bytes) -> bool:
    """Whether a level stands there as a keyboard without accents writes it: in capitals, or in a name."""
    if _PLAIN.search(part):
        return True
    small = part.lower()
    return any(_BEHIND.search(small[max(0, one.start() - 10) : one.start()]) for one in _MAT.finditer(small))


def _referred(found: re.Match[bytes]) -> bytes:
    number = int(found[1], 16) if found[1] else int(found[2])
    # A reference to half a letter, or to none, is no letter of ours.
    return chr(number).encode("utf-8", "replace") if 0x20 <= number <= 0x10FFFF else b" "
