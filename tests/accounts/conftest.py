"""People at the doors."""

import pytest

from app.accounts.models import User
from app.core.database import db
from tests.accounts.walking import Walker
from tests.factories import PASSWORD, a_member, a_user


@pytest.fixture
def walker(app, outbox):
    """A browser that nobody has used."""
    return Walker(app)


@pytest.fixture
def another_walker(app):
    """Somebody else's browser."""
    return Walker(app)


@pytest.fixture
def maya(hall) -> User:
    """A member of `designers` with a password."""
    user = a_user("Maya Okafor", email="maya@example.org")
    user.choose_password(PASSWORD)
    a_member("Maya Okafor", user=user)
    db.session.commit()
    return user


@pytest.fixture
def sam(app) -> User:
    """A person with a password who is a member nowhere."""
    user = a_user("Sam Hill", email="sam@example.org")
    user.choose_password(PASSWORD)
    db.session.commit()
    return user
