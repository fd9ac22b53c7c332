"""Where the drill is played: an ordinary user, his home, and how a command of his is given."""

import contextlib
import os
import signal
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO

# An officer's home as such machines have it: Vietnamese letters and a space.
USER, UID, HOME = "canbo", 1000, Path("/home/cán bộ")
# What leads to package indexes through a house's own network is the machine's affair, and the room's too.
_CARRIED = (
    "PIP_",
    "UV_",
    "SSL_CERT_",
    "http_proxy",
    "https_proxy",
    "no_proxy",
    "HTTP_PROXY",
    "HTTPS_PROXY",
    "NO_PROXY",
)
_SECONDS = 900.0


class NotSeenError(AssertionError):
    """What an act was to show was not there; the text says what was instead."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A process: its parent, its session, and its words."""

    pid: int
    parent: int
    session: int
    words: str


@dataclass(frozen=True, slots=True)
class Done:
    """How a command ended and all it said."""

    code: int
    said: str


@dataclass(frozen=True, slots=True)
class Room:
    """
    One user on one machine.

    Attributes:
        root: Where the room's file system begins.
        home: The user's, as he names it.
        uid: Whose processes are the room's; None where they are told by the home in their environment.
        entering: What leads from the script into the room.
    """

    root: Path
    home: Path
    uid: int | None
    entering: tuple[str, ...]

    def outside(self, path: Path) -> Path:
        """A path of the room, as the script finds it."""
        return self.root / path.relative_to("/")

    def environment(self) -> dict[str, str]:
        carried = {name: value for name, value in os.environ.items() if name.upper().startswith(_CARRIED)}
        path = os.environ["PATH"] if self.root == Path("/") else "/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin"
        return {"PATH": path, "HOME": str(self.home), "USER": USER, "LOGNAME": USER, **carried}

    def command(self, folder: Path, words: tuple[str, ...], more: Mapping[str, str]) -> list[str]:
        told = [f"{name}={value}" for name, value in {**self.environment(), **more}.items()]
        return [*self.entering, "env", "-i", f"--chdir={folder}", *told, *words]

    def run(self, folder: Path, *words: str, seconds: float = _SECONDS, **more: str) -> Done:
        """A command to its end."""
        done = subprocess.run(
            self.command(folder, words, more),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=seconds,
            check=False,
        )
        return Done(done.returncode, done.stdout)

    def must(self, folder: Path, *words: str, **more: str) -> str:
        """
        What a command said that must end well.

        Raises:
            NotSeenError: It did not.
        """
        done = self.run(folder, *words, seconds=_SECONDS, **more)
        if done.code:
            raise NotSeenError(f"{' '.join(words)} ended with {done.code}: {done.said.strip()[-1500:]}")
        return done.said

    def start(self, folder: Path, words: tuple[str, ...], log: IO[bytes], **more: str) -> subprocess.Popen[bytes]:
        """A command that goes on, in a session of its own as a terminal gives one."""
        return subprocess.Popen(
            self.command(folder, words, more),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )

    def processes(self) -> list[Seen]:
        """The user's that live; one that has ended and is not buried yet does not count."""
        found = []
        for folder in Path("/proc").glob("[0-9]*"):
            with contextlib.suppress(OSError, ValueError, IndexError):
                state, parent, _, session = (folder / "stat").read_text().rpartition(") ")[2].split()[:4]
                words = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace").strip()
                if state not in "ZX" and self._is_ours(folder, words):
                    found.append(Seen(int(folder.name), int(parent), int(session), words))
        return found

    def _is_ours(self, folder: Path, words: str) -> bool:
        if self.uid is not None:
            return folder.stat().st_uid == self.uid
        environment = (folder / "environ").read_bytes().split(b"\0")
        return f"HOME={self.home}".encode() in environment or f"-D {self.home}" in words

    def end_all(self) -> None:
        """Whatever went wrong, nothing of the user's goes on."""
        for seen in self.processes():
            with contextlib.suppress(OSError):
                os.kill(seen.pid, signal.SIGKILL)


def room_here(folder: Path) -> Room:
    """The present user on this machine, in a home of his own below a folder."""
    home = folder / HOME.name
    home.mkdir()
    return Room(root=Path("/"), home=home, uid=None, entering=())
