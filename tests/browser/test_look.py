"""A leader changes the look in Chromium: beside a page that is dressed at once, and without scripts by a button."""

import io
from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from PIL import Image

from app.core import clock
from app.core.database import db
from app.factory import create_app
from billing.plan_accounts import PlanSubscription
from tenants.context import tenant_context
from tests.app_fixtures import settings_for
from tests.factories import PASSWORD, a_hall, a_member, a_user

pytestmark = pytest.mark.browser

# While the next page comes, the one before stays.
SHOWN = ".look__frame:not(.look__frame--coming)"


@pytest.fixture(scope="module")
def dyers(site):
    """A marketplace with a leader, seen by anyone."""
    application = create_app(settings_for(site.database, site.var_dir))
    with application.app_context():
        with tenant_context(a_hall("dyers", name="Dyers", tagline="Colour that stays")):
            user = a_user("Ida Blue")
            user.choose_password(PASSWORD)
            a_member("Ida Blue", user=user, roles=("leader",))
            a_paid_plan()
            db.session.commit()
        db.session.remove()
        db.engine.dispose()


def a_paid_plan():
    """Let the marketplace in force have a plan that brings a look of its own."""
    now = clock.now()
    paid = {"plan": "hall", "interval": "month", "currency": "EUR", "amount": 3900, "quantity": 1, "state": "active"}
    db.session.add(
        PlanSubscription(
            subscription_id="sub_dyers",
            item_id="si_dyers",
            began_at=now,
            period_ends_at=now + timedelta(days=300),
            synced_at=now,
            **paid,
        )
    )


@pytest.fixture
def ida(person, site, dyers):
    """The leader's browser, at the page about the look."""

    def open_browser(**more):
        page = person(**more)
        site.sign_in(page, "dyers", "ida-blue@example.org", onward="/desk/look")
        return page

    return open_browser


def a_file(width, height, name="picture.png"):
    out = io.BytesIO()
    Image.new("RGB", (width, height), (30, 60, 150)).save(out, "PNG")
    return {"name": name, "mimeType": "image/png", "buffer": out.getvalue()}


def faults(page):
    # What stands in the frame is another page's business.
    found = Axe().run(page, context={"exclude": [["iframe"]]}).response["violations"]
    wide = page.evaluate("document.documentElement.scrollWidth > innerWidth")
    return [f"{one['id']}: {one['nodes'][0]['target']}" for one in found] + ["scrolls sideways"] * wide


_SEEN = """([shown, selector, words]) => [
  ...(document.querySelector(shown)?.contentDocument?.querySelectorAll(selector) ?? [])
].some((one) => one.textContent.includes(words) && (one.localName !== "img" || one.naturalWidth))"""


def awaits(page, selector, words=""):
    """Wait until the page in the frame shows something; it is looked at from outside, for no script runs in there."""
    for _ in range(150):
        if page.evaluate(_SEEN, [SHOWN, selector, words]):
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"the frame never showed {selector} {words}")


def test_the_page_beside_the_form_wears_what_is_chosen_before_anything_is_saved(ida, person, site):
    page = ida()
    awaits(page, "h1", "Colour that stays")
    steps = page.evaluate("history.length")
    page.get_by_label("Night market").check()
    page.get_by_label("One sentence about it").fill("Indigo, madder, weld")
    awaits(page, "h1", "Indigo, madder, weld")
    awaits(page, "link[href*='/theme-nightmarket.']")
    page.locator("[name=cover]").set_input_files(a_file(1600, 700))
    awaits(page, "img.hero__cover")
    page.get_by_role("button", name="Take picture.png out").click()
    awaits(page, ".hero > .pattern")
    page.locator("[name=cover]").set_input_files(a_file(1600, 700))
    awaits(page, "img.hero__cover")
    night = page.get_by_role("button", name="Night", exact=True)
    assert night.get_attribute("aria-pressed") == "true"
    night.click()
    awaits(page, ":root[data-scheme=light]")
    assert night.get_attribute("aria-pressed") == "false"
    page.get_by_label("Which page").select_option(label="The open gigs")
    awaits(page, ".listing-head, .blank")
    # Looking is no step that the button back would have to undo.
    assert page.evaluate("history.length") == steps
    page.get_by_role("button", name="Phone", exact=True).click()
    assert page.locator(SHOWN).bounding_box()["width"] == pytest.approx(390, abs=1)
    visitor = person()
    visitor.goto(site.url("dyers"))
    visitor.get_by_role("heading", name="Colour that stays").wait_for()

    page.get_by_role("button", name="Use this look").click()
    page.get_by_text("Everybody sees it from now on").wait_for()
    visitor.reload()
    visitor.get_by_role("heading", name="Indigo, madder, weld").wait_for()
    cover, words = (visitor.locator(f".hero {part}").bounding_box() for part in (".hero__cover", "h1"))
    assert (cover["width"], cover["x"]) == (640, 640)
    assert words["x"] + words["width"] < cover["x"]
    page.get_by_role("button", name="Back to the last version").click()
    page.get_by_text("Version 1 is back").wait_for()
    visitor.reload()
    visitor.get_by_role("heading", name="Colour that stays").wait_for()


def test_a_bad_picture_is_told_at_once_and_again_in_its_place(ida):
    page = ida()
    page.locator("[name=logo]").set_input_files(a_file(20, 20))
    page.get_by_text("a logo needs 32 × 32 at least").wait_for()
    page.get_by_role("button", name="Use this look").click()
    page.locator("#logo-error").get_by_text("a logo needs 32 × 32 at least").wait_for()


def test_without_scripts_a_button_shows_it_and_what_was_typed_stays(ida):
    page = ida(script=False, width=390)
    page.get_by_label("Harbour").check()
    page.locator("[name=tagline]").fill("Rain and shine")
    page.locator("[name=logo]").set_input_files(a_file(600, 150))
    page.get_by_role("button", name="Preview").click()
    awaits(page, "h1", "Rain and shine")
    awaits(page, "img.plate__logo")
    assert page.locator("[name=tagline]").input_value() == "Rain and shine"
    page.get_by_role("button", name="Use this look").click()
    page.get_by_text("Everybody sees it from now on").wait_for()
    # Four times as wide as high: beside the ways in, a phone has this much room for it.
    assert page.locator(".head .plate__logo").bounding_box()["height"] > 24


@pytest.mark.parametrize(("width", "dark"), [(320, False), (1280, True)])
def test_nothing_keeps_anybody_out(ida, width, dark):
    assert faults(ida(width=width, dark=dark)) == []
