"""A member's due dates at an address that only they know."""

from datetime import date, timedelta

from icalendar import Calendar
from sqlalchemy import select

from app.accounts.models import User
from app.agreements.terms import MilestoneTerms
from app.core import clock
from app.core.database import db
from app.departures.forgetting import forget
from app.feeds.models import CalendarAddress
from tenants.context import tenant_context
from tests.factories import a_member, a_published_gig, an_agreement

DAY = date(2030, 5, 17)


def address_of(member):
    token = CalendarAddress.renew(member.id, now=clock.now()).token
    db.session.commit()
    return f"/calendar/{token}.ics"


def said(client, address):
    """Return what a calendar says: pairs of the day and the title."""
    response = client.get(address)
    assert (response.status_code, response.mimetype) == (200, "text/calendar")
    events = Calendar.from_ical(response.data).walk("VEVENT")
    return [(event.decoded("DTSTART"), str(event["SUMMARY"])) for event in events]


def test_a_calendar_holds_what_is_due_for_its_member_alone(client, hall):
    maya, sam = a_member(), a_member("Sam Reyes")
    gig = a_published_gig(by=maya, title="Sign", due_on=DAY, seats=2)
    parts = (MilestoneTerms("Sketch", None, DAY - timedelta(days=9)), MilestoneTerms("Paint"))
    agreement = an_agreement(state="active", gig=gig, applicant=sam, title="Sign, agreed", due_on=DAY, milestones=parts)
    a_published_gig(by=a_member("Li Wei"), title="Somebody else's", due_on=DAY)
    theirs = [(DAY - timedelta(days=9), "Due: Sketch (Sign, agreed)"), (DAY, "Due: Sign, agreed")]
    assert said(client, address_of(sam)) == theirs
    assert sorted(said(client, address_of(maya))) == sorted([*theirs, (DAY, "Due: Sign")])
    response = client.get(address_of(sam))
    assert f"/agreements/{agreement.id}" in response.text.replace("\r\n ", "")
    # Nobody else is named where somebody else's service keeps it.
    assert "Maya" not in response.text
    assert response.headers["X-Robots-Tag"] == "noindex"


def test_what_is_over_or_undecided_is_not_due(client, hall):
    maya = a_member()
    here = address_of(maya)
    for number, state in enumerate(("proposed", "cancelled", "accepted")):
        gig = a_published_gig(by=maya, title=state)
        an_agreement(state=state, gig=gig, applicant=a_member(f"Worker {number}"), due_on=DAY)
    a_published_gig(by=maya, title="Closed", due_on=DAY).close(by=maya, why="Done.")
    db.session.commit()
    assert said(client, here) == []


def test_another_address_takes_the_place_of_the_one_before(client, browser, hall):
    maya = a_member()
    settings = browser(maya)
    assert "/calendar/" not in settings.get("/settings/calendar").text
    settings.post("/settings/calendar")
    first = CalendarAddress.of(maya.id).token
    assert f"http://designers.localhost:8000/calendar/{first}.ics" in settings.get("/settings/calendar").text
    settings.post("/settings/calendar")
    second = CalendarAddress.of(maya.id).token
    assert client.get(f"/calendar/{first}.ics").status_code == 404
    assert said(client, f"/calendar/{second}.ics") == []
    settings.post("/settings/calendar/end")
    assert client.get(f"/calendar/{second}.ics").status_code == 404


def test_the_table_tells_nobody_the_address(hall):
    maya = a_member()
    token = CalendarAddress.renew(maya.id, now=clock.now()).token
    row = db.session.execute(select(CalendarAddress.__table__)).one()
    assert len(token) == 43
    assert all(token not in str(value) for value in row)


def test_an_address_ends_with_its_member(client, hall):
    maya = a_member()
    here = address_of(maya)
    for standing in ("removed", "banned", "left"):
        maya.standing = standing
        db.session.commit()
        assert client.get(here).status_code == 404, standing
    maya.standing = "active"
    db.session.commit()
    assert said(client, here) == []
    user = db.session.get_one(User, maya.user_id)
    user.disabled_at = clock.now()
    db.session.commit()
    assert client.get(here).status_code == 404
    forget(maya)
    db.session.commit()
    assert CalendarAddress.of(maya.id) is None


def test_an_address_leads_nowhere_in_another_hall(hall, other_hall, browser):
    here = address_of(a_member())
    with tenant_context(other_hall):
        a_member("Zoe Roe")
        db.session.commit()
    assert browser(host="hillside.localhost").get(here).status_code == 404


def test_wrong_addresses_are_tried_so_often_and_no_more(client, hall):
    here = address_of(a_member())
    with clock.travel(to=clock.now()):
        answers = [client.get(f"/calendar/{number}.ics").status_code for number in range(61)]
    assert (set(answers[:60]), answers[60]) == ({404}, 429)
    # Whoever has a right one is not kept from it.
    assert said(client, here) == []


def test_a_calendar_speaks_its_members_language_and_costs_a_fixed_number_of_reads(client, hall, statements):
    maya = a_member()
    maya.locale = "de"
    here, counts = address_of(maya), []
    for more in (1, 4):
        for _ in range(more):
            a_published_gig(by=maya, title="Schild", due_on=DAY)
        statements.clear()
        found = said(client, here)
        counts.append(len(statements))
    assert found[0] == (DAY, "Fällig: Schild")
    assert counts[0] == counts[1] <= 7


def test_a_program_that_has_the_calendar_is_told_so(client, hall):
    here = address_of(a_member())
    again = {"If-None-Match": client.get(here).headers["ETag"]}
    assert client.get(here, headers=again).status_code == 304
