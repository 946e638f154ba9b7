"""A gig goes to the category where it belongs, and goes back to its author with reasons: no approval is walked around."""

import pytest

from app.core.database import db
from app.gigs.models import Gig
from tests.factories import a_category, a_category_leader, a_leader, a_member, a_published_gig, run_jobs


@pytest.fixture
def printing(hall):
    return a_category("Print", posting_rule="reviewed")


@pytest.fixture
def tomasz(printing):
    return a_category_leader(printing)


def test_what_waits_for_review_waits_at_the_other_desk(printing, tomasz, browser, outbox):
    engraving = a_category("Engraving")
    noor = a_category_leader(engraving, "Noor Hadid")
    gig = a_published_gig(by=a_member(), category=printing)
    leads, other = browser(tomasz), browser(noor)
    address = f"/gigs/{gig.id}/move"
    assert "Engraving" in leads.get(address).text
    assert leads.post(address, data={"into": str(engraving.id), "why": ""}).status_code == 422
    assert other.post(address, data={"into": str(engraving.id), "why": "Ours."}).status_code in (403, 404)
    assert leads.post(address, data={"into": str(engraving.id), "why": "It is engraved."}).status_code == 302
    run_jobs()
    db.session.expire_all()
    assert (gig.state, gig.category_id) == ("in_review", engraving.id)
    assert "sign lettering" in other.get("/categories/engraving/desk").text
    assert "waits for review" in outbox.to("noor-hadid@example.org").subject
    assert "moved" in outbox.to("maya-okafor@example.org").subject
    # Power ends at the category's edge, also over what was one's own to decide a moment ago.
    assert leads.post(f"/gigs/{gig.id}/approval").status_code in (403, 404)


def test_what_is_live_comes_into_no_reviewed_category_unseen(printing, tomasz, browser):
    drawing = a_category("Drawing")
    live = a_published_gig(by=a_member(), category=drawing)
    draws, answer = (
        browser(a_category_leader(drawing, "Sam Reyes")),
        {"into": str(printing.id), "why": "It is printed."},
    )
    refused = draws.post(f"/gigs/{live.id}/move", data=answer)
    assert refused.status_code == 409
    assert "looks at gigs before they are live" in refused.text
    assert browser(a_leader()).post(f"/gigs/{live.id}/move", data=answer).status_code == 302
    assert db.session.get_one(Gig, (live.tenant_id, live.id), populate_existing=True).category_id == printing.id


def test_usual_reasons_are_ticked_and_read_by_the_author(printing, tomasz, browser):
    leads, gig = browser(tomasz), a_published_gig(by=a_member(), category=printing)
    address = f"/gigs/{gig.id}/return"
    assert "listed here already" in leads.get(address).text
    assert leads.post(address, data={"why": ""}).status_code == 422
    answer = leads.post(address, data={"common": ["dates", "twice"], "why": "Thank you!"})
    assert answer.headers["Location"].endswith(f"/desks/{printing.id}")
    db.session.expire_all()
    assert gig.state == "draft"
    assert [line[:12] for line in gig.state_reason.split("\n")] == ["Say by when ", "It is listed", "Thank you!"]
