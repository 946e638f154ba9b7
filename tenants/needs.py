"""Who needs a membership for what, as a marketplace's leaders settled it, and what a member has. Nothing is looked up here."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

#: What a membership can be needed for: to see gigs and people, to post gigs, to apply, to begin writing to somebody.
PURPOSES = ("see", "post", "apply", "contact")
#: Everybody without a role that is named here or runs the marketplace, and those who hold one.
GROUPS = ("plain", "expert", "customer", "recruiter", "manager")
EVERYBODY = "everybody"
#: What is left when a payment was missed and the days of grace are over: as much as somebody has who never had a
#: membership; that, and looking around; nothing but what was agreed before.
AFTER_LAPSE = ("others", "see", "nothing")
#: The longest grace. Stripe gives up, and ends the subscription, a day later.
MOST_GRACE = 14

_NEVER_SHUT_OUT = frozenset({"leader", "admin", "moderator", "category_leader"})
_NAMED = frozenset(GROUPS) - {"plain"}
_ALL = frozenset(PURPOSES)
_NOTHING: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Cover:
    """What a member has now: the tiers of the memberships that give access.

    :ivar grace_until: until when, where a payment is owed for all that they have.
    :ivar lapsed: a payment was missed, and its grace is over.
    :ivar had: they once had a membership, whether or not it goes on.
    """

    tiers: frozenset[UUID] = frozenset()
    grace_until: datetime | None = None
    lapsed: bool = False
    had: bool = False

    @classmethod
    def read(cls, written: str | None) -> "Cover":
        """Return what `tenants.covers` wrote of a member."""
        return _cover(written) if written else NO_COVER


NO_COVER = Cover()


@dataclass(frozen=True, slots=True)
class Need:
    """Who needs a membership for one purpose, and of which tiers; without any named, each will do."""

    groups: frozenset[str]
    tiers: frozenset[UUID] = frozenset()

    def asks(self, roles: frozenset[str]) -> bool:
        """Return whether somebody with these roles needs one."""
        if EVERYBODY in self.groups:
            return True
        held = roles & _NAMED
        return not self.groups.isdisjoint(held) if held else "plain" in self.groups

    def is_met_by(self, tiers: frozenset[UUID]) -> bool:
        """Return whether memberships of these tiers are enough."""
        return bool(tiers & self.tiers) if self.tiers else bool(tiers)


@dataclass(frozen=True, slots=True)
class Needs:
    """What a marketplace asks a membership for, by purpose."""

    of: tuple[tuple[str, Need], ...] = ()
    after_lapse: str = "others"

    @classmethod
    def read(cls, written: Mapping[str, Any], after_lapse: str = "others") -> "Needs":
        """Return what is kept as `{"post": {"groups": ["plain"], "tiers": ["…"]}}`."""
        known = ((purpose, written[purpose]) for purpose in PURPOSES if written.get(purpose, {}).get("groups"))
        of = (
            (purpose, Need(frozenset(one["groups"]), frozenset(UUID(tier) for tier in one.get("tiers", ()))))
            for purpose, one in known
        )
        return cls(tuple(of), after_lapse)

    def lacking(self, roles: frozenset[str], cover: Cover) -> frozenset[str]:
        """Return the purposes for which a member with these roles needs a membership that they do not have. Whoever runs the
        marketplace, or a field of it, needs none.
        """
        if not self.of or is_never_shut_out(roles):
            return _NOTHING
        asked = frozenset(purpose for purpose, need in self.of if need.asks(roles))
        if cover.lapsed and asked and self.after_lapse == "nothing":
            return _ALL
        elif cover.lapsed and asked and self.after_lapse == "see":
            return _ALL - {"see"}
        else:
            return frozenset(
                purpose for purpose, need in self.of if purpose in asked and not need.is_met_by(cover.tiers)
            )

    def lacking_outside(self) -> frozenset[str]:
        """Return the purposes for which a visitor lacks a membership: those for which members without a role need one."""
        if not self.of:
            return _NOTHING
        return frozenset(purpose for purpose, need in self.of if need.asks(_NOTHING))

    def tiers_for(self, purpose: str) -> frozenset[UUID]:
        """Return the tiers of which one is enough for a purpose; none named: any."""
        return dict(self.of)[purpose].tiers if purpose in dict(self.of) else frozenset()


def is_never_shut_out(roles: Iterable[str]) -> bool:
    """Return whether somebody with these roles runs the marketplace, or a field of it, and so needs no membership."""
    return not _NEVER_SHUT_OUT.isdisjoint(roles)


@lru_cache(maxsize=2000)
def _cover(written: str) -> Cover:
    # In the order in which they began: the last says whether somebody has lapsed, or left of their own wish.
    rows = [entry.split(":") for entry in written.split(",")]
    tiers = frozenset(UUID(tier) for kind, tier, _ in rows if kind in ("member", "grace"))
    graces = [int(until) for kind, _, until in rows if kind == "grace"]
    is_paid = any(kind == "member" for kind, _, _ in rows)
    grace_until = datetime.fromtimestamp(max(graces), UTC) if graces and not is_paid else None
    return Cover(tiers, grace_until, lapsed=not tiers and rows[-1][0] == "lapsed", had=True)
