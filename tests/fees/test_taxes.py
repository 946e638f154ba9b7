"""Where the leader has Stripe work out taxes, whatever is bought asks for what that needs; else nothing."""

from app.core.database import db
from billing.connections import connection
from tenants.models import Member
from tests.app_fixtures import sign_in
from tests.factories import a_gig, a_member


def test_a_page_asks_for_address_and_tax_number_only_where_tax_is_worked_out(till, client):
    gig = a_gig(by=a_member())
    plain = till.open_page(gig)
    assert (plain["automatic_tax"]["enabled"], plain["tax_id_collection"]["enabled"]) == (False, False)
    sign_in(client, db.session.get_one(Member, (gig.tenant_id, till.leader.id)))
    assert client.post("/desk/money/taxes", data={"works_out_tax": "y"}).status_code == 302
    db.session.expire_all()
    assert connection().works_out_tax
    asked = till.open_page(gig)
    assert (asked["automatic_tax"]["enabled"], asked["tax_id_collection"]["enabled"]) == (True, True)
    assert asked["billing_address_collection"] == "required"
    till.pay(asked)
    # The price holds the tax: what somebody was told is what they pay.
    assert (asked["amount_total"], asked["total_details"]["amount_tax"]) == (500, 83)
    till.money.arrive()
    db.session.expire_all()
    assert gig.state == "open"
    sign_in(client, a_member("Sam Reyes"))
    assert client.post("/desk/money/taxes", data={}).status_code == 403
