"""The levels of secrecy as words: every way of writing one becomes one way, before anything is asked of it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

ANY_LEVEL = "BÍ MẬT NHÀ NƯỚC"
LEVELS = {"TUYỆT": "TUYỆT MẬT", "TỐI": "TỐI MẬT", "": "MẬT"}
OF_LETTERS = {"A": "TUYỆT MẬT", "B": "TỐI MẬT", "C": "MẬT"}  # on covers, in place of the word

_GAP = r"[\W_]{0,20}"
_APART = re.compile(rf"(?<![^\W\d_])(m){_GAP}(ậ){_GAP}(t)(?![^\W_])", re.IGNORECASE)
_BEFORE_IT = r"(?=[\W_]{0,20}mật(?![^\W\d_]))"
_FIRST_APART = re.compile(
    rf"(?<![^\W\d_])(?:(t){_GAP}(u){_GAP}(y){_GAP}(ệ){_GAP}(t)|(t){_GAP}(ố){_GAP}(i)){_BEFORE_IT}", re.IGNORECASE
)
# As a reader of pictures writes capitals, or a keyboard without accents.
_TOP, _HIGH = r"TUY[ỆÊẸE]T", r"T[ỐÔÓO][I1L|]"
_PLAIN_TWO = re.compile(rf"(?<![^\W\d_])({_TOP}|{_HIGH})[\s._-]{{0,6}}M[ẬÂẠAẶ]T(?![^\W\d_])")
_PLAIN_ONE = re.compile(r"(?<![^\W\d_])M[ÂẠ]T(?![^\W\d_])")
LEVEL = re.compile(r"(?<![^\W_])(?:(TUYỆT|TỐI)[\s._-]{0,6})?(MẬT)(?![^\W\d_])", re.IGNORECASE)
_NUMBERED = re.compile(r"(mật)(?=\d)", re.IGNORECASE)
_TRACE = re.compile(rf"m{_GAP}[ậâạ]{_GAP}t|m{_GAP}a{_GAP}t", re.IGNORECASE)
_LABEL_WORD = re.compile(r"(?:ĐỘ|MỨC|CẤP|BẢO|BÍ|CƠ|GIẢI)\s+\Z", re.IGNORECASE)
_BACK = 12  # letters that the word before may take


@dataclass(frozen=True, slots=True)
class Marking:
    """
    How a file is marked.

    Attributes:
        level: "MẬT", "TỐI MẬT", "TUYỆT MẬT", or "BÍ MẬT NHÀ NƯỚC" where no level stands.
        is_clear: Nobody could take it for anything else; otherwise a person decides.
    """

    level: str
    is_clear: bool


def may_hold_level(text: str) -> bool:
    """Whether a closer look is worth it; a text of any length is answered quickly."""
    return bool(_TRACE.search(text))


def canonical(text: str) -> str:
    """The text with every level written in one way: letters together, accents as they belong."""
    text = _PLAIN_TWO.sub(lambda found: "TUYỆT MẬT" if found[1].startswith("TUY") else "TỐI MẬT", text)
    text = _APART.sub(_joined, text)
    return _NUMBERED.sub(r"\1 ", _FIRST_APART.sub(_joined, text))


def _joined(found: re.Match[str]) -> str:
    return "".join(filter(None, found.groups()))


def read_by_machine(text: str) -> str | None:
    """The text with "MẠT" or "MÂT" as "MẬT", as a reader of pictures errs; None where it holds none."""
    read = _PLAIN_ONE.sub("MẬT", text)
    return read if read != text else None


def plain_levels(text: str) -> Iterator[str]:
    """Every level that is named, but for "mật" as part of a label or of a compound."""
    for found in LEVEL.finditer(text):
        if found[1] or not _LABEL_WORD.search(text, max(0, found.start() - _BACK), found.start()):
            yield LEVELS[(found[1] or "").upper()]
