"""Messages between two people of a gig, blocks, and reports."""

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from sqlalchemy import select
from werkzeug.wrappers import Response

from app.agreements.answering import binding_agreements
from app.applications.models import Application
from app.authorization import HeldBack, MembershipNeeded, authorized, current_member, may
from app.core import clock
from app.core.database import db
from app.core.errors import NotFound
from app.core.forms import Form
from app.core.languages import gettext as _
from app.core.limits import allow
from app.core.local import local_path
from app.core.wording import paragraphs
from app.experts.models import Question
from app.gigs.models import Gig
from app.kudos.models import Kudos
from app.mandates.wording import said_by
from app.messages import gig_standing  # noqa: F401  (adds to the page of a gig)
from app.messages.forms import NewMessage, NewReport
from app.messages.gates import ask_gates
from app.messages.models import KeptApart, Message, Report, Thread
from app.messages.queries import conversations, messages, person
from app.policies import BE_HERE, CONTACT, SEE_OWN_MESSAGES, SEE_QUESTION, SEE_THREAD, lacks, restrained
from app.profiles.blocks import Block, are_apart, is_blocking
from app.reviews.models import Review
from app.reviews.of_projects import ProjectReview
from app.vouching.models import Vouch
from tenants.context import current_tenant_id, set_member, who_decides
from tenants.isolation import scoped
from tenants.models import Member

blueprint = Blueprint("messages", __name__, subdomain="hall")

_REPORTABLE: dict[str, Any] = {
    "gig": Gig,
    "member": Member,
    "message": Message,
    "review": Review,
    "vouch": Vouch,
    "application": Application,
    "project_review": ProjectReview,
    "kudos": Kudos,
    "question": Question,
    "answer": Question,
}
_ABOUT = f"/reports/new/<any({', '.join(_REPORTABLE)}):kind>/<uuid:subject_id>"
_HOUR = timedelta(hours=1)


def thread_or_404(thread_id: UUID) -> Thread:
    """:raises NotFound: when this tenant has none of that id."""
    thread = db.session.get(Thread, (current_tenant_id(), thread_id))
    if thread is None:
        raise NotFound
    return thread


def member_or_404(member_id: UUID) -> Member:
    """:raises NotFound: when this tenant has no active member of that id."""
    member = db.session.get(Member, (current_tenant_id(), member_id))
    if member is None or not member.is_active:
        raise NotFound
    return member


@blueprint.get("/messages")
@authorized(SEE_OWN_MESSAGES)
def inbox() -> str:
    page = conversations(current_member().id, at=request.args.get("at"))
    return render_template("messages/inbox.html", page=page)


@blueprint.get("/messages/<uuid:thread_id>")
@authorized(SEE_THREAD, load=thread_or_404)
def thread(thread: Thread) -> str:
    return _thread_page(thread, NewMessage())


@blueprint.post("/messages/<uuid:thread_id>")
@authorized(SEE_THREAD, load=thread_or_404)
def write(thread: Thread) -> tuple[str, int] | Response:
    form = NewMessage()
    if not form.validate_on_submit():
        return _thread_page(thread, form), 422
    _refuse_held_back(thread.other(current_member().id))
    _refuse_flood()
    thread.post(form.body.data, by=current_member(), now=clock.now())
    return redirect(url_for(".thread", thread_id=thread.id) + "#newest")


@blueprint.get("/gigs/<uuid:gig_id>/messages/<uuid:member_id>")
@authorized(SEE_OWN_MESSAGES)
def begin(gig_id: UUID, member_id: UUID) -> str | Response:
    """Go to the thread with somebody about a gig, or to an empty one that the first message begins."""
    other = _talking_partner(gig_id, member_id)
    known = db.session.scalars(
        select(Thread.id).where(scoped(Thread), Thread.gig_id == gig_id, *_pair(current_member().id, other.id))
    ).one_or_none()
    if known:
        return redirect(url_for(".thread", thread_id=known))
    _refuse_strangers(gig_id, other)
    return _begin_page(gig_id, other, NewMessage())


@blueprint.post("/gigs/<uuid:gig_id>/messages/<uuid:member_id>")
@authorized(SEE_OWN_MESSAGES)
def write_first(gig_id: UUID, member_id: UUID) -> tuple[str, int] | Response:
    other = _talking_partner(gig_id, member_id)
    _refuse_strangers(gig_id, other)
    form = NewMessage()
    if not form.validate_on_submit():
        return _begin_page(gig_id, other, form), 422
    ask_gates(current_member())
    _refuse_flood()
    me, now = current_member(), clock.now()
    thread = Thread.between(me.id, other.id, gig_id=gig_id, now=now)
    thread.post(form.body.data, by=me, now=now)
    return redirect(url_for(".thread", thread_id=thread.id) + "#newest")


@blueprint.post("/people/<uuid:member_id>/block")
@authorized(BE_HERE, load=member_or_404)
def block(member: Member) -> Response:
    Block.put(member.id, by=current_member(), now=clock.now())
    flash(_("%(name)s can no longer write to you, and you no longer see each other's gigs.", name=member.name))
    return redirect(local_path(request.form.get("onward"), url_for(".inbox")))


@blueprint.post("/people/<uuid:member_id>/block/removal")
@authorized(BE_HERE, load=member_or_404)
def unblock(member: Member) -> Response:
    Block.lift(member.id, by=current_member())
    flash(_("You and %(name)s can write to each other again.", name=member.name))
    return redirect(local_path(request.form.get("onward"), url_for(".inbox")))


@blueprint.get(_ABOUT)
@authorized(BE_HERE)
def new_report(kind: str, subject_id: UUID) -> str:
    return _report_page(kind, _subject(kind, subject_id), NewReport())


