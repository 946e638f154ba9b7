"""The mail that a test sent: read from the local mailbox, which is empty when a test begins."""

from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask

from app.core import mail
from app.core.mail import Kept


class Outbox:
    """What was sent, newest first: `outbox.to(sam).subject`. Mail leaves from jobs: `run_jobs()` comes before."""

    @property
    def all(self) -> list[Kept]:
        return mail.kept()

    def to(self, person: Any) -> Kept:
        """Return the newest message to a person (anything with an `email`) or an address."""
        address = str(getattr(person, "email", person)).lower()
        found = [message for message in self.all if message.to.lower() == address]
        assert found, f"nothing was sent to {address}; to {sorted({m.to for m in self.all}) or 'nobody'} it was"
        return found[0]

    def clear(self) -> None:
        """Forget what was sent until now."""
        for file in mail.mailbox_folder().glob("*"):
            file.unlink()

    def __len__(self) -> int:
        return len(self.all)


@pytest.fixture
def outbox(app: Flask) -> Outbox:
    """The mail of this test."""
    return Outbox()


@pytest.fixture(autouse=True)
def _no_stray_mail(request: pytest.FixtureRequest) -> Iterator[None]:
    """Mail that no test looks at is a mistake."""
    if "app" not in request.fixturenames:
        yield
        return
    request.getfixturevalue("app")
    sent = Outbox()
    sent.clear()
    yield
    stray = [] if "outbox" in request.fixturenames else [f"{message.to}: {message.subject}" for message in sent.all]
    sent.clear()
    assert stray == [], "mail was sent that the test does not look at: ask for `outbox`"
