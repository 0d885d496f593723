"""E-mail by the standard library: smtplib and email, on a thread of their own.

They need no further package, are kept with the language itself, and check certificates; nothing here waits for
many servers at once, which is what an asynchronous client would be for.
"""

from __future__ import annotations

import hashlib
import os
import smtplib
import ssl
from email.headerregistry import Address
from email.message import EmailMessage
from typing import Final

from pipelines.config.webhooks import Mail
from pipelines.errors import ConfigError

from .letter import Letter
from .sender import Outcome

SECONDS: Final = 15.0


class Mailer:
    """Hand letters to the configured server."""

    def __init__(self, rules: Mail) -> None:
        """Take the server; raise `ConfigError` where its password is not in the environment."""
        self._rules = rules
        self._password = os.environ.get(rules.password_secret) if rules.password_secret else None
        if rules.password_secret and not self._password:
            raise ConfigError(f"mail.password_secret: the environment has no {rules.password_secret}")

    def post(self, to: str, letter: Letter, footer: str) -> Outcome:
        """Send one letter; say what came of it, whatever happens."""
        try:
            with self._connection() as server:
                if self._rules.username:
                    server.login(self._rules.username, self._password or "")
                server.send_message(self.written(to, letter, footer))
        except (OSError, smtplib.SMTPException, ValueError) as error:
            return Outcome(False, f"{type(error).__name__}: {error}"[:300])
        return Outcome(True, "taken")

    def written(self, to: str, letter: Letter, footer: str) -> EmailMessage:
        """Write a letter as an e-mail; the same letter has the same id."""
        message = EmailMessage()
        domain = self._rules.sender.rpartition("@")[2]
        name = hashlib.sha256(f"{to} {letter.name}".encode()).hexdigest()[:32]
        message["Message-ID"] = f"<{name}@{domain}>"
        message["From"] = Address(addr_spec=self._rules.sender)
        message["To"] = Address(addr_spec=to)
        message["Subject"] = " ".join(letter.subject.split())
        message["Auto-Submitted"] = "auto-generated"
        message.set_content("\n".join([*letter.lines, *([letter.link] if letter.link else []), "", footer, ""]))
        return message

    def _connection(self) -> smtplib.SMTP:
        rules, context = self._rules, ssl.create_default_context()
        if rules.tls == "implicit":
            return smtplib.SMTP_SSL(rules.host, rules.port, timeout=SECONDS, context=context)
        server = smtplib.SMTP(rules.host, rules.port, timeout=SECONDS)
        if rules.tls == "starttls":
            try:
                server.starttls(context=context)
            except BaseException:
                server.close()
                raise
        return server
