"""A category is no more: who leads the other, and until when."""

from sqlalchemy import select

from app.categories.dissolving import hand_on, when_dissolved
from app.categories.models import Category
from app.categories.offices import TermOfOffice, close_ended, is_later
from app.core import clock
from app.core.database import db
from tenants.context import Actor
from tenants.isolation import scoped
from tenants.models import Role


@when_dissolved
def hand_on_offices(category: Category, into: Category, by: Actor) -> None:
    """Let those who led a category that is no more go on in the other; where they hold the office there already, that goes on,
    as long as the longer of the two.
    """
    now = clock.now()
    # What the clock has ended is no office that anything goes on in.
    close_ended(now=now)
    running = select(TermOfOffice).where(scoped(TermOfOffice), TermOfOffice.ended_at.is_(None))
    of_it = TermOfOffice.category_id
    there = {(one.member_id, one.office): one for one in db.session.scalars(running.where(of_it == into.id))}
    for term in db.session.scalars(running.where(of_it == category.id).order_by(TermOfOffice.id)).all():
        kept = there.get((term.member_id, term.office))
        if kept is None:
            term.category_id = into.id
            continue
        term.ended_at = now
        if is_later(term.ends_on, kept.ends_on):
            kept.renew(term.ends_on, by=by, now=now)
    db.session.flush()
    hand_on(Role, category, into, "member_id", "role")
