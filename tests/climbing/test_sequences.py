"""Whatever happens to a gig, in whatever order: steps come in their order, nobody is told twice or too often, and nobody at
all once it is stopped, rests or is over.
"""

from contextlib import suppress
from datetime import timedelta
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from app.activity.recording import history
from app.climbing.asking import ask
from app.climbing.jobs import look, take_step
from app.core import clock
from app.core.database import db
from app.core.errors import ProductError
from app.gigs.models import Gig
from app.notifications.models import Notification
from app.notifications.telling import tell
from app.profiles.blocks import Block
from app.recruiting.models import Call, Climb
from app.recruiting.needing import needs_people
from app.recruiting.settings import patience
from app.recruiting.states import CLIMB
from tenants.context import current_tenant_id
from tenants.isolation import scoped
from tenants.models import Role
from tests.climbing.arranging import a_fitting_member
from tests.factories import a_leader, a_member, a_published_gig, acting, an_application

DO = {
    "a day": lambda play: play.pass_days(1),
    "four days": lambda play: play.pass_days(4),
    "apply": lambda play: play.apply(),
    "withdraw": lambda play: play.withdraw(),
    "ask": lambda play: ask(play.gig, play.people[0].id, by=play.author, now=clock.now()),
    "fill": lambda play: play.gig.take_seat(by=play.author),
    "free": lambda play: play.gig.free_seat(by=play.author),
    "pause": lambda play: play.gig.pause(by=play.author, why="Away."),
    "resume": lambda play: play.gig.resume(by=play.author),
    "renew": lambda play: play.gig.renew(by=play.author),
    "stop": lambda play: play.climb().stop(play.gig, by=play.author, now=clock.now()),
    "start": lambda play: play.climb().start(play.gig, by=play.author, now=clock.now()),
    "close": lambda play: play.gig.close(by=play.author, why="Done."),
}
LIVELY = ["a day", "four days", "four days", "stop", "start", "pause", "resume"]
STEPS = st.lists(st.sampled_from([*LIVELY, *LIVELY, *DO]), min_size=5, max_size=24)


class Play:
    """One gig, and what is done to it."""

    def __init__(self, author, people):
        self.author, self.people = acting(author), people
        self.gig = a_published_gig(by=author, skills_needed=["Lettering"])
        self.applications = []
        self.now = clock.now()

    def pass_days(self, days):
        self.now += timedelta(days=days)

    def climb(self):
        return Climb.of(self.gig.id) or Climb.begin(self.gig, patience(), now=clock.now())

    def apply(self):
        self.applications.append(an_application(to=self.gig, by=self.people[1]))

    def withdraw(self):
        for one in self.applications:
            one.withdraw(by=acting(self.people[1]), now=clock.now())
        self.applications.clear()

    def called(self):
        rows = db.session.scalars(select(Call).where(scoped(Call), Call.gig_id == self.gig.id)).all()
        return {row.member_id: (row.step, row.called_at) for row in rows}


@pytest.fixture
def people(hall):
    author = a_member("Maya Okafor")
    others = [a_fitting_member(name) for name in ("Sam Reyes", "Kim Tan", "Li Wei", "Ola Berg")]
    leading, apart = a_leader("Tomasz Nowak"), a_fitting_member("Ann Apart")
    first = a_published_gig(by=author)
    db.session.add(
        Role(member_id=leading.id, role="category_leader", category_id=first.category_id, granted_at=clock.now())
    )
    first.close(by=author, why="Only to know its category.")
    db.session.add(Block(blocker_id=apart.id, blocked_id=author.id, created_at=clock.now()))
    db.session.commit()
    return author, others, apart


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_a_climb_keeps_its_word_whatever_happens(people, steps):
    author, others, apart = people
    play = Play(author, others)
    told = play.called()
    for step in ["a day", *steps, "four days"]:
        with clock.travel(to=play.now), suppress(ProductError):
            DO[step](play)
        with clock.travel(to=play.now):
            before, asked_before = play.called(), dict(told)
            found = db.session.get(Climb, (current_tenant_id(), play.gig.id))
            may_climb = (found is None or found.stopped_at is None) and needs_people(play.gig, patience(), now=play.now)
            look()
            # Another worker takes the same job again.
            for _ in range(2):
                take_step(play.gig.id, now=play.now)
            told = play.called()
            assert asked_before.items() <= told.items(), "what was said stays said"
            assert may_climb or told == before, f"after {step} nobody is to be told"
            assert author.id not in told
            assert apart.id not in told
    _check_the_whole(play)


def _check_the_whole(play):
    facts = [fact for fact in history("climb", play.gig.id) if fact.verb.startswith("call_")]
    for earlier, later in pairwise(facts):
        assert later.from_state == earlier.to_state
    assert [fact.to_state for fact in facts] == list(CLIMB.states[1 : len(facts) + 1])
    with clock.travel(to=play.now):
        for fact in history("climb", play.gig.id) + history("gig", play.gig.id):
            tell(fact, now=play.now)
    path = f"/gigs/{play.gig.id}"
    often = (
        select(func.count())
        .where(scoped(Notification), Notification.path == path, Notification.event.regexp_match("^climb|ask$"))
        .group_by(Notification.member_id)
    )
    assert set(db.session.scalars(often)) <= {1}
    _check_every_week()


def _check_every_week():
    """Of all gigs together nobody is called to more than the marketplace allows in any seven days."""
    most = patience().weekly
    rows = db.session.execute(
        select(Call.member_id, Call.called_at).where(scoped(Call), Call.step != "asked").order_by(Call.called_at)
    ).all()
    for member_id in {row.member_id for row in rows}:
        moments = [row.called_at for row in rows if row.member_id == member_id]
        for number, moment in enumerate(moments):
            assert sum(moment - earlier < timedelta(days=7) for earlier in moments[: number + 1]) <= most
    assert db.session.scalar(select(func.count()).select_from(Gig).where(scoped(Gig))) > 0
