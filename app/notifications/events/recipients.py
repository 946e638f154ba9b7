"""Who is told: from what an activity holds, and from who looks after what."""

from collections.abc import Callable
from uuid import UUID

from sqlalchemy import any_, literal_column, or_, select

from app.applications.models import Application
from app.core import clock
from app.core.database import db
from app.gigs.models import Gig
from app.notifications.events.event import Fact
from tenants.context import current_tenant_id
from tenants.duties import Delegation, in_force
from tenants.isolation import scoped
from tenants.models import Member, Role
from tenants.offices import in_office

_WAITING = ("sent", "shortlisted", "offered")


def named(*names: str) -> Callable[[Fact], set[UUID]]:
    """Return a rule that tells whoever the activity names."""
    return lambda fact: fact.ids(*names)


def the_subject(fact: Fact) -> set[UUID]:
    """Return the member that the activity is about."""
    return {fact.subject}


def holders(*roles: str) -> Callable[[Fact], set[UUID]]:
    """Return a rule that tells everybody who holds one of these roles."""
    return lambda _: set(
        db.session.scalars(select(Role.member_id).where(scoped(Role), Role.role.in_(roles), in_office()))
    )


moderators = holders("leader", "admin", "moderator")
admins = holders("leader", "admin")
the_author = named("author", "author_id")
the_applicant = named("applicant_id")
both_sides = named("client_id", "worker_id")


def whoever_applied(fact: Fact) -> set[UUID]:
    """Return the side of an agreement that is not the gig's author."""
    gig = db.session.get_one(Gig, (current_tenant_id(), fact.id("gig_id")))
    return both_sides(fact) - {gig.author_id}


def neutral_moderators(fact: Fact) -> set[UUID]:
    """Return whoever may settle what two people disagree about."""
    return moderators(fact) - fact.ids("client_id", "worker_id")


def the_owners(fact: Fact) -> set[UUID]:
    """Return whoever is waited for; where nobody in particular is, the moderators."""
    return fact.ids("owner_ids") or neutral_moderators(fact)


def reviewers(fact: Fact) -> set[UUID]:
    """Return the leaders of the gig's category and whose duty reviewing is; where there is nobody, the moderators."""
    leading = select(Role.member_id).where(
        scoped(Role), Role.role == "category_leader", Role.category_id == _category_of(fact.subject), in_office()
    )
    whose_duty = select(Delegation.member_id).where(
        scoped(Delegation),
        Delegation.category_id == _category_of(fact.subject),
        in_force(clock.now()),
        literal_column("'review'") == any_(Delegation.duties),
    )
    either = or_(Member.id.in_(leading), Member.id.in_(whose_duty))
    active = select(Member.id).where(scoped(Member), either, Member.standing == "active")
    return set(db.session.scalars(active)) or moderators(fact)


def everybody_reviewing(fact: Fact) -> set[UUID]:
    """Return whoever may approve a gig: when it has waited long, more eyes help."""
    return reviewers(fact) | moderators(fact)


def waiting_applicants(fact: Fact) -> set[UUID]:
    """Return whoever raised a hand for the gig and waits."""
    return set(
        db.session.scalars(
            select(Application.applicant_id).where(
                scoped(Application), Application.gig_id == fact.subject, Application.state.in_(_WAITING)
            )
        )
    )


def everybody(_: Fact) -> set[UUID]:
    """Return every active member."""
    return set(db.session.scalars(select(Member.id).where(scoped(Member), Member.standing == "active")))


def _category_of(gig_id: UUID) -> UUID | None:
    gig = db.session.get(Gig, (current_tenant_id(), gig_id))
    return gig.category_id if gig else None
