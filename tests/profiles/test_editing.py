"""Telling about oneself, section by section."""

from datetime import UTC, date, datetime, timedelta
from io import BytesIO

import pytest
from PIL import Image
from sqlalchemy import func, select

from app.categories.models import Skill
from app.core import clock, pictures
from app.core.database import db
from app.core.errors import NotFound
from app.profiles.models import MemberSkill, NothingToConfirm, Profile
from app.profiles.queries import own_profile
from app.profiles.sections import SECTIONS
from tenants.isolation import scoped
from tenants.models import Member
from tests.factories import a_member, run_jobs

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.fixture
def maya(hall):
    return a_member("Maya Okafor")


def a_picture(colour="teal"):
    bytes_ = BytesIO()
    Image.new("RGB", (300, 200), colour).save(bytes_, "PNG")
    bytes_.seek(0)
    return bytes_, "me.png"


def test_a_new_member_is_told_what_belongs_into_a_profile(maya, browser):
    page = browser(maya).get("/profile")
    assert page.status_code == 200
    assert "Say in one line what you do" in page.text


def test_words_are_saved_and_shown_again(maya, browser):
    me = browser(maya)
    answer = me.post(
        "/profile/words", data={"name": "Maya O.", "headline": "Letterer", "story": "I *draw*.", "offers": ""}
    )
    assert (answer.status_code, answer.location) == (302, "/profile")
    own = own_profile(maya.id).row
    assert (own.name, own.headline, own.story) == ("Maya O.", "Letterer", "I *draw*.")
    assert "Letterer" in me.get("/profile/words").text


def test_one_section_leaves_the_others_as_they_were(maya, browser):
    me = browser(maya)
    me.post("/profile/words", data={"name": "Maya", "headline": "Letterer"})
    me.post(
        "/profile/whereabouts",
        data={"place": "Leeds", "remote": "", "time_zone": "Europe/London", "languages": "English, Igbo"},
    )
    me.post("/profile/contact", data={"contact": "messages", "contact_details": ""})
    own = own_profile(maya.id).row
    assert (own.headline, own.place, own.remote, own.languages) == ("Letterer", "Leeds", False, ["English", "Igbo"])
    assert own.time_zone == "Europe/London"


def test_nothing_typed_is_lost_when_a_form_is_refused(maya, browser):
    answer = browser(maya).post("/profile/words", data={"name": "", "headline": "Letterer", "story": "A long story"})
    assert answer.status_code == 422
    assert "Tell people what to call you." in answer.text
    assert "A long story" in answer.text
    assert 'value="Letterer"' in answer.text


@pytest.mark.parametrize("section", SECTIONS)
@pytest.mark.parametrize(
    "typed", ["a\0b", "\u202eabc", "x" * 200_000, "<script>alert(1)</script>", "'; DROP TABLE members; --"]
)
def test_hostile_words_are_answered_with_a_page(maya, browser, section, typed):
    answer = browser(maya).post(f"/profile/{section}", data=dict.fromkeys(SECTIONS[section].form()._fields, typed))
    assert answer.status_code in (302, 422)
    assert "<script>alert" not in answer.text


def test_a_visitor_is_asked_to_sign_in(hall, client):
    assert client.get("/profile").location.startswith("/enter")
    assert client.post("/profile/words", data={"name": "X"}).location.startswith("/enter")


def test_skills_held_wanted_and_interests_are_three_things(maya, browser):
    browser(maya).post(
        "/profile/skills", data={"held": "Lettering, Gilding", "wanted": "Risograph", "interest": "Lettering, maps"}
    )
    own = own_profile(maya.id)
    assert (own.held, own.wanted, own.interest) == (["Lettering", "Gilding"], ["Risograph"], ["Lettering", "maps"])


def test_a_new_word_joins_the_vocabulary_once_however_it_is_spelt(maya, browser):
    me = browser(maya)
    me.post("/profile/skills", data={"held": "Graphic design"})
    me.post("/profile/skills", data={"held": "graphic  DESIGN, Sign painting"})
    assert db.session.scalar(select(func.count()).select_from(Skill).where(scoped(Skill))) == 2
    assert own_profile(maya.id).held == ["Graphic design", "Sign painting"]


def test_skills_taken_out_are_gone(maya, browser):
    me = browser(maya)
    me.post("/profile/skills", data={"held": "Gilding, Lettering"})
    me.post("/profile/skills", data={"held": "Lettering"})
    assert db.session.scalar(select(func.count()).select_from(MemberSkill).where(scoped(MemberSkill))) == 1


