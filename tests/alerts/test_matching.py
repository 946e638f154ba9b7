"""An alert finds what the page of its search finds, and only what is news."""

from datetime import timedelta

import pytest

from app.alerts.asking import NothingToLookFor
from app.alerts.jobs import keep_up
from app.categories.models import Skill
from app.categories.names import call
from app.categories.vocabulary import skills_named
from app.core import clock
from app.core.database import db
from app.gigs.finding import Finding
from app.gigs.search import Search
from app.profiles.blocks import Block
from tests.alerts.arranging import an_alert, found_by
from tests.factories import a_category, a_gig, a_member, a_published_gig, acting, run_jobs

SEARCHES = [
    {"q": "lettering"}, {"q": "letters -bakery"}, {"q": '"sign lettering"'}, {"q": "js"}, {"q": "leter"}, {"q": "-bakery"},
    {"q": "web press"}, {"direction": "offer"}, {"kind": "mentorship"}, {"category": "print"}, {"settlement": "money"},
    {"where": "remote"}, {"where": "onsite"}, {"place": "Leeds"}, {"skill": "JavaScript"}, {"pay": "fixed-500"},
    {"pay": "hourly-25"}, {"hours": "5"}, {"due": "week"}, {"room": "free"}, {"q": "lettering", "place": "Leeds"}, {},
    {"known": "yes"}, {"near": "Bradford", "within": "25"}, {"near": "Leeds"}, {"near": "York", "within": "5", "q": "lettering"},
]  # fmt: skip


pytestmark = pytest.mark.usefixtures("outbox")


@pytest.fixture
def maya(hall):
    return a_member()


@pytest.fixture
def sam(hall):
    return a_member("Sam Reyes")


def _gigs(author, print_, mark=""):
    soon = clock.today("UTC") + timedelta(days=4)
    money = {"settlement": "money", "currency": "EUR", "pay_kind": "fixed"}
    hourly = money | {"pay_kind": "hourly", "pay_min": 3_000}
    for title, columns in {
        "Sign lettering for a bakery": {"place": "Leeds", "remote": False, "due_on": soon},
        "A letter for sign-painters": {"category": print_, **money, "pay_min": 50_000},
        "Teach me": {"kind": "mentorship", "skills_needed": ["JavaScript"], "seats": 2, "category": print_},
        "I print": {"direction": "offer", "category": print_, **hourly},
        "Two evenings": {"effort_span": "week", "effort_minutes": 240, "place": "Leeds"},
        "Webpress plugin": {"summary": "Letterpress look", "category": print_},
    }.items():
        a_published_gig(by=author, title=title + mark, **columns)


def test_an_alert_finds_what_the_page_of_its_search_finds(hall, maya, sam):
    print_ = a_category("Print")
    (skill_id,) = skills_named(["JavaScript"])
    call(db.session.get(Skill, (hall.id, skill_id)), "js", by=acting(sam))
    _gigs(maya, print_, mark=", as before")
    run_jobs()
    other = a_member("Ada Byron")
    quiet = {"in_app": False, "by_mail": False}
    alerts = [an_alert(of=sam if n < 20 else other, **quiet, **asked) for n, asked in enumerate(SEARCHES)]
    _gigs(maya, print_)
    for asked, alert in zip(SEARCHES, alerts, strict=True):
        finding = Finding(Search.read(asked), acting(sam), "/gigs")
        # Gigs that say only most of the words are the page's kindness, and come last.
        loose = finding.answer is not None and finding.answer.is_loose
        shown = {row.title for row in finding.page if not row.title.endswith(", as before")}
        found = found_by(alert)
        assert found or asked.get("within") == "5" or asked.get("known"), asked
        assert found == shown or (loose and found < shown), asked


def test_news_is_what_came_after_or_what_a_change_made_a_match(hall, maya, sam):
    old = a_published_gig(by=maya, title="An old gilding")
    run_jobs()
    alert = an_alert(of=sam, q="gilding")
    assert found_by(alert) == set()
    # It matched before: a better word changes nothing.
    old.revise({"summary": "Gold leaf on glass."}, by=maya)
    db.session.commit()
    assert found_by(alert) == set()
    plain = a_published_gig(by=maya, title="Glass work")
    assert found_by(alert) == set()
    plain.revise({"title": "Glass gilding"}, by=maya)
    db.session.commit()
    assert found_by(alert) == {"Glass gilding"}
    old.renew(by=maya)
    db.session.commit()
    assert found_by(alert) == {"Glass gilding", "An old gilding"}


def test_a_gig_whose_date_comes_near_is_found_that_day(hall, maya, sam):
    alert = an_alert(of=sam, due="week")
    a_published_gig(by=maya, title="Later", due_on=clock.today("UTC") + timedelta(days=10))
    assert found_by(alert) == set()
    with clock.travel(to=clock.now() + timedelta(days=4)):
        keep_up()
        db.session.commit()
        assert found_by(alert) == {"Later"}


def test_nothing_is_found_for_its_author_for_people_apart_while_paused_or_after_the_end(hall, maya, sam):
    apart, paused, over = (a_member(name) for name in ("Ada Byron", "Ines Moreau", "Noor Hadid"))
    Block.put(apart.id, by=acting(maya), now=clock.now())
    alerts = [an_alert(of=one, q="gilding") for one in (maya, apart, paused, over)]
    alerts[2].pause()
    alerts[3].expires_at = clock.now()
    hears = an_alert(of=sam, q="gilding")
    a_gig(by=maya, title="A draft of gilding")
    a_published_gig(by=maya, title="Gilding", audience="members")
    assert [found_by(alert) for alert in alerts] == [set()] * 4
    assert found_by(hears) == {"Gilding"}


def test_words_that_say_nothing_are_refused(hall, sam):
    with pytest.raises(NothingToLookFor):
        an_alert(of=sam, q="the")


def test_a_skills_new_name_is_understood_by_alerts_that_were_there(hall, maya, sam):
    alert = an_alert(of=sam, q="js")
    (skill_id,) = skills_named(["JavaScript"])
    call(db.session.get(Skill, (hall.id, skill_id)), "js", by=acting(sam))
    db.session.commit()
    run_jobs()
    a_published_gig(by=maya, title="A script", skills_needed=["JavaScript"])
    assert found_by(alert) == {"A script"}
