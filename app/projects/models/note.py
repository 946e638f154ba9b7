"""What the people of a project tell each other: news, decisions, and what is to be done."""

from datetime import date, datetime
from typing import Self
from uuid import UUID

from sqlalchemy import CheckConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.core.database import Base, db
from app.core.languages import lazy_pgettext as _lp
from tenants.context import Actor
from tenants.isolation import TenantRow, tenant_key
from tenants.models import one_of

KINDS = {
    "update": _lp("project", "News"),
    "decision": _lp("project", "A decision"),
    "task": _lp("project", "Something to do"),
}
#: Who reads it: the client as well, or those who do the work and their coordinator.
READERS = ("everybody", "team")


class Note(TenantRow, Base):
    """Something that was written into a project. A task has an end: who did it, and when."""

    __tablename__ = "project_notes"
    __table_args__ = (
        tenant_key("project_id", "projects", ondelete="CASCADE"),
        tenant_key("author_id", "members"),
        tenant_key("done_by", "members"),
        CheckConstraint(one_of("kind", tuple(KINDS)), name="kind_known"),
        CheckConstraint(one_of("readers", READERS), name="readers_known"),
        CheckConstraint("(done_by IS NULL) = (done_at IS NULL)", name="done_by_somebody"),
        CheckConstraint("kind = 'task' OR done_at IS NULL", name="only_tasks_are_done"),
        Index("project_notes_project_idx", "tenant_id", "project_id", "id"),
    )

    project_id: Mapped[UUID]
    author_id: Mapped[UUID]
    kind: Mapped[str] = mapped_column(server_default="update")
    readers: Mapped[str] = mapped_column(server_default="everybody")
    text: Mapped[str]
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
    ) -> Self:
        """Return what `by` writes into a project."""
        due = due_on if kind == "task" else None
        note = cls(
            project_id=project_id, author_id=by.id, kind=kind, readers=readers, text=text, due_on=due, written_at=now
        )
        db.session.add(note)
        db.session.flush()
        return note

    def finish(self, *, by: Actor, now: datetime) -> None:
        """Tick a task off; done twice it was done once."""
        if self.kind == "task" and self.done_at is None:
            self.done_at, self.done_by = now, by.id
