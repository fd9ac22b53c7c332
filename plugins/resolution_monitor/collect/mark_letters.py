"""Letters as a person sees them: look-alikes, old fonts and invisible signs become the Vietnamese letters they show."""

import re
import unicodedata
from collections.abc import Iterator

# Whatever only moves the cursor, or shows nothing: joiners, directions, tags, fillers, selectors of variants.
_UNSEEN = (
    "\x00-\x08\x0b-\x1e\x7f-\x9f\u00ad\u034f\u0600-\u0605\u061c\u06dd\u070f\u115f\u1160\u17b4\u17b5\u180b-\u180f"
    "\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e0fff"
)
_INVISIBLE = re.compile(f"[{_UNSEEN}]+")
_INVISIBLE_BUT_HYPHEN = re.compile(f"[{_UNSEEN.replace(chr(0xAD), '')}]+")
# What Vietnamese texts are written with; a text of nothing else needs no closer look at its letters.
_USUAL_LETTERS = (
    "\u00a0§«°±²³´·»¼½¾ÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝàáâãèéêìíòóôõùúý×÷ĂăĐđĨĩŨũƠơƯư\u2013\u2014\u2018\u2019\u201c\u201d\u2022\u2026"
    "₫€→≈≠≤≥" + "".join(map(chr, range(0x1EA0, 0x1EFA)))
)
UNUSUAL = re.compile(f"[^\t\n\r\x1f\x20-\x7e{_USUAL_LETTERS}]")
# Marks that Vietnamese letters bear; any other (underlines, rings, strokes) only hides the letter below it.
_OTHER_MARKS = re.compile(
    "[\u0304\u0305\u0307\u0308\u030a-\u031a\u031c-\u0322\u0324-\u034e\u0350-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]|(?<=[MmTt])[\u0300-\u036f]+"
)
_LIKENESSES = {
    "A": "АΑᴀᎪꓮⲀ", "B": "ВΒ", "C": "СϹ", "E": "ЕΕᴇ", "H": "НΗ", "I": "ІΙɪӀ", "K": "КΚ", "M": "МΜᴍᎷꓟⲘϺ", "N": "Ν",
    "O": "ОΟᴏ", "P": "РΡ", "T": "ТΤᴛᎢꓔⲦ", "U": "ᴜՍ", "X": "ХΧ", "Y": "ҮΥʏУ", "Z": "Ζ", "Đ": "ÐƉ",
    "a": "аαɑ", "c": "сϲ", "e": "еε", "i": "іιı", "m": "мμⲙ", "o": "оοσ", "p": "рρ", "t": "тτⲧ", "u": "υս", "x": "х",
    "y": "уγү", "đ": "ðɖ",
}  # fmt: skip
_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_MEANT = str.maketrans(
    {shown: meant for meant, many in _LIKENESSES.items() for shown in many}
    # White letters in black circles, in black squares, and those that flags are made of.
    | {chr(first + place): letter for first in (0x1F150, 0x1F170, 0x1F1E6) for place, letter in enumerate(_ALPHABET)}
)

_ONLY_UNICODE = re.compile(r"[\u1ea0-\u1ef9ăđơưĂĐƠƯ]")
# TCVN3 (ABC) and VNI as they look where nothing repaired them; only the letters of a marking and its labels.
_TCVN3 = str.maketrans("ËëèÈÖöÝ\u00b5\u00adíé§ø", "ẬẬỐỐỆỆÍÀƯỚỘĐỨ")
_VNI = {"AÄ": "Ậ", "OÁ": "Ố", "EÄ": "Ệ", "OÄ": "Ộ", "AØ": "À", "ÔÙ": "Ớ", "ÖÙ": "Ứ", "Ö": "Ư", "Ñ": "Đ"}
# How both write "ậ"; in Unicode no Vietnamese word has such a letter.
OLD_LETTERS = re.compile("[ËëÄä]")


def seen(text: str) -> str:
    """The text in the letters that a person sees; of a text in usual letters the text itself."""
    if not UNUSUAL.search(text):
        return text
    apart = unicodedata.normalize("NFKD", _INVISIBLE.sub("", text))
    meant = _OTHER_MARKS.sub("", apart.translate(_MEANT))
    return unicodedata.normalize("NFC", meant)


def readings(text: str) -> Iterator[str]:
    """The text as it is seen, and as TCVN3 or VNI where it holds no letter that only Unicode has."""
    lines = text.replace("\r", "\n") if "\r" in text else text
    first = seen(lines)
    yield first
    if OLD_LETTERS.search(first_composed := unicodedata.normalize("NFC", lines)) and not _ONLY_UNICODE.search(first):
        composed = _INVISIBLE_BUT_HYPHEN.sub("", first_composed)
        yield composed.translate(_TCVN3)
        yield _of_vni(composed)


def _of_vni(text: str) -> str:
    for written, meant in _VNI.items():
        text = text.replace(written, meant).replace(written.lower(), meant.lower())
        text = text.replace(written[0] + written[1:].lower(), meant)
    return text
