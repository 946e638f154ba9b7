"""Being vetted: two decide blind to each other, nobody about themselves, ties go to leaders, and everything ends by the clock."""

import io
from datetime import timedelta

import pytest
from sqlalchemy import select

from app.activity.models import Activity
from app.activity.stateful import NotYours
from app.categories.dissolving import dissolve
from app.categories.models import Skill
from app.categories.names import merge
from app.categories.offices import TermOfOffice, close_ended
from app.categories.offices import remind_of_ends as remind_of_terms
from app.categories.vocabulary import skills_named
from app.category_desk.jobs import remind as remind_desks
from app.category_desk.queue import queue
from app.core import clock
from app.core.database import db
from app.core.store import key_for, store
from app.core.transitions import WrongState
from app.departures.departure import leave
from app.experts.failures import (
    AboutYourself,
    AskedAlready,
    BenchClosed,
    NotYoursToDecide,
    SaidAlready,
    TieUnsaid,
    TooSoon,
    VettedAlready,
)
from app.experts.jobs import tick
from app.experts.models import Bench, Expertise, Paper, Vetting
from app.experts.models.expertise import close_over, remind_of_ends
from app.experts.queries import bench_of, vetted_for
from tenants.context import current_tenant_id
from tenants.isolation import scoped
from tenants.models import Role
from tests.factories import a_category, a_leader, a_member, a_published_gig, a_user, acting, an_agreement, run_jobs

WHY = "I saw the boats she lettered, and how she spaced them."
WORDS = "Twelve years of shopfronts and boats, the last six on my own account."


@pytest.fixture
def field(hall):
    return a_category("Print")


@pytest.fixture
def maya(hall):
    return a_member("Maya Okafor", user=a_user("Maya Okafor", email="maya@example.org"))


def in_office(category, name, office="expert"):
    member, now = a_member(name), clock.now()
    TermOfOffice.begin(category, member, office, starts_on=now.date(), ends_on=None, by=None, now=now)
    db.session.commit()
    return member


@pytest.fixture
def kofi(field):
    return in_office(field, "Kofi Mensah", "category_leader")


@pytest.fixture
def odile(field):
    return in_office(field, "Odile Rey")


def asked(category, member, **what):
    vetting = Vetting.ask(category, by=acting(member), words=WORDS, now=clock.now(), **what)
    db.session.commit()
    return vetting


def say(vetting, member, yes=True, **more):
    opinion = vetting.say(yes, by=acting(member), why=WHY, now=clock.now(), **more)
    db.session.commit()
    return opinion


def vetted(category, member, *deciders, **what):
    vetting = asked(category, member, **what)
    for one in deciders:
        say(vetting, one)
    return vetting


def told(kind, verb):
    found = select(Activity).where(scoped(Activity), Activity.subject_kind == kind, Activity.verb == verb)
    return list(db.session.scalars(found.order_by(Activity.id)))


def later(**span):
    return clock.travel(to=clock.now() + timedelta(**span))


def test_two_who_say_yes_make_an_expert_for_a_time(field, maya, kofi, odile, browser, outbox):
    Bench.settle(
        field, {"levels": ["Journeyman", "Master"], "months": 12, "wants": "", "is_open": True}, by=acting(kofi)
    )
    page = browser(maya)
    sent = {"words": WORDS, "level": "Master", "links": "example.org/boats", "evidence": "Boats of two harbours"}
    answer = page.post("/categories/print/experts", data=sent | {"files": (io.BytesIO(b"papers"), "papers.pdf")})
    assert answer.location == "/categories/print/experts"
    vetting = db.session.scalars(select(Vetting).where(scoped(Vetting))).one()
    at = f"/vettings/{vetting.id}"
    assert "Maya Okafor" in browser(kofi).get("/categories/print/experts").text
    assert browser(a_member("Kim Lund")).get(at).status_code == 403

    yes = {"answer": "yes", "why": WHY}
    assert browser(kofi).post(f"{at}/opinions", data=yes | {"level": "Master"}).status_code == 302
    # Blind: neither the other decider nor whoever asked reads it before both are in.
    assert WHY in browser(kofi).get(at).text
    assert WHY not in browser(odile).get(at).text
    assert WHY not in page.get(at).text
    browser(odile).post(f"{at}/opinions", data=yes | {"level": "Journeyman"})
    assert page.get(at).text.count(WHY) == 2

    run_jobs()
    assert "You are vetted" in outbox.to("maya@example.org").subject
    held = vetted_for(maya.id)
    assert [(one.level, one.evidence) for one in held] == [("Journeyman", "Boats of two harbours")]
    assert held[0].valid_until.year == clock.now().year + 1
    role = db.session.scalars(select(Role).where(scoped(Role), Role.member_id == maya.id)).one()
    assert (role.role, role.category_id, role.until.date() >= held[0].valid_until) == ("expert", field.id, True)
    assert "Journeyman" in browser().get(f"/people/{maya.id}").text
    assert "Boats of two harbours" in browser().get("/categories/print/experts").text


