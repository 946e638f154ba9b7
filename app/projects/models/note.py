"""What the people of a project tell each other: words, news, decisions, and what is to be done; each may bring files."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Self
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.core.database import Base, db
from app.core.languages import lazy_pgettext as _lp
from tenants.context import Actor
from tenants.isolation import TenantRow, tenant_key
from tenants.models import one_of

KINDS = {
    "word": _lp("project", "A word"),
    "update": _lp("project", "News"),
    "decision": _lp("project", "A decision"),
    "task": _lp("project", "Something to do"),
}
#: Who reads it: the client as well, or those who do the work and their coordinator.
READERS = ("everybody", "team")


class Note(TenantRow, Base):
    """Something that was written into a project; nobody changes it afterwards, so that a decision says for good who wrote it
    down, and when. A task has an end: who did it, and when; `for_id` is whom it is for, nobody in particular where empty.
    """

    __tablename__ = "project_notes"
    __table_args__ = (
        tenant_key("project_id", "projects", ondelete="CASCADE"),
        tenant_key("author_id", "members"),
        tenant_key("done_by", "members"),
        tenant_key("for_id", "members"),
        CheckConstraint(one_of("kind", tuple(KINDS)), name="kind_known"),
        CheckConstraint(one_of("readers", READERS), name="readers_known"),
        CheckConstraint("(done_by IS NULL) = (done_at IS NULL)", name="done_by_somebody"),
        CheckConstraint("kind = 'task' OR done_at IS NULL", name="only_tasks_are_done"),
        CheckConstraint("kind = 'task' OR (for_id IS NULL AND phase = '')", name="only_tasks_are_for_somebody"),
        Index("project_notes_project_idx", "tenant_id", "project_id", "id"),
    )

    project_id: Mapped[UUID]
    author_id: Mapped[UUID]
    kind: Mapped[str] = mapped_column(server_default="update")
    readers: Mapped[str] = mapped_column(server_default="everybody")
    text: Mapped[str]
    phase: Mapped[str] = mapped_column(server_default="")
    for_id: Mapped[UUID | None]
    due_on: Mapped[date | None]
    written_at: Mapped[datetime]
    done_at: Mapped[datetime | None]
    done_by: Mapped[UUID | None]

    @classmethod
    def write(
        cls,
        project_id: UUID,
        text: str,
        *,
        kind: str,
        by: Actor,
        now: datetime,
        readers: str = "everybody",
        due_on: date | None = None,
        phase: str = "",
        for_id: UUID | None = None,
        files: Iterable["ProjectFile"] = (),
    ) -> Self:
        """Return what `by` writes into a project, with the files that come along."""
        is_task = kind == "task"
        note = cls(
            project_id=project_id,
            author_id=by.id,
            kind=kind,
            readers=readers,
            text=text,
            phase=phase if is_task else "",
            for_id=for_id if is_task else None,
            due_on=due_on if is_task else None,
            written_at=now,
        )
        db.session.add(note)
        db.session.flush()
        for file in files:
            file.note_id = note.id
            db.session.add(file)
        db.session.flush()
        return note

    def finish(self, *, by: Actor, now: datetime) -> None:
        """Tick a task off; done twice it was done once."""
        if self.kind == "task" and self.done_at is None:
            self.done_at, self.done_by = now, by.id


class ProjectFile(TenantRow, Base):
    """A file that came with a note: whoever reads the note may have it. Its bytes lie in the store under their digest."""

    __tablename__ = "project_files"
    __table_args__ = (
        tenant_key("note_id", "project_notes", ondelete="CASCADE"),
        tenant_key("uploaded_by", "members"),
        Index("project_files_note_idx", "tenant_id", "note_id"),
    )

    note_id: Mapped[UUID]
    uploaded_by: Mapped[UUID]
    name: Mapped[str]
    content_type: Mapped[str]
    size: Mapped[int] = mapped_column(BigInteger)
    digest: Mapped[str]
    created_at: Mapped[datetime]
