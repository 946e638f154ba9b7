"""A category's figures: what still waits counts as waiting, and each stands against the span before."""

from datetime import UTC, datetime, timedelta

import pytest

from app.category_figures.figures import figures_of
from app.category_figures.files import lines_of
from app.category_figures.models import CategoryTargets
from app.category_figures.spans import span_of
from app.core import clock
from app.core.database import db
from app.profiles.models.skills import set_skills
from app.recruiting.models import Call
from billing.ledger import About, Line, post
from tests.factories import (
    a_category,
    a_category_leader,
    a_leader,
    a_member,
    a_published_gig,
    acting,
    an_agreement,
    an_application,
)

DAY = timedelta(days=1)


@pytest.fixture
def printing(hall):
    return a_category("Print")


@pytest.fixture
def tomasz(printing):
    return a_category_leader(printing)


def figures(category, *, days="30", earned_by=None, **targets):
    wanted = CategoryTargets(category_id=category.id, **{"filled_days": None, "answered_hours": None} | targets)
    at = span_of(days, now=clock.now(), zone="Europe/Berlin")
    return figures_of(category.id, at, wanted, earned_by=earned_by, zone="Europe/Berlin")


def posted(category, author, *days_ago, found_after=None):
    """Return gigs of a category that were listed so many days ago, and found somebody so many days later."""
    found = []
    for ago in days_ago:
        at = clock.now() - ago * DAY
        with clock.travel(to=at):
            gig = a_published_gig(by=author, category=category)
        if found_after is not None:
            with clock.travel(to=at + found_after * DAY):
                an_agreement(state="agreed", gig=gig, applicant=a_member(f"Finder {gig.id}"))
        found.append(gig)
    return found


def test_what_still_waits_counts_in_the_time_until_half_found_somebody(printing):
    maya = a_member()
    posted(printing, maya, 20, 20, found_after=2)
    assert not figures(printing).now.gigs.says_something, "of two nothing is said"
    # Two of three within two days; with three more that wait, no longer half of them.
    posted(printing, maya, 15)
    assert figures(printing).now.gigs.half == pytest.approx(2 * 86400, abs=5)
    posted(printing, maya, 15, 15)
    found = figures(printing).now.gigs
    assert (found.number, found.over, found.waiting, found.half) == (5, 2, 3, None)
    # What was listed a moment ago says nothing of what takes two days.
    before = found.shares[1]
    posted(printing, maya, 0, 0, 0, 0)
    assert figures(printing).now.gigs.shares[1] == pytest.approx(before) == pytest.approx(0.4)


def test_the_span_before_stands_as_it_was_when_it_ended(printing):
    maya = a_member()
    posted(printing, maya, 40, 40, 40, found_after=3)
    # Listed in the span before, found in this one.
    posted(printing, maya, 35, found_after=20)
    found = figures(printing)
    assert (found.now.posted, found.before.posted) == (0, 4)
    assert (found.now.filled, found.before.filled) == (1, 3)
    assert (found.before.gigs.over, found.before.gigs.waiting) == (3, 1)
    assert [sum(row[place] for row in found.course) for place in (1, 2)] == [0, 1]
    assert sum(row[1] for row in figures(printing, days="90").course) == 4


def test_what_was_taken_back_is_watched_no_longer_and_drafts_never(printing):
    maya = a_member()
    gigs = posted(printing, maya, 10, 10, 10)
    gigs[0].close(by=acting(maya), why="Found elsewhere.")
    gigs[1].remove(by=acting(a_leader()), why="Spam.")
    posted(a_category("Engraving"), maya, 10, found_after=1)
    db.session.commit()
    found = figures(printing).now.gigs
    assert (found.number, found.over, found.waiting) == (2, 0, 1)


