"""Nobody is told of what they may not see: suggestions over random marketplaces, audiences, blocks, states and standings."""

from types import SimpleNamespace
from uuid import uuid4

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import update

from app.core import clock
from app.core.database import db
from app.gigs.models import Gig
from app.matching import fit_of, gigs_for, people_for
from app.matching.models import Dismissal, MatchingOff
from app.matching.showing import suggested
from app.profiles.blocks import Block
from app.profiles.models import Profile
from tenants.context import tenant_context
from tenants.isolation import scoped
from tenants.models import Member
from tests.factories import a_hall, a_member, a_published_gig, a_user, acting, an_application
from tests.matching.test_matching import having

PEOPLE = ("Maya Okafor", "Sam Reyes", "Ada Byron", "Li Wei")
SKILLS = ("Gilding", "Etching", "Weaving")
somebody = st.integers(0, len(PEOPLE) - 1)
pairs = st.sets(st.tuples(somebody, somebody).filter(lambda pair: pair[0] != pair[1]), max_size=3)
a_post = st.tuples(
    somebody,
    st.sampled_from(SKILLS),
    st.sampled_from(["request", "offer"]),
    st.sampled_from(["hall", "members"]),
    st.sampled_from(["open", "open", "paused", "draft", "closed", "removed", "full"]),
)
some_skills = st.lists(st.sampled_from(SKILLS), unique=True)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    here=st.lists(a_post, max_size=5),
    there=st.lists(a_post, max_size=2),
    held=st.tuples(*[some_skills] * 4),
    wanted=st.tuples(*[some_skills] * 4),
    blocked=pairs,
    left=st.sets(somebody, max_size=1),
    off=st.sets(somebody, max_size=1),
    busy=st.sets(somebody, max_size=1),
    waved=st.sets(st.tuples(somebody, st.integers(0, 4)), max_size=3),
    applied=st.sets(st.tuples(somebody, st.integers(0, 4)), max_size=2),
)
def test_nobody_is_told_of_what_they_may_not_see(
    app, here, there, held, wanted, blocked, left, off, busy, waved, applied
):
    hall, other = a_hall(f"h{uuid4().hex[:12]}"), a_hall(f"o{uuid4().hex[:12]}")
    with tenant_context(other):
        _fill(there, held, wanted)
    with tenant_context(hall):
        now = clock.now()
        people, gigs = _fill(here, held, wanted)
        apart = blocked | {(b, a) for a, b in blocked}
        applied = {(who, at) for who, at in applied if at < len(here) and here[at][4] == "open" and here[at][0] != who}
        applied = {(who, at) for who, at in applied if (who, here[at][0]) not in apart}
        waved = {(who, at) for who, at in waved if at < len(here)}
        for who, at in applied:
            an_application(to=db.session.get(Gig, (hall.id, gigs[at])), by=people[who])
        for who, at in waved:
            Dismissal.dismiss(gigs[at], by=people[who].id, now=now)
        for one, another in blocked:
            db.session.add(Block(blocker_id=people[one].id, blocked_id=people[another].id, created_at=now))
        for who in off:
            MatchingOff.switch_off(people[who].id, now=now)
        for who in busy:
            Profile.of(people[who].id).offer_hours(0, on=now.date(), now=now)
        for who in left:
            _set(Member, people[who].id, standing="left")
        actors = [acting(person) for person in people]
        db.session.commit()

        def may(who, at):
            """Return whether a gig may be suggested to a member at all."""
            author, _, _, _, state = here[at]
            return not (
                state != "open" or author == who or (who, author) in apart or who in left | off
                or (who, at) in waved | applied
            )  # fmt: skip

        for who, actor in enumerate(actors):
            allowed = {gigs[at] for at in range(len(here)) if may(who, at)}
            assert {match.id for match in gigs_for(actor, now=now)} <= allowed
            assert {one.row.id for one in suggested(actor, now=now, most=24).gigs} <= allowed
            for gig_id in gigs:
                assert fit_of(actor, gig_id, now=now) is None or gig_id in allowed
        for at, gig_id in enumerate(gigs):
            allowed = {people[who].id for who in range(len(PEOPLE)) if may(who, at) and who not in busy}
            found = {match.id for match in people_for(SimpleNamespace(id=gig_id), now=now)}
            assert found <= allowed
            # And nobody is overlooked who has what it needs.
            if here[at][2] == "request":
                assert {people[who].id for who in range(len(PEOPLE)) if here[at][1] in held[who]} & allowed <= found
        db.session.commit()


def _fill(posts, held, wanted):
    people = [a_member(name, user=a_user(name, email=f"{uuid4().hex}@example.org")) for name in PEOPLE]
    for person, has, wants in zip(people, held, wanted, strict=True):
        having(person, held=has, wanted=wants)
    gigs = []
    for author, skill, direction, audience, state in posts:
        gig = a_published_gig(
            by=people[author], title="A piece", direction=direction, audience=audience, skills_needed=[skill]
        )
        gigs.append(gig.id)
        if state == "full":
            _set(Gig, gig.id, seats_taken=1)
        elif state != "open":
            _set(Gig, gig.id, state=state)
    db.session.commit()
    return people, gigs


def _set(model, row_id, **values):
    db.session.execute(update(model).where(scoped(model), model.id == row_id).values(**values))
