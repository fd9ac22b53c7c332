"""Makes .venv from the hash-locked requirements and sees to Pango; needs only Python >= 3.11 with pip."""

import ctypes
import fcntl
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"
LOCK = ROOT / "requirements.txt"
INSTALLED = VENV / "requirements.installed"
# The same when only the packages are there; what comes after them may still fail, and does not make them again.
SYNCED = VENV / "requirements.synced"
# The environment with its bytecode is 0.74 GB.
BYTES_NEEDED = 1024**3
# What WeasyPrint opens at run time; no wheel brings them.
PANGO_LIBRARIES = ("libpango-1.0.so.0", "libpangoft2-1.0.so.0", "libharfbuzz-subset.so.0")
PANGO_PACKAGES = ("libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0")
# What load_all.py can load, each in a process of its own.
LOADED = ("ours", "airflow")


class SetUpError(Exception):
    """Set-up cannot go on; the text is one sentence that says what to do."""

    exit_code = 11


class NoRoomError(SetUpError):
    """A disk is full, or a folder cannot be written."""

    exit_code = 21


def main() -> int:
    try:
        VENV.mkdir(exist_ok=True)
        with (VENV / "set_up.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            run_steps()
    except SetUpError as error:
        print(f"set-up: {error}", file=sys.stderr)
        return error.exit_code
    except OSError as error:
        print(f"set-up: {error.filename or VENV} cannot be written ({error.strerror}); correct that", file=sys.stderr)
        return NoRoomError.exit_code
    return 0


def run_steps() -> None:
    has_packages = is_lock_of(SYNCED)
    if not has_packages:
        require_room(shutil.disk_usage(VENV).free)
    # Pango first: it may need an administrator, who is not to wait for half a gigabyte to be told so.
    steps: tuple[tuple[str, Callable[[], None]], ...] = (
        ("Pango, which draws the PDF", provide_pango),
        *(() if has_packages else _packages()),
        ("bytecode of what is imported", compile_imports),
    )
    for number, (what, step) in enumerate(steps, start=1):
        print(f"set-up {number}/{len(steps)}: {what} ...", file=sys.stderr, flush=True)
        started = time.monotonic()
        step()
        print(f"set-up {number}/{len(steps)}: done in {time.monotonic() - started:.1f} s", file=sys.stderr, flush=True)
    note_lock(INSTALLED)


def _packages() -> tuple[tuple[str, Callable[[], None]], ...]:
    return ("virtual environment", make_environment), ("locked packages, about 0.5 GB", install_lock)


def note_lock(note: Path) -> None:
    """Written last: what was interrupted is made again, and nothing else."""
    partial = note.with_suffix(".partial")
    shutil.copyfile(LOCK, partial)
    partial.replace(note)


def is_lock_of(note: Path) -> bool:
    """Whether these very packages are there."""
    return note.is_file() and note.read_bytes() == LOCK.read_bytes() and (VENV / "bin" / "python").exists()


def require_room(free_bytes: int) -> None:
    """Refuse before the download what would end in the middle of it."""
    if free_bytes < BYTES_NEEDED:
        free, needed = (f"{size / 1024**3:.1f} GB" for size in (free_bytes, BYTES_NEEDED))
        raise NoRoomError(f"{free} are free at {VENV}, and the packages need {needed}; free some and call this again")


def make_environment() -> None:
    if VENV.is_symlink():
        raise SetUpError(f"{VENV} is a link to another checkout's environment; remove the link and call this again")
    for entry in VENV.iterdir():
        if entry.name != "set_up.lock":
            shutil.rmtree(entry) if entry.is_dir() and not entry.is_symlink() else entry.unlink()
    # Without ensurepip, which Debian keeps in a package of its own; the pip outside does for the one install.
    run([sys.executable, "-m", "venv", "--without-pip", "--symlinks", str(VENV)], "venv")


def install_lock() -> None:
    with tempfile.TemporaryDirectory() as folder:
        only_uv = Path(folder) / "uv.txt"
        only_uv.write_text(block_of("uv", LOCK.read_text()))
        tools = Path(folder) / "tools"
        pip = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes"]
        run([*pip, "--target", str(tools), "--requirement", str(only_uv)], "pip")
        target = ["--python", str(VENV / "bin" / "python")]
        uv = [str(tools / "bin" / "uv"), "pip", "sync", *target, "--require-hashes", str(LOCK)]
        run(uv, "uv", environment=index_settings())
    note_lock(SYNCED)


def block_of(name: str, lock_text: str) -> str:
    """One package's lines of the lock: its pin and its hashes."""
    lines = lock_text.splitlines()
    start = next(i for i, line in enumerate(lines) if line.startswith(f"{name}=="))
    end = next((i for i in range(start + 1, len(lines)) if not lines[i].startswith("    --hash")), len(lines))
    return "\n".join(lines[start:end]).rstrip("\\ ") + "\n"


def index_settings() -> dict[str, str]:
    """What pip was told about package indexes and certificates, in uv's words."""
    told = {"UV_DEFAULT_INDEX": "PIP_INDEX_URL", "SSL_CERT_FILE": "PIP_CERT"}
    environment = {new: os.environ[old] for new, old in told.items() if old in os.environ and new not in os.environ}
    # A path such as /home/Nghị quyết can lie on another disk than the cache; a copy always works.
    return {**os.environ, "UV_LINK_MODE": os.environ.get("UV_LINK_MODE", "copy"), **environment}


def provide_pango() -> None:
    if not missing_libraries():
        return
    command = f"apt-get update && apt-get install -y --no-install-recommends {' '.join(PANGO_PACKAGES)}"
    prefix = administrator_prefix()
    if prefix is None or shutil.which("apt-get") is None:
        raise SetUpError(
            f"the PDF needs Pango ({', '.join(missing_libraries())} not found) and installing it takes an "
            f"administrator; run this once as root and call again: {command}"
        )
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    run([*prefix, "apt-get", "update", "-qq"], "apt-get update", environment=quiet)
    install = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *PANGO_PACKAGES]
    run([*prefix, *install], "apt-get install", environment=quiet)
    if missing_libraries():
        raise SetUpError(f"apt-get installed Pango but {', '.join(missing_libraries())} still cannot be opened")


def missing_libraries() -> list[str]:
    return [name for name in PANGO_LIBRARIES if not _opens(name)]


def _opens(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def administrator_prefix() -> list[str] | None:
    """What to put before apt-get: nothing for root, sudo where it asks no password, None where not permitted."""
    if os.geteuid() == 0:
        return []
    if shutil.which("sudo") and subprocess.run(["sudo", "-n", "true"], capture_output=True).returncode == 0:
        return ["sudo", "-n"]
    return None


def compile_imports() -> None:
    """Without it every process would compile what it imports anew wherever the shell forbids writing bytecode."""
    told = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    environment = {**told, "PYTHONPATH": str(ROOT / "plugins")}
    python, loader = str(VENV / "bin" / "python"), str(ROOT / "setup" / "load_all.py")
    with ThreadPoolExecutor() as both:
        for done in [both.submit(run, [python, loader, which], f"loading {which}", environment) for which in LOADED]:
            done.result()


def run(command: list[str], name: str, environment: dict[str, str] | None = None) -> None:
    done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    if done.returncode:
        print(done.stdout[-4000:], file=sys.stderr)
        if any(words in done.stdout for words in ("No space left on device", "os error 28", "Disk quota exceeded")):
            raise NoRoomError(f"no room is left for {name}; free disk space and call this again")
        raise SetUpError(f"{name} ended with code {done.returncode}; see its last words above")


if __name__ == "__main__":
    sys.exit(main())
