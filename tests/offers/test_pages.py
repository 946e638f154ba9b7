"""Offers on pages: a leader makes and ends them, a member reads what they pay before they pay it."""

import re

from app.core.database import db
from app.offers.models import Discount
from tenants.isolation import scoped
from tenants.models import Member
from tests.factories import a_member

SPRING = {
    "name": "Spring", "off": "percent", "percent": "50", "currency": "EUR", "amount": "", "lasts": "months", "months": "3",
    "how": "code", "code": "spring-26", "most_uses": "20", "last_day": "",
}  # fmt: skip


def the_leader(fair, browser):
    return browser(db.session.get_one(Member, (fair.journeyman.tenant_id, fair.leader.id)))


def test_a_leader_makes_an_offer_and_a_member_begins_with_it(fair, browser):
    leaders = the_leader(fair, browser)
    assert "No offer yet" in leaders.get("/desk/memberships/offers").text
    assert leaders.post("/desk/memberships/offers", data=SPRING).status_code == 302
    page = leaders.get("/desk/memberships/offers").text
    assert "50% off for 3 months" in page
    assert "used 0 of 20 times" in page
    sam = a_member("Sam Reyes")
    theirs = browser(sam)
    assert "/membership/code" in theirs.get("/membership").text
    typed = theirs.post("/membership/code", data={"code": " Spring 26 "})
    assert typed.headers["Location"].endswith("/membership/code?code=SPRING26")
    page = theirs.get(typed.headers["Location"]).text
    assert "€4.50 a month for 3 months, then €9 a month." in page
    assert "€45 for the first year, then €90 a year." in page
    gone = theirs.post(f"/membership/prices/{fair.price().id}/offer", data={"code": "SPRING26"})
    assert gone.status_code == 303
    fair.pay(fair.session(gone.headers["Location"].rpartition("/")[2]))
    fair.money.arrive()
    page = leaders.get("/desk/memberships/offers").text
    assert "used 1 of 20 times" in page
    assert "€4.50 taken off" in page
    assert "you have one already" not in browser(a_member("Ada Adams")).get("/membership/code?code=SPRING26").text


def test_a_wrong_code_is_answered_kindly_and_stays_where_it_was_typed(fair, browser):
    fair.offer(code="OLD").end(by=fair.leader, now=fair.journeyman.created_at)
    fair.offer(code="MASTERS", tiers=[fair.master.id])
    db.session.commit()
    theirs = browser(a_member("Sam Reyes"))
    for typed, words in (
        ("SUMMR", "There is no such code here"),
        ("old", "This offer has ended"),
        ("", "Type the code"),
    ):
        answer = theirs.post("/membership/code", data={"code": typed})
        assert (answer.status_code, words in answer.text, f'value="{typed}"' in answer.text) == (422, True, True)
        if typed:
            answer = theirs.get("/membership/code", query_string={"code": typed})
            assert (answer.status_code in (404, 409), words in answer.text) == (True, True)
    page = theirs.get("/membership/code?code=MASTERS").text
    assert "<strong>Master</strong>" in page
    assert "<strong>Journeyman</strong>" not in page
    answer = theirs.post(f"/membership/prices/{fair.price().id}/offer", data={"code": "MASTERS"})
    assert (answer.status_code, "not for this membership" in answer.text, "MASTERS" in answer.text) == (409, True, True)
    assert not fair.all("checkout.session")


def test_whoever_tries_many_codes_has_to_wait(fair, browser):
    theirs = browser(a_member("Sam Reyes"))
    answers = [theirs.post("/membership/code", data={"code": f"TRY{number}"}).status_code for number in range(42)]
    assert (answers[0], answers[-1]) == (422, 429)


def test_what_a_leader_forgets_to_say_is_asked_for(fair, browser):
    leaders = the_leader(fair, browser)
    for wrong, words in (
        ({"percent": ""}, "Say how much"),
        ({"months": ""}, "Say for how many months"),
        ({"code": "é!"}, "three to twenty letters"),
        ({"off": "amount"}, "Say how much"),
    ):
        answer = leaders.post("/desk/memberships/offers", data=SPRING | wrong)
        assert (answer.status_code, words in answer.text) == (422, True)
    leaders.post("/desk/memberships/offers", data=SPRING)
    again = leaders.post("/desk/memberships/offers", data=SPRING)
    assert (again.status_code, "has this code" in again.text, 'value="spring-26"' in again.text) == (409, True, True)


