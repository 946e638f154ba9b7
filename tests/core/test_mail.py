"""Mail: composed so that nothing typed can leave its header, delivered by SMTP or kept once."""

import smtplib
import socket
from collections.abc import Iterator
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from app.core import mail
from app.core.composing import Mail
from app.core.config import Config
from app.core.mail import Undeliverable, send

HELLO = Mail(
    to="sam@example.com",
    subject="You got the gig",
    text="Maya said yes.\n\nhttp://designers.localhost/gigs/1\n",
    html="<p>Maya said <b>yes</b>.</p>",
    message_id="gig-awarded-1",
    name="Designers",
    unsubscribe="http://id.localhost/unsubscribe/abc",
)


@pytest.fixture
def ours(tmp_path: Any) -> Iterator[Flask]:
    app = Flask(__name__)
    settings = Config(secret_key="a key for tests only", var_dir=tmp_path, mail_from="Guildhall <hello@guild.example>")
    app.extensions["guildhall"] = SimpleNamespace(config=settings)
    with app.app_context():
        yield app


class Server:
    """An SMTP server that keeps what it gets, or refuses with a code."""

    def __init__(self) -> None:
        self.taken: list[Any] = []
        self.refuse = ""

    async def handle_RCPT(self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any) -> str:  # noqa: N802
        if self.refuse:
            return self.refuse
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802
        self.taken.append(envelope)
        return "250 OK"


@pytest.fixture
def server(ours: Flask) -> Iterator[Server]:
    handler = Server()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    controller = Controller(handler, hostname="127.0.0.1", port=port)
    controller.start()
    carried = ours.extensions["guildhall"]
    carried.config = replace(carried.config, smtp_url=f"smtp://127.0.0.1:{port}")
    yield handler
    controller.stop()


def test_without_a_server_a_message_is_kept_and_can_be_read(ours: Flask):
    send(HELLO)
    (message,) = mail.kept(to="SAM@")
    assert (message.subject, message.to, message.sender) == (
        "You got the gig",
        "sam@example.com",
        "Designers <hello@guild.example>",
    )
    assert "Maya said yes." in message.text
    assert "<b>yes</b>" in message.html
    assert message.headers["Message-ID"] == "<gig-awarded-1@guild.example>"
    assert message.headers["List-Unsubscribe"] == "<http://id.localhost/unsubscribe/abc>"
    assert message.headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert mail.kept(to="maya@") == []
    assert mail.kept_or_none(message.key) is not None
    assert mail.kept_or_none("../../secret-key") is None


def test_the_same_message_is_kept_once(ours: Flask):
    send(HELLO)
    send(replace(HELLO, subject="Said twice"))
    assert [message.subject for message in mail.kept()] == ["You got the gig"]


def test_the_newest_message_comes_first(ours: Flask):
    for number in range(3):
        send(replace(HELLO, message_id=f"n-{number}", subject=str(number)))
    assert [message.subject for message in mail.kept()] == ["2", "1", "0"]


@given(st.text(), st.text())
def test_nothing_typed_leaves_its_header(subject: str, name: str):
    app = Flask(__name__)
    app.extensions["guildhall"] = SimpleNamespace(
        config=SimpleNamespace(mail_from="Guildhall <hello@guild.example>", platform_host="localhost")
    )
    with app.app_context():
        message = mail.compose(replace(HELLO, subject=subject, name=name, text=subject, html=name))
        head = bytes(message).split(b"\r\n\r\n")[0].decode()
    names = [line.split(":")[0] for line in head.split("\r\n") if not line.startswith((" ", "\t"))]
    assert sorted(names) == sorted(
        [
            "From",
            "To",
            "Subject",
            "Date",
            "Message-ID",
            "Auto-Submitted",
            "List-Unsubscribe",
            "List-Unsubscribe-Post",
            "Content-Type",
            "MIME-Version",
            *(["Content-Transfer-Encoding"] if not name else []),
        ]
    )


@pytest.mark.parametrize(
    "injected", ["sam@example.com\r\nBcc: all@example.com", "sam@example.com, all@example.com", "", "sam"]
)
def test_an_address_is_one_address(ours: Flask, injected: str):
    with pytest.raises(ValueError, match="one address"):
        send(replace(HELLO, to=injected))


def test_headers_of_ours_cannot_be_set_from_outside(ours: Flask):
    with pytest.raises(ValueError, match="not a header"):
        send(replace(HELLO, headers={"Bcc": "all@example.com"}))
    with pytest.raises(ValueError, match="Message-ID"):
        send(replace(HELLO, message_id="one>\r\nBcc: all@example.com"))


def test_a_server_gets_both_parts(server: Server):
    send(replace(HELLO, headers={"X-Hall": "designers\r\nBcc: x"}))
    (envelope,) = server.taken
    assert envelope.rcpt_tos == ["sam@example.com"]
    assert b"Maya said yes." in envelope.content
    assert b"text/html" in envelope.content
    assert b"X-Hall: designers Bcc: x" in envelope.content
    assert mail.kept() == []


def test_a_refusal_for_good_is_told_apart_from_one_for_now(server: Server):
    server.refuse = "550 No such person"
    with pytest.raises(Undeliverable):
        send(HELLO)
    server.refuse = "451 Come back later"
    with pytest.raises(smtplib.SMTPRecipientsRefused):
        send(HELLO)


def test_a_password_never_travels_unencrypted(ours: Flask, monkeypatch: pytest.MonkeyPatch):
    class Plain:
        def __init__(self, *_: Any, **__: Any) -> None: ...
        def __enter__(self) -> "Plain":
            return self

        def __exit__(self, *_: object) -> None: ...
        def ehlo(self) -> bool:
            return True

        def has_extn(self, _name: str) -> bool:
            return False

    monkeypatch.setattr(mail.smtplib, "SMTP", Plain)
    carried = ours.extensions["guildhall"]
    carried.config = replace(carried.config, smtp_url="smtp://user:secret@mail.example")
    with pytest.raises(mail.Insecure):
        send(HELLO)
