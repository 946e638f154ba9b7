"""The people and things of the tests, arranged in domain words. Everything lands in the tenant in force and is committed."""

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select

from app.accounts.models import User
from app.agreements.models import Agreement
from app.agreements.terms import Terms
from app.applications.models import Application
from app.applications.raising import raise_hand
from app.categories.models import Category
from app.core import clock
from app.core.database import db
from app.core.jobs import run_due as run_jobs  # noqa: F401  (tests arrange and drain from here)
from app.gigs.models import Gig
from app.joining.admission import admit
from app.notifications.listening import forget
from app.reviews.publishing import review
from tenants.context import Actor, TenantInfo, tenant_context
from tenants.duties import Delegation, in_force
from tenants.founding import found, next_tenant_id
from tenants.isolation import scoped
from tenants.models import Member, Role
from tenants.names import slug_from
from tenants.resolution import tenant_by_id
from tenants.restraints import read

PASSWORD = "letters-and-lanterns"


def a_hall(slug: str = "designers", **settings: Any) -> TenantInfo:
    """Return a new open tenant with one category and nobody in it."""
    settings = {"name": slug.capitalize(), "kind": "community"} | settings
    tenant_id = next_tenant_id()
    with tenant_context(tenant_id):
        found(tenant_id, slug=slug, **settings)
        a_category("Lettering")
        db.session.commit()
    tenant = tenant_by_id(tenant_id)
    assert tenant is not None
    return tenant


def a_user(name: str = "Maya Okafor", *, email: str | None = None, **columns: Any) -> User:
    """Return a person with a verified address."""
    address = email or f"{slug_from(name)}@example.org"
    user = User(email=address, name=name, created_at=clock.now(), **{"email_verified_at": clock.now()} | columns)
    db.session.add(user)
    db.session.commit()
    return user


def a_member(name: str = "Maya Okafor", *, roles: tuple[str, ...] = (), user: User | None = None) -> Member:
    """Return a new member of the tenant in force, with any hall-wide roles, who was welcomed before."""
    member = admit(user or a_user(name), name=name, roles=roles)
    db.session.flush()
    forget(db.session)
    db.session.commit()
    return member


def a_leader(name: str = "Ines Moreau") -> Member:
    """Return a new leader of the tenant in force."""
    return a_member(name, roles=("leader",))


def a_category(name: str = "Lettering", **columns: Any) -> Category:
    """Return a new category of the tenant in force."""
    category = Category(slug=slug_from(name), name=name, created_at=clock.now(), **columns)
    db.session.add(category)
    db.session.commit()
    return category


def a_category_leader(category: Category, name: str = "Tomasz Nowak") -> Member:
    """Return a new member who leads a category."""
    member = a_member(name)
    db.session.add(Role(member_id=member.id, role="category_leader", category_id=category.id, granted_at=clock.now()))
    db.session.commit()
    return member


def acting(member: Member) -> Actor:
    """Return the member as the one who acts."""
    held = db.session.scalars(select(Role).where(scoped(Role), Role.member_id == member.id)).all()
    return Actor(
        id=member.id,
        tenant_id=member.tenant_id,
        user_id=member.user_id,
        name=member.name,
        hue=member.hue,
        picture=member.picture,
        roles=frozenset(role.role for role in held) | {"member"},
        leads=frozenset(role.category_id for role in held if role.role == "category_leader"),
        advises=frozenset(role.category_id for role in held if role.role == "expert"),
        duties=frozenset(
            (duty, one.category_id)
            for one in db.session.scalars(
                select(Delegation).where(scoped(Delegation), Delegation.member_id == member.id, in_force(clock.now()))
            )
            for duty in one.duties
        ),
        rules_version=member.rules_version,
        restraints=read(member.restraints, now=clock.now()),
    )


def a_gig(*, by: Member, category: Category | None = None, **columns: Any) -> Gig:
    """Return a new draft by a member, complete enough to be published, in the tenant's first category."""
    wanted = {
        "title": "Redraw our bakery's sign lettering",
        "summary": "One word, hand-painted look, delivered as outlines.",
        "description": "We have a good scan and a wall to put it on.",
        "settlement": "favour",
        "category_id": (category or _first_category()).id,
    }
    gig = Gig.begin(by=by, **wanted | columns)
    db.session.commit()
    return gig


def a_published_gig(*, by: Member, category: Category | None = None, **columns: Any) -> Gig:
    """Return a live gig by a member, listed in the tenant's first category."""
    gig = a_gig(by=by, category=category, **columns)
    gig.publish(by=by)
    db.session.commit()
    return gig


def _first_category() -> Category:
    return db.session.scalars(select(Category).where(scoped(Category)).order_by(Category.position, Category.id)).first()


