"""Where we are and who is here: the tenant and the signed-in member of the current request or job."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Literal
from uuid import UUID

from werkzeug.local import LocalProxy

from app.core.database import db
from app.core.languages import language, speak, speaking
from tenants.mandates import Helper
from tenants.needs import NO_COVER, Cover, Needs
from tenants.restraints import Restraint

Site = Literal["platform", "id", "hall"]


class NoTenant(RuntimeError):
    """Tenant data was asked for outside any tenant."""


class TenantChanged(RuntimeError):
    """The tenant would change inside an open transaction."""


@dataclass(frozen=True, slots=True)
class Versions:
    """How often each kind of content changed; caches key on these numbers."""

    gigs: int = 0
    people: int = 0
    hall: int = 0


@dataclass(frozen=True, slots=True)
class TenantInfo:
    """The tenant as one indexed read gives it. Nothing here is secret from its visitors."""

    id: int
    slug: str
    host: str
    name: str
    kind: str
    status: str
    tagline: str
    time_zone: str
    locale: str
    currency: str
    preset: str
    brand_colour: str
    who_may_see: str
    who_may_join: str
    who_may_post: str
    rules_version: int
    logo: str | None = None
    cover: str | None = None
    versions: Versions = field(default_factory=Versions)
    #: How many pages of its own are published.
    page_count: int = 0
    #: How many tiers are on sale.
    tier_count: int = 0
    #: Who needs a membership for what.
    needs: Needs = field(default_factory=Needs)

    @property
    def is_open(self) -> bool:
        return self.status == "active"

    @property
    def has_memberships(self) -> bool:
        """Return whether memberships matter here: some are sold, or something needs one."""
        return bool(self.tier_count or self.needs.of)

    @property
    def is_company(self) -> bool:
        return self.kind == "company"


@dataclass(frozen=True, slots=True)
class Actor:
    """The signed-in member, as pages and policies need it. `leads` and `advises` hold category ids."""

    id: UUID
    tenant_id: int
    user_id: UUID
    name: str
    hue: int
    picture: str | None
    roles: frozenset[str]
    leads: frozenset[UUID] = frozenset()
    advises: frozenset[UUID] = frozenset()
    rules_version: int = 0
    #: Notifications, and messages, that they have not read.
    unread: int = 0
    unread_messages: int = 0
    time_zone: str = "UTC"
    #: The language they chose; empty: the hall's.
    locale: str = ""
    #: What they have of memberships.
    cover: Cover = NO_COVER
    #: Pairs of a duty and the category in which it was delegated to them (`tenants.duties`).
    duties: frozenset[tuple[str, UUID]] = frozenset()
    #: What moderators keep them from for now.
    restraints: tuple[Restraint, ...] = ()
    #: Who acts for them, where they do not act themselves: the policy table lets through no more than the mandate says.
    helper: Helper | None = None

    def has_duty(self, duty: str, category_id: UUID | None) -> bool:
        return (duty, category_id) in self.duties

    @property
    def reviews(self) -> frozenset[UUID]:
        """Return the categories whose gigs they look at: those they lead, and those where that is their duty."""
        return self.leads | {category_id for duty, category_id in self.duties if duty == "review"}

    def has_role(self, *roles: str) -> bool:
        return not self.roles.isdisjoint(roles)


_tenant: ContextVar[TenantInfo | None] = ContextVar("tenant", default=None)
_tenant_id: ContextVar[int | None] = ContextVar("tenant_id", default=None)
_member: ContextVar[Actor | None] = ContextVar("member", default=None)
_person_id: ContextVar[UUID | None] = ContextVar("person_id", default=None)


def current_tenant() -> TenantInfo:
    """Return the tenant in force.

    :raises NoTenant: outside any tenant.
    """
    tenant_in_force = _tenant.get()
    if tenant_in_force is None:
        raise NoTenant("no tenant is in force here")
    return tenant_in_force


def current_tenant_id() -> int:
    """Return the id of the tenant in force.

    :raises NoTenant: outside any tenant.
    """
    tenant_id = _tenant_id.get()
    if tenant_id is None:
        raise NoTenant("no tenant is in force here")
    return tenant_id


def tenant_info_or_none() -> TenantInfo | None:
    """Return the tenant in force, or None on the platform and in jobs that know no more than its id."""
    return _tenant.get()


def tenant_id_or_none() -> int | None:
    """Return the id of the tenant in force, or None on the platform."""
    return _tenant_id.get()


def member_or_none() -> Actor | None:
    """Return the signed-in member, or None for a visitor."""
    return _member.get()


def helper_of(member_id: UUID | None) -> Helper | None:
    """Return who acts for a member in this request; None where nobody does."""
    actor = _member.get()
    return actor.helper if actor is not None and actor.id == member_id else None


def acting_helper() -> UUID | None:
    """Return who acts for the signed-in member in this request; None where they act themselves. The default of columns that
    say so.
    """
    actor = _member.get()
    return actor.helper.id if actor is not None and actor.helper is not None else None


def who_decides(member_id: UUID) -> tuple[UUID, ...]:
    """Return a member, and whoever acts for them in this request: what holds for the one of the two holds for both."""
    helper = helper_of(member_id)
    return (member_id,) if helper is None else (member_id, helper.id)


def person_id_or_none() -> UUID | None:
    """Return the user id of whoever signed in on this host, member or not yet."""
    return _person_id.get()


tenant: TenantInfo = LocalProxy(current_tenant)  # type: ignore[assignment]


def set_member(actor: Actor | None, person_id: UUID | None = None) -> None:
    """Say who is here, and so in which language, for the rest of this request or job."""
    _member.set(actor)
    speak(_language_of(actor))
    _person_id.set(person_id if actor is None else actor.user_id)


@contextmanager
def acting_as(actor: Actor | None) -> Iterator[None]:
    """Let `actor` be the signed-in member inside the block; it is done in their language."""
    member_token = _member.set(actor)
    person_token = _person_id.set(actor.user_id if actor else None)
    try:
        with speaking(_language_of(actor)):
            yield
    finally:
        _member.reset(member_token)
        _person_id.reset(person_token)


@contextmanager
def tenant_context(where: TenantInfo | int) -> Iterator[None]:
    """Put a tenant in force for the block, and its language; an id alone is enough for jobs that need no more than isolation.

    :raises TenantChanged: when another tenant's transaction is open on the session.
    """
    info, tenant_id = (where, where.id) if isinstance(where, TenantInfo) else (None, where)
    _refuse_change(tenant_id)
    info_token, id_token = _tenant.set(info), _tenant_id.set(tenant_id)
    try:
        with speaking(info.locale if info else language()):
            yield
    finally:
        _tenant.reset(info_token)
        _tenant_id.reset(id_token)


@contextmanager
def platform_context() -> Iterator[None]:
    """Put no tenant in force for the block: platform work, wherever it is started from.

    :raises TenantChanged: when a tenant's transaction is open on the session.
    """
    _refuse_change(None)
    info_token, id_token = _tenant.set(None), _tenant_id.set(None)
    try:
        yield
    finally:
        _tenant.reset(info_token)
        _tenant_id.reset(id_token)


@contextmanager
def fresh_tenant_context(tenant_id: int) -> Iterator[None]:
    """Put a tenant that is only now being founded in force, in a transaction of its own. The platform's transaction before
    it ends first: it has no tenant, and nothing of the tenant's may be written in it. What the block writes is flushed by
    the block and committed at the request's end.
    """
    db.session.commit()
    with tenant_context(tenant_id):
        yield


def enter_request(info: TenantInfo | None) -> Callable[[], None]:
    """Put a tenant (or none) in force, with nobody signed in yet. Returns what puts back all that was in force before.

    :raises TenantChanged: when a transaction is open for another.
    """
    _refuse_change(info.id if info else None)
    before = _tenant.get(), _tenant_id.get(), _member.get(), _person_id.get()
    spoken = language()

    def leave() -> None:
        for variable, value in zip((_tenant, _tenant_id, _member, _person_id), before, strict=True):
            variable.set(value)  # type: ignore[attr-defined]
        speak(spoken)

    _tenant.set(info)
    _tenant_id.set(info.id if info else None)
    set_member(None)
    if info is None:
        speak(None)
    return leave


def _language_of(actor: Actor | None) -> str:
    """Return what a member chose, else what the hall speaks, else what is spoken already."""
    if actor is not None and actor.locale:
        return actor.locale
    hall = _tenant.get()
    return hall.locale if hall is not None else language()


def _refuse_change(tenant_id: int | None) -> None:
    registry = db.session.registry
    if registry.has() and registry().in_transaction():
        open_for = registry().info.get("tenant_id")
        if open_for != tenant_id:
            raise TenantChanged(f"a transaction of tenant {open_for} is open; finish it before tenant {tenant_id}")
