"""The nouns of the system as frozen values; they know nothing of files, databases or Airflow."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

# Check of a file that bears a secrecy marking: no finding, log line or row says more of it than its document number.
SECRECY_MARK = "secrecy-mark"
# The same of a file that bears something a person must look at before anybody else may.
SECRECY_DOUBT = "secrecy-doubt"
CellValue = str | float | int | bool | date | datetime | None


class Severity(StrEnum):
    """What a finding does to the row it stands on."""

    BLOCK = "block"  # the row, or the file, is not used until it is mended
    JUSTIFY = "justify"  # the row is not used until its sender says why it is right
    WARN = "warn"  # the row is used; somebody must look
    NOTE = "note"  # told so that nothing is left out in silence


class Role(StrEnum):
    """What a figure of a form is: what was planned, or what came of it."""

    TARGET = "target"
    OBSERVATION = "observation"


class SubmissionState(StrEnum):
    """Where a submission stands; a later state never removes an earlier one."""

    RECEIVED = "received"
    ACCEPTED = "accepted"
    ACCEPTED_IN_PART = "accepted_in_part"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class MergedRange:
    """Cells shown as one; rows and columns count from 0, last ones included."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int


Span = tuple[int, int]  # first and last, both included, counted from 0
Place = tuple[int, int]  # row and column, counted from 0


@dataclass(frozen=True, slots=True)
class Sheet:
    """
    One sheet as the file holds it; `rows` start at cell A1 and may differ in length.

    Attributes:
        errors: Cells that show an error; `rows` hold its text, such as "#REF!".
        formulas: Cells whose formula has no stored value; `rows` hold the formula, so that none passes for empty.
        originals: Cells whose text was repaired, as they stood.
        formats: Cells with a number that their format prints otherwise, with its code as spreadsheets write it.
        raised: Cells with text of which a part is raised or lowered, such as a footnote's mark; with the rest of it.
        struck: Cells with text that is struck out: what is left of it, which `rows` hold; empty where nothing is.
    """

    name: str
    is_hidden: bool
    rows: tuple[tuple[CellValue, ...], ...]
    merged: tuple[MergedRange, ...]
    hidden_rows: tuple[Span, ...] = ()
    hidden_columns: tuple[Span, ...] = ()
    errors: Mapping[Place, str] = field(default_factory=dict)
    formulas: Mapping[Place, str] = field(default_factory=dict)
    originals: Mapping[Place, str] = field(default_factory=dict)
    formats: Mapping[Place, str] = field(default_factory=dict)
    raised: Mapping[Place, str] = field(default_factory=dict)
    struck: Mapping[Place, str] = field(default_factory=dict)

    def value(self, row: int, column: int) -> CellValue:
        if row >= len(self.rows) or column >= len(self.rows[row]):
            return None
        return self.rows[row][column]


@dataclass(frozen=True, slots=True)
class Workbook:
    """
    What the limited child read out of one file.

    Attributes:
        kind: xlsx, xls, ods, csv or json; empty for one made by code.
        encoding: Of a text file.
        repair_confidence: From 0 to 1, where text of an old font was made Unicode; else None.
    """

    sheets: tuple[Sheet, ...]
    kind: str = ""
    encoding: str | None = None
    repair_confidence: float | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """
    One problem somebody can mend, or one thing told so that it is not lost.

    Attributes:
        check: Code in catalogue/checks.yaml, which holds the Vietnamese text.
        sheet: None when the problem is the file.
        cell: Such as "C7"; None when the problem is the sheet or the file.
        value: What stands there, as written.
        details: Fills the places in the text.
    """

    check: str
    severity: Severity
    sheet: str | None = None
    cell: str | None = None
    value: str | None = None
    details: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class ReportedValue:
    """
    One value of one body, indicator and period as a file states it, with the cell it stands in.

    Attributes:
        value: In the indicator's unit; None only where `state` says why.
        raw_text: As written in the cell.
        printed_name: The body's name as written.
        state: What the body said of it; None where the form leaves no choice, and the value speaks for itself.
        numerator, denominator: Of a ratio, where the file gives them.
        unit: Of the value; empty until the catalogue of its period has named it.
    """

    role: Role
    agency_id: str
    indicator_id: str
    period_kind: str
    period_end: date
    value: Decimal | None
    raw_text: str
    printed_name: str
    sheet: str
    cell: str
    form: str
    state: str | None = None
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    explanation: str = ""
    unit: str = ""

    @property
    def value_state(self) -> str:
        if self.state is not None:
            return self.state
        return "zero" if self.value == 0 else "reported"


@dataclass(frozen=True, slots=True)
class Submission:
    """One file as it was received."""

    submission_id: int
    sender_id: str
    file_name: str
    sha256: str
    received_at: datetime


def cell_address(row: int, column: int) -> str:
    """Spreadsheet address of a place counted from 0: (6, 2) is C7."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return f"{letters}{row + 1}"
