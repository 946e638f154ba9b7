"""What suits whom, and why: the engine's own facts."""

from datetime import timedelta
from types import SimpleNamespace

import pytest

from app.core import clock
from app.core.database import db
from app.matching import fit_of, gigs_for, people_for
from app.matching.jobs import relate
from app.matching.models import Dismissal, MatchingOff
from app.matching.reasons import about_member, to_member
from app.profiles.models import Profile
from app.profiles.models.skills import set_skills
from tenants.models import Member
from tests.factories import a_member, a_published_gig, an_agreement, an_application


def having(member, *, held=(), wanted=(), interest=(), hours=None, **columns):
    """Let a member have these skills, hours and words; return them."""
    profile = Profile.of(member.id)
    set_skills(member.id, {"held": held, "wanted": wanted, "interest": interest})
    now = clock.now()
    if hours is not None:
        profile.offer_hours(60 * hours, on=now.date(), now=now)
    profile.tell(now=now, **columns)
    db.session.commit()
    return member


def ids(matches):
    return [match.id for match in matches]


def test_a_gig_and_a_member_suit_each_other_for_reasons_that_are_said(hall):
    maya = a_member()
    sam = having(a_member("Sam Reyes"), held=["Figma", "InDesign"], wanted=["Motion"], hours=6, place="Leeds")
    gig = a_published_gig(
        by=maya,
        skills_needed=["Figma", "InDesign", "Illustrator"],
        skills_gained=["Motion"],
        effort_span="week",
        effort_minutes=300,
        remote=False,
        place="Leeds",
    )
    now = clock.now()

    (match,) = gigs_for(sam, now=now)
    (found,) = people_for(gig, now=now)

    assert (match.id, found.id) == (gig.id, sam.id)
    assert to_member(match.parts) == (
        "You know Figma and InDesign; you want to learn Motion; 5\u00a0h a week fits the 6\u00a0h you have free; "
        "it is in Leeds, where you are."
    )
    assert about_member(found.parts) == (
        "Knows Figma and InDesign; wants to learn Motion; has 6\u00a0h a week free for the 5\u00a0h; is in Leeds as well."
    )
    # One score for both directions, but for whose newness and freshness it counts.
    both = [{part.name: part.value for part in one.parts if part.name != "fair"} for one in (match, found)]
    assert both[0] == pytest.approx(both[1])
    assert fit_of(sam, gig.id, now=now).parts == match.parts


def test_a_rare_skill_says_more_than_a_common_one(hall):
    maya = a_member()
    for number in range(12):
        a_published_gig(by=maya, title=f"Number {number}", skills_needed=["Layout"])
    rare = a_published_gig(by=maya, title="Rare", skills_needed=["Gilding"])
    a_published_gig(by=maya, title="Newer", skills_needed=["Layout"])
    sam = having(a_member("Sam Reyes"), held=["Layout", "Gilding"])

    assert gigs_for(sam, now=clock.now())[0].id == rare.id


def test_a_skill_that_only_the_title_names_counts(hall):
    gig = a_published_gig(by=a_member(), title="Somebody for copperplate engraving", skills_needed=["Drawing"])
    sam = having(a_member("Sam Reyes"), held=["Copperplate engraving"])

    assert ids(gigs_for(sam, now=clock.now())) == [gig.id]
    assert ids(people_for(gig, now=clock.now())) == [sam.id]


def test_work_that_was_finished_shows_a_skill_and_a_field(hall):
    gig = a_published_gig(by=a_member(), skills_needed=["Gilding"])
    done = an_agreement(state="accepted", gig=gig)
    worker = db.session.get(Member, (hall.id, done.worker_id))
    other = a_published_gig(by=a_member("Li Wei"), skills_needed=["Gilding"])
    said = having(a_member("Noor Khan"), held=["Gilding"])

    best, second = people_for(other, now=clock.now())
    assert (best.id, second.id) == (worker.id, said.id)
    assert about_member(best.parts).startswith(
        "Knows Gilding; showed Gilding in work here; finished 1 gig in Lettering"
    )


