"""Where somebody sits in a project: what they read of it, and whether they write."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from app.agreements.states import BINDING
from app.projects.models.role import Role
from app.projects.states import OVER

_EVER = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Seat:
    """`side` is `client`, `coordinator`, `worker` (plays a role, or stands by a part), `asked` (to take a part or to lead, no
    more), `former` (somebody else took it on) or `outside`. Whoever is `former` reads what was there until they went.
    """

    member_id: UUID
    side: str
    until: datetime = _EVER

    @property
    def takes_part(self) -> bool:
        """Whether they write into it."""
        return self.side in ("client", "coordinator", "worker")

    @property
    def reads_along(self) -> bool:
        """Whether they read what its people write, if only what is theirs already."""
        return self.takes_part or self.side == "former"

    def reads(self, note: Any) -> bool:
        """Whether they read a note: the client none that is for the team alone, and nobody what came after they went."""
        is_for_them = note.readers == "everybody" or self.side != "client"
        return self.reads_along and is_for_them and (note.written_at <= self.until or note.author_id == self.member_id)


def seat_of(project: Any, member_id: UUID, roles: Iterable[Role] | None = None) -> Seat:
    """Return where a member sits in a project."""
    if member_id in (project.client_id, project.coordinator_id):
        return Seat(member_id, "client" if member_id == project.client_id else "coordinator")
    went: list[datetime] = []
    is_asked = False
    for role in project.roles() if roles is None else roles:
        agreements = [one for one in role.agreements() if one.was_agreed]
        theirs = [one for one in agreements if one.worker_id == member_id]
        if theirs and _plays_on(theirs[-1], is_last=theirs[-1] is agreements[-1]):
            return Seat(member_id, "worker")
        went += [one.state_changed_at for one in theirs[-1:]]
        if role.worker_id == member_id and not role.was_taken:
            if role.is_ready:
                return Seat(member_id, "worker")
            is_asked = True
    went += [one.state_changed_at for one in project.handovers() if one.from_id == member_id]
    # Whose agreement ended with the project was in it to the end.
    if went and project.state in OVER and max(went) >= project.state_changed_at:
        return Seat(member_id, "worker")
    elif went:
        return Seat(member_id, "former", max(went))
    is_asked = is_asked or project.is_asked_to_lead(member_id)
    return Seat(member_id, "asked" if is_asked else "outside")


def seats_of(project: Any) -> list[Seat]:
    """Return the seats of everybody who takes part in a project."""
    roles = project.roles()
    known = {project.client_id, project.coordinator_id} | project.team()
    return [seat for one in sorted(known, key=str) if (seat := seat_of(project, one, roles)).takes_part]


def _plays_on(agreement: Any, *, is_last: bool) -> bool:
    is_done = agreement.state in ("accepted", "reviewed")
    was_settled_well = agreement.state == "resolved" and agreement.outcome == "finished"
    return is_last and (agreement.state in BINDING or is_done or was_settled_well)
