"""Guards an .xls, an OLE2 container with a stream of BIFF records, and sees what its reader of cells leaves out."""

import io
import struct
from collections.abc import Iterator

import olefile

from resolution_monitor.collect import vba
from resolution_monitor.collect.biff_formulas import formula_of
from resolution_monitor.collect.biff_looks import FONT, LOOKS, BiffLooks
from resolution_monitor.collect.refusals import RefusedError, check_extent
from resolution_monitor.collect.traits import ERROR_TEXTS, UNKNOWN_FORMULA, Guarded, SheetTraits, spans

_VBA_STORAGE = "_VBA_PROJECT_CUR"
_BOF, _EOF, _FILEPASS, _BOUNDSHEET = 0x0809, 0x000A, 0x002F, 0x0085
_SUPBOOK, _PRECISION = 0x01AE, 0x000E
_BIFF8 = b"\x00\x06"
_FORMULA, _STRING, _BOOLERR, _ROW, _COLINFO = 0x0006, 0x0207, 0x0205, 0x0208, 0x007D
# Cell records, all of which begin with row and column: formula, number, RK, string, blank-free.
_CELLS = {_FORMULA, 0x0203, 0x027E, 0x00FD, 0x0204, _BOOLERR, 0x00BD, 0x00D6}
_WORKSHEET, _CHART = 0, 2
_TEXT_RESULT, _ERROR_RESULT = 0, 2
_HIDDEN_ROW, _HIDDEN_COLUMN = 0x0020, 0x0001
_OWN_BOOK, _ADD_IN = 0x0401, 0x3A01  # [MS-XLS] 2.4.271: no path follows
_DDE_MARK, _PATH_MARK = 3, 1  # between the program and the topic of a live link; before the path of a file


def guard_ole(content: bytes) -> Guarded:
    """
    Raises:
        RefusedError: It is no workbook, damaged, encrypted, or holds macros or objects.
    """
    try:
        with olefile.OleFileIO(io.BytesIO(content)) as container:
            paths = ["/".join(path) for path in container.listdir(streams=True, storages=True)]
            _guard_streams(paths)
            if any(container.get_size(path) > len(content) for path in container.listdir(streams=True)):
                raise RefusedError("damaged-file", technical="a stream is longer than its file: it goes in rings")
            if container.exists(_VBA_STORAGE) and vba.holds_code(container, _VBA_STORAGE):
                raise RefusedError("macro-workbook")
            name = "Workbook" if container.exists("Workbook") else "Book"
            if not container.exists(name):
                raise RefusedError("not-a-workbook")
            stream = container.openstream(name).read()
    except (OSError, ValueError, struct.error, IndexError, TypeError, AttributeError, RecursionError) as error:
        # olefile raises whatever its parsing ran into; all of it means a damaged container.
        raise RefusedError("damaged-file", technical=repr(error)) from error
    guarded = Guarded(kind="xls", content=content)
    try:
        _Records(guarded, stream).see(stream)
    except struct.error as error:
        raise RefusedError("damaged-file", technical=f"a record is too short: {error}") from error
    return guarded


def _guard_streams(paths: list[str]) -> None:
    tops = {path.split("/")[0] for path in paths}
    if "EncryptedPackage" in tops or "EncryptionInfo" in tops:
        raise RefusedError("encrypted-workbook")
    if "Macros" in tops:  # where Word keeps them; no workbook of Excel does
        raise RefusedError("macro-workbook")
    for top in tops:
        if top.startswith("MBD") or top == "ObjectPool":
            raise RefusedError("embedded-object", technical=top)


def _records(stream: bytes) -> Iterator[tuple[int, int, bytes]]:
    """Position, kind and body of each record."""
    position = 0
    while position + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, position)
        if position + 4 + length > len(stream):
            if any(stream[position:]):  # a zero tail is padding of the container
                raise RefusedError("damaged-file", technical="a record is cut off")
            return
        yield position, kind, stream[position + 4 : position + 4 + length]
        position += 4 + length


