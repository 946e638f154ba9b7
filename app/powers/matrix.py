"""The policy table, asked for each role: yes, no, or under which conditions.

Nothing is written down twice: each cell is found by asking the table's own predicates about somebody of that role, in the
marketplace at hand. What depends on the thing itself is left as a condition.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from app import predicates as asks
from app.policies import POLICIES
from app.predicates import Policy, Predicate
from tenants.context import Actor

#: The roles as columns, from those who may least.
ROLES = ("visitor", "member", "expert", "category_leader", "moderator", "admin", "leader")

_SOMETHING, _SOMEBODY = UUID(int=1), UUID(int=2)

#: Questions about somebody or the marketplace alone: answered at once.
ABOUT_WHO_ASKS: frozenset[Predicate] = frozenset(
    {
        asks.is_member,
        asks.is_leader,
        asks.is_admin,
        asks.is_moderator,
        asks.leads_something,
        asks.reviews_something,
        asks.anyone_may_see,
        asks.members_may_post,
    }
)

#: Questions about a thing, each with what somebody must be before the answer can be yes.
ABOUT_A_THING: dict[Predicate, Predicate | None] = {
    asks.leads_its_category: asks.leads_something,
    asks.leads_it: asks.leads_something,
    asks.advises_its_category: asks.advises_something,
    asks.outranks: asks.is_moderator,
    asks.has_no_role_there: None,
    asks.is_live: None,
    asks.is_for_everybody: None,
    asks.is_for_anyone: None,
    asks.is_draft: None,
    asks.has_been_sent: None,
    asks.is_editable: None,
    asks.was_disputed: None,
    asks.is_no_ban: None,
    asks.is_published: None,
    asks.is_unanswered: None,
    asks.is_author: asks.is_member,
    asks.suggested_it: asks.is_member,
    asks.is_asked: asks.is_member,
    asks.asked_for_it: asks.is_member,
    # Nobody has a duty by their role: none of the columns has these ways.
    asks.reviews_its_category: asks.has_a_duty,
    asks.answers_its_flags: asks.has_a_duty,
    asks.staffs_its_category: asks.has_a_duty,
    asks.vets_in_its_category: asks.has_a_duty,
    asks.keeps_its_board: asks.has_a_duty,
    asks.has_a_duty_in_it: asks.has_a_duty,
    asks.is_self: asks.is_member,
    asks.shows_it: asks.is_member,
    asks.owns_it: asks.is_member,
    asks.is_meant: asks.is_member,
    asks.is_about_another: asks.is_member,
    asks.is_party: asks.is_member,
    asks.reads_along: asks.is_member,
    asks.takes_part: asks.is_member,
    asks.is_concerned: asks.is_member,
    asks.did_not_decide_it: asks.is_member,
    asks.did_not_write_it: asks.is_member,
    asks.is_no_party: asks.is_member,
    asks.is_applicant: asks.is_member,
    asks.is_author_of_its_gig: asks.is_member,
    asks.coordinates_it: asks.is_member,
    asks.coordinates_its_gig: asks.is_member,
    asks.acts_for_hall: asks.is_admin,
    asks.may_hand_it_over: asks.is_member,
    asks.is_asked_to_lead: asks.is_member,
    asks.is_in_view: asks.is_member,
    asks.is_client: asks.is_member,
    asks.is_worker: asks.is_member,
}

Conditions = frozenset[Predicate]


@dataclass(frozen=True)
class Power:
    """What somebody of a role may do: under any one of `ways`, each a set of conditions that all hold; no way: never."""

    ways: tuple[Conditions, ...] = ()

    @property
    def is_never(self) -> bool:
        return not self.ways

    @property
    def is_always(self) -> bool:
        return frozenset() in self.ways


def power(permission: str, role: str) -> Power:
    """Return what somebody of a role may do in the marketplace at hand.

    :raises KeyError: for a permission that the policy table does not hold.
    """
    return Power(tuple(_least(_ways(POLICIES[permission], _sample(role)))))


def _ways(policy: Policy, actor: Actor | None) -> Iterable[Conditions]:
    for row in policy:
        at_once = [holds for holds in row if holds in ABOUT_WHO_ASKS]
        left = frozenset(row) - ABOUT_WHO_ASKS
        possible = [ABOUT_A_THING[condition] for condition in left]
        if all(holds(actor, None) for holds in (*at_once, *(holds for holds in possible if holds))):
            yield left


def _least(ways: Iterable[Conditions]) -> list[Conditions]:
    """Return the ways of which none asks for all that another asks, and more."""
    every = list(dict.fromkeys(ways))
    return [way for way in every if not any(other < way for other in every)]


def _sample(role: str) -> Actor | None:
    if role == "visitor":
        return None
    field = frozenset({_SOMETHING})
    return Actor(
        id=_SOMEBODY,
        tenant_id=0,
        user_id=_SOMEBODY,
        name="",
        hue=0,
        picture=None,
        roles=frozenset({"member", role}),
        leads=field if role == "category_leader" else frozenset(),
        advises=field if role == "expert" else frozenset(),
    )
