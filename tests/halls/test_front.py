"""A marketplace's front page."""

import re
from datetime import timedelta
from html import unescape

import pytest
from sqlalchemy import select

from app.core import clock
from app.core.database import db
from app.editorial.front_page import FrontPage
from app.editorial.pages import Page, Wording
from app.messages.models import Report
from app.profiles.blocks import Block
from app.reviews.models import Review
from tenants.context import current_tenant_id, tenant_context
from tenants.isolation import scoped
from tenants.models import Member, Tenant
from tenants.versions import touch
from tests.factories import (
    a_category,
    a_hall,
    a_leader,
    a_member,
    a_published_gig,
    acting,
    an_agreement,
    an_application,
)
from tests.people.arranging import somebody


def settle(hall, **columns):
    row = db.session.get_one(Tenant, hall.id)
    for name, value in columns.items():
        setattr(row, name, value)
    db.session.commit()


def test_a_visitor_meets_the_hall_in_its_own_words(app, browser):
    with tenant_context(a_hall("designers", tagline="Two letters that sit better together")):
        maya = somebody("Maya Okafor", headline="Letterer")
        a_published_gig(by=maya, title="Redraw a sign")
        db.session.commit()
        page = browser().get("/").text
    for words in (
        "Two letters that sit better together",
        "1 person, and 1 gig open now.",
        "Redraw a sign",
        "Letterer",
        "Join",
    ):
        assert words in page


def test_an_empty_hall_says_what_to_do(hall, browser):
    assert "Nothing is open just now" in browser().get("/").text
    page = browser(a_leader()).get("/").text
    assert "Post the first gig" in page
    assert "/welcome" in page


def test_members_are_welcomed_in_the_leaders_words(hall, browser):
    settle(hall, welcome="Hello. **Say the money.**")
    assert "Say the money." not in browser().get("/").text
    assert "Hello. Say the money." in browser(a_member()).get("/").text


def test_a_long_welcome_stands_below(hall, browser):
    settle(hall, welcome="A long story. " * 40 + "\n\n**The end.**")
    page = browser(a_member()).get("/").text
    assert '<section class="section" id="welcome">' in page
    assert "<strong>The end.</strong>" in page


def test_first_steps_are_for_leaders_while_they_are_open(hall, browser):
    leader, maya = a_leader(), a_member()
    assert "/welcome" in browser(leader).get("/").text
    assert "/welcome" not in browser(maya).get("/").text
    settle(hall, checklist_dismissed_at=clock.now())
    assert "/welcome" not in browser(leader).get("/").text


def test_leaders_are_led_on_to_arranging_the_page(hall, browser):
    assert 'href="/desk/front"' in browser(a_leader()).get("/").text
    assert 'href="/desk/front"' not in browser(a_member()).get("/").text


def test_a_member_is_told_what_waits_for_them(hall, browser):
    application = an_application()
    author = db.session.get_one(Member, (hall.id, application.gig.author_id))
    applicant = db.session.get_one(Member, (hall.id, application.applicant_id))
    assert "1 thing waits for you." in browser(author).get("/").text
    assert "for you." not in browser(applicant).get("/").text


def test_gigs_for_members_only_are_neither_shown_nor_counted_to_visitors(hall, browser):
    maya = a_member()
    a_published_gig(by=maya, title="Redraw a sign")
    a_published_gig(by=maya, title="Teach us gilding", audience="members")
    for_visitors, for_members = browser().get("/").text, browser(maya).get("/").text
    assert "Teach us" not in for_visitors
    assert "1 gig open now" in for_visitors
    assert "Teach us" in for_members
    assert "2 gigs open now" in for_members


def test_categories_stand_with_their_figures(hall, browser):
    a_published_gig(by=a_member(), category=a_category("Type design"))
    old = a_category("Letterpress")
    old.archived_at = clock.now()
    db.session.commit()
    page = browser().get("/").text
    assert re.search(r'href="/categories/type-design">Type design</a></span><span class="count">1<', page)
    assert "Letterpress" not in page


def test_finished_work_counts_once_for_both_sides(hall, browser):
    an_agreement(state="accepted")
    assert "<strong>1</strong>" in browser().get("/").text


