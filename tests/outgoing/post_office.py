"""A small SMTP server on this machine that keeps what it gets."""

from __future__ import annotations

import email
import email.policy
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from typing import cast


class Office(socketserver.ThreadingTCPServer):
    """Keep letters; refuse the next ``refusing`` of them."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Talk)
        self.letters: list[tuple[str, EmailMessage]] = []
        self.refusing = 0

    @property
    def port(self) -> int:
        """The port it listens on."""
        return int(self.server_address[1])


class _Talk(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        office, to = cast("Office", self.server), ""
        self._say("220 ready")
        while line := self.rfile.readline():
            word = line.decode().strip()
            verb = word.upper()[:4]
            if verb == "QUIT":
                self._say("221 bye")
                return
            if verb == "RCPT":
                to = word.partition("<")[2].partition(">")[0]
            if verb == "DATA":
                self._say("354 go on")
                self._take(office, to)
            elif verb == "EHLO":
                self.wfile.write(b"250-here\r\n250 8BITMIME\r\n")
            elif verb == "MAIL" and office.refusing:
                office.refusing -= 1
                self._say("451 later")
            else:
                self._say("250 fine")

    def _take(self, office: Office, to: str) -> None:
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line[1:] if line.startswith(b"..") else line)
        message = email.message_from_bytes(b"".join(lines), policy=email.policy.default)
        office.letters.append((to, message))
        self._say("250 kept")

    def _say(self, text: str) -> None:
        self.wfile.write(f"{text}\r\n".encode())


@contextmanager
def post_office() -> Iterator[Office]:
    """Open an office."""
    with Office() as office:
        thread = threading.Thread(target=office.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        try:
            yield office
        finally:
            office.shutdown()
