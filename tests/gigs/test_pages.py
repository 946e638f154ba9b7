"""A gig's page says what matters to whoever looks, at a fixed cost."""

from datetime import timedelta

import pytest

from app.activity.recording import history
from app.categories.vocabulary import skills_named
from app.core import clock
from app.core.database import db
from app.profiles.models import MemberSkill
from tenants.models import Tenant
from tests.factories import a_category, a_category_leader, a_gig, a_leader, a_member, a_published_gig
from tests.gigs.test_listing import titles
from tests.gigs.test_states import in_state


def read(client, path: str) -> str:
    page = client.get(path)
    assert page.status_code == 200
    return page.get_data(as_text=True)


@pytest.mark.parametrize("others", [0, 24])
@pytest.mark.parametrize("who", ["member", "author", "leader"])
def test_a_gigs_page_takes_six_statements_however_many_others_there_are(hall, browser, statements, others, who):
    maya = a_member()
    gig = a_published_gig(by=maya)
    gig.set_skills("needed", ["Lettering", "Signage"])
    for _ in range(others):
        a_published_gig(by=maya)
    client = browser({"member": lambda: a_member("Sam Hill"), "author": lambda: maya, "leader": a_leader}[who]())
    path = f"/gigs/{gig.id}"
    client.get(path)
    statements.clear()

    read(client, path)

    assert len(statements) <= 6, "\n\n".join(statements)


def test_a_page_tells_everything_that_was_agreed_to_ask_and_give(hall, client):
    gig = a_published_gig(
        by=a_member(),
        title="Typeset a guide",
        description="Calm **grid**. <script>alert(1)</script> [x](javascript:alert(1))",
        settlement="money",
        pay_kind="hourly",
        pay_min=3200,
        pay_max=4000,
        currency="GBP",
        effort_span="total",
        effort_minutes=1800,
        due_on=clock.today("UTC") + timedelta(days=20),
        place="Leeds",
        remote=False,
        seats=2,
        questions=["Have you set <maps>?"],
    )

    html = read(client, f"/gigs/{gig.id}")

    for words in (
        "£32–40",
        "an hour, about 30\u00a0h",
        "<strong>grid</strong>",
        "Leeds",
        "2 people",
        "Have you set &lt;maps&gt;?",
    ):
        assert words in html
    assert "<script>alert" not in html
    assert 'href="javascript' not in html


@pytest.mark.parametrize(
    ("columns", "words"),
    [
        ({"settlement": "money", "pay_kind": "fixed", "pay_min": 48000, "currency": "GBP"}, ["£480", "fixed price"]),
        ({"settlement": "money", "pay_kind": "hourly", "currency": "GBP"}, ["To be agreed", "paid by the hour"]),
        ({"settlement": "credits", "credits_minutes": 90}, ["1\u00a0h\u00a030\u00a0min", "in time credits"]),
        ({"settlement": "favour", "favour": "Book binding"}, ["A favour", "Book binding"]),
        ({"settlement": "none", "effort_span": "week", "effort_minutes": 300}, ["5\u00a0h", "a week"]),
        ({"direction": "offer", "kind": "mentorship"}, ["Offer of mentorship"]),
        ({"place": "Leeds"}, ["Leeds or remote"]),
    ],
)
def test_every_settlement_has_its_words(hall, client, columns, words):
    gig = a_published_gig(by=a_member(), **columns)

    for page in (read(client, f"/gigs/{gig.id}"), read(client, "/gigs")):
        for word in words[: 1 if page.count("<h1") and "open gig" in page else None]:
            assert word in page


def test_a_visitor_can_raise_a_hand(hall, client):
    gig = a_published_gig(by=a_member())

    assert "Raise your hand" in read(client, f"/gigs/{gig.id}")


