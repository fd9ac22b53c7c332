"""Commands of ours as root or an ordinary user starts them, and the ways in which they are killed."""

import contextlib
import os
import pwd
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from resolution_monitor.sandbox.confine import is_open_to_others
from resolution_monitor.store import embedded

ROOT = Path(__file__).resolve().parents[2]
REPORT = "resolutions_month"
# An account that every machine has; PostgreSQL wants one with a name.
ORDINARY = "nobody"


@dataclass(frozen=True, slots=True)
class Account:
    """
    Who starts commands.

    Attributes:
        entry: None is whoever started this.
        python: An interpreter with our packages that it may start.
    """

    name: str
    python: str
    entry: pwd.struct_passwd | None

    def give(self, folder: Path) -> None:
        """A folder of its own, closed to others."""
        folder.mkdir(mode=0o700)
        if self.entry:
            os.chown(folder, self.entry.pw_uid, self.entry.pw_gid)


@dataclass(slots=True)
class Place:
    """One account's state folder, and what is laid into its inbox."""

    account: Account
    home: Path
    inbox: Path
    started: list[int] = field(default_factory=list)

    @property
    def words(self) -> Path:
        """What commands said, by the number of their process."""
        return self.home.parent / f"{self.home.name}.words"

    @property
    def environment(self) -> dict[str, str]:
        return {
            "PATH": os.environ["PATH"],
            "HOME": str(self.home),
            "PYTHONPATH": str(ROOT / "plugins"),
            "LC_ALL": "C.UTF-8",
            "RESOLUTION_MONITOR_HOME": str(self.home),
            "RESOLUTION_MONITOR_INBOX_QUIET_SECONDS": "0",
        }

    def lay(self, files: Iterator[Path], source: Path) -> None:
        """Into the inbox, with their times."""
        for path in files:
            target = self.inbox / path.relative_to(source)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(path, target)

    def run_arguments(self, period: str) -> tuple[str, ...]:
        return ("run", "--report", REPORT, "--period", period, "--inbox", str(self.inbox))

    def start(self, *arguments: str) -> "subprocess.Popen[bytes]":
        """A command in a session of its own, as from a terminal of its own."""
        self.words.mkdir(exist_ok=True)
        command = [self.account.python, "-m", "resolution_monitor", *arguments]
        partial = self.words / f"{time.monotonic_ns()}"
        with partial.open("wb") as words:
            process = subprocess.Popen(
                command,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=words,
                stderr=words,
                cwd="/",
                start_new_session=True,
                **self.identity,
            )
        partial.rename(self.words / str(process.pid))
        self.started.append(process.pid)
        return process

    @property
    def identity(self) -> dict[str, object]:
        entry = self.account.entry
        return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []} if entry else {}

    def said(self, process: "subprocess.Popen[bytes]") -> str:
        return (self.words / str(process.pid)).read_text(encoding="utf-8", errors="replace")

    def call(self, *arguments: str) -> float:
        """A command that nobody disturbs; the seconds it took."""
        began = time.monotonic()
        process = self.start(*arguments)
        code = process.wait(300)
        assert code == 0, f"{self.account.name}: {' '.join(arguments)} ended with {code}: {self.said(process)[-2000:]}"
        return time.monotonic() - began

    def server_pid(self) -> int | None:
        place = embedded.find_place(self.home)
        return embedded.server_pid(place) if place.data.exists() else None

    def left(self) -> list[str]:
        """Processes of commands that ended, and a server that nobody needs."""
        server = self.server_pid()
        sessions = set(self.started)
        found = [f"{pid} {words}" for pid, session, words in _processes() if session in sessions]
        return found + ([f"{server} server"] if server else [])


def _processes() -> Iterator[tuple[int, int, str]]:
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError, ValueError, IndexError):
            state, _, _, session = (folder / "stat").read_text().rpartition(") ")[2].split()[:4]
            if state != "Z":
                words = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
                yield int(folder.name), int(session), words[:120]


@contextlib.contextmanager
def accounts(work: Path) -> Iterator[list[Account]]:
    """Root and an ordinary user; of who is not root only itself."""
    own = Account("root" if os.geteuid() == 0 else "ordinary user", sys.executable, None)
    if os.geteuid() != 0:
        yield [own]
        return
    yield [own, Account(f"ordinary user ({ORDINARY})", _open_python(work), pwd.getpwnam(ORDINARY))]


def _open_python(work: Path) -> str:
    """An interpreter with our packages that any account may start; ours may lie in a closed folder."""
    if is_open_to_others(Path(os.path.realpath(sys.executable))):
        return sys.executable
    version = f"python{sys.version_info[0]}.{sys.version_info[1]}"
    base = Path("/usr/bin") / version
    assert is_open_to_others(ROOT), f"no other account may enter {ROOT}"
    assert base.exists(), f"no {version} that another account may start"
    subprocess.run([base, "-m", "venv", "--without-pip", work / "python"], check=True)
    (packages,) = (path for path in sys.path if path.endswith("site-packages"))
    (work / "python" / "lib" / version / "site-packages" / "ours.pth").write_text(packages)
    return str(work / "python" / "bin" / "python")


def kill_leader(place: Place, process: "subprocess.Popen[bytes]") -> None:
    process.kill()


def kill_tree(place: Place, process: "subprocess.Popen[bytes]") -> None:
    os.killpg(process.pid, signal.SIGKILL)


def kill_all(place: Place, process: "subprocess.Popen[bytes]") -> None:
    """As when the machine stops."""
    server = place.server_pid()
    os.killpg(process.pid, signal.SIGKILL)
    if server:
        with contextlib.suppress(ProcessLookupError):
            os.kill(server, signal.SIGKILL)


KILLS = {"the command": kill_leader, "with its children": kill_tree, "and its PostgreSQL": kill_all}