def test_a_file_is_for_those_who_decide(field, maya, kofi, odile, browser, outbox):
    data = {"words": WORDS, "files": (io.BytesIO(b"papers"), "papers.pdf")}
    browser(maya).post("/categories/print/experts", data=data)
    paper = db.session.scalars(select(Paper).where(scoped(Paper))).one()
    at = f"/vettings/{paper.vetting_id}/files/{paper.id}"
    assert browser(kofi).get(at).data == b"papers"
    assert browser(a_member("Kim Lund")).get(at).status_code == 403
    other = asked(field, a_member("Li Wei"))
    assert browser(kofi).get(f"/vettings/{other.id}/files/{paper.id}").status_code == 404
    key = key_for("files", paper.tenant_id, paper.digest)
    assert store().get(key) is not None
    leave(acting(maya), now=clock.now())
    db.session.commit()
    run_jobs()
    assert store().get(key) is None


def test_nobody_decides_about_themselves_nor_twice_nor_from_elsewhere(field, maya, kofi, odile):
    own = asked(field, kofi)
    with pytest.raises(AboutYourself):
        own.say(True, by=acting(kofi), why=WHY, now=clock.now())
    vetting = asked(field, maya)
    stranger = in_office(a_category("Binding"), "Noor Hadid", "category_leader")
    with pytest.raises(NotYoursToDecide):
        vetting.say(True, by=acting(stranger), why=WHY, now=clock.now())
    # Where the category has two of its own, the marketplace's leaders have no say in it.
    with pytest.raises(NotYoursToDecide):
        vetting.say(True, by=acting(a_leader()), why=WHY, now=clock.now())
    say(vetting, kofi)
    with pytest.raises(SaidAlready):
        say(vetting, kofi)
    with pytest.raises(NotYours):
        vetting.withdraw(by=acting(kofi), now=clock.now())


def test_in_a_small_category_leaders_of_the_marketplace_help(field, maya, odile):
    vetting = vetted(field, maya, odile, a_leader())
    assert vetting.state == "granted"


def test_whoever_had_an_agreement_with_them_says_so_on_the_record(field, maya, kofi, odile, browser):
    an_agreement(state="active", gig=a_published_gig(by=kofi), applicant=maya)
    vetting = asked(field, maya)
    with pytest.raises(TieUnsaid):
        vetting.say(True, by=acting(kofi), why=WHY, now=clock.now())
    at, yes = f"/vettings/{vetting.id}", {"answer": "yes", "why": WHY}
    db.session.rollback()
    assert browser(kofi).post(f"{at}/opinions", data=yes).status_code == 422
    tie = "She letters my van, until June."
    assert browser(kofi).post(f"{at}/opinions", data=yes | {"worked_together": tie}).status_code == 302
    say(vetting, odile)
    assert tie in browser(maya).get(at).text


def test_an_agreement_of_more_than_six_months_ago_binds_nobody(field, maya, kofi):
    an_agreement(state="accepted", gig=a_published_gig(by=kofi), applicant=maya)
    with later(days=190):
        assert say(asked(field, maya), kofi).says_yes


def test_a_tie_goes_to_a_leader_who_was_neither_of_the_two(field, maya, kofi, odile, browser):
    ines = a_leader()
    vetting = asked(field, maya)
    say(vetting, kofi)
    say(vetting, odile, yes=False)
    assert vetting.state == "tied"
    assert told("vetting", "tie")[0].data["owner_ids"] == [str(ines.id)]
    at, no = f"/vettings/{vetting.id}", {"answer": "no", "why": WHY}
    assert browser(kofi).post(f"{at}/decision", data=no).status_code == 403
    assert browser(ines).get(at).text.count(WHY) == 2
    assert browser(ines).post(f"{at}/decision", data={"answer": "yes", "why": WHY}).status_code == 302
    db.session.expire_all()
    assert (vetting.state, len(vetted_for(maya.id))) == ("granted", 1)


