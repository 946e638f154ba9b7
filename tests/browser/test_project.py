"""The story of a project: one request becomes four roles in two categories; four independents agree at once, one is replaced,
what is paid in is delivered and accepted, and fees, shares and reviews are right at the end.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

import pytest

from app.commissions.models import CommissionRule
from app.commissions.split import NOTHING, Fee
from app.core import clock
from app.core.database import db
from app.payments.models import PayoutAccount
from tests.browser.hands import Somebody
from tests.browser.measures import barriers
from tests.browser.paid_hall import PaidHall, a_paid_hall
from tests.factories import a_category, a_category_leader, a_leader, a_member, acting
from tests.stripe.world import PLATFORM

pytestmark = [pytest.mark.browser, pytest.mark.slow]

# 2 % on top, 5 % out of the pay; a quarter of both is the category leaders'. The coordinator takes 10 % on top.
FEES = {"client": Fee(points=200), "worker": Fee(points=500), "leader": Fee(points=2500), "coordinator": NOTHING}
COORDINATING = 1_000
#: Each role: its category, who takes it, and what its milestones pay, in euros.
ROLES = {
    "Posters": ("Printing", "sam", (100, 300)),
    "Programme": ("Printing", "odile", (250,)),
    "Stage": ("Carpentry", "kwabena", (200, 400)),
    "Benches": ("Carpentry", "lena", (123, 77)),
}


@dataclass
class Stage:
    """A marketplace with two categories, a client, a coordinator and people for the roles."""

    paid: PaidHall
    people: dict[str, UUID]


@pytest.fixture
def stage(new_site, monkeypatch) -> Iterator[Stage]:
    with a_paid_hall(new_site, monkeypatch) as paid:
        with paid.inside():
            printing, carpentry = a_category("Printing"), a_category("Carpentry")
            people = {
                "maya": a_member(),
                "tomasz": a_category_leader(printing),
                "ines": a_category_leader(carpentry, "Ines Moreau"),
                "sam": a_member("Sam Reyes"),
                "odile": a_member("Odile Brun"),
                "kwabena": a_member("Kwabena Asante"),
                "lena": a_member("Lena Vogel"),
                "noor": a_member("Noor Haddad"),
            }
            leader = acting(a_leader("Petra Lindqvist"))
            CommissionRule.add(FEES, people="everybody", category_id=None, currency="EUR", by=leader, now=clock.now())
            db.session.commit()
            for name, member in people.items():
                if name != "maya":
                    paid.can_be_paid(acting(member), now=clock.now())
            db.session.commit()
            ids = {name: member.id for name, member in people.items()}
        yield Stage(paid, ids)


class Cast:
    """Everybody in front of a browser of their own; whoever is called for the first time comes in."""

    def __init__(self, stage: Stage, person) -> None:
        self._stage, self._person, self._there = stage, person, {}

    def __getattr__(self, name: str) -> Somebody:
        if name not in self._there:
            page = self._person(width=1280 if name in ("maya", "ines") else 390, dark=name in ("tomasz", "noor"))
            self._stage.paid.lets_in(page, self._stage.people[name])
            self._there[name] = Somebody(name, "", page, self._stage.paid.site)
        return self._there[name]

    def the(self, name: str) -> Somebody:
        return getattr(self, name)


def test_one_request_becomes_the_work_of_four_and_everything_is_right_at_the_end(stage, person):
    paid, cast = stage.paid, Cast(stage, person)
    project = becomes_a_project(paid, cast)
    for title, (category, who, parts) in ROLES.items():
        is_added(cast.tomasz, project, title, category, sum(parts))
        is_taken(paid, cast, project, title, who, parts)
    is_agreed_at_once(paid, cast, project)
    agreements = {title: agreement_of(cast.maya, project, title) for title in ROLES}

    for title in ("Posters", "Programme", "Stage"):
        _category, who, parts = ROLES[title]
        for part in parts:
            is_paid_in(paid, cast.maya, agreements[title], part)
        for _part in parts:
            is_done(cast, agreements[title], who)
    _category, who, parts = ROLES["Benches"]
    for part in parts:
        is_paid_in(paid, cast.maya, agreements["Benches"], part)
    is_done(cast, agreements["Benches"], who)
    paid.works()
    is_replaced(paid, cast, project, agreements["Benches"])
    last = agreement_of(cast.maya, project, "Benches")
    is_paid_in(paid, cast.maya, last, 77)
    is_done(cast, last, "noor")
    paid.works()

    is_finished(cast, project)
    everybody_says_how_it_went(cast, agreements | {"Benches again": last})
    shares_are_right(paid, cast, project, stage.people)


def becomes_a_project(paid, cast):
    maya, tomasz = cast.maya, cast.tomasz
    maya.opens(paid.url("/gigs/new"))
    maya.picks("I need something done", "Gig")
    maya.fills(title="A spring fair", summary="Posters, a stage, benches and a programme.")
    maya.selects("category_id", "Printing")
    maya.presses("Continue")
    maya.fills(description="The whole street comes. We need somebody who thinks of everything.")
    maya.presses("Continue")
    maya.picks("Money", "A fixed price")
    maya.fills(pay_min="1500", effort_minutes="60")
    maya.presses("Continue")
    maya.presses("Post gig")
    maya.sees("A spring fair")
    gig = re.sub(r"[?#].*", "", maya.page.url)

    tomasz.opens(gig)
    tomasz.presses("Make a project of it …")
    tomasz.fills(title="The spring fair", note="Four people, one price, one yes.")
    tomasz.presses("Suggest it")
    tomasz.sees("Waiting for Maya")
    project = re.sub(r"[?#].*", "", tomasz.page.url)
    maya.opens(gig)
    maya.presses("See the project")
    maya.sees("Tomasz would make a project of your gig", "Four people, one price, one yes.")
    maya.presses("Yes, plan it")
    maya.sees("Tomasz plans your project")
    return project


def is_added(tomasz, project, title, category, amount):
    tomasz.opens(project)
    tomasz.presses("Add a role")
    tomasz.fills(title=title, amount=str(amount), phase="Before" if category == "Printing" else "On the day")
    tomasz.selects("category_id", category)
    tomasz.presses("Add the role")
    tomasz.sees("The role is in the plan")
    tomasz.presses("Open it")
    tomasz.sees("Members see it now")


def is_taken(paid, cast, project, title, who, parts):
    """Somebody finds a role among the gigs, raises a hand, is asked for a part of so many milestones, and stands by it."""
    them, tomasz = cast.the(who), cast.tomasz
    them.opens(paid.url("/gigs"))
    them.follows(title)
    them.sees("Part of the project “The spring fair”", "leads it, and answers who raises a hand")
    gig = re.sub(r"[?#].*", "", them.page.url)
    them.presses("Raise your hand")
    them.fills(note="Gladly.")
    them.presses("Send")
    tomasz.opens(f"{gig}/applications")
    tomasz.presses("Offer the part …")
    tomasz.fills(amount=str(sum(parts)))
    for number, part in enumerate(parts if len(parts) > 1 else ()):
        tomasz.fills(**{f"part{number}_title": f"{title} {number + 1}", f"part{number}_amount": str(part)})
    tomasz.presses("Ask them")
    tomasz.sees("They are asked")
    them.opens(project)
    them.presses("Your part")
    them.sees("Tomasz asks you to take this part")
    assert barriers(them.page) == []
    them.presses("Yes, I stand by it")
    them.sees("You stand by your part")


def is_agreed_at_once(paid, cast, project):
    tomasz, maya = cast.tomasz, cast.maya
    tomasz.opens(project)
    assert barriers(tomasz.page) == []
    tomasz.presses("Put the offer together")
    tomasz.fills(fee_points="10", contingency="100", note="All four stand by it.")
    assert barriers(tomasz.page) == []
    tomasz.presses("Make the offer")
    tomasz.sees("Maya has your offer")
    maya.opens(project)
    # €1,450 of work, €145 for coordinating it, €29 for the marketplace and €100 in reserve.
    maya.sees("Tomasz makes you an offer", "All four stand by it.", "€1,450", "€145", "€29", "€1,724")
    assert barriers(maya.page) == []
    maya.presses("Take the offer")
    maya.sees("Agreed with everybody at once", "The work is under way")
    assert maya.page.get_by_text("At work", exact=True).count() == len(ROLES)
    paid.works()


def agreement_of(maya, project, title):
    maya.opens(project)
    row = maya.page.locator("#roles .task").filter(has=maya.page.get_by_role("link", name=title, exact=True))
    row.get_by_role("link", name="The agreement").click()
    return re.sub(r"[?#].*", "", maya.page.url)


def is_paid_in(paid, maya, agreement, price):
    """With 2 % for the marketplace and 10 % for the coordinator on top."""
    cents = price * 112
    amount = f"€{cents // 100:,}" if cents % 100 == 0 else f"€{cents / 100:,.2f}"
    maya.opens(agreement)
    maya.presses(f"Pay {amount} in")
    maya.page.get_by_role("button", name="A card that pays", exact=True).click()
    maya.page.wait_for_url(f"{agreement}#money")
    paid.works()


def is_done(cast, agreement, who):
    them, maya = cast.the(who), cast.maya
    them.opens(agreement)
    if them.page.get_by_role("button", name="Begin the work").count():
        them.presses("Begin the work")
    them.opens(f"{agreement}/deliveries/new")
    them.fills(note="Here it is.")
    them.presses("Hand it over")
    maya.opens(agreement)
    maya.presses("Accept")


def is_replaced(paid, cast, project, before):
    """What was accepted stays paid, what is held for the rest goes back, and somebody else agrees to the rest."""
    tomasz, maya, lena = cast.tomasz, cast.maya, cast.lena
    tomasz.opens(project)
    row = tomasz.page.locator("#roles .task").filter(has=tomasz.page.get_by_role("link", name="Benches", exact=True))
    row.get_by_role("link", name="Somebody else …").click()
    tomasz.fills(reason="Lena has broken her arm.")
    assert barriers(tomasz.page) == []
    tomasz.presses("Look for somebody else")
    tomasz.sees("The role looks for somebody again")
    paid.works()
    lena.opens(before)
    lena.sees("Lena has broken her arm.")
    is_taken(paid, cast, project, "Benches", "noor", (77,))
    tomasz.opens(project)
    tomasz.presses("Put the offer together")
    tomasz.presses("Make the offer")
    maya.opens(project)
    maya.sees("Tomasz suggests a change", "Agreed before")
    assert barriers(maya.page) == []
    maya.presses("Take the offer")
    maya.sees("before: Lena Vogel")


def is_finished(cast, project):
    maya = cast.maya
    maya.opens(project)
    maya.sees("Nobody is at work any more")
    money = maya.page.locator("#money")
    # €1,450 and 12 % on top; of it the marketplace keeps nothing back, and what was not needed is left.
    assert money.get_by_role("row", name="Together").inner_text().count("€1,624") == 4
    assert money.get_by_text("€100", exact=True).is_visible()
    assert barriers(maya.page) == []
    maya.presses("Finish it")
    maya.sees("The project is finished")


def everybody_says_how_it_went(cast, agreements):
    workers = {title: who for title, (_category, who, _parts) in ROLES.items()} | {"Benches again": "noor"}
    for title, agreement in agreements.items():
        for somebody in (cast.maya, cast.the(workers[title])):
            somebody.opens(f"{agreement}/reviews/new")
            somebody.rates(5)
            somebody.fills(text=f"{title}: calm and exact.")
            somebody.presses("Send the review")
        # Both are in: both are read.
        somebody.opens(agreement)
        assert somebody.page.locator("#reviews").get_by_text(f"{title}: calm and exact.").count() == 2


def shares_are_right(paid, cast, project, people):
    """Everybody has what was agreed, to the cent: 95 % of the work, 10 % for coordinating it, a quarter of the fees."""
    got: dict[str, int] = {}
    world = paid.fake.world
    with paid.inside():
        accounts = {one.account_id: one.member_id for one in db.session.query(PayoutAccount)}
    names = {member_id: name for name, member_id in people.items()}
    for transfer in world.all(PLATFORM, "transfer"):
        name = names[accounts[transfer["destination"]]]
        got[name] = got.get(name, 0) + transfer["amount"] - transfer["amount_reversed"]
    work = {"sam": 400, "odile": 250, "kwabena": 600, "lena": 123, "noor": 77}
    prices = [part for _category, _who, parts in ROLES.values() for part in parts]
    assert {name: got[name] for name in work} == {name: euros * 95 for name, euros in work.items()}
    shares = {"Printing": 0, "Carpentry": 0}
    for category, _who, parts in ROLES.values():
        shares[category] += sum(part * 7 // 4 for part in parts)
    assert got["ines"] == shares["Carpentry"]
    assert got["tomasz"] == sum(prices) * 10 + shares["Printing"]
    assert [one["amount"] for one in world.all(PLATFORM, "refund")] == [77 * 112]
    cast.tomasz.opens(paid.url("/earnings"))
    cast.tomasz.sees("Paid")
    assert barriers(cast.tomasz.page) == []
