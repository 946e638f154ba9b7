"""What is paid and one too many goes back, whatever fails in the middle of it."""

import pytest

from app.core import clock
from app.core.database import db
from app.memberships.buying import bought_membership
from app.memberships.models import Membership
from billing.following import follow
from billing.gateway import Unclear
from tenants.isolation import scoped
from tests.factories import a_member
from tests.stripe.disputes import open_dispute
from tests.stripe.returning import create
from tests.stripe.routing import Call


def test_one_subscription_too_many_goes_back_also_when_stripe_fails_in_the_middle_of_it(shop):
    sam = a_member("Sam Reyes")
    first = shop.open_page(sam)
    named = first["client_reference_id"]
    second = shop.open_page(sam)
    first |= {"status": "open", "client_reference_id": named}
    shop.pay(first)
    shop.pay(second)
    _follow(shop, first)
    for request in ("POST /v1/refunds", "DELETE /v1/subscriptions"):
        shop.money.fake.faults.plan("busy", request)
        with pytest.raises(Unclear):
            _follow(shop, second)
    # Whatever ends meanwhile: what has gone back gives nothing.
    bought_membership(sam.id).end(now=clock.now())
    _follow(shop, second)
    had = db.session.query(Membership).filter(scoped(Membership)).all()
    assert [one.subscription_id for one in had] == [first["subscription"]]
    assert shop.world.of(shop.account, "subscription", second["subscription"])["status"] == "canceled"
    assert [one["amount"] for one in shop.all("refund")] == [900]


@pytest.mark.parametrize("how", ["by hand", "by its bank"])
def test_one_too_many_ends_also_when_its_payment_had_gone_back_already(shop, how):
    sam = a_member("Sam Reyes")
    first = shop.open_page(sam)
    named = first["client_reference_id"]
    second = shop.open_page(sam)
    first |= {"status": "open", "client_reference_id": named}
    shop.pay(first)
    shop.pay(second)
    _follow(shop, first)
    charge = shop.all("charge")[-1]
    if how == "by hand":
        create(Call(shop.world, shop.account, "/v1/refunds", {"charge": charge["id"]}))
    else:
        open_dispute(shop.world, shop.account, charge)
    _follow(shop, second)
    assert shop.world.of(shop.account, "subscription", second["subscription"])["status"] == "canceled"
    assert len(shop.all("refund")) == (how == "by hand")
    bought_membership(sam.id).end(now=clock.now())
    _follow(shop, second)
    assert bought_membership(sam.id) is None


def _follow(shop, session):
    follow("connect", "subscription", session["subscription"], shop.account, now=clock.now())
    db.session.commit()
