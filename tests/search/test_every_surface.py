"""One model of what somebody may see, compared with every surface that tells of gigs: lists, counts, choices, circles,
suggestions, feeds and the map, over random marketplaces, audiences, acquaintances, blocks and states.
"""

from unittest.mock import patch
from uuid import uuid4

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import update

from app.acquaintances.meeting import finish_work_together
from app.core import clock
from app.core.database import db
from app.core.folding import words_in
from app.feeds.queries import gigs_on_the_map, newest_for_anyone
from app.gigs.finding import Finding
from app.gigs.knowing import gigs_from_known
from app.gigs.models import Gig
from app.gigs.queries import category_list
from app.gigs.search import Search
from app.profiles.blocks import Block
from app.suggestions.queries import places_like
from app.suggestions.search import offers
from tenants.context import tenant_context
from tenants.isolation import scoped
from tests.factories import a_hall, a_member, a_published_gig, a_user, acting

PEOPLE = ("Maya Okafor", "Sam Reyes", "Ada Byron")
NEAR_LEEDS = {"Leeds": True, "Bradford": True, "London": False, "": False}

posts = st.tuples(
    st.integers(0, 2),
    st.sampled_from(["gilding", "etching"]),
    st.sampled_from(["hall", "members"]),
    st.sampled_from(["open", "open", "paused", "closed", "removed"]),
    st.sampled_from(["request", "offer"]),
    st.sampled_from(list(NEAR_LEEDS)),
)
pairs = st.sets(st.tuples(st.integers(0, 2), st.integers(0, 2)).filter(lambda pair: pair[0] < pair[1]), max_size=2)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    here=st.lists(posts, max_size=6),
    there=st.lists(posts, max_size=2),
    blocked=pairs,
    known=pairs,
    viewer=st.sampled_from([None, 0, 1, 2]),
    asked=st.fixed_dictionaries(
        {},
        optional={
            "q": st.sampled_from(["gilding", "etching -gilding", "zzz", "gildign"]),
            "direction": st.sampled_from(["request", "offer"]),
            "within": st.just("25"),
            "known": st.just("yes"),
            "skill": st.sampled_from(["gilding", "etching"]),
        },
    ),
)
def test_every_surface_tells_exactly_what_its_viewer_may_see(app, here, there, blocked, known, viewer, asked):
    # An example that failed leaves its tenant's transaction open.
    db.session.rollback()
    hall, other = a_hall(f"h{uuid4().hex[:12]}"), a_hall(f"o{uuid4().hex[:12]}")
    with tenant_context(other):
        _fill(there, set(), set(), "other")
    with tenant_context(hall):
        people, gigs = _fill(here, blocked, known, "here")
        who = None if viewer is None else acting(people[viewer])
        may = {
            gig: post
            for gig, post in zip(gigs, here, strict=True)
            if post[3] == "open"
            and (who is not None or post[2] == "hall")
            and not any({viewer, post[0]} == set(pair) for pair in blocked)
        }
        search = Search.read({**asked, **({"near": "Leeds"} if "within" in asked else {})})
        _compare_list(search, who, may, viewer, known)
        _compare_suggestions(who, may)
        public = {gig for gig, post in zip(gigs, here, strict=True) if post[2:4] == ("hall", "open")}
        assert {row.id for row in newest_for_anyone(None)} == {row.id for row in gigs_on_the_map()} == public
        assert sum(row.open_gigs for row in category_list(who)) == len(may)
        db.session.commit()


def _compare_list(search, who, may, viewer, known):
    def left(*lifted):
        return {gig for gig, post in may.items() if _fits(post, search, viewer, known, lifted)}

    finding = Finding(search, who, "/gigs")
    counts = finding.column.found.counts
    assert {row.id for row in finding.page} == left()
    assert finding.total == len(left())
    assert sum(counts["direction"].values()) == len(left("direction"))
    assert sum(counts["remote"].values()) == len(left())
    if search.near:
        assert sum(gigs for circle, gigs in counts["circle"].items() if circle and circle <= 25) == len(
            {gig for gig in left("within") if NEAR_LEEDS[may[gig][5]]}
        )
    for skill, gigs in finding.column.narrowing.get("skill", {}).items():
        assert gigs == len({gig for gig in left("skill") if may[gig][1] == skill})
    if who is not None:
        ids = finding.answer and finding.answer.ids
        friends = [gig for gig in left("known") if _knows(may[gig], viewer, known)]
        assert gigs_from_known(search, who, ids) == len(friends)


def _fits(post, search, viewer, known, lifted):
    _author, word, _audience, _state, direction, place = post
    # A slip is put right only by what its viewer can find; then the list is of that.
    words = {None: True, "zzz": False, "etching -gilding": word == "etching"}.get(search.q, word == "gilding")
    return (
        words
        and ("direction" in lifted or search.direction in (None, direction))
        and ("skill" in lifted or search.skill in (None, word))
        and ("within" in lifted or search.within is None or NEAR_LEEDS[place])
        and ("known" in lifted or search.known is None or _knows(post, viewer, known))
    )


def _knows(post, viewer, known):
    return any({viewer, post[0]} == set(pair) for pair in known)


def _compare_suggestions(who, may):
    said = {word for gig, post in may.items() for word in words_in(f"{_token(gig)} {post[1]}")}
    # Addresses belong to requests; here is none.
    with patch("app.suggestions.search.url_for", lambda *_, **__: "/"):
        for typed in ("zq", "gil", "etch"):
            assert all(word in said for offer in offers(typed, who) for word in words_in(offer.value)), typed
    if who is not None:
        assert set(places_like("l", 9, who.id)) | set(places_like("b", 9, who.id)) == {
            post[5] for post in may.values() if post[5]
        }


_tokens = {}


def _token(gig):
    return _tokens[gig]


def _fill(here, blocked, known, where):
    people = [a_member(name, user=a_user(name, email=f"{uuid4().hex}@example.org")) for name in PEOPLE]
    gigs = []
    for number, (author, word, audience, state, direction, place) in enumerate(here):
        # A word of its own, so that whatever tells of it tells of this gig.
        title = f"Zq{where}{number} {word}"
        gig = a_published_gig(
            by=people[author],
            title=title,
            summary="",
            audience=audience,
            skills_needed=[word],
            direction=direction,
            place=place,
        )
        gigs.append(gig.id)
        _tokens[gig.id] = title
        if state != "open":
            db.session.execute(update(Gig).where(scoped(Gig), Gig.id == gig.id).values(state=state))
    for one, another in blocked:
        db.session.add(Block(blocker_id=people[one].id, blocked_id=people[another].id, created_at=clock.now()))
    for one, another in known:
        finish_work_together(people[one].id, people[another].id, now=clock.now())
    db.session.commit()
    return people, gigs
