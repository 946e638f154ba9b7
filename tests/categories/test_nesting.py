"""Categories within categories: what a parent shows of its children's, and what becomes of them when one is no more."""

import pytest
from sqlalchemy import select, update

from app.alerts.models import Alert
from app.categories.dissolving import NowhereToGo, dissolve
from app.categories.models import Category
from app.categories.nesting import HasChildren, WrongParent
from app.categories.queries import posting_choices
from app.commissions.models import FEES, CommissionRule
from app.commissions.split import Fee
from app.core import clock
from app.core.database import db
from app.gigs.moving import archive_category
from app.gigs.search import Search
from tenants.isolation import scoped
from tenants.models import Role
from tests.factories import a_category, a_category_leader, a_gig, a_leader, a_member, a_published_gig, acting
from tests.gigs.test_listing import titles


@pytest.fixture
def printing(hall):
    """Print, with Binding and Letterpress within it, and a gig in each."""
    printing = a_category("Print", charter="Say *what paper*.", standards="Name the sheet.", rates="Forty an hour.")
    maya = a_member()
    a_published_gig(by=maya, title="Draw a letter")
    a_published_gig(by=maya, title="Print a poster", category=printing)
    for name in ("Binding", "Letterpress"):
        child = a_category(name, parent_id=printing.id)
        a_published_gig(by=maya, title=f"Work in {name}", category=child)
    return printing


def child(name: str) -> Category:
    return db.session.scalars(select(Category).where(scoped(Category), Category.name == name)).one()


def test_a_parents_page_filter_and_count_hold_what_is_within_it(printing, client):
    inside = ["Work in Letterpress", "Work in Binding", "Print a poster"]

    assert titles(client.get("/categories/print")) == inside
    assert titles(client.get("/gigs?category=print")) == inside
    assert titles(client.get("/gigs?category=binding")) == ["Work in Binding"]
    listing, categories = (client.get(path).get_data(as_text=True) for path in ("/gigs", "/categories"))
    print_link = '<a href="/gigs?category=print"><span class="leader">Print</span><span class="count">3</span>'
    assert listing.index(print_link) < listing.index('"filters__inner"><a href="/gigs?category=binding"')
    assert '<span class="count">4</span>' in listing
    assert "3 open gigs<" in categories
    assert "Work in Binding" in client.get("/categories/print.atom").get_data(as_text=True)


def test_a_childs_pages_say_where_they_are(printing, client):
    page = client.get("/categories/binding").get_data(as_text=True)
    gig = titles_to_links(client.get("/categories/binding").get_data(as_text=True))

    assert '<a href="/categories/print">' in page
    assert '<a href="/categories/print">Print</a> › <a href="/categories/binding">Binding</a>' in client.get(
        gig
    ).get_data(as_text=True)
    assert [name for _, name in posting_choices()] == ["Lettering", "Print", "Print › Binding", "Print › Letterpress"]


def titles_to_links(html: str) -> str:
    start = html.index('href="/gigs/0')
    return html[start + 6 : html.index('"', start + 6)]


def test_the_charter_guides_whoever_posts_there(printing, browser):
    maya = a_member("Maya Again")
    gig, mayas = a_gig(by=maya, category=printing), browser(maya)

    said = [mayas.get(f"/gigs/{gig.id}/steps/{step}").get_data(as_text=True) for step in ("what", "details", "terms")]

    assert "Say <em>what paper</em>." in said[0]
    assert "Name the sheet." in said[1]
    assert "Forty an hour." in said[2]
    charter = mayas.get("/categories/print").get_data(as_text=True)
    assert charter.index("What belongs here") < charter.index("Standards") < charter.index("Rates")


def test_nesting_is_one_level_deep_and_never_a_circle(printing):
    lettering, binding = child("Lettering"), child("Binding")

    with pytest.raises(WrongParent):
        lettering.put_under(binding.id)
    with pytest.raises(WrongParent):
        lettering.put_under(lettering.id)
    with pytest.raises(HasChildren):
        printing.put_under(lettering.id)
    lettering.put_under(printing.id)
    assert lettering.parent_id == printing.id


def test_leaders_of_the_hall_arrange_and_a_categorys_own_do_not(printing, browser):
    good = {"name": "Lettering", "posting_rule": "open", "position": "0", "parent_id": str(printing.id)}

    own = browser(a_category_leader(child("Lettering")))
    own.post("/categories/lettering/edit", data=good)
    assert child("Lettering").parent_id is None

    browser(a_leader()).post("/categories/lettering/edit", data=good)
    db.session.expire_all()
    assert child("Lettering").parent_id == printing.id


def test_an_archived_parent_lets_its_children_stand_by_themselves(printing):
    archive_category(printing, into=child("Lettering"), by=acting(a_leader()))
    db.session.expire_all()

    assert child("Binding").parent_id is None
    assert child("Binding").archived_at is None


def test_two_who_put_two_categories_together_the_other_way_round_do_not_archive_both(printing):
    leader, lettering = acting(a_leader()), child("Lettering")
    db.session.commit()
    assert (printing.into_id, lettering.is_archived) == (None, False)
    # What another request did since this one read them.
    since = {"archived_at": clock.now(), "into_id": lettering.id}
    behind = {"synchronize_session": False}
    db.session.execute(update(Category).where(Category.id == printing.id).values(since), execution_options=behind)
    for one, into in ((lettering, printing), (printing, child("Binding"))):
        with pytest.raises(NowhereToGo):
            dissolve(one, into=into, by=leader, now=clock.now())
    assert not lettering.is_archived


def test_a_category_that_is_no_more_hands_on_all_that_it_held(printing, browser, client):
    leader, lettering = acting(a_leader()), child("Lettering")
    tomasz = a_category_leader(printing)
    both = a_category_leader(printing, "Leads Both")
    db.session.add(Role(member_id=both.id, role="category_leader", category_id=lettering.id, granted_at=clock.now()))
    sam = acting(a_member("Sam Reyes"))
    alert = Alert.save(Search(category="print"), by=sam, now=clock.now(), name="Print", pace="daily", weekday=0, hour=8)
    free = dict.fromkeys(FEES, Fee())
    rule = CommissionRule.add(
        free, people="everybody", category_id=printing.id, currency="EUR", by=leader, now=clock.now()
    )
    db.session.commit()

    dissolve(printing, into=lettering, by=leader, now=clock.now())
    db.session.commit()
    db.session.expire_all()

    assert child("Binding").parent_id == lettering.id
    led = select(Role.member_id).where(scoped(Role), Role.category_id == lettering.id)
    assert sorted(db.session.scalars(led)) == sorted([tomasz.id, both.id])
    assert (alert.asked["category"], alert.requires) == ("lettering", ["category=lettering"])
    assert rule.category_id == lettering.id
    assert client.get("/categories/print").location == "/categories/lettering"
    assert len(titles(client.get("/categories/lettering"))) == 4
    assert "Print" not in client.get("/categories").get_data(as_text=True).partition("<main")[2]
    assert (
        "Print"
        not in browser(a_leader("Another Leader")).get("/categories").get_data(as_text=True).partition("<main")[2]
    )
    with pytest.raises(NowhereToGo):
        dissolve(lettering, into=printing, by=leader, now=clock.now())
