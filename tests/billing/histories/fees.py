"""What posting a gig costs, and having it stand out: paid on pages, thrown away, given back, taken back by banks."""

import random
from contextlib import suppress
from typing import Any

from sqlalchemy import select

from app.core import clock
from app.core.database import db
from app.fees.buying import pay_for
from app.fees.models import GigPurchase
from app.gigs.models import Gig
from billing.following import follow
from tenants.context import current_tenant_id
from tenants.isolation import scoped
from tenants.models import Member
from tests.billing.histories.life import Life
from tests.billing.histories.telling import happens, holds
from tests.factories import acting
from tests.stripe import checkout
from tests.stripe.problems import Declined, Problem
from tests.stripe.world import Thing

_CARDS = ("pm_card_visa", "pm_card_visa", "pm_card_chargeDeclined", "pm_card_authenticationRequired")
_LINKS = {"success_url": "http://designers.localhost/back", "cancel_url": "http://designers.localhost/away"}


def _gig(life: Life, chance: random.Random) -> Gig | None:
    """Return one of the gigs, or None where it was a draft whose author has left."""
    key = (current_tenant_id(), chance.choice(life.gig_ids))
    return db.session.get(Gig, key, populate_existing=True)


@happens(9)
def an_author_goes_to_pay_for_a_gig(life: Life, chance: random.Random) -> None:
    gig, kind = _gig(life, chance), chance.choice(("listing", "featured"))
    if gig is None:
        return
    if gig.state == "draft" and chance.random() < 0.8:
        kind = "listing"
    author = acting(db.session.get_one(Member, (gig.tenant_id, gig.author_id)))
    url = life.tries(lambda: pay_for(gig, kind, by=author, now=clock.now(), **_LINKS))
    if url:
        life.fee_pages.append((url.split("/")[-2], url.rpartition("/")[2]))
        if chance.random() < 0.7:
            an_author_pays_for_a_gig(life, chance)


@happens(3)
def an_author_pays_for_a_gig(life: Life, chance: random.Random) -> None:
    """Also on a page that was left open in another tab."""
    if not life.fee_pages:
        return
    account, session_id = life.fee_pages[-1] if chance.random() < 0.7 else chance.choice(life.fee_pages)
    with suppress(Declined, Problem, checkout.NeedsOwner):
        session = life.world.of(account, "checkout.session", session_id)
        card, answer = chance.choice(_CARDS), chance.random() < 0.7
        checkout.pay(life.world, account, session, card, email="maya@example.org", approved=answer)
        if chance.random() < 0.6:
            # Back from there, perhaps before anything was told.
            life.tries(lambda: follow("connect", "checkout.session", session_id, account, now=clock.now()))


@happens(2)
def a_gig_is_posted(life: Life, chance: random.Random) -> None:
    _moves(life, chance, lambda gig, author: gig.publish(by=author))


@happens(2)
def a_gig_is_thrown_away_or_closed(life: Life, chance: random.Random) -> None:
    def end(gig: Gig, author: Any) -> None:
        if gig.state == "draft":
            gig.discard(by=author)
        else:
            gig.close(by=author, why="It is done.")

    _moves(life, chance, end)


def _moves(life: Life, chance: random.Random, deed: Any) -> None:
    gig = _gig(life, chance)
    if gig is None:
        return
    author = db.session.get_one(Member, (gig.tenant_id, gig.author_id))
    life.tries(lambda: deed(gig, author))


@holds
def a_fee_that_was_paid_did_something_or_went_back(life: Life) -> None:
    """Each page is as it is at Stripe; what was paid let a gig be posted, or stand out, or may yet; else it went back."""
    ours = {one.session_id: one for one in _purchases() if one.account_id == life.account}
    for session in life.things("checkout.session"):
        if "gig_purchase" not in session["metadata"]:
            continue
        mine, intent = ours.get(session["id"]), session["payment_intent"]
        if mine is None:
            assert session["status"] != "complete", f"{session['id']} was paid, and we do not know of it"
        elif session["status"] != "complete":
            assert (mine.state, mine.charge_id) == ({"open": "open", "expired": "closed"}[session["status"]], None)
        else:
            (charge,) = life.things("charge", payment_intent=intent, paid=True)
            assert mine.charge_id == charge["id"], f"{session['id']} was paid, and gave nothing"
            assert mine.state == _state(life, charge), f"{session['id']} is {mine.state}"
            assert charge["disputed"] or mine.state == "given_back" or _did_something(life, mine), session["id"]
    for gig_id in life.gig_ids:
        open_ones = [one for one in ours.values() if one.gig_id == gig_id and one.state == "open"]
        assert len({one.kind for one in open_ones}) == len(open_ones), "two pages for the same can be paid"


def _state(life: Life, charge: Thing) -> str:
    """Return what a purchase is whose payment stands so: banks decide on what was not given back."""
    decided = {one["status"] for one in life.things("dispute", charge=charge["id"])} - {"won"}
    taken = "lost" if "lost" in decided else "disputed" if decided else "paid"
    return "given_back" if charge["refunded"] else taken


def _did_something(life: Life, purchase: GigPurchase) -> bool:
    if purchase.kind == "featured":
        return purchase.until is not None
    gig = db.session.get(Gig, (current_tenant_id(), purchase.gig_id)) if purchase.gig_id else None
    # One that was not let through yet may be posted at any time: it is paid for.
    return gig is not None and (
        gig.published_at is not None or (gig.state == "draft" and gig.author_id not in life.gone)
    )


def fee_charges() -> set[str]:
    """Return the payments that are known to be for gigs."""
    return {one.charge_id for one in _purchases() if one.charge_id}


def _purchases() -> list[GigPurchase]:
    return list(db.session.scalars(select(GigPurchase).where(scoped(GigPurchase))))
