"""Whatever members do, and wherever workers die: each match that its member may see is mailed once, and nothing else ever is."""

import re
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from unittest.mock import patch

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import event, text
from sqlalchemy.engine import Engine
from sqlalchemy.exc import IntegrityError

from app.alerts import sending
from app.alerts.models import Alert
from app.core import clock
from app.core.database import db
from app.core.jobs import running
from app.gigs.models import Gig
from app.profiles.blocks import Block
from tenants.context import tenant_context
from tenants.isolation import scoped
from tenants.models import Member
from tests.alerts.arranging import an_alert
from tests.factories import a_hall, a_member, a_published_gig, a_user, acting

SUNDAY = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
#: What each member asks for: a word, another, all that is offered.
ASKED = ({"q": "gilding"}, {"q": "etching"}, {"direction": "offer"})
_numbers = count(1)

who = st.integers(0, 2)
which = st.integers(0, 3)
words = st.sampled_from(["Gilding and etching", "Gilding and etching", "Gilding", "Etching", "Carving"])
POSTS = st.tuples(
    st.just("post"), who, words, st.sampled_from(["request", "offer"]), st.sampled_from(["hall", "members"])
)
OTHERS = st.one_of(
    st.tuples(st.just("reword"), which, words),
    st.tuples(st.sampled_from(["close", "remove"]), which),
    st.tuples(st.sampled_from(["block", "block", "unblock"]), who, who),
    st.tuples(st.sampled_from(["pause", "resume", "leave"]), who),
)
#: Gigs, and what may come between them and their letters, in any order.
DEEDS = st.tuples(st.lists(POSTS, min_size=2, max_size=4), st.lists(OTHERS, max_size=4)).flatmap(
    lambda deeds: st.permutations([*deeds[0], *deeds[1]])
)
#: How long after the one before something happens, after how many jobs workers stop, and at which of their steps they die.
MEANWHILE = st.tuples(
    st.sampled_from([1, 20, 720]),
    st.sampled_from([0, 3, 6, 9, 99]),
    st.lists(st.integers(0, 25), max_size=6),
)


class Died(BaseException):
    """A worker is gone, wherever it was."""


@dataclass
class Post:
    """A gig as its author left it."""

    id: object
    author: int
    title: str
    direction: str
    is_open: bool = True


@dataclass
class World:
    """What is so, by all that was done; whatever letters say is held against it at the moment they leave."""

    members: list[object]
    alerts: list[object]
    posts: list[Post] = field(default_factory=list)
    blocks: set[tuple[int, int]] = field(default_factory=set)
    here: list[bool] = field(default_factory=lambda: [True] * 3)
    on: list[bool] = field(default_factory=lambda: [True] * 3)
    # Who was owed which gig from its posting on, without anything having come between.
    owed: set[tuple[int, int]] = field(default_factory=set)
    letters: dict[str, tuple[int, frozenset[int]]] = field(default_factory=dict)

    def may_be_told(self, member: int, number: int) -> bool:
        post = self.posts[number]
        apart = {(member, post.author), (post.author, member)} & self.blocks
        asked = ASKED[member]
        answers = post.direction == "offer" if "direction" in asked else asked["q"] in post.title.lower()
        return (
            post.is_open and self.here[member] and self.on[member] and post.author != member and not apart and answers
        )

    def take(self, mail: object) -> None:
        """Look at a letter that leaves; one that leaves again must be the same one."""
        member = int(re.match(r"reader(\d)", mail.to).group(1))
        gigs = frozenset(int(number) for number in re.findall(r"no(\d+)", mail.text))
        assert gigs
        assert mail.html
        wrong = [number for number in gigs if not self.may_be_told(member, number)]
        assert not wrong, (member, [self.posts[number] for number in wrong])
        # The first that arrives is what a mailbox keeps.
        self.letters.setdefault(mail.message_id, (member, gigs))

    def told(self) -> list[tuple[int, int]]:
        return [(member, number) for member, gigs in self.letters.values() for number in gigs]

    def do(self, action: str, *how: object) -> None:
        getattr(self, f"_{action}")(*how)
        db.session.commit()
        self.owed = {pair for pair in self.owed if self.may_be_told(*pair)}

    def _post(self, author: int, title: str, direction: str, audience: str) -> None:
        if not self.here[author] or len(self.posts) > 3:
            return
        number = len(self.posts)
        member = self._member(author)
        gig = a_published_gig(by=member, title=f"{title} no{number}", direction=direction, audience=audience)
        self.posts.append(Post(gig.id, author, f"{title} no{number}", direction))
        self.owed |= {(reader, number) for reader in range(3) if self.may_be_told(reader, number)}

    def _reword(self, which: int, title: str) -> None:
        if post := self._open(which):
            post.title = f"{title} no{which}"
            self._gig(post).revise({"title": post.title}, by=acting(self._member(post.author)))

    def _close(self, which: int) -> None:
        if post := self._open(which):
            post.is_open = False
            self._gig(post).close(by=acting(self._member(post.author)), why="Done.")

    def _remove(self, which: int) -> None:
        if post := self._open(which):
            post.is_open = False
            self._gig(post).remove(by=acting(self._member(post.author)), why="Not here.")

    def _block(self, one: int, other: int) -> None:
        if one != other:
            self.blocks.add((one, other))
            Block.put(self.members[other], by=acting(self._member(one)), now=clock.now())

    def _unblock(self, one: int, other: int) -> None:
        self.blocks.discard((one, other))
        Block.lift(self.members[other], by=acting(self._member(one)))

    def _pause(self, member: int) -> None:
        self.on[member] = False
        self._alert(member).pause()

    def _resume(self, member: int) -> None:
        self.on[member] = True
        self._alert(member).resume(by=acting(self._member(member)), now=clock.now())

    def _leave(self, member: int) -> None:
        self.here[member] = False
        self._member(member).standing = "left"

    def _open(self, which: int) -> Post | None:
        post = self.posts[which] if which < len(self.posts) else None
        return post if post and post.is_open and self.here[post.author] else None

    def _member(self, number: int) -> Member:
        return db.session.query(Member).filter(scoped(Member), Member.id == self.members[number]).one()

    def _alert(self, number: int) -> Alert:
        return db.session.query(Alert).filter(scoped(Alert), Alert.id == self.alerts[number]).one()

    def _gig(self, post: Post) -> Gig:
        return db.session.query(Gig).filter(scoped(Gig), Gig.id == post.id).one()


