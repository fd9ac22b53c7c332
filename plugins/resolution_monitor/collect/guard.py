"""Looks at a file's bytes before any library reads its cells, and refuses what could harm the reader.

Runs inside the limited child: everything here may meet hostile bytes. Each refusal is a check code of
catalogue/checks.yaml with the words that fill its text.
"""

from resolution_monitor.collect.guard_ods import guard_ods, is_ods
from resolution_monitor.collect.guard_ole import guard_ole
from resolution_monitor.collect.guard_xlsx import guard_xlsx
from resolution_monitor.collect.guard_zip import guarded_parts
from resolution_monitor.collect.open_zip import ZIP_MAGIC, OpenedZip, opened_zip
from resolution_monitor.collect.refusals import MAX_FILE_BYTES, RefusedError, check_extent, check_size, other_kind
from resolution_monitor.collect.traits import Guarded

__all__ = ["MAX_FILE_BYTES", "RefusedError", "check_extent", "guard"]

_OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# Workbooks that are one long text.
_MARKUP = {
    b"application/vnd.oasis.opendocument.spreadsheet": "bảng tính dạng văn bản (.fods)",
    b"urn:schemas-microsoft-com:office:spreadsheet": "bảng tính Excel 2003 dạng văn bản",
}
_JUDGED = 8192


def guard(content: bytes, opened: OpenedZip | None = None) -> Guarded:
    """
    Pass a workbook that is safe to read.

    Args:
        opened: The same content, where it was opened already.

    Raises:
        RefusedError: The file is empty, too large, no workbook, damaged, encrypted or built to harm.
    """
    check_size(content)
    if content.startswith(_OLE_MAGIC):
        return guard_ole(content)
    if content.startswith(ZIP_MAGIC):
        parts = guarded_parts(opened or opened_zip(content))
        return guard_ods(parts) if is_ods(parts) else guard_xlsx(parts)
    for mark, kind in _MARKUP.items():
        if mark in content[:_JUDGED]:
            raise other_kind(kind)
    raise RefusedError("not-a-workbook")
