"""Who decides as a project's client: whoever asked for the work, or for the marketplace's own each of its leaders."""

from typing import TYPE_CHECKING, Any
from uuid import UUID

from app.activity.stateful import NotYours, Stateful
from app.core.database import db
from app.core.transitions import Transition
from tenants.context import Actor
from tenants.models import Member

#: Who can act for the marketplace.
LEADERS = ("leader", "admin")


class Client(Stateful):
    """A marketplace is nobody who could agree, pay or be reviewed: one of its leaders stands for it, with their name on every
    agreement, their hours or their money. What the project asks of its client the other leaders decide as well.
    """

    tenant_id: int
    client_id: UUID
    coordinator_id: UUID
    for_hall: bool

    if TYPE_CHECKING:

        def team(self) -> set[UUID]: ...

        def handovers(self) -> list[Any]: ...

    def check_actor(self, row: Transition, by: Actor | None) -> None:
        if row.by == "policy":
            return
        if by is None:
            allowed = self.ends_by_itself(row)
        else:
            allowed = self.acts_as_client(by) if row.by == "client" else by.id == self.coordinator_id
        if not allowed:
            raise NotYours

    def acts_as_client(self, actor: Actor) -> bool:
        """Whether somebody decides as its client: for the marketplace each of its leaders does who has, or had, no other
        part in it."""
        if not self.for_hall or actor.id == self.client_id:
            return actor.id == self.client_id
        involved = {self.coordinator_id, *self.team(), *(one.from_id for one in self.handovers())}
        return actor.has_role(*LEADERS) and actor.id not in involved

    def client_for(self, by: Actor) -> Actor:
        """Return whose name stands on the agreements, when `by` decides as the client."""
        return by if by.id == self.client_id else as_actor(self.member(self.client_id))

    def member(self, member_id: UUID) -> Member:
        return db.session.get_one(Member, (self.tenant_id, member_id))


def as_actor(member: Member) -> Actor:
    """Return somebody in whose name something is agreed, as an actor: whoever said yes beforehand, the client of a leader's."""
    return Actor(
        id=member.id,
        tenant_id=member.tenant_id,
        user_id=member.user_id,
        name=member.name,
        hue=member.hue,
        picture=member.picture,
        roles=frozenset({"member"}),
    )