def test_nothing_is_suggested_that_one_owns_knows_or_waved_away(hall):
    maya, sam = a_member(), having(a_member("Sam Reyes"), held=["Gilding"])
    having(maya, held=["Gilding"])
    now = clock.now()
    own = a_published_gig(by=sam, title="Own", skills_needed=["Gilding"])
    applied = a_published_gig(by=maya, title="Applied", skills_needed=["Gilding"])
    an_application(to=applied, by=sam)
    waved = a_published_gig(by=maya, title="Waved", skills_needed=["Gilding"])
    Dismissal.dismiss(waved.id, by=sam.id, now=now)
    open_one = a_published_gig(by=maya, title="Open", skills_needed=["Gilding"])
    full = a_published_gig(by=maya, title="Full", skills_needed=["Gilding"])
    full.seats_taken = full.seats
    db.session.commit()

    assert ids(gigs_for(sam, now=now)) == [open_one.id]
    assert [ids(people_for(gig, now=now)) for gig in (own, applied, waved, open_one, full)] == [
        [maya.id], [], [], [sam.id], []
    ]  # fmt: skip
    Dismissal.take_back(waved.id, by=sam.id)
    assert set(ids(gigs_for(sam, now=now))) == {open_one.id, waved.id}
    MatchingOff.switch_off(sam.id, now=now)
    assert gigs_for(sam, now=now) == people_for(open_one, now=now) == []
    assert fit_of(sam, open_one.id, now=now) is None
    MatchingOff.switch_on(sam.id)
    assert ids(people_for(open_one, now=now)) == [sam.id]


def test_whoever_has_no_time_or_is_away_is_suggested_for_nothing(hall):
    now = clock.now()
    gig = a_published_gig(by=a_member(), skills_needed=["Gilding"], starts_on=now.date() + timedelta(days=30))
    having(a_member("Noor Khan"), held=["Gilding"], hours=0)
    away = having(
        a_member("Sam Reyes"), held=["Gilding"], vacation_from=now.date(), vacation_until=now.date() + timedelta(days=9)
    )

    assert ids(people_for(gig, now=now)) == [away.id]  # back before it begins
    gig.starts_on = None
    db.session.commit()
    assert people_for(gig, now=now) == []


@pytest.mark.parametrize("many", [3, 40])
def test_each_question_takes_a_fixed_number_of_statements(hall, statements, many):
    maya, sam = a_member(), having(a_member("Sam Reyes"), held=["Gilding", "Layout"])
    for number in range(many):
        gig = a_published_gig(by=maya, title=f"Number {number}", skills_needed=["Gilding", "Layout"])
        having(a_member(f"Person Number{number}"), held=["Layout"])
    now, who, what = clock.now(), SimpleNamespace(id=sam.id), SimpleNamespace(id=gig.id)
    statements.clear()
    gigs_for(who, now=now)
    assert len(statements) == 3
    statements.clear()
    people_for(what, now=now)
    assert len(statements) == 4


def test_an_offer_suits_who_wants_to_learn_it_not_who_can_do_it(hall):
    offer = a_published_gig(by=a_member(), direction="offer", skills_needed=["Gilding"])
    having(a_member("Noor Khan"), held=["Gilding"])
    sam = having(a_member("Sam Reyes"), wanted=["Gilding"])

    assert ids(people_for(offer, now=clock.now())) == [sam.id]


def test_whom_one_worked_with_counts_and_is_said(hall):
    maya = a_member()
    first = a_published_gig(by=maya, title="First")
    done = an_agreement(state="accepted", gig=first)
    sam = db.session.get(Member, (hall.id, done.worker_id))
    again = a_published_gig(by=maya, title="Again")
    other = a_published_gig(by=a_member("Li Wei"), title="Other")
    now = clock.now()

    best, second = gigs_for(sam, now=now)
    assert (best.id, second.id) == (again.id, other.id)
    assert to_member(best.parts) == "You finished 1 gig in Lettering; you worked with Maya Okafor before."
    assert about_member(people_for(again, now=now)[0].parts) == "Finished 1 gig in Lettering; worked with you before."


def test_skills_that_go_together_let_the_one_stand_for_the_other(hall):
    maya, sam = a_member(), having(a_member("Sam Reyes"), held=["Etching"])
    for number in range(4):
        a_published_gig(by=maya, title=f"Number {number}", skills_needed=["Printing", "Etching"])
    alone = a_published_gig(by=a_member("Li Wei"), title="Print a card", skills_needed=["Printing"])
    now = clock.now()
    assert people_for(alone, now=now) == []
    relate()
    db.session.commit()

    (found,) = people_for(alone, now=now)
    assert found.id == sam.id
    assert about_member(found.parts).startswith("Knows Etching, which goes with Printing here")
    assert alone.id in ids(gigs_for(sam, now=now))
