"""Mandates, arranged in domain words."""

from datetime import timedelta

from sqlalchemy import select

from app.core import clock
from app.core.database import db
from app.mandates.models import Mandate
from tenants.isolation import scoped
from tenants.mandates import SCOPES
from tests.factories import acting

YEAR = timedelta(days=200)


def a_mandate(helper, assisted, *scopes, until=YEAR, consented=True):
    """Return a mandate for these things, or for everything that can be."""
    mandate = Mandate.ask(
        helper_id=helper.id,
        assisted_id=assisted.id,
        scopes=scopes or SCOPES,
        until=clock.now() + until,
        words="She lends me her eyes.",
        by=acting(helper),
        now=clock.now(),
    )
    if consented:
        mandate.consent(by=acting(assisted), now=clock.now())
    db.session.commit()
    return mandate


def one(model, *where):
    """Return the only row of a table that is so."""
    return db.session.scalars(select(model).where(scoped(model), *where)).one()
