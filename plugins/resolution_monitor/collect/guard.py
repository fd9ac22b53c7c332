"""Looks at a file's bytes before any library reads its cells, and refuses what could harm the reader.

Runs inside the limited child: everything here may meet hostile bytes. Each refusal is a check code of
catalogue/checks.yaml with the words that fill its text.
"""

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field

import olefile

from resolution_monitor.collect import vba
from resolution_monitor.terms import cell_address

MAX_FILE_BYTES = 10 * 1024 * 1024
MAX_INFLATED_BYTES = 64 * 1024 * 1024
MAX_RATIO = 200
MAX_MEMBERS = 2_000
MAX_ROWS = 65_536
MAX_COLUMNS = 1_024
MAX_AREA = 2_000_000  # cells of one sheet's bounding box: what the reader must hold at once

_ZIP_MAGIC = b"PK\x03\x04"
_OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_CHUNK = 256 * 1024


@dataclass(slots=True)
class RefusedError(Exception):
    """
    Why a file is not read.

    Attributes:
        details: The words that fill the check's text; the sender reads them.
        technical: What exactly was met, for the log alone; may hold names from inside the file.
    """

    check: str
    sheet: str | None = None
    cell: str | None = None
    details: dict[str, str] = field(default_factory=dict)
    technical: str = ""


def guard(content: bytes) -> None:
    """
    Pass a workbook that is safe to read.

    Raises:
        RefusedError: The file is empty, too large, no workbook, damaged, encrypted or built to harm.
    """
    if not content:
        raise RefusedError("file-empty")
    if len(content) > MAX_FILE_BYTES:
        raise RefusedError("file-too-large", details={"size_mb": _mb(len(content)), "limit_mb": _mb(MAX_FILE_BYTES)})
    if content.startswith(_OLE_MAGIC):
        _guard_ole(content)
    elif content.startswith(_ZIP_MAGIC):
        _guard_zip(content)
    else:
        raise RefusedError("not-a-workbook")


def _mb(size: int) -> str:
    return f"{size / 1024 / 1024:.1f}".replace(".", ",")


# --- .xlsx: a zip of XML parts ---------------------------------------------------------------------------------


def _guard_zip(content: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = archive.infolist()
            _guard_members(members)
            inflated = 0
            for member in members:
                inflated += _guard_member(archive, member, budget=MAX_INFLATED_BYTES - inflated)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, struct.error, OSError, ValueError) as error:
        raise RefusedError("damaged-file", technical=repr(error)) from error


def _guard_members(members: list[zipfile.ZipInfo]) -> None:
    names = [member.filename for member in members]
    if len(names) > MAX_MEMBERS:
        raise RefusedError(
            "unsafe-archive", details={"reason": "có quá nhiều thành phần"}, technical=f"{len(names)} parts"
        )
    if len(set(names)) != len(names):
        raise RefusedError("unsafe-archive", details={"reason": "có thành phần trùng tên"})
    if any(member.flag_bits & 0x1 for member in members):
        raise RefusedError("encrypted-workbook")
    lowered = [name.lower() for name in names]
    if any(name.endswith("vbaproject.bin") or "/macrosheets/" in name for name in lowered):
        raise RefusedError("macro-workbook")
    for name in lowered:
        if "/embeddings/" in name or "/activex/" in name:
            raise RefusedError("embedded-object", technical=name)
    if "[content_types].xml" not in lowered or not any(name.startswith("xl/workbook") for name in lowered):
        raise RefusedError("not-a-workbook")


def _guard_member(archive: zipfile.ZipFile, member: zipfile.ZipInfo, budget: int) -> int:
    """Inflate one member piece by piece, counting what really comes out; the CRC is checked on the way."""
    extent = _Extent(member.filename)
    is_xml = member.filename.lower().endswith((".xml", ".rels", ".vml"))
    size = 0
    tail = b""
    with archive.open(member) as stream:
        while chunk := stream.read(_CHUNK):
            size += len(chunk)
            if size > budget or size > MAX_RATIO * max(member.compress_size, 1024):
                reason = {"reason": "dung lượng khi mở ra quá lớn"}
                raise RefusedError("unsafe-archive", details=reason, technical=member.filename)
            if is_xml:
                window = tail + chunk
                _guard_xml(window, is_first=size == len(chunk), name=member.filename)
                extent.see(window)
                tail = window[-64:]
    return size