@settings(
    max_examples=25,
    deadline=None,
    # Without shrinking: a history is short enough to read, and living through one takes a while.
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(
    paces=st.tuples(*[st.sampled_from(["at_once", "daily"])] * 3),
    deeds=DEEDS,
    between=st.lists(MEANWHILE, min_size=8, max_size=8),
)
def test_each_match_is_told_once_and_none_is_lost_wherever_workers_die(committing, paces, deeds, between):
    with clock.travel(to=SUNDAY), tenant_context(a_hall(f"hall{next(_numbers)}")):
        world = _a_world(paces)
        try:
            with patch.object(sending, "send", _taken_by(world)):
                _live(world, zip(deeds, between, strict=False))
        finally:
            # The next history begins with nothing open and nothing waiting.
            db.session.rollback()
            db.session.execute(text("DELETE FROM procrastinate_jobs"))
            db.session.commit()
    told = world.told()
    assert len(told) == len(set(told)), "something was told twice"
    assert world.owed <= set(told), "something was lost"


def _a_world(paces):
    people = [a_user("Reader", email=f"reader{number}.{next(_numbers)}@example.org") for number in range(3)]
    members = [a_member("Reader", user=user) for user in people]
    alerts = [
        an_alert(of=member, pace=pace, **asked) for member, pace, asked in zip(members, paces, ASKED, strict=True)
    ]
    return World([member.id for member in members], [alert.id for alert in alerts])


def _live(world, history):
    moment = SUNDAY
    for action, (minutes, jobs, deaths) in history:
        moment += timedelta(minutes=minutes)
        with clock.travel(to=moment):
            world.do(*action)
            _work(jobs, deaths)
    # Nobody dies any more, and two days go by.
    for hours in (0, 1, 25, 25):
        moment += timedelta(hours=hours)
        with clock.travel(to=moment):
            _work(10_000, [])


def _taken_by(world):
    """Return what sends a letter: it really goes to the mailbox, and is looked at."""
    send = sending.send

    def sent(mail):
        send(mail)
        world.take(mail)

    return sent


def _work(jobs, deaths):
    """Run so many of the jobs that are due; each of the deaths befalls a worker after so many steps of one of them."""
    deaths = iter(deaths)
    for _ in range(jobs):
        call = running._take()
        if call is None:
            return
        try:
            with _dying(next(deaths, None)):
                running.run(call)
                db.session.execute(running._FINISH, {"id": call.id})
                db.session.commit()
        except Died:
            db.session.remove()
            _relieve(call)


@contextmanager
def _dying(after):
    """Die at the step with this number: a statement before it reaches the database, or a commit before it is done."""
    steps = count()

    def step(*_):
        if next(steps) == after:
            raise Died

    event.listen(Engine, "before_cursor_execute", step)
    event.listen(Engine, "commit", step)
    try:
        yield
    finally:
        event.remove(Engine, "before_cursor_execute", step)
        event.remove(Engine, "commit", step)


def _relieve(call):
    """Put a dead worker's job back, as the others do; where the same waits already, that is enough."""
    back = text("UPDATE procrastinate_jobs SET status = 'todo', attempts = attempts + 1 WHERE id = :id")
    try:
        with db.session.begin_nested():
            db.session.execute(back, {"id": call.id})
    except IntegrityError:
        db.session.execute(running._FINISH, {"id": call.id})
    db.session.commit()
