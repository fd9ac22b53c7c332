"""An inbox or outbox on a server, reached by fsspec: SFTP, or an object store that speaks S3."""

import contextlib
import errno
import hashlib
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import paramiko
from botocore.exceptions import BotoCoreError
from upath import UPath

from resolution_monitor.collect.place import Entry, EntryKind, is_plain_name, require_plain_name
from resolution_monitor.errors import ChannelError, SettingsError

_KINDS = {"file": EntryKind.FILE, "directory": EntryKind.FOLDER}
_EARLIEST = datetime(1970, 1, 1, tzinfo=UTC)
# Nothing of the account that runs us is tried against the server: only what the options name.
_SFTP_DEFAULTS = {"timeout": 30, "banner_timeout": 30, "auth_timeout": 30, "allow_agent": False, "look_for_keys": False}
# A server that says nothing for so long has broken off; else a collection would wait for it for ever.
_SILENCE_SECONDS = 60
_BROKEN = (paramiko.SSHException, EOFError, BotoCoreError, ConnectionError, TimeoutError)


class NamedHostKey(paramiko.MissingHostKeyPolicy):
    """Accepts the one key that the options name, so that nobody else can pose as the server."""

    def __init__(self, host_key: str) -> None:
        self._host_key = host_key

    def __repr__(self) -> str:
        return f"NamedHostKey({self._host_key})"  # fsspec tells connections apart by this

    def missing_host_key(self, client: paramiko.SSHClient, hostname: str, key: paramiko.PKey) -> None:
        del client
        if f"{key.get_name()} {key.get_base64()}" != self._host_key:
            raise paramiko.SSHException(f"{hostname} shows another host key than host_key of its options names")


@contextlib.contextmanager
def channel_errors_as_ours(address: str) -> Iterator[None]:
    """
    Turn what breaks on the way to a server into an error of ours; what a single file refuses stays an OSError.

    Raises:
        ChannelError: The server cannot be reached, refused us, or broke off.
    """
    try:
        yield
    except _BROKEN as error:
        words = " ".join(str(error).split()) or type(error).__name__
        raise ChannelError(f"{address} cannot be reached ({words}); correct its options, or wait for it") from error


def remote_path(address: str, options: Mapping[str, Any]) -> UPath:
    """
    A URL with what its server wants to know.

    Raises:
        SettingsError: An SFTP server's host key is not named.
    """
    given = dict(options)
    if urlsplit(address).scheme != "sftp":
        return _upath(address, {"use_listings_cache": False, **given})
    host_key = given.pop("host_key", None)
    if not isinstance(host_key, str):
        raise SettingsError(
            f"the options of {address} name no host_key; write the server's own, as `ssh-keyscan` prints it "
            '("ssh-ed25519 AAAA..."), after its keeper has confirmed it'
        )
    policy = NamedHostKey(" ".join(host_key.split()[-2:]))
    return _upath(address, {**_SFTP_DEFAULTS, **given, "host_key_policy": policy})


def _upath(address: str, options: Mapping[str, Any]) -> UPath:
    path: UPath = UPath(address, **options)
    return path


def remote_place(address: str, options: Mapping[str, Any]) -> "RemotePlace":
    """
    An inbox on a server.

    Raises:
        ChannelError: It cannot be reached.
        SettingsError: Its options are wrong.
    """
    path = remote_path(address, options)
    with channel_errors_as_ours(address):
        try:
            return RemotePlace(address, path)
        except OSError as error:  # no such host, or nobody listens there
            raise ConnectionError(*error.args) from error


class RemotePlace:
    """A folder on a server; which of its names are links its server says."""

    def __init__(self, address: str, root: UPath) -> None:
        self.address = address
        self.shows_whole_files_only = root.protocol == "s3"
        self._files: Any = root.fs
        self._root = root.path.rstrip("/")
        if ftp := getattr(self._files, "ftp", None):
            ftp.get_channel().settimeout(_SILENCE_SECONDS)

    def entries(self, folder: str | None) -> list[Entry]:
        with self._asked():
            try:
                listed = self._files.ls(self._path(folder), detail=True)
            except (OSError, UnicodeDecodeError) as error:
                if isinstance(error, FileNotFoundError) and self.shows_whole_files_only:
                    return []  # an object store has no empty folders
                if folder is not None:
                    raise OSError(f"a folder cannot be listed: {type(error).__name__}") from error
                raise ChannelError(f"the inbox {self.address} cannot be read ({error}); correct it") from error
        return [entry for one in listed if is_plain_name((entry := _entry(one)).name)]

    def fetch(self, folder: str | None, name: str, target: Path, *, most: int | None = None) -> str:
        with self._asked():
            path = self._path(folder, name)
            if most is not None and int(self._files.info(path)["size"] or 0) > most:
                raise FileNotFoundError(errno.ENOENT, "no longer what was listed")
            self._files.get_file(path, str(target))
        with target.open("rb") as copy:
            return hashlib.file_digest(copy, "sha256").hexdigest()

    def remove(self, folder: str | None, name: str) -> None:
        with self._asked(), contextlib.suppress(FileNotFoundError):
            self._files.rm_file(self._path(folder, name))

    def clock(self, own_folder: Path) -> datetime | None:
        del own_folder
        return None

    def close(self) -> None:
        if client := getattr(self._files, "client", None):
            client.close()
        self._files.clear_instance_cache()

    @contextlib.contextmanager
    def _asked(self) -> Iterator[None]:
        """A file that cannot be had is one thing, a server that broke off another: then no other file can be had."""
        with channel_errors_as_ours(self.address):
            try:
                yield
            except OSError as error:
                if self._is_gone():
                    raise ConnectionError(*error.args) from error
                raise

    def _is_gone(self) -> bool:
        client = getattr(self._files, "client", None)
        transport = client.get_transport() if client else None
        return client is not None and not (transport and transport.is_active())

    def _path(self, folder: str | None, name: str | None = None) -> str:
        parts = [part for part in (folder, name) if part is not None]
        for part in parts:
            require_plain_name(part)
        return "/".join([self._root, *parts])


def _entry(one: Mapping[str, Any]) -> Entry:
    """A line of fsspec's listing; the two kinds of server name the time differently."""
    name = str(one["name"]).rpartition("/")[2]
    modified_at = one.get("mtime") or one.get("LastModified") or _EARLIEST
    return Entry(name, _KINDS.get(one["type"], EntryKind.OTHER), int(one["size"] or 0), modified_at)
