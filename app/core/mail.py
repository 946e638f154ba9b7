"""Mail: one message to one person, by SMTP or into the local mailbox. Jobs send it, so that nothing leaves before a commit."""

import hashlib
import os
import re
import smtplib
import ssl
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from pathlib import Path
from urllib.parse import SplitResult, unquote, urlsplit

import structlog

from app.core.composing import Mail, compose
from app.core.config import config
from app.core.errors import ProductError

log = structlog.get_logger("mail")

_SECONDS = 20


class Undeliverable(ProductError):
    """The mail server refuses this message for good; trying again changes nothing."""

    message = "The mail server does not take this message."


class Insecure(RuntimeError):
    """A password would travel unencrypted."""


def send(mail: Mail) -> None:
    """Hand a message to the SMTP server, or keep it in the local mailbox where none is set.

    :raises Undeliverable: when the server refuses it for good.
    :raises OSError, smtplib.SMTPException: when it may work later.
    :raises ValueError: when there is no address to send to.
    """
    message = compose(mail)
    if config().smtp_url:
        _deliver(message, urlsplit(config().smtp_url))
    else:
        _keep(message)
    log.info("mail", message_id=message["Message-ID"])


@dataclass(frozen=True, slots=True)
class Kept:
    """A message in the local mailbox; `key` names it there."""

    key: str
    message: EmailMessage

    @property
    def to(self) -> str:
        return str(self.message["To"])

    @property
    def sender(self) -> str:
        return str(self.message["From"])

    @property
    def subject(self) -> str:
        return str(self.message["Subject"])

    @property
    def at(self) -> datetime:
        return parsedate_to_datetime(str(self.message["Date"]))

    @property
    def text(self) -> str:
        return self._part("plain")

    @property
    def html(self) -> str:
        return self._part("html")

    @property
    def headers(self) -> dict[str, str]:
        return {name: str(value) for name, value in self.message.items()}

    def _part(self, kind: str) -> str:
        part = self.message.get_body(preferencelist=(kind,))
        return str(part.get_content()) if part else ""


def kept(*, to: str = "") -> list[Kept]:
    """Return the local mailbox's messages, newest first; with `to`, those whose address contains it."""
    with suppress(FileNotFoundError):
        files = sorted(
            mailbox_folder().glob("*.eml"), key=lambda file: (file.stat().st_mtime_ns, file.name), reverse=True
        )
        found = [Kept(file.stem, _read(file)) for file in files]
        return [mail for mail in found if to.strip().lower() in mail.to.lower()]
    return []


def kept_or_none(key: str) -> Kept | None:
    """Return one message of the local mailbox, or None."""
    file = mailbox_folder() / f"{key}.eml"
    return Kept(key, _read(file)) if re.fullmatch(r"[0-9a-f]{32}", key) and file.is_file() else None


def _deliver(message: EmailMessage, server: SplitResult) -> None:
    secure = ssl.create_default_context()
    host, port = server.hostname or "localhost", server.port
    smtp: smtplib.SMTP
    if server.scheme == "smtps":
        smtp = smtplib.SMTP_SSL(host, port or 465, timeout=_SECONDS, context=secure)
    else:
        smtp = smtplib.SMTP(host, port or 587, timeout=_SECONDS)
    with smtp:
        encrypted = server.scheme == "smtps"
        if not encrypted and smtp.ehlo() and smtp.has_extn("starttls"):
            smtp.starttls(context=secure)
            encrypted = True
        if server.username:
            if not encrypted and host not in ("localhost", "127.0.0.1", "::1"):
                raise Insecure(f"{host} offers no encryption; SMTP_URL has a password, which stays here")
            smtp.login(unquote(server.username), unquote(server.password or ""))
        try:
            smtp.send_message(message)
        except smtplib.SMTPRecipientsRefused as refusal:
            codes = {code for code, _ in refusal.recipients.values()}
            if all(500 <= code < 600 for code in codes):
                raise Undeliverable from refusal
            raise
        except smtplib.SMTPResponseException as refusal:
            if 500 <= refusal.smtp_code < 600:
                raise Undeliverable from refusal
            raise


def _keep(message: EmailMessage) -> None:
    folder = mailbox_folder()
    folder.mkdir(parents=True, exist_ok=True)
    key = hashlib.sha256(str(message["Message-ID"]).encode()).hexdigest()[:32]
    draft = folder / f"{key}.{os.getpid()}"
    draft.write_bytes(bytes(message))
    # The first to link wins: a second send of the same message changes nothing.
    with suppress(FileExistsError):
        os.link(draft, folder / f"{key}.eml")
    draft.unlink()


def _read(file: Path) -> EmailMessage:
    return message_from_bytes(file.read_bytes(), policy=policy.default)


def mailbox_folder() -> Path:
    """Return where the local mailbox keeps its messages."""
    return config().var_dir / "mailbox"
