"""Things laid out to be attacked, so that a child shows what it could do without harm to anybody."""

import contextlib
import os
import socket
import tempfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Bait:
    """
    What is there to be attacked; made for it, or harmless to try.

    Attributes:
        secret: A file that only the child's starter may read.
        folder: A folder the starter may write, with the file `victim` in it.
        tcp_port: A port on 127.0.0.1 where somebody listens.
        unix_socket: The same as a file.
        process: Whom to signal and to look into: the starter.
    """

    secret: str
    folder: str
    tcp_port: int
    unix_socket: str
    process: int

    @property
    def victim(self) -> Path:
        return Path(self.folder) / "victim"

    def as_plain(self) -> dict[str, object]:
        return asdict(self)


@contextlib.contextmanager
def laid_bait() -> Iterator[Bait]:
    """A secret, a file, two listeners and this process itself; gone at the end."""
    with tempfile.TemporaryDirectory(prefix="bait-") as name, contextlib.ExitStack() as stack:
        folder = Path(name)
        secret = folder / "secret"
        for file in (secret, folder / "victim"):
            file.touch(mode=0o600)
            file.write_text("bait", encoding="ascii")
        tcp = stack.enter_context(socket.socket())
        tcp.bind(("127.0.0.1", 0))
        tcp.listen()
        unix = stack.enter_context(socket.socket(socket.AF_UNIX))
        unix.bind(f"{name}/listening")
        unix.listen()
        port = int(tcp.getsockname()[1])
        yield Bait(str(secret), name, port, f"{name}/listening", os.getpid())
