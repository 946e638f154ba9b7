"""The two questions: which gigs suit a member, and which people suit a gig. One score answers both; each takes a fixed number
of statements, however many gigs and members there are.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from app.acquaintances.queries import Tie
from app.core import clock
from app.exposure.queries import little_seen
from app.matching import gig_candidates, gig_side, people_candidates
from app.matching.gig_side import named_in, sought, task_of
from app.matching.member_side import Seeker, level, of_profile, seeker
from app.matching.scoring import KIN, Part, Setting, has_reason, parts
from app.matching.sides import Side, Task
from app.matching.weights import Weights
from tenants.context import current_tenant

# What roughly decides who is weighed at all: a skill that somebody wants counts less than one that they have.
_ROUGH_WANTED, _ROUGH_INTEREST = 0.7, 0.4


@dataclass(frozen=True, slots=True)
class Match:
    """A gig that suits a member, or a member who suits a gig: whose `id` it is, and the parts of its score in the order in
    which they are told (`app.matching.reasons` puts them into words).
    """

    id: UUID
    parts: tuple[Part, ...]

    @property
    def score(self) -> float:
        return sum(part.points for part in self.parts)


def gigs_for(member: Any, *, now: datetime, most: int = 24, weights: Weights | None = None) -> list[Match]:
    """Return the gigs that suit a member best, the best first: none that they may not see, that is their own, that they
    applied to or waved away; none at all when they switched matching off.

    :param member: whoever has the `id` of a member here.
    :param weights: others than are in force, to see what they would change.
    """
    who = seeker(member.id)
    return best_gigs(who, now=now, most=most, weights=weights) if who else []


def best_gigs(who: Seeker, *, now: datetime, most: int, weights: Weights | None = None) -> list[Match]:
    """Return the gigs that suit a member who was read already, as `gigs_for` does."""
    if who.is_off:
        return []
    today = clock.today(current_tenant().time_zone)
    rows = gig_candidates.gigs_around(who.side.id, _rough_of(who), list(who.side.done_in), now=now, today=today)
    little = little_seen("gig", [row.id for row in rows])
    return _best(_weigh_gigs(who, rows, weights, now, little), most)


def fit_of(member: Any, gig_id: UUID, *, now: datetime) -> Match | None:
    """Return how one gig suits a member, if it may be suggested to them and there is a reason to. How often it was seen is
    left out: it matters only among several.
    """
    today = clock.today(current_tenant().time_zone)
    row = gig_candidates.gig_for(member.id, gig_id, now=now, today=today)
    who = seeker(member.id) if row else None
    if row is None or who is None or who.is_off:
        return None
    found = _best(_weigh_gigs(who, [row], None, now, {}), 1)
    return found[0] if found else None


def people_for(
    gig: Any,
    *,
    now: datetime,
    most: int = 10,
    weights: Weights | None = None,
    without: Collection[UUID] = (),
) -> list[Match]:
    """Return the members who suit a gig best, the best first: only who takes part, has time, may see it, and has not raised
    a hand; none when the gig takes nobody.

    :param gig: whatever has the `id` of a gig here.
    :param without: members who need not be told of.
    """
    row = gig_candidates.one_gig(gig.id)
    if row is None or gig_side.is_over(row, now):
        return []
    found, today = sought(row), clock.today(current_tenant().time_zone)
    task, words = found.task, found.vocabulary
    rough = {skill: words.rarity(skill) for skill in (*task.needs, *task.gains, *task.named)}
    for (_, skill), strength in words.kin.items():
        rough.setdefault(skill, 0.0)
        rough[skill] += KIN * strength * words.rarity(skill) / max(len(task.needs), 1)
    day = max(task.starts_on or today, today)
    rows = people_candidates.people_around(task.id, task.author_id, rough, task.category_id, day=day, without=without)
    setting = Setting(today, now, current_tenant().time_zone, words, weights or found.weights)
    little = little_seen("member", [one.id for one in rows])
    return _best(
        (
            Match(
                one.id,
                parts(
                    _side_of(one, task),
                    task,
                    setting,
                    tie=Tie.of(one),
                    unseen=little.get(one.id, 0.0),
                    newcomer="member",
                ),
            )
            for one in rows
        ),
        most,
    )


def _weigh_gigs(
    who: Seeker, rows: Iterable[Any], weights: Weights | None, now: datetime, little: Mapping[UUID, float]
) -> Iterable[Match]:
    zone = current_tenant().time_zone
    setting = Setting(clock.today(zone), now, zone, who.vocabulary, weights or who.weights)
    for row in rows:
        task = task_of(row, named_in(row.title, who.called))
        yield Match(
            row.id,
            parts(who.side, task, setting, tie=Tie.of(row), unseen=little.get(row.id, 0.0), newcomer="author"),
        )


def _best(matches: Iterable[Match], most: int) -> list[Match]:
    fitting = [match for match in matches if has_reason(match.parts)]
    # Ids are made in the order of time: of two that fit alike the newer comes first.
    return sorted(fitting, key=lambda match: (round(match.score, 6), match.id), reverse=True)[:most]


def _rough_of(who: Seeker) -> dict[UUID, float]:
    """Return the skills by which gigs are looked for, each with what it is worth."""
    side, words = who.side, who.vocabulary
    rough = {skill: _ROUGH_INTEREST * words.rarity(skill) for skill in side.interest}
    rough |= {skill: _ROUGH_WANTED * words.rarity(skill) for skill in side.wanted}
    rough |= {skill: words.rarity(skill) for skill in side.held}
    for (asked, skill), strength in words.kin.items():
        if asked not in side.held:
            rough[asked] = rough.get(asked, 0.0) + KIN * strength * words.rarity(skill) / 3
    return rough


def _side_of(row: Any, task: Task) -> Side:
    shown = {skill: (row.shown or []).count(skill) for skill in row.shown or ()}
    endorsed = {skill: row.endorsed.count(skill) for skill in row.endorsed or ()}
    held = {skill: level(shown.get(skill, 0), endorsed.get(skill, 0)) for skill in row.held or ()}
    return Side(
        id=row.id,
        held={skill: level(times, endorsed.get(skill, 0)) - 0.3 for skill, times in shown.items()} | held,
        wanted=frozenset(row.wanted or ()),
        interest=frozenset(row.interest or ()),
        shown=shown,
        endorsed=endorsed,
        done_in={task.category_id: row.done} if task.category_id and row.done else {},
        **of_profile(row),
    )
