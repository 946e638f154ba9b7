"""What fees add to a gig's own page: for its author, why it rests, and the invoices of what they paid for it."""

from dataclasses import replace
from typing import Any

from flask import url_for
from sqlalchemy import select

from app.core.database import db
from app.core.languages import gettext as _
from app.fees.asking import fee_due
from app.fees.disputes import taken_back
from app.fees.models import GigPurchase
from app.gigs.standing import NextStep, Standing, refines_standing
from app.policies import PAY_FOR_GIG, allows
from tenants.context import Actor
from tenants.isolation import scoped
from tenants.versions import kept_of_hall


@refines_standing
def with_fees(gig: Any, viewer: Actor | None, standing: Standing) -> Standing:
    """Tell the author of a gig that rests for its fee how it comes back; lead them to what Stripe wrote for what they paid."""
    if viewer is None or not allows(PAY_FOR_GIG, viewer, gig):
        return standing
    standing = replace(standing, more=(*standing.more, *_invoices(gig)))
    taken = taken_back(gig) if gig.state == "paused" else None
    if taken is None:
        return standing
    elif taken.state == "disputed":
        text = _(
            "A bank has taken back its fee for now, because its owner disputes the payment. Won, it is live again by itself."
        )
        return replace(standing, text=text, steps=standing.steps[1:])
    if fee_due(gig, viewer.id) is None:
        # Nothing is asked for any more: it may go on.
        return standing
    text = _("The bank has kept its fee. Pay it anew, and it is live again.")
    step = NextStep(_("Pay the fee"), action=url_for("fees.pay", gig_id=gig.id, kind="listing"), kind="primary")
    return replace(standing, text=text, steps=(step, *standing.steps[1:]))


def _invoices(gig: Any) -> list[NextStep]:
    if not kept_of_hall("invoices were written", _were_written):
        # Most marketplaces ask for no fees: a statement less.
        return []
    paid = select(GigPurchase).where(scoped(GigPurchase), GigPurchase.gig_id == gig.id, GigPurchase.page_url != "")
    words = {"listing": _("Invoice for posting it"), "featured": _("Invoice for featuring it")}
    every = db.session.scalars(paid.order_by(GigPurchase.id)).all()
    return [NextStep(words[one.kind], href=one.page_url, icon="receipt") for one in every]


def _were_written() -> bool:
    """Return whether anybody here has an invoice for a gig; with the first one the tenant's version changes."""
    written = select(GigPurchase.id).where(scoped(GigPurchase), GigPurchase.page_url != "")
    return db.session.scalars(written.limit(1)).first() is not None
