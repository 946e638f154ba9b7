"""What the tests of travelling reviews do over and over."""

from sqlalchemy import select, update

from app.attestations.models import Attestation
from app.attestations.queries import carried_about, to_take
from app.attestations.statement import read, written
from app.attestations.taking import bring, take
from app.core import clock
from app.core.database import db
from app.reviews.models import Review
from tenants.context import tenant_context
from tenants.isolation import scoped
from tenants.models import Member, Tenant
from tests.factories import acting

WORDS = "She measures twice, and leaves the pavement clean."


def taken(member):
    return take([row.review_id for row in to_take(member.id)], by=member, now=clock.now())


def brought(hall, member, statements):
    """Return what the other marketplace shows once a file was brought there; each marketplace has a transaction of its own."""
    file = written(statements)
    db.session.commit()
    with tenant_context(hall):
        bring(read(file), by=member, now=clock.now())
        db.session.commit()
    return shown(hall, member)


def shown(hall, member):
    """Return what a marketplace shows of a member."""
    with tenant_context(hall):
        found = carried_about(member.id)
        db.session.commit()
    return found


def settle(hall, **switches):
    with tenant_context(hall):
        db.session.execute(update(Tenant).where(Tenant.id == hall.id).values(**switches))
        db.session.commit()


def naming(member):
    return Attestation.of(db.session.scalars(select(Review).where(Review.subject_id == member.id)).one())


def author_of(attestation):
    return acting(db.session.scalars(select(Member).where(scoped(Member), Member.id == attestation.author_id)).one())