def test_a_gig_that_takes_no_applications_says_so(hall, browser):
    maya = a_member()
    gig = a_published_gig(by=maya)
    mayas = browser(maya)

    mayas.post(f"/gigs/{gig.id}/recruitment/end")

    assert "Not taking applications now" in read(browser(a_member("Sam Hill")), f"/gigs/{gig.id}")
    assert "Take applications again" in read(mayas, f"/gigs/{gig.id}")


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("draft", ["Your draft", "Go on writing"]),
        ("in_review", ["In review", "Take it back to work on it"]),
        ("open", ["Your gig is live", "Listed until", "Edit", "Pause …", "Close …", "Take no more applications"]),
        ("paused", ["Your gig rests", "Resume"]),
        ("filled", ["All places are taken", "Close …"]),
        ("expired", ["Your gig has expired", "Renew", "Close …"]),
        ("closed", ["Your gig has closed", "Post it again as a copy"]),
        ("removed", ["Your gig was taken down"]),
    ],
)
def test_its_author_reads_where_it_stands_and_what_to_do(hall, browser, state, words):
    maya = a_member()
    html = read(browser(maya), f"/gigs/{in_state(state, by=maya).id}")

    for word in words:
        assert word in html


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("paused", "Resting"),
        ("filled", "All places are taken"),
        ("expired", "Its time is over"),
        ("closed", "Closed"),
    ],
)
def test_others_read_that_it_is_over_or_rests(hall, browser, state, words):
    gig = in_state(state, by=a_member())

    assert words in read(browser(a_member("Sam Hill")), f"/gigs/{gig.id}")


def test_a_page_says_why_it_fits_whoever_looks(hall, browser):
    sam = a_member("Sam Hill")
    gig = a_published_gig(by=a_member())
    gig.set_skills("needed", ["Lettering"])
    db.session.add(MemberSkill(member_id=sam.id, relation="held", skill_id=skills_named(["Lettering"])[0]))

    assert "You know Lettering." in read(browser(sam), f"/gigs/{gig.id}")


def test_similar_gigs_are_of_the_same_category_and_not_itself(hall, client):
    maya, printing = a_member(), a_category("Print")
    gig = a_published_gig(by=maya, title="Print a poster", category=printing)
    a_published_gig(by=maya, title="Print a book", category=printing)
    a_published_gig(by=maya, title="Draw a letter")

    assert titles(client.get(f"/gigs/{gig.id}")) == ["Print a book"]


def test_a_gig_without_a_category_is_shown_and_listed_as_well(hall, client):
    gig = a_published_gig(by=a_member(), title="Carry a piano", category_id=None)

    assert "Carry a piano" in read(client, f"/gigs/{gig.id}")
    assert titles(client.get("/gigs")) == ["Carry a piano"]


def test_pausing_and_closing_ask_why_and_keep_the_words(hall, browser):
    maya = a_member()
    gig, mayas = a_published_gig(by=maya), browser(maya)
    assert "Pause this gig?" in read(mayas, f"/gigs/{gig.id}/pause")

    refused = mayas.post(f"/gigs/{gig.id}/pause", data={"why": " "})
    mayas.post(f"/gigs/{gig.id}/pause", data={"why": "Back on the 12th."})

    assert refused.status_code == 422
    assert (gig.state, gig.state_reason) == ("paused", "Back on the 12th.")
    assert "Back on the 12th." in read(mayas, f"/gigs/{gig.id}")


def test_what_cannot_be_done_now_is_said_so_on_a_page(hall, browser):
    maya = a_member()
    gig, mayas = in_state("closed", by=maya), browser(maya)

    for method, path in (("GET", "pause"), ("POST", "renewal"), ("POST", "resumption")):
        page = mayas.open(f"/gigs/{gig.id}/{path}", method=method)
        assert page.status_code == 409
        assert "This stands at “Closed”" in page.get_data(as_text=True)


def test_a_gig_that_is_taken_down_is_gone_for_others_and_its_author_reads_why(hall, browser):
    maya = a_member()
    gig = a_published_gig(by=maya)

    browser(a_leader()).post(f"/gigs/{gig.id}/removal", data={"why": "Rule 3: no unpaid trials."})

    assert browser(a_member("Sam Hill")).get(f"/gigs/{gig.id}").status_code == 404
    assert "Rule 3: no unpaid trials." in read(browser(maya), f"/gigs/{gig.id}")


