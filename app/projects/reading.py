"""What is read of a project's workspace: each list for the seat that somebody has in it, a page at a time."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from sqlalchemy import Boolean, DateTime, Uuid, and_, bindparam, func, or_, select

from app.core.database import db
from app.core.errors import NotFound
from app.core.languages import gettext as _
from app.core.paging import Keyset, Page
from app.projects.models import Note, Project, ProjectFile
from app.projects.models.seat import Seat
from tenants.isolation import scoped
from tenants.models import Member

#: More than anybody keeps open; what is done longest ago falls off.
_MOST_TASKS = 200

# As `Seat.reads` says it of one note.
_READABLE = and_(
    scoped(Note),
    Note.project_id == bindparam("project_id", type_=Uuid),
    or_(Note.readers == "everybody", bindparam("team", type_=Boolean)),
    or_(
        Note.written_at <= bindparam("until", type_=DateTime(timezone=True)),
        Note.author_id == bindparam("me", type_=Uuid),
    ),
)
_AUTHOR = (Member.id, Member.name, Member.hue, Member.picture, Member.standing, Member.finished_count)
_SAID = (
    select(Note.id.label("note_id"), Note.kind, Note.readers, Note.text, Note.written_at, *_AUTHOR)
    .join(Member, and_(Member.tenant_id == Note.tenant_id, Member.id == Note.author_id))
    .where(_READABLE)
)
_TALK = Keyset(_SAID.where(Note.kind != "task"), by=("note_id",), size=40, descending=True)
_DECISIONS = Keyset(_SAID.where(Note.kind == "decision"), by=("note_id",), size=40, descending=True)
_FILES = Keyset(
    select(
        ProjectFile.id.label("file_id"), ProjectFile.name.label("file"), ProjectFile.size, ProjectFile.created_at,
        Note.readers, *_AUTHOR,
    )
    .join(Note, and_(Note.tenant_id == ProjectFile.tenant_id, Note.id == ProjectFile.note_id))
    .join(Member, and_(Member.tenant_id == ProjectFile.tenant_id, Member.id == ProjectFile.uploaded_by))
    .where(scoped(ProjectFile), _READABLE),
    by=("file_id",),
    size=40,
    descending=True,
)  # fmt: skip
_COUNTS = select(
    func.count().filter(Note.kind == "decision").label("decisions"),
    func.count().filter(Note.kind == "task", Note.done_at.is_(None)).label("tasks"),
    select(func.count())
    .select_from(ProjectFile)
    .join(Note, and_(Note.tenant_id == ProjectFile.tenant_id, Note.id == ProjectFile.note_id))
    .where(scoped(ProjectFile), _READABLE)
    .scalar_subquery()
    .label("files"),
).where(_READABLE)


def talk_of(project: Project, seat: Seat, *, at: str | None = None) -> Page[Any]:
    """Return a page of what was said in a project, newest first: note_id, kind, readers, text, written_at, and its author."""
    return _TALK.page(at, **_seen_from(project, seat))


def decisions_of(project: Project, seat: Seat, *, at: str | None = None) -> Page[Any]:
    """Return a page of what was decided, newest first; columns as in `talk_of`."""
    return _DECISIONS.page(at, **_seen_from(project, seat))


def file_page(project: Project, seat: Seat, *, at: str | None = None) -> Page[Any]:
    """Return a page of a project's files, newest first: file_id, file (its name), size, created_at, readers, who brought it."""
    return _FILES.page(at, **_seen_from(project, seat))


def tasks_of(project: Project, seat: Seat) -> list[Note]:
    """Return what is to be done and what was, the open ones first, soonest due first."""
    found = select(Note).where(_READABLE, Note.kind == "task")
    order = (Note.done_at.is_not(None), Note.done_at.desc(), Note.due_on.nulls_last(), Note.id)
    return list(db.session.scalars(found.order_by(*order).limit(_MOST_TASKS), _seen_from(project, seat)))


def counts_of(project: Project, seat: Seat) -> Any:
    """Return how many decisions, open tasks and files there are for a seat. One statement."""
    return db.session.execute(_COUNTS, _seen_from(project, seat)).one()


def files_with(note_ids: Iterable[UUID]) -> dict[UUID, list[ProjectFile]]:
    """Return the files that came with some notes."""
    wanted, files = list(note_ids), {}
    found = select(ProjectFile).where(scoped(ProjectFile), ProjectFile.note_id.in_(wanted)).order_by(ProjectFile.id)
    for one in db.session.scalars(found) if wanted else ():
        files.setdefault(one.note_id, []).append(one)
    return files


def file_or_404(project: Project, file_id: UUID, seat: Seat) -> ProjectFile:
    """Return a file of a project that somebody may read.

    :raises NotFound: when there is none, or they do not read the note that it came with.
    """
    found = select(ProjectFile, Note).join(
        Note, and_(Note.tenant_id == ProjectFile.tenant_id, Note.id == ProjectFile.note_id)
    )
    here = (scoped(ProjectFile), ProjectFile.id == file_id, Note.project_id == project.id)
    row = db.session.execute(found.where(*here)).one_or_none()
    if row is None or not seat.reads(row.Note):
        raise NotFound(_("This file is not here."))
    return row.ProjectFile


def task_or_404(project: Project, note_id: UUID, seat: Seat) -> Note:
    """Return something to do in a project, locked, that somebody reads.

    :raises NotFound: when there is none.
    """
    found = select(Note).where(scoped(Note), Note.id == note_id, Note.project_id == project.id, Note.kind == "task")
    note = db.session.scalars(found.with_for_update()).one_or_none()
    if note is None or not seat.reads(note):
        raise NotFound
    return note


def _seen_from(project: Project, seat: Seat) -> dict[str, Any]:
    return {"project_id": project.id, "team": seat.side != "client", "until": seat.until, "me": seat.member_id}
