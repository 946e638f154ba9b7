"""Posting in steps. Every step can be sent again, in any order, and the page left at any time: the draft is kept."""

from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.authorization import authorized, current_member
from app.categories.queries import charter_of
from app.core import clock
from app.core.ids import new_id
from app.core.languages import gettext as _
from app.core.languages import lazy_gettext as _l
from app.gigs import wording
from app.gigs.asking import step_form
from app.gigs.blueprint import blueprint
from app.gigs.drafts import Draft, has_begun
from app.gigs.forms import Step, What
from app.gigs.heads import author, over
from app.gigs.loading import gig_or_404
from app.gigs.models import Gig
from app.gigs.models.approval import needs_review
from app.gigs.models.gates import is_looked_at_first
from app.gigs.particulars import particulars_of
from app.gigs.queries import one_gig
from app.policies import POST_GIG, PUBLISH_GIG, RUN_GIG
from app.profiles.wording import finished
from tenants.context import tenant

_NAMES = {"what": _l("What"), "details": _l("Details"), "terms": _l("Terms"), "preview": _l("Preview")}
_ORDER = tuple(_NAMES)


@blueprint.get("/gigs/new")
@authorized(POST_GIG)
def new() -> str | Response:
    """Name the draft in the address: whoever comes back to this page, comes back to what they began here."""
    asked = {name: request.args[name] for name in ("direction", "category_id") if request.args.get(name)}
    draft_id = _id(request.args.get("draft"))
    if draft_id is None:
        return redirect(url_for(".new", draft=new_id(), **asked))
    elif has_begun(draft_id, by=current_member()):
        return redirect(url_for(".step", gig_id=draft_id, step="what"))
    else:
        category_id = _id(asked.pop("category_id", None))
        begun = {"direction": "request", "kind": "gig", "category_id": category_id, **asked}
        form = What(formdata=None, data=begun)
        return _step_page("what", form, draft_id=draft_id)


@blueprint.post("/gigs")
@authorized(POST_GIG)
def begin() -> Any:
    draft_id, form = _named_draft(), What()
    if not form.validate_on_submit():
        return _step_page("what", form, draft_id=draft_id), 422
    draft = Draft.called(draft_id, by=current_member())
    draft.finish("what", form, by=current_member())
    return redirect(_after("what", draft.gig.id))


@blueprint.post("/gigs/autosave")
@authorized(POST_GIG)
def autosave_new() -> dict[str, str]:
    form = What()
    draft = Draft.called(_named_draft(), by=current_member())
    draft.keep("what", form, by=current_member())
    return _kept(draft.gig, "what")


@blueprint.get("/gigs/<uuid:gig_id>/steps/<any(what,details,terms):step>")
@authorized(RUN_GIG, load=gig_or_404)
def step(gig: Gig, step: str) -> str | Response:
    if gig.state != "draft":
        # Back from the page of a gig that went live: there is nothing to go on with here.
        return redirect(url_for(".show", gig_id=gig.id))
    return _step_page(step, Draft(gig).form(step), gig=gig)


@blueprint.post("/gigs/<uuid:gig_id>/steps/<any(what,details,terms):step>")
@authorized(RUN_GIG, load=gig_or_404)
def save_step(gig: Gig, step: str) -> Any:
    draft, form, go = Draft(gig), step_form(step, gig), request.form.get("go", "")
    if go in ("back", "later"):
        # Leaving is never refused: what can be read is kept, the rest as it was typed.
        draft.keep(step, form, by=current_member())
        return redirect(_before(step, gig.id) if go == "back" else url_for(".mine"))
    elif not form.validate_on_submit():
        return _step_page(step, form, gig=gig), 422
    else:
        draft.finish(step, form, by=current_member())
        return redirect(_after(step, gig.id))


@blueprint.post("/gigs/<uuid:gig_id>/steps/<any(what,details,terms):step>/autosave")
@authorized(RUN_GIG, load=gig_or_404)
def autosave(gig: Gig, step: str) -> dict[str, str]:
    Draft(gig).keep(step, step_form(step, gig), by=current_member())
    return _kept(gig, step)


@blueprint.get("/gigs/<uuid:gig_id>/preview")
@authorized(RUN_GIG, load=gig_or_404)
def preview(gig: Gig) -> str | Response:
    if gig.state != "draft":
        return redirect(url_for(".show", gig_id=gig.id))
    row, today = one_gig(gig.id, current_member()), clock.today(tenant.time_zone)
    return render_template(
        "gigs/preview.html",
        gig=row,
        said=wording,
        over=over(row),
        author=author(row),
        author_note=finished(row.author_finished, row.author_since, today),
        terms=wording.terms(row, today),
        particulars=particulars_of(row, current_member()),
        unfinished=Draft(gig).unfinished,
        is_reviewed=needs_review(gig.category_id, by=current_member()) or is_looked_at_first(gig, gig.author_id),
        steps=_steps(gig.id),
    )


@blueprint.post("/gigs/<uuid:gig_id>/publication")
@authorized(PUBLISH_GIG, load=gig_or_404)
def publish(gig: Gig) -> Response:
    Draft(gig).post(by=current_member())
    flash(
        _("Your gig is live.") if gig.is_open else _("Sent. Its category's leaders look at it, and you hear from them.")
    )
    return redirect(url_for(".show", gig_id=gig.id))


def _step_page(step: str, form: Step, *, gig: Gig | None = None, draft_id: UUID | None = None) -> str:
    """Return the page of a step, of a draft (`gig`) or of one that begins here under `draft_id`."""
    if gig is None:
        action, keeping = url_for(".begin"), url_for(".autosave_new")
    else:
        action = url_for(".save_step", gig_id=gig.id, step=step)
        keeping = url_for(".autosave", gig_id=gig.id, step=step)
    return render_template(
        f"gigs/steps/{step}.html",
        form=form,
        gig=gig,
        draft_id=draft_id,
        action=action,
        autosave=keeping,
        number=_ORDER.index(step) + 1,
        steps=_steps(gig.id if gig else None),
        field_of_work=charter_of(gig.category_id if gig else form.category_id.data),
    )


def _steps(gig_id: UUID | None) -> list[dict[str, str]]:
    return [{"label": label, "href": _address(step, gig_id) if gig_id else ""} for step, label in _NAMES.items()]


def _after(step: str, gig_id: UUID) -> str:
    return _address(_ORDER[_ORDER.index(step) + 1], gig_id)


def _before(step: str, gig_id: UUID) -> str:
    return _address(_ORDER[max(_ORDER.index(step) - 1, 0)], gig_id)


def _address(step: str, gig_id: UUID) -> str:
    return url_for(".preview", gig_id=gig_id) if step == "preview" else url_for(".step", gig_id=gig_id, step=step)


def _named_draft() -> UUID:
    """Return the id that the page gave its draft, or another when it lost it."""
    return _id(request.form.get("draft")) or new_id()


def _id(text: str | None) -> UUID | None:
    try:
        return UUID(text or "")
    except ValueError:
        return None


def _kept(gig: Gig, step: str) -> dict[str, str]:
    return {
        "action": url_for(".save_step", gig_id=gig.id, step=step),
        "url": url_for(".autosave", gig_id=gig.id, step=step),
        "page": url_for(".step", gig_id=gig.id, step=step),
    }
