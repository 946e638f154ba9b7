"""Finding one's way in a browser: the search from every page, single keys and how they are switched off, and small motion."""

import pytest

pytestmark = pytest.mark.browser

# The rules about changing from page to page that are in force, in their order.
MOTION = """() => {
  const found = [];
  const walk = (rules) => [...rules].forEach((rule) => {
    if (rule instanceof CSSViewTransitionRule) found.push(rule.navigation);
    if (rule instanceof CSSMediaRule && !matchMedia(rule.media.mediaText).matches) return;
    if (rule.cssRules) walk(rule.cssRules);
  });
  [...document.styleSheets].forEach((sheet) => walk(sheet.cssRules));
  return found;
}"""


@pytest.fixture
def member(person, demo):
    """A member's browser: `member("/gigs")`."""

    def open_browser(path, **more):
        page = person(**more)
        demo.lets_in(page, demo.member("member@example.com"))
        page.goto(demo.url(path))
        page.wait_for_function("() => document.documentElement.hasAttribute('data-keys')")
        return page

    return open_browser


def test_a_search_begins_on_any_page(member, demo):
    page = member("/people")
    page.keyboard.press("/")
    page.keyboard.type("gilding")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=gilding")
    assert page.get_by_role("heading", name="Gigs").is_visible()
    page.get_by_role("link", name="People", exact=False).filter(has_text="People").last.click()
    page.wait_for_url("**/people?q=gilding")


def test_on_a_phone_a_door_leads_to_the_search(person, demo):
    for script in (True, False):
        page = person(script=script, width=390)
        page.goto(demo.url("/gigs"))
        page.get_by_role("banner").get_by_role("link", name="Search").click()
        page.locator("main [name=q]").fill("gilding")
        page.get_by_role("button", name="Search").click()
        page.wait_for_url("**/search?q=gilding")


@pytest.mark.parametrize(
    ("keys", "place"),
    [
        ("gg", "/gigs"),
        ("gp", "/people"),
        ("gc", "/categories"),
        ("gm", "/messages"),
        ("gw", "/work"),
        ("gh", "/"),
        ("n", "/gigs/new"),
    ],
)
def test_keys_lead_to_places(member, demo, keys, place):
    page = member("/notifications")
    for key in keys:
        page.keyboard.press(key)
    page.wait_for_url(lambda url: url.split("?")[0] == demo.url(place))


def test_keys_wait_while_somebody_types(member):
    page = member("/search")
    page.locator("main [name=q]").focus()
    page.keyboard.type("g/n?gp")
    assert page.locator("main [name=q]").input_value() == "g/n?gp"
    assert page.url.endswith("/search")


def test_the_keys_are_listed_and_can_be_switched_off_for_good(member, demo):
    page = member("/gigs")
    page.keyboard.press("?")
    dialog = page.get_by_role("dialog", name="Keyboard shortcuts")
    dialog.get_by_text("Your work").wait_for()
    page.keyboard.press("Escape")
    dialog.wait_for(state="detached")
    page.keyboard.press("?")
    dialog.get_by_label("Use these shortcuts in this browser").uncheck()
    dialog.get_by_role("button", name="Close").click()
    page.keyboard.press("g")
    page.keyboard.press("p")
    page.reload()
    page.keyboard.press("?")
    page.keyboard.press("n")
    page.wait_for_timeout(300)
    assert page.url == demo.url("/gigs")
    assert not dialog.is_visible()
    # They come back where they were switched off, which a link on every page leads to.
    page.get_by_role("link", name="Keyboard shortcuts").click()
    page.get_by_label("Use these shortcuts in this browser").check()
    page.get_by_role("heading", level=1).click()
    page.keyboard.press("g")
    page.keyboard.press("p")
    page.wait_for_url("**/people")


def test_without_scripts_the_keys_are_a_page_that_says_so(person, demo):
    page = person(script=False)
    page.goto(demo.url("/shortcuts"))
    assert page.get_by_text("They need scripts").is_visible()
    assert page.get_by_label("Use these shortcuts in this browser").is_hidden()


@pytest.mark.parametrize(("motion", "navigation"), [("no-preference", "auto"), ("reduce", "none")])
def test_pages_fade_into_each_other_unless_somebody_asks_for_less(person, demo, motion, navigation):
    page = person()
    page.emulate_media(reduced_motion=motion)
    page.goto(demo.url("/gigs"))
    assert page.evaluate(MOTION)[-1] == navigation
    length = "getComputedStyle(document.documentElement, '::view-transition-old(root)').animationDuration"
    assert page.evaluate(length) in ("0.15s", "0s")


def test_the_bar_on_a_phone_is_for_members_and_covers_nothing(member, person, demo):
    page = member("/gigs", width=390)
    bar = page.get_by_role("navigation", name="Quick")
    assert bar.is_visible()
    assert min(link.bounding_box()["height"] for link in bar.get_by_role("link").all()) >= 44
    page.keyboard.press("End")
    page.wait_for_function("() => innerHeight + scrollY >= document.body.scrollHeight - 2")
    last = page.get_by_role("contentinfo").bounding_box()
    assert last["y"] + last["height"] <= bar.bounding_box()["y"] + 1
    page.set_viewport_size({"width": 700, "height": 900})
    assert not bar.is_visible()
    visitor = person(width=390)
    visitor.goto(demo.url("/gigs"))
    assert visitor.locator(".dock").count() == 0
