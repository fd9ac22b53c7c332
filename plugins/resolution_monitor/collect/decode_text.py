"""The bytes of a text file become letters: Unicode by its marks, else the one old code that makes sense of it."""

import re
import unicodedata
from typing import Literal

from resolution_monitor.collect.refusals import RefusedError, check_size
from resolution_monitor.collect.repair import SUREST, counted, is_surely_tcvn3
from resolution_monitor.collect.syllables import is_syllable

_BOM_UTF8, _BOM_LE, _BOM_BE = b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff"
_JUDGED = 4096
# Bytes that no text file holds; with them it is something else.
_BINARY = re.compile(rb"[\x01-\x08\x0e-\x1a\x1c-\x1f]")
_OTHER_FILE = (b"<", b"%PDF", b"{\\rtf", b"#!", b"From:", b"\x89PNG", b"MZ", b"PK", b"Rar!", b"7z\xbc\xaf")
_CSV_STARTS = (b"_meta", b'"_meta"')
_MARKED_WORD = re.compile(r"[^\W\d_]*[^\W\d_\x00-\x7f][^\W\d_]*")


def text_kind(content: bytes) -> Literal["csv", "json"] | None:
    """What a file of text means to be, by how it begins; None where it is no text, or text that is no table."""
    if content.startswith((_BOM_LE, _BOM_BE)):
        encoding = "utf-16-le" if content.startswith(_BOM_LE) else "utf-16-be"
        begun = content[2:_JUDGED].decode(encoding, errors="ignore").encode().lstrip()
    else:
        begun = content[:_JUDGED].removeprefix(_BOM_UTF8).lstrip()
    if begun.startswith(_OTHER_FILE):
        return None
    if begun.startswith(b"{"):
        return "json"
    if begun.startswith(_CSV_STARTS):
        return "csv"
    if b"\0" in begun or _BINARY.search(begun):
        return None
    parted = max(sum(mark in line for line in begun.splitlines()) for mark in (b";", b"\t", b",")) if begun else 0
    return "csv" if parted > 1 else None


def decode(content: bytes) -> tuple[str, str]:
    """
    Text and the name of its code.

    Raises:
        RefusedError: It holds zero bytes, breaks its own code, or no code makes sense of it.
    """
    check_size(content)
    try:
        text, encoding = _decoded(content)
    except UnicodeDecodeError as error:
        raise RefusedError("text-not-understood", technical=str(error)) from error
    if "\x00" in text:
        raise RefusedError("text-not-understood", technical="a zero byte")
    return text, encoding


def _decoded(content: bytes) -> tuple[str, str]:
    # Not by the codecs "utf-8-sig" or "utf-16": the child may no longer load codecs.
    if content.startswith(_BOM_LE):
        return content[2:].decode("utf-16-le"), "utf-16-le"
    if content.startswith(_BOM_BE):
        return content[2:].decode("utf-16-be"), "utf-16-be"
    try:
        return content.removeprefix(_BOM_UTF8).decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        if content.startswith(_BOM_UTF8) or b"\0" in content:
            raise
    return _of_one_byte(content)


def _of_one_byte(content: bytes) -> tuple[str, str]:
    """Windows-1258, whose tone marks are bytes of their own, or TCVN3; each must make sense of nearly every word."""
    try:
        as_1258 = unicodedata.normalize("NFC", content.decode("cp1258"))
    except UnicodeDecodeError:
        as_1258 = ""
    as_latin = content.decode("latin-1")
    is_1258 = _sense(as_1258) >= SUREST
    if is_1258 is is_surely_tcvn3(counted([as_latin])):
        raise RefusedError("text-encoding-unclear", technical="bytes that are no UTF-8; both old codes or none fit")
    return (as_1258, "windows-1258") if is_1258 else (as_latin, "tcvn3")


def other_reading(content: bytes, text: str, encoding: str) -> tuple[str, str] | None:
    """A word as it was read, and what it would be in Western Windows where that makes as much sense; None for one."""
    if encoding != "windows-1258":
        return None
    western = content.decode("latin-1")
    if western == text or _sense(western) < SUREST:
        return None
    pairs = zip(_MARKED_WORD.findall(text), _MARKED_WORD.findall(western), strict=False)
    return next(((one, other) for one, other in pairs if one != other), None)


def _sense(text: str) -> float:
    """Share of the words beyond ASCII that are Vietnamese, from 0 to 1."""
    words = set(_MARKED_WORD.findall(text))
    return sum(map(is_syllable, words)) / len(words) if words else 0.0
