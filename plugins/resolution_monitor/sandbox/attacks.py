"""What a taken-over child would try, tried on bait: how the doctor and the tests see which protections hold."""

import contextlib
import ctypes
import errno
import mmap
import os
import resource
import signal
import socket
from collections.abc import Callable, Mapping
from pathlib import Path

from resolution_monitor.sandbox.bait import Bait

_PTRACE_SEIZE = 0x4206
_CLONE_NEWUSER = 0x10000000
_LIBC = ctypes.CDLL(None, use_errno=True)


def tried_attacks(bait: Bait) -> dict[str, str]:
    """Each attack and how it ended: "done", or the kernel's word against it."""
    return {name: _outcome(attack, bait) for name, attack in ATTACKS.items()}


def _outcome(attack: Callable[[Bait], None], bait: Bait) -> str:
    try:
        attack(bait)
    except OSError as error:
        return errno.errorcode.get(error.errno or 0, "unknown")
    return "done"


def _read_secret(bait: Bait) -> None:
    os.read(os.open(bait.secret, os.O_RDONLY), 100)


def _read_accounts(bait: Bait) -> None:
    os.read(os.open("/etc/passwd", os.O_RDONLY), 100)


def _list_folder(bait: Bait) -> None:
    list(Path(bait.folder).iterdir())


def _write(bait: Bait) -> None:
    os.write(os.open(f"{bait.folder}/written", os.O_CREAT | os.O_WRONLY, 0o600), b"x")


def _change_file(bait: Bait) -> None:
    os.close(os.open(bait.victim, os.O_WRONLY | os.O_TRUNC))


def _change_mode(bait: Bait) -> None:
    bait.victim.chmod(0o640)


def _link(bait: Bait) -> None:
    (Path(bait.folder) / f"link{os.getpid()}").symlink_to(bait.secret)


def _remove(bait: Bait) -> None:
    bait.victim.unlink()


def _connect(bait: Bait) -> None:
    with socket.socket() as one:
        one.settimeout(2)
        one.connect(("127.0.0.1", bait.tcp_port))


def _listen(bait: Bait) -> None:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))


def _send_datagram(bait: Bait) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as one:
        one.sendto(b"x", ("127.0.0.1", bait.tcp_port))


def _connect_unix(bait: Bait) -> None:
    with socket.socket(socket.AF_UNIX) as one:
        one.connect(bait.unix_socket)


def _start_shell(bait: Bait) -> None:
    child = os.posix_spawn("/bin/sh", ["sh", "-c", "exit 7"], {})
    if os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) != 7:
        raise OSError(errno.EPERM, "the shell did not run")


def _fork(bait: Bait) -> None:
    child = os.fork()
    if child == 0:
        os._exit(0)
    os.waitpid(child, 0)


def _signal(bait: Bait) -> None:
    os.kill(bait.process, 0)


def _look_into(bait: Bait) -> None:
    _called(_LIBC.ptrace(ctypes.c_long(_PTRACE_SEIZE), ctypes.c_int(bait.process), None, None))


def _read_environment(bait: Bait) -> None:
    os.read(os.open(f"/proc/{bait.process}/environ", os.O_RDONLY), 100)


def _make_code(bait: Bait) -> None:
    """Bytes that were written become code that runs."""
    with contextlib.closing(mmap.mmap(-1, mmap.PAGESIZE)) as area:
        place = ctypes.c_char.from_buffer(area)
        try:
            address, length = ctypes.c_void_p(ctypes.addressof(place)), ctypes.c_size_t(mmap.PAGESIZE)
            _called(_LIBC.mprotect(address, length, mmap.PROT_READ | mmap.PROT_EXEC))
        finally:
            del place


def _new_namespace(bait: Bait) -> None:
    _called(_LIBC.unshare(_CLONE_NEWUSER))


def _change_limits(bait: Bait) -> None:
    try:
        resource.setrlimit(resource.RLIMIT_CORE, resource.getrlimit(resource.RLIMIT_CORE))
    except ValueError as error:  # what Python makes of the kernel's refusal
        raise OSError(errno.EPERM, str(error)) from error


def _hidden_file(bait: Bait) -> None:
    os.close(os.memfd_create("hidden"))


def _signal_parent(bait: Bait) -> None:
    os.kill(os.getppid(), signal.SIGCONT)


def _called(outcome: int) -> None:
    if outcome != 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))


# The order matters where one undoes what another needs: the file is removed last.
ATTACKS: Mapping[str, Callable[[Bait], None]] = {
    "read a secret": _read_secret,
    "read /etc/passwd": _read_accounts,
    "read the starter's environment": _read_environment,
    "list a folder": _list_folder,
    "write a file": _write,
    "empty a file": _change_file,
    "change rights": _change_mode,
    "lay a link": _link,
    "remove a file": _remove,
    "connect by TCP": _connect,
    "listen": _listen,
    "send by UDP": _send_datagram,
    "connect to a Unix socket": _connect_unix,
    "start a shell": _start_shell,
    "fork": _fork,
    "signal the starter": _signal,
    "signal its parent": _signal_parent,
    "look into the starter": _look_into,
    "turn data into code": _make_code,
    "enter a namespace": _new_namespace,
    "change limits": _change_limits,
    "hide a file in memory": _hidden_file,
}
