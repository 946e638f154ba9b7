"""Front pages and a hall's own pages in a real browser: read by everybody on every screen, arranged without scripts too."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from app.core import clock
from app.core.database import db
from app.editorial.front_page import FrontPage
from app.editorial.pages import Page, Wording
from app.factory import create_app
from app.reviews.publishing import review
from tenants.context import tenant_context
from tenants.models import Tenant
from tenants.versions import touch
from tests.app_fixtures import settings_for
from tests.factories import PASSWORD, a_hall, a_member, a_published_gig, a_user, acting, an_agreement
from themes.presets import PRESETS

pytestmark = pytest.mark.browser

DESK = ("/desk/front", "/desk/front/words", "/desk/front/preview", "/desk/pages", "/desk/pages/new?start=about")


# Not of a module: a worker that takes over tests of another may come to this one twice.
@pytest.fixture(scope="session")
def wear(site):
    """A marketplace with something in every block of its front page; gives a function that changes its look."""
    application = create_app(settings_for(site.database, site.var_dir))
    with application.app_context():
        tenant = a_hall("weavers", name="Weavers", tagline="Cloth that outlives us")
        with tenant_context(tenant):
            _fill()
        db.session.remove()

    def wear(preset):
        with application.app_context():
            with tenant_context(tenant):
                db.session.get_one(Tenant, tenant.id).preset = preset
                touch("hall", "gigs", "people")
                db.session.commit()
            db.session.remove()

    yield wear
    with application.app_context():
        db.engine.dispose()


def _fill():
    user = a_user("Ines Weaver")
    user.choose_password(PASSWORD)
    leader, otto = a_member("Ines Weaver", user=user, roles=("leader",)), a_member("Otto Weaver")
    agreement = an_agreement(gig=a_published_gig(by=leader), applicant=otto, state="accepted")
    for who in (leader, otto):
        words = "Cloth that I would know again with my eyes shut, and on the day."
        review(agreement, by=acting(who), rating=5, text=words, now=clock.now())
    a_published_gig(by=otto, title="Mend a loom before the frost")
    by, front = acting(leader), FrontPage.locked()
    wanted = front.drafted.worded("words", title="Why", text="**Because** cloth\n\n- warms\n- lasts")
    front.arrange(wanted, seen=front.edition, by=by, now=clock.now())
    front.publish(seen=front.edition, by=by, now=clock.now())
    page = Page.begin(Wording("About", "## Us\n\nTwo looms.\n\n1. One\n2. Two", "", "anyone"), by=by, now=clock.now())
    page.publish(by=by)
    db.session.commit()


@pytest.fixture
def ines(person, site, wear):
    """The leader's browser, at a page of the desk."""

    def open_browser(path, **more):
        page = person(**more)
        site.sign_in(page, "weavers", "ines-weaver@example.org", onward=path)
        return page

    return open_browser


def faults(page):
    """Return what keeps somebody out, and whether the page is wider than its window."""
    found = [f"{one['id']}: {one['nodes'][0]['target']}" for one in Axe().run(page).response["violations"]]
    return found + ["scrolls sideways"] * page.evaluate("document.documentElement.scrollWidth > innerWidth")


@pytest.mark.parametrize(("width", "dark"), [(320, False), (1280, True)])
def test_nothing_keeps_anybody_out(ines, site, width, dark):
    page = ines("/desk/front", width=width, dark=dark)
    wrong = {}
    for path in (*DESK, "/", "/pages/about"):
        page.goto(site.url("weavers", path))
        wrong[path] = faults(page)
    page.goto(site.url())
    wrong["the platform"] = faults(page)
    assert {path: found for path, found in wrong.items() if found} == {}


def test_a_front_page_can_be_read_in_every_look(person, site, wear):
    wrong = {}
    for dark in (False, True):
        page = person(width=390 if dark else 1280, dark=dark)
        for preset in PRESETS:
            wear(preset)
            page.goto(site.url("weavers"))
            assert page.locator(".block").count() == 7
            wrong[preset, dark] = faults(page)
    assert {look: found for look, found in wrong.items() if found} == {}


@pytest.mark.parametrize("script", [True, False], ids=["with scripts", "without"])
def test_a_leader_arranges_looks_and_publishes(ines, person, site, script):
    page = ines("/desk/front", script=script, width=390)
    page.get_by_role("button", name="Down What is open").click()
    page.get_by_role("button", name="Leave out People").click()
    page.get_by_role("link", name="Words How it works").click()
    page.get_by_label("Heading").fill("From warp to weft")
    page.get_by_role("button", name="Keep in the draft").click()
    page.get_by_role("link", name="See it first").click()
    shown = page.locator(".blocks h2")
    assert shown.all_inner_texts()[:2] == ["Categories", "Open now"]
    assert "From warp to weft" in shown.all_inner_texts()
    page.get_by_role("button", name="Publish").click()
    page.get_by_text("Everybody sees your front page like this").wait_for()
    visitor = person(script=script)
    visitor.goto(site.url("weavers"))
    assert "New here" not in visitor.locator(".blocks h2").all_inner_texts()
    page.goto(site.url("weavers", "/desk/front"))
    page.get_by_text("Back to the usual front page").first.click()
    page.get_by_role("button", name="Back to the usual front page").last.click()
    page.get_by_role("button", name="Publish").click()
    visitor.reload()
    assert "New here" in visitor.locator(".blocks h2").all_inner_texts()
