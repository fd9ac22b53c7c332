"""A small SFTP server on 127.0.0.1 for tests: one account with a password, one folder, links told as links."""

import contextlib
import os
import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import paramiko

USER, PASSWORD = "monitor", "geheim"


class _Login(paramiko.ServerInterface):
    def check_auth_password(self, username: str, password: str) -> int:
        known = (username, password) == (USER, PASSWORD)
        return paramiko.AUTH_SUCCESSFUL if known else paramiko.AUTH_FAILED

    def check_channel_request(self, kind: str, chanid: int) -> int:
        return paramiko.OPEN_SUCCEEDED


class _Handle(paramiko.SFTPHandle):
    def stat(self) -> paramiko.SFTPAttributes:
        return paramiko.SFTPAttributes.from_stat(os.fstat(self.readfile.fileno()))  # type: ignore[attr-defined]


class _Files(paramiko.SFTPServerInterface):
    """Answers as OpenSSH does: listings tell links as links, every other question follows them."""

    def __init__(self, server: _Login, root: Path, ages: dict[str, int]) -> None:
        super().__init__(server)
        self._root = root
        self._ages = ages

    def _path(self, path: str) -> Path:
        return Path(f"{self._root}{self.canonicalize(path)}")

    def list_folder(self, path: str) -> list[paramiko.SFTPAttributes] | int:
        try:
            found = sorted(os.scandir(self._path(path)), key=lambda one: one.name)
        except OSError as error:
            return paramiko.SFTPServer.convert_errno(error.errno)
        return [
            paramiko.SFTPAttributes.from_stat(self._aged(one.stat(follow_symlinks=False), one.name), one.name)
            for one in found
        ]

    def _aged(self, seen: os.stat_result, name: str) -> os.stat_result:
        """With the server's own idea of the time."""
        later = self._ages.get(name, 0)
        return os.stat_result([*seen[:7], int(seen.st_atime), int(seen.st_mtime) + later, int(seen.st_ctime)])

    def stat(self, path: str) -> paramiko.SFTPAttributes | int:
        try:
            return paramiko.SFTPAttributes.from_stat(self._path(path).stat())
        except OSError as error:
            return paramiko.SFTPServer.convert_errno(error.errno)

    lstat = stat

    def open(self, path: str, flags: int, attr: paramiko.SFTPAttributes) -> _Handle | int:
        try:
            opened = os.open(self._path(path), flags, 0o644)
        except OSError as error:
            return paramiko.SFTPServer.convert_errno(error.errno)
        handle = _Handle(flags)
        mode = "wb" if flags & os.O_WRONLY else "rb"
        stream = os.fdopen(opened, mode)
        handle.filename, handle.readfile, handle.writefile = self._path(path), stream, stream  # type: ignore[attr-defined]
        return handle

    def remove(self, path: str) -> int:
        return self._done(self._path(path).unlink)

    def mkdir(self, path: str, attr: paramiko.SFTPAttributes) -> int:
        return self._done(self._path(path).mkdir)

    def posix_rename(self, oldpath: str, newpath: str) -> int:
        return self._done(lambda: self._path(oldpath).replace(self._path(newpath)))

    @staticmethod
    def _done(act: object) -> int:
        try:
            act()  # type: ignore[operator]
        except OSError as error:
            return paramiko.SFTPServer.convert_errno(error.errno)
        return paramiko.SFTP_OK


@dataclass
class SftpServer:
    """A running server; `ages` shifts what it says of when a file was changed, by name."""

    port: int
    host_key: str
    ages: dict[str, int] = field(default_factory=dict)

    def address(self, path: str) -> str:
        return f"sftp://{USER}@127.0.0.1:{self.port}{path}"


@contextlib.contextmanager
def serving_sftp(root: Path) -> Iterator[SftpServer]:
    """Serve a folder until the caller leaves."""
    key = paramiko.ECDSAKey.generate()
    listener = socket.create_server(("127.0.0.1", 0))
    server = SftpServer(listener.getsockname()[1], f"{key.get_name()} {key.get_base64()}")
    transports: list[paramiko.Transport] = []

    def accept() -> None:
        with contextlib.suppress(OSError):
            while True:
                connection, _ = listener.accept()
                transport = paramiko.Transport(connection)
                transport.add_server_key(key)
                transport.set_subsystem_handler("sftp", paramiko.SFTPServer, _Files, root, server.ages)
                transports.append(transport)
                transport.start_server(server=_Login())

    thread = threading.Thread(target=accept, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        thread.join(5)
        for transport in transports:
            transport.close()
