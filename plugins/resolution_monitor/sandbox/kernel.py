"""The few calls of the kernel that close a process in and that Python has no function for."""

import ctypes
import errno
import os
from enum import IntEnum

_LIBC = ctypes.CDLL(None, use_errno=True)
_LIBC.syscall.restype = ctypes.c_long


class Prctl(IntEnum):
    """Of linux/prctl.h."""

    SET_PDEATHSIG = 1
    SET_DUMPABLE = 4
    SET_SECCOMP = 22
    CAPBSET_DROP = 24
    SET_NO_NEW_PRIVS = 38
    CAP_AMBIENT = 47


def prctl(option: Prctl, *values: int) -> None:
    """
    One prctl.

    Raises:
        OSError: The kernel refused it.
    """
    given = [ctypes.c_ulong(value) for value in (*values, 0, 0, 0, 0)[:4]]
    if _LIBC.prctl(ctypes.c_int(option), *given) != 0:
        raise _error()


def system_call(number: int, *values: object) -> int:
    """
    A call by its number; for those libc has no name for.

    Raises:
        OSError: The kernel refused it.
    """
    outcome = int(_LIBC.syscall(ctypes.c_long(number), *values))
    if outcome < 0:
        raise _error()
    return outcome


def drop_capabilities() -> None:
    """
    Every right of root, held and to be had; what a file could give back as well.

    Raises:
        OSError: The kernel refused to take them.
    """
    for capability in range(64):
        try:
            prctl(Prctl.CAPBSET_DROP, capability)
        except OSError as error:
            # Not there on this kernel, or nothing that an ordinary user could drop.
            if error.errno not in (errno.EINVAL, errno.EPERM):
                raise
    clear_all = 4
    try:
        prctl(Prctl.CAP_AMBIENT, clear_all)
    except OSError as error:
        if error.errno not in (errno.EINVAL, errno.EPERM):
            raise


def drop_held_capabilities() -> None:
    """
    The capabilities that this process holds now.

    Raises:
        OSError: The kernel refused to take them.
    """
    version_3, words = 0x20080522, (ctypes.c_uint32 * 6)(*[0] * 6)
    if _LIBC.capset((ctypes.c_uint32 * 2)(version_3, 0), words) != 0:
        raise _error()


def _error() -> OSError:
    number = ctypes.get_errno()
    return OSError(number, os.strerror(number))
