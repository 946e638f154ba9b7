"""How a gig would better read: its author decides, what was approved stays approved, and nothing is overwritten unseen."""

from datetime import timedelta

import pytest

from app.activity.stateful import NotYours
from app.core import clock
from app.core.database import db
from app.fields.models import CategoryField
from app.fields.values import set_values, values_of
from app.gigs.jobs import look_after_suggestions
from app.gigs.models import Gig, Suggestion
from app.gigs.models.suggestions import ChangedMeanwhile, NothingSuggested, waiting_suggestion
from tenants.models import Role
from tests.factories import a_category, a_category_leader, a_member, a_published_gig, acting, run_jobs

BETTER = {"title": "Redraw the lettering of our bakery's sign", "summary": "One word, painted by hand."}


@pytest.fixture
def printing(hall):
    return a_category("Print", posting_rule="reviewed")


@pytest.fixture
def tomasz(printing):
    return a_category_leader(printing)


@pytest.fixture
def maya(hall):
    return a_member()


def suggested(gig, by, changes=BETTER, note="It reads faster."):
    suggestion = Suggestion.make(gig, changes, by=acting(by), note=note, now=clock.now())
    db.session.commit()
    return suggestion


def test_taken_with_one_click_it_is_approved_with_that(printing, tomasz, maya, browser, outbox):
    gig = a_published_gig(by=maya, category=printing)
    leads, me = browser(tomasz), browser(maya)
    address = f"/gigs/{gig.id}/suggestion"
    assert "bakery" in leads.get(address).text
    same = {"title": gig.title, "summary": gig.summary, "description": gig.description}
    assert "Nothing would change" in leads.post(address, data=same).text
    assert leads.post(address, data=same | {"title": "  "}).status_code == 422
    assert leads.post(address, data=same | BETTER | {"note": "It reads faster."}).status_code == 302
    run_jobs()
    assert "suggests how" in outbox.to("maya-okafor@example.org").subject
    # It is her turn: off the desk, and on her page with every word marked.
    assert gig.title not in leads.get(f"/categories/{printing.slug}/desk").text
    page = me.get(f"/gigs/{gig.id}").text
    assert "<ins>the lettering of" in page
    assert "It reads faster." in page
    suggestion = waiting_suggestion(gig.id)
    assert leads.post(f"/suggestions/{suggestion.id}/taking").status_code == 403
    assert me.post(f"/suggestions/{suggestion.id}/taking").status_code == 302
    run_jobs()
    db.session.expire_all()
    assert (gig.state, gig.title, suggestion.state) == ("open", BETTER["title"], "taken")
    assert "took what you suggested" in outbox.to("tomasz-nowak@example.org").subject
    assert "approved" in outbox.to("maya-okafor@example.org").subject


def test_declined_with_a_word_it_stays_and_waits_again(printing, tomasz, maya, browser, outbox):
    gig = a_published_gig(by=maya, category=printing)
    suggestion, me = suggested(gig, tomasz), browser(maya)
    address = f"/suggestions/{suggestion.id}/refusal"
    assert me.post(address, data={"why": ""}).status_code == 422
    assert me.post(address, data={"why": "It is their sign, not ours."}).status_code == 302
    run_jobs()
    db.session.expire_all()
    assert (gig.state, suggestion.state) == ("in_review", "declined")
    letter = outbox.to("tomasz-nowak@example.org")
    assert "rather keep" in letter.subject
    assert "their sign" in letter.text
    assert gig.title in browser(tomasz).get(f"/categories/{printing.slug}/desk").text.replace("&#39;", "'")


def test_a_live_gig_reads_so_at_once_and_its_terms_stay(printing, tomasz, maya):
    gig = a_published_gig(by=maya, category=printing)
    gig.approve(by=tomasz)
    asked = CategoryField(
        category_id=printing.id, slug="paper", name="Paper", kind="text", position=0, created_at=clock.now()
    )
    db.session.add(asked)
    db.session.flush()
    set_values(gig.id, {asked.id: "Thin"})
    suggestion = suggested(gig, tomasz, {"fields": {asked.id: "Thin, 60 g"}})
    suggestion.take(by=acting(maya), now=clock.now())
    # Her own edit, and nothing waits: whoever would review it had suggested it.
    assert values_of(gig.id)[asked.id] == "Thin, 60 g"
    assert (gig.state, gig.waiting_edit()) == ("open", None)


