"""Terms of office: powers begin and end with them, reminders come before, and the record stays."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from app.activity.models import Activity
from app.categories.dissolving import dissolve
from app.categories.models import Category
from app.categories.offices import AlreadyInOffice, TermOfOffice, TermOver, WrongSpan, close_ended, remind_of_ends
from app.commissions.rules import leaders_of
from app.core import clock
from app.core.database import db
from app.leading.wording import span_years
from tenants.isolation import scoped
from tenants.models import Member, Role
from tests.factories import a_category, a_leader, a_member, a_published_gig, acting


def a_term(category: Category, member: Member, *, days: int | None, office: str = "category_leader", since: int = 0):
    now = clock.now()
    term = TermOfOffice.begin(
        category,
        member,
        office,
        starts_on=now.date() - timedelta(days=since),
        ends_on=None if days is None else now.date() + timedelta(days=days),
        by=acting(db.session.scalars(select(Member).where(scoped(Member))).first()),
        now=now,
    )
    db.session.commit()
    return term


def told(verb: str) -> list[Activity]:
    about = select(Activity).where(scoped(Activity), Activity.subject_kind == "office", Activity.verb == verb)
    return list(db.session.scalars(about.order_by(Activity.id)))


def later(**span) -> object:
    return clock.travel(to=clock.now() + timedelta(**span))


def test_powers_end_with_the_term_before_anybody_clears_the_row(hall, browser):
    printing = a_category("Print", posting_rule="reviewed")
    tomasz = a_member("Tomasz Nowak")
    a_term(printing, tomasz, days=10)
    leads = browser(tomasz)
    gig = a_published_gig(by=a_member(), category=printing)
    assert leads.get("/categories/print/edit").status_code == 200
    assert leads.get("/gigs/reviews").status_code == 200

    with later(days=11, hours=1):
        assert db.session.scalars(select(Role).where(scoped(Role), Role.role == "category_leader")).first()
        assert leads.get("/categories/print/edit").status_code == 403
        assert leads.get("/gigs/reviews").status_code == 403
        assert leads.post(f"/gigs/{gig.id}/approval").status_code == 404
        assert leaders_of(printing.id) == []
        assert a_published_gig(by=tomasz, category=printing).state == "in_review"


def test_the_record_stays_and_is_shown(hall, client):
    printing, tomasz = a_category("Print"), a_member("Tomasz Nowak")
    term = a_term(printing, tomasz, days=3, since=800)

    with later(days=5):
        assert close_ended(now=clock.now()) == 1
        assert close_ended(now=clock.now()) == 0
        db.session.commit()
        page = client.get("/categories/print/people").get_data(as_text=True)
        assert span_years(term) in page
        assert db.session.scalars(select(Role).where(scoped(Role), Role.role == "category_leader")).all() == []
        assert [one.data["name"] for one in told("ran_out")] == ["Tomasz Nowak"]
    assert "Tomasz Nowak" not in client.get("/categories/print").get_data(as_text=True)


def test_leaders_and_the_person_are_reminded_thirty_and_seven_days_before_and_once_each(hall):
    term = a_term(a_category("Print"), a_member("Tomasz Nowak"), days=60)
    for days, reminded in ((29, 0), (30, 1), (31, 0), (53, 1), (54, 0)):
        with later(days=days):
            assert remind_of_ends(now=clock.now()) == reminded, days
    assert [one.data["days"] for one in told("ends_soon")] == [30, 7]
    term.renew(clock.now().date() + timedelta(days=5), by=acting(a_leader()), now=clock.now())
    assert remind_of_ends(now=clock.now()) == 1


def test_the_longer_of_two_terms_goes_on_where_two_categories_become_one(hall):
    printing, binding = a_category("Print"), a_category("Binding")
    tomasz, sam, maya = a_member("Tomasz Nowak"), a_member("Sam Reyes"), a_member()
    a_term(printing, tomasz, days=None)
    short = a_term(binding, tomasz, days=20)
    a_term(printing, sam, days=9)
    long = a_term(binding, sam, days=90)
    running, over = a_term(printing, maya, days=90), a_term(binding, maya, days=9)
    ends = running.ends_on

    with later(days=10):
        # Nobody has put on record yet what the clock has ended.
        dissolve(printing, into=binding, by=acting(a_leader()), now=clock.now())
        db.session.commit()
        db.session.expire_all()
        assert (short.is_running, short.ends_on, long.is_running) == (True, None, True)
        assert (running.is_running, running.category_id, over.is_running) == (True, binding.id, False)
        led = select(Role.member_id, Role.until).where(scoped(Role), Role.category_id == binding.id)
        until = {row.member_id: row.until for row in db.session.execute(led)}
        assert until[tomasz.id] is None
        assert until[maya.id].date() >= ends
        assert until[sam.id].date() >= long.ends_on


def test_a_term_is_renewed_while_it_runs_and_begun_anew_afterwards(hall):
    printing, tomasz, ines = a_category("Print"), a_member("Tomasz Nowak"), a_leader()
    term = a_term(printing, tomasz, days=3)
    with pytest.raises(AlreadyInOffice):
        a_term(printing, tomasz, days=9)
    with pytest.raises(WrongSpan):
        term.renew(date(2020, 1, 1), by=acting(ines), now=clock.now())
    term.renew(None, by=acting(ines), now=clock.now())
    assert db.session.scalars(select(Role.until).where(scoped(Role), Role.role == "category_leader")).one() is None

    term.end(by=acting(ines), why="Moved away.", now=clock.now())
    with pytest.raises(TermOver):
        term.renew(None, by=acting(ines), now=clock.now())
    again = a_term(printing, tomasz, days=None)
    assert (again.is_running, term.is_running, term.ended_why) == (True, False, "Moved away.")


def test_a_hall_leader_appoints_renews_and_ends_and_nobody_else_does(hall, browser):
    printing, sam, ines = a_category("Print"), a_member("Sam Reyes"), a_leader()
    tomasz = a_member("Tomasz Nowak")
    a_term(printing, tomasz, days=100)
    path, today = f"/categories/print/people/{sam.id}/appointment", clock.now().date()
    wanted = {"office": "expert", "starts_on": str(today), "ends_on": str(today + timedelta(days=365))}

    assert browser(tomasz).post(path, data=wanted).status_code == 403
    leads = browser(ines)
    assert "Sam Reyes" in leads.get("/categories/print/people?q=sam").get_data(as_text=True)
    assert leads.post(path, data=wanted | {"ends_on": "2020-01-01"}).status_code == 422
    assert leads.post(path, data=wanted).location == "/categories/print/people"
    term = db.session.scalars(select(TermOfOffice).where(scoped(TermOfOffice), TermOfOffice.office == "expert")).one()
    office = f"/offices/{term.id}"
    assert browser(sam).get(office).status_code == 200
    assert browser(tomasz).get(office).status_code == 403
    assert browser(sam).post(f"{office}/renewal", data={"ends_on": ""}).status_code == 403
    assert leads.post(f"{office}/end", data={"why": ""}).status_code == 422
    leads.post(f"{office}/end", data={"why": "Thank you."})
    db.session.expire_all()
    assert not term.is_running


def test_who_led_a_category_that_is_no_more_goes_on_in_the_other(hall):
    printing, binding = a_category("Print"), a_category("Binding")
    tomasz, sam = a_member("Tomasz Nowak"), a_member("Sam Reyes")
    one, two, there = a_term(printing, tomasz, days=9), a_term(printing, sam, days=9), a_term(binding, sam, days=9)

    dissolve(printing, into=binding, by=acting(a_leader()), now=clock.now())
    db.session.commit()
    db.session.expire_all()

    assert (one.category_id, one.is_running) == (binding.id, True)
    assert (two.is_running, there.is_running) == (False, True)
    led = select(Role.member_id).where(scoped(Role), Role.category_id == binding.id)
    assert sorted(db.session.scalars(led)) == sorted([tomasz.id, sam.id])
