"""Nothing passes that a mandate does not name: whatever is asked, of whatever thing, by whichever route."""

from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.policies import MANDATES, POLICIES, TO_LOOK_AT, allows
from tenants.context import Actor
from tenants.mandates import SCOPES, Helper

ROSA, ANA, SOMEBODY = UUID(int=1), UUID(int=2), UUID(int=3)

# Written down by hand: all that anybody may ever do for another.
WITHIN = {
    "gigs": """see a gig / post a gig / edit a gig / publish a gig / run a gig / let a gig be live again
        / see whom a gig of one's own suits / see one's own gigs / look up words and places while typing""",
    "applying": """raise a hand for a gig / see an application / see who raised a hand for a gig / answer an application
        / withdraw an application / see where one raised a hand / see one's own gigs""",
    "agreeing": """see an application / offer terms to an applicant / see an agreement / be a side of an agreement
        / hand over work / answer what was handed over / see one's own agreements""",
    "messages": "see one's own messages / read a thread / begin to write to somebody",
}
LOOKING = {"see the hall", "see a gig", "see a member", "read a page of the hall's own"}
# Routes that ask nothing of the policy table and are not for looking alone: each has its own proof in its address, or is about
# the person who signed in and never about a member.
WITHOUT_A_PERMISSION = {
    "accounts.departure",
    "alerts.renew_by_letter",
    "alerts.stop",
    "assisting.stop",
    "joining.membership",
    "joining.withdrawal",
    "moderation.appeal_by_link",
    "notifications.stop",
}
ROLES = ("leader", "admin", "moderator", "category_leader", "expert", "member")


def named(scope):
    return {" ".join(words.split()) for words in WITHIN[scope].split("/")}


class Everything:
    """A thing of which every question is answered with yes, or with whoever asks."""

    def __init__(self, settlement, whose=ROSA):
        self.settlement, self.whose = settlement, whose
        self.state, self.audience, self.roles, self.was_disputed = "open", "hall", (), True

    @property
    def gig(self):
        return self

    def __getattr__(self, name):
        if name.startswith(("is_", "may_")):
            return lambda member_id: member_id == self.whose
        elif name.endswith(("_id", "_by")) or name == "id":
            return self.whose
        return lambda *_: True


def acting_within(scopes, roles=("member",)):
    fields = frozenset({ROSA})
    return Actor(
        id=ROSA,
        tenant_id=1,
        user_id=ANA,
        name="Rosa",
        hue=0,
        picture=None,
        roles=frozenset(roles),
        leads=fields,
        advises=fields,
        helper=Helper(ANA, "Ana", SOMEBODY, frozenset(scopes)),
    )


def test_what_a_mandate_names_is_what_is_written_here():
    assert tuple(MANDATES) == SCOPES
    assert {scope: set(within) for scope, within in MANDATES.items()} == {scope: named(scope) for scope in SCOPES}
    assert set(TO_LOOK_AT) == LOOKING


@settings(max_examples=400, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    scopes=st.sets(st.sampled_from(SCOPES)),
    permission=st.sampled_from(sorted(POLICIES)),
    roles=st.sets(st.sampled_from(ROLES)),
    settlement=st.sampled_from(["money", "credits", "favour", "none"]),
    whose=st.sampled_from([ROSA, ANA, SOMEBODY]),
)
def test_whoever_acts_for_somebody_may_no_more_than_both_the_mandate_and_the_member_may(
    hall, scopes, permission, roles, settlement, whose
):
    thing = Everything(settlement, whose)
    actor = acting_within(scopes, roles)
    if not allows(permission, actor, thing):
        return
    assert permission in LOOKING.union(*(named(scope) for scope in scopes))
    # Never more than the member may do alone.
    assert allows(
        permission, Actor(**{name: getattr(actor, name) for name in actor.__slots__} | {"helper": None}), thing
    )
    # Work that is paid for, in money or hours, is accepted by nobody else.
    if permission == "answer what was handed over":
        assert settlement in ("favour", "none")


@pytest.mark.parametrize(
    "permission", sorted(named("gigs") | named("applying") | named("agreeing") | named("messages"))
)
def test_what_a_mandate_names_it_lets_through(hall, permission):
    thing = Everything("none")
    thing.state = "draft" if permission in ("publish a gig", "see a gig") else "open"
    assert allows(permission, acting_within(SCOPES), thing)
    assert not allows(permission, acting_within(()), thing)


def test_every_route_that_changes_something_asks_the_table_or_needs_no_member(app):
    unasked = {
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if rule.subdomain == "hall"
        and "POST" in rule.methods
        and getattr(app.view_functions[rule.endpoint], "policy", None) not in POLICIES
    }
    assert unasked == WITHOUT_A_PERMISSION
