"""Categories: who looks after them, how they change, and where their gigs go."""

import pytest
from sqlalchemy import select

from app.activity.recording import history
from app.categories.models import Category, LastCategory, Skill
from app.categories.vocabulary import folded, skills_named
from app.core import clock
from app.core.database import db
from app.core.ids import new_id
from app.gigs.moving import NowhereToGo, archive_category
from tenants.isolation import scoped
from tenants.models import Role
from tests.factories import a_category, a_category_leader, a_gig, a_leader, a_member, a_published_gig, acting
from tests.gigs.test_listing import titles

GOOD = {"name": "Engraving", "summary": "Small and exact.", "charter": "", "posting_rule": "open", "position": "3"}


def read(client, path: str) -> str:
    page = client.get(path)
    assert page.status_code == 200
    return page.get_data(as_text=True)


def test_a_categorys_page_shows_its_people_its_charter_and_its_gigs(hall, client):
    category = a_category("Print", charter="Say **what paper**. <script>x</script>", summary="Presses of every size.")
    a_category_leader(category, "Tomasz Nowak")
    orla = a_member("Orla Finch")
    db.session.add(Role(member_id=orla.id, role="expert", category_id=category.id, granted_at=clock.now()))
    a_published_gig(by=orla, title="Print a poster", category=category)
    a_published_gig(by=orla, title="Draw a letter")

    page = client.get("/categories/print")

    html = page.get_data(as_text=True)
    for words in ("Presses of every size.", "Tomasz Nowak", "Leads this category", "Orla Finch", "Expert"):
        assert words in html
    assert "<strong>what paper</strong>" in html
    assert "<script>x" not in html
    assert titles(page) == ["Print a poster"]


@pytest.mark.parametrize("rows", [2, 24])
def test_a_categorys_page_costs_the_same_however_many_gigs(hall, browser, statements, rows):
    maya = a_member()
    for _ in range(rows):
        a_published_gig(by=maya)
    mayas = browser(maya)
    mayas.get("/categories/lettering")
    statements.clear()

    assert len(titles(mayas.get("/categories/lettering"))) == rows
    assert len(statements) <= 6, "\n\n".join(statements)


def test_filters_of_a_categorys_page_stay_in_it(hall, client):
    maya, printing = a_member(), a_category("Print")
    a_published_gig(by=maya, title="Print a poster", category=printing)
    a_published_gig(by=maya, title="Offer a press", category=printing, direction="offer")
    a_published_gig(by=maya, title="Draw a letter", direction="offer")

    page = client.get("/categories/print?direction=offer&category=lettering")

    assert titles(page) == ["Offer a press"]
    assert 'href="/categories/print?direction=request"' in page.get_data(as_text=True)


def test_the_list_counts_open_gigs_that_one_may_see(hall, client, browser):
    maya = a_member()
    a_published_gig(by=maya)
    a_published_gig(by=maya, audience="members")
    a_gig(by=maya)

    assert "1 open gig<" in read(client, "/categories")
    assert "2 open gigs<" in read(browser(maya), "/categories")


def test_a_leader_adds_a_category_at_an_address_of_its_own(hall, browser):
    leaders = browser(a_leader())

    first = leaders.post("/categories", data=GOOD)
    second = leaders.post("/categories", data=GOOD)
    other_script = leaders.post("/categories", data=GOOD | {"name": "Гравюра"})

    assert (first.location, second.location) == ("/categories/engraving", "/categories/engraving-2")
    assert leaders.get(other_script.location).status_code == 200


def test_its_leader_edits_a_category_and_its_address_stays(hall, browser):
    category = a_category("Print")
    leads = browser(a_category_leader(category))

    leads.post("/categories/print/edit", data=GOOD | {"charter": "Be kind."})

    assert (category.slug, category.name, category.charter) == ("print", "Engraving", "Be kind.")
    assert history("category", category.id)[-1].data["changed"] == ["charter", "name", "position", "summary"]


@pytest.mark.parametrize(
    ("name", "value"),
    [("name", ""), ("name", "x" * 61), ("posting_rule", "nobody"), ("position", "-1"), ("charter", "x" * 9000)],
)
def test_what_does_not_fit_is_said_and_what_was_typed_is_kept(hall, browser, name, value):
    a_category("Print")

    page = browser(a_leader()).post("/categories/print/edit", data=GOOD | {name: value})

    assert page.status_code == 422
    assert "Small and exact." in page.get_data(as_text=True)


def test_archiving_a_category_moves_its_gigs_and_tells_their_history(hall, browser):
    maya, printing = a_member(), a_category("Print")
    live, draft = a_published_gig(by=maya, category=printing), a_gig(by=maya, category=printing)
    lettering = db.session.query(Category).filter_by(slug="lettering").one()

    browser(a_leader()).post("/categories/print/archive", data={"into": str(lettering.id)})

    assert printing.is_archived
    assert live.category_id == draft.category_id == lettering.id
    assert history("gig", live.id)[-1].data["into"] == "Lettering"


def test_an_archived_category_takes_nothing_new_and_can_come_back(hall, browser):
    a_category("Print", archived_at=clock.now())
    leaders = browser(a_leader())
    assert "archived" in read(leaders, "/categories/print")
    assert ">Print</option>" not in read(leaders, f"/gigs/new?draft={new_id()}")

    leaders.post("/categories/print/restoration")

    assert ">Print</option>" in read(leaders, f"/gigs/new?draft={new_id()}")


def test_the_last_category_stays_and_gigs_go_somewhere_that_is_open(hall):
    lettering = db.session.query(Category).filter_by(slug="lettering").one()
    archived, leader = a_category("Print", archived_at=clock.now()), acting(a_leader())

    with pytest.raises(NowhereToGo):
        archive_category(lettering, into=lettering, by=leader)
    with pytest.raises(NowhereToGo):
        archive_category(lettering, into=archived, by=leader)
    with pytest.raises(LastCategory):
        lettering.archive(by=leader)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Graphic  design", "graphic-design", True),
        ("Café signs", "café signs", True),
        ("C++", "C", False),
        ("C#", "C++", False),
        (".NET", "net", False),
        ("ＵＸ", "ux", True),
    ],
)
def test_spellings_of_one_skill_are_one_word(one, other, same):
    assert (folded(one) == folded(other)) is same


def test_a_new_word_joins_the_vocabulary_once(hall):
    first = skills_named(["Gilding", "gilding ", "GILDING", "", "Signage"])
    again = skills_named(["signage", "Gilding"])

    assert len(first) == 2
    assert again == first[::-1]
    assert list(db.session.scalars(select(Skill.name).where(scoped(Skill)).order_by(Skill.slug))) == [
        "Gilding",
        "Signage",
    ]
