"""A project's own page, and what its people write into it."""

from datetime import timedelta
from uuid import UUID

from flask import flash, render_template
from werkzeug.wrappers import Response

from app.authorization import authorized, current_member
from app.core import clock
from app.core.database import db
from app.core.errors import Conflict, NotFound
from app.core.languages import gettext as _
from app.core.limits import allow
from app.policies import SEE_PROJECT
from app.projects.blueprint import blueprint, to_project
from app.projects.forms import NoteForm
from app.projects.models import Note, Project
from app.projects.page import page_of
from app.projects.queries import project_or_404
from tenants.context import current_tenant_id

_HOUR = timedelta(hours=1)
_OVER = ("suggested", "finished", "ended")


class NothingToWrite(Conflict):
    """The project is not there yet, or over."""


@blueprint.get("/projects/<uuid:project_id>")
@authorized(SEE_PROJECT, load=project_or_404)
def show(project: Project) -> str:
    return _page(project, _empty_note())


@blueprint.post("/projects/<uuid:project_id>/notes")
@authorized(SEE_PROJECT, load=project_or_404)
def write(project: Project) -> tuple[str, int] | Response:
    if project.state in _OVER:
        raise NothingToWrite(_("Nothing can be written into this project now."))
    form, me = NoteForm(), current_member()
    if not form.validate_on_submit():
        return _page(project, form), 422
    allow("project_notes", str(me.id), limit=60, per=_HOUR)
    is_client = me.id == project.client_id
    project.write(
        form.text.data,
        kind=form.kind.data,
        # What the client writes they read themselves.
        readers="everybody" if is_client else form.readers.data,
        due_on=form.due_on.data,
        by=me,
        now=clock.now(),
    )
    flash(_("It is in the project now."))
    return to_project(project.id)


@blueprint.post("/projects/<uuid:project_id>/notes/<uuid:note_id>/completion")
@authorized(SEE_PROJECT, load=project_or_404)
def complete(project: Project, note_id: UUID) -> Response:
    note = db.session.get(Note, (current_tenant_id(), note_id), with_for_update=True)
    me = current_member()
    if note is None or note.project_id != project.id or (note.readers == "team" and me.id == project.client_id):
        raise NotFound
    note.finish(by=me, now=clock.now())
    flash(_("Done."))
    return to_project(project.id)


def _empty_note() -> NoteForm:
    return NoteForm(formdata=None, data={"kind": "update", "readers": "everybody"})


def _page(project: Project, form: NoteForm) -> str:
    return render_template("projects/show.html", form_=form, **page_of(project, current_member()))