def test_hours_carry_the_day_on_which_they_were_given(maya, browser):
    with clock.travel(to=NOON):
        browser(maya).post("/profile/time", data={"hours": "6"})
    row = own_profile(maya.id).row
    assert (row.available_minutes, row.availability_confirmed_on) == (360, date(2026, 11, 22))


def test_one_click_says_that_the_hours_are_still_true(maya, browser):
    me = browser(maya)
    with clock.travel(to=NOON - timedelta(days=100)):
        me.post("/profile/time", data={"hours": "6"})
    with clock.travel(to=NOON):
        assert "last confirmed 3 months ago" in me.get("/profile").text
        me.post("/profile/time/confirmation")
        assert "confirmed today" in me.get("/profile").text


def test_hours_that_were_never_given_cannot_be_confirmed(maya, browser):
    with pytest.raises(NothingToConfirm):
        Profile.of(maya.id).confirm_hours(on=date(2026, 11, 22), now=NOON)
    assert browser(maya).post("/profile/time/confirmation").status_code == 409


def test_a_vacation_hides_the_hours_until_its_last_day_is_over(maya, browser):
    me = browser(maya)
    with clock.travel(to=NOON):
        me.post("/profile/time", data={"hours": "6", "vacation_from": "2026-11-20", "vacation_until": "2026-11-24"})
        assert "Away until 24 November" in me.get("/profile").text
    with clock.travel(to=NOON + timedelta(days=2)):
        assert "Away until" in me.get("/profile").text
    with clock.travel(to=NOON + timedelta(days=3)):
        assert "Away until" not in me.get("/profile").text


def test_somebody_can_be_back_early(maya, browser):
    me = browser(maya)
    with clock.travel(to=NOON):
        me.post("/profile/time", data={"hours": "6", "vacation_until": "2026-12-24"})
        me.post("/profile/time/return")
        page = me.get("/profile").text
    assert "Away until" not in page
    assert "6\u00a0h a week" in page


@pytest.mark.parametrize(
    ("dates", "words"),
    [
        ({"vacation_from": "2026-12-01"}, "Say until when you are away."),
        ({"vacation_from": "2026-12-05", "vacation_until": "2026-12-01"}, "This is before you leave."),
        ({"vacation_until": "2026-11-01"}, "This day has gone by."),
        ({"hours": "200"}, "This must be from 0 to 168 hours."),
    ],
)
def test_times_that_cannot_be_are_refused_in_words(maya, browser, dates, words):
    with clock.travel(to=NOON):
        answer = browser(maya).post("/profile/time", data=dates)
    assert answer.status_code == 422
    assert words in answer.text


def test_links_keep_their_words_and_refuse_other_schemes(maya, browser):
    me = browser(maya)
    me.post(
        "/profile/links", data={"label_0": "Work", "url_0": "example.org/work", "url_2": "https://www.example.net/"}
    )
    assert own_profile(maya.id).row.links == [
        {"label": "Work", "url": "https://example.org/work"},
        {"label": "example.net", "url": "https://www.example.net/"},
    ]
    answer = me.post("/profile/links", data={"label_0": "x", "url_0": "javascript:alert(1)"})
    assert answer.status_code == 422


def test_contact_details_are_asked_for_where_they_are_to_be_shown(maya, browser):
    answer = browser(maya).post("/profile/contact", data={"contact": "email_after_agreement"})
    assert answer.status_code == 422
    assert "Write down how they reach you then." in answer.text


def test_a_picture_becomes_the_member_s_face(maya, browser):
    me = browser(maya)
    answer = me.post("/profile/picture", data={"picture": a_picture()})
    assert answer.status_code == 302
    name = db.session.get_one(Member, (maya.tenant_id, maya.id)).picture
    assert f"/pictures/{name}-small.webp" in me.get("/").text


def test_a_picture_that_is_none_is_refused(maya, browser):
    me = browser(maya)
    answer = me.post("/profile/picture", data={"picture": (BytesIO(b"<svg/>"), "me.png")})
    assert answer.status_code == 422
    assert "cannot be read" in answer.text or "can be read" in answer.text
    assert me.post("/profile/picture", data={}).status_code == 422


def test_a_picture_taken_off_leaves_no_file(maya, browser):
    me = browser(maya)
    me.post("/profile/picture", data={"picture": a_picture()})
    name = db.session.get_one(Member, (maya.tenant_id, maya.id)).picture
    me.post("/profile/picture/removal")
    run_jobs()
    assert db.session.get_one(Member, (maya.tenant_id, maya.id)).picture is None
    with pytest.raises(NotFound):
        pictures.respond(maya.tenant_id, name, "small")
