"""A marketplace of the demo while it is being made: its tenant, and everybody and everything by the names in the content."""

from dataclasses import dataclass, field, fields
from datetime import datetime
from uuid import UUID

from app.agreements.states import AGREEMENT
from app.categories.models import Category
from app.core import clock
from app.gigs.models import Gig
from app.joining.models import JoinRequest
from app.profiles.models import Profile
from app.seeds.content_files import Content
from app.seeds.days import Days
from app.seeds.story import Story
from tenants.context import Actor, TenantInfo
from tenants.models import Member, Role, Tenant
from tenants.names import host_of


@dataclass(slots=True)
class Hall:
    """What the parts of the seed share."""

    content: Content
    tenant: Tenant
    days: Days
    story: Story = field(default_factory=Story)
    categories: dict[str, Category] = field(default_factory=dict)
    members: dict[str, Member] = field(default_factory=dict)
    requests: dict[str, JoinRequest] = field(default_factory=dict)
    profiles: dict[str, Profile] = field(default_factory=dict)
    gigs: dict[str, Gig] = field(default_factory=dict)
    skills: dict[str, UUID] = field(default_factory=dict)
    _actors: dict[UUID, Actor] = field(default_factory=dict)

    @property
    def currency(self) -> str:
        return self.tenant.currency

    @property
    def leader(self) -> Member:
        """Return who opened it."""
        return next(
            self.members[name]
            for name, entry in self.content.people.items()
            if "leader" in entry.get("roles", ()) and name in self.members
        )

    def actor(self, who: str | UUID) -> Actor:
        """Return a member, by name or id, as the one who acts."""
        return self._actors[self.members[who].id if isinstance(who, str) else who]

    def end_of_reviews(self, accepted: datetime) -> datetime:
        """Return when reviews of work are published that was accepted at a moment, whoever has written by then."""
        waiting = AGREEMENT.waiting["accepted"].ends_after
        return clock.end_of_day(self.days.day_of(accepted) + waiting, self.tenant.time_zone)

    def know(self, member: Member, roles: list[Role]) -> None:
        """Remember in which roles somebody acts."""
        self._actors[member.id] = Actor(
            id=member.id,
            tenant_id=member.tenant_id,
            user_id=member.user_id,
            name=member.name,
            hue=member.hue,
            picture=None,
            roles=frozenset(role.role for role in roles) | {"member"},
            leads=frozenset(role.category_id for role in roles if role.role == "category_leader"),
            advises=frozenset(role.category_id for role in roles if role.role == "expert"),
            time_zone=member.time_zone,
        )


def info_of(tenant: Tenant) -> TenantInfo:
    """Return what a request would know of a tenant that is not committed yet."""
    known = {one.name: getattr(tenant, one.name) for one in fields(TenantInfo) if hasattr(tenant, one.name)}
    return TenantInfo(host=host_of(tenant.slug), **known)
