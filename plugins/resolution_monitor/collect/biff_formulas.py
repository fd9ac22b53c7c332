"""A formula of an .xls as other spreadsheets write it, from its tokens ([MS-XLS] 2.5.198), where it can be reckoned."""

import struct
from collections.abc import Callable

_HEADER, _LENGTH_AT = 22, 20  # of a record of a formula: what stands before its tokens, and where their length stands
_SIGNS = {0x03: "+", 0x04: "-", 0x05: "*", 0x06: "/"}
_SUM, _AVERAGE = 4, 5
_FUNCTIONS = {_SUM: "SUM", _AVERAGE: "AVERAGE"}
_IS_SUM, _IS_SPACE, _IS_VOLATILE = 0x10, 0x40, 0x01
_COLUMN = 0x3FFF  # above it: whether row and column move with the cell


class _NotKnownError(Exception):
    """The formula holds something that is not reckoned."""


def formula_of(body: bytes) -> str:
    """
    The formula of a record, without "=", such as "SUM(A1:A3)/2"; empty where it holds anything but cells of its sheet,
    numbers, the four operations, sums and averages.
    """
    try:
        size = struct.unpack_from("<H", body, _LENGTH_AT)[0]
        return _written(body[_HEADER : _HEADER + size])
    except (_NotKnownError, struct.error, IndexError):
        return ""


def _written(tokens: bytes) -> str:
    """Tokens stand behind what they work on: each takes its parts from the stack, and lays the whole onto it."""
    stack: list[str] = []
    place = 0
    while place < len(tokens):
        token = tokens[place]
        read = _READERS.get(token if token < 0x20 else (token & 0x1F) | 0x20)
        if read is None:
            raise _NotKnownError
        place += 1 + read(stack, token, tokens[place + 1 :])
    if len(stack) != 1:
        raise _NotKnownError
    return stack[0]


def _operation(stack: list[str], token: int, rest: bytes) -> int:
    right, left = stack.pop(), stack.pop()
    stack.append(f"({left}{_SIGNS[token]}{right})")
    return 0


def _minus(stack: list[str], token: int, rest: bytes) -> int:
    stack.append(f"(-{stack.pop()})")
    return 0


def _percent(stack: list[str], token: int, rest: bytes) -> int:
    stack.append(f"{stack.pop()}%")
    return 0


def _nothing(stack: list[str], token: int, rest: bytes) -> int:
    """A plus before a number, or brackets, which we write ourselves."""
    return 0


def _whole(stack: list[str], token: int, rest: bytes) -> int:
    stack.append(str(struct.unpack_from("<H", rest)[0]))
    return 2


def _number(stack: list[str], token: int, rest: bytes) -> int:
    stack.append(repr(struct.unpack_from("<d", rest)[0]).upper())
    return 8


def _cell(stack: list[str], token: int, rest: bytes) -> int:
    row, column = struct.unpack_from("<HH", rest)
    stack.append(_address(row, column))
    return 4


def _area(stack: list[str], token: int, rest: bytes) -> int:
    first_row, last_row, first, last = struct.unpack_from("<HHHH", rest)
    stack.append(f"{_address(first_row, first)}:{_address(last_row, last)}")
    return 8


def _function(stack: list[str], token: int, rest: bytes) -> int:
    """One with as many arguments as it likes."""
    count, number = struct.unpack_from("<BH", rest)
    _called(stack, number, count)
    return 3


def _attribute(stack: list[str], token: int, rest: bytes) -> int:
    """A sum of one argument is written shorter; blanks say nothing."""
    if rest[0] & _IS_SUM:
        _called(stack, _SUM, 1)
    elif rest[0] & ~(_IS_SPACE | _IS_VOLATILE):
        raise _NotKnownError
    return 3


def _called(stack: list[str], number: int, count: int) -> None:
    if number not in _FUNCTIONS or not 0 < count <= len(stack):
        raise _NotKnownError
    stack[-count:] = [f"{_FUNCTIONS[number]}({','.join(stack[-count:])})"]


def _address(row: int, column: int) -> str:
    letters, number = "", (column & _COLUMN) + 1
    while number:
        number, letter = divmod(number - 1, 26)
        letters = chr(65 + letter) + letters
    return f"{letters}{row + 1}"


_READERS: dict[int, Callable[[list[str], int, bytes], int]] = {
    **dict.fromkeys(_SIGNS, _operation),
    0x12: _nothing,
    0x13: _minus,
    0x14: _percent,
    0x15: _nothing,
    0x19: _attribute,
    0x1E: _whole,
    0x1F: _number,
    0x22: _function,
    0x24: _cell,
    0x25: _area,
}
