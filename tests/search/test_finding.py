"""What a question finds among gigs: its words in any form, side by side, left out, unfinished, mistyped."""

import pytest
from sqlalchemy import insert, text, update

from app.categories.models import Category, Skill
from app.core import clock
from app.core.database import db
from app.gigs.models import Gig
from app.search.marks import mark
from app.search.matching import answer
from app.search.question import Question
from app.search.renewal import renew
from tenants.context import tenant_context
from tenants.isolation import scoped
from tenants.models import Tenant
from tests.factories import a_category, a_gig, a_hall, a_member, a_published_gig


def found(words, *, for_visitors=True):
    """Return the titles of the gigs that answer, the best first."""
    db.session.commit()
    ids = answer(Question.read(words), "gig", for_visitors=for_visitors).ids
    titles = {gig.id: gig.title for gig in db.session.query(Gig).where(scoped(Gig))}
    return [titles[one] for one in ids]


@pytest.fixture
def maya(hall):
    return a_member()


@pytest.fixture
def gigs(maya):
    def post(title, **columns):
        return a_published_gig(by=maya, **{"title": title, "summary": "", "description": ""} | columns)

    post("Café menus, hand-lettered", summary="Painted on wood.", skills_needed=["Lettering"])
    post("Node.js developer for an e-commerce shop", skills_needed=["JavaScript", "Node.js"])
    post("Logo for a bakery", description="No website is needed.")
    post("Websites for three bakeries", skills_needed=["WordPress"])
    return post


@pytest.mark.parametrize(
    ("words", "titles"),
    [
        ("cafe", {"Café menus, hand-lettered"}),
        ("CAFÉ MENU", {"Café menus, hand-lettered"}),
        ("painting", {"Café menus, hand-lettered"}),
        ("nodejs", {"Node.js developer for an e-commerce shop"}),
        ("node.js", {"Node.js developer for an e-commerce shop"}),
        ("ecommerce", {"Node.js developer for an e-commerce shop"}),
        ("e-commerce", {"Node.js developer for an e-commerce shop"}),
        ("java", {"Node.js developer for an e-commerce shop"}),
        ("word press", {"Websites for three bakeries"}),
        ("bakery", {"Logo for a bakery", "Websites for three bakeries"}),
        ("bakery -logo", {"Websites for three bakeries"}),
        ("-logo -node -café", {"Websites for three bakeries"}),
        ('"three bakeries"', {"Websites for three bakeries"}),
        ('"bakeries three"', set()),
        ('"java"', set()),
        ("“three bakeries”", {"Websites for three bakeries"}),
        ("the logo", {"Logo for a bakery"}),
        ("zzzz", set()),
        ("", set()),
    ],
)
def test_words_are_found_in_any_form(gigs, words, titles):
    assert set(found(words)) == titles


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("wrodpress", "wordpress"),
        ("wordprees", "wordpress"),
        ("leterring cafe", "lettering cafe"),
        ("wordprexss", "wordpress"),
        ("vordpress", "wordpress"),
        ("bakeyr logo", "bakery logo"),
        ('"hand letterred" menus', '"hand lettered" menus'),
    ],
)
def test_a_slip_of_the_finger_is_understood(gigs, typed, meant):
    understood = answer(Question.read(typed), "gig", for_visitors=True)
    assert (understood.respelt, bool(understood.ids)) == (meant, True)


def test_what_is_found_as_typed_is_not_put_right(gigs):
    gigs("A wordpres site")
    assert answer(Question.read("wordpres"), "gig", for_visitors=True).respelt is None


def test_a_word_of_what_may_not_be_seen_is_suggested_to_nobody(gigs):
    gigs("Secret zeppelin", audience="members")
    assert answer(Question.read("zepelin"), "gig", for_visitors=True).respelt is None
    assert answer(Question.read("zepelin"), "gig", for_visitors=False).respelt == "zeppelin"


def test_titles_weigh_more_than_skills_and_those_more_than_prose(gigs):
    gigs("Anything", description="Some gilding is part of it.")
    gigs("Something", skills_needed=["Gilding"])
    gigs("Gilding a frame")
    assert found("gilding") == ["Gilding a frame", "Something", "Anything"]


def test_what_is_new_and_has_room_comes_first_of_what_says_the_same(gigs):
    full = gigs("Gilding", accepting=False)
    old = gigs("Gilding, old")
    old.published_at = clock.now().replace(year=2025)
    gigs("Gilding, new")
    assert found("gilding") == ["Gilding, new", "Gilding, old", "Gilding"]
    assert full.accepting is False


