"""VNI text is told apart, never repaired: two Latin-1 letters stand for one of ours, "Boä Taøi chính".

The fonts are VNI-Times and their like. Several versions of the code are about, so a workbook that holds it is not read.
"""

import re
import unicodedata

_TONES = {"acute": "\u0301", "grave": "\u0300", "hook": "\u0309", "tilde": "\u0303", "dot": "\u0323"}
_HAT, _BREVE, _HORN = "\u0302", "\u0306", "\u031b"
# What stands behind a vowel -> the marks that it puts on it.
_MARKS = {
    **dict(zip("ùøûõï", _TONES.values(), strict=True)),
    "â": _HAT,
    **{letter: _HAT + tone for letter, tone in zip("áàåãä", _TONES.values(), strict=True)},
    "ê": _BREVE,
    **{letter: _BREVE + tone for letter, tone in zip("éèúüë", _TONES.values(), strict=True)},
}
_ALONE = {"ñ": "đ", "í": "í", "ì": "ì", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ", "ô": "ơ", "ö": "ư"}
_PAIR = re.compile(f"([aeouyôö])([{''.join(_MARKS)}])")


def decoded(word: str) -> str:
    """A word of VNI as it would be meant, in small letters."""
    lowered = word.lower()
    marked = _PAIR.sub(lambda pair: f"{_ALONE.get(pair[1], pair[1])}{_MARKS[pair[2]]}", lowered)
    rest = "".join(_ALONE.get(letter, letter) for letter in marked)
    return unicodedata.normalize("NFC", rest)
