"""A text that is nothing but a stamp: a level with its label, urgency, kind of document, copy; and how clear it is."""

import re
from dataclasses import dataclass

from resolution_monitor.collect.marking_context import (
    AFTER,
    AFTER_PAIRS,
    BARE_NUMBER,
    BEFORE,
    COPY,
    COUNTED_NOUN,
    LABEL,
    NOUN,
    ORDER,
    ORDINARY,
    SECRECY_LABEL,
    SURNAMES,
    URGENT,
)
from resolution_monitor.collect.marking_levels import ANY_LEVEL, LEVELS, OF_LETTERS, Marking

_WORD = re.compile(r"[^\W_]+")
_STAMP = re.compile(
    rf"(?:(?P<label>{LABEL}) )?(?P<urgent>(?:{URGENT} )*)"
    rf"(?:(?P<noun>{NOUN}|{COUNTED_NOUN}) (?:ĐỘ )?|(?:ĐỘ )(?=TUYỆT|TỐI))?"
    rf"(?P<level>(?:(?P<two>TUYỆT|TỐI) ?)?MẬT)(?P<then>(?: {URGENT})*)"
    rf"(?: (?:(?P<number>{BARE_NUMBER})|(?P<beside>{COPY}|{ORDER})))?",
    re.IGNORECASE,
)
# "Độ bảo mật: cao" is said of a password.
_LETTERED = re.compile(
    rf"(?:.* )?(?!(?:MỨC ĐỘ|CẤP ĐỘ|ĐỘ|MỨC|CẤP) BẢO ){SECRECY_LABEL} (?:(A|B|C)|(?:[123]|I{{1,3}}|CAO))"
)
_SECRET = re.compile(
    rf"(?:(?:{NOUN}|{COUNTED_NOUN})(?: CÓ| CHỨA| THUỘC)?(?: PHẠM VI| DANH MỤC| NỘI DUNG)? )?"
    r"BÍ MẬT NHÀ NƯỚC(?: ĐỘ)?(?P<level> (?:(?P<two>TUYỆT|TỐI) )?MẬT)?"
)
_THIS = re.compile(
    r"(?:TÀI LIỆU|VĂN BẢN|HỒ SƠ|BÁO CÁO) NÀY (?!.*\b(?:KHÔNG|CHƯA)\b).*"
    r"(?:ĐỘ|LÀ|LOẠI|MANG|DẤU) (?:(?P<two>TUYỆT|TỐI) )?MẬT"
)
_SURE_LABEL = re.compile(rf"(?:.* )?{SECRECY_LABEL}", re.IGNORECASE)
_FIRST_HALVES, _OTHER_HALVES = frozenset(("BÍ", "BẢO", "CƠ", "THÂN")), frozenset(("ĐỘ", "KHẨU", "MÃ", "VỤ", "THIẾT"))
_COMPANION = re.compile(rf"(?:{COPY}|{ORDER}|{URGENT}|{NOUN})(?!\w)")


@dataclass(frozen=True, slots=True)
class Stamp:
    """
    A stamp as it is written.

    Attributes:
        noun: The kind of document before the level, as written; empty for none.
        company: Words beside the level that only stamps have there.
    """

    label: str
    noun: str
    is_two: bool
    written: str
    company: str
    number: str
    is_urgent: bool

    @property
    def level(self) -> str:
        return LEVELS[self.written.split()[0].upper() if self.is_two else ""]

    @property
    def is_capital(self) -> bool:
        return self.written.isupper()

    @property
    def is_title(self) -> bool:
        return self.written[:1].isupper()

    def marking(self, *, is_clear: bool) -> Marking:
        return Marking(self.level, is_clear)


def words_of(text: str) -> list[str]:
    return _WORD.findall(text)


def stamp_of(text: str) -> Stamp | None:
    """The stamp that the whole of a text is."""
    found = _STAMP.fullmatch(" ".join(words_of(text)))
    if found is None:
        return None
    written = found["level"]
    if found["two"] and " " not in written:
        written = f"{found['two']} {written[len(found['two']) :]}"
    urgent = bool(found["urgent"] or found["then"])
    told = {name: found[name] or "" for name in ("label", "noun", "number")}
    return Stamp(**told, is_two=bool(found["two"]), written=written, company=found["beside"] or "", is_urgent=urgent)


