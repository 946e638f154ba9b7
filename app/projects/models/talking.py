"""What the people of a project write into it."""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from app.activity.recording import record
from app.activity.stateful import NotYours
from app.core.languages import gettext as _
from app.projects.failures import NothingToWrite
from app.projects.models.making import Making
from app.projects.models.note import Note, ProjectFile
from app.projects.models.seat import Seat, seat_of, seats_of
from app.projects.states import OVER
from tenants.context import Actor


class Talking(Making):
    """One thread for everybody who takes part: the client does not read what is for the team alone."""

    def seat_of(self, member_id: UUID) -> Seat:
        """Return where a member sits in it."""
        return seat_of(self, member_id)

    def takes_part(self, member_id: UUID) -> bool:
        """Whether somebody writes into it: whoever was only asked does not yet, whoever was replaced no more."""
        return self.seat_of(member_id).takes_part

    def reads_along(self, member_id: UUID) -> bool:
        """Whether somebody reads what is written into it."""
        return self.seat_of(member_id).reads_along

    def write(
        self,
        text: str,
        *,
        kind: str,
        by: Actor,
        now: datetime,
        readers: str = "everybody",
        due_on: date | None = None,
        phase: str = "",
        for_id: UUID | None = None,
        files: Iterable[ProjectFile] = (),
    ) -> Note:
        """Return what `by` writes into it; whoever reads it is told. What the client writes they read themselves.

        :raises NothingToWrite: before the client's consent, after the end, and where it is empty.
        :raises NotYours: by whoever takes no part, or for somebody who does not read it.
        """
        readers, files = "everybody" if by.id == self.client_id else readers, list(files)
        if self.state in ("suggested", *OVER):
            raise NothingToWrite(_("Nothing can be written into this project now."))
        elif not (text.strip() or files):
            raise NothingToWrite(_("Write something, or choose a file."))
        seats = {seat.member_id: seat for seat in seats_of(self)}
        if by.id not in seats or (for_id is not None and for_id not in seats):
            raise NotYours
        note = Note.write(
            self.id, text, kind=kind, by=by, now=now, readers=readers, due_on=due_on, phase=phase, for_id=for_id, files=files
        )  # fmt: skip
        if for_id is not None and not seats[for_id].reads(note):
            raise NotYours
        told = [str(one) for one, seat in seats.items() if seat.reads(note) and one not in (by.id, for_id)]
        whose = {"for_id": for_id} if for_id is not None and for_id != by.id else {}
        record("write", self, by=by, why=text[:1000], told_ids=told, what=kind, **whose, **self.facts(by))
        return note
