"""The mail of tests."""

from app.core.composing import Mail
from app.core.mail import send


def test_a_test_sees_its_own_mail(hall, outbox):
    assert len(outbox) == 0
    send(Mail(to="Sam@example.com", subject="Hello", text="Hello", message_id="hello"))
    assert outbox.to("sam@example.com").subject == "Hello"


def test_a_test_sees_no_mail_of_another(hall, outbox):
    assert len(outbox) == 0
