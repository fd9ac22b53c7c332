"""What a child gives away for good before it meets untrusted bytes, in the order in which each step is still possible.

Imports and paths first, rights next, the list of calls last: whatever comes after it may make no other.
"""

import contextlib
import os
import resource
import signal
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

from resolution_monitor.sandbox import call_filter, landlock
from resolution_monitor.sandbox.kernel import Prctl, drop_capabilities, drop_held_capabilities, prctl
from resolution_monitor.sandbox.system_calls import RECKONING

# Nobody's account: no server of ours, nor PostgreSQL, runs under it.
READER_UID = 65533
_NO_FILES: Mapping[Path, landlock.Right] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Needs:
    """
    What a kind of child needs for its work; all else is closed.

    Attributes:
        calls: Names of the calls of the kernel it makes.
        files: What it may do with which files and folders.
        file_bytes: The longest file it may write.
        open_files: So many descriptors it may hold.
        has_threads: Its libraries start threads, which count as processes.
    """

    memory_bytes: int
    calls: frozenset[str] = RECKONING
    files: Mapping[Path, landlock.Right] = field(default_factory=lambda: _NO_FILES)
    file_bytes: int = 0
    open_files: int = 3
    has_threads: bool = False


@dataclass(frozen=True, slots=True)
class Protections:
    """
    What holds a child.

    Attributes:
        has_filter: Whether the kernel checks its calls (seccomp).
        landlock: Version of Landlock that checks its files and ports; 0 where there is none.
        uid: Whom it runs as.
        was_root: Whether it gave up being root.
    """

    has_filter: bool
    landlock: int
    uid: int
    was_root: bool

    @property
    def is_any(self) -> bool:
        """Whether anything at all keeps it from what its starter may do."""
        return self.has_filter or self.landlock > 0 or self.was_root

    @property
    def words(self) -> str:
        """As the doctor tells it."""
        kernel = (("seccomp", self.has_filter), (f"Landlock ABI {self.landlock}", self.landlock > 0))
        held = [name for name, is_on in kernel if is_on]
        return "; ".join([*held, f"uid {self.uid}{' instead of root' if self.was_root else ''}"])


def give_up_rights(needs: Needs) -> Protections:
    """
    Rights, files and network; what it starts is held as well. The calls follow with `give_up_calls`.

    What the process imports later must be readable to others, and allowed by `needs`.

    Raises:
        OSError: The kernel refused what it offers.
    """
    if len(list(Path("/proc/self/task").iterdir())) > 1:
        raise OSError("another thread runs already; it would keep its rights")
    for limit, most in (
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, needs.file_bytes),
        (resource.RLIMIT_MEMLOCK, 0),
        (resource.RLIMIT_MSGQUEUE, 0),
    ):
        resource.setrlimit(limit, (most, most))
    has_filter, abi = call_filter.is_there(), landlock.version()
    rules = landlock.ruleset(abi, needs.files) if abi else None
    if has_filter:
        call_filter.prepared(needs.calls)
    drop_capabilities()
    was_root = _become_reader(needs)
    drop_held_capabilities()
    prctl(Prctl.SET_NO_NEW_PRIVS, 1)
    prctl(Prctl.SET_DUMPABLE, 0)
    if rules is not None:
        landlock.restrict(rules)
    return Protections(has_filter, abi, os.geteuid(), was_root)


def give_up_calls(needs: Needs, *, has_filter: bool) -> None:
    """
    Memory, processes and calls; nothing can be started any more.

    Raises:
        OSError: The kernel refused it.
    """
    resource.setrlimit(resource.RLIMIT_AS, (needs.memory_bytes, needs.memory_bytes))
    resource.setrlimit(resource.RLIMIT_NOFILE, (needs.open_files, needs.open_files))
    if not needs.has_threads:
        resource.setrlimit(resource.RLIMIT_NPROC, (0, 0))
    if has_filter:
        call_filter.install(needs.calls)


def limit_time(seconds: float, files: int) -> None:
    """So much of CPU for each of so many files and no more, which only the kernel could be asked to change."""
    most = int(seconds * files) + 2
    resource.setrlimit(resource.RLIMIT_CPU, (most, most))


def renew_time(seconds: float) -> None:
    """Let the work at hand use so much of CPU; past it the timer's signal ends the process."""
    signal.setitimer(signal.ITIMER_PROF, seconds)


def _become_reader(needs: Needs) -> bool:
    """Stop being root; a root that may not change (a user namespace), or whose files are closed to others, stays."""
    own = [path for path, right in needs.files.items() if right & landlock.Right.MAKE_REG]
    if os.geteuid() != 0 or not all(is_open_to_others(path) for path in needs.files if path not in own):
        return False
    if not all(is_passable(path.resolve()) for path in own):
        return False
    # Where only root is mapped, nobody else can be become.
    with contextlib.suppress(OSError):
        os.setgroups([])
    try:
        for path in own:
            os.chown(path, READER_UID, READER_UID)
        os.setgid(READER_UID)
        os.setuid(READER_UID)
    except OSError:
        return False
    return True


def is_open_to_others(path: Path) -> bool:
    """Whether any account may read it: every folder above can be passed."""
    real = path.resolve()
    return not real.exists() or (is_passable(real) and bool(real.stat().st_mode & 0o004))


def is_passable(path: Path) -> bool:
    """Whether any account may come down to it."""
    return all(folder.stat().st_mode & 0o001 for folder in path.parents)


def python_files() -> dict[Path, landlock.Right]:
    """What Python and its packages may still load from, read only."""
    folders = {Path(path).resolve() for path in sys.path if path}
    return {folder: landlock.READ for folder in sorted(folders) if folder.exists() and folder != folder.parent}
