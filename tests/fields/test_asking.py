"""What a category asks: asked in the form, kept with the gig, shown to those who may see it and to nobody else."""

import io
import re
from datetime import date

import pytest

from app.categories.dissolving import dissolve
from app.core import clock
from app.core.database import db
from app.fields.failures import FieldTaken, TooManyFields, WouldReveal
from app.fields.models import CategoryField
from app.fields.quantities import hundredths
from app.fields.queries import fields_of
from app.fields.values import set_values, values_of
from app.gigs.moving import archive_category
from tests.factories import a_category, a_gig, a_leader, a_member, a_published_gig, acting, an_agreement
from tests.gigs.test_posting import DETAILS, TERMS

SECRET = "Marmalade 4711"


def named(field, suffix=""):
    return f"field_{field.id.hex}{suffix}"


def answers_to(shop, **changes):
    """Return what the step with a category's own fields sends."""
    sent = {
        named(shop.pages): "24",
        named(shop.paper): [str(shop.options["Matte"].id), str(shop.options["Recycled"].id)],
        named(shop.binder): "2027-03-01",
        named(shop.code): SECRET,
    }
    return DETAILS | sent | changes


def answered(gig, shop):
    values = values_of(gig.id)
    return [values.get(one.id) for one in (shop.pages, shop.paper, shop.binder, shop.code)]


def a_printed_gig(shop, by, **columns):
    gig = a_published_gig(by=by, category=shop.category, **columns)
    chosen = (shop.options["Matte"].id,)
    set_values(
        gig.id, {shop.pages.id: 2400, shop.paper.id: chosen, shop.binder.id: date(2027, 3, 1), shop.code.id: SECRET}
    )
    db.session.commit()
    return gig


def test_the_step_after_the_category_asks_for_its_fields_and_keeps_what_was_typed(hall, print_shop, browser):
    maya = a_member()
    gig, mayas = a_gig(by=maya, category=print_shop.category), browser(maya)
    asked = mayas.get(f"/gigs/{gig.id}/steps/details").text
    assert "Pages" in asked
    assert "Recycled" in asked
    assert "Only whoever agrees with you sees it" in asked

    wrong = mayas.post(
        f"/gigs/{gig.id}/steps/details", data=answers_to(print_shop, **{named(print_shop.pages): "many"})
    )
    assert wrong.status_code == 422
    assert "“many” is not a number" in wrong.text
    assert SECRET in wrong.text
    assert 'value="many"' in wrong.text

    # A draft may be left with what cannot be read yet.
    sent = answers_to(print_shop, go="later", **{named(print_shop.pages): "900"})
    assert mayas.post(f"/gigs/{gig.id}/steps/details", data=sent).status_code == 302
    back = mayas.get(f"/gigs/{gig.id}/steps/details").text
    assert 'value="900"' in back
    assert "from 1 to 500" in back
    assert SECRET in back

    assert mayas.post(f"/gigs/{gig.id}/steps/details", data=answers_to(print_shop)).status_code == 302
    both = (print_shop.options["Matte"].id, print_shop.options["Recycled"].id)
    assert answered(gig, print_shop) == [2400, both, date(2027, 3, 1), SECRET]
    assert mayas.post(f"/gigs/{gig.id}/steps/terms", data=TERMS).status_code == 302
    mayas.post(f"/gigs/{gig.id}/publication")
    db.session.refresh(gig)
    assert gig.is_open


def test_what_is_required_is_missing_until_it_is_answered(hall, print_shop, browser):
    maya = a_member()
    gig, mayas = a_gig(by=maya, drafting={"done": ["what", "details", "terms"]}), browser(maya)
    gig.revise({"category_id": print_shop.category.id}, by=acting(maya))
    db.session.commit()
    assert "This is still missing" in mayas.get(f"/gigs/{gig.id}/preview").text
    assert mayas.post(f"/gigs/{gig.id}/publication").status_code == 422


def test_each_looks_at_what_is_meant_for_them(hall, print_shop, browser, client):
    maya, sam, ines = a_member(), a_member("Sam Reyes"), a_leader()
    gig = a_printed_gig(print_shop, maya)
    page = f"/gigs/{gig.id}"
    visitors, sams, tomaszs = (
        client.get(page).text,
        browser(sam).get(page).text,
        browser(print_shop.leader).get(page).text,
    )
    assert "24\u00a0pages" in visitors
    assert "Matte" in visitors
    assert "1 March 2027" not in visitors
    assert "1 March 2027" in sams
    for seen in (visitors, sams, tomaszs, browser(ines).get(page).text):
        assert SECRET not in seen
    assert SECRET in browser(maya).get(page).text

    agreement = an_agreement(state="countered", gig=gig, applicant=sam)
    at = f"/agreements/{agreement.id}"
    assert SECRET not in browser(sam).get(at).text
    agreement.agree(by=acting(maya), seen=agreement.round, now=clock.now())
    db.session.commit()
    assert SECRET in browser(sam).get(at).text
    assert SECRET in browser(maya).get(at).text
    readers = browser(a_member("Ada Reader"))
    for asked in ("/gigs?q=marmalade", f"/categories/{print_shop.category.slug}?q=4711", "/search?q=marmalade"):
        assert gig.title not in readers.get(asked).text


