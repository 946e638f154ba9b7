"""What the listing costs a browser that has never been here: weight, requests, jumps."""

from collections import Counter
from urllib.parse import urlsplit

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.slow]

KILOBYTE = 1024
MOST = {"Document": 40 * KILOBYTE, "Stylesheet": 30 * KILOBYTE, "Script": 15 * KILOBYTE}
MOST_REQUESTS = 12
MOST_SHIFT = 0.02

WATCH_SHIFTS = """
window.shifted = 0;
new PerformanceObserver((list) => {
  for (const shift of list.getEntries()) if (!shift.hadRecentInput) window.shifted += shift.value;
}).observe({type: "layout-shift", buffered: true});
"""


@pytest.fixture
def visit(chromium, demo):
    """Opens a page in a browser with nothing in its cache, as a visitor or a member; gives the page and what it fetched."""
    contexts = []

    def go(path, *, width, who=None):
        context = chromium.new_context(viewport={"width": width, "height": 900})
        contexts.append(context)
        page = context.new_page()
        if who is not None:
            demo.lets_in(page, who)
        fetched = _watched(context.new_cdp_session(page))
        page.add_init_script(WATCH_SHIFTS)
        page.goto(demo.url(path))
        page.wait_for_load_state("networkidle")
        # Down to its end, so that what waits for being seen comes too.
        for _ in range(12):
            page.mouse.wheel(0, 900)
            page.wait_for_timeout(60)
        page.wait_for_load_state("networkidle")
        return page, fetched

    yield go
    for context in contexts:
        context.close()


def _watched(session):
    fetched = {}
    session.send("Network.enable")
    session.on(
        "Network.requestWillBeSent",
        lambda event: fetched.setdefault(
            event["requestId"], {"url": event["request"]["url"], "type": event["type"], "size": 0}
        ),
    )
    session.on(
        "Network.loadingFinished",
        lambda event: fetched[event["requestId"]].update(size=event["encodedDataLength"]),
    )
    return fetched


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("signed_in", [False, True], ids=["visitor", "member"])
def test_the_listing_keeps_to_its_budgets(visit, demo, width, signed_in):
    who = demo.member("member@example.com") if signed_in else None
    _keeps_to_the_budgets(*visit("/gigs", width=width, who=who), demo)


@pytest.mark.parametrize("language", ["de", "ar"])
def test_pages_in_another_language_keep_to_the_same_budgets(visit, demo, language):
    reader = demo.reader(language)
    for path in ("/gigs", "/", "/profile/words"):
        page, fetched = visit(path, width=390, who=reader)
        assert page.evaluate("document.documentElement.lang") == language
        _keeps_to_the_budgets(page, fetched, demo)


def _keeps_to_the_budgets(page, fetched, demo):
    weights = Counter()
    for one in fetched.values():
        weights[one["type"]] += one["size"]
    requests = [one for one in fetched.values() if not one["url"].startswith("data:")]
    assert set(MOST) <= set(weights)
    assert {kind: weights[kind] for kind, most in MOST.items() if weights[kind] > most} == {}
    assert len(requests) <= MOST_REQUESTS, [one["url"] for one in requests]
    assert {urlsplit(one["url"]).netloc for one in requests} == {urlsplit(demo.url("/")).netloc}
    assert page.evaluate("shifted") <= MOST_SHIFT


@pytest.mark.parametrize("path", ["/", "/people", "/work", "/search?q=letter"])
def test_no_page_jumps_or_asks_elsewhere(visit, demo, path):
    page, fetched = visit(path, width=390, who=demo.member("member@example.com"))
    hosts = {urlsplit(one["url"]).netloc for one in fetched.values() if not one["url"].startswith("data:")}
    assert hosts == {urlsplit(demo.url("/")).netloc}
    assert page.evaluate("shifted") <= MOST_SHIFT
