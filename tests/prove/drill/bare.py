"""A bare Debian 12 below a folder, made by debootstrap once and copied for every drill."""

import contextlib
import os
import shlex
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

from drill.room import HOME, UID, USER, Room

# What README.md asks for, in Debian's names: Python with pip, make, and git to fetch a checkout. Pango is left to the
# command that set-up prints.
PACKAGES = ("python3", "python3-pip", "make", "git")
MIRROR = "DRILL_MIRROR"
_MIRROR = "http://deb.debian.org/debian"
# What tells a program of the machine's own network, where it has such a thing.
_NETWORK = ("/etc/resolv.conf", "/etc/hosts", "/etc/pip.conf", "/etc/xdg/pip", "/etc/ssl/certs/ca-certificates.crt")
# How this very script is called again, where all it starts ends with it.
_INSIDE = "DRILL_INSIDE"


def why_not() -> str:
    """Why no bare system can be made here; empty where it can."""
    if os.geteuid() != 0:
        return "only root can make a bare system"
    lacking = [name for name in ("debootstrap", "unshare", "chroot", "setpriv") if shutil.which(name) is None]
    return f"{', '.join(lacking)} not found (as root: apt-get install debootstrap)" if lacking else ""


def call_inside(command: list[str]) -> None:
    """
    Call the script again among processes and mounts of its own; comes back only where that is so already.

    A shell is the first process there, since the first one buries what has lost its parent.
    """
    if os.environ.get(_INSIDE):
        return
    apart = ["unshare", "--mount", "--pid", "--fork", "--kill-child", "--mount-proc"]
    words = [*apart, "sh", "-c", '"$@"; exit $?', "drill", *command]
    os.execvpe(words[0], words, {**os.environ, _INSIDE: "1"})  # noqa: S606 (no shell wanted)


@contextlib.contextmanager
def bare_room(cache: Path, folder: Path) -> Iterator[Room]:
    """A new machine with one ordinary user; it is gone afterwards."""
    base, root = _base(cache), folder / "debian"
    _call("cp", "-a", "--reflink=auto", str(base), str(root))
    _lay_network(root)
    with _mounted(root):
        # A home may be called anything; useradd only warns about it.
        _call("chroot", str(root), "useradd", "--uid", str(UID), "--home-dir", str(HOME), "--create-home", USER)
        user = ("setpriv", f"--reuid={UID}", f"--regid={UID}", "--init-groups", "--inh-caps=-all")
        yield Room(root=root, home=HOME, uid=UID, entering=("chroot", str(root), *user))


def as_root(room: Room, command: str) -> None:
    """A line that a person was told to run as root, word by word."""
    told = [f"{name}={value}" for name, value in room.environment().items() if name not in ("HOME", "USER", "LOGNAME")]
    words = ["chroot", str(room.root), "env", "-i", "DEBIAN_FRONTEND=noninteractive", *told, "sh", "-c", command]
    _call(*words)


def _base(cache: Path) -> Path:
    """The bare system, made whole or not at all."""
    base = cache / f"bookworm-{'-'.join(PACKAGES)}"
    if not base.is_dir():
        with tempfile.TemporaryDirectory(prefix="base-", dir=cache) as folder:
            partial, mirror = Path(folder) / base.name, os.environ.get(MIRROR, _MIRROR)
            packages = f"--include={','.join(PACKAGES)}"
            _call("debootstrap", "--variant=minbase", packages, "bookworm", str(partial), mirror)
            partial.rename(base)
    return base


def _lay_network(root: Path) -> None:
    for name in _NETWORK:
        source, target = Path(name), root / name[1:]
        if source.is_dir():
            shutil.copytree(source, target, dirs_exist_ok=True)
        elif source.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, target)


@contextlib.contextmanager
def _mounted(root: Path) -> Iterator[None]:
    places = {"proc": root / "proc", "tmpfs": root / "dev" / "shm"}
    for kind, place in places.items():
        _call("mount", "-t", kind, *(["-o", "mode=1777"] if kind == "tmpfs" else []), kind, str(place))
    try:
        yield
    finally:
        for place in places.values():
            _call("umount", "--lazy", str(place))


def _call(*words: str) -> None:
    done = subprocess.run(words, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"drill: {shlex.join(words)} ended with {done.returncode}: {done.stdout.strip()[-1000:]}")
