"""Who worked with a member says which skills they saw; it counts once the member says so, and only while both are here."""

import pytest
from sqlalchemy import select

from app.categories.models import Skill
from app.categories.names import merge
from app.core import clock
from app.core.database import db
from app.departures.departure import leave
from app.endorsements.failures import KeptApart, NotFinished
from app.endorsements.models import Endorsement, endorsable, endorse
from app.endorsements.queries import said_about
from app.matching.engine import gigs_for
from app.matching.reasons import to_member
from app.people.queries import person
from app.profiles.blocks import Block
from app.profiles.models.skills import set_skills
from tenants.isolation import scoped
from tenants.models import Member
from tests.factories import a_member, a_published_gig, a_user, acting, an_agreement, run_jobs


@pytest.fixture
def work(hall):
    """Work that is accepted, whose gig asked for gilding; whoever did it claims lettering too."""
    maya = a_member("Maya Okafor", user=a_user("Maya Okafor", email="maya@example.org"))
    gig = a_published_gig(by=a_member("Zoe Roe"), skills_needed=["Gilding"])
    set_skills(maya.id, {"held": ["Lettering"]})
    return an_agreement(state="accepted", gig=gig, applicant=maya)


def one(member_id):
    return db.session.scalars(select(Member).where(scoped(Member), Member.id == member_id)).one()


def sides(work):
    return one(work.client_id), one(work.worker_id)


def all_said(work, *, shown=False):
    client, worker = sides(work)
    seen = [skill_id for skill_id, _ in endorsable(work, worker.id)]
    said = endorse(work, seen, by=acting(client), now=clock.now())
    for each in said if shown else ():
        each.show(by=acting(worker), now=clock.now())
    db.session.commit()
    return said


def counts(member_id):
    return {name: times for name, _slug, times in person(member_id, None).held or ()}


def test_reading_what_was_said_keeps_nobody_waiting(work, browser, statements):
    all_said(work)
    client, _worker = sides(work)
    page = browser(client)
    for path in (f"/agreements/{work.id}", f"/agreements/{work.id}/endorsements"):
        statements.clear()
        assert page.get(path).status_code == 200
        read = [one for one in statements if "FROM endorsements" in one]
        assert read, path
        assert not [one for one in read if "FOR UPDATE" in one], path


def test_what_the_gig_asked_for_and_the_profile_claims_can_be_endorsed_of_whoever_did_the_work(work):
    client, worker = sides(work)
    assert [name for _, name in endorsable(work, worker.id)] == ["Gilding", "Lettering"]
    assert endorsable(work, client.id) == []


def test_it_is_told_and_counted_beside_the_skill_when_the_member_says_so(work, browser, outbox):
    client, worker = sides(work)
    theirs, own, form = browser(client), browser(worker), f"/agreements/{work.id}/endorsements"
    assert form in theirs.get(f"/agreements/{work.id}").text
    theirs.post(form, data={"skills": [str(skill_id) for skill_id, _ in endorsable(work, worker.id)]})
    run_jobs()
    letter = outbox.to("maya@example.org")
    assert "endorses your skills" in letter.subject
    assert "Gilding" in letter.text
    assert counts(worker.id) == {"Lettering": 0}
    assert "Gilding" in own.get("/endorsements").text
    gilding = next(said for said in said_about(worker.id)[0].skills if said.skill == "Gilding")
    own.post(f"/endorsements/{gilding.id}/show")
    # What was not on the profile is from then on.
    assert counts(worker.id) == {"Lettering": 0, "Gilding": 1}
    own.post("/endorsements/shown")
    assert counts(worker.id) == {"Lettering": 1, "Gilding": 1}
    assert "endorsed by 1" in browser().get(f"/people/{worker.id}").text
    own.post(f"/endorsements/{gilding.id}/hide")
    assert counts(worker.id)["Gilding"] == 0


def test_only_the_sides_endorse_and_only_whom_it_is_about_decides(work, browser):
    client, worker = sides(work)
    (said, *_) = all_said(work)
    stranger = a_member("Kim Lund")
    form = f"/agreements/{work.id}/endorsements"
    assert [browser(who).get(form).status_code for who in (client, worker, stranger)] == [200, 200, 403]
    assert [browser(who).post(f"/endorsements/{said.id}/show").status_code for who in (client, stranger, worker)] == [
        403,
        403,
        302,
    ]


def test_what_is_ticked_no_more_is_taken_back_and_said_again_counts_once(work):
    client, worker = sides(work)
    first, second = all_said(work, shown=True)
    assert endorse(work, [first.skill_id, second.skill_id], by=acting(client), now=clock.now()) == []
    endorse(work, [first.skill_id], by=acting(client), now=clock.now())
    db.session.commit()
    assert counts(worker.id) == {"Lettering": 0, "Gilding": 1}


def test_nobody_endorses_before_the_work_is_accepted_nor_across_a_block(work):
    client, worker = sides(work)
    begun = an_agreement(state="active")
    with pytest.raises(NotFinished):
        endorse(begun, [], by=acting(one(begun.client_id)), now=clock.now())
    Block.put(client.id, by=acting(worker), now=clock.now())
    with pytest.raises(KeptApart):
        endorse(work, [], by=acting(client), now=clock.now())


def test_endorsements_go_with_whoever_leaves_and_follow_a_skill_that_becomes_another(work):
    client, worker = sides(work)
    all_said(work, shown=True)
    names = {skill.name: skill for skill in db.session.scalars(select(Skill).where(scoped(Skill)))}
    merge(names["Gilding"], names["Lettering"], by=acting(client), now=clock.now())
    db.session.commit()
    assert counts(worker.id) == {"Lettering": 1}
    leave(acting(worker), now=clock.now())
    db.session.commit()
    assert db.session.scalars(select(Endorsement).where(scoped(Endorsement))).all() == []


def test_matching_counts_it_and_says_so(work):
    _, worker = sides(work)
    gig = a_published_gig(by=a_member("Li Wei"), skills_needed=["Lettering"], title="Letter a boat")

    def match():
        return next(found for found in gigs_for(worker, now=clock.now()) if found.id == gig.id)

    before = match()
    all_said(work, shown=True)
    after = match()
    assert "you are endorsed for Lettering" in to_member(after.parts)
    assert "endorsed" not in to_member(before.parts)
    assert after.score > before.score
