"""The trial itself: the real gigs and a member for each in a marketplace, and our own engine asked for people."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import islice
from types import SimpleNamespace
from uuid import UUID

from sqlalchemy import delete, insert, text

from app.categories.vocabulary import folded, skills_named
from app.core import clock
from app.core.database import db
from app.factory import create_app
from app.gigs.models import Gig, GigSkill
from app.matching import people_for
from app.matching.jobs import relate
from app.profiles.models import MemberSkill
from bench import data
from bench.matching import is_tested, skills_of_gigs
from bench.relevance import gigs
from tenants.context import tenant_context
from tenants.isolation import scoped
from tenants.models import Member
from tenants.resolution import tenant_by_id

_TENANT = 1
# Members' ids are their gigs' numbers, behind those that every benchmark has.
_MEMBER = 1 << 20
# Nobody is new: fairness counts the same for all.
_LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


@contextmanager
def a_marketplace() -> Iterator[None]:
    """Be inside a marketplace of the real gigs, each posted by a member with its skills; kin is learned of the train part."""
    with data.database("bench_matching", tenants=1, gigs=0) as database:
        app = create_app(database.settings)
        with app.app_context():
            hall = tenant_by_id(_TENANT)
            assert hall is not None
            with tenant_context(hall):
                # However long the machine is busy with something else meanwhile.
                db.session.execute(text("SET statement_timeout = 0; SET idle_in_transaction_session_timeout = 0"))
                if db.session.query(Gig).first() is None:
                    _fill()
                yield
                db.session.rollback()
                db.engine.dispose()


def ours(number: int, hidden: str) -> list[int]:
    """Return the members suggested for a gig with one of its skills taken out, the best first."""
    gig_id = UUID(int=number)
    skill_id = skills_named([hidden])[0]
    with db.session.begin_nested() as savepoint:
        db.session.execute(
            delete(GigSkill)
            .where(scoped(GigSkill), GigSkill.gig_id == gig_id, GigSkill.skill_id == skill_id)
            .execution_options(synchronize_session=False)
        )
        found = people_for(SimpleNamespace(id=gig_id), now=clock.now(), most=10)
        savepoint.rollback()
    return [match.id.int - _MEMBER for match in found]


def _fill() -> None:
    skills = skills_of_gigs()
    numbers = range(len(skills))
    _put([number for number in numbers if not is_tested(number)], skills)
    relate()
    _put([number for number in numbers if is_tested(number)], skills)
    db.session.commit()


def _put(numbers: Sequence[int], skills: Sequence[Sequence[str]]) -> None:
    now, titles, waiting = clock.now(), [row["Job Title"] for row in gigs()], iter(numbers)
    while batch := list(islice(waiting, 250)):
        people = [
            {"id": UUID(int=_MEMBER + number), "name": f"Member {number}", "joined_at": _LONG_AGO} for number in batch
        ]
        db.session.execute(insert(Member), people)
        rows = [
            {
                "id": UUID(int=number), "author_id": UUID(int=_MEMBER + number), "direction": "request", "state": "open",
                "title": titles[number], "created_at": now, "updated_at": now, "published_at": now, "state_changed_at": now,
            }
            for number in batch
        ]  # fmt: skip
        db.session.execute(insert(Gig), rows)
        needed = [
            {"gig_id": UUID(int=number), "relation": "needed", "skill_id": skill_id, "position": position}
            for number in batch
            for position, skill_id in enumerate(skills_named(skill for skill in skills[number] if folded(skill)))
        ]
        db.session.execute(insert(GigSkill), needed)
        held = [
            {"member_id": UUID(int=_MEMBER + one["gig_id"].int), "relation": "held", "skill_id": one["skill_id"]}
            for one in needed
        ]
        db.session.execute(insert(MemberSkill), held)