def test_words_of_somebody_who_leads_no_more_approve_nothing(printing, tomasz, maya):
    gig = a_published_gig(by=maya, category=printing)
    suggestion = suggested(gig, tomasz)
    db.session.query(Role).filter(Role.member_id == tomasz.id).delete()
    suggestion.take(by=acting(maya), now=clock.now())
    assert (gig.state, gig.title) == ("in_review", BETTER["title"])


def test_what_the_author_wrote_meanwhile_is_not_overwritten(printing, tomasz, maya):
    gig = a_published_gig(by=maya)
    suggestion = suggested(gig, tomasz)
    gig.revise({"summary": "Two words now."}, by=maya)
    with pytest.raises(ChangedMeanwhile):
        suggestion.take(by=acting(maya), now=clock.now())
    # Something else changed: the suggestion still fits.
    fresh = suggested(gig, tomasz, {"title": "Paint our bakery's sign"})
    gig.revise({"summary": "Three words now."}, by=maya)
    fresh.take(by=acting(maya), now=clock.now())
    assert (gig.title, suggestion.state) == ("Paint our bakery's sign", "withdrawn")


def test_only_who_suggested_takes_back_and_the_clock_lets_go(printing, tomasz, maya, outbox):
    gig = a_published_gig(by=maya, category=printing)
    suggestion = suggested(gig, tomasz)
    with pytest.raises(NotYours):
        suggestion.withdraw(by=acting(maya), now=clock.now())
    with pytest.raises(NothingSuggested):
        Suggestion.make(gig, {"title": gig.title}, by=acting(tomasz), note="", now=clock.now())
    look_after_suggestions(now=clock.now() + timedelta(days=4))
    run_jobs()
    assert "still waits" in outbox.to("maya-okafor@example.org").subject
    look_after_suggestions(now=clock.now() + timedelta(days=23))
    db.session.commit()
    db.session.expire_all()
    assert (suggestion.state, gig.state) == ("lapsed", "in_review")


def test_what_ends_leaves_nothing_to_answer(printing, tomasz, maya):
    gig = a_published_gig(by=maya)
    suggestion = suggested(gig, tomasz)
    gig.close(by=maya, why="Done.")
    assert suggestion.state == "lapsed"
    assert db.session.get_one(Gig, (gig.tenant_id, gig.id)).title != BETTER["title"]


def test_nobody_else_sees_or_makes_one(printing, tomasz, maya, browser):
    gig = a_published_gig(by=tomasz, category=printing)
    sam = browser(a_member("Sam Reyes"))
    assert browser(tomasz).get(f"/gigs/{gig.id}/suggestion").status_code == 403
    assert sam.get(f"/gigs/{gig.id}/suggestion").status_code == 403
    other = a_published_gig(by=maya)
    boss = a_member("Ines Moreau", roles=("leader",))
    suggested(other, boss, note="Only for Maya.")
    assert "Only for Maya." in browser(maya).get(f"/gigs/{other.id}").text
    assert "Only for Maya." not in sam.get(f"/gigs/{other.id}").text


@pytest.mark.parametrize("way", ["withdraw", "hand_back"])
def test_a_suggestion_for_a_gig_that_is_a_draft_again_approves_nothing(printing, tomasz, maya, browser, way):
    gig = a_published_gig(by=maya, category=printing)
    suggestion = suggested(gig, tomasz, {"title": BETTER["title"]})
    if way == "withdraw":
        gig.withdraw(by=acting(maya))
    else:
        gig.hand_back(by=acting(tomasz), why="Say more.")
    gig.revise({"description": "Something else altogether."}, by=acting(maya))
    gig.publish(by=acting(maya))
    db.session.commit()
    assert browser(maya).post(f"/suggestions/{suggestion.id}/taking").status_code == 409
    db.session.expire_all()
    assert (gig.state, suggestion.state) == ("in_review", "lapsed")
