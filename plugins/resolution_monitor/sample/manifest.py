"""What was made and what was planted in it: the one list that findings and the ledger are held against."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from resolution_monitor.period import TIME_ZONE


class FaultKind(StrEnum):
    """What a body, or whoever sends for it, gets wrong."""

    LATE = "late"
    MISSING = "missing"
    WRONG_SENDER = "wrong_sender"
    UNREADABLE = "unreadable_number"
    DUPLICATE_ROW = "duplicate_row"
    DUPLICATE_FILE = "duplicate_file"
    CORRECTION = "correction"
    COPY = "copy_of_last_month"
    TOTAL = "total_not_met"


@dataclass(frozen=True, slots=True)
class Fault:
    """
    One planted fault.

    Attributes:
        agency_id: Whose report it is.
        sender_id: In whose folder the file lies.
        path: Of the file, in the inbox; None for a report that never came.
        item_ids: What the report owes: those whose state the fault decides.
        item_id, sheet, cell: Where it stands; None where it is the whole file.
        written: What stands there in place of, or beside, what should; for a correction the value that holds.
        received_at: Of the late file, the second file or the second version.
    """

    kind: FaultKind
    agency_id: str
    sender_id: str
    period: str
    path: str | None
    item_ids: tuple[str, ...] = ()
    item_id: str | None = None
    sheet: str | None = None
    cell: str | None = None
    written: str | None = None
    received_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class MadeFile:
    """One file of the inbox, by its path in it; `content` never goes into the manifest."""

    path: str
    agency_id: str
    sender_id: str
    period: str
    received_at: datetime
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Manifest:
    """
    Attributes:
        begins_at, ends_at: The demonstration's clock: nothing arrives before the one or after the other.
        conducts: agency_id -> what kind of body it plays.
        expected: Kind of fault -> the code of the finding or the state of the ledger that must answer it.
        files: path -> agency_id, sender_id, period, received_at, sha256.
    """

    seed: int
    first: str
    last: str
    begins_at: datetime
    ends_at: datetime
    rates: dict[str, float]
    expected: dict[str, str]
    conducts: dict[str, str]
    files: tuple[dict[str, str], ...]
    faults: tuple[Fault, ...]


def manifest_json(manifest: Manifest) -> bytes:
    """The same manifest, the same bytes."""
    told = asdict(manifest) | {"is_demonstration": True}
    return (json.dumps(told, ensure_ascii=False, indent=1, default=_written) + "\n").encode()


def _written(moment: object) -> str:
    assert isinstance(moment, datetime)  # noqa: S101 - nothing else in a manifest needs words
    return instant(moment)


def instant(moment: datetime) -> str:
    """Vietnamese time, to the second."""
    return moment.astimezone(TIME_ZONE).isoformat(timespec="seconds")


def read_manifest(text: bytes) -> Manifest:
    """A manifest as it was written."""
    told: dict[str, Any] = json.loads(text)
    told.pop("is_demonstration")
    told["files"] = tuple(told["files"])
    told["faults"] = tuple(_fault(fault) for fault in told["faults"])
    for name in ("begins_at", "ends_at"):
        told[name] = datetime.fromisoformat(told[name])
    return Manifest(**told)


def _fault(told: dict[str, Any]) -> Fault:
    received = told["received_at"]
    return Fault(
        **told
        | {
            "kind": FaultKind(told["kind"]),
            "item_ids": tuple(told["item_ids"]),
            "received_at": datetime.fromisoformat(received) if received else None,
        }
    )


def received_csv(files: Iterable[MadeFile]) -> bytes:
    """When the channel took each file, by its path in the inbox."""
    lines = [f"{file.path},{instant(file.received_at)}" for file in files]
    return ("\n".join(["path,received_at", *lines]) + "\n").encode()
