"""Where an inbox or an outbox lies, on this machine or a server, and below which roots a run may name one."""

import json
import os
import stat
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from resolution_monitor.errors import InboxError, SettingsError

OPTIONS = "RESOLUTION_MONITOR_INBOX_OPTIONS"
ROOTS = "RESOLUTION_MONITOR_INBOX_ROOTS"
_CHANNELS = ("file", "sftp", "s3")
_FILE = "file://"


def is_local(address: str) -> bool:
    """Whether an inbox or outbox is a folder of this machine."""
    return "://" not in address or address.lower().startswith(_FILE)


def local_path(address: str) -> Path:
    return Path(address[len(_FILE) :] if address.lower().startswith(_FILE) else address).absolute()


def checked_address(address: str, where: str) -> str:
    """
    A path made absolute, or a URL of a channel we know.

    Raises:
        SettingsError: The URL is of another kind, names no folder, or holds a password, which the log would then show.
    """
    if is_local(address):
        if address.lower().startswith(_FILE) and not address[len(_FILE) :].startswith("/"):
            raise SettingsError(f"{where} is {address!r}, which names no folder; write file:///folder or a path")
        if "\x00" in address or not address.strip():
            raise SettingsError(f"{where} names no folder; write a path")
        return str(local_path(address))
    parts = urlsplit(address)
    if parts.scheme not in _CHANNELS:
        raise SettingsError(f"{where} begins with {parts.scheme}://; known: a path, {', '.join(_CHANNELS)}://")
    if parts.password:
        raise SettingsError(f"{where} holds a password; write it into the file that {OPTIONS} names")
    return address


def roots_of(text: str | None) -> tuple[str, ...] | None:
    """
    Folders and URLs below which a run's parameters may name an inbox, parted by ";"; None where nothing is said.

    Raises:
        SettingsError: One of them is no address.
    """
    if text is None:
        return None
    return tuple(checked_address(part.strip(), ROOTS) for part in text.split(";") if part.strip())


def require_allowed(address: str, configured: str, roots: Sequence[str]) -> None:
    """
    Pass the configured inbox and what lies below a named root; links are followed before it is decided.

    Raises:
        InboxError: It lies elsewhere, or within the configured inbox, where senders write.
    """
    if is_same(address, configured):
        return
    if _is_below(address, configured):
        raise InboxError(f"{address} lies within the inbox itself, where its sender writes; name a folder of your own")
    if not any(is_same(address, root) or _is_below(address, root) for root in roots):
        told = "; ".join(roots) or "none"
        raise InboxError(f"{address} lies below no root that {ROOTS} names ({told}); lay the files below one")


def is_same(one: str, other: str) -> bool:
    """Whether two addresses lead to the same place."""
    return _place(one) == _place(other)


def _place(address: str) -> str:
    """Where an address really leads."""
    return os.path.realpath(local_path(address)) if is_local(address) else address.rstrip("/")


def _is_below(address: str, root: str) -> bool:
    if is_local(address) != is_local(root):
        return False
    return ".." not in address.split("/") and _place(address).startswith(_place(root).rstrip("/") + "/")


def channel_options(name: str | None) -> dict[str, dict[str, Any]]:
    """
    The file of passwords and keys, by beginning of the URL that each is for.

    Raises:
        SettingsError: Others may read it, or it is no such JSON.
    """
    if not name:
        return {}
    path = Path(name)
    try:
        if stat.S_IMODE(path.stat().st_mode) & 0o077:
            raise SettingsError(f"{path} can be read by others than its owner; chmod 600 {path}")
        told = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise SettingsError(f"{path}, named by {OPTIONS}, cannot be read ({error.strerror})") from error
    except ValueError as error:
        raise SettingsError(f"{path}, named by {OPTIONS}, is no JSON") from error  # no word of what it holds
    if not isinstance(told, dict) or not all(isinstance(options, dict) for options in told.values()):
        raise SettingsError(f'{path}: write {{"sftp://user@host": {{"password": "..."}}}}, by beginning of the URL')
    return told
