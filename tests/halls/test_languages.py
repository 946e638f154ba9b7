"""Which language a page is in: the member's, else the hall's; and nothing remembered is shown in another."""

import pytest
from sqlalchemy import update

from app.core.database import db
from tenants.models import Tenant
from tests.factories import a_member, a_published_gig

PAGES = ("/", "/gigs", "/people", "/categories", "/join", "/rules")


@pytest.fixture
def german_hall(hall):
    db.session.execute(update(Tenant).where(Tenant.id == hall.id).values(locale="de"))
    db.session.commit()
    return hall


def test_visitors_read_what_the_hall_speaks_whatever_their_browser_asks(german_hall, browser):
    for page in PAGES:
        answer = browser().get(page, headers={"Accept-Language": "es"})
        assert '<html lang="de" dir="ltr"' in answer.text, page
        assert "Zum Inhalt springen" in answer.text, page


def test_what_a_member_chose_beats_what_the_hall_speaks(german_hall, browser):
    maya = a_member("Maya Okafor")
    me = browser(maya)
    assert "Gig einstellen" in me.get("/gigs").text
    answer = me.post("/profile/whereabouts", data={"remote": "y", "time_zone": "Europe/London", "locale": "es"})
    assert answer.status_code == 302
    page = me.get("/gigs").text
    assert '<html lang="es" dir="ltr"' in page
    assert "Publicar un encargo" in page


def test_nothing_remembered_is_shown_in_another_language(hall, browser):
    a_published_gig(by=a_member("Maya Okafor"), title="Redraw a sign", effort_minutes=60, seats=1)
    sam, noor = a_member("Sam Reyes"), a_member("Noor Hadid")
    noor.locale = "ar"
    db.session.commit()
    english, arabic, visitor = browser(sam), browser(noor), browser()
    for _ in range(2):
        for one, skip, other in ((english, "Skip to the content", "انتقل"), (arabic, "انتقل", "Skip to the content")):
            for page in ("/", "/gigs"):
                text = one.get(page).text
                assert skip in text
                assert other not in text
        assert "Skip to the content" in visitor.get("/gigs").text


def test_arabic_pages_are_written_from_right_to_left(hall, browser):
    noor = a_member("Noor Hadid")
    noor.locale = "ar"
    db.session.commit()
    text = browser(noor).get("/gigs").text
    assert '<html lang="ar" dir="rtl"' in text
    assert "الأعمال" in text


def test_the_platform_speaks_what_the_browser_asks(app, browser):
    answer = browser(host="localhost").get("/", headers={"Accept-Language": "de-AT, en;q=0.5"})
    assert '<html lang="de"' in answer.text
    assert "Accept-Language" in answer.headers["Vary"]
