"""The people and things of the tests, arranged in domain words. Everything lands in the tenant in force and is committed."""

from typing import Any

from sqlalchemy import select

from app.accounts.models import User
from app.categories.models import Category
from app.core import clock
from app.core.database import db
from app.core.jobs import run_due as run_jobs  # noqa: F401  (tests arrange and drain from here)
from app.gigs.models import Gig
from app.joining.admission import admit
from tenants.context import Actor, TenantInfo, tenant_context
from tenants.founding import found, next_tenant_id
from tenants.isolation import scoped
from tenants.models import Member, Role
from tenants.names import slug_from
from tenants.resolution import tenant_by_id

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
    """Return a new member of the tenant in force, with any hall-wide roles."""
    member = admit(user or a_user(name), name=name, roles=roles)
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
        rules_version=member.rules_version,
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
