"""What the pages of a workspace show of it, in words before a template sees it."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from flask import url_for

from app.core import clock, markdown
from app.core.forms.uploads import in_megabytes
from app.core.languages import gettext as _
from app.core.wording import day
from app.profiles.people import as_person, people
from app.projects.models import Note, Project, ProjectFile
from app.projects.models.note import KINDS
from app.projects.models.seat import Seat
from app.projects.reading import counts_of, files_with
from app.projects.states import OVER
from tenants.context import tenant


def rooms_of(project: Project, seat: Seat, here: str) -> list[dict[str, Any]]:
    """Return the pages of a project as tabs; only its own page where somebody does not read along."""
    if not seat.reads_along:
        return []
    counts = counts_of(project, seat)
    rooms = [
        ("show", _("Overview"), 0),
        ("talk", _("Talk"), 0),
        ("todo", _("To do"), counts.tasks),
        ("decisions", _("Decisions"), counts.decisions),
        ("files", _("Files"), counts.files),
    ]
    return [
        {"label": label, "href": url_for(f"projects.{name}", project_id=project.id), "current": name == here, "count": count}
        for name, label, count in rooms
    ]  # fmt: skip


def may_write(project: Project, seat: Seat) -> bool:
    """Whether whoever sits there can write into it now."""
    return seat.takes_part and project.state not in ("suggested", *OVER)


def messages_of(project: Project, rows: Iterable[Any]) -> list[dict[str, Any]]:
    """Return what was said as the component `message` takes it, with its files."""
    said = list(rows)
    files = files_with(row.note_id for row in said)
    return [
        {
            "id": row.note_id,
            "author": as_person(row),
            "body": markdown.render(row.text),
            "at": row.written_at,
            "tags": _tags(row),
            "files": [_file(project, one) for one in files.get(row.note_id, ())],
        }
        for row in said
    ]


def file_rows(project: Project, rows: Iterable[Any]) -> list[dict[str, Any]]:
    """Return files as rows: what, how big, who brought it and when."""
    return [
        {
            "name": row.file,
            "href": url_for("projects.download", project_id=project.id, file_id=row.file_id),
            "size": in_megabytes(row.size),
            "author": as_person(row),
            "at": row.created_at,
            "is_team": row.readers == "team",
        }
        for row in rows
    ]


def tasks_by_phase(
    project: Project, tasks: list[Note], phases: Iterable[str]
) -> list[tuple[str, list[dict[str, Any]]]]:
    """Return what is to be done by phase, in the plan's order; what belongs to none comes last."""
    today = clock.today(tenant.time_zone)
    known = people({one for task in tasks for one in (task.author_id, task.for_id, task.done_by)})
    files = files_with(task.id for task in tasks)
    order = [*dict.fromkeys(one for one in phases if one), *dict.fromkeys(task.phase for task in tasks if task.phase)]
    found = [
        (phase, [_task(project, task, known, files, today) for task in tasks if task.phase == phase])
        for phase in [*dict.fromkeys(order), ""]
    ]
    return [(phase, rows) for phase, rows in found if rows]


def _task(project: Project, task: Note, known: dict[Any, Any], files: dict[Any, Any], today: date) -> dict[str, Any]:
    is_late = task.due_on is not None and task.done_at is None and task.due_on < today
    return {
        "id": task.id,
        "text": task.text,
        "author": known.get(task.author_id),
        "person": known.get(task.for_id),
        "due": day(task.due_on, today) if task.due_on else "",
        "is_late": is_late,
        "done_at": task.done_at,
        "done_by": known.get(task.done_by),
        "is_team": task.readers == "team",
        "files": [_file(project, one) for one in files.get(task.id, ())],
    }


def _tags(row: Any) -> list[str]:
    kind = [] if row.kind == "word" else [str(KINDS[row.kind])]
    return [*kind, *([_("without the client")] if row.readers == "team" else [])]


def _file(project: Project, file: ProjectFile) -> dict[str, str]:
    return {
        "name": file.name,
        "size": in_megabytes(file.size),
        "href": url_for("projects.download", project_id=project.id, file_id=file.id),
    }
