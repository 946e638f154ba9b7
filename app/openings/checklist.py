"""The first steps of a new marketplace. They track themselves: each is a fact, never a tick that somebody sets."""

from dataclasses import dataclass

from flask import url_for
from sqlalchemy import bindparam, exists, func, select

from app.activity.models import Activity
from app.categories.models import Category
from app.core.database import db
from app.core.languages import gettext as _
from app.gigs.models import Gig
from app.joining.models import Invitation, InvitationLink
from app.profiles.models import Profile
from tenants.context import Actor
from tenants.isolation import scoped

INVITED = 5


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do, whether it is done, and where to do it."""

    label: str
    note: str
    href: str
    done: bool


def checklist(leader: Actor) -> list[Step]:
    """Return the first steps in their order, for a leader of the tenant in force."""
    facts = db.session.execute(_FACTS, {"leader_id": leader.id}).one()
    rules, people = url_for("admin.rules"), url_for("admin.invitation_list")
    invited = min(facts.invited + facts.by_link, INVITED)
    return [
        Step(_("Say who you are"), _("Two sentences and what you do"), "/profile", facts.has_profile),
        Step(_("Post the first gig"), _("People answer to something concrete"), "/gigs/new", facts.has_gig),
        Step(
            _("Invite %(invited)s people", invited=INVITED),
            _("%(invited)s of %(invited_2)s so far", invited=invited, invited_2=INVITED),
            people,
            invited >= INVITED,
        ),
        Step(
            _("Write a category's charter"),
            _("What belongs there, and what good work is"),
            "/categories",
            facts.has_charter,
        ),
        Step(
            _("Make the rules your own"), _("Read the first version, change what is yours"), rules, facts.has_own_rules
        ),
    ]


_FACTS = select(
    select(func.count()).select_from(Invitation).where(scoped(Invitation)).scalar_subquery().label("invited"),
    select(func.coalesce(func.sum(InvitationLink.used), 0))
    .where(scoped(InvitationLink))
    .scalar_subquery()
    .label("by_link"),
    exists().where(scoped(Gig), Gig.published_at.is_not(None)).label("has_gig"),
    exists().where(scoped(Category), Category.charter != "").label("has_charter"),
    exists()
    .where(scoped(Profile), Profile.member_id == bindparam("leader_id"), Profile.headline != "")
    .label("has_profile"),
    (
        select(func.count())
        .select_from(Activity)
        .where(scoped(Activity), Activity.verb == "published_rules")
        .scalar_subquery()
        > 1
    ).label("has_own_rules"),
)
