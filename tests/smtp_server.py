"""A mail server for tests: takes every mail on a free port of 127.0.0.1 and keeps it."""

import email
import email.policy
import socketserver
import threading
from email.message import EmailMessage
from types import TracebackType
from typing import Self


class _Talk(socketserver.StreamRequestHandler):
    """One connection: the few words of SMTP that a client without sign-in says."""

    def handle(self) -> None:
        self._say("220 test")
        while line := self.rfile.readline().strip():
            word = line.upper()
            if word == b"DATA":
                self._say("354 go on")
                lines = iter(self.rfile.readline, b".\r\n")
                message = email.message_from_bytes(b"".join(lines), policy=email.policy.default)
                self.server.mails.append(message)  # type: ignore[attr-defined]
            self._say("221 bye" if word == b"QUIT" else "250 ok")
            if word == b"QUIT":
                return

    def _say(self, words: str) -> None:
        self.wfile.write(f"{words}\r\n".encode())


class MailServer:
    """Serves while inside; `mails` are those that came."""

    def __init__(self) -> None:
        self._server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), _Talk)
        self.mails: list[EmailMessage] = []
        self._server.mails = self.mails  # type: ignore[attr-defined]

    @property
    def port(self) -> int:
        return int(self._server.server_address[1])

    @property
    def connection(self) -> str:
        """As Airflow is told of it."""
        return f"smtp://127.0.0.1:{self.port}/?disable_ssl=true&disable_tls=true&timeout=5"

    def __enter__(self) -> Self:
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
