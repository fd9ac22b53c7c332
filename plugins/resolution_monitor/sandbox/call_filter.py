"""Seccomp: a list of the calls that a process may make from now on, checked by the kernel at every call."""

import ctypes
import errno
import functools
import mmap
from collections.abc import Iterable

from resolution_monitor.sandbox.kernel import Prctl, prctl
from resolution_monitor.sandbox.system_calls import WITH_THREADS, Machine, this_machine

Instruction = tuple[int, int, int, int]

_LOAD, _AND, _IS, _HAS_ANY, _END = 0x20, 0x54, 0x15, 0x45, 0x06
_ALLOW, _KILL = 0x7FFF0000, 0x80000000
_MODE_FILTER = 2
_NUMBER_AT, _MACHINE_AT, _VALUES_AT = 0, 4, 16
_LOWER_HALF = 0
_UPPER_HALF = 4
# Asking a terminal what it is, and closing at exec: Python does both to whatever it opens.
_TCGETS, _FIOCLEX = 0x5401, 0x5451
_CLONE_THREAD_OF_THIS = 0x00010100  # CLONE_THREAD | CLONE_VM
_CLONE_NEW_ANYTHING = 0x7E020080  # namespaces


def is_there() -> bool:
    """Whether this kernel takes a filter from us; an empty one is never taken, whatever the answer."""
    if this_machine() is None:
        return False
    try:
        prctl(Prctl.SET_SECCOMP, _MODE_FILTER, 0)
    except OSError as error:
        return error.errno == errno.EFAULT
    return True


class Program(ctypes.Structure):
    """How the kernel takes a filter: struct sock_fprog."""

    _fields_ = (("length", ctypes.c_ushort), ("instructions", ctypes.c_char_p))


@functools.cache
def prepared(names: frozenset[str]) -> Program:
    """
    A filter that allows these calls and no others; made once, for all forks.

    Raises:
        OSError: We know nothing of this machine.
    """
    machine = this_machine()
    if machine is None:
        raise OSError(errno.ENOSYS, "no filter is known for this machine")
    program = _program(machine, names)
    return Program(len(program), b"".join(map(_packed, program)))


def install(names: frozenset[str]) -> None:
    """
    Allow these calls and no others, for good.

    Raises:
        OSError: The kernel took no filter.
    """
    prctl(Prctl.SET_SECCOMP, _MODE_FILTER, ctypes.addressof(prepared(names)))


def _packed(instruction: Instruction) -> bytes:
    code, if_true, if_false, value = instruction
    return code.to_bytes(2, "little") + bytes((if_true, if_false)) + value.to_bytes(4, "little")


def _program(machine: Machine, names: frozenset[str]) -> list[Instruction]:
    program: list[Instruction] = [
        *((_LOAD, 0, 0, _MACHINE_AT), (_IS, 1, 0, machine.audit), (_END, 0, 0, _KILL)),
        (_LOAD, 0, 0, _NUMBER_AT),
    ]
    blocks: dict[str, list[Instruction]] = {name: [(_END, 0, 0, _ALLOW)] for name in sorted(names)}
    blocks.update(_by_their_values(has_threads=names >= WITH_THREADS))
    for name, block in blocks.items():
        number = machine.number(name)
        if number is not None:
            program += [(_IS, 0, len(block), number), *block]
    return [*program, _refused(errno.EPERM)]


def _by_their_values(*, has_threads: bool) -> dict[str, list[Instruction]]:
    """Calls of which some uses are allowed: no code is made of data, no other process signalled, no limit raised."""
    blocks = {
        "mmap": _unless_any(2, mmap.PROT_EXEC),
        "mprotect": _unless_any(2, mmap.PROT_EXEC),
        "prlimit64": _if_zero(2),
        "ioctl": _if_one_of(1, (_TCGETS, _FIOCLEX)),
    }
    if has_threads:
        # Libraries that are loaded late come from files; those of other senders cannot be opened at all.
        blocks["mmap"] = _unless_any(2, mmap.PROT_EXEC, unless=_unless_any(3, mmap.MAP_ANONYMOUS))
        blocks["clone"] = _if_thread()
        blocks["clone3"] = [_refused(errno.ENOSYS)]  # its flags lie in memory; glibc then takes the other
    return blocks


def _refused(number: int) -> Instruction:
    return _END, 0, 0, 0x00050000 | number


def _loaded(position: int, half: int = _LOWER_HALF) -> Instruction:
    return _LOAD, 0, 0, _VALUES_AT + 8 * position + half


def _unless_any(position: int, bits: int, unless: list[Instruction] | None = None) -> list[Instruction]:
    otherwise = unless or [_refused(errno.EPERM)]
    return [_loaded(position), (_HAS_ANY, 1, 0, bits), (_END, 0, 0, _ALLOW), *otherwise]


def _if_one_of(position: int, values: Iterable[int]) -> list[Instruction]:
    tried = [part for value in values for part in ((_IS, 0, 1, value), (_END, 0, 0, _ALLOW))]
    return [_loaded(position), *tried, _refused(errno.EPERM)]


def _if_zero(position: int) -> list[Instruction]:
    return [
        *(_loaded(position), (_IS, 0, 2, 0)),
        *(_loaded(position, _UPPER_HALF), (_IS, 1, 0, 0)),
        *(_refused(errno.EPERM), (_END, 0, 0, _ALLOW)),
    ]


def _if_thread() -> list[Instruction]:
    return [
        *(_loaded(0), (_HAS_ANY, 3, 0, _CLONE_NEW_ANYTHING)),
        *((_AND, 0, 0, _CLONE_THREAD_OF_THIS), (_IS, 0, 1, _CLONE_THREAD_OF_THIS)),
        *((_END, 0, 0, _ALLOW), _refused(errno.EPERM)),
    ]
