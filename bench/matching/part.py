"""The part `matching`: who is found for real gigs, and how long the question takes in marketplaces of different sizes."""

from collections.abc import Callable, Iterator
from statistics import fmean, median
from time import perf_counter
from types import SimpleNamespace
from uuid import UUID

from app.core import clock
from app.core.database import db
from app.factory import create_app
from app.matching import gigs_for, people_for
from bench import data
from bench.matching import (
    by_overlap,
    by_popularity,
    hidden_skill,
    hit_rate,
    holders,
    is_tested,
    skills_of_gigs,
    uses_of,
)
from bench.matching.trial import a_marketplace, ours
from bench.relevance import DATA
from bench.results import Result
from tenants.context import tenant_context
from tenants.resolution import tenant_by_id

_ROUNDS = 20
_SMALL, _LARGE = 1_000, 100_000


def run() -> Iterator[Result]:
    """Yield the hit rates of the test part, and the milliseconds of both questions."""
    if DATA.exists():
        yield from _trial()
    else:
        print(f"\n  The real gigs are not here ({DATA}): who is found for them is not measured.")
    yield from _sizes()


def _trial() -> Iterator[Result]:
    skills = skills_of_gigs()
    uses, having = uses_of(skills), holders(skills)
    tested = [number for number in range(len(skills)) if is_tested(number)]
    hidden = {number: skill for number in tested if (skill := hidden_skill(number, skills, uses))}
    popular = {number: by_popularity(number, skills, uses) for number in hidden}
    overlap = {number: by_overlap(number, skill, skills, having) for number, skill in hidden.items()}
    with a_marketplace():
        own = {number: ours(number, skill) for number, skill in hidden.items()}
        some = [SimpleNamespace(id=UUID(int=number)) for number in list(hidden)[:_ROUNDS]]
        took = median(_milliseconds(lambda one=one: people_for(one, now=clock.now())) for one in some)
        members = [SimpleNamespace(id=UUID(int=(1 << 20) + one.id.int)) for one in some]
        asked = median(_milliseconds(lambda one=one: gigs_for(one, now=clock.now())) for one in members)
    rates = [hit_rate(found, hidden, skills) for found in (popular, overlap, own)]
    yield Result("matching, popularity: hit rate@10", rates[0], "")
    yield Result("matching, tag overlap: hit rate@10", rates[1], "")
    yield Result("matching, ours: hit rate@10", rates[2], "")
    yield Result("matching, ours against popularity", rates[2] / rates[0], "×", 1.01)
    yield Result("matching, ours against tag overlap", rates[2] / rates[1], "×", 1.01)
    shares = [fmean(_share(found[gig], hidden[gig], skills) for gig in hidden) for found in (overlap, own)]
    yield Result("matching, tag overlap: share of the ten", shares[0], "")
    yield Result("matching, ours: share of the ten", shares[1], "")
    yield Result("people for a gig, among 2,470: median", took, "ms")
    yield Result("gigs for a member, among 2,470: median", asked, "ms")


def _share(members: list[int], hidden: str, skills: list[list[str]]) -> float:
    return sum(hidden in skills[member] for member in members) / 10


def _sizes() -> Iterator[Result]:
    times = {}
    with data.database("bench_search", tenants=2, gigs=_SMALL, gigs_of_first=_LARGE) as filled:
        app = create_app(filled.settings)
        with app.app_context():
            for tenant in (1, 2):
                hall = tenant_by_id(tenant)
                assert hall is not None
                with tenant_context(hall):
                    members = [SimpleNamespace(id=UUID(data.member_id(tenant, number))) for number in range(1, 21)]
                    times[tenant] = median(
                        _milliseconds(lambda one=one: gigs_for(one, now=clock.now())) for one in members * 2
                    )
                    db.session.rollback()
            db.session.remove()
            db.engine.dispose()
    yield Result("gigs for a member, among 1,000: median", times[2], "ms")
    yield Result("gigs for a member, among 100,000: median", times[1], "ms")
    yield Result("gigs for a member, 100,000 against 1,000", times[1] / times[2], "×")


def _milliseconds(question: Callable[[], object]) -> float:
    began = perf_counter()
    question()
    return (perf_counter() - began) * 1000
