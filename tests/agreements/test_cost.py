"""What pages cost: a fixed number of statements, however much there is to show."""

import pytest

from app.agreements.terms import MilestoneTerms
from app.core import clock
from app.core.database import db
from tenants.models import Member
from tests.factories import a_member, a_published_gig, acting, an_agreement, an_application


def cost(statements, browser, page):
    browser.get(page)
    statements.clear()
    assert browser.get(page).status_code == 200
    return len(statements)


def test_everybody_who_raised_a_hand_costs_no_more_than_two(hall, browser, statements):
    maya = a_member()
    gig, author = a_published_gig(by=maya), browser(maya)
    for name in ("Sam Reyes", "Noor Haddad"):
        an_application(to=gig, by=a_member(name))
    two = cost(statements, author, f"/gigs/{gig.id}/applications")

    for number in range(10):
        an_application(to=gig, by=a_member(f"Applicant {number}"))

    assert cost(statements, author, f"/gigs/{gig.id}/applications") == two <= 6


@pytest.mark.parametrize("page", ["/agreements", "/applications"])
def test_lists_cost_the_same_however_long(hall, browser, statements, page):
    sam = a_member("Sam Reyes")
    visitor = browser(sam)
    an_agreement(gig=a_published_gig(by=a_member()), applicant=sam)
    one = cost(statements, visitor, page)

    for number in range(6):
        an_agreement(gig=a_published_gig(by=a_member(f"Author {number}")), applicant=sam)

    assert cost(statements, visitor, page) == one <= 4


def test_an_agreement_costs_the_same_after_many_rounds_and_deliveries(hall, browser, statements):
    parts = tuple(MilestoneTerms(f"Part {number}") for number in range(6))
    agreement = an_agreement(state="delivered", milestones=parts)
    client = acting(db.session.get_one(Member, (hall.id, agreement.client_id)))
    worker = acting(db.session.get_one(Member, (hall.id, agreement.worker_id)))
    visitor = browser(db.session.get_one(Member, (hall.id, agreement.client_id)))
    page = f"/agreements/{agreement.id}"
    few = cost(statements, visitor, page)

    for _ in range(4):
        agreement.accept(by=client, seen=agreement.waiting_delivery().id, now=clock.now())
        agreement.deliver(by=worker, note="The next.", now=clock.now())
    db.session.commit()

    assert cost(statements, visitor, page) == few <= 14
