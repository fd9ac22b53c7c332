"""Periods as people write them elsewhere, and how they are written here: for a refusal that says what was meant."""

import re
import unicodedata

_YEAR = r"(?P<year>(?:19|20)\d\d)"
_KIND = r"(?P<kind>T|THANG|Q|QUY|H|W|TUAN)?[-. ]?"
_PATTERNS = (
    re.compile(rf"(?P<number>\d\d?)[-/. ](?P<month>\d\d?)[-/. ]{_YEAR}"),
    re.compile(rf"{_KIND}(?P<number>\d\d?)[-/. ]{_YEAR}"),
    re.compile(rf"{_YEAR}[-/. ]?{_KIND}(?P<number>\d\d?)"),
)
# First letter of the kind -> how its number is written.
_WRITTEN = {"Q": "Q{}", "H": "H{}", "W": "W{:02}"}


def meant_by(name: str) -> str | None:
    """
    The name that 10/2026, T10-2026, Quý 3/2026, tuần 44-2026, 31.10.2026 or 2026-9 would have here.

    Whether there is such a period is for the caller to say.
    """
    parts = unicodedata.normalize("NFD", name.strip().upper())
    plain = "".join(sign for sign in parts if not unicodedata.combining(sign))
    for pattern in _PATTERNS:
        if written := pattern.fullmatch(plain):
            found = written.groupdict()
            if found.get("month"):
                return f"{found['year']}-{int(found['month']):02}-{int(found['number']):02}"
            kind = "W" if found["kind"] == "TUAN" else (found["kind"] or "T")[0]
            return f"{found['year']}-{_WRITTEN.get(kind, '{:02}').format(int(found['number']))}"
    return None
