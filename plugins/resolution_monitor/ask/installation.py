"""Is the machine fit to serve? What was seen of it becomes one verdict a check, in a sentence."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

# setup/ensure.sh takes the same.
OLDEST_PYTHON, NEWEST_PYTHON = (3, 11), (3, 14)
# A year of workbooks, editions and logs of 233 bodies stays well below; the embedded database needs half of it at once.
FREE_BYTES_WANTED = 2 * 1024**3
# What WeasyPrint opens at run time; setup/set_up.py installs them.
PANGO_LIBRARIES = ("libpango-1.0.so.0", "libpangoft2-1.0.so.0", "libharfbuzz-subset.so.0")
PANGO_PACKAGES = "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
IGNORED_FOLDER = "resolution_monitor/"
_OTHERS_MAY_DO_ANYTHING = 0o077


@dataclass(frozen=True, slots=True)
class Verdict:
    """
    One check of an installation.

    Attributes:
        text: What was found, in a sentence.
        action: What to do; empty when all is well.
    """

    check: str
    is_ok: bool
    text: str
    action: str = ""


def verdict(check: str, trouble: str, action: str, well: str) -> Verdict:
    """All is well where there is no trouble to tell."""
    return Verdict(check, False, trouble, action) if trouble else Verdict(check, True, well)


def python_verdict(version: tuple[int, int]) -> Verdict:
    name = ".".join(map(str, version))
    is_ok = OLDEST_PYTHON <= version <= NEWEST_PYTHON
    trouble = "" if is_ok else f"Python {name} runs us; 3.11 to 3.14 are supported"
    return verdict("python", trouble, "remove .venv and call PYTHON=/path/to/python3 make run", f"Python {name}")


def packages_verdict(lock: str, installed: Mapping[str, str]) -> Verdict:
    """
    Whether the packages are those of the lock.

    Args:
        lock: Text of requirements.txt.
        installed: Package as its maker writes it -> version.
    """
    wanted = locked_versions(lock)
    found = {_plain(name): version for name, version in installed.items()}
    missing = sorted(name for name, (_, is_always) in wanted.items() if is_always and name not in found)
    held = {name: (found[name], versions) for name, (versions, _) in wanted.items() if name in found}
    other = sorted(f"{name} {version}" for name, (version, versions) in held.items() if version not in versions)
    parts = [f"not installed: {_some(missing)}"] if missing else []
    parts += [f"in another version than locked: {_some(other)}"] if other else []
    action = "remove .venv/requirements.* and run any ./monitor command: it installs the lock again"
    return verdict("packages", "; ".join(parts), action, f"{len(wanted)} packages as locked")


def locked_versions(lock: str) -> dict[str, tuple[tuple[str, ...], bool]]:
    """Package -> its locked versions, and whether one is wanted on every machine; markers limit the others."""
    wanted: dict[str, tuple[tuple[str, ...], bool]] = {}
    for line in lock.splitlines():
        pin = re.match(r"([A-Za-z0-9._-]+)(?:\[[^]]*\])?==([^\s;\\]+)(.*)", line)
        if pin:
            versions, is_always = wanted.get(_plain(pin[1]), ((), False))
            wanted[_plain(pin[1])] = ((*versions, pin[2]), is_always or ";" not in pin[3])
    return wanted


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _some(names: Sequence[str]) -> str:
    return ", ".join(names[:5]) + (f" and {len(names) - 5} more" if len(names) > 5 else "")


def pango_verdict(missing: Sequence[str]) -> Verdict:
    trouble = f"{', '.join(missing)} cannot be loaded, so no PDF can be made" if missing else ""
    return verdict("pango", trouble, f"as root: apt-get install {PANGO_PACKAGES}", "Pango loads")


def fonts_verdict(listed: Mapping[str, str], found: Mapping[str, str]) -> Verdict:
    """
    Whether the fonts we ship are those we shipped.

    Args:
        listed: File -> sha256 as SHA256SUMS says.
        found: File -> sha256 as it is; missing files are absent.
    """
    wrong = sorted(name for name, digest in listed.items() if found.get(name) != digest)
    trouble = f"missing or changed: {_some(wrong)}" if wrong else "" if listed else "the list SHA256SUMS is missing"
    action = "restore them: git checkout -- report_templates/_shared/fonts"
    return verdict("fonts", trouble, action, f"{len(listed)} font files as shipped")


def ignore_verdict(content: str | None) -> Verdict:
    """Whether plugins/.airflowignore keeps Airflow from loading our modules under their bare names."""
    is_ok = content is not None and IGNORED_FOLDER in content.splitlines()
    trouble = "" if is_ok else f"it does not hold the line {IGNORED_FOLDER}, so our modules replace standard ones"
    action = f"write that line: echo {IGNORED_FOLDER} > plugins/.airflowignore"
    return verdict("plugins/.airflowignore", trouble, action, "it keeps Airflow's plugin loader out of our modules")


def time_zone_verdict(*, is_found: bool) -> Verdict:
    trouble = "" if is_found else "the machine knows no Asia/Ho_Chi_Minh, so no tick can be computed"
    return verdict("time zone", trouble, "as root: apt-get install tzdata", "Asia/Ho_Chi_Minh is known")


def disk_verdict(place: Path, free_bytes: int, *, is_read_only: bool = False) -> Verdict:
    if is_read_only:
        return Verdict(
            "disk", False, f"the disk of {place} is mounted read-only", "mount it for writing (mount says how)"
        )
    free, wanted = (f"{size / 1024**3:.1f} GB" for size in (free_bytes, FREE_BYTES_WANTED))
    trouble = f"{free} free at {place}; {wanted} are wanted" if free_bytes < FREE_BYTES_WANTED else ""
    return verdict("disk", trouble, "free some, or name another RESOLUTION_MONITOR_HOME", f"{free} free at {place}")


def state_verdict(home: Path, mode: int | None, secret_modes: Mapping[str, int]) -> Verdict:
    """
    Whether others may read the state folder.

    Args:
        mode: Permissions of the folder; None where it is not there yet.
        secret_modes: File with a secret -> its permissions.
    """
    if mode is None:
        return Verdict("state folder", True, f"{home} is not there yet; the first start makes it, open to nobody else")
    open_files = sorted(name for name, bits in secret_modes.items() if bits & _OTHERS_MAY_DO_ANYTHING)
    if open_files:
        names = " ".join(str(home / name) for name in open_files)
        return Verdict("state folder", False, f"others may read {', '.join(open_files)}", f"chmod 600 {names}")
    trouble = f"others may enter {home} ({mode:04o})" if mode & _OTHERS_MAY_DO_ANYTHING else ""
    action = f"chmod 700 {home}"
    return verdict("state folder", trouble, action, f"{home} is closed to others ({mode:04o})")


def free_port_verdict(port: int, *, is_free: bool) -> Verdict:
    """Whether the port is free, while nothing of ours is served."""
    trouble = "" if is_free else f"port {port} is taken by somebody else"
    action = "stop what listens there (ss -ltnp), or name another RESOLUTION_MONITOR_PORT"
    return verdict("port", trouble, action, f"port {port} is free; nothing is served now")


def served_port_verdict(pid: int, port: int, ailing: Sequence[str]) -> Verdict:
    """
    Whether what we serve is in health.

    Args:
        ailing: Parts of Airflow that are not healthy.
    """
    trouble = f"process {pid} serves on port {port}, but not healthy: {', '.join(ailing)}" if ailing else ""
    action = "wait a minute; if it stays so, look into logs/ of the state folder and start again"
    return verdict("port", trouble, action, f"process {pid} serves on port {port}, in health")
