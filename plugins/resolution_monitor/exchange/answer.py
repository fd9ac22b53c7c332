"""What a sender is told of one file: findings in words, worst first, and what became of its rows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from resolution_monitor.terms import Severity, SubmissionState

SEVERITY_WORDS = {
    Severity.BLOCK: "Phải sửa",
    Severity.JUSTIFY: "Cần giải trình",
    Severity.WARN: "Lưu ý",
    Severity.NOTE: "Thông báo",
}
# Stand for the words where a printer or a reader knows no colours.
SIGNS = {Severity.BLOCK: "✖", Severity.JUSTIFY: "✎", Severity.WARN: "▲", Severity.NOTE: "•"}
STATE_WORDS = {
    SubmissionState.ACCEPTED: "Được tiếp nhận toàn bộ.",
    SubmissionState.ACCEPTED_IN_PART: "Được tiếp nhận một phần: dòng ghi «Phải sửa», «Cần giải trình» chưa được tính.",
    SubmissionState.REJECTED: "Chưa được tiếp nhận.",
}
_ORDER = list(SEVERITY_WORDS)
# A name on disk has at most 255 bytes; so many of the stem leave room for what the outbox adds.
_MOST_STEM_BYTES = 200
_ENDINGS = {"csv": "csv", "json": "json"}


@dataclass(frozen=True, slots=True)
class AnsweredFinding:
    """
    One finding in words.

    Attributes:
        fill: The cell that takes the reason, where one is asked for.
    """

    severity: Severity
    check: str
    sheet: str | None
    cell: str | None
    value: str | None
    text: str
    action: str
    fill: str | None = None

    @property
    def word(self) -> str:
        return SEVERITY_WORDS[self.severity]


@dataclass(frozen=True, slots=True)
class Answer:
    """
    What is told of one file.

    Attributes:
        findings: Worst first, else in the order of the file.
    """

    file_name: str
    state: SubmissionState
    findings: tuple[AnsweredFinding, ...]
    is_demonstration: bool = False

    @property
    def result(self) -> str:
        return STATE_WORDS[self.state]

    def numbered(self) -> list[tuple[int, AnsweredFinding]]:
        return list(enumerate(self.findings, start=1))

    @property
    def can_be_marked(self) -> bool:
        """Whether cells of the file are spoken of; one that was refused unread (its finding bears its name) is not."""
        is_refused = any(told.severity is Severity.BLOCK and told.value == self.file_name for told in self.findings)
        return not is_refused and any(told.sheet and told.cell for told in self.findings)


def answer_of(
    file_name: str, state: SubmissionState, findings: Sequence[AnsweredFinding], *, is_demonstration: bool = False
) -> Answer:
    ordered = sorted(findings, key=lambda told: _ORDER.index(told.severity))
    return Answer(file_name, state, tuple(ordered), is_demonstration)


def answer_name(file_name: str) -> str:
    """Under which name the answer is laid back: "bao-cao.xlsx" becomes "bao-cao.tra-loi.xlsx"."""
    stem, _, ending = file_name.rpartition(".")
    stem, ending = (stem, ending.lower()) if stem else (ending, "")
    cut = stem.encode()[:_MOST_STEM_BYTES].decode(errors="ignore")
    return f"{cut}.tra-loi.{_ENDINGS.get(ending, 'xlsx')}"


def as_plain(answer: Answer) -> dict[str, Any]:
    """For whoever hands it on as JSON."""
    return {
        "file_name": answer.file_name,
        "state": answer.state.value,
        "is_demonstration": answer.is_demonstration,
        "findings": [
            {name: getattr(told, name) for name in ("check", "sheet", "cell", "value", "text", "action", "fill")}
            | {"severity": told.severity.value}
            for told in answer.findings
        ],
    }


def from_plain(told: Mapping[str, Any]) -> Answer:
    """The same answer back from JSON."""
    findings = tuple(AnsweredFinding(**{**one, "severity": Severity(one["severity"])}) for one in told["findings"])
    return Answer(told["file_name"], SubmissionState(told["state"]), findings, told["is_demonstration"])