def test_a_file_is_for_those_who_may_see_its_field(hall, print_shop, browser, client):
    plan = print_shop.ask("Plan", "file", visibility="agreement")
    maya, sam = a_member(), a_member("Sam Reyes")
    gig, mayas = a_gig(by=maya, category=print_shop.category), browser(maya)
    sent = answers_to(print_shop, **{named(plan): (io.BytesIO(b"a plan"), "plan.txt")})
    assert mayas.post(f"/gigs/{gig.id}/steps/details", data=sent, content_type="multipart/form-data").status_code == 302
    # Without another file it stays.
    mayas.post(f"/gigs/{gig.id}/steps/details", data=answers_to(print_shop), content_type="multipart/form-data")
    gig.publish(by=maya)
    db.session.commit()
    at = f"/gigs/{gig.id}/fields/{plan.id}"
    assert mayas.get(at).data == b"a plan"
    assert [client.get(at).status_code, browser(print_shop.leader).get(at).status_code] == [404, 404]
    an_agreement(state="active", gig=gig, applicant=sam)
    assert browser(sam).get(at).data == b"a plan"
    gone = answers_to(print_shop, **{f"gone_{plan.id.hex}": "y"}, **WHOLE, category_id=str(print_shop.category.id))
    gone["asked_in"] = str(print_shop.category.id)
    assert mayas.post(f"/gigs/{gig.id}/edit", data=TERMS | gone).status_code == 302
    assert mayas.get(at).status_code == 404


WHOLE = {"direction": "request", "kind": "gig", "title": "Redraw our sign", "summary": "One word, hand-painted."}


def test_answers_of_a_live_gig_wait_for_review_and_hidden_ones_are_nobody_elses(hall, print_shop, browser):
    print_shop.category.posting_rule = "reviewed"
    maya = a_member()
    gig = a_gig(by=maya, category=print_shop.category)
    gig.publish(by=maya)
    gig.approve(by=print_shop.leader)
    edit = gig.revise({"fields": {print_shop.pages.id: 4800, print_shop.code.id: SECRET}}, by=acting(maya))
    db.session.commit()
    assert set(edit.values["fields"]) == {print_shop.pages.id}
    assert answered(gig, print_shop) == [None, None, None, SECRET]
    seen = browser(print_shop.leader).get("/gigs/reviews").text
    assert "48\u00a0pages" in seen
    assert SECRET not in seen
    gig.approve_edit(by=print_shop.leader)
    db.session.commit()
    assert answered(gig, print_shop)[0] == 4800


def test_another_category_takes_along_what_it_asks_alike(hall, print_shop):
    maya, other = a_member(), a_category("Posters")
    tomasz, now = acting(print_shop.leader), clock.now()
    alike = CategoryField.ask(other, by=tomasz, now=now, name="pages", kind="number", unit="pages")
    paper = CategoryField.ask(
        other, by=tomasz, now=now, name="Paper", kind="choice", many=True, options=["matte", "Wood"]
    )
    # To more people than the author meant: it stays behind.
    code = CategoryField.ask(other, by=tomasz, now=now, name="Door code", kind="text", visibility="public")
    gig = a_printed_gig(print_shop, maya)
    gig.revise({"category_id": other.id}, by=acting(maya))
    db.session.commit()
    values = values_of(gig.id)
    matte = next(one for one in fields_of(other.id)[1].options if one.name == "matte")
    assert (values[alike.id], values[paper.id], values.get(code.id)) == (2400, (matte.id,), None)
    archive_category(other, into=print_shop.category, by=tomasz)
    db.session.commit()
    assert answered(gig, print_shop) == [2400, (print_shop.options["Matte"].id,), date(2027, 3, 1), SECRET]


def test_choices_are_renamed_and_merged_without_losing_what_was_chosen(hall, print_shop):
    gig = a_printed_gig(print_shop, a_member())
    matte, glossy = print_shop.options["Matte"], print_shop.options["Glossy"]
    glossy.rename("Shining")
    matte.merge(glossy)
    db.session.commit()
    assert answered(gig, print_shop)[1] == (glossy.id,)


def test_a_retired_field_stays_where_it_was_answered_and_is_asked_no_more(hall, print_shop, browser):
    maya = a_member()
    gig, draft = a_printed_gig(print_shop, maya), a_gig(by=maya, category=print_shop.category)
    print_shop.pages.retire(by=acting(print_shop.leader), now=clock.now())
    db.session.commit()
    assert "24\u00a0pages" in browser(maya).get(f"/gigs/{gig.id}").text
    assert named(print_shop.pages) not in browser(maya).get(f"/gigs/{draft.id}/steps/details").text


def test_what_was_answered_for_few_is_never_opened_to_more(hall, print_shop):
    a_printed_gig(print_shop, a_member())
    tomasz = acting(print_shop.leader)
    with pytest.raises(WouldReveal):
        print_shop.code.revise({"visibility": "members"}, by=tomasz)
    print_shop.pages.revise({"visibility": "agreement"}, by=tomasz)
    assert print_shop.pages.visibility == "agreement"


