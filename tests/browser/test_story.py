"""The whole story, side by side in two browsers: from an empty platform to a finished gig with two reviews. It is told three
times: with scripts, without them, and by somebody who has a keyboard and nothing else.
"""

import re
from uuid import uuid4

import pytest

from tests.browser.hands import Somebody, Typist

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.mark.parametrize(
    ("hand", "script"),
    [(Somebody, True), (Somebody, False), (Typist, True)],
    ids=["with scripts", "without scripts", "by keyboard"],
)
def test_from_spin_up_to_a_finished_gig(site, person, hand, script):
    mark = uuid4().hex[:8]
    orla = hand("Orla Finch", f"orla-{mark}@example.org", person(script=script), site)
    maya = hand("Maya Okafor", f"maya-{mark}@example.org", person(script=script, width=390), site)
    slug = f"riverside-{mark}"

    opens_a_marketplace(orla, site, slug)
    link = makes_an_invitation_link(orla, site, slug)
    gig = posts_a_gig(orla, site, slug)
    joins(maya, link)
    finds_and_applies(maya, site, slug)
    talks(maya, orla, gig)
    agreement = agrees(orla, maya, gig)
    works(orla, maya, agreement)
    reviews(orla, maya, agreement)
    is_told(orla, maya, site, slug)


def opens_a_marketplace(orla, site, slug):
    orla.opens(site.url())
    orla.presses("Open your hall")
    orla.fills(name="Riverside Makers", tagline="Things made and mended along the river")
    orla.fills(slug=slug)
    orla.presses("Continue")
    orla.picks("Design")
    orla.presses("Continue")
    orla.presses("Continue")
    orla.presses("Continue")
    orla.picks("By invitation only")
    orla.presses("Continue")
    orla.sees(f"{slug}.localhost")
    orla.presses("Make an account")
    orla.makes_an_account()
    orla.presses("Open Riverside Makers")
    orla.page.wait_for_url(site.url(slug, "/welcome"))
    orla.sees("Your hall is open", "0 of 5")


def makes_an_invitation_link(orla, site, slug):
    orla.opens(site.url(slug, "/desk/invitations"))
    orla.presses("Make a link")
    return orla.page.locator("code", has_text="/invitations/").first.inner_text()


def posts_a_gig(orla, site, slug):
    orla.opens(site.url(slug, "/gigs"))
    orla.presses("Post a gig", within=".head")
    orla.picks("I need something done", "Gig")
    orla.fills(title="Redraw our bakery's sign", summary="One word, hand-painted look, delivered as outlines.")
    orla.selects("category_id", "Lettering")
    orla.presses("Continue")
    orla.fills(description="We have a good scan and a wall to put it on.")
    orla.lists("Skills it needs", "Lettering", "Vector drawing")
    orla.presses("Continue")
    orla.picks("Money", "A fixed price")
    orla.fills(pay_min="480", effort_minutes="12")
    orla.presses("Continue")
    orla.sees("Redraw our bakery's sign")
    orla.presses("Post gig")
    orla.sees("Redraw our bakery's sign")
    return re.sub(r"[?#].*", "", orla.page.url)


def joins(maya, link):
    maya.opens(link)
    maya.sees("invited you")
    maya.presses("Continue")
    maya.makes_an_account()
    maya.picks("I accept the terms and guidelines")
    maya.presses("Join")
    maya.sees("Welcome to Riverside Makers")


def finds_and_applies(maya, site, slug):
    maya.opens(site.url(slug, "/gigs"))
    maya.follows("Redraw our bakery's sign")
    maya.presses("Raise your hand")
    maya.fills(note="I paint signs and draw them clean. Three bakeries so far.")
    maya.presses("Send")
    maya.sees("Sent")


def talks(maya, orla, gig):
    orla.opens(f"{gig}/applications")
    orla.sees("Three bakeries so far")
    orla.presses("Write", within="main")
    orla.fills(body="Which wall paint do you use?")
    orla.presses("Send")
    orla.sees("Which wall paint do you use?")


def agrees(orla, maya, gig):
    orla.opens(f"{gig}/applications")
    orla.presses("Short list")
    orla.presses("Offer the gig")
    orla.presses("Make the offer")
    agreement = re.sub(r"[?#].*", "", orla.page.url)
    maya.opens(agreement)
    maya.presses("Suggest other terms")
    maya.fills(amount="520")
    maya.presses("Suggest these terms")
    orla.opens(agreement)
    orla.sees("520")
    orla.presses("Agree to these terms")
    orla.sees("Agreed")
    return agreement


def works(orla, maya, agreement):
    maya.opens(agreement)
    maya.presses("Begin the work")
    hands_over(maya, agreement, "The first outlines.")
    orla.opens(agreement)
    orla.sees("The first outlines.")
    orla.presses("Ask for changes")
    orla.fills(reason="The R leans. Could it stand?")
    orla.presses("Ask for these changes")
    hands_over(maya, agreement, "The R stands now.")
    orla.opens(agreement)
    orla.presses("Accept")
    orla.sees("Accepted")


def hands_over(maya, agreement, note):
    maya.opens(agreement)
    maya.presses("Hand it over")
    maya.fills(note=note, links="https://example.org/outlines")
    picture = b"<svg xmlns='http://www.w3.org/2000/svg'/>"
    maya.attaches("files", {"name": "outlines.svg", "mimeType": "image/svg+xml", "buffer": picture})
    maya.presses("Hand it over")
    maya.sees(note)


def reviews(orla, maya, agreement):
    for somebody, words in ((orla, "Clean work, kind talk."), (maya, "Knew what she wanted, paid at once.")):
        somebody.opens(agreement)
        somebody.presses("Write your review")
        somebody.rates(5)
        somebody.fills(text=words)
        somebody.presses("Send the review")
        if somebody is orla:
            maya.opens(agreement)
            assert "Clean work, kind talk." not in maya.page.content(), "a review is blind until both are in"
    for somebody in (orla, maya):
        somebody.opens(agreement)
        somebody.sees("Clean work, kind talk.", "Knew what she wanted, paid at once.")


def is_told(orla, maya, site, slug):
    assert site.mail_to(maya.email, subject="offer") is not None
    maya.opens(site.url(slug, "/notifications"))
    maya.sees("Redraw our bakery's sign")
    orla.opens(site.url(slug, "/people"))
    orla.follows("Maya Okafor")
    orla.sees("Clean work, kind talk.")
