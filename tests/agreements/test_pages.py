"""The pages of an agreement, as both sides walk through them."""

from io import BytesIO

import pytest

from app.agreements.models import Agreement
from app.agreements.states import AGREEMENT
from app.core.database import db
from app.gigs.models import Gig
from tenants.models import Member
from tests.factories import a_leader, a_member, a_published_gig, an_agreement, an_application


def member(member_id):
    return db.session.query(Member).filter_by(id=member_id).one()


def sides(agreement, browser):
    return browser(member(agreement.client_id)), browser(member(agreement.worker_id))


def terms_of(page_terms=None, **changes):
    """Return what the form of terms sends."""
    return {
        "title": "Redraw our bakery's sign lettering",
        "scope": "One word, drawn by hand.",
        "effort_span": "total",
        "remote": "y",
        "favour": "A loaf a week.",
        "note": "Shall we?",
    } | changes


def test_the_whole_story_from_a_raised_hand_to_two_reviews(hall, browser):
    maya, sam = a_member(), a_member("Sam Reyes")
    gig = a_published_gig(by=maya, questions=["When could you begin?"])
    author, applicant = browser(maya), browser(sam)

    page = applicant.get(f"/gigs/{gig.id}/applications/new")
    assert "When could you begin?" in page.text
    sent = applicant.post(f"/gigs/{gig.id}/applications", data={"note": "Me, please.", "answer0": "Today."})
    assert sent.status_code == 302
    application_url = sent.location

    page = author.get(f"/gigs/{gig.id}/applications")
    assert "Sam Reyes" in page.text
    assert "Today." in page.text
    assert author.post(f"{application_url}/shortlisting").status_code == 302
    assert "short list" in applicant.get(application_url).text

    assert "Offer the gig to Sam" in author.get(f"{application_url}/offers/new").text
    offered = author.post(f"{application_url}/offers", data=terms_of())
    assert offered.status_code == 302, offered.text
    agreement_url = offered.location

    page = applicant.get(agreement_url)
    assert "Maya offers you the gig" in page.text
    countered = applicant.post(
        f"{agreement_url}/counter-proposals",
        data=terms_of(seen="1", conditions="Two rounds of changes.", note="Nearly."),
    )
    assert countered.status_code == 302
    assert "<ins>" in author.get(agreement_url).text

    assert author.post(f"{agreement_url}/consent", data={"seen": "2"}).status_code == 302
    assert applicant.post(f"{agreement_url}/start").status_code == 302
    handed = applicant.post(
        f"{agreement_url}/deliveries",
        data={"note": "All of it.", "links": "example.org/sign", "files": (BytesIO(b"outlines"), "sign.svg")},
        content_type="multipart/form-data",
    )
    assert handed.status_code == 302, handed.text
    page = author.get(agreement_url)
    assert "https://example.org/sign" in page.text
    assert "sign.svg" in page.text

    agreement = db.session.query(Agreement).one()
    delivery = agreement.waiting_delivery().id
    changes = author.post(f"{agreement_url}/change-requests", data={"seen": delivery, "reason": "The R is wide."})
    assert changes.status_code == 302
    applicant.post(f"{agreement_url}/deliveries", data={"note": "Mended."})
    delivery = agreement.waiting_delivery().id
    assert author.post(f"{agreement_url}/acceptance", data={"seen": delivery}).status_code == 302

    review = {"rating": "5", "text": "Calm and exact."}
    assert author.post(f"{agreement_url}/reviews", data=review).status_code == 302
    assert "Calm and exact." not in applicant.get(agreement_url).text
    applicant.post(f"{agreement_url}/reviews", data={"rating": "4", "text": "Knew what they wanted."})
    assert "Calm and exact." in applicant.get(agreement_url).text
    db.session.expire_all()
    assert agreement.state == "reviewed"
    assert db.session.query(Gig).one().state == "filled"


@pytest.mark.parametrize("state", AGREEMENT.states)
def test_the_page_tells_each_side_where_it_stands(hall, browser, state):
    agreement = an_agreement(state=state)

    for side in sides(agreement, browser):
        page = side.get(f"/agreements/{agreement.id}")
        assert page.status_code == 200
        assert agreement.title in page.text.replace("&#39;", "'")
        assert "What happened" in page.text
        assert side.get("/agreements").status_code == 200


def test_strangers_and_leaders_read_no_agreement_until_somebody_asks_for_a_leader(hall, browser):
    quiet, stranger, leader = an_agreement(state="active"), browser(a_member("Noor Haddad")), browser(a_leader())

    assert stranger.get(f"/agreements/{quiet.id}").status_code == 403
    assert leader.get(f"/agreements/{quiet.id}").status_code == 403

    client, _ = sides(quiet, browser)
    assert client.post(f"/agreements/{quiet.id}/dispute", data={"reason": "We disagree."}).status_code == 302

    assert stranger.get(f"/agreements/{quiet.id}").status_code == 403
    assert "We disagree." in leader.get(f"/agreements/{quiet.id}").text
    assert "We disagree." in leader.get("/disputes").text
    settled = leader.post(f"/agreements/{quiet.id}/settlement", data={"outcome": "finished", "reason": "It is fine."})
    assert settled.status_code == 302
    assert "It is fine." in client.get(f"/agreements/{quiet.id}").text


def test_a_leader_can_let_the_work_go_on(hall, browser):
    agreement, leader = an_agreement(state="disputed"), browser(a_leader())

    leader.post(f"/agreements/{agreement.id}/settlement", data={"outcome": "goes_on", "reason": "Talk, both of you."})

    db.session.refresh(agreement)
    assert agreement.state == "active"