def test_answers_repeat_work_and_stars_are_counted_in_the_category_alone(printing):
    maya, sam, now = a_member(), a_member("Sam Reyes"), clock.now()
    for ago in (20, 15, 10):
        with clock.travel(to=now - ago * DAY):
            gig = a_published_gig(by=maya, category=printing)
            an_agreement(state="reviewed", gig=gig, applicant=sam)
    an_agreement(state="agreed", gig=a_published_gig(by=maya, category=a_category("Engraving")), applicant=sam)
    with clock.travel(to=now - 9 * DAY):
        an_application(to=a_published_gig(by=maya, category=printing), by=a_member("Noor Hadid"))
    found = figures(printing)
    assert (found.now.agreed, found.now.again, round(found.now.repeat, 2)) == (3, 2, 0.67)
    assert (found.now.hands.number, found.now.hands.over, found.now.hands.waiting) == (4, 3, 1)
    assert found.now.hands.half == pytest.approx(0, abs=5)
    assert found.now.rated in (3, 6)
    assert found.now.satisfaction == pytest.approx(found.now.stars / found.now.rated)


def test_a_target_is_kept_by_half_of_them_and_said_only_when_that_can_be_known(printing):
    maya = a_member()
    posted(printing, maya, 20, 20, found_after=2)
    posted(printing, maya, 20)
    keeps = figures(printing, filled_days=3).now.gigs.keeps
    assert keeps(3 * 86400) is True
    posted(printing, maya, 20, 20)
    assert figures(printing, filled_days=3).now.gigs.keeps(3 * 86400) is False
    assert figures(printing, filled_days=25).now.gigs.keeps(25 * 86400) is None, "nothing was watched for so long"


def test_the_share_is_what_the_books_say_and_only_ones_own(printing, tomasz):
    maya, now = a_member(), clock.now()
    other, elsewhere = a_category_leader(printing, "Lotte Brandt"), a_category("Engraving")
    ours = an_agreement(state="agreed", gig=a_published_gig(by=maya, category=printing))
    theirs = an_agreement(
        state="agreed", gig=a_published_gig(by=maya, category=elsewhere), applicant=a_member("Noor Hadid")
    )

    def earns(source, agreement, kind, *shares):
        lines = [Line("payable.leader", -amount, party.id) for party, amount in shares]
        whole = Line("held.gigs", sum(amount for _, amount in shares), maya.id)
        about = About("agreement", agreement.id, agreement.title)
        post(kind, source, [*lines, whole], currency="EUR", happened_at=now - DAY, now=now, about=about)

    earns("one", ours, "gig_release", (tomasz, 300), (other, 200))
    earns("two", theirs, "gig_release", (tomasz, 5000))
    earns("back", ours, "gig_refund", (tomasz, -100))
    # What is sent was earned all the same.
    earns("sent", ours, "gig_transfer", (tomasz, -200))
    db.session.commit()
    assert figures(printing).now.earned == {"EUR": 400}
    assert figures(printing, earned_by=tomasz.id).now.earned == {"EUR": 200}
    assert figures(printing).before.earned == {}


def test_missing_skills_are_those_that_nobody_here_has(printing, tomasz, browser):
    maya, sam = a_member(), a_member("Sam Reyes")
    for needed in (["Letterpress", "Figma"], ["Letterpress"]):
        with clock.travel(to=clock.now() - 2 * DAY):
            a_published_gig(by=maya, category=printing, skills_needed=needed)
    set_skills(sam.id, {"held": ["Figma"], "wanted": ["Letterpress"]})
    db.session.commit()
    assert [(row.name, row.gigs, row.learners) for row in figures(printing).unmet] == [("Letterpress", 2, 1)]
    page = browser(tomasz).get("/categories/print/figures").text
    assert "nobody here has it" in page
    assert "would like to learn it" in page
    set_skills(sam.id, {"wanted": []})
    db.session.commit()
    # Nobody would learn it: whoever may invite does, whoever leads the category says so there.
    assert "/desk/invitations" in browser(a_leader()).get("/categories/print/figures").text
    assert "/categories/print/board" in browser(tomasz).get("/categories/print/figures").text


