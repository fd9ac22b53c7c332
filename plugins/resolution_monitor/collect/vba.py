"""Tells a workbook with macros from one whose VBA project is an empty shell, which Excel 97-2003 left in many files.

Follows [MS-OVBA] 2.4.1 (compression) and 2.3.4.2 (dir stream). Anything that does not parse counts as code.
"""

import struct
from typing import Any

import olefile

_PROJECTVERSION, _MODULESTREAMNAME, _MODULEOFFSET = 0x0009, 0x001A, 0x0031


def holds_code(container: "olefile.OleFileIO[Any]", storage: str) -> bool:
    """Whether any module below `storage` has a line that is not one of Excel's own `Attribute` lines."""
    try:
        directory = decompress(container.openstream(f"{storage}/VBA/dir").read())
        modules = _modules(directory)
        sources = [decompress(container.openstream(f"{storage}/VBA/{name}").read()[at:]) for name, at in modules]
    except (OSError, ValueError, IndexError, struct.error):
        return True
    lines = [line.strip() for source in sources for line in source.split(b"\r\n")]
    return any(line and not line.startswith(b"Attribute ") for line in lines)


def _modules(directory: bytes) -> list[tuple[str, int]]:
    """Stream name of each module and where in its stream the source text begins."""
    modules: list[tuple[str, int]] = []
    name = ""
    position = 0
    while position + 6 <= len(directory):
        kind, size = struct.unpack_from("<HI", directory, position)
        size = 6 if kind == _PROJECTVERSION else size  # its size field counts one of its two fields only
        body = directory[position + 6 : position + 6 + size]
        if kind == _MODULESTREAMNAME:
            name = body.decode("cp1252")
        if kind == _MODULEOFFSET:
            modules.append((name, int(struct.unpack("<I", body)[0])))
        position += 6 + size
    return modules


def decompress(container: bytes) -> bytes:
    """
    The text of a compressed container.

    Raises:
        ValueError: It does not begin with the signature byte 1, or a copy reaches before the start.
    """
    if container[0] != 1:
        raise ValueError("no compressed container")
    text = bytearray()
    position = 1
    while position + 2 <= len(container):
        (header,) = struct.unpack_from("<H", container, position)
        end = min(position + 3 + (header & 0x0FFF), len(container))
        if header & 0x8000:
            _decompress_chunk(container[position + 2 : end], text)
        else:
            text += container[position + 2 : end]
        position = end
    return bytes(text)


def _decompress_chunk(chunk: bytes, text: bytearray) -> None:
    start = len(text)
    position = 0
    while position < len(chunk):
        flags = chunk[position]
        position += 1
        for bit in range(8):
            if position >= len(chunk):
                return
            if flags >> bit & 1:
                (token,) = struct.unpack_from("<H", chunk, position)
                _copy(text, token, start)
                position += 2
            else:
                text.append(chunk[position])
                position += 1


def _copy(text: bytearray, token: int, start: int) -> None:
    """Repeat earlier text; how many bits of the token are the distance grows with the chunk (2.4.1.3.19)."""
    bits = max((len(text) - start - 1).bit_length(), 4)
    length = (token & (0xFFFF >> bits)) + 3
    distance = (token >> (16 - bits)) + 1
    if distance > len(text) - start:
        raise ValueError("a copy reaches before its chunk")
    for _ in range(length):
        text.append(text[-distance])
