"""What a step did is told over the page: it waits for its reader and leaves in its own time; a plain notice without scripts."""

import pytest

from tests.browser.measures import barriers

pytestmark = pytest.mark.browser

# The guide also keeps copies of toasts in states that only a hand brings about: those go nowhere.
TOAST = ".toast:not([data-done] .toast, [data-do] .toast)"


@pytest.fixture
def told(person, site):
    """A browser in front of two toasts, whose clock the test moves."""

    def open_browser(**more):
        page = person(**more)
        page.clock.install()
        page.goto(site.url(path="/styleguide/components/toast/bare"))
        return page

    return open_browser


def let_the_guide_finish(page):
    """Let the guide's own hands, which take their time as well, make their copies before the clock leaps."""
    while page.locator("[data-do]:not([data-done])").count():
        page.clock.run_for(100)


def test_a_toast_waits_for_somebody_and_never_leaves_under_the_pointer(told):
    page = told()
    live, signed_out = page.locator(TOAST, has_text="live"), page.locator(TOAST, has_text="signed out")
    live.get_by_role("button", name="Close").wait_for()
    assert page.locator(TOAST).count() == 2
    assert barriers(page) == []
    let_the_guide_finish(page)
    page.clock.fast_forward(600_000)
    assert live.is_visible()
    live.hover()
    page.clock.fast_forward(60_000)
    page.clock.run_for(500)
    assert signed_out.count() == 0
    assert live.is_visible()
    page.mouse.move(5, 500)
    page.clock.fast_forward(60_000)
    page.clock.run_for(500)
    assert live.count() == 0


def test_a_toast_is_closed_by_keyboard_and_the_focus_goes_on_from_the_page(told):
    page = told()
    buttons = page.locator(TOAST).get_by_role("button", name="Close")
    let_the_guide_finish(page)
    buttons.first.focus()
    page.clock.fast_forward(600_000)
    page.keyboard.press("Enter")
    page.clock.run_for(500)
    assert buttons.count() == 1
    assert page.evaluate("document.activeElement.id") == "content"
    buttons.first.focus()
    page.keyboard.press("Escape")
    page.clock.run_for(500)
    assert buttons.count() == 0


def test_a_toast_stands_over_the_page_and_above_the_bar_on_a_phone(person, demo):
    for script, width in ((True, 390), (True, 1280), (False, 390)):
        page = person(script=script, width=width)
        demo.lets_in(page, demo.member("member@example.com"))
        page.goto(demo.url("/settings/notifications"))
        page.get_by_role("button", name="Save").click()
        toast = page.locator(".toast")
        toast.wait_for()
        button = toast.get_by_role("button", name="Close")
        if script:
            button.wait_for()
        assert button.count() == script
        # Without scripts it stands where the page begins, and moves it down.
        place = toast.evaluate("one => getComputedStyle(one.parentElement).position")
        assert place == ("fixed" if script else "static")
        if script and width == 390:
            box, bar = toast.bounding_box(), page.locator(".dock").bounding_box()
            assert box["y"] + box["height"] <= bar["y"]
            assert box["x"] >= 0
            assert box["x"] + box["width"] <= width