def test_whoever_was_refused_reads_why_and_asks_again_after_ninety_days(field, maya, kofi, odile, browser):
    vetting = asked(field, maya)
    say(vetting, kofi, yes=False)
    say(vetting, odile, yes=False)
    assert vetting.state == "refused"
    assert browser(maya).get(f"/vettings/{vetting.id}").text.count(WHY) == 2
    with pytest.raises(TooSoon):
        asked(field, maya)
    # Of something else in it the refusal says nothing.
    assert asked(field, maya, skill_id=skills_named(["Gilding"])[0]).state == "open"
    with later(days=89), pytest.raises(TooSoon):
        asked(field, maya)
    with later(days=91):
        assert asked(field, maya).state == "open"
        with pytest.raises(AskedAlready):
            asked(field, maya)


def test_what_waits_too_long_goes_to_the_leaders_and_then_lapses(field, maya, kofi, odile):
    a_leader()
    vetting = asked(field, maya)
    with later(days=8, hours=12):
        tick()
        assert len(told("vetting", "reminded")) == 1
    for days, state in ((23, "tied"), (70, "lapsed")):
        with later(days=days):
            vetting.end_waiting(now=clock.now())
            assert vetting.state == state
            db.session.commit()
    with pytest.raises(WrongState):
        vetting.say(True, by=acting(kofi), why=WHY, now=clock.now())
    assert asked(field, maya).state == "open"


def test_the_role_ends_with_the_last_thing_vetted_and_is_reminded_of_before(field, maya, kofi, odile):
    Bench.settle(field, {"levels": [], "months": 12, "wants": "", "is_open": True}, by=acting(kofi))
    vetted(field, maya, kofi, odile)
    with pytest.raises(VettedAlready):
        asked(field, maya)
    with later(days=60):
        vetted(field, maya, kofi, odile, skill_id=skills_named(["Gilding"])[0])
    for days, reminded in ((334, 0), (336, 1), (337, 0), (359, 1)):
        with later(days=days):
            assert remind_of_ends(now=clock.now()) == reminded, days
            assert remind_of_terms(now=clock.now()) == 0
    with later(days=367):
        assert (close_over(now=clock.now()), close_ended(now=clock.now())) == (1, 0)
        db.session.commit()
        assert [one.skill for one in vetted_for(maya.id)] == ["Gilding"]
        assert len(told("expertise", "ran_out")) == 1
    with later(days=430):
        # Nothing is shown from the moment at which it is over, also before anybody has cleared it away.
        assert vetted_for(maya.id) == []
        assert acting_role(maya) == [] or close_ended(now=clock.now()) == 1
        assert close_over(now=clock.now()) == 1


def acting_role(member):
    return list(db.session.scalars(select(Role.id).where(scoped(Role), Role.member_id == member.id)))


def test_it_is_renewed_in_its_last_ninety_days(field, maya, kofi, odile):
    vetted(field, maya, kofi, odile)
    first = db.session.scalars(select(Expertise.valid_until).where(scoped(Expertise))).one()
    with later(days=700):
        vetted(field, maya, kofi, odile)
        one = db.session.scalars(select(Expertise).where(scoped(Expertise))).one()
        assert (one.valid_until > first, one.reminded) == (True, None)
        term = db.session.scalars(
            select(TermOfOffice).where(scoped(TermOfOffice), TermOfOffice.member_id == maya.id)
        ).one()
        assert term.ends_on == one.valid_until


def test_where_leaders_end_the_office_nothing_of_it_is_shown(field, maya, kofi, odile):
    vetted(field, maya, kofi, odile)
    term = db.session.scalars(select(TermOfOffice).where(scoped(TermOfOffice), TermOfOffice.member_id == maya.id)).one()
    term.end(by=acting(a_leader()), why="Thank you.", now=clock.now())
    db.session.commit()
    assert vetted_for(maya.id) == []
    assert bench_of(field.id) == []


def test_what_is_vetted_holds_no_longer_than_the_office_that_leaders_shorten_or_end(field, maya, kofi, odile):
    vetted(field, maya, kofi, odile)
    term = db.session.scalars(select(TermOfOffice).where(scoped(TermOfOffice), TermOfOffice.member_id == maya.id)).one()
    held = db.session.scalars(select(Expertise).where(scoped(Expertise))).one()
    ines, soon = acting(a_leader()), clock.now().date() + timedelta(days=100)
    term.renew(soon, by=ines, now=clock.now())
    assert held.valid_until == soon
    term.renew(None, by=ines, now=clock.now())
    assert held.valid_until == soon
    term.end(by=ines, why="Thank you.", now=clock.now())
    # They may ask anew, and what was ended does not come back with the role.
    vetted(field, maya, kofi, odile, skill_id=skills_named(["Gilding"])[0])
    assert [one.skill for one in vetted_for(maya.id)] == ["Gilding"]
    assert asked(field, maya).is_waiting


