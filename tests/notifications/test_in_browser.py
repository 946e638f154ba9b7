"""The list and the choices in a real browser: readable by everybody, at home on a phone, whole without scripts."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from app.core.database import db
from app.core.jobs import run_due
from app.factory import create_app
from app.joining.admission import admit
from app.notifications.letters import unsubscribe_url
from tenants.context import tenant_context
from tests.app_fixtures import settings_for
from tests.factories import PASSWORD, a_hall, a_member, a_published_gig, a_user, an_application

pytestmark = pytest.mark.browser

PAGES = ("/notifications", "/notifications?show=unread", "/settings/notifications")


@pytest.fixture(scope="module")
def way_out(site):
    """A marketplace where Maya was told of two raised hands; gives the address in her mail that stops such mail."""
    application = create_app(settings_for(site.database, site.var_dir))
    with application.app_context():
        with tenant_context(a_hall("bellfounders", name="Bellfounders")):
            user = a_user("Maya Okafor")
            user.choose_password(PASSWORD)
            maya = admit(user, name="Maya Okafor")
            gig = a_published_gig(by=maya)
            for name in ("Sam Reyes", "Ada Cole"):
                an_application(to=gig, by=a_member(name))
            path = unsubscribe_url(maya.id, "hands").partition("/unsubscribe")
            db.session.commit()
        run_due()
        db.session.remove()
        db.engine.dispose()
    return "/unsubscribe" + path[2]


@pytest.fixture
def maya(person, site, way_out):
    """Maya's browser, signed in."""

    def open_browser(**more):
        page = person(**more)
        site.sign_in(page, "bellfounders", "maya-okafor@example.org", onward="/notifications")
        return page

    return open_browser


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_nothing_keeps_anybody_out(maya, site, way_out, width, dark):
    page = maya(width=width, dark=dark)
    wrong = {}
    for path in (*PAGES, way_out):
        page.goto(site.url("bellfounders", path))
        found = Axe().run(page).response["violations"]
        wrong[path] = [f"{one['id']}: {one['nodes'][0]['target']}" for one in found]
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            wrong[path].append("scrolls sideways")
    assert {path: found for path, found in wrong.items() if found} == {}


@pytest.mark.parametrize("script", [True, False], ids=["with scripts", "without"])
def test_a_member_reads_chooses_and_rests(maya, site, script):
    page = maya(script=script, width=390)
    first = page.locator(".notice[data-unread]").first
    number = page.locator(".notice[data-unread]").count()
    first.get_by_role("button").click()
    page.wait_for_load_state()
    assert page.locator(".notice[data-unread]").count() == number - 1
    page.get_by_role("link", name="What you are told").click()
    messages = page.get_by_role("group", name="Messages")
    messages.get_by_label("E-mail").set_checked(not script)
    page.get_by_role("button", name="Save").click()
    page.get_by_text("Saved.").wait_for()
    assert messages.get_by_label("E-mail").is_checked() is not script
    page.get_by_role("button", name="No e-mail for a week").click()
    page.get_by_role("button", name="Send e-mail again").click()
    page.get_by_text("E-mail comes again.").wait_for()
