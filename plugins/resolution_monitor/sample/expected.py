"""What must answer each kind of fault: a finding by its code, a state of the ledger, or the value that holds."""

from dataclasses import dataclass
from enum import StrEnum

from resolution_monitor.ledger.states import ObligationState
from resolution_monitor.sample.manifest import FaultKind


class AnswerKind(StrEnum):
    """Where the answer is looked for."""

    FINDING = "finding"
    STATE = "state"
    VALUE = "value"


@dataclass(frozen=True, slots=True)
class Answer:
    """`code` is that of the finding (catalogue/checks.yaml) or of the state; of a value, what must be true of it."""

    kind: AnswerKind
    code: str


EXPECTED: dict[FaultKind, Answer] = {
    FaultKind.LATE: Answer(AnswerKind.STATE, ObligationState.LATE.value),
    FaultKind.MISSING: Answer(AnswerKind.STATE, ObligationState.MISSING.value),
    FaultKind.WRONG_SENDER: Answer(AnswerKind.FINDING, "wrong-sender"),
    FaultKind.UNREADABLE: Answer(AnswerKind.FINDING, "not-a-number"),
    FaultKind.DUPLICATE_ROW: Answer(AnswerKind.FINDING, "duplicate-code"),
    FaultKind.DUPLICATE_FILE: Answer(AnswerKind.FINDING, "duplicate-file"),
    FaultKind.CORRECTION: Answer(AnswerKind.VALUE, "newest holds"),
    FaultKind.COPY: Answer(AnswerKind.FINDING, "copied-report"),
    FaultKind.TOTAL: Answer(AnswerKind.FINDING, "ratio-not-met"),
}