def test_of_two_requests_for_what_is_one_skill_now_one_goes_on_and_the_other_says_since_when_not(field, maya):
    gold, gilt = skills_named(["Gold leaf"])[0], skills_named(["Gilding"])[0]
    one, other = asked(field, maya, skill_id=gold), asked(field, maya, skill_id=gilt)
    both = [db.session.get_one(Skill, (current_tenant_id(), skill_id)) for skill_id in (gold, gilt)]
    with later(days=1):
        merge(*both, by=acting(a_leader()), now=clock.now())
        db.session.commit()
        db.session.expire_all()
        assert {one.skill_id, other.skill_id} == {gilt}
        assert (one.state, one.deadline_at) == ("lapsed", None)
        assert one.state_changed_at > one.asked_at + timedelta(hours=23)
    assert other.is_waiting
    assert [row.subject_id for row in told("vetting", "give_way")] == [one.id]


def at_desk(category, member):
    return [row.id for row in queue(category.id, onlooker=member.id, kind="vettings").page]


def test_it_waits_at_the_desk_of_whoever_may_still_decide_and_of_nobody_else(field, maya, kofi, odile, browser):
    ines, noor = a_leader(), a_member("Noor Hadid", roles=("moderator",))
    vetting, own = asked(field, maya), asked(field, odile)
    assert at_desk(field, kofi) == [vetting.id, own.id]
    # Of one's own nobody decides. For Odile's there is one other in the category: the marketplace's leaders help.
    assert at_desk(field, odile) == [vetting.id]
    assert (at_desk(field, ines), at_desk(field, noor)) == ([own.id], [])
    assert f"/vettings/{vetting.id}" in browser(kofi).get("/categories/print/desk").text
    assert f"/vettings/{vetting.id}" not in browser(noor).get("/categories/print/desk").text
    for one in (kofi, odile):
        say(vetting, one, yes=one is kofi)
    # What is tied is the leaders' to settle.
    assert (at_desk(field, kofi), at_desk(field, odile)) == ([own.id], [])
    assert set(at_desk(field, ines)) == {vetting.id, own.id}
    assert at_desk(a_category("Binding"), kofi) == []
    with later(days=5):
        # Those who decide are reminded one by one; a desk is not late for what others still have to say.
        assert remind_desks(now=clock.now()) == 0


def test_a_closed_bench_vets_nobody_and_only_its_leaders_settle_it(field, maya, kofi, browser):
    at = "/categories/print/experts/settings"
    settled = {"levels": "Journeyman\nMaster", "months": "6", "wants": "Three pieces."}
    assert browser(maya).post(at, data=settled).status_code == 403
    assert browser(kofi).post(at, data=settled | {"months": "99"}).status_code == 422
    assert browser(kofi).post(at, data=settled).status_code == 302
    with pytest.raises(BenchClosed):
        asked(field, maya, level="Master")
    assert browser(maya).post("/categories/print/experts", data={"words": WORDS, "level": "Master"}).status_code == 409


def test_what_is_vetted_goes_along_when_categories_or_skills_become_one(field, maya, kofi, odile):
    binding = a_category("Binding")
    gold, gilt = skills_named(["Gold leaf"])[0], skills_named(["Gilding"])[0]
    vetted(field, maya, kofi, odile, skill_id=gold)
    vetted(field, maya, kofi, odile, skill_id=gilt)
    waiting = asked(field, maya)
    both = [db.session.get_one(Skill, (current_tenant_id(), one)) for one in (gold, gilt)]
    merge(*both, by=acting(a_leader()), now=clock.now())
    db.session.commit()
    assert [one.skill for one in vetted_for(maya.id)] == ["Gilding"]
    dissolve(field, into=binding, by=acting(a_leader("Ola Berg")), now=clock.now())
    db.session.commit()
    db.session.expire_all()
    assert waiting.category_id == binding.id
    assert [(one.category, one.skill) for one in vetted_for(maya.id)] == [("Binding", "Gilding")]