def test_own_gigs_stand_in_groups_and_nobody_elses_do(hall, browser):
    maya = a_member()
    for state in ("closed", "draft", "open", "in_review"):
        in_state(state, by=maya, title=f"Mine, {state}")
    in_state("open", by=a_member("Sam Hill"), title="Sams")

    html = read(browser(maya), "/gigs/mine")

    assert [html.index(f'id="{state}"') for state in ("draft", "in_review", "open", "closed")] == sorted(
        html.index(f'id="{state}"') for state in ("draft", "in_review", "open", "closed")
    )
    assert "Sams" not in html


def test_a_member_without_gigs_is_told_how_to_begin(hall, browser):
    assert "Post your first gig" in read(browser(a_member()), "/gigs/mine")


# Reviews.


@pytest.fixture
def queue(hall):
    category = a_category("Type", posting_rule="reviewed")
    return category, a_member(), a_category_leader(category)


def test_a_leader_sees_what_waits_in_their_categories_only(queue, browser):
    category, maya, tomasz = queue
    a_published_gig(by=maya, title="Draw a Greek sans", category=category)
    other = a_category("Print", posting_rule="reviewed")
    a_published_gig(by=maya, title="Print a poster", category=other)

    assert titles(browser(tomasz).get("/gigs/reviews")) == ["Draw a Greek sans"]
    assert titles(browser(a_leader()).get("/gigs/reviews")) == ["Draw a Greek sans", "Print a poster"]


def test_approving_puts_a_gig_live_and_handing_back_tells_why(queue, browser, client):
    category, maya, tomasz = queue
    good, bad = (a_published_gig(by=maya, title=title, category=category) for title in ("Good one", "Bad one"))
    leads = browser(tomasz)

    leads.post(f"/gigs/{good.id}/approval")
    leads.post(f"/gigs/{bad.id}/return", data={"why": "Say what it pays."})

    assert titles(client.get("/gigs")) == ["Good one"]
    assert bad.state == "draft"
    assert "Say what it pays." in read(browser(maya), f"/gigs/{bad.id}/steps/what")


def test_a_changed_term_is_shown_beside_the_old_one_until_it_is_decided(queue, browser):
    category, maya, tomasz = queue
    gig = a_published_gig(by=maya, category=category, seats=2)
    gig.approve(by=tomasz)
    gig.revise({"seats": 7, "place": "York", "category_id": None}, by=maya)
    leads = browser(tomasz)

    for page in (read(leads, "/gigs/reviews"), read(leads, f"/gigs/{gig.id}"), read(browser(maya), f"/gigs/{gig.id}")):
        assert "<del>" in page
        assert "York or remote" in page
    assert "York" not in read(browser(a_member("Sam Hill")), f"/gigs/{gig.id}")

    leads.post(f"/gigs/{gig.id}/edit/approval")

    assert (gig.seats, gig.place) == (7, "York")
    assert history("gig", gig.id)[-1].verb == "approve_edit"
    assert "Nothing waits" in read(leads, "/gigs/reviews")


def test_the_edit_page_shows_the_terms_that_wait(queue, browser):
    category, maya, tomasz = queue
    gig = a_published_gig(by=maya, category=category, place="Leeds")
    gig.approve(by=tomasz)
    gig.revise({"place": "York"}, by=maya)

    assert 'value="York"' in read(browser(maya), f"/gigs/{gig.id}/edit")


def test_in_a_hall_for_members_nobody_chooses_who_may_see_a_gig(hall, browser):
    maya = a_member()
    gig = a_gig(by=maya)
    mayas = browser(maya)
    assert "Who may see it" in read(mayas, f"/gigs/{gig.id}/steps/terms")

    db.session.get_one(Tenant, hall.id).who_may_see = "members"

    assert "Who may see it" not in read(mayas, f"/gigs/{gig.id}/steps/terms")