def test_files_are_for_the_two_sides(hall, browser):
    agreement = an_agreement(state="active")
    client, worker = sides(agreement, browser)
    worker.post(
        f"/agreements/{agreement.id}/deliveries",
        data={"files": (BytesIO(b"outlines"), "sign.svg")},
        content_type="multipart/form-data",
    )
    page = client.get(f"/agreements/{agreement.id}").text
    address = page.split('href="/agreements/')[1:]
    href = next(f"/agreements/{part.split(chr(34))[0]}" for part in address if "/files/" in part.split('"')[0])

    assert client.get(href).data == b"outlines"
    assert browser(a_member("Noor Haddad")).get(href).status_code == 403
    assert browser().get(href).status_code == 302


def test_contact_details_appear_once_both_agreed(hall, browser):
    from app.profiles.models import Profile

    agreement = an_agreement()
    worker_id, client_id = agreement.worker_id, agreement.client_id
    profile = db.session.get(Profile, (hall.id, worker_id))
    if profile is None:
        db.session.add(Profile(member_id=worker_id, contact="email_after_agreement", contact_details="sam@example.org"))
    else:
        profile.contact, profile.contact_details = "email_after_agreement", "sam@example.org"
    db.session.commit()
    client, worker = sides(agreement, browser)
    assert "sam@example.org" not in client.get(f"/agreements/{agreement.id}").text

    worker.post(f"/agreements/{agreement.id}/consent", data={"seen": "1"})

    assert "sam@example.org" in client.get(f"/agreements/{agreement.id}").text
    assert client_id != worker_id


@pytest.mark.parametrize(
    ("state", "side", "path", "data", "words"),
    [
        ("agreed", "worker", "consent", {"seen": "1"}, "at “Agreed” already"),
        ("active", "worker", "start", {}, "at “Active” already"),
        ("accepted", "client", "acceptance", {"seen": ""}, "at “Accepted” already"),
        ("cancelled", "client", "cancellation", {"reason": "Again."}, "at “Cancelled” already"),
        ("reviewed", "client", "reviews", {"rating": "5", "text": "More."}, "already written"),
        ("delivered", "worker", "deliveries", {"note": "Again."}, "at “Delivered” already"),
    ],
)
def test_the_second_of_two_tabs_sees_how_it_stands(hall, browser, state, side, path, data, words):
    agreement = an_agreement(state=state)
    client, worker = sides(agreement, browser)

    answer = (client if side == "client" else worker).post(f"/agreements/{agreement.id}/{path}", data=data)

    assert answer.status_code == 409
    assert words in answer.text
    assert f"/agreements/{agreement.id}" in answer.text


def test_nobody_agrees_to_terms_that_they_have_not_seen(hall, browser):
    agreement = an_agreement()
    client, worker = sides(agreement, browser)
    url = f"/agreements/{agreement.id}"
    worker.post(f"{url}/counter-proposals", data=terms_of(seen="1", conditions="A ladder."))
    client.post(f"{url}/counter-proposals", data=terms_of(seen="2", conditions="Two ladders."))

    stale = worker.post(f"{url}/consent", data={"seen": "1"})

    assert stale.status_code == 409
    assert "Other terms have come" in stale.text


def test_nobody_accepts_work_that_they_have_not_seen(hall, browser):
    agreement = an_agreement(state="changes_requested")
    client, worker = sides(agreement, browser)
    worker.post(f"/agreements/{agreement.id}/deliveries", data={"note": "Mended."})

    stale = client.post(f"/agreements/{agreement.id}/acceptance", data={"seen": "0" * 32})

    assert stale.status_code == 409
    assert "Something else has been handed over" in stale.text


def test_milestones_are_written_and_compared(hall, browser):
    application = an_application(
        to=a_published_gig(by=a_member(), settlement="money", pay_kind="fixed", pay_min=48000, currency="GBP")
    )
    author = browser(member(application.gig.author_id))
    parts = {
        "part0_title": "Sketch",
        "part0_amount": "180",
        "part1_title": "Outlines",
        "part1_amount": "300",
        "pay_kind": "fixed",
        "amount": "480",
    }

    more = author.post(f"/applications/{application.id}/offers", data=terms_of(**parts, more="1"))
    assert more.status_code == 200
    assert "part4_title" in more.text
    wrong = author.post(f"/applications/{application.id}/offers", data=terms_of(**parts | {"amount": "500"}))
    assert wrong.status_code == 422
    assert "do not add up" in wrong.text
    right = author.post(f"/applications/{application.id}/offers", data=terms_of(**parts))
    assert right.status_code == 302
    assert "£300" in author.get(right.location).text


def test_lists_say_what_to_do_when_they_are_empty(hall, browser):
    sam, leader = browser(a_member("Sam Reyes")), browser(a_leader())

    assert "Nothing agreed yet" in sam.get("/agreements").text
    assert "Look at gigs" in sam.get("/applications").text
    assert "No disputes" in leader.get("/disputes").text
    assert "No notes" in leader.get("/reviews/notes").text
    assert sam.get("/disputes").status_code == 403


@pytest.mark.parametrize(
    ("state", "side", "pages"),
    [
        ("proposed", "worker", ["counter-proposals/new", "cancellation"]),
        ("active", "worker", ["deliveries/new", "pause", "dispute", "cancellation"]),
        ("delivered", "client", ["change-requests/new", "dispute", "cancellation"]),
        ("accepted", "client", ["reviews/new"]),
        ("cancelled", "worker", ["reviews/new"]),
    ],
)
def test_each_step_has_its_page(hall, browser, state, side, pages):
    agreement = an_agreement(state=state)
    client, worker = sides(agreement, browser)
    for page in pages:
        assert (client if side == "client" else worker).get(f"/agreements/{agreement.id}/{page}").status_code == 200, (
            page
        )
