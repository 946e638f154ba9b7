"""What is to be done in a project, by phase: for whom, by when, and who did it."""

from uuid import UUID

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from app.authorization import authorized, current_member
from app.core import clock
from app.core.languages import gettext as _
from app.policies import READ_WORKSPACE, WRITE_WORKSPACE
from app.profiles.people import people
from app.projects.blueprint import blueprint
from app.projects.forms import TaskForm, task_form
from app.projects.models import Project
from app.projects.models.seat import seats_of
from app.projects.queries import project_or_404
from app.projects.reading import task_or_404, tasks_of
from app.projects.shown import may_write, rooms_of, tasks_by_phase
from app.projects.workspace import count_writing, kept


@blueprint.get("/projects/<uuid:project_id>/tasks")
@authorized(READ_WORKSPACE, load=project_or_404)
def todo(project: Project) -> str:
    return _page(project, _form(project, is_new=True))


@blueprint.post("/projects/<uuid:project_id>/tasks")
@authorized(WRITE_WORKSPACE, load=project_or_404)
def add_task(project: Project) -> tuple[str, int] | Response:
    form, me = _form(project), current_member()
    if not form.validate_on_submit():
        return _page(project, form), 422
    count_writing(me.id)
    project.write(
        form.text.data,
        kind="task",
        readers=form.readers.data or "everybody",
        phase=form["phase"].data if "phase" in form else "",
        for_id=form.for_id.data,
        due_on=form.due_on.data,
        files=kept(project, form.files),
        by=me,
        now=clock.now(),
    )
    flash(_("It is on the list."))
    return _back(project)


@blueprint.post("/projects/<uuid:project_id>/tasks/<uuid:note_id>/completion")
@authorized(WRITE_WORKSPACE, load=project_or_404)
def complete(project: Project, note_id: UUID) -> Response:
    me = current_member()
    task_or_404(project, note_id, project.seat_of(me.id)).finish(by=me, now=clock.now())
    flash(_("Done."))
    return _back(project)


def _form(project: Project, *, is_new: bool = False) -> TaskForm:
    # Whom the client gives something to do reads it, and so does the client; the team's own is for the team.
    known = people(seat.member_id for seat in seats_of(project))
    phases = dict.fromkeys(role.phase for role in project.roles() if role.phase and role.dropped_at is None)
    # What the client writes they read themselves, whatever was sent.
    outside = project.client_id if current_member().id != project.client_id else None
    return task_form([(one.id, one.name) for one in known.values()], phases, outside=outside, is_new=is_new)


def _page(project: Project, form: TaskForm) -> str:
    seat = project.seat_of(current_member().id)
    tasks = tasks_of(project, seat)
    return render_template(
        "projects/todo.html",
        project=project,
        rooms=rooms_of(project, seat, "todo"),
        phases=tasks_by_phase(project, tasks, [role.phase for role in project.roles()]),
        is_client=seat.side == "client",
        may_write=may_write(project, seat),
        may_tick=seat.takes_part,
        form_=form,
    )


def _back(project: Project) -> Response:
    return redirect(url_for("projects.todo", project_id=project.id))
