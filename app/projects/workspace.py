"""A project's own pages: where it stands, its talk, what was decided, its files."""

from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID

from flask import Response as FlaskResponse
from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.authorization import authorized, current_member
from app.core import clock
from app.core import files as kept_files
from app.core.forms import Files, Form
from app.core.limits import allow
from app.policies import READ_WORKSPACE, SEE_PROJECT, WRITE_WORKSPACE
from app.projects.blueprint import blueprint
from app.projects.forms import TalkForm
from app.projects.models import Project, ProjectFile
from app.projects.page import page_of
from app.projects.queries import project_or_404
from app.projects.reading import decisions_of, file_or_404, file_page, talk_of
from app.projects.shown import file_rows, may_write, messages_of, rooms_of
from tenants.context import current_tenant_id

_HOUR = timedelta(hours=1)


@blueprint.get("/projects/<uuid:project_id>")
@authorized(SEE_PROJECT, load=project_or_404)
def show(project: Project) -> str:
    return render_template("projects/show.html", **page_of(project, current_member()))


@blueprint.get("/projects/<uuid:project_id>/talk")
@authorized(READ_WORKSPACE, load=project_or_404)
def talk(project: Project) -> str:
    return _talk_page(project, TalkForm(formdata=None, data={"kind": "word", "readers": "everybody"}))


@blueprint.post("/projects/<uuid:project_id>/talk")
@authorized(WRITE_WORKSPACE, load=project_or_404)
def write(project: Project) -> tuple[str, int] | Response:
    form, me = TalkForm(), current_member()
    if not form.validate_on_submit():
        return _talk_page(project, form), 422
    count_writing(me.id)
    project.write(
        form.text.data,
        kind=form.kind.data,
        readers=form.readers.data or "everybody",
        files=kept(project, form.files),
        by=me,
        now=clock.now(),
    )
    return redirect(url_for("projects.talk", project_id=project.id, _anchor="newest"))


@blueprint.get("/projects/<uuid:project_id>/decisions")
@authorized(READ_WORKSPACE, load=project_or_404)
def decisions(project: Project) -> str:
    seat = project.seat_of(current_member().id)
    page = decisions_of(project, seat, at=request.args.get("at"))
    return render_template(
        "projects/decisions.html",
        project=project,
        rooms=rooms_of(project, seat, "decisions"),
        page=page,
        decided=messages_of(project, page),
        may_write=may_write(project, seat),
    )


@blueprint.get("/projects/<uuid:project_id>/files")
@authorized(READ_WORKSPACE, load=project_or_404)
def files(project: Project) -> str:
    seat = project.seat_of(current_member().id)
    page = file_page(project, seat, at=request.args.get("at"))
    return render_template(
        "projects/files.html",
        project=project,
        rooms=rooms_of(project, seat, "files"),
        page=page,
        rows=file_rows(project, page),
        may_write=may_write(project, seat),
    )


@blueprint.get("/projects/<uuid:project_id>/files/<uuid:file_id>")
@authorized(READ_WORKSPACE, load=project_or_404)
def download(project: Project, file_id: UUID) -> FlaskResponse:
    file = file_or_404(project, file_id, project.seat_of(current_member().id))
    return kept_files.respond(current_tenant_id(), file.digest, file.name)


def kept(project: Project, field: Files) -> Iterator[ProjectFile]:
    """Keep the files that came along, and give a row for each."""
    me = current_member().id
    for upload in field.data:
        file = kept_files.keep(upload, tenant_id=current_tenant_id(), owner=f"{me} in {project.id}")
        yield ProjectFile(
            uploaded_by=me,
            name=file.name,
            content_type=file.content_type,
            size=file.size,
            digest=file.digest,
            created_at=clock.now(),
        )


def count_writing(member_id: UUID) -> None:
    """Refuse whoever writes faster than anybody reads."""
    allow("project_notes", str(member_id), limit=60, per=_HOUR)


def _talk_page(project: Project, form: Form) -> str:
    me = current_member()
    seat = project.seat_of(me.id)
    page = talk_of(project, seat, at=request.args.get("at"))
    return render_template(
        "projects/talk.html",
        project=project,
        rooms=rooms_of(project, seat, "talk"),
        page=page,
        messages=messages_of(project, page)[::-1],
        is_client=seat.side == "client",
        may_write=may_write(project, seat),
        form_=form,
    )
