"""What a message is made of, so that a morning's ten thousand cost little: headers that letters share are made once."""

import re
import unicodedata
from binascii import b2a_qp
from collections.abc import Mapping
from dataclasses import dataclass, field
from email import policy
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime, parseaddr
from functools import lru_cache
from typing import Any

from app.core import clock
from app.core.config import config

_KEY = re.compile(r"[A-Za-z0-9.+_=-]{1,180}")
_ONE_ADDRESS = re.compile(r"""([^\s@,;:<>()\[\]"\\]+)@([^\s@,;:<>()\[\]"\\]+)""")
_OURS = frozenset(
    {"to", "from", "subject", "date", "message-id", "content-type", "mime-version", "bcc", "cc", "sender"}
)
# They are another in each letter, and ours: in one plain line there is nothing in them to be read or folded.
_NEVER_SHARED = frozenset({"Subject", "Message-ID", "List-Unsubscribe"})
# No line of quoted-printable text can hold these two characters in this order.
_ALTERNATIVES = 'multipart/alternative; boundary="=_alternative"'


class _Headers(policy.EmailPolicy):
    """Headers as SMTP wants them, each read and written once for all the letters that share it. Of fifteen that a letter has
    ten are those of the letter before, and reading them anew costs more than all else that is done to compose it.
    """

    def header_max_count(self, name: str) -> int | None:
        return _max_count(name)

    def header_store_parse(self, name: str, value: Any) -> tuple[str, Any]:
        if type(value) is not str:
            return super().header_store_parse(name, value)
        elif name in _NEVER_SHARED and value.isascii() and value.isprintable():
            return name, value
        return _header(name, value)

    def fold_binary(self, name: str, value: Any) -> bytes:
        # A long line is folded by whoever reads headers.
        return super().fold_binary(name, value) if name in _NEVER_SHARED else _folded(name, value, self.utf8)


@lru_cache(maxsize=64)
def _max_count(name: str) -> int | None:
    return policy.SMTP.header_max_count(name)


@lru_cache(maxsize=512)
def _header(name: str, value: str) -> tuple[str, Any]:
    return policy.SMTP.header_store_parse(name, value)


@lru_cache(maxsize=512)
def _folded(name: str, value: Any, utf8: bool) -> bytes:
    return (policy.SMTPUTF8 if utf8 else policy.SMTP).fold_binary(name, value)


_POLICY = _Headers(linesep="\r\n")


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
    message["MIME-Version"] = "1.0"
    if mail.html:
        message["Content-Type"] = _ALTERNATIVES
        message.set_payload(
            [_text(EmailMessage(_POLICY), "plain", mail.text), _text(EmailMessage(_POLICY), "html", mail.html)]
        )
    else:
        _text(message, "plain", mail.text)
    return message


def _text(part: EmailMessage, kind: str, body: str) -> EmailMessage:
    part["Content-Type"] = f'text/{kind}; charset="utf-8"'
    part["Content-Transfer-Encoding"] = "quoted-printable"
    sendable = body.encode("utf-8", "replace").replace(b"\0", b"").replace(b"\r\n", b"\n")
    part.set_payload(b2a_qp(sendable).decode("ascii"))
    return part


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
