"""What is asked for a gig, and whether it has been paid."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import or_, select

from app.core.config import config
from app.core.database import db
from app.core.errors import Conflict
from app.core.languages import lazy_gettext as _l
from app.fees.models import GigFee, GigPurchase
from app.gigs.models.gates import before_publishing
from billing.connections import connection
from tenants.isolation import scoped
from tenants.models import Role
from tenants.offices import in_office

_LEADERS = ("leader", "admin", "moderator")


class FeeDue(Conflict):
    message = _l("Posting here costs a fee. Pay it from the preview; the gig goes live by itself then.")


class NothingToPay(Conflict):
    message = _l("There is nothing to pay for this gig.")


def fee_of(kind: str, category_id: UUID | None) -> GigFee | None:
    """Return what something costs in a category: its own price, else the marketplace's. None where it is free, or not offered,
    or where nothing can be charged at the moment: nobody's gig waits for an account at Stripe.
    """
    of_category = GigFee.category_id.is_(None)
    if category_id is not None:
        of_category = or_(of_category, GigFee.category_id == category_id)
    own_first = select(GigFee).where(scoped(GigFee), GigFee.kind == kind, of_category)
    found = db.session.scalars(own_first.order_by(GigFee.category_id.nulls_last()).limit(1)).first()
    return found if found is not None and found.amount and _can_charge() else None


def fee_due(gig: Any, member_id: UUID) -> GigFee | None:
    """Return what a member has to pay before a gig can go live: nothing where it was paid, for leaders, and for a role in a
    project, whose client has paid for the request that it was made of.
    """
    if gig.coordinator_id is not None:
        return None
    fee = fee_of("listing", gig.category_id)
    if fee is None or _leads(member_id) or _was_paid(gig.id):
        return None
    return fee


def featured_until(gig_id: UUID, *, now: datetime) -> datetime | None:
    """Return until when a gig stands out, or None."""
    paid = select(GigPurchase.until).where(
        scoped(GigPurchase),
        GigPurchase.gig_id == gig_id,
        GigPurchase.kind == "featured",
        GigPurchase.state == "paid",
        GigPurchase.until > now,
    )
    return db.session.scalars(paid.order_by(GigPurchase.until.desc()).limit(1)).first()


@before_publishing
def ask_for_the_fee(gig: Any, by: Any) -> None:
    """Keep a gig back until its fee is paid.

    :raises FeeDue: when it is not.
    """
    if fee_due(gig, by.id) is not None:
        raise FeeDue


def _was_paid(gig_id: UUID) -> bool:
    paid = select(GigPurchase.id).where(
        scoped(GigPurchase), GigPurchase.gig_id == gig_id, GigPurchase.kind == "listing", GigPurchase.state == "paid"
    )
    return db.session.scalars(paid.limit(1)).first() is not None


def _leads(member_id: UUID) -> bool:
    held = select(Role.role).where(scoped(Role), Role.member_id == member_id, in_office())
    return any(role in _LEADERS for role in db.session.scalars(held))


def _can_charge() -> bool:
    if not config().stripe_key:
        return False
    living = connection()
    return living is not None and living.may_charge
