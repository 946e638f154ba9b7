"""A category's own front page: what its leaders write there, and nothing of another category."""

import pytest
from sqlalchemy import select

from app.categories.noticeboard import MOST, CategoryPost, ListFull, Reading
from app.core import clock
from app.core.database import db
from app.editorial.pages import Page, Wording
from tenants.isolation import scoped
from tests.factories import a_category, a_category_leader, a_leader, a_published_gig, acting, an_agreement


@pytest.fixture
def printing(hall):
    return a_category("Print", charter="Say what paper.", joining="Come on *Tuesday*.")


def a_post(category, by, **words) -> CategoryPost:
    post = CategoryPost.post(
        category, **{"title": "New inks", "text": "", "for_hall": False} | words, by=acting(by), now=clock.now()
    )
    db.session.commit()
    return post


def test_its_page_has_news_reading_what_was_finished_and_how_to_become_part(printing, client):
    tomasz = a_category_leader(printing)
    a_post(printing, tomasz, title="New inks", text="Less **smell**.")
    Reading.recommend(
        printing, title="On paper", url="https://example.org/paper", why="Before you buy.", by=acting(tomasz)
    )
    an_agreement(state="reviewed", gig=a_published_gig(by=tomasz, category=printing, title="Bind nine books"))
    open_gig = a_published_gig(by=tomasz, category=printing, title="Print a poster")

    page = client.get("/categories/print").get_data(as_text=True)

    for words in (
        "Say what paper.",
        "New inks",
        "<strong>smell</strong>",
        "On paper",
        "Before you buy.",
        "<em>Tuesday</em>",
    ):
        assert words in page
    # What is new comes before the gigs, what is over after them.
    above, _, below = page.partition(f"/gigs/{open_gig.id}")
    assert "New inks" in above
    assert below.index("Finished lately") < below.index("Bind nine books")


def test_a_page_that_is_not_published_is_nothing_to_read(printing, browser, client):
    tomasz, ines = a_category_leader(printing), a_leader()
    page = Page.begin(Wording("Our own words", "Less ink.", "inks", "anyone"), by=acting(ines), now=clock.now())
    Reading.recommend(printing, title="Our own words", page_id=page.id, why="", by=acting(tomasz))
    db.session.commit()
    assert "Our own words" not in client.get("/categories/print").get_data(as_text=True)
    assert "Our own words" in browser(tomasz).get("/categories/print/board").get_data(as_text=True)
    page.publish(by=acting(ines))
    db.session.commit()
    assert "Our own words" in client.get("/categories/print").get_data(as_text=True)


def test_its_leader_writes_and_takes_away(printing, browser, client):
    leads = browser(a_category_leader(printing))

    assert leads.post("/categories/print/news", data={"title": ""}).status_code == 422
    assert leads.post("/categories/print/news", data={"title": "Open day", "text": "Soon."}).status_code == 302
    post = db.session.scalars(select(CategoryPost).where(scoped(CategoryPost))).one()
    leads.post(f"/categories/print/news/{post.id}", data={"title": "Open days", "text": "Soon."})
    assert "Open days" in client.get("/categories/print").get_data(as_text=True)
    both = {"title": "On paper", "url": "https://example.org", "page_id": ""}
    assert leads.post("/categories/print/reading", data=both | {"url": ""}).status_code == 422
    leads.post("/categories/print/reading", data=both)
    entry = db.session.scalars(select(Reading).where(scoped(Reading))).one()
    leads.post(f"/categories/print/news/{post.id}/removal")
    leads.post(f"/categories/print/reading/{entry.id}/removal")
    page = client.get("/categories/print").get_data(as_text=True)
    assert "Open days" not in page
    assert "On paper" not in page


def test_who_leads_one_category_does_nothing_on_anothers_board(printing, browser):
    lettering = a_category("Engraving")
    post = a_post(lettering, a_category_leader(lettering, "Leads Engraving"))
    leads = browser(a_category_leader(printing))

    for path in ("/news", f"/news/{post.id}", f"/news/{post.id}/removal", "/reading", f"/reading/{post.id}/removal"):
        assert leads.post(f"/categories/engraving{path}", data={"title": "Mine now"}).status_code == 403
        # Nor by the address of their own category.
        if "/news/" in path:
            assert leads.post(f"/categories/print{path}", data={"title": "Mine now"}).status_code == 404
    db.session.expire_all()
    assert (post.title, post.removed_at) == ("New inks", None)


def test_news_stand_on_the_front_page_if_both_leaders_want_it(printing, browser, client):
    tomasz = a_category_leader(printing)
    a_post(printing, tomasz, title="For everybody", for_hall=True)
    a_post(printing, tomasz, title="For ourselves")
    assert "For everybody" not in client.get("/").get_data(as_text=True)

    leads = browser(a_leader())
    leads.post("/desk/front/news/visibility", data={"shown": "yes", "edition": "0"})
    leads.post("/desk/front/publication", data={"edition": "1"})

    front = client.get("/").get_data(as_text=True)
    assert "For everybody" in front
    assert "For ourselves" not in front


def test_a_reading_list_ends(printing):
    tomasz = acting(a_category_leader(printing))
    for number in range(MOST):
        Reading.recommend(printing, title=f"Book {number}", url="https://example.org", why="", by=tomasz)
        db.session.flush()
    with pytest.raises(ListFull):
        Reading.recommend(printing, title="One more", url="https://example.org", why="", by=tomasz)
