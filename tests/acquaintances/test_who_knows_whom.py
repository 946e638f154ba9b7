"""Members come to know each other by working together and by being asked in, and pages say so at no further cost."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.acquaintances.meeting import come_invited, finish_work_together
from app.acquaintances.models import Acquaintance
from app.acquaintances.queries import Tie, ids_known_to, in_common, is_known_to, known_to, second_degree, ties
from app.core import clock
from app.core.database import db
from app.departures.departure import leave
from app.joining.models import Invitation, InvitationLink
from app.joining.ways_in import come_in, door_for
from tenants.context import tenant_context
from tenants.isolation import scoped
from tenants.models import Member
from tests.factories import a_leader, a_member, a_published_gig, a_user, acting, an_agreement


def met(*pairs: tuple[Member, Member]) -> None:
    """Let pairs have finished something together."""
    for one, other in pairs:
        finish_work_together(one.id, other.id, now=clock.now())
    db.session.commit()


@pytest.fixture
def circle(hall):
    """Maya has worked with Li and Ola, each of whom has worked with Sam; Sam with Kim."""
    people = {name: a_member(name) for name in ("Maya", "Li", "Ola", "Sam", "Kim")}
    for one, other in (("Maya", "Li"), ("Maya", "Ola"), ("Li", "Sam"), ("Ola", "Sam"), ("Sam", "Kim")):
        met((people[one], people[other]))
    return people


@pytest.mark.parametrize(("state", "times"), [("delivered", 0), ("accepted", 1), ("cancelled", 0), ("resolved", 0)])
def test_an_accepted_agreement_makes_both_sides_known_to_each_other(hall, state, times):
    agreement = an_agreement(state=state)
    client, worker = agreement.client_id, agreement.worker_id
    assert ties(client, [worker]) == ({worker: Tie(times)} if times else {})
    assert ties(worker, [client]) == ({client: Tie(times)} if times else {})


def test_a_dispute_that_ends_as_finished_counts_too(hall):
    agreement = an_agreement(state="disputed")
    agreement.resolve(by=acting(a_leader()), outcome="finished", why="It was all there.", now=clock.now())
    assert known_to(agreement.client_id) == {agreement.worker_id}


def test_working_again_is_counted_and_the_first_time_kept(hall):
    maya, sam, first = a_member("Maya"), a_member("Sam"), clock.now()
    finish_work_together(maya.id, sam.id, now=first)
    finish_work_together(sam.id, maya.id, now=first + timedelta(days=9))
    rows = db.session.scalars(select(Acquaintance).where(scoped(Acquaintance))).all()
    kept = {(row.member_id, row.worked, row.since, row.worked_at) for row in rows}
    assert kept == {(one.id, 2, first, first + timedelta(days=9)) for one in (maya, sam)}


def test_whoever_was_asked_in_by_name_knows_who_asked_and_a_link_to_pass_on_says_nothing(hall):
    leader, sam, kim, now = a_leader(), a_user("Sam Reyes"), a_user("Kim Tan"), clock.now()
    asked = Invitation.send(sam.email, by=acting(leader), now=now)
    link = InvitationLink(
        token="t" * 43, uses_left=9, created_by=leader.id, created_at=now, expires_at=now + timedelta(days=9)
    )
    db.session.add(link)
    db.session.flush()
    by_name = come_in(sam, door_for(sam, token=asked.token, now=now), name="Sam Reyes", now=now)
    come_in(kim, door_for(kim, token=link.token, now=now), name="Kim Tan", now=now)
    assert ties(by_name.id, [leader.id]) == {leader.id: Tie(0, leader.id)}
    assert known_to(leader.id) == {by_name.id}


def test_who_asked_first_stays_and_work_comes_on_top(hall):
    maya, sam = a_member("Maya"), a_member("Sam")
    come_invited(sam.id, by=maya.id, now=clock.now())
    come_invited(maya.id, by=sam.id, now=clock.now())
    met((maya, sam))
    assert ties(sam.id, [maya.id]) == {maya.id: Tie(1, maya.id)}


def test_common_acquaintances_are_those_of_ones_own_who_worked_with_the_other(circle):
    maya, li, ola, sam, kim = circle.values()
    assert ties(maya.id, [li.id, ola.id, sam.id, kim.id, maya.id]) == {
        li.id: Tie(1),
        ola.id: Tie(1),
        sam.id: Tie(0, None, 2),
    }
    assert in_common(maya.id, sam.id) == {li.id, ola.id}
    come_invited(kim.id, by=li.id, now=clock.now())
    assert in_common(maya.id, kim.id) == frozenset(), "to have been asked in is not to have worked together"


def test_the_second_degree_is_everybody_known_to_those_one_knows_and_not_to_oneself(circle):
    maya, _li, _ola, sam, kim = circle.values()
    assert [second_degree(one.id) for one in (maya, sam, kim)] == [1, 1, 2]
    assert second_degree(a_member("Zoe").id) == 0


def test_other_statements_read_it_as_a_part(circle):
    maya, _li, _ola, sam, kim = circle.values()
    wanted = select(Member.name).where(scoped(Member), is_known_to(maya.id, Member.id)).order_by(Member.name)
    assert db.session.scalars(wanted).all() == ["Li", "Ola"]
    assert set(db.session.scalars(ids_known_to(kim.id))) == {sam.id}


def test_nobody_is_known_who_left_nor_comes_to_be(circle):
    maya, li, ola, _sam, _kim = circle.values()
    leave(acting(li), now=clock.now())
    assert known_to(maya.id) == {ola.id}
    assert known_to(li.id) == frozenset()
    finish_work_together(maya.id, li.id, now=clock.now())
    assert known_to(maya.id) == {ola.id}


def test_another_hall_knows_nothing_of_it(circle, other_hall):
    maya_id = circle["Maya"].id
    db.session.rollback()
    with tenant_context(other_hall):
        assert known_to(maya_id) == frozenset()
        assert second_degree(maya_id) == 0


def test_pages_say_it_to_members_and_never_to_visitors_or_oneself(circle, browser):
    maya, li, _ola, sam, kim = circle.values()
    come_invited(maya.id, by=li.id, now=clock.now())
    met((maya, li))
    gig = a_published_gig(by=sam)
    assert "2 people you know worked with them." in browser(maya).get(f"/people/{sam.id}").text
    assert "2 people you know worked with them." in browser(maya).get(f"/gigs/{gig.id}").text
    page = browser(maya).get(f"/people/{li.id}").text
    assert "You worked together on 2 gigs. They invited you here." in page
    assert "You invited them here." in browser(li).get(f"/people/{maya.id}").text
    assert "You worked together." in browser(kim).get(f"/gigs/{gig.id}").text
    for looks in (browser(), browser(sam)):
        for path in (f"/people/{sam.id}", f"/gigs/{gig.id}"):
            assert "worked together" not in looks.get(path).text
            assert "you know" not in looks.get(path).text


def test_each_read_is_one_statement_and_pages_take_none_more(circle, browser, statements):
    maya, sam = circle["Maya"], circle["Sam"]
    me, other = maya.id, sam.id
    for read in (known_to, second_degree, lambda one: ties(one, [other]), lambda one: in_common(one, other)):
        statements.clear()
        read(me)
        assert len(statements) == 1
    client = browser(maya)
    client.get(f"/people/{other}")
    statements.clear()
    client.get(f"/people/{other}")
    assert len(statements) <= 6, "\n\n".join(statements)