def _guard_xml(window: bytes, *, is_first: bool, name: str) -> None:
    if is_first and window[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise RefusedError("unsafe-xml", technical=f"UTF-16 in {name}")
    if is_first and re.match(rb"\s*<\?xml[^>]*encoding=[\"'](?!utf-8|us-ascii|iso-8859-1)", window, re.IGNORECASE):
        raise RefusedError("unsafe-xml", technical=f"unknown encoding in {name}")
    if b"<!DOCTYPE" in window or b"<!ENTITY" in window:
        raise RefusedError("unsafe-xml", technical=f"DTD in {name}")


class _Extent:
    """How far a worksheet reaches, from the addresses of its cells, never from what it declares."""

    _ADDRESS = re.compile(rb"<(?:\w+:)?(?:c|row)\b[^>]*?\br=[\"']([A-Z]{0,3})(\d{1,7})[\"']")

    def __init__(self, name: str) -> None:
        self.name = name
        self.is_sheet = name.lower().startswith("xl/worksheets/")
        self.rows = self.columns = 0

    def see(self, window: bytes) -> None:
        if not self.is_sheet:
            return
        for letters, digits in self._ADDRESS.findall(window):
            self.rows = max(self.rows, int(digits))
            self.columns = max(self.columns, _column_number(letters))
            check_extent(self.rows, self.columns, technical=self.name)


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


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


# --- .xls: an OLE2 container with a stream of BIFF records ------------------------------------------------------

_FILEPASS, _BOUNDSHEET = 0x002F, 0x0085
# Cell records, all of which begin with row and column: formula, number, RK, string, blank-free.
_CELL_RECORDS = {0x0006, 0x0203, 0x027E, 0x00FD, 0x0204, 0x0205, 0x00BD, 0x00D6}
_WORKSHEET, _CHART = 0, 2
_VBA_STORAGE = "_VBA_PROJECT_CUR"


def _guard_ole(content: bytes) -> None:
    try:
        with olefile.OleFileIO(io.BytesIO(content)) as container:
            paths = ["/".join(path) for path in container.listdir(streams=True, storages=True)]
            _guard_streams(paths)
            if container.exists(_VBA_STORAGE) and vba.holds_code(container, _VBA_STORAGE):
                raise RefusedError("macro-workbook")
            name = "Workbook" if container.exists("Workbook") else "Book"
            if not container.exists(name):
                raise RefusedError("not-a-workbook")
            stream = container.openstream(name).read()
    except (OSError, ValueError, struct.error, IndexError, TypeError, AttributeError) as error:
        # olefile raises whatever its parsing ran into; all of it means a damaged container.
        raise RefusedError("damaged-file", technical=repr(error)) from error
    _guard_records(stream)


def _guard_streams(paths: list[str]) -> None:
    tops = {path.split("/")[0] for path in paths}
    if "EncryptedPackage" in tops or "EncryptionInfo" in tops:
        raise RefusedError("encrypted-workbook")
    if "Macros" in tops:  # where Word keeps them; no workbook of Excel does
        raise RefusedError("macro-workbook")
    for top in tops:
        if top.startswith("MBD") or top == "ObjectPool":
            raise RefusedError("embedded-object", technical=top)


def _guard_records(stream: bytes) -> None:
    rows = columns = 0
    for kind, body in _records(stream):
        if kind == _FILEPASS:
            raise RefusedError("encrypted-workbook")
        if kind == _BOUNDSHEET and len(body) >= 6 and body[5] not in (_WORKSHEET, _CHART):  # the others hold macros
            raise RefusedError("macro-workbook")
        if kind in _CELL_RECORDS and len(body) >= 4:
            row, column = struct.unpack_from("<HH", body)
            rows, columns = max(rows, row + 1), max(columns, column + 1)
            check_extent(rows, columns)


def _records(stream: bytes) -> Iterator[tuple[int, bytes]]:
    position = 0
    while position + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, position)
        if position + 4 + length > len(stream):
            if any(stream[position:]):  # a zero tail is padding of the container
                raise RefusedError("damaged-file", technical="a record is cut off")
            return
        yield kind, stream[position + 4 : position + 4 + length]
        position += 4 + length