class _Records:
    """Goes through the records once: first those of the workbook, then sheet by sheet."""

    def __init__(self, guarded: Guarded, stream: bytes) -> None:
        self._guarded = guarded
        self._looks = BiffLooks(stream)
        self._sheets: dict[int, SheetTraits] = {}  # by where their records begin
        self._begun: set[int] = set()
        self._rows = self._columns = 0
        self._sheet = SheetTraits()
        self._waiting: tuple[int, int] | None = None  # a formula whose value is a text that has not come yet
        self._hidden_rows: list[int] = []
        # In an older version tokens are written otherwise.
        self._reckons = stream[4:6] == _BIFF8

    def see(self, stream: bytes) -> None:
        for position, kind, body in _records(stream):
            if kind == _BOF:
                if position in self._sheets:
                    self._begun.add(position)
                    self._begin(self._sheets[position])
            elif kind == _EOF:
                self._settle_waiting()
                self._sheet.hidden_rows = spans(self._hidden_rows)
            elif kind in _CELLS or kind in (_STRING, _ROW, _COLINFO):
                self._see_sheet_record(kind, body)
            else:
                self._see_book_record(kind, body)
        if self._begun != set(self._sheets):
            raise RefusedError("damaged-file", technical="a sheet does not begin where it should")

    def _begin(self, sheet: SheetTraits) -> None:
        self._sheet, self._rows, self._columns, self._hidden_rows = sheet, 0, 0, []

    def _settle_waiting(self) -> None:
        if self._waiting is not None:
            self._sheet.formulas[self._waiting] = UNKNOWN_FORMULA
        self._waiting = None

    def _see_book_record(self, kind: int, body: bytes) -> None:
        if kind == _FILEPASS:
            raise RefusedError("encrypted-workbook")
        if kind == _BOUNDSHEET and len(body) >= 6:
            if body[5] not in (_WORKSHEET, _CHART):  # the others hold macros
                raise RefusedError("macro-workbook")
            self._sheets[struct.unpack_from("<I", body)[0]] = traits = SheetTraits()
            self._guarded.sheets.append(traits)
        elif kind in LOOKS:
            self._looks.see(kind, body)
        elif kind == _PRECISION and body[:2] == b"\0\0":
            self._reckons = False  # numbers are stored as they are shown: rounded sums add up otherwise
        if kind == FONT and len(body) > 16:
            # BIFF8 says in its next byte whether letters take two bytes; the Latin letters of a name read either way.
            self._guarded.fonts.add(body[15:].replace(b"\0", b"").lstrip(b"\1").decode("latin-1"))
        if kind == _SUPBOOK and len(body) > 4:
            self._see_link(body)

    def _see_link(self, body: bytes) -> None:
        count, letters = struct.unpack_from("<HH", body)
        if letters in (_OWN_BOOK, _ADD_IN):
            return
        # Behind its length comes a byte that says how wide letters are. A path begins with 1 and parts its folders
        # with 3 ([MS-XLS] 2.5.277); a link to a program has that mark alone.
        path = body[5:].replace(b"\0", b"")
        if count == 0 and _DDE_MARK in path and path[0] != _PATH_MARK:
            raise RefusedError("live-link")
        self._guarded.told.add("external-link")

    def _see_sheet_record(self, kind: int, body: bytes) -> None:
        if kind == _STRING:
            self._waiting = None
            return
        if kind == _COLINFO:
            first, last, _, _, options = struct.unpack_from("<HHHHH", body)
            if options & _HIDDEN_COLUMN and first <= last:
                self._sheet.hidden_columns.append((first, last))
            return
        if kind == _ROW:
            row, *_, options = struct.unpack_from("<HHHHHHH", body)
            self._hidden_rows += [row] if options & _HIDDEN_ROW else []
            return
        self._settle_waiting()
        row, column = struct.unpack_from("<HH", body)
        self._rows, self._columns = max(self._rows, row + 1), max(self._columns, column + 1)
        check_extent(self._rows, self._columns)
        self._looks.look(kind, body, self._sheet)
        if kind == _FORMULA:
            self._see_formula((row, column), body)
        elif kind == _BOOLERR and len(body) >= 8 and body[7]:
            self._sheet.errors[row, column] = ERROR_TEXTS.get(body[6], "#N/A")

    def _see_formula(self, place: tuple[int, int], body: bytes) -> None:
        """[MS-XLS] 2.5.133: two bytes of ones at its end say that the result is no number."""
        result = body[6:14]
        if result[6:] != b"\xff\xff":
            if self._reckons and (formula := formula_of(body)):
                self._sheet.reckoned[place] = formula
            return
        if result[0] == _ERROR_RESULT:
            self._sheet.errors[place] = ERROR_TEXTS.get(result[2], "#N/A")
        elif result[0] == _TEXT_RESULT:
            self._waiting = place