@blueprint.post(_ABOUT)
@authorized(BE_HERE)
def file_report(kind: str, subject_id: UUID) -> tuple[str, int] | Response:
    subject = _subject(kind, subject_id)
    form = NewReport()
    if not form.validate_on_submit():
        return _report_page(kind, subject, form), 422
    allow("reports", str(current_member().id), limit=20, per=_HOUR)
    Report.file(kind, subject.id, rule=form.rule.data, words=form.words.data, by=current_member(), now=clock.now())
    flash(_("Thank you. A moderator reads it, and you will hear what they found."))
    return redirect(url_for("halls.front"))


def _refuse_strangers(gig_id: UUID, other: Member) -> None:
    """Refuse whoever needs a membership to begin a talk and has none. Whom somebody deals with already, they may write to.

    :raises MembershipNeeded: when it is so.
    """
    me = current_member()
    _refuse_held_back(other.id)
    purpose = lacks(CONTACT, me)
    if purpose and not (_has_applied(gig_id, other.id) or _has_applied(gig_id, me.id)):
        raise MembershipNeeded(purpose)


def _refuse_held_back(other_id: UUID) -> None:
    """Refuse whom moderators keep from writing. With whom they agreed on work, they may go on to talk about it.

    :raises HeldBack: when it is so.
    """
    me = current_member()
    held = restrained(CONTACT, me)
    if held and not any(agreement.is_party(other_id) for agreement in binding_agreements(me.id)):
        raise HeldBack(held)


def _refuse_flood() -> None:
    for one in who_decides(current_member().id):
        allow("messages", str(one), limit=120, per=_HOUR)


def _talking_partner(gig_id: UUID, member_id: UUID) -> Member:
    """Return whom the signed-in member may write to about a gig: its author, or for whoever answers an applicant."""
    me = current_member()
    gig = db.session.get(Gig, (current_tenant_id(), gig_id))
    other = member_or_404(member_id)
    if gig is None or other.id == me.id:
        raise NotFound
    if other.id in (gig.author_id, gig.coordinator_id):
        if not gig.is_live:
            raise NotFound
    elif not (me.id in (gig.author_id, gig.coordinator_id) and _has_applied(gig_id, other.id)):
        raise NotFound
    if are_apart(me.id, other.id):
        raise KeptApart
    return other


def _has_applied(gig_id: UUID, member_id: UUID) -> bool:
    query = select(Application.id).where(
        scoped(Application), Application.gig_id == gig_id, Application.applicant_id == member_id
    )
    return db.session.execute(query.limit(1)).first() is not None


def _pair(one: UUID, other: UUID) -> tuple[Any, Any]:
    low, high = sorted((one, other))
    return Thread.low_id == low, Thread.high_id == high


def _subject(kind: str, subject_id: UUID) -> Any:
    """Return the thing that a report is about, if its reporter can see it."""
    subject = db.session.get(_REPORTABLE[kind], (current_tenant_id(), subject_id))
    if subject is None:
        raise NotFound
    if kind == "message" and not thread_or_404(subject.thread_id).is_party(current_member().id):
        raise NotFound
    if not _can_be_read(kind, subject, current_member().id):
        raise NotFound
    return subject


def _can_be_read(kind: str, subject: Any, member_id: UUID) -> bool:
    if kind == "gig":
        return bool(subject.is_live)
    elif kind in ("review", "project_review"):
        return subject.published_at is not None
    elif kind in ("vouch", "kudos"):
        return subject.is_shown or member_id in (subject.author_id, subject.subject_id)
    elif kind == "application":
        return bool(subject.is_party(member_id))
    elif kind in ("question", "answer"):
        return may(SEE_QUESTION, subject) and (kind == "question" or subject.answered_by is not None)
    else:
        return True


def _thread_page(thread: Thread, form: Form) -> str:
    me = current_member()
    other = person(thread.other(me.id))
    # What they see now is no longer new, in the dock of this page too.
    set_member(replace(me, unread_messages=max(0, me.unread_messages - thread.read(by=me))))
    page = messages(thread.id, at=request.args.get("at"))
    shown = [_message(row, me.id) for row in page]
    return render_template(
        "messages/thread.html",
        thread=thread,
        other=other,
        gig=db.session.get(Gig, (current_tenant_id(), thread.gig_id)),
        messages=shown[::-1],
        page=page,
        form_=form,
        blocked=is_blocking(me.id, other.id),
        apart=are_apart(me.id, other.id),
    )


def _message(row: Any, member_id: UUID) -> dict[str, Any]:
    """Return a message as the component `message` takes it; what moderators hid stays in its place without its words."""
    if row.hidden_at is not None:
        return {"system": True, "body": _("A moderator has hidden a message here."), "at": row.sent_at}
    reports = row.author_id != member_id and may(BE_HERE)
    href = url_for(".new_report", kind="message", subject_id=row.id) if reports else ""
    body = paragraphs(row.body)
    shown = {"id": row.id, "author": _author(row), "body": body, "at": row.sent_at, "report": href}
    return shown | {"by": said_by(row.name, row.helper)} if row.helper else shown


def _author(row: Any) -> dict[str, Any]:
    return {"id": row.author_id, "name": row.name, "hue": row.hue, "picture": row.picture}


def _begin_page(gig_id: UUID, other: Member, form: Form) -> str:
    gig = db.session.get(Gig, (current_tenant_id(), gig_id))
    return render_template("messages/begin.html", gig=gig, other=other, form_=form)


def _report_page(kind: str, subject: Any, form: Form) -> str:
    return render_template("messages/report.html", kind=kind, subject=subject, form_=form)
