"""A certificate says what its holder chose, to whoever has its code, as long as it stands; and nothing afterwards."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from app.attestations.keys import rotate
from app.categories.offices import TermOfOffice
from app.certificates import codes
from app.certificates.codes import code_of
from app.certificates.issuing import grounds_of, issue
from app.certificates.models import Certificate
from app.core import clock
from app.core.database import db
from app.core.languages import speaking
from app.departures.departure import leave
from app.experts.models import Expertise, Vetting
from app.gigs.models import Gig
from tenants.context import tenant_context
from tenants.isolation import scoped
from tenants.models import Member, Tenant
from tests.factories import a_category, a_hall, a_leader, a_member, a_published_gig, acting, an_agreement, run_jobs
from tests.reading_paper import words_of

WHY = "The work was done by somebody else."
# What the work was called, but for what pages write in another way.
TITLE = "sign lettering"


@pytest.fixture
def agreement(hall):
    return an_agreement(state="reviewed")


@pytest.fixture
def worker(agreement):
    return db.session.get_one(Member, (agreement.tenant_id, agreement.worker_id))


def certified(holder, *, details=("category", "title", "month")):
    (ground,) = grounds_of(holder.id)
    certificate = issue(ground, list(details), by=acting(holder), now=clock.now())
    db.session.commit()
    return certificate


def looked_up(browser, certificate):
    return browser().get(f"/certified/{code_of(certificate.id)}")


def test_it_is_issued_with_what_its_holder_chose_and_anybody_with_the_code_reads_it(agreement, worker, browser):
    own = browser(worker)
    assert "Have it certified" in own.get("/certificates").text
    where = f"/certificates/of/work/{agreement.id}"
    assert TITLE in own.get(where).text
    assert own.post(where, data={"details": ["category"]}).status_code == 302
    certificate = db.session.scalars(select(Certificate).where(scoped(Certificate))).one()
    assert code_of(certificate.id) in own.get("/certificates").text
    answer = looked_up(browser, certificate)
    assert worker.name in answer.text
    assert "It stands." in answer.text
    assert "Lettering" in answer.text
    for untold in (TITLE, "Finished in"):
        assert untold not in answer.text
    assert answer.headers["X-Robots-Tag"] == "noindex"
    # Once; a second form says so.
    assert own.post(where, data={"details": []}).status_code == 409


def test_it_is_open_where_only_members_look_inside_and_tells_no_title_there(agreement, worker, browser):
    db.session.get_one(Tenant, agreement.tenant_id).who_may_see = "members"
    db.session.commit()
    me = browser(worker)
    assert TITLE not in me.get(f"/certificates/of/work/{agreement.id}").text.partition("<form")[2]
    assert me.post(f"/certificates/of/work/{agreement.id}", data={"details": ["title"]}).status_code == 422
    me.post(f"/certificates/of/work/{agreement.id}", data={"details": ["month"]})
    certificate = db.session.scalars(select(Certificate).where(scoped(Certificate))).one()
    page = looked_up(browser, certificate).text
    assert worker.name in page
    assert TITLE not in page


def test_only_whoever_did_finished_work_has_it_certified(agreement, browser):
    where = f"/certificates/of/work/{agreement.id}"
    client = db.session.get_one(Member, (agreement.tenant_id, agreement.client_id))
    assert browser(client).get(where).status_code == 404
    agreement.state = "active"
    db.session.commit()
    worker = db.session.get_one(Member, (agreement.tenant_id, agreement.worker_id))
    assert browser(worker).get(where).status_code == 404


def test_work_that_was_disputed_and_ended_is_never_certified_as_accepted(hall, browser):
    agreement = an_agreement(state="resolved")
    agreement.review(now=clock.now())
    db.session.commit()
    assert agreement.state == "reviewed"
    own = browser(db.session.get_one(Member, (agreement.tenant_id, agreement.worker_id)))
    assert own.get(f"/certificates/of/work/{agreement.id}").status_code == 404
    for page in ("/certificates", f"/agreements/{agreement.id}"):
        answer = own.get(page)
        assert answer.status_code == 200
        assert "ertified" not in answer.text.partition("<main")[2].partition("</main")[0].replace(
            "can be certified", ""
        )


def test_work_in_no_category_is_certified_and_a_removed_title_is_not_carried_outside(agreement, worker, browser):
    gig = db.session.get_one(Gig, (agreement.tenant_id, agreement.gig_id))
    gig.category_id = None
    db.session.commit()
    assert grounds_of(worker.id)[0].details.keys() == {"month", "title"}
    gig.state = "removed"
    db.session.commit()
    assert grounds_of(worker.id)[0].details.keys() == {"month"}


def test_whoever_guesses_finds_nothing_and_is_soon_told_to_stop(worker, browser, monkeypatch):
    certificate = certified(worker)
    monkeypatch.setattr(codes, "_TRIES", 4)
    code, looks = code_of(certificate.id), browser()
    assert re.fullmatch(r"([2-9A-HJ-NP-Z]{4}-){4}[2-9A-HJ-NP-Z]{4}", code)
    assert looks.get(f"/certified/{code.lower().replace('-', '')}").status_code == 200
    assert [looks.get(f"/certified/{code[:-1]}{last}").status_code for last in "?!."] == [404, 404, 404]
    assert looks.get(f"/certified/{code}").status_code == 429


def test_taken_back_it_tells_nothing_but_that(worker, browser):
    certificate = certified(worker)
    assert browser(a_member("Kim Lund")).post(f"/certificates/{certificate.id}/withdrawal").status_code == 404
    assert browser(worker).post(f"/certificates/{certificate.id}/withdrawal").status_code == 302
    page = looked_up(browser, certificate).text
    assert "Taken back by its holder" in page
    assert worker.name not in page
    assert browser(worker).get(f"/certificates/{certificate.id}/certificate.pdf").status_code == 409
    # Then another can be issued, under another code.
    assert code_of(certified(worker).id) != code_of(certificate.id)


def test_a_leader_annuls_it_for_a_reason_that_its_holder_alone_reads(worker, browser, outbox):
    certificate, leader = certified(worker), a_leader()
    where = f"/desk/certificates/{certificate.id}/annulment"
    assert browser(worker).post(where, data={"why": WHY}).status_code == 403
    desk = browser(leader)
    assert where in desk.get("/desk/certificates").text
    assert desk.post(where, data={"why": ""}).status_code == 422
    assert desk.post(where, data={"why": WHY}).status_code == 302
    run_jobs()
    assert WHY in browser(worker).get("/certificates").text
    assert "no longer stands" in browser(worker).get("/notifications").text
    page = looked_up(browser, certificate).text
    assert "Annulled by the marketplace" in page
    assert WHY not in page
    assert worker.name not in page
    # Nor does whoever held it have another one made.
    own, of_it = browser(worker), f"/certificates/of/work/{certificate.agreement_id}"
    assert of_it not in own.get("/certificates").text
    refused = own.post(of_it, data={"details": ["category"]})
    assert refused.status_code == 409
    assert "it issues no other" in refused.text


def test_it_stands_only_while_the_signature_does(agreement, worker, browser):
    certificate = certified(worker)
    for change, undo in (
        ({"payload": certificate.payload.replace("Lettering", "Surgery")}, {"payload": certificate.payload}),
        ({"signature": bytes(64)}, {"signature": certificate.signature}),
    ):
        for values, stands in ((change, False), (undo, True)):
            for name, value in values.items():
                setattr(certificate, name, value)
            db.session.commit()
            assert ("It stands." in looked_up(browser, certificate).text) is stands
    rotate(clock.now())
    db.session.commit()
    assert "It stands." in looked_up(browser, certificate).text
    client = db.session.get_one(Member, (agreement.tenant_id, agreement.client_id))
    gig = a_published_gig(by=client, title="Another wall")
    an_agreement(gig=gig, applicant=worker, state="accepted")
    fresh = certified(worker)
    rotate(clock.now(), give_up=True)
    db.session.commit()
    assert "can no longer be relied on" in looked_up(browser, fresh).text
    assert "It stands." in looked_up(browser, certificate).text
    # Taken back it makes room for another one.
    own = browser(worker).get("/certificates").text
    assert f"/certificates/{fresh.id}/certificate.pdf" not in own
    assert f"/certificates/{fresh.id}/withdrawal" in own
    browser(worker).post(f"/certificates/{fresh.id}/withdrawal")
    assert "It stands." in looked_up(browser, certified(worker)).text


def test_pages_read_what_certificates_rest_on_once_and_lock_nothing(agreement, worker, browser, statements):
    gig = a_published_gig(by=db.session.get_one(Member, (agreement.tenant_id, agreement.client_id)), title="A wall")
    certificate = certified(worker)
    an_agreement(gig=gig, applicant=worker, state="accepted")
    certified(worker)
    own, desk = browser(worker), browser(a_leader())
    statements.clear()
    assert own.get("/certificates").text.count("It stands.") == 2
    assert sum("FROM attestation_keys" in one for one in statements) == 1
    own.get(f"/certificates/{certificate.id}/certificate.pdf")
    desk.get(f"/desk/certificates/{certificate.id}/annulment")
    assert not any("FROM certificates" in one and "FOR UPDATE" in one for one in statements)


def test_it_goes_with_its_holder_and_no_other_marketplace_knows_its_code(worker, browser):
    certificate = certified(worker)
    code = code_of(certificate.id)
    db.session.commit()
    with tenant_context(a_hall("hillside")):
        db.session.commit()
    assert browser(host="hillside.localhost").get(f"/certified/{code}").status_code == 404
    leave(acting(worker), now=clock.now())
    db.session.commit()
    answer = browser().get(f"/certified/{code}")
    assert answer.status_code == 404
    assert "it went with them" in answer.text


def a_vetted_expert():
    field, expert, now = a_category("Print"), a_member("Maya Okafor"), clock.now()
    vetting = Vetting.ask(field, by=acting(expert), words="Twelve years of shopfronts and boats.", now=now)
    for name in ("Kofi Mensah", "Odile Rey"):
        decider = a_member(name)
        TermOfOffice.begin(field, decider, "expert", starts_on=now.date(), ends_on=None, by=None, now=now)
        db.session.flush()
        vetting.say(True, by=acting(decider), why="I saw the boats she lettered.", now=now)
    db.session.commit()
    return expert


def test_what_a_category_vetted_holds_as_long_as_the_vetting_does(hall, browser):
    expert = a_vetted_expert()
    vetted = db.session.scalars(select(Expertise).where(scoped(Expertise))).one()
    vetted.level, until = "Journeyman", vetted.valid_until
    certificate = certified(expert, details=("level", "until"))
    page = looked_up(browser, certificate).text
    assert "Certificate of vetting" in page
    assert "Holds until" in page
    for ended_at, holds in ((clock.now(), False), (None, True)):
        vetted.ended_at = ended_at
        db.session.commit()
        assert ("It stands." in looked_up(browser, certificate).text) is holds
    # Renewed it goes on; at another level, or for a shorter time, it is no longer what was signed.
    for level, days, holds in (
        ("Journeyman", 9, True),
        ("Apprentice", 9, False),
        ("Journeyman", -1, False),
        ("Journeyman", 0, True),
    ):
        vetted.level, vetted.valid_until = level, until + timedelta(days=days)
        db.session.commit()
        assert ("It stands." in looked_up(browser, certificate).text) is holds
    with clock.travel(to=clock.now() + timedelta(days=4000)):
        later = looked_up(browser, certificate).text
    assert "holds no longer" in later
    assert expert.name not in later


@pytest.mark.parametrize(("language", "word"), [("en", "Issued on"), ("de", "Ausgestellt am"), ("ar", "صدرت")])
def test_on_paper_it_says_the_same_with_its_link(worker, browser, language, word):
    certificate = certified(worker)
    worker.locale = language
    db.session.commit()
    answer = browser(worker).get(f"/certificates/{certificate.id}/certificate.pdf")
    assert answer.mimetype == "application/pdf"
    said = words_of(answer.data)
    with speaking(language):
        assert set(word) <= set(said)
    assert worker.name in said
    assert f"/certified/{code_of(certificate.id)}" in said