def test_a_gig_without_an_answer_comes_with_whom_to_ask_in_one_click(printing, tomasz, browser, outbox):
    with clock.travel(to=clock.now() - 3 * DAY):
        gig = a_published_gig(by=a_member(), category=printing, title="Print a poster", skills_needed=["Letterpress"])
    noor = a_member("Noor Hadid")
    set_skills(noor.id, {"held": ["Letterpress"]})
    set_skills(tomasz.id, {"held": ["Letterpress"]})
    db.session.commit()
    leads = browser(tomasz)
    page = leads.get("/categories/print/figures").text
    assert "1 gig has no answer yet." in page
    assert "Ask Noor" in page
    assert "Ask Tomasz" not in page
    here = f"/categories/print/gigs/{gig.id}/people/{noor.id}/asking"
    assert leads.post(here, data={}).status_code == 302
    db.session.expire_all()
    assert db.session.get(Call, (gig.tenant_id, gig.id, noor.id)).step == "asked"
    assert "Ask Noor" not in leads.get("/categories/print/figures").text
    assert leads.post(here, data={}).status_code == 409


def test_only_who_leads_it_or_the_marketplace_sees_figures_and_sets_targets(printing, tomasz, browser):
    assert browser(a_member()).get("/categories/print/figures").status_code == 403
    leads = browser(tomasz)
    a_category_leader(a_category("Engraving"), "Lotte Brandt")
    assert leads.get("/categories/engraving/figures").status_code == 403
    assert "Nothing to count yet" in leads.get("/categories/print/figures").text
    wrong = leads.post("/categories/print/figures/targets", data={"filled_days": "900", "answered_hours": "8"})
    assert wrong.status_code == 422
    assert (
        leads.post("/categories/print/figures/targets", data={"filled_days": "7", "answered_hours": ""}).status_code
        == 302
    )
    posted(printing, a_member("Sam Reyes"), 3)
    page = leads.get("/categories/print/figures").text
    assert "Half of the gigs find somebody within 7 days" in page
    assert "Too early to say" in page
    assert browser(a_leader()).get("/categories/print/figures").status_code == 200
    answer = leads.get("/categories/print/figures.csv?days=30")
    assert answer.mimetype == "text/csv"
    assert "\r\nposted,gigs," in answer.text


def test_the_page_costs_the_same_statements_whatever_there_is(printing, tomasz, browser, statements):
    maya, leads, now = a_member(), browser(tomasz), clock.now()
    set_skills(a_member("Noor Hadid").id, {"held": ["Letterpress"]})
    with clock.travel(to=now - 3 * DAY):
        for number in range(3):
            a_published_gig(by=maya, category=printing, title=f"Number {number}", skills_needed=["Letterpress"])
    leads.get("/categories/print/figures")
    statements.clear()
    leads.get("/categories/print/figures")
    few = len(statements)
    with clock.travel(to=now - 4 * DAY):
        for number in range(30):
            gig = a_published_gig(by=maya, category=printing, title=f"More {number}", skills_needed=["Letterpress"])
            if number % 3:
                an_application(to=gig, by=a_member(f"Hand {number}"))
    leads.get("/categories/print/figures")
    statements.clear()
    page = leads.get("/categories/print/figures").text
    assert "have waited for an answer" in page
    assert len(statements) <= few


def test_who_agree_again_before_the_first_work_is_done_had_not_worked_together(printing):
    maya, sam, now = a_member(), a_member("Sam Reyes"), clock.now()
    made = []
    for ago in (20, 15):
        with clock.travel(to=now - ago * DAY):
            made.append(an_agreement(state="agreed", gig=a_published_gig(by=maya, category=printing), applicant=sam))
    # The first of them is done by now: only what is agreed from here on is between two who had.
    made[0].accepted_at = now - 5 * DAY
    db.session.commit()
    assert figures(printing).now.again == 0
    with clock.travel(to=now - 2 * DAY):
        an_agreement(state="agreed", gig=a_published_gig(by=maya, category=printing), applicant=sam)
    assert figures(printing).now.again == 1


def test_files_name_whole_days_where_the_marketplace_is(printing):
    # Past midnight in Berlin, the day before in UTC.
    with clock.travel(to=datetime(2027, 3, 9, 23, 30, tzinfo=UTC)):
        lines = [line for line in lines_of(figures(printing)) if line[0] == "posted"]
    days = [tuple(day.isoformat() for day in line[2:4]) for line in lines]
    assert days == [("2027-02-09", "2027-03-10"), ("2027-01-10", "2027-02-08")]