def weighed(stamp: Stamp, text: str) -> Marking | None:
    """What a stamp with company says; a bare one is to be judged by what stands around it."""
    if stamp.label and _SURE_LABEL.fullmatch(stamp.label):
        return stamp.marking(is_clear=True)
    if stamp.is_two:
        return _weighed_two(stamp)
    if stamp.noun:
        return _weighed_noun(stamp)
    if stamp.number:
        return _weighed_number(stamp, text)
    if stamp.is_capital:
        return stamp.marking(is_clear=True)
    if stamp.is_urgent:
        return stamp.marking(is_clear=stamp.is_title)
    if stamp.label:
        is_told = ":" in text and stamp.label.upper() != "LOẠI"
        return stamp.marking(is_clear=is_told) if is_told or stamp.is_title else None
    if stamp.company:
        return stamp.marking(is_clear=True) if stamp.is_title else None
    return stamp.marking(is_clear=False)


def _weighed_number(stamp: Stamp, text: str) -> Marking | None:
    """The number of a copy, or how much there is of it."""
    if "%" in text or not stamp.is_title:
        return None
    is_copy = len(stamp.number) <= 3 and not set(text) & set(":=")
    return stamp.marking(is_clear=stamp.is_capital and is_copy)


def _weighed_two(stamp: Stamp) -> Marking | None:
    if stamp.noun and not stamp.is_capital:
        return stamp.marking(is_clear=False) if stamp.is_title else None
    return stamp.marking(is_clear=True)


def _weighed_noun(stamp: Stamp) -> Marking | None:
    if stamp.is_capital:
        return stamp.marking(is_clear=stamp.noun.upper() != COUNTED_NOUN)
    if not stamp.is_title:
        return stamp.marking(is_clear=False) if stamp.company.upper().startswith("BẢN SỐ") else None
    is_said = stamp.noun.split()[-1].islower()
    return stamp.marking(is_clear=bool(stamp.company)) if is_said else None


def is_bare(stamp: Stamp) -> bool:
    """Whether nothing but the level stands there."""
    return not (stamp.label or stamp.noun or stamp.company or stamp.number or stamp.is_urgent)


def other_stamp(text: str) -> Marking | None:
    """A label with a letter, or the name of all secrets, as the whole of a text."""
    words = " ".join(words_of(text))
    upper = words.upper()
    if lettered := _LETTERED.fullmatch(upper):
        return Marking(OF_LETTERS.get(lettered[1] or "", ANY_LEVEL), bool(lettered[1]))
    if words == upper and (secret := _SECRET.fullmatch(upper)):
        return Marking(LEVELS[secret["two"] or ""] if secret["level"] else ANY_LEVEL, is_clear=True)
    if this := _THIS.fullmatch(upper):
        return Marking(LEVELS[this["two"] or ""], is_clear=True)
    return None


def is_label(text: str) -> bool:
    """Whether a text ends with a label that only secrecy has."""
    return bool(_SURE_LABEL.fullmatch(" ".join(words_of(text))))


def is_company(text: str) -> bool:
    """Whether a text begins with what stands beside a stamp: a copy's number, an order, urgency, a document's kind."""
    return bool(_COMPANION.match(" ".join(words_of(text)).upper()))


def is_part_of_another(before: list[str], after: list[str]) -> bool:
    """Whether "mật" between these words, in capitals, is part of another word, or stands among bile and honey."""
    follows = " ".join(after[:3])
    return (
        bool(before and (before[-1] in BEFORE or before[-1] in ORDINARY))
        or bool(after and (after[0] in AFTER or after[0] in ORDINARY) and not _COMPANION.match(follows))
        or bool(AFTER_PAIRS.match(follows))
        or is_person(before)
    )


def stands_among(before: list[str], after: list[str]) -> bool:
    """Whether "mật" apart from these words, behind a sign, stands among bile and honey, or is half of a compound."""
    follows = next((word for word in after if not word.isdigit()), "")  # "MẬT: 120 KG"
    return bool(before and before[-1] in _FIRST_HALVES | ORDINARY) or follows in _OTHER_HALVES | ORDINARY


def is_person(before: list[str]) -> bool:
    """Whether a name of at most four words begins here, so that "mật" ends it."""
    return 0 < len(before) <= 4 and before[0] in SURNAMES and not _COMPANION.match(" ".join(before))
