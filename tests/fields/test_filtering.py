"""Narrowing a list down by what its category asks; what somebody may not see never shows in any of it."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.core.database import db
from app.fields.filtering import asks_in
from app.fields.loading import options_of
from app.fields.values import set_values
from app.gigs.finding import Finding
from app.gigs.search import Search
from tenants.context import current_tenant_id
from tests.factories import a_category, a_leader, a_member, a_published_gig, acting

MATTE, GLOSSY = "Matte", "Glossy"


@pytest.fixture
def listed(print_shop):
    """Three gigs by Maya: a leaflet (4 pages, matte), a book (240.5, matte and glossy, March), a poster (1, glossy, May)."""
    maya, options = a_member(), print_shop.options

    def gig(title, pages, papers, day):
        one = a_published_gig(by=maya, category=print_shop.category, title=title)
        chosen = tuple(options[name].id for name in papers)
        set_values(one.id, {print_shop.pages.id: pages, print_shop.paper.id: chosen, print_shop.binder.id: day})
        return one

    gigs = {
        "leaflet": gig("A leaflet for us", 400, [MATTE], None),
        "book": gig("A book of names", 24050, [MATTE, GLOSSY], date(2027, 3, 1)),
        "poster": gig("A poster in red", 100, [GLOSSY], date(2027, 5, 1)),
    }
    a_published_gig(by=maya, category=a_category("Posters"), title="Elsewhere")
    db.session.commit()
    return gigs


def found(viewer, at="/categories/print", **asked):
    actor = acting(viewer) if viewer else None
    return Finding(Search.read({"category": "print", **asked}), actor, at, fixed=("category",))


def titles(finding):
    return sorted(row.title.split()[1] for row in finding.page)


def group(finding, title):
    return next((one for one in finding.column.groups() if one["title"] == title), None)


def test_ranges_and_choices_narrow_the_list_and_their_counts(listed, print_shop):
    sam = a_member("Sam Reyes")
    assert titles(found(sam, asks="pages_2~")) == ["book", "leaflet"]
    assert titles(found(sam, **{"asks-pages-from": "4", "asks-pages-to": "240,5"})) == ["book", "leaflet"]
    assert titles(found(sam, asks="pages_~4.paper_glossy")) == ["poster"]
    assert titles(found(sam, asks="paper_glossy~matte")) == ["book", "leaflet", "poster"]
    assert titles(found(sam, asks="at-the-binders_2027-04-01~")) == ["poster"]
    both = found(sam, asks="paper_matte")
    counts = {item["label"]: (item["count"], item["current"]) for item in group(both, "Paper")["items"]}
    assert counts == {"Any": (None, False), "Matte": (2, True), "Glossy": (2, False)}
    assert both.total == 2
    few = group(found(sam, asks="pages_~4"), "Paper")
    assert [item["count"] for item in few["items"]] == [None, 1, 1]


def test_an_address_is_written_in_one_way_and_reads_anything():
    asked = {"asks": "b_2.a_x~y", "asks-c-from": "1 200", "asks-c-to": "", "asks-d-from": "nonsense"}
    assert asks_in(asked) == "a_x~y.b_2.c_1200~"
    for strange in (
        "",
        "_",
        "a_",
        "a_\0",
        "a_" + "9" * 5000,
        ".".join(f"f{n}_1" for n in range(900)),
        "pages_~~~",
        "ä_1",
    ):
        Search.read({"category": "print", "asks": strange})
        assert asks_in({"asks": strange}) is None or len(asks_in({"asks": strange})) < 400
    assert Search.read({"asks": "a_1"}).asks is None


def test_visitors_ask_only_for_what_they_may_see(listed, print_shop):
    slug = print_shop.binder.slug
    assert titles(found(a_member("Sam Reyes"), asks=f"{slug}_2027-04-01~")) == ["poster"]
    assert titles(found(None, asks=f"{slug}_2027-04-01~")) == ["book", "leaflet", "poster"]
    assert group(found(None), print_shop.binder.name) is None
    assert group(found(a_member("Ada Lovelace")), print_shop.binder.name) is not None


def test_the_pages_offer_what_can_be_asked(listed, print_shop, browser, client):
    page = client.get(f"/categories/{print_shop.category.slug}?asks=paper_glossy").text
    assert "asks=paper_glossy~matte" in page
    assert 'name="asks-pages-from"' in page
    assert "leaflet" not in page
    sams = browser(a_member("Sam Reyes"))
    everywhere = sams.get("/gigs?category=print&asks-pages-from=2&asks-pages-to=").text
    assert "A leaflet" in everywhere
    assert "A poster" not in everywhere
    assert "asks" not in sams.get("/gigs").text
    assert "asks" not in sams.get("/categories/posters").text
    # An alert is made without it.
    assert sams.get("/alerts/new?category=print&asks=pages_2~").status_code == 200


def test_words_that_were_answered_are_found_by_those_who_may_read_them(hall, print_shop, client, browser):
    open_words = print_shop.ask("Subject", "text")
    inner_words = print_shop.ask("Inside", "text", visibility="members")
    maya = a_member()
    for title, audience in (("Seen by all of you", "hall"), ("Seen by members", "members")):
        gig = a_published_gig(by=maya, category=print_shop.category, title=title, audience=audience)
        answers = {open_words.id: "marmalade", inner_words.id: "quince", print_shop.code.id: "damson"}
        set_values(gig.id, answers)
    db.session.commit()
    sams = browser(a_member("Sam Reyes"))
    assert "Seen by all of you" in client.get("/gigs?q=marmalade").text
    assert "Seen by members" in sams.get("/gigs?q=quince").text
    for asked in ("/gigs?q=damson", "/search?q=damson"):
        assert "Seen by" not in sams.get(asked).text.replace("Seen by who", "")
    assert "Seen by all of you" not in client.get("/gigs?q=quince").text


SECRETS = st.one_of(st.none(), st.integers(-(10**6), 10**6))
ASKS = st.lists(
    st.sampled_from(["pages_2~", "paper_glossy", "rate_~500", "rate_100~", "grade_low", "grade_high~low"]), max_size=3
)


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(before=SECRETS, after=SECRETS, asks=ASKS, sort=st.sampled_from(["newest", "due", "pay"]))
def test_what_an_agreement_reveals_changes_nothing_for_anybody(listed, print_shop, world, before, after, asks, sort):
    rate, grade, low, viewers = world
    asked = {"asks": ".".join(asks), "sort": sort}

    def everything():
        db.session.flush()
        shown = [found(viewer, **asked) for viewer in viewers]
        return [([row.id for row in one.page], one.total, one.column.groups()) for one in shown]

    book = listed["book"]
    set_values(book.id, {rate.id: before, grade.id: None})
    first = everything()
    set_values(book.id, {rate.id: after, grade.id: (low,)})
    assert everything() == first


@pytest.fixture
def world(listed, print_shop):
    """A hidden rate and a hidden grade, and one of each who may look: a visitor, a member, the author, leaders."""
    rate = print_shop.ask("Rate", "number", visibility="agreement")
    grade = print_shop.ask("Grade", "choice", visibility="agreement", options=["Low", "High"])
    author = db.session.get(type(print_shop.leader), (current_tenant_id(), listed["book"].author_id))
    viewers = [None, a_member("Sam Reyes"), author, print_shop.leader, a_leader()]
    db.session.commit()
    return rate, grade, options_of(grade)[0].id, viewers