def test_what_says_most_of_it_follows_where_little_says_all(gigs):
    assert found("website bakery photographs") == ["Websites for three bakeries", "Logo for a bakery"]
    assert answer(Question.read("bakery photographs"), "gig", for_visitors=True).is_loose


def test_members_find_what_is_for_members_visitors_do_not(gigs):
    gigs("For us alone", audience="members")
    assert found("alone") == []
    assert found("alone", for_visitors=False) == ["For us alone"]


def test_each_marketplace_finds_its_own_alone(gigs):
    db.session.commit()
    with tenant_context(a_hall("hillside")):
        a_published_gig(by=a_member("Zoe Roe"), title="Gilding elsewhere")
        assert found("gilding") == ["Gilding elsewhere"]
        db.session.commit()
        db.session.expunge_all()
    assert found("gilding") == []
    # Nor is a word of theirs suggested.
    assert answer(Question.read("gildign"), "gig", for_visitors=True).respelt is None


def test_whatever_changes_is_found_as_it_is_now(maya, gigs):
    draft = a_gig(by=maya, title="Varnish a boat")
    assert found("varnish") == []
    draft.publish(by=maya)
    assert found("varnish") == ["Varnish a boat"]
    draft.revise({"title": "Oil a boat", "skills_needed": ["Sanding"]}, by=maya)
    assert (found("varnish"), found("sanding")) == ([], ["Oil a boat"])
    draft.set_skills("needed", [])
    assert found("sanding") == []
    db.session.execute(update(Gig).where(scoped(Gig), Gig.title == "Oil a boat").values(title="Wax a boat"))
    assert found("wax") == ["Wax a boat"]
    draft.pause(by=maya, why="Rain.")
    assert found("wax") == []


def test_another_name_of_a_skill_or_field_is_found_at_once(maya, gigs):
    printing = a_category("Printing")
    gigs("A poster", category=printing, skills_needed=["Riso"])
    printing.name = "Presswork"
    db.session.execute(update(Skill).where(scoped(Skill), Skill.slug == "riso").values(name="Risography"))
    assert found("presswork") == found("risography") == ["A poster"]
    assert found("riso") == ["A poster"]
    db.session.execute(update(Category).where(scoped(Category)).values(name="Signs"))
    assert "A poster" in found("signs")


def test_a_marketplace_that_speaks_another_language_has_its_own_stems(hall, gigs):
    gigs("Häuser streichen")
    assert found('"haus"') == []
    db.session.get_one(Tenant, hall.id).locale = "de"
    db.session.commit()
    renew(kind="gig", after=None)
    db.session.commit()
    from dataclasses import replace

    with tenant_context(replace(hall, locale="de")):
        assert found('"haus"') == ["Häuser streichen"]


def test_what_was_written_past_the_session_is_found_after_a_renewal(maya, gigs):
    db.session.connection().execute(
        update(Gig.__table__).where(scoped(Gig), Gig.title == "Logo for a bakery").values(title="Sign for a bakery")
    )
    assert found("sign") == []
    renew(kind="gig", after=None)
    assert found("sign") == ["Sign for a bakery"]


def test_the_search_reads_nothing_of_another_marketplace(gigs, other_hall):
    """Whatever mark a question carries: the view compares the tenant itself."""
    count = text("SELECT count(*) FROM searchable WHERE words @@ CAST(:mark AS tsquery)")
    mine = f"'{mark('gig', for_visitors=True)}'"
    assert db.session.execute(count, {"mark": mine}).scalar_one() == 4
    db.session.commit()
    with tenant_context(other_hall):
        assert db.session.execute(count, {"mark": mine}).scalar_one() == 0


def test_bulk_rows_are_found_as_well(maya):
    template = a_gig(by=maya, title="Template")
    columns = {
        column.name: getattr(template, column.name)
        for column in Gig.__table__.c
        if column.name not in ("id", "tenant_id")
    }
    from app.core.ids import new_id

    rows = [
        columns | {"id": new_id(), "state": "open", "title": f"Bulk {n}", "published_at": clock.now()} for n in (1, 2)
    ]
    db.session.execute(insert(Gig).execution_options(render_nulls=True), rows)
    assert set(found("bulk")) == {"Bulk 1", "Bulk 2"}