def test_a_link_needs_no_code_and_an_answer_that_is_lost_is_asked_for_again(fair, browser, money):
    leaders = the_leader(fair, browser)
    money.fake.faults.plan("broken after", "POST /v1/coupons", times=3)
    answer = leaders.post("/desk/memberships/offers", data=SPRING | {"how": "link", "code": ""})
    assert (answer.status_code, "Not open yet" in answer.text) == (503, True)
    money.fake.faults.planned.clear()
    db.session.expire_all()
    offer = db.session.query(Discount).filter(scoped(Discount)).one()
    assert leaders.post(f"/desk/memberships/offers/{offer.id}/opening").status_code == 302
    assert re.fullmatch("[0-9A-F]{20}", offer.code)
    # A visitor reads what it costs, and comes back to it once they have joined.
    page = browser().get(f"/membership/code?code={offer.code}").text
    assert "Join, then choose" in page
    assert leaders.post(f"/desk/memberships/offers/{offer.id}/end").status_code == 302
    assert "Ended" in leaders.get("/desk/memberships/offers").text


def test_offers_are_the_leaders_alone(fair, browser):
    offer = fair.offer()
    for theirs in (browser(a_member("Sam Reyes")), browser(a_member("Ada Adams", roles=("admin",)))):
        assert theirs.get("/desk/memberships/offers").status_code == 403
        assert theirs.get("/desk/memberships/offers/new").status_code == 403
        assert theirs.post("/desk/memberships/offers", data=SPRING).status_code == 403
        assert theirs.post(f"/desk/memberships/offers/{offer.id}/end").status_code == 403
    assert browser().post(f"/membership/prices/{fair.price().id}/offer", data={"code": "SPRING"}).status_code == 302


def a_bought_gift(fair, browser, giver):
    """Let somebody buy a gift on its pages; return what they see then: its card, by its address."""
    theirs = browser(giver)
    page = theirs.get("/membership/gifts").text
    assert "Journeyman for 3 months, €27" in page
    assert "Journeyman for 12 months, €90" in page
    wrong = theirs.post("/membership/gifts", data={"what": "", "message": "Enjoy!"})
    assert (wrong.status_code, "Choose what you give" in wrong.text, "Enjoy!" in wrong.text) == (422, True, True)
    given = {"what": f"{fair.price().id}:3", "recipient": "Sam", "message": "Enjoy <b>it</b>!"}
    gone = theirs.post("/membership/gifts", data=given)
    session = fair.session(gone.headers["Location"].rpartition("/")[2])
    fair.pay(session)
    back = theirs.get(f"/membership/gifts/return?session={session['id']}")
    return theirs, back.headers["Location"]


def test_a_gift_is_bought_shown_and_redeemed(fair, browser):
    maya, sam = a_member("Maya Okafor"), a_member("Sam Reyes")
    givers, card = a_bought_gift(fair, browser, maya)
    page = givers.get(card).text
    assert "Enjoy &lt;b&gt;it&lt;/b&gt;!" in page
    code = re.search(r"<bdi>([0-9A-Z-]{19})</bdi>", page)[1]
    visitor = browser()
    page = visitor.get(f"/gifts/{code.lower()}").text
    assert "Join, then redeem it" in page
    assert "Maya Okafor" in page
    assert visitor.post(f"/gifts/{code}/redemption").status_code == 302
    theirs = browser(sam)
    # Typed where codes are typed, it leads there too.
    assert code.replace("-", "") in theirs.post("/membership/code", data={"code": code}).headers["Location"]
    assert "Redeem it" in theirs.get(f"/gifts/{code}").text
    assert theirs.post(f"/gifts/{code}/redemption").headers["Location"].endswith("/membership")
    assert "It is yours until" in theirs.get("/membership").text
    assert "You have redeemed it" in theirs.get(f"/gifts/{code}").text
    assert "What you were given" in theirs.get("/membership/gifts").text
    late = browser(a_member("Ada Adams"))
    assert late.get(card).status_code == 404
    answer = late.post(f"/gifts/{code}/redemption")
    assert (answer.status_code, "Somebody has redeemed this gift already" in answer.text) == (409, True)
    unknown = late.get("/gifts/ABCD-EFGH-JKLM-NPQR")
    assert (unknown.status_code, "There is no gift with this code" in unknown.text) == (404, True)


def test_a_leader_pays_back_what_nobody_redeemed(fair, browser):
    _givers, card = a_bought_gift(fair, browser, a_member("Maya Okafor"))
    leaders = the_leader(fair, browser)
    gift_id = card.rpartition("/")[2]
    assert "from Maya Okafor" in leaders.get("/desk/memberships/gifts").text
    assert leaders.post(f"/desk/memberships/gifts/{gift_id}/refund").status_code == 302
    again = leaders.post(f"/desk/memberships/gifts/{gift_id}/refund")
    assert (again.status_code, "nobody has redeemed" in again.text) == (409, True)
    fair.money.arrive()
    assert "Paid back" in leaders.get("/desk/memberships/gifts").text
    assert fair.all("charge")[0]["refunded"]
    assert browser(a_member("Ada Adams", roles=("admin",))).get("/desk/memberships/gifts").status_code == 403