def test_whoever_left_is_not_new_here(hall, browser):
    sam = a_member("Sam Reyes")
    sam.standing = "left"
    db.session.commit()
    assert "Sam Reyes" not in browser().get("/").text


def test_a_hall_for_members_shows_visitors_its_door_alone(app, browser):
    with tenant_context(a_hall("guild", who_may_see="members")):
        maya = a_member()
        a_published_gig(by=maya, title="Redraw a sign")
        db.session.commit()
        page = browser(host="guild.localhost").get("/").text
        assert "What happens here is for members." in page
        for words in ("Redraw", "Maya", "Open now"):
            assert words not in page


def test_visitors_of_a_hall_for_members_are_offered_nothing_but_the_door(app, browser):
    """From every page that is open to them: whatever they follow answers with a page, or is the way to sign in itself."""
    with tenant_context(a_hall("guild", who_may_see="members")):
        leader = acting(a_leader())
        for audience in ("anyone", "members"):
            words = Wording(f"About us, for {audience}", "We paint.", audience, audience)
            Page.begin(words, by=leader, now=clock.now()).publish(by=leader)
        db.session.commit()
        visitor = browser(host="guild.localhost")
        leads = {}
        for shown in ("/", "/rules", "/pages/anyone", "/shortcuts", "/no-such-page"):
            html = visitor.get(shown).text
            for path in {*re.findall(r'(?:href|action)="(/(?!/)[^"#]*)', html)} - {"/enter?onward=/"}:
                answer = visitor.get(unescape(path))
                if not (path.startswith("/enter") or answer.status_code == 200):
                    leads[shown, path] = answer.headers.get("Location")
        assert leads == {}


def arrange(change, *, by):
    """Publish a front page on which a leader changed something."""
    now, leader = clock.now(), acting(by)
    page = FrontPage.locked()
    page.arrange(change(page.drafted), seen=page.edition, by=leader, now=now)
    page.publish(seen=page.edition, by=leader, now=now)
    db.session.commit()


def headings(html):
    return re.findall(r"<h2[^>]*>([^<]+)</h2>", html.split("<main")[1].split("</main")[0])


def reviewed(text="The lettering makes people stop at our door.", rating=5):
    """Return a published review: Maya of Sam, or Sam of Maya; the other side wrote nothing worth showing."""
    agreement = an_agreement(state="reviewed")
    written = db.session.scalars(
        select(Review).where(scoped(Review), Review.agreement_id == agreement.id).order_by(Review.id)
    ).all()
    for one in written:
        one.text, one.rating = "", 5
    written[0].text, written[0].rating = text, rating
    db.session.commit()
    return written[0]


def member_with(member_id):
    return db.session.get_one(Member, (current_tenant_id(), member_id))


def test_a_new_hall_has_the_usual_blocks(hall, browser):
    a_published_gig(by=a_member())
    visitors, members = browser().get("/").text, browser(a_member("Sam Reyes")).get("/").text
    assert headings(visitors) == ["Open now", "Categories", "New here", "How it works", "Join Designers"]
    assert headings(members) == ["Open now", "Categories", "New here"]


@pytest.mark.parametrize(
    ("joining", "title", "call", "first_step"),
    [
        ("open", "Join Guild", "Join", "Come in"),
        ("approval", "Ask to join Guild", "Ask to join", "Ask to come in"),
        ("invitation", "By invitation", "How to join", "Be invited"),
    ],
)
@pytest.mark.parametrize("seeing", ["anyone", "members"])
def test_the_way_in_is_the_one_there_is(app, browser, seeing, joining, title, call, first_step):
    with tenant_context(a_hall("guild", who_may_see=seeing, who_may_join=joining)):
        page = browser(host="guild.localhost").get("/").text
    assert title in headings(page)
    assert f"<span>{call}</span>" in page
    assert f"<h3>{first_step}</h3>" in page


def test_a_company_is_told_of_work_beside_the_job(app, browser):
    with tenant_context(a_hall("works", kind="company", who_may_post="reviewed")):
        page = browser(host="works.localhost").get("/").text
    assert "beside the job" in page
    assert "a leader looks at it first" in page


