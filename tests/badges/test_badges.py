"""Badges are what the rules say of the facts, whatever happened: nobody gives one, and one that is no longer true goes."""

from datetime import timedelta
from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from app.badges.jobs import settle_all
from app.badges.models import Badge, BadgeOff, settle
from app.categories.models import Category
from app.categories.offices import TermOfOffice
from app.core import clock
from app.core.database import db
from app.people.queries import person
from app.vouching.models import Vouch, vouch_of
from tenants.isolation import scoped
from tests.factories import a_leader, a_member, a_published_gig, a_user, acting, an_agreement, an_application, run_jobs

WORDS = "She measures twice, and leaves the pavement clean."


@pytest.fixture
def maya(hall):
    return a_member("Maya Okafor", user=a_user("Maya Okafor", email="maya@example.org"))


def held(member):
    db.session.expire_all()
    return set(db.session.scalars(select(Badge.badge).where(scoped(Badge), Badge.member_id == member.id)))


def work_done_by(member, client, **gig):
    return an_agreement(state="accepted", gig=a_published_gig(by=client, **gig), applicant=member)


STEPS = st.lists(
    st.one_of(
        st.sampled_from((("work", 1), ("mentorships", 4), ("mentorships", 1), ("wait", 200))),
        st.tuples(st.sampled_from(("show", "show", "hide", "take back", "withhold", "give back")), st.integers(0, 3)),
    ),
    max_size=9,
)


# Each history is somebody else's.
_NUMBERS = count()


@given(STEPS)
@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
def test_badges_equal_the_rules_over_any_history(hall, outbox, steps):
    """After each fact the job that it asked for makes badges equal the rules; after time has passed, the night does."""
    number = next(_NUMBERS)
    maya, *friends = (a_member(f"Number {number} {place}") for place in range(5))
    done, shown, withheld, start, days = [], set(), set(), maya.joined_at, 0
    for step, which in steps:
        with clock.travel(to=start + timedelta(days=days, hours=1)):
            vouch = vouch_of(friends[which % 4].id, maya.id)
            if step in ("work", "mentorships"):
                kind = "gig" if step == "work" else "mentorship"
                for _ in range(which):
                    work_done_by(maya, friends[0], kind=kind)
                    done.append(kind)
            elif step == "wait":
                days += which
            elif step == "show":
                vouch = vouch or Vouch.write(
                    maya.id, by=acting(friends[which]), relation="client", text=WORDS, now=clock.now()
                )
                vouch.show(by=acting(maya), now=clock.now())
                shown.add(which)
            elif vouch is not None and step == "hide":
                vouch.hide(by=acting(maya), now=clock.now())
                shown.discard(which)
            elif vouch is not None and step == "take back":
                vouch.take_back(by=acting(friends[which]))
                shown.discard(which)
                withheld.discard(which)
            elif vouch is not None and step == "withhold":
                vouch.withhold(now=clock.now())
                withheld.add(which)
            elif vouch is not None and step == "give back":
                vouch.give_back(now=clock.now())
                withheld.discard(which)
            db.session.commit()
        with clock.travel(to=start + timedelta(days=days, hours=2)):
            if step == "wait":
                settle_all()
            run_jobs()
            expected = {
                "first_gig": bool(done),
                "mentor": done.count("mentorship") >= 5,
                "trusted": len(shown - withheld) >= 3,
                "year": days > 366,
            }
            assert held(maya) == {badge for badge, is_so in expected.items() if is_so}


def test_whoever_answers_hands_soon_has_it_until_one_waits_too_long(maya):
    now = clock.now()
    gig = a_published_gig(by=maya, seats=9)
    for number in range(5):
        an_application(to=gig, by=a_member(f"Hand {number}"), state="declined")
    settle([maya.id], now=now)
    assert "quick" in held(maya)
    an_application(to=gig, by=a_member("Hand 6"))
    settle([maya.id], now=now + timedelta(hours=1))
    assert "quick" in held(maya)
    settle([maya.id], now=now + timedelta(days=3))
    assert "quick" not in held(maya)


def test_the_first_leader_of_a_category_in_which_work_was_finished_founded_it(maya):
    sam = a_member("Sam Reyes")
    category = db.session.scalars(select(Category).where(scoped(Category)).order_by(Category.position)).first()
    today = clock.today("Europe/London")
    for who, days in ((maya, 9), (sam, 2)):
        TermOfOffice.begin(
            category,
            who,
            "category_leader",
            starts_on=today - timedelta(days=days),
            ends_on=None,
            by=None,
            now=clock.now(),
        )
    settle(None, now=clock.now())
    assert held(maya) == set()
    work_done_by(a_member("Li Wei"), a_member("Zoe Roe"), category=category)
    settle(None, now=clock.now())
    assert (held(maya), held(sam)) == ({"founder"}, set())


def test_it_stands_on_the_profile_with_what_it_means(maya, browser, outbox):
    work_done_by(maya, a_member("Zoe Roe"))
    run_jobs()
    assert "Did work here that was accepted." in browser().get(f"/people/{maya.id}").text


def test_leaders_switch_a_badge_off_and_nobody_else_does(maya, browser, outbox):
    work_done_by(maya, a_member("Zoe Roe"))
    run_jobs()
    leader, own = browser(a_leader()), browser(maya)
    assert own.post("/desk/badges/first_gig/off").status_code == 403
    assert leader.post("/desk/badges/no_such/off").status_code == 404
    leader.post("/desk/badges/first_gig/off")
    assert "Switched off" in leader.get("/desk/badges").text
    assert person(maya.id, None).badges is None
    # Earned as before: nothing is lost meanwhile.
    assert held(maya) == {"first_gig"}
    leader.post("/desk/badges/first_gig/on")
    assert person(maya.id, None).badges == ["first_gig"]
    assert db.session.scalars(select(BadgeOff).where(scoped(BadgeOff))).all() == []