def test_a_category_asks_no_more_than_somebody_answers(hall, print_shop):
    with pytest.raises(TooManyFields):
        for number in range(20):
            print_shop.ask(f"Question {number}", "text")


def test_leaders_of_the_category_define_its_fields_and_nobody_elses(hall, print_shop, browser):
    tomaszs, nobodys, other = browser(print_shop.leader), browser(a_member()), a_category("Posters")
    at = f"/categories/{print_shop.category.slug}/fields"
    sent = {"name": "Colours", "options": "One\nTwo\nFour", "visibility": "public", "required": "y"}
    assert tomaszs.post(f"{at}/new/choice", data=sent).status_code == 302
    colours = fields_of(print_shop.category.id)[-1]
    assert (colours.name, colours.required, [one.name for one in colours.options]) == (
        "Colours",
        True,
        ["One", "Two", "Four"],
    )
    tomaszs.post(f"{at}/{colours.id}/moves/up")
    assert fields_of(print_shop.category.id)[-2].name == "Colours"
    change = {"name": "Inks", "options": "Six", "visibility": "members"}
    assert tomaszs.post(f"{at}/{colours.id}/edit", data=change).status_code == 302
    assert tomaszs.post(f"{at}/{colours.id}/retirement").status_code == 302
    inks = fields_of(print_shop.category.id)[-2]
    assert (inks.name, inks.slug, inks.is_retired, len(inks.options)) == ("Inks", "colours", True, 4)
    for page in ("", "/new/number", f"/{colours.id}/edit", f"/{colours.id}/options/{colours.options[0].id}"):
        assert tomaszs.get(at + page).status_code == 200, page
        assert nobodys.get(at + page).status_code == 403
    assert tomaszs.get(f"/categories/{other.slug}/fields").status_code == 403
    assert tomaszs.get(f"/categories/{other.slug}/fields/{colours.id}/edit").status_code in (403, 404)


def test_a_category_that_is_no_more_hands_its_fields_on_with_the_gigs(hall, print_shop, browser):
    maya, other = a_member(), a_category("Posters")
    gig = a_printed_gig(print_shop, maya)
    dissolve(print_shop.category, into=other, by=acting(print_shop.leader), now=clock.now())
    db.session.commit()
    assert all(field.is_retired for field in fields_of(other.id))
    page = browser(maya).get(f"/gigs/{gig.id}").text
    assert "24\u00a0pages" in page
    assert SECRET in page


def test_the_address_of_a_category_that_is_no_more_leads_to_what_the_other_asks(hall, print_shop, browser):
    posters = a_category("Posters")
    dissolve(print_shop.category, into=posters, by=acting(print_shop.leader), now=clock.now())
    db.session.commit()
    page = browser(a_leader()).get("/categories/print/fields")
    assert "/categories/posters/fields/new/text" in page.text


def test_what_is_asked_no_more_has_no_place_and_comes_back_under_no_name_that_is_taken(hall, print_shop):
    tomasz, pages = acting(print_shop.leader), print_shop.pages
    pages.retire(by=tomasz, now=clock.now())
    pages.move(up=True)
    print_shop.ask("pages", "text")
    with pytest.raises(FieldTaken):
        pages.restore(by=tomasz)
    assert pages.is_retired


@pytest.mark.parametrize(
    ("typed", "meant"), [("1,250", 125_000), ("0.125", None), ("0,5", 50), ("-0.125", None), ("10.000", 1_000_000)]
)
def test_a_number_is_read_as_it_was_meant_or_not_at_all(typed, meant):
    assert hundredths(typed) == meant


def test_choosing_another_category_on_the_page_of_a_live_gig_asks_what_that_asks(hall, print_shop, browser):
    maya, other = a_member(), a_category("Posters")
    tomasz, now = acting(print_shop.leader), clock.now()
    alike = CategoryField.ask(other, by=tomasz, now=now, name="Pages", kind="number", unit="pages", required=True)
    inks = CategoryField.ask(other, by=tomasz, now=now, name="Inks", kind="number", required=True)
    gig, mayas = a_printed_gig(print_shop, maya), browser(maya)
    at, here = f"/gigs/{gig.id}/edit", str(print_shop.category.id)
    assert f'name="asked_in" value="{here}"' in mayas.get(at).text
    sent = DETAILS | TERMS | WHOLE | {"category_id": str(other.id), "asked_in": here}
    refused = mayas.post(at, data=sent)
    assert refused.status_code == 422
    # What it answered alike is filled in, what is missing is said, and the next time the page asked for all of it.
    assert re.search(rf'name="{named(alike)}"[^>]*value="24"', refused.text)
    assert named(inks) in refused.text
    assert f'name="asked_in" value="{other.id}"' in refused.text
    answers = {named(alike): "24", named(inks): "2", "asked_in": str(other.id)}
    assert mayas.post(at, data=sent | answers).status_code == 302
    assert (values_of(gig.id)[alike.id], values_of(gig.id)[inks.id]) == (2400, 200)