def test_blocks_stand_as_the_leaders_arranged_them(hall, browser):
    leader = a_leader()
    arrange(
        lambda usual: (
            usual.switched("people", shown=False)
            .worded("gigs", title="On the bench", text="Fresh from this week.")
            .worded("words", title="Why we are here", text="Because **craft** needs company. <script>x</script>")
            .worded("opening", title="Letters, by hand", text="From the people who draw them.")
            .moved("words", up=True)
            .moved("words", up=True)
            .moved("words", up=True)
            .moved("words", up=True)
        ),
        by=leader,
    )
    page = browser().get("/").text
    assert headings(page) == ["Why we are here", "On the bench", "Categories", "How it works", "Join Designers"]
    assert "<h1>Letters, by hand</h1>" in page
    assert "<strong>craft</strong>" in page
    assert "Fresh from this week." in page
    assert "<script>x" not in page


def test_what_is_left_out_is_not_read(hall, browser, statements):
    leader, me = a_leader(), a_member()
    arrange(lambda usual: usual.switched("people", shown=False).switched("voices", shown=False), by=leader)
    person = browser(me)
    statements.clear()
    person.get("/")
    assert len(statements) == 4


def test_good_words_are_shown_with_who_wrote_them_of_whom(hall, browser):
    review = reviewed("“Nothing <b>less</b>”: the lettering makes people stop at our door. " * 9)
    page = browser().get("/").text
    assert "What people say" in page
    assert "“Nothing &lt;b&gt;less&lt;/b&gt;”: the lettering" in page
    assert " …</blockquote>" in page
    assert f'href="/people/{review.subject_id}">' in page


def test_no_voice_is_shown_that_should_not_be(hall, browser):
    """Blind, poor, short, reported, of or about somebody who went; and for a member of or about somebody kept apart."""
    review = reviewed()
    visitor, sam = browser(), browser(a_member("Zoe Roe"))

    def is_shown(to=visitor):
        return "makes people stop" in to.get("/").text

    assert is_shown()
    at = review.published_at
    for changes, undo in (
        ({"published_at": None}, {"published_at": at}),
        ({"rating": 3}, {"rating": 5}),
        ({"text": "makes people stop"}, {"text": review.text}),
    ):
        _set(review, changes)
        assert not is_shown(), changes
        _set(review, undo)
    for who in (review.author_id, review.subject_id):
        for standing in ("left", "removed", "banned"):
            _set(member_with(who), {"standing": standing})
            assert not is_shown(), standing
        _set(member_with(who), {"standing": "active"})
    assert is_shown(sam)
    zoe = db.session.scalars(select(Member).where(scoped(Member), Member.name == "Zoe Roe")).one()
    Block.put(review.author_id, by=acting(zoe), now=clock.now())
    db.session.commit()
    assert not is_shown(sam)
    assert is_shown()
    report = Report.file("review", review.id, rule="spam", words="Look", by=acting(zoe), now=clock.now())
    db.session.commit()
    assert not is_shown()
    report.dismiss(by=acting(a_leader()), answer="It is fair.", now=clock.now())
    db.session.commit()
    assert is_shown()


def _set(row, changes):
    for name, value in changes.items():
        setattr(row, name, value)
    touch("people")
    db.session.commit()


def test_one_person_has_one_voice(hall, browser):
    first = reviewed("The first words of somebody who writes a lot of them.")
    maya, sam = member_with(first.author_id), member_with(first.subject_id)
    for number in range(3):
        gig = a_published_gig(by=maya, title=f"Gig {number}")
        db.session.add(
            Review(
                agreement_id=an_agreement(gig=gig, applicant=sam).id,
                author_id=maya.id,
                subject_id=sam.id,
                title=gig.title,
                rating=5,
                text=f"Number {number} of many kind words, all by the same person.",
                written_at=clock.now(),
                published_at=clock.now() + timedelta(hours=number),
            )
        )
        touch("people")
        db.session.commit()
    page = browser().get("/").text
    assert page.count("<blockquote>") == 1
    assert "Number 2 of many" in page


@pytest.mark.parametrize("rows", [2, 24])
def test_the_front_page_costs_six_statements(hall, browser, statements, rows):
    for number in range(rows):
        member = a_member(f"Member {number}")
        a_published_gig(by=member)
        a_category(f"Category {number}")
    me = browser(a_member("Zoe Roe"))
    with clock.travel(to=clock.now() + timedelta(minutes=1)):
        statements.clear()
        assert me.get("/").status_code == 200
    assert len(statements) == 6
