"""What keeps two gigs apart, or somebody from coming along: bans, mandates, projects, and consent that nobody has given."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.applications.models import Application
from app.core import clock
from app.core.database import db
from app.mandates.models import Mandate
from app.merging.failures import PartOfProject, StillInReview, TakesNobody
from app.merging.models import Merge
from app.moderation.models import Measure
from tenants.isolation import scoped
from tenants.mandates import SCOPES
from tenants.restraints import DEEDS_OF_CATEGORY
from tests.factories import (
    a_category,
    a_category_leader,
    a_member,
    a_published_gig,
    acting,
    an_application,
    run_jobs,
)
from tests.projects.arranging import a_project_of

WHY = "It is the same wall."


@pytest.fixture
def printing(hall):
    return a_category("Print")


@pytest.fixture
def tomasz(printing):
    return a_category_leader(printing)


@pytest.fixture
def maya(hall):
    return a_member()


@pytest.fixture
def orla(hall):
    return a_member("Orla Finch")


def waiting_at(gig):
    found = select(Application.applicant_id).where(
        scoped(Application), Application.gig_id == gig.id, Application.state.in_(("sent", "shortlisted"))
    )
    return set(db.session.scalars(found))


def asked(gig, into, by):
    merge = Merge.ask(gig, into, by=acting(by), why=WHY, now=clock.now())
    db.session.commit()
    return merge


def test_nobody_comes_along_who_could_not_apply_there(printing, tomasz, maya, orla):
    gig = a_published_gig(by=maya, category=a_category("Engraving"))
    into = a_published_gig(by=orla, category=printing)
    sam, noor, ana = (a_member(name) for name in ("Sam Reyes", "Noor Hadid", "Ana Lima"))
    hands = [an_application(to=gig, by=one) for one in (sam, noor, ana)]
    # She acts for whose gig it becomes.
    year = clock.now() + timedelta(days=200)
    mandate = Mandate.ask(
        helper_id=ana.id, assisted_id=orla.id, scopes=SCOPES, until=year, words="", by=acting(ana), now=clock.now()
    )  # fmt: skip
    mandate.consent(by=acting(orla), now=clock.now())
    said = {"rule": "Insults", "why": "Names.", "until": year, "deeds": DEEDS_OF_CATEGORY, "category": printing}
    Measure.take("limited", noor.id, by=acting(tomasz), now=clock.now(), **said)
    merge = asked(gig, into, maya)
    merge.agree(by=acting(orla), now=clock.now())
    db.session.commit()
    assert waiting_at(into) == {sam.id}
    assert [one.state for one in hands] == ["sent", "closed", "closed"]


def test_both_who_are_asked_can_answer_wherever_they_read_it(printing, tomasz, maya, orla, browser):
    gig, into = (a_published_gig(by=who, category=printing) for who in (maya, orla))
    merge = asked(gig, into, tomasz)
    # They cannot ask for such a thing at each other's gig, but it is theirs to answer.
    for page in (gig, into):
        assert f"/merges/{merge.id}/consent" in browser(orla).get(f"/gigs/{page.id}").text
    assert f"/merges/{merge.id}" not in browser(a_member("Sam Reyes")).get(f"/gigs/{gig.id}").text


def test_what_waits_for_review_goes_into_no_other_authors_gig(hall, maya, orla, browser):
    reviewed = a_category("Type", posting_rule="reviewed")
    leads = a_category_leader(reviewed, "Ilse Brandt")
    into = a_published_gig(by=orla, category=reviewed, title="Set a line of type")
    into.approve(by=leads)
    gig = a_published_gig(by=maya, category=reviewed)
    with pytest.raises(StillInReview):
        Merge.ask(gig, into, by=acting(leads), why=WHY, now=clock.now())
    db.session.rollback()
    assert "Set a line of type" not in browser(leads).get(f"/gigs/{gig.id}/merging").text


def test_hands_go_only_where_somebody_is_taken(printing, tomasz, maya, orla):
    gig, into = (a_published_gig(by=who, category=printing) for who in (maya, orla))
    an_application(to=gig)
    into.pause(by=acting(orla), why="A holiday.")
    with pytest.raises(TakesNobody):
        Merge.ask(gig, into, by=acting(tomasz), why=WHY, now=clock.now())


def test_nothing_goes_into_what_a_project_was_made_of(printing, tomasz, maya, orla):
    gig, into = (a_published_gig(by=who, category=printing) for who in (maya, orla))
    merge = asked(gig, into, tomasz)
    a_project_of(into, tomasz, orla, consented=False)
    with pytest.raises(PartOfProject):
        merge.agree(by=acting(maya), now=clock.now())


def test_who_wrote_both_is_asked_once_and_nothing_live_ends_without_their_word(printing, tomasz, maya, browser, outbox):
    gig, into = (a_published_gig(by=maya, category=printing, title=f"Paint a wall {number}") for number in (1, 2))
    merge = asked(gig, into, tomasz)
    run_jobs()
    assert [letter.to for letter in outbox.all] == ["maya-okafor@example.org"]
    assert "without your consent" in outbox.to("maya-okafor@example.org").text
    assert (gig.state, merge.state) == ("open", "waiting")
    me = browser(maya)
    assert f"/merges/{merge.id}/consent" in me.get(f"/gigs/{gig.id}").text
    assert me.post(f"/merges/{merge.id}/consent").location.endswith(f"/gigs/{into.id}")
    db.session.expire_all()
    assert (gig.merged_into, merge.state) == (into.id, "merged")
