"""What a report hands to the page and to the workbook: one frozen view, the same for both."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Literal

from resolution_monitor.brief.figures import Figure
from resolution_monitor.wording import Limit


@dataclass(frozen=True, slots=True)
class Briefing:
    """
    One edition, ready to be rendered.

    Attributes:
        edition: Names this very content: report, period and the first signs of its hash.
        title: Of the document.
        made_for: The tick it was made for; the only time that a rendered file carries.
        page: What the page template prints.
        tables: Name of a workbook sheet -> its rows; the columns stand in the report's workbook.yaml.
        figures: Every printed number.
        demonstration: The words that every sheet bears when a file behind it is made up; empty when none is.
        state: As stored with the edition: draft, provisional below the line of readiness, or issued.
        words: What messages name and others set: thresholds, days.
        limits: Format of a workbook's column -> the values across which it rounds no number.
    """

    report: str
    edition: str
    title: str
    made_for: datetime
    page: Mapping[str, Any]
    tables: Mapping[str, list[dict[str, Any]]]
    figures: tuple[Figure, ...]
    demonstration: str = ""
    state: Literal["draft", "provisional", "issued"] = "draft"
    words: Mapping[str, str] = field(default_factory=dict)
    limits: Mapping[str, Sequence[Limit]] = field(default_factory=dict)

    @property
    def content(self) -> str:
        """All that it says, as text: what its hash is of."""
        said = {"title": self.title, "page": self.page, "tables": self.tables, "words": dict(self.words)}
        return content_text(said)

    @property
    def sha256(self) -> str:
        return text_sha256(self.content)


def content_sha256(content: Any) -> str:
    """Hash of nested plain values, figures and decimals, whatever order a mapping was filled in."""
    return text_sha256(content_text(content))


def content_text(content: Any) -> str:
    """The text that such a hash is of."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, default=_plain)


def text_sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _plain(value: Any) -> Any:
    if isinstance(value, Figure):
        return [value.figure_id, value.text, str(value.value)]
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no place in a view model")