def an_application(
    *, to: Gig | None = None, by: Member | None = None, state: str = "sent", note: str = "I'd love to do this."
) -> Application:
    """Return an application, by default of Sam Reyes for a new gig, as it stands after its author answered.

    :param state: `sent`, `shortlisted`, `declined` or `withdrawn`; offers come with `an_agreement`.
    """
    gig = to or a_published_gig(by=a_member())
    author, applicant = acting(_member(gig.author_id)), acting(by or a_member("Sam Reyes"))
    answers = ["Yes." for _ in gig.questions]
    application = raise_hand(gig, by=applicant, note=note, answers=answers, now=clock.now())
    if state == "shortlisted":
        application.shortlist(by=author, now=clock.now())
    elif state == "declined":
        application.decline(by=author, why="The dates don't work out this time.", now=clock.now())
    elif state == "withdrawn":
        application.withdraw(by=applicant, now=clock.now())
    db.session.commit()
    return application


def _member_called(name: str) -> Member | None:
    return db.session.scalars(select(Member).where(scoped(Member), Member.name == name)).first()


def an_agreement(
    *, state: str = "proposed", gig: Gig | None = None, applicant: Member | None = None, **terms: Any
) -> Agreement:
    """Return an agreement in a state, having gone there by its own verbs.

    :param terms: what is proposed otherwise than the gig says.
    """
    application = an_application(to=gig, by=applicant)
    author, other = acting(_member(application.gig.author_id)), acting(_member(application.applicant_id))
    proposed = replace(Terms.of_gig(application.gig, currency="EUR"), **terms)
    agreement = Agreement.propose(application, proposed, by=author, now=clock.now())
    sides = {agreement.client_id: author, agreement.worker_id: author} | {other.id: other}
    client, worker = sides[agreement.client_id], sides[agreement.worker_id]
    for step in _WAYS[state]:
        _take(step, agreement, author=author, applicant=other, client=client, worker=worker)
    db.session.commit()
    return agreement


_ACTIVE = ("agree", "start")
_WAYS: dict[str, tuple[str, ...]] = {
    "proposed": (),
    "countered": ("counter",),
    "agreed": ("agree",),
    "awaiting_release": ("agree", "await_release"),
    "active": _ACTIVE,
    "paused": (*_ACTIVE, "pause"),
    "delivered": (*_ACTIVE, "deliver"),
    "changes_requested": (*_ACTIVE, "deliver", "request_changes"),
    "accepted": (*_ACTIVE, "deliver", "accept"),
    "reviewed": (*_ACTIVE, "deliver", "accept", "review"),
    "cancelled": (*_ACTIVE, "cancel"),
    "disputed": (*_ACTIVE, "dispute"),
    "resolved": (*_ACTIVE, "dispute", "resolve"),
}


def _take(step: str, agreement: Agreement, *, author: Actor, applicant: Actor, client: Actor, worker: Actor) -> None:
    now = clock.now()
    if step == "counter":
        other = replace(agreement.terms_on_the_table(), conditions="Please bring a ladder.")
        agreement.counter(other, by=applicant, seen=agreement.round, now=now)
    elif step == "agree":
        agreement.agree(by=applicant, seen=agreement.round, now=now)
    elif step == "await_release":
        row, agreement.asked_id = agreement.step("await_release", by=None), None
        agreement.enter(row, by=None, now=now)
    elif step == "start":
        agreement.start(by=worker, now=now)
    elif step == "pause":
        agreement.pause(by=worker, why="A week away.", resume_on=now.date() + timedelta(days=9), now=now)
    elif step == "deliver":
        agreement.deliver(by=worker, note="Here is all of it.", links=["https://example.org/work"], now=now)
    elif step == "request_changes":
        agreement.request_changes(by=client, why="The R is too wide.", seen=_waiting(agreement), now=now)
    elif step == "accept":
        agreement.accept(by=client, seen=_waiting(agreement), now=now)
    elif step == "review":
        review(agreement, by=client, rating=5, text="Calm and exact.", now=now)
        review(agreement, by=worker, rating=4, text="Knew what they wanted.", now=now)
    elif step == "cancel":
        agreement.cancel(by=client, why="The wall came down.", now=now)
    elif step == "dispute":
        agreement.dispute(by=client, why="We do not agree on what was meant.", now=now)
    elif step == "resolve":
        leader = acting(_member_called("Petra Lindqvist") or a_leader("Petra Lindqvist"))
        agreement.resolve(by=leader, outcome="partly", why="Half of it was done.", now=now)


def _waiting(agreement: Agreement) -> UUID:
    delivery = agreement.waiting_delivery()
    assert delivery is not None
    return delivery.id


def _member(member_id: UUID) -> Member:
    return db.session.scalars(select(Member).where(scoped(Member), Member.id == member_id)).one()
