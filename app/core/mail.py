"""Mail: one message to one person, by SMTP or into the local mailbox. Jobs send it, so that nothing leaves before a commit."""

import hashlib
import os
import re
import smtplib
import ssl
import unicodedata
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from email import message_from_bytes, policy
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime, parseaddr, parsedate_to_datetime
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, unquote, urlsplit

import structlog

from app.core import clock
from app.core.config import config
from app.core.errors import ProductError

log = structlog.get_logger("mail")

_SECONDS = 20
_KEY = re.compile(r"[A-Za-z0-9.+_=-]{1,180}")
_ONE_ADDRESS = re.compile(r"""([^\s@,;:<>()\[\]"\\]+)@([^\s@,;:<>()\[\]"\\]+)""")
_OURS = frozenset(
    {"to", "from", "subject", "date", "message-id", "content-type", "mime-version", "bcc", "cc", "sender"}
)


class _Headers(policy.EmailPolicy):
    """Headers as SMTP wants them, each read and written once for all the letters that share it. Of fifteen that a letter has
    ten are those of the letter before, and reading them anew costs more than all else that is done to compose it.
    """

    def header_store_parse(self, name: str, value: Any) -> tuple[str, Any]:
        return _header(name, value) if type(value) is str else super().header_store_parse(name, value)

    def fold_binary(self, name: str, value: Any) -> bytes:
        return _folded(name, value, self.utf8)


@lru_cache(maxsize=512)
def _header(name: str, value: str) -> tuple[str, Any]:
    return policy.SMTP.header_store_parse(name, value)


@lru_cache(maxsize=512)
def _folded(name: str, value: Any, utf8: bool) -> bytes:
    return (policy.SMTPUTF8 if utf8 else policy.SMTP).fold_binary(name, value)


_POLICY = _Headers(linesep="\r\n")


class Undeliverable(ProductError):
    """The mail server refuses this message for good; trying again changes nothing."""

    message = "The mail server does not take this message."


class Insecure(RuntimeError):
    """A password would travel unencrypted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """One message. `message_id` is a key of the caller's for what is told to whom (“gig-closed-<id>-<member>”): the same
    key is the same message, which a mailbox keeps once, however often a job is tried.

    `unsubscribe` is the address of a one-click POST (RFC 8058); `name` stands before the sender's address.
    """

    to: str
    subject: str
    text: str
    message_id: str
    html: str = ""
    name: str = ""
    reply_to: str = ""
    unsubscribe: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)


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


def compose(mail: Mail) -> EmailMessage:
    """Return the message as it is sent. Whatever a person typed stays inside the header it belongs to."""
    if not _KEY.fullmatch(mail.message_id):
        raise ValueError(f"{mail.message_id!r} cannot be a Message-ID: letters, digits and . + _ = - only")
    sender_name, sender = parseaddr(config().mail_from)
    message = EmailMessage(policy=_POLICY)
    message["From"] = _sender(sender, mail.name or sender_name)
    message["To"] = _address(mail.to)
    if mail.reply_to:
        message["Reply-To"] = _address(mail.reply_to)
    message["Subject"] = _one_line(mail.subject)[:200]
    message["Date"] = format_datetime(clock.now())
    message["Message-ID"] = f"<{mail.message_id}@{sender.rpartition('@')[2] or config().platform_host}>"
    # Holiday replies do not answer it.
    message["Auto-Submitted"] = "auto-generated"
    if mail.unsubscribe:
        message["List-Unsubscribe"] = f"<{_one_line(mail.unsubscribe)}>"
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    for name, value in mail.headers.items():
        if name.lower() in _OURS or not re.fullmatch(r"[A-Za-z][A-Za-z0-9-]*", name):
            raise ValueError(f"{name!r} is not a header to set here")
        message[name] = _one_line(value)
    message.set_content(_sendable(mail.text))
    if mail.html:
        message.add_alternative(_sendable(mail.html), subtype="html")
    return message


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


def _address(address: str, name: str = "") -> Address:
    parts = _ONE_ADDRESS.fullmatch(address.strip())
    if parts is None:
        raise ValueError("a message needs one address")
    return Address(_one_line(name)[:100], *parts.groups())


@lru_cache(maxsize=256)
def _sender(address: str, name: str) -> Any:
    return policy.SMTP.header_factory("From", _address(address, name))


def _one_line(value: str) -> str:
    if value.isascii() and value.isprintable():
        return " ".join(value.split())
    visible = "".join(c if unicodedata.category(c) not in ("Cc", "Cs", "Cf", "Zl", "Zp") else " " for c in value)
    return " ".join(visible.split())


def _sendable(body: str) -> str:
    return body.encode("utf-8", "replace").decode().replace("\0", "")
