"""Why a file is not read, and the limits that every format must keep."""

from dataclasses import dataclass, field

from resolution_monitor.terms import cell_address

MAX_FILE_BYTES = 10 * 1024 * 1024
MAX_INFLATED_BYTES = 64 * 1024 * 1024
MAX_RATIO = 200
MAX_MEMBERS = 2_000
MAX_ROWS = 65_536
MAX_COLUMNS = 1_024
MAX_AREA = 2_000_000  # cells of one sheet's bounding box: what the reader must hold at once


@dataclass(slots=True)
class RefusedError(Exception):
    """
    Why a file is not read.

    Attributes:
        check: A code of catalogue/checks.yaml.
        details: The words that fill the check's text; the sender reads them.
        technical: What exactly was met, for the log alone; may hold names from inside the file.
    """

    check: str
    sheet: str | None = None
    cell: str | None = None
    details: dict[str, str] = field(default_factory=dict)
    technical: str = ""


def unsafe_archive(reason: str, technical: str = "") -> RefusedError:
    """A refusal for how the file is put together; `reason` completes a Vietnamese sentence."""
    return RefusedError("unsafe-archive", details={"reason": reason}, technical=technical)


def unsafe_xml(reason: str, technical: str) -> RefusedError:
    """The same for what a part is written in."""
    return RefusedError("unsafe-xml", details={"reason": reason}, technical=technical)


def other_kind(kind: str) -> RefusedError:
    """A workbook of a kind that is not read; `kind` is what its sender calls it."""
    return RefusedError("workbook-kind-not-read", details={"kind": kind})


def megabytes(size: int) -> str:
    """Such as "10,4"."""
    return f"{size / 1024 / 1024:.1f}".replace(".", ",")


def check_size(content: bytes) -> None:
    """
    Raises:
        RefusedError: The file is empty or too large.
    """
    if not content:
        raise RefusedError("file-empty")
    if len(content) > MAX_FILE_BYTES:
        details = {"size_mb": megabytes(len(content)), "limit_mb": megabytes(MAX_FILE_BYTES)}
        raise RefusedError("file-too-large", details=details)


def check_extent(rows: int, columns: int, *, sheet: str | None = None, technical: str = "") -> None:
    """
    Refuse a sheet whose bounding box would not fit the reader; the finding stands on the last cell of the box.

    Args:
        sheet: Its name as the sender knows it, or None while only its part of the file is known.

    Raises:
        RefusedError: More rows, columns or cells than the limits.
    """
    if rows > MAX_ROWS or columns > MAX_COLUMNS or rows * columns > MAX_AREA:
        limit = f"{MAX_ROWS:,} dòng, {MAX_COLUMNS:,} cột, {MAX_AREA:,} ô".replace(", ", "; ").replace(",", ".")
        last = cell_address(max(rows, 1) - 1, max(columns, 1) - 1)
        raise RefusedError("sheet-too-large", sheet=sheet, cell=last, details={"limit": limit}, technical=technical)
