"""Whoever goes leaves nothing personal, and nobody else loses a row: whatever they were in the middle of."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, not_, select, text

from app.accounts.models import HallSession, User
from app.agreements.models import Agreement
from app.applications.raising import raise_hand
from app.core import clock
from app.core.database import db
from app.departures.departure import ban, leave, remove
from app.departures.failures import StillNeeded
from app.departures.forgetting import own_columns
from app.gigs.models import Gig, GigSkill
from app.imports.models import Import
from app.imports.sheets import Sheet
from app.joining.models import Invitation, JoinRequest
from app.messages.models import Thread
from app.metadata import metadata
from app.profiles.blocks import Block
from app.profiles.models import PortfolioItem
from tenants.isolation import scoped
from tenants.models import Member
from tests.factories import a_gig, a_leader, a_member, a_published_gig, a_user, acting, an_agreement, an_application
from tests.people.arranging import somebody

#: Words that stand nowhere else, each in a place of its own.
SECRETS = {
    "name": "Samuel Reyes-Quicksilver",
    "email": "quicksilver@example.org",
    "headline": "Gilder of quicksilver headlines",
    "story": "Born under a quicksilver story",
    "offers": "Quicksilver offers",
    "place": "Quicksilverton",
    "contact": "Ring 0113 quicksilver",
    "link": "https://quicksilver.example.org",
    "piece": "Quicksilver piece",
    "asked": "Quicksilver answers",
    "department": "Quicksilver department",
}

_NOT_BINDING = ("proposed", "countered", "accepted", "reviewed", "cancelled", "resolved")
_BINDING = ("agreed", "active", "paused", "delivered", "changes_requested", "disputed")


@dataclass(frozen=True)
class Life:
    """What somebody is in the middle of."""

    drafts: int
    gigs: int
    applications: tuple[str, ...]
    as_worker: tuple[str, ...]
    as_client: tuple[str, ...]
    messages: int
    blocks: bool
    is_blocked: bool
    invites: bool
    pieces: int

    @property
    def is_bound(self) -> bool:
        return any(state in _BINDING for state in (*self.as_worker, *self.as_client))


LIVES = st.builds(
    Life,
    drafts=st.integers(0, 2),
    gigs=st.integers(0, 2),
    applications=st.lists(st.sampled_from(["sent", "shortlisted", "declined", "withdrawn"]), max_size=2).map(tuple),
    as_worker=st.lists(st.sampled_from([*_NOT_BINDING, *_BINDING]), max_size=1).map(tuple),
    as_client=st.lists(st.sampled_from([*_NOT_BINDING, *_BINDING]), max_size=1).map(tuple),
    messages=st.integers(0, 2),
    blocks=st.booleans(),
    is_blocked=st.booleans(),
    invites=st.booleans(),
    pieces=st.integers(0, 2),
)


# Without shrinking: a life is short enough to read, and arranging one takes a while.
@settings(
    max_examples=20,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(life=LIVES, way=st.sampled_from(["left", "removed", "banned"]))
def test_whoever_goes_leaves_nothing_personal_and_nobody_else_loses_a_row(hall, life, way):
    with an_undone_world():
        leader = a_leader("Ines Moreau")
        sam = _live(life, leader)
        others = _rows_of_others(sam.id, sam.user_id)
        try:
            _go(sam, way, leader)
        except StillNeeded:
            assert way == "left"
            assert life.is_bound
        else:
            assert way != "left" or not life.is_bound
            _assert_nothing_personal(way)
            assert _standing_work(sam.id) == 0
        assert {table: rows - _rows(table) for table, rows in others.items()} == {table: set() for table in others}


@contextmanager
def an_undone_world() -> Iterator[None]:
    """Undo whatever the block commits."""
    db.session.remove()
    point = db.engine.begin_nested()
    try:
        yield
    finally:
        db.session.remove()
        point.rollback()


def _live(life: Life, leader: Member) -> Member:
    maya, now = a_member("Maya Okafor"), clock.now()
    user = a_user(SECRETS["name"], email=SECRETS["email"])
    db.session.add(
        JoinRequest(
            user_id=user.id, name=SECRETS["name"], email=user.email, state="approved", asked_at=now,
            answers=[{"question": "Who?", "answer": SECRETS["asked"]}],
        )
    )  # fmt: skip
    invitation = Invitation.send(user.email, by=acting(leader), now=now, name=SECRETS["name"])
    _lists_of_people(leader, invitation, now)
    sam = somebody(
        SECRETS["name"],
        user=user,
        held=("Gilding",),
        pieces=0,
        headline=SECRETS["headline"],
        story=SECRETS["story"],
        offers=SECRETS["offers"],
        place=SECRETS["place"],
        department=SECRETS["department"],
        contact_details=SECRETS["contact"],
        links=[{"label": "x", "url": SECRETS["link"]}],
        languages=["English"],
    )
    for _ in range(life.pieces):
        PortfolioItem.add(sam.id, now=now, title=SECRETS["piece"])
    for _ in range(life.drafts):
        a_gig(by=sam)
    gigs = [a_published_gig(by=sam) for _ in range(life.gigs)]
    for gig in gigs:
        raise_hand(gig, by=acting(maya), note="I'd love to.", answers=[], now=now)
    for state in life.applications:
        an_application(to=a_published_gig(by=maya), by=sam, state=state)
    for state in life.as_worker:
        an_agreement(state=state, gig=a_published_gig(by=maya), applicant=sam)
    for state in life.as_client:
        an_agreement(state=state, gig=a_published_gig(by=sam), applicant=maya)
    for _ in range(life.messages):
        thread = Thread.between(sam.id, maya.id, gig_id=a_published_gig(by=maya).id, now=now)
        thread.post("Hello", by=acting(sam), now=now)
        thread.post("Hello back", by=acting(maya), now=now)
    if life.blocks:
        Block.put(maya.id, by=acting(sam), now=now)
    if life.is_blocked:
        Block.put(sam.id, by=acting(maya), now=now)
    if life.invites:
        Invitation.send("friend@example.org", by=acting(sam), now=now)
    db.session.commit()
    return sam


def _lists_of_people(leader: Member, invitation: Invitation, now: datetime) -> None:
    sheet = Sheet(["Name", "E-mail"], [[SECRETS["name"], SECRETS["email"].upper()], ["Ada Byron", "ada@example.org"]])
    one = Import.of_sheet(sheet, kind="members", file_name="people.csv", by=leader.id, now=now)
    invited, other = one.rows("waiting")
    invited.became("created", made_id=invitation.id)
    other.became("refused", reason="No such person.")


def _go(sam: Member, way: str, leader: Member) -> None:
    if way == "left":
        leave(acting(sam), now=clock.now())
    else:
        end = {"removed": remove, "banned": ban}[way]
        end(sam.id, by=acting(leader), rule="Credit the maker", why="It was a copy.", now=clock.now())
    db.session.flush()


def _rows_of_others(member_id: UUID, user_id: UUID) -> dict[str, set[Any]]:
    """Return the keys of every row that is not the member's own, by table."""
    unseen = select(Gig.id).where(scoped(Gig), Gig.author_id == member_id, Gig.published_at.is_(None))
    theirs: dict[str, list[Any]] = {
        "gigs": [Gig.id.in_(unseen)],
        "gig_skills": [GigSkill.gig_id.in_(unseen)],
        "join_requests": [JoinRequest.user_id == user_id],
        "hall_sessions": [HallSession.user_id == user_id],
    }
    for column in own_columns():
        theirs.setdefault(column.table.name, []).append(column == member_id)
    tables = [table for table in metadata.sorted_tables if "tenant_id" in table.c]
    return {table.name: _rows(table.name, *map(not_, theirs.get(table.name, ()))) for table in tables}


