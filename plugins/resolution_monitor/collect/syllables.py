"""Whether a word is built like a Vietnamese syllable: what tells true text from a wrong decoding of other text."""

import re
import unicodedata
from functools import lru_cache

# Grave, acute, tilde, hook above, dot below. Circumflex, breve and horn make letters of their own.
_TONES = "\u0300\u0301\u0303\u0309\u0323"
_TONE = re.compile(f"[{_TONES}]")
_SHARP_TONES = "\u0301\u0323"
_ONSET = "(?:ngh|ng|nh|ch|gh|gi|kh|ph|qu|th|tr|[bcdđghklmnpqrstvx])?"
_OPEN = (
    "iêu yêu oai oao oay oeo uao uây uôi uya uyu ươi ươu ai ao au ay âu ây eo êu ia iu oa oe oi ôi ơi ua uê ui uơ uy "
    "ưa ưi ưu a e ê i o ô ơ u ư y"
)
_CLOSED = "uyê iê yê oa oă oe oo uâ uê uô uy ươ a ă â e ê i o ô ơ u ư y"
_SYLLABLE = re.compile(
    f"{_ONSET}(?:(?:{'|'.join(_OPEN.split())})|(?:{'|'.join(_CLOSED.split())})(?:(?P<stop>ch|[cpt])|ng|nh|[mn]))"
)


@lru_cache(maxsize=50_000)
def is_syllable(word: str) -> bool:
    """
    Whether one word, in any case, could be Vietnamese: onset, vowels and ending that go together, one tone at most.

    After c, ch, p or t only the acute and the dot can stand; this alone refuses most wrong decodings.
    """
    decomposed = unicodedata.normalize("NFD", word.lower())
    tones = _TONE.findall(decomposed)
    bare = unicodedata.normalize("NFC", _TONE.sub("", decomposed))
    found = _SYLLABLE.fullmatch(bare)
    if not found or len(tones) > 1:
        return False
    return not (found["stop"] and tones and tones[0] not in _SHARP_TONES)
