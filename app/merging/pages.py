"""The pages of merging: choosing the gig that stays, and both authors' answers."""

from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.authorization import authorized, current_member
from app.core import clock
from app.core.database import db
from app.core.languages import gettext as _
from app.core.wording import full_day
from app.gigs.forms import Reason
from app.gigs.loading import gig_or_404
from app.gigs.models import Gig
from app.merging.blueprint import blueprint
from app.merging.failures import AskedBefore, CannotBeOne, NoSuchMerge
from app.merging.forms import Into
from app.merging.models import Merge
from app.merging.queries import candidates
from app.policies import ANSWER_MERGE, MERGE_GIG, TAKE_BACK_MERGE
from tenants.context import current_tenant_id


def merge_or_404(merge_id: UUID) -> Merge:
    """Return a question about two gigs.

    :raises NoSuchMerge: when there is none of that id.
    """
    merge = db.session.get(Merge, (current_tenant_id(), merge_id))
    if merge is None:
        raise NoSuchMerge
    return merge


@blueprint.get("/gigs/<uuid:gig_id>/merging")
@authorized(MERGE_GIG, load=gig_or_404)
def choose(gig: Gig) -> str:
    return _choose_page(gig, _form(gig, formdata=None))


@blueprint.post("/gigs/<uuid:gig_id>/merging")
@authorized(MERGE_GIG, load=gig_or_404)
def ask(gig: Gig) -> Any:
    form = _form(gig)
    if not form.validate_on_submit():
        return _choose_page(gig, form), 422
    # The form offers no gig but those that whoever asks looks after, or wrote.
    into = gig_or_404(form.into.data)
    try:
        merge = Merge.ask(gig, into, by=current_member(), why=form.why.data, now=clock.now())
    except (CannotBeOne, AskedBefore) as refusal:
        form.refuse("into", refusal.message)
        return _choose_page(gig, form), refusal.status
    is_done = merge.state == "merged"
    flash(
        _("They are one gig now.") if is_done else _("Asked. With the consent of whoever wrote them they become one.")
    )
    return redirect(url_for("gigs.show", gig_id=into.id if is_done else gig.id))


@blueprint.post("/merges/<uuid:merge_id>/consent")
@authorized(ANSWER_MERGE, load=merge_or_404)
def consent(merge: Merge) -> Response:
    merge.agree(by=current_member(), now=clock.now())
    is_done = merge.state == "merged"
    flash(_("They are one gig now.") if is_done else _("You agreed. The other author is asked as well."))
    return redirect(url_for("gigs.show", gig_id=merge.into_id if is_done else merge.gig_id))


@blueprint.get("/merges/<uuid:merge_id>/refusal")
@authorized(ANSWER_MERGE, load=merge_or_404)
def confirm_refusal(merge: Merge) -> str:
    return _refusal_page(merge, Reason(formdata=None))


@blueprint.post("/merges/<uuid:merge_id>/refusal")
@authorized(ANSWER_MERGE, load=merge_or_404)
def refuse(merge: Merge) -> Any:
    form = Reason()
    if not form.validate_on_submit():
        return _refusal_page(merge, form), 422
    merge.decline(by=current_member(), why=form.why.data, now=clock.now())
    flash(_("Both stay as they are."))
    return redirect(url_for("gigs.show", gig_id=_of(merge).id))


@blueprint.post("/merges/<uuid:merge_id>/withdrawal")
@authorized(TAKE_BACK_MERGE, load=merge_or_404)
def withdraw(merge: Merge) -> Response:
    merge.withdraw(by=current_member(), now=clock.now())
    flash(_("You took the question back."))
    return redirect(url_for("gigs.show", gig_id=merge.gig_id))


def _form(gig: Gig, **options: None) -> Into:
    form = Into(**options)
    words = request.args.get("q", "").replace("\0", "").strip()[:80]
    form.into.options = [
        (
            one.id,
            _("%(title)s (%(author)s, %(day)s)", title=one.title, author=one.author, day=full_day(one.published_at)),
        )
        for one in candidates(gig, by=current_member(), words=words)
    ]
    return form


def _choose_page(gig: Gig, form: Into) -> str:
    words = request.args.get("q", "").replace("\0", "").strip()[:80]
    return render_template("merging/choose.html", gig=gig, form_=form, words=words)


def _refusal_page(merge: Merge, form: Reason) -> str:
    return render_template("merging/refusal.html", merge=merge, gig=_of(merge), form_=form)


def _of(merge: Merge) -> Gig:
    """Return the gig of the two that is the reader's own."""
    return merge.gig if merge.gig.author_id == current_member().id else merge.into
