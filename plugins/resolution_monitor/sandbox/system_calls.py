"""Which calls of the kernel each kind of child may make, and their numbers on the machines we know."""

import platform
from dataclasses import dataclass

# Name -> number on x86_64 and on arm64; None where the machine has no such call (unistd.h of the kernel).
_NUMBERS: dict[str, tuple[int | None, int | None]] = {
    "access": (21, None),
    "brk": (12, 214),
    "clock_gettime": (228, 113),
    "clock_nanosleep": (230, 115),
    "clone": (56, 220),
    "clone3": (435, 435),
    "close": (3, 57),
    "dup": (32, 23),
    "exit": (60, 93),
    "exit_group": (231, 94),
    "faccessat": (269, 48),
    "faccessat2": (439, 439),
    "fadvise64": (221, 223),
    "fcntl": (72, 25),
    "fstat": (5, 80),
    "fstatfs": (138, 44),
    "futex": (202, 98),
    "getcwd": (79, 17),
    "getdents64": (217, 61),
    "getegid": (108, 177),
    "geteuid": (107, 175),
    "getgid": (104, 176),
    "getpid": (39, 172),
    "getrandom": (318, 278),
    "getrusage": (98, 165),
    "gettid": (186, 178),
    "gettimeofday": (96, 169),
    "getuid": (102, 174),
    "ioctl": (16, 29),
    "lseek": (8, 62),
    "lstat": (6, None),
    "madvise": (28, 233),
    "mkdir": (83, None),
    "mkdirat": (258, 34),
    "mmap": (9, 222),
    "mprotect": (10, 226),
    "mremap": (25, 216),
    "munmap": (11, 215),
    "newfstatat": (262, 79),
    "open": (2, None),
    "openat": (257, 56),
    "poll": (7, None),
    "ppoll": (271, 73),
    "pread64": (17, 67),
    "prlimit64": (302, 261),
    "pwrite64": (18, 68),
    "read": (0, 63),
    "readlink": (89, None),
    "readlinkat": (267, 78),
    "readv": (19, 65),
    "restart_syscall": (219, 128),
    "rmdir": (84, None),
    "rseq": (334, 293),
    "rt_sigaction": (13, 134),
    "rt_sigprocmask": (14, 135),
    "rt_sigreturn": (15, 139),
    "sched_getaffinity": (204, 123),
    "sched_yield": (24, 124),
    "set_robust_list": (273, 99),
    "setitimer": (38, 103),
    "sigaltstack": (131, 132),
    "stat": (4, None),
    "statfs": (137, 43),
    "statx": (332, 291),
    "sysinfo": (99, 179),
    "time": (201, None),
    "uname": (63, 160),
    "unlink": (87, None),
    "unlinkat": (263, 35),
    "write": (1, 64),
    "writev": (20, 66),
}

# A process that only reckons: its memory, its time, its end, and what it holds open already.
_RECKONING = """
brk clock_gettime close exit exit_group fstat futex getpid getrandom getrusage gettid gettimeofday lseek madvise mremap
munmap read restart_syscall rseq rt_sigaction rt_sigprocmask rt_sigreturn sched_yield set_robust_list setitimer
sigaltstack time write writev
"""
# And one that has files of its own; which ones, Landlock says. Nothing that renames, links, or changes rights.
_FILES = """
access dup faccessat faccessat2 fadvise64 fcntl fstatfs getcwd getdents64 getegid geteuid getgid getuid lstat newfstatat
open openat pread64 pwrite64 readlink readlinkat readv stat statfs statx unlink unlinkat
"""
# And one whose libraries start threads and make folders for what they unpack.
_THREADS = "clock_nanosleep mkdir mkdirat poll ppoll rmdir sched_getaffinity sysinfo uname"

RECKONING = frozenset(_RECKONING.split())
WITH_FILES = RECKONING | frozenset(_FILES.split())
WITH_THREADS = WITH_FILES | frozenset(_THREADS.split())


@dataclass(frozen=True, slots=True)
class Machine:
    """
    What a filter must know of a machine.

    Attributes:
        audit: How the kernel names its way of calling.
        column: Of the numbers above.
    """

    audit: int
    column: int

    def number(self, name: str) -> int | None:
        """The number of a call; None where the machine has no such call."""
        return _NUMBERS[name][self.column]


_MACHINES = {"x86_64": Machine(0xC000003E, 0), "aarch64": Machine(0xC00000B7, 1)}


def this_machine() -> Machine | None:
    """None on a machine whose numbers we do not know: no filter then."""
    return _MACHINES.get(platform.machine())
