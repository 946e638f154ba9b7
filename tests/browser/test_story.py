"""The whole story, side by side in two browsers: from an empty platform to a finished gig with two reviews."""

import re
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PASSWORD = "boats-on-a-slow-river"


@dataclass
class Somebody:
    """One person in front of one browser."""

    name: str
    email: str
    page: Any
    site: Any

    def presses(self, name: str) -> None:
        """Press a button, or follow a link that looks like one, below the masthead."""
        below = self.page.locator("body > :not(.head)")
        button, link = (below.get_by_role(role, name=name, exact=True) for role in ("button", "link"))
        button.or_(link).first.click()

    def fills(self, **answers: str) -> None:
        """Fill fields by their names."""
        for name, value in answers.items():
            self.page.locator(f"[name={name}]").first.fill(value)

    def lists(self, label: str, *words: str) -> None:
        """Name several things in a field that takes a list: one after the other, or with commas where nothing helps."""
        field = self.page.get_by_label(re.compile(rf"^\s*{re.escape(label)}")).first
        if self.page.locator("textarea[data-module=tags][hidden]").count():
            for word in words:
                field.fill(word)
                field.press("Enter")
        else:
            field.fill(", ".join(words))

    def picks(self, *labels: str) -> None:
        """Tick or choose what carries these labels."""
        for label in labels:
            self.page.get_by_label(re.compile(rf"^\s*{re.escape(label)}")).first.check()

    def sees(self, *words: str) -> None:
        for word in words:
            self.page.get_by_text(word).first.wait_for()

    def opens(self, address: str) -> None:
        answer = self.page.goto(address)
        assert answer is None or answer.status < 400, f"{address} answered {answer.status}"

    def makes_an_account(self) -> None:
        """Sign up with the code from the mail."""
        self.page.get_by_label("Your name").fill(self.name)
        self.page.get_by_label("E-mail").fill(self.email)
        self.page.get_by_label("Password").fill(PASSWORD)
        self.presses("Continue")
        self.page.get_by_label("Code").fill(self.site.code_for(self.email))
        self.presses("Continue")


@pytest.mark.parametrize("script", [True, False], ids=["with scripts", "without scripts"])
def test_from_spin_up_to_a_finished_gig(site, person, script):
    mark = uuid4().hex[:8]
    orla = Somebody("Orla Finch", f"orla-{mark}@example.org", person(script=script), site)
    maya = Somebody("Maya Okafor", f"maya-{mark}@example.org", person(script=script, width=390), site)
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
    orla.page.get_by_label("By invitation only").check()
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
    orla.page.get_by_role("banner").get_by_role("link", name="Post a gig").click()
    orla.picks("I need something done", "Gig")
    orla.fills(title="Redraw our bakery's sign", summary="One word, hand-painted look, delivered as outlines.")
    orla.page.locator("[name=category_id]").select_option(label="Lettering")
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
    maya.page.get_by_role("link", name="Redraw our bakery's sign").click()
    maya.presses("Raise your hand")
    maya.fills(note="I paint signs and draw them clean. Three bakeries so far.")
    maya.presses("Send")
    maya.sees("Sent")


def talks(maya, orla, gig):
    orla.opens(f"{gig}/applications")
    orla.sees("Three bakeries so far")
    orla.page.get_by_role("main").get_by_role("link", name="Write", exact=True).click()
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
    maya.page.locator("[name=files]").set_input_files(
        {"name": "outlines.svg", "mimeType": "image/svg+xml", "buffer": b"<svg xmlns='http://www.w3.org/2000/svg'/>"}
    )
    maya.presses("Hand it over")
    maya.sees(note)


def reviews(orla, maya, agreement):
    for somebody, words in ((orla, "Clean work, kind talk."), (maya, "Knew what she wanted, paid at once.")):
        somebody.opens(agreement)
        somebody.presses("Write your review")
        somebody.page.locator("[name=rating][value='5']").check()
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
    orla.page.get_by_role("link", name="Maya Okafor").first.click()
    orla.sees("Clean work, kind talk.")
