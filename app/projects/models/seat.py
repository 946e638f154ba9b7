"""Where somebody sits in a project: what they read of it, and whether they write."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from app.projects.models.cast import Cast, was_done
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


def seat_of(project: Any, member_id: UUID, cast: Cast | None = None) -> Seat:
    """Return where a member sits in a project.

    :param cast: who plays what, where that was read already.
    """
    if member_id in (project.client_id, project.coordinator_id):
        return Seat(member_id, "client" if member_id == project.client_id else "coordinator")
    return _seat(project, member_id, cast or Cast(project.roles()), project.handovers())


def seats_of(project: Any, cast: Cast | None = None) -> list[Seat]:
    """Return the seats of everybody who takes part in a project."""
    cast = cast or Cast(project.roles())
    team, handovers = cast.team() - {project.client_id, project.coordinator_id}, project.handovers()
    seats = [
        Seat(project.client_id, "client"),
        Seat(project.coordinator_id, "coordinator"),
        *(_seat(project, one, cast, handovers) for one in team),
    ]
    return sorted((seat for seat in seats if seat.takes_part), key=lambda seat: str(seat.member_id))


def _seat(project: Any, member_id: UUID, cast: Cast, handovers: list[Any]) -> Seat:
    went: list[datetime] = []
    is_asked = False
    for role in cast.roles:
        agreements = [one for one in cast.agreements(role) if one.was_agreed]
        theirs = [one for one in agreements if one.worker_id == member_id]
        if theirs and theirs[-1] is agreements[-1] and (theirs[-1].is_binding or was_done(theirs[-1])):
            return Seat(member_id, "worker")
        went += [cast.ended_at(one) for one in theirs[-1:]]
        if role.worker_id == member_id and not role.was_taken:
            if role.is_ready:
                return Seat(member_id, "worker")
            is_asked = True
    went += [one.state_changed_at for one in handovers if one.from_id == member_id]
    # Whose agreement ended with the project was in it to the end.
    if went and project.state in OVER and max(went) >= project.state_changed_at:
        return Seat(member_id, "worker")
    elif went:
        return Seat(member_id, "former", max(went))
    is_asked = is_asked or project.is_asked_to_lead(member_id)
    return Seat(member_id, "asked" if is_asked else "outside")
