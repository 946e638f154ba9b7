"""What happens when a bank takes a fee back.

While a bank looks into it nobody knows whether the fee is paid. What was paid for rests so long: a gig stands out no longer, or
pauses. It is not closed or removed: people have applied to it in good faith, and most disputes are a forgotten purchase. Won,
it goes on, and stands out for the days that it lost. Lost, the gig rests until its author pays anew: else a fee would be free to
whoever disputes it.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import select

from app.activity.recording import last_fact, record
from app.core.database import db
from app.core.errors import Conflict
from app.core.languages import gettext as _
from app.core.languages import lazy_gettext as _l
from app.fees.asking import fee_due
from app.fees.jobs import look_again
from app.fees.models import GigPurchase, dispute_source
from app.gigs.models import Gig
from app.gigs.models.gates import before_resuming
from billing import gateway
from billing.gateway import Answer
from billing.movements import Sold, book_movement
from tenants.context import current_tenant_id
from tenants.isolation import scoped
from tenants.versions import touch


class FeeTakenBack(Conflict):
    message = _l("A bank has taken back the fee for this gig. It rests until that is settled, or the fee is paid anew.")


def follow_disputes(charge: Answer, purchase: GigPurchase, sold: Sold, *, now: datetime) -> None:
    """Book what banks took back of a fee, or gave back after all, and let what it was for rest or go on."""
    for dispute in list(gateway.each("dispute", {"charge": charge["id"]}, account=purchase.account_id))[::-1]:
        moved = dispute["balance_transactions"]
        for part in moved:
            book_movement("dispute", dispute_source(dispute, part), "disputes", part, sold, now=now)
        if moved and purchase.state == "paid" and dispute["status"] not in ("won", "lost"):
            _rest(purchase, now)
        elif dispute["status"] == "won" and purchase.state == "disputed":
            _go_on(purchase, now)
        elif dispute["status"] == "lost" and purchase.state in ("paid", "disputed"):
            if purchase.state == "paid":
                _rest(purchase, now)
            purchase.state, purchase.disputed_at = "lost", None
            _tell("lose", purchase)
    db.session.flush()


def rests_for_its_fee(gig: Any) -> bool:
    """Whether a gig rests because a bank has taken its fee back, and not for a reason of its author's since."""
    paused = last_fact("gig", gig.id, "pause", "hold") if gig.state == "paused" else None
    return paused is not None and "fee" in paused.data


def taken_back(gig: Any) -> GigPurchase | None:
    """Return the fee for publishing a gig that a bank has taken back, or None where another was paid."""
    of_it = select(GigPurchase).where(
        scoped(GigPurchase),
        GigPurchase.gig_id == gig.id,
        GigPurchase.kind == "listing",
        GigPurchase.charge_id.is_not(None),
    )
    every = db.session.scalars(of_it.order_by(GigPurchase.id.desc())).all()
    if any(one.state == "paid" for one in every):
        return None
    return next((one for one in every if one.state in ("disputed", "lost")), None)


def title_of(purchase: GigPurchase) -> str:
    """Return what the gig is called that a purchase was for; empty once its draft is gone."""
    gig = db.session.get(Gig, (current_tenant_id(), purchase.gig_id)) if purchase.gig_id else None
    return gig.title if gig else ""


@before_resuming
def ask_for_the_fee_again(gig: Any) -> None:
    """Keep a gig at rest whose fee a bank has taken back, for as long as it looks into it, or a fee is asked for.

    :raises FeeTakenBack: when one has, and nothing was paid since.
    """
    taken = taken_back(gig)
    if taken is not None and (taken.state == "disputed" or fee_due(gig, gig.author_id) is not None):
        raise FeeTakenBack


def _rest(purchase: GigPurchase, now: datetime) -> None:
    purchase.state, purchase.disputed_at = "disputed", now
    db.session.flush()
    gig = _gig(purchase)
    if gig is not None and purchase.kind == "listing" and gig.state in ("open", "filled") and taken_back(gig):
        # Whoever has applied reads it, too: what is between the author and their bank is not theirs to know.
        why = _("It rests until something has been settled.")
        gig.move("pause", by=None, why=why, fee=str(purchase.id))
    touch("gigs")
    _tell("dispute", purchase)


def _go_on(purchase: GigPurchase, now: datetime) -> None:
    if purchase.until is not None and purchase.disputed_at is not None:
        purchase.until = max(purchase.until, purchase.disputed_at) + (now - purchase.disputed_at)
        look_again.enqueue_at(purchase.until)
    purchase.state, purchase.disputed_at = "paid", None
    db.session.flush()
    gig = _gig(purchase)
    if gig is not None and purchase.kind == "listing" and rests_for_its_fee(gig):
        gig.resume(by=None)
    touch("gigs")
    _tell("win", purchase)


def _gig(purchase: GigPurchase) -> Gig | None:
    gig = db.session.get(Gig, (current_tenant_id(), purchase.gig_id)) if purchase.gig_id else None
    if gig is not None:
        gig.lock()
    return gig


def _tell(verb: str, purchase: GigPurchase) -> None:
    record(
        verb,
        purchase,
        by=None,
        kind="gig_fee",
        gig_id=purchase.gig_id,
        member_id=purchase.member_id,
        title=title_of(purchase),
        minor=purchase.amount,
        currency=purchase.currency,
    )
