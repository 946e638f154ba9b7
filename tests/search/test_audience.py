"""Nobody finds, counts or is told a word of what they may not see: over random marketplaces, audiences, blocks and states."""

from uuid import uuid4

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, update

from app.core import clock
from app.core.database import db
from app.gigs.finding import Finding
from app.gigs.models import Gig, GigSkill
from app.gigs.search import Search
from app.people.finding import found_people
from app.profiles.blocks import Block
from tenants.context import tenant_context
from tenants.isolation import scoped
from tenants.models import Member
from tests.factories import a_hall, a_member, a_published_gig, a_user, acting

WORDS = ("gilding", "etching", "weaving")
PEOPLE = ("Maya Okafor", "Sam Reyes", "Ada Byron")

a_post = st.tuples(
    st.integers(0, len(PEOPLE) - 1),
    st.sampled_from(WORDS),
    st.sampled_from(["hall", "members"]),
    st.sampled_from(["open", "paused", "closed", "removed"]),
)
pairs = st.sets(st.tuples(st.integers(0, 2), st.integers(0, 2)).filter(lambda pair: pair[0] != pair[1]), max_size=3)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    here=st.lists(a_post, max_size=6),
    there=st.lists(a_post, max_size=3),
    blocked=pairs,
    left=st.sets(st.integers(0, 2), max_size=2),
    viewer=st.sampled_from([None, 0, 1, 2]),
    word=st.sampled_from(
        ["gilding", "gildign", "etch", "weaving gilding", '"etching"', "gilding -etching", "maya sam"]
    ),
)
def test_nobody_finds_what_they_may_not_see(app, here, there, blocked, left, viewer, word):
    hall, other = a_hall(f"h{uuid4().hex[:12]}"), a_hall(f"o{uuid4().hex[:12]}")
    with tenant_context(other):
        _fill(there, set(), set())
    with tenant_context(hall):
        people, gigs = _fill(here, blocked, left)
        who = None if viewer is None or viewer in left else acting(people[viewer])
        apart = (
            set() if who is None else {b for a, b in blocked if a == viewer} | {a for a, b in blocked if b == viewer}
        )
        may = {
            gig
            for gig, (author, _, audience, state) in zip(gigs, here, strict=True)
            if state == "open" and author not in apart and (audience == "hall" or who is not None)
        }
        finding = Finding(Search(q=word), who, "/gigs")
        assert {row.id for row in finding.page} <= may
        assert finding.total == len(finding.page)
        assert all(count <= len(may) for counts in finding.column.found.counts.values() for count in counts.values())
        if finding.has_answers and finding.answer and finding.answer.respelt:
            assert any(post[1] in finding.answer.respelt for gig, post in zip(gigs, here, strict=True) if gig in may)
        members = found_people(word, who)
        seen = {person.id for number, person in enumerate(people) if number not in left and number not in apart}
        assert members is not None
        assert set(members.ids) <= seen
        db.session.commit()


def _fill(posts, blocked, left):
    people = [a_member(name, user=a_user(name, email=f"{uuid4().hex}@example.org")) for name in PEOPLE]
    gigs = []
    for author, word, audience, state in posts:
        gig = a_published_gig(by=people[author], title=f"A {word}", summary="", audience=audience, skills_needed=[word])
        gigs.append(gig.id)
        if state != "open":
            db.session.execute(update(Gig).where(scoped(Gig), Gig.id == gig.id).values(state=state))
    for one, another in blocked:
        db.session.add(Block(blocker_id=people[one].id, blocked_id=people[another].id, created_at=clock.now()))
    for number in left:
        db.session.execute(update(Member).where(scoped(Member), Member.id == people[number].id).values(standing="left"))
    db.session.commit()
    return people, gigs


def test_a_gig_that_is_deleted_is_found_no_more(hall):
    gig = a_published_gig(by=a_member(), title="A gilding", skills_needed=["Gilding"])
    db.session.execute(delete(GigSkill).where(scoped(GigSkill), GigSkill.gig_id == gig.id))
    db.session.delete(gig)
    db.session.commit()
    assert Finding(Search(q="gilding"), None, "/gigs").total == 0
