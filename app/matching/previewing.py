"""What other weights would change, before they are in force: the same lists by both, side by side."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select, text

from app.core.database import db
from app.core.languages import gettext as _
from app.gigs.queries import newest, these
from app.matching.engine import Match, gigs_for, people_for
from app.matching.weights import Weights
from app.profiles.people import people
from tenants.context import Actor
from tenants.isolation import scoped
from tenants.models import Member

_MEMBERS, _GIGS, _PEOPLE, _SUGGESTED = 100, 4, 5, 8
_ACTIVE = text("members.standing = 'active'")


@dataclass(frozen=True, slots=True)
class Place:
    """One line of a list: what stands there, and what became of it: `same`, `new`, `up`, `down` or `gone`."""

    label: str
    href: str
    change: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """One list as it is and as it would be. `title` says whose."""

    title: str
    href: str
    before: Sequence[Place]
    after: Sequence[Place]

    @property
    def is_same(self) -> bool:
        return [one.label for one in self.before] == [one.label for one in self.after]


def may_be_looked_at() -> list[tuple[UUID | None, str]]:
    """Return for whom a leader may look: the newest gigs, or one of the members who came last."""
    lately = select(Member.id, Member.name).where(scoped(Member), _ACTIVE).order_by(Member.joined_at.desc(), Member.id)
    members = [(row.id, row.name) for row in db.session.execute(lately.limit(_MEMBERS))]
    return [(None, _("the newest gigs")), *sorted(members, key=lambda one: one[1])]


def compared(before: Weights, after: Weights, whom: UUID | None, *, viewer: Actor, now: datetime) -> list[Comparison]:
    """Return what weights would change: for a member (their id) the gigs, else for each of the newest gigs the people. Gigs
    that the leader may not see themselves are left out.
    """
    if whom:
        return [_gigs_of(whom, before, after, viewer, now)]
    return [
        _people_of(row, people_for(row, now=now, most=_PEOPLE, weights=before), _again(row, after, now))
        for row in newest(viewer, _GIGS)
    ]


def _again(gig: object, weights: Weights, now: datetime) -> list[Match]:
    return people_for(gig, now=now, most=_PEOPLE, weights=weights)


@dataclass(frozen=True, slots=True)
class _Somebody:
    id: UUID


def _gigs_of(member_id: UUID, before: Weights, after: Weights, viewer: Actor, now: datetime) -> Comparison:
    old, new = (
        gigs_for(_Somebody(member_id), now=now, most=_SUGGESTED, weights=weights) for weights in (before, after)
    )
    rows = these([match.id for match in (*old, *new)], viewer)
    name = people([member_id])[member_id].name
    return Comparison(
        name,
        f"/people/{member_id}",
        *_side_by_side(
            [one.id for one in old if one.id in rows],
            [one.id for one in new if one.id in rows],
            lambda gig_id: (rows[gig_id].title, f"/gigs/{gig_id}"),
        ),
    )


def _people_of(gig: object, old: Sequence[Match], new: Sequence[Match]) -> Comparison:
    found = people(match.id for match in (*old, *new))
    return Comparison(
        gig.title,  # type: ignore[attr-defined]
        f"/gigs/{gig.id}",  # type: ignore[attr-defined]
        *_side_by_side(
            [one.id for one in old], [one.id for one in new], lambda one: (found[one].name, f"/people/{one}")
        ),
    )


def _side_by_side(
    old: list[UUID], new: list[UUID], named: Callable[[UUID], tuple[str, str]]
) -> tuple[list[Place], list[Place]]:
    return (
        [Place(*named(one), "same" if one in new else "gone") for one in old],
        [Place(*named(one), _change(old, at, one)) for at, one in enumerate(new)],
    )


def _change(old: list[UUID], at: int, one: UUID) -> str:
    if one not in old:
        return "new"
    before = old.index(one)
    return "same" if before == at else "up" if at < before else "down"
