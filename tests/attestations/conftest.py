"""Somebody in two marketplaces, with a published review in the first."""

import pytest
from sqlalchemy import select

from app.core import clock
from app.core.database import db
from app.reviews.publishing import review
from tenants.context import tenant_context
from tenants.isolation import scoped
from tenants.models import Member
from tests.attestations.going import WORDS
from tests.factories import a_member, a_user, acting, an_agreement


@pytest.fixture
def maya(other_hall, hall):
    return a_user("Maya Okafor", email="maya@example.org")


@pytest.fixture
def here(hall, maya):
    """Maya in the marketplace where she worked, with one published review of her."""
    member = a_member("Maya Okafor", user=maya)
    agreement = an_agreement(state="accepted", applicant=member)
    sides = {agreement.client_id: (5, WORDS), agreement.worker_id: (4, "Clear and quick to answer.")}
    for by, (rating, text) in sides.items():
        author = db.session.scalars(select(Member).where(scoped(Member), Member.id == by)).one()
        review(agreement, by=acting(author), rating=rating, text=text, private_note="", now=clock.now())
    db.session.commit()
    return acting(member)


@pytest.fixture
def there(other_hall, maya, hall):
    """Maya in another marketplace."""
    db.session.commit()
    with tenant_context(other_hall):
        member = acting(a_member("Maya Okafor", user=maya))
        db.session.commit()
    return member
