"""A fee that a bank takes back, a refund that fails, and tax: booked, told, healed at night."""

import csv
import io

import pytest

from app.core import clock
from app.core.database import db
from app.fees.asking import featured_until
from app.fees.disputes import FeeTakenBack
from app.fees.models import GigPurchase
from app.statements.files import lines_of_party
from app.statements.statement import statement_of
from billing.connections import connection
from billing.jobs import reconcile_all
from billing.reconciling import Found
from billing.statements import as_csv, balance, balances
from tenants.context import platform_context
from tenants.isolation import scoped
from tenants.models import Member
from tests.app_fixtures import sign_in
from tests.factories import a_category, a_gig, a_member, a_published_gig, run_jobs
from tests.stripe.disputes import end_dispute, open_dispute
from tests.stripe.returning import fail_refund


def author_of(gig):
    return db.session.get_one(Member, (gig.tenant_id, gig.author_id))


def books():
    return {one.account: one.amount for one in balances() if one.amount}


def purchase():
    return db.session.scalars(db.select(GigPurchase).where(scoped(GigPurchase)).order_by(GigPurchase.id.desc())).first()


def disputed(till):
    world = till.money.fake.world
    return open_dispute(world, till.account, world.of(till.account, "charge", purchase().charge_id))


def decide(till, dispute, *, won):
    end_dispute(till.money.fake.world, till.account, dispute, won=won)


def arrives(till, how):
    """Let webhooks tell of it, or none: then the night finds it."""
    if how == "told":
        till.money.arrive()
    else:
        till.money.days_pass(1)
        till.money.fake.world.untold.clear()
        db.session.commit()
        with platform_context():
            reconcile_all()
            db.session.commit()
        run_jobs()
    db.session.expire_all()


@pytest.mark.parametrize("how", ["told", "at night"])
def test_a_gig_whose_fee_is_disputed_rests_and_goes_on_when_it_is_won(till, outbox, how):
    gig = a_gig(by=a_member())
    till.buy(gig)
    dispute = disputed(till)
    arrives(till, how)
    assert (gig.state, purchase().state) == ("paused", "disputed")
    assert books()["disputes"] == 500
    with pytest.raises(FeeTakenBack):
        gig.resume(by=author_of(gig))
    db.session.rollback()
    decide(till, dispute, won=True)
    arrives(till, how)
    assert (gig.state, purchase().state) == ("open", "paid")
    assert "disputes" not in books()
    assert books()["stripe"] == till.money.fake.world.balance(till.account, "eur", available=False)
    assert "The bank has given back the fee" in outbox.to("maya-okafor@example.org").subject


def test_a_gig_whose_fee_the_bank_keeps_rests_until_it_is_paid_anew(till, client, outbox):
    gig = a_gig(by=a_member())
    till.buy(gig)
    decide(till, disputed(till), won=False)
    till.money.arrive()
    db.session.expire_all()
    assert (gig.state, purchase().state) == ("paused", "lost")
    sign_in(client, author_of(gig))
    page = client.get(f"/gigs/{gig.id}").text
    assert "Pay it anew, and it is live again." in page
    assert "Invoice for posting it" in page
    till.buy(gig)
    assert gig.state == "open"
    gig.pause(by=author_of(gig), why="On holiday.")
    gig.resume(by=author_of(gig))
    assert gig.state == "open"


def test_a_gig_whose_fee_was_lost_goes_on_once_nothing_is_asked_for_any_more(till, client, outbox):
    gig = a_gig(by=a_member())
    till.buy(gig)
    decide(till, disputed(till), won=False)
    till.money.arrive()
    db.session.expire_all()
    sign_in(client, author_of(gig))
    assert "It is not paid yet" in client.get(f"/fees/{gig.id}/listing", follow_redirects=True).text
    till.ask({})
    page = client.get(f"/gigs/{gig.id}").text
    assert "Pay it anew" not in page
    assert f"/gigs/{gig.id}/resumption" in page
    gig.resume(by=author_of(gig))
    assert gig.state == "open"


def test_a_fee_paid_anew_that_is_gone_before_we_hear_of_it_lets_nothing_go_on(till, outbox):
    gig = a_gig(by=a_member())
    till.buy(gig)
    decide(till, disputed(till), won=False)
    till.money.arrive()
    db.session.expire_all()
    page = till.open_page(gig)
    till.pay(page)
    world = till.money.fake.world
    open_dispute(world, till.account, world.all(till.account, "charge")[-1])
    till.money.arrive()
    db.session.expire_all()
    assert (gig.state, purchase().state) == ("paused", "disputed")
    assert books()["stripe"] == world.balance(till.account, "eur", available=False)


def test_what_is_featured_loses_its_place_while_disputed_and_gets_the_days_back(till, outbox):
    till.ask({("featured", None): 1000})
    gig = a_published_gig(by=a_member())
    till.buy(gig, "featured")
    until = featured_until(gig.id, now=clock.now())
    dispute = disputed(till)
    arrives(till, "told")
    assert (gig.state, featured_until(gig.id, now=clock.now())) == ("open", None)
    till.money.days_pass(10)
    decide(till, dispute, won=True)
    arrives(till, "told")
    again = featured_until(gig.id, now=clock.now())
    assert 9 < (again - until).total_seconds() / 86_400 < 11


@pytest.mark.parametrize("how", ["told", "at night"])
def test_a_refund_that_fails_is_booked_back_and_told(till, outbox, how):
    gig = a_gig(by=a_member(), category=a_category("Careful", posting_rule="reviewed"))
    till.buy(gig)
    gig.hand_back(by=till.leader, why="Say more.")
    db.session.commit()
    run_jobs()
    arrives(till, "told")
    assert balance("fees.listing", "EUR") == 0
    world = till.money.fake.world
    fail_refund(world, till.account, world.all(till.account, "refund")[0])
    arrives(till, how)
    assert balance("fees.listing", "EUR") == -500
    assert books()["stripe"] == world.balance(till.account, "eur", available=False)
    assert "could not be sent back to you" in outbox.to("maya-okafor@example.org").subject
    assert [one.state for one in db.session.scalars(db.select(Found).where(scoped(Found)))] in ([], ["healed"])


def test_tax_is_no_income_and_goes_back_with_what_goes_back(till, client, outbox):
    connection().works_out_tax = True
    db.session.commit()
    gig = a_gig(by=a_member(), title="=Paint(the boathouse)")
    till.buy(gig)
    assert (books()["fees.listing"], books()["tax"]) == (-417, -83)
    rows = list(lines_of_party(statement_of(gig.author_id, clock.now().date().replace(day=1))))
    assert {row[5] for row in rows if row[2] == "gig fee"} == {"'=Paint(the boathouse)"}
    assert {row[1] for row in rows if row[2] == "gig fee"} == {"fees.listing", "tax"}
    told = list(csv.DictReader(io.StringIO("".join(as_csv()))))
    assert {one["about"] for one in told} == {"'=Paint(the boathouse)"}
    sign_in(client, author_of(gig))
    assert f'<a href="/gigs/{gig.id}">' in client.get("/work/statements").text
    assert purchase().page_url.startswith(till.money.fake.world.base)
    world = till.money.fake.world
    decide(till, disputed(till), won=False)
    arrives(till, "told")
    assert books()["disputes"] == 417
    assert "tax" not in books()
    assert books()["stripe"] == world.balance(till.account, "eur", available=False)
