"""A notification by SMTP, as a mail program gets it: both parts, the hall's look, and one click to hear no more."""

import re
import socket
from collections.abc import Iterator
from dataclasses import replace
from email import message_from_bytes, policy
from email.message import EmailMessage
from urllib.parse import urlsplit

import pytest
from aiosmtpd.controller import Controller

from app.core.config import Config
from app.factory import Guildhall
from app.notifications.preferences import Wishes
from app.notifications.topics import TOPICS
from tests.factories import a_member, a_published_gig, an_application, run_jobs
from themes.theme import theme


class Server:
    """A mail server that keeps what it takes."""

    def __init__(self) -> None:
        self.taken: list[EmailMessage] = []

    async def handle_DATA(self, _server, _session, envelope) -> str:  # noqa: N802
        self.taken.append(message_from_bytes(envelope.content, policy=policy.default))
        return "250 OK"

    def to(self, address: str) -> EmailMessage:
        (found,) = [message for message in self.taken if message["To"] == address]
        return found


@pytest.fixture
def server(application, settings: Config) -> Iterator[Server]:
    handler = Server()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    controller = Controller(handler, hostname="127.0.0.1", port=port)
    controller.start()
    before = application.extensions["guildhall"]
    changed = replace(settings, smtp_url=f"smtp://127.0.0.1:{port}", mail_from="Guildhall <hello@guild.example>")
    application.extensions["guildhall"] = Guildhall(changed)
    yield handler
    application.extensions["guildhall"] = before
    controller.stop()


@pytest.fixture
def maya(hall):
    return a_member()


@pytest.fixture
def mail(maya, server) -> EmailMessage:
    """What Maya gets when Sam raises a hand for her gig."""
    an_application(to=a_published_gig(by=maya, title="Redraw our sign"), by=a_member("Sam Reyes"))
    run_jobs()
    return server.to("maya-okafor@example.org")


def test_a_notification_arrives_with_both_parts_in_the_halls_look(hall, mail):
    plain, html = (mail.get_body((kind,)).get_content() for kind in ("plain", "html"))
    assert mail.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in mail.iter_parts()] == ["text/plain", "text/html"]
    for part in (plain, html):
        assert "Sam Reyes" in part
        assert "Redraw our sign" in part
        assert "You get this because you posted this gig." in part
    assert max(map(len, plain.splitlines())) <= 200
    look = theme(hall.preset, hall.brand_colour).palette
    assert hall.brand_colour in html
    for name in ("paper", "sheet", "ink", "action", "on-action"):
        assert look.light[name] in html
        assert look.dark[name] in html.partition("prefers-color-scheme: dark")[2].partition("</style>")[0]
    # Nothing is fetched, nothing can run.
    assert not re.search(r"<img|<link|<script|url\(|@import", html)


def test_it_says_who_writes_and_gives_nobodys_address_away(hall, mail):
    assert str(mail["From"]) == f"{hall.name} <hello@guild.example>"
    assert mail["Reply-To"] is None
    assert mail["Sender"] is None
    assert mail["Auto-Submitted"] == "auto-generated"
    assert "sam-reyes@" not in mail.as_string()


def test_one_click_in_a_mail_program_stops_such_mail(hall, mail, maya, client):
    """RFC 8058: the address in the header takes a POST without cookie, Origin or token."""
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    address = urlsplit(str(mail["List-Unsubscribe"]).strip("<>"))
    assert address.hostname == "designers.localhost"
    client.application.config["WTF_CSRF_ENABLED"] = True
    try:
        for _ in ("the click", "the same again"):
            answer = client.post(address.path, data={"List-Unsubscribe": "One-Click"}, headers={"Origin": "null"})
            assert answer.status_code == 200
    finally:
        client.application.config["WTF_CSRF_ENABLED"] = False
    assert not Wishes([maya.id], ["hands"]).want(maya.id, TOPICS["hands"], "email")
    assert Wishes([maya.id], ["work"]).want(maya.id, TOPICS["work"], "email")