def _rows(name: str, *conditions: Any) -> set[Any]:
    table = metadata.tables[name]
    return set(db.session.execute(select(*table.primary_key.columns).where(scoped(table), *conditions)))


def _standing_work(member_id: Any) -> int:
    gigs = select(func.count()).select_from(Gig)
    live = db.session.scalar(
        gigs.where(scoped(Gig), Gig.author_id == member_id, Gig.state.in_(("open", "paused", "filled", "expired")))
    )
    agreements = db.session.scalar(
        select(func.count())
        .select_from(Agreement)
        .where(
            scoped(Agreement),
            (Agreement.client_id == member_id) | (Agreement.worker_id == member_id),
            Agreement.state.in_(("proposed", "countered", *_BINDING, "awaiting_release")),
        )
    )
    return int(live or 0) + int(agreements or 0)


def _assert_nothing_personal(way: str) -> None:
    kept = {SECRETS["name"]} if way != "left" else set()
    for table in metadata.sorted_tables:
        if "tenant_id" not in table.c:
            continue
        rows = db.session.execute(text(f"SELECT CAST(t AS text) FROM {table.name} t")).scalars().all()
        for row in rows:
            for secret in {*SECRETS.values(), SECRETS["email"].upper()} - (
                kept if table.name == "activities" else set()
            ):
                assert secret not in row, f"{secret!r} stays in {table.name}"
    if way == "left":
        user_id = db.session.scalars(select(User.id).where(User.email == SECRETS["email"])).one()
        for table in metadata.sorted_tables:
            if "tenant_id" in table.c and "user_id" in table.c:
                linked = select(func.count()).select_from(table).where(scoped(table), table.c.user_id == user_id)
                assert db.session.scalar(linked) == 0, f"{table.name} still knows who it was"
