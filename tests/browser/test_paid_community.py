"""A leader makes a living: connects an account, sells a membership; a member buys it, lapses, and recovers. All of Stripe's pages
are the stand-in's, and so is its clock.
"""

import time
import urllib.request
from urllib.parse import urlencode
from uuid import uuid4

import pytest

from tests.browser.hands import Somebody
from tests.browser.test_story import joins, makes_an_invitation_link, opens_a_marketplace

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture(scope="module")
def paid_site(new_site):
    """A site that takes money."""
    with new_site(stripe=True) as made:
        yield made


@pytest.mark.parametrize("script", [True, False], ids=["with scripts", "without scripts"])
def test_a_leader_sells_a_membership_that_is_bought_lapses_and_recovers(paid_site, person, script):
    site, mark = paid_site, uuid4().hex[:8]
    orla = Somebody("Orla Finch", f"orla-{mark}@example.org", person(script=script), site)
    maya = Somebody("Maya Okafor", f"maya-{mark}@example.org", person(script=script, width=390), site)
    slug = f"riverside-{mark}"
    opens_a_marketplace(orla, site, slug)
    joins(maya, makes_an_invitation_link(orla, site, slug))

    writes_a_tier(orla, site, slug)
    cannot_sell_yet(orla)
    connects_an_account(orla, site, slug)
    sells_it(orla, site, slug)

    leaves_without_paying(maya, site, slug)
    is_turned_down_by_a_bank_and_buys(maya)
    lapses(maya, site, slug)
    pays_with_another_card(maya, site, slug)
    changes_to_a_year(maya, site, slug)
    ends_it_and_thinks_better_of_it(maya)
    reads_the_books(orla, site, slug)


def writes_a_tier(orla, site, slug):
    orla.opens(site.url(slug, "/desk/memberships"))
    orla.sees("Nothing can be sold yet", "No tier yet")
    orla.presses("Add a tier")
    orla.fills(name="Journeyman", pitch="For whoever lives from it", includes="The workshop\nThe library", alerts="5")
    orla.presses("Go on to its price")
    for interval, amount in (("Every month", "9"), ("Every year", "90")):
        orla.selects("interval", interval)
        orla.fills(amount=amount)
        orla.presses("Set this price")
        orla.sees("That is the price from now on")
    orla.sees("€9 a month", "€90 a year")


def cannot_sell_yet(orla):
    orla.presses("Sell it")
    orla.sees("the account at Stripe is not ready")


def connects_an_account(orla, site, slug):
    orla.opens(site.url(slug, "/desk/money"))
    orla.selects("country", "France")
    orla.presses("Go on at Stripe")
    orla.presses("Answer everything")
    orla.sees("You can sell")


def sells_it(orla, site, slug):
    orla.opens(site.url(slug, "/desk/memberships"))
    orla.presses("Sell it Journeyman")
    orla.sees("On sale")


def leaves_without_paying(maya, site, slug):
    maya.opens(site.url(slug, "/membership"))
    maya.sees("The workshop", "5 alerts")
    maya.presses("Choose Journeyman")
    maya.presses("Back without paying")
    maya.sees("You left without paying")


def is_turned_down_by_a_bank_and_buys(maya):
    maya.presses("Choose Journeyman")
    maya.presses("A card whose bank asks")
    maya.presses("No")
    maya.sees("Your card was declined")
    maya.presses("A card that pays today and never again")
    maya.sees("Your membership has begun", "for €9 a month")


def lapses(maya, site, slug):
    passes_at_stripe(site, days=32)
    sees_in_the_end(maya, site.url(slug, "/membership"), "Your last payment failed")


def pays_with_another_card(maya, site, slug):
    maya.presses("Cards and invoices")
    maya.presses("A card that pays")
    maya.presses("Back")
    sees_in_the_end(maya, site.url(slug, "/membership"), "It goes on by itself")


def changes_to_a_year(maya, site, slug):
    maya.opens(site.url(slug, "/membership?per=year"))
    maya.presses("Change to this Journeyman")
    maya.sees("To pay now", "€90 a year, next on")
    maya.presses("Change now")
    maya.sees("for €90 a year")


def ends_it_and_thinks_better_of_it(maya):
    maya.page.locator("summary", has_text="End it").click()
    maya.page.get_by_role("button", name="End it", exact=True).last.click()
    maya.sees("It ends on", "Go on after all")
    maya.presses("Go on after all")
    maya.sees("It goes on by itself")


def reads_the_books(orla, site, slug):
    """What was paid: two months, and a year less what was left of the second month."""
    orla.opens(site.url(slug, "/desk/money"))
    orla.sees("Memberships", "Stripe's fees")
    with urllib.request.urlopen(f"{site.stripe_url}/") as page:
        assert "1 subscriptions" in page.read().decode()


def passes_at_stripe(site, *, days):
    data = urlencode({"days": days}).encode()
    with urllib.request.urlopen(f"{site.stripe_url}/control/clock", data) as answer:
        assert answer.status == 200


def sees_in_the_end(who, address, words):
    """Look at a page until what Stripe told of has arrived."""
    ends = time.monotonic() + 30
    while True:
        who.opens(address)
        if who.page.get_by_text(words).count():
            return
        assert time.monotonic() < ends, f"{address} never said {words!r}: {who.page.locator('main').inner_text()}"
        time.sleep(0.5)
