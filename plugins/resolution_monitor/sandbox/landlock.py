"""Landlock: which files a process may still open, and that it may reach no port; checked by the kernel."""

import contextlib
import ctypes
import os
import struct
from collections.abc import Iterator, Mapping, Sequence
from enum import IntFlag
from pathlib import Path

from resolution_monitor.sandbox.kernel import system_call

_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446  # the same on every machine
_VERSION = 1
_PATH_BENEATH = 1
_ABI_OF_NETWORK, _ABI_OF_SCOPES = 4, 6
_TCP = 0b11
_SCOPES = 0b11  # sockets and signals of processes outside


class Right(IntFlag):
    """What may be done with files; of linux/landlock.h."""

    WRITE_FILE = 1 << 1
    READ_FILE = 1 << 2
    READ_DIR = 1 << 3
    REMOVE_DIR = 1 << 4
    REMOVE_FILE = 1 << 5
    MAKE_DIR = 1 << 7
    MAKE_REG = 1 << 8
    TRUNCATE = 1 << 14


READ = Right.READ_FILE | Right.READ_DIR
# In a folder of its own; no links, no devices, no sockets.
OWN = READ | Right.WRITE_FILE | Right.TRUNCATE | Right.MAKE_REG | Right.MAKE_DIR | Right.REMOVE_FILE | Right.REMOVE_DIR
_OF_A_FILE = Right.READ_FILE | Right.WRITE_FILE | Right.TRUNCATE
# How many rights over files each version of Landlock knows; the last is that of all that come after.
_FILE_RIGHTS = {1: 13, 2: 14, 3: 15, 4: 15, 5: 16}


def version() -> int:
    """
    The version of Landlock that this kernel offers; 0 where there is none.

    Asked by a process that may die of it: where a service manager forbids the call, touching it kills.
    """
    child = os.fork()
    if child == 0:
        with contextlib.suppress(OSError):
            os._exit(min(system_call(_CREATE_RULESET, None, ctypes.c_size_t(0), ctypes.c_uint32(_VERSION)), 99))
        os._exit(0)
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status) if not os.WIFSIGNALED(status) else 0


def ruleset(abi: int, allowed: Mapping[Path, Right]) -> int:
    """
    A descriptor of what is allowed; to be made while the paths can still be opened.

    Args:
        allowed: What may be done with each file, or below each folder; what does not exist is left out.

    Raises:
        OSError: The kernel took no such rule.
    """
    handled = (1 << _FILE_RIGHTS.get(abi, 16)) - 1
    words = [handled]
    words += [_TCP] if abi >= _ABI_OF_NETWORK else []
    words += [_SCOPES] if abi >= _ABI_OF_SCOPES else []
    wanted = struct.pack(f"={len(words)}Q", *words)
    rules = system_call(_CREATE_RULESET, wanted, ctypes.c_size_t(len(wanted)), ctypes.c_uint32(0))
    for path, right in allowed.items():
        with _opened(path) as opened:
            for descriptor in opened:
                rights = right if path.is_dir() else right & _OF_A_FILE
                rule = struct.pack("=Qi", rights & handled, descriptor)
                system_call(_ADD_RULE, ctypes.c_int(rules), ctypes.c_int(_PATH_BENEATH), rule, ctypes.c_uint32(0))
    return rules


@contextlib.contextmanager
def _opened(path: Path) -> Iterator[Sequence[int]]:
    try:
        descriptor = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except FileNotFoundError:
        yield ()
        return
    try:
        yield (descriptor,)
    finally:
        os.close(descriptor)


def restrict(rules: int) -> None:
    """
    Hold this thread, and whatever it starts, to the rules for good.

    Raises:
        OSError: The kernel did not take them.
    """
    system_call(_RESTRICT_SELF, ctypes.c_int(rules), ctypes.c_uint32(0))
    os.close(rules)
