"""Suggesting how a gig would better read, and the author's answer: take it with one click, or say why not."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, url_for
from markupsafe import Markup
from werkzeug.wrappers import Response

from app.authorization import authorized, current_member
from app.core import clock
from app.core.database import db
from app.core.errors import NotFound
from app.core.forms import Paragraphs, Text
from app.core.languages import gettext as _
from app.core.languages import lazy_gettext as _l
from app.core.marking import marked
from app.fields.asking import asking_form, shown_values
from app.fields.queries import asked_now, fields_of, these_fields
from app.fields.values import values_of
from app.fields.wording import said
from app.gigs.blueprint import blueprint
from app.gigs.forms import Reason, Step
from app.gigs.loading import gig_or_404
from app.gigs.models import Gig, Suggestion
from app.gigs.models.suggestions import NothingSuggested, waiting_suggestion
from app.policies import (
    DECLINE_SUGGESTION,
    RUN_GIG,
    SUGGEST_CHANGE,
    TAKE_BACK_SUGGESTION,
    TAKE_SUGGESTION,
    allows,
    grants,
)
from tenants.context import Actor, current_tenant_id
from tenants.models import Member

Reworded = tuple[str, Markup, Markup]
_LABELS = {"title": _l("Title"), "summary": _l("In one line"), "description": _l("Description")}


class NoSuchSuggestion(NotFound):
    message = _l("There is no such suggestion here.")


class BetterWords(Step):
    """How a gig would better read: its own words and what its category asks, as they are until somebody changes them."""

    title = Text(_l("Title"), max=120, min=6, required=_l("Give it a title; it is what people see first."))
    summary = Text(
        _l("In one line"), max=200, required=_l("Say it in one line; it stands under the title in every list.")
    )
    description = Paragraphs(_l("Description"), max=12_000, attributes={"rows": 12})
    note = Paragraphs(
        _l("A word to its author"),
        max=500,
        hint=_l("Why it reads better so. They see every word that would change."),
        attributes={"rows": 3},
    )


def suggestion_or_404(suggestion_id: UUID) -> Suggestion:
    """Return a suggestion of a gig that whoever is here may see.

    :raises NoSuchSuggestion: when there is none of that id.
    """
    suggestion = db.session.get(Suggestion, (current_tenant_id(), suggestion_id))
    if suggestion is None:
        raise NoSuchSuggestion
    gig_or_404(suggestion.gig_id)
    return suggestion


@blueprint.get("/gigs/<uuid:gig_id>/suggestion")
@authorized(SUGGEST_CHANGE, load=gig_or_404)
def suggest(gig: Gig) -> str:
    waiting = waiting_suggestion(gig.id)
    return _suggest_page(gig, _form(gig, waiting.values if waiting else {}))


@blueprint.post("/gigs/<uuid:gig_id>/suggestion")
@authorized(SUGGEST_CHANGE, load=gig_or_404)
def send_suggestion(gig: Gig) -> Any:
    form = _form(gig)
    if not form.validate_on_submit():
        return _suggest_page(gig, form), 422
    answers = form.answers()
    note = answers.pop("note")
    try:
        Suggestion.make(gig, answers, by=current_member(), note=note, now=clock.now())
    except NothingSuggested as refusal:
        form.refuse("title", refusal.message)
        return _suggest_page(gig, form), refusal.status
    flash(_("Sent. Its author is told, and takes it or says why not."))
    return redirect(url_for(".show", gig_id=gig.id))


@blueprint.post("/suggestions/<uuid:suggestion_id>/taking")
@authorized(TAKE_SUGGESTION, load=suggestion_or_404)
def take_suggestion(suggestion: Suggestion) -> Response:
    suggestion.take(by=current_member(), now=clock.now())
    flash(_("Taken. Your gig is live.") if suggestion.gig.is_open else _("Taken. Your gig reads so now."))
    return redirect(url_for(".show", gig_id=suggestion.gig_id))


@blueprint.get("/suggestions/<uuid:suggestion_id>/refusal")
@authorized(DECLINE_SUGGESTION, load=suggestion_or_404)
def confirm_decline_suggestion(suggestion: Suggestion) -> str:
    return _decline_page(suggestion, Reason(formdata=None))


@blueprint.post("/suggestions/<uuid:suggestion_id>/refusal")
@authorized(DECLINE_SUGGESTION, load=suggestion_or_404)
def decline_suggestion(suggestion: Suggestion) -> Any:
    form = Reason()
    if not form.validate_on_submit():
        return _decline_page(suggestion, form), 422
    suggestion.decline(by=current_member(), why=form.why.data, now=clock.now())
    flash(_("It stays as you wrote it."))
    return redirect(url_for(".show", gig_id=suggestion.gig_id))


@blueprint.post("/suggestions/<uuid:suggestion_id>/withdrawal")
@authorized(TAKE_BACK_SUGGESTION, load=suggestion_or_404)
def withdraw_suggestion(suggestion: Suggestion) -> Response:
    suggestion.withdraw(by=current_member(), now=clock.now())
    flash(_("You took your suggestion back."))
    return redirect(url_for(".show", gig_id=suggestion.gig_id))


def suggested_for(gig: Any, viewer: Actor | None) -> dict[str, Any] | None:
    """Return what the page of a gig shows of a suggestion that waits, to its author and to whoever could make one; else None."""
    if not gig.suggested or viewer is None:
        return None
    is_own, may_take = allows(RUN_GIG, viewer, gig), grants(TAKE_SUGGESTION, viewer, gig)
    waiting = waiting_suggestion(gig.id) if is_own or allows(SUGGEST_CHANGE, viewer, gig) else None
    if waiting is None:
        return None
    return {
        "by": db.session.get_one(Member, (waiting.tenant_id, waiting.suggested_by)).name,
        "at": waiting.created_at,
        "note": waiting.note,
        "reworded": reworded(waiting),
        "is_stale": waiting.is_stale,
        "take": url_for("gigs.take_suggestion", suggestion_id=waiting.id) if may_take else "",
        "decline": url_for("gigs.confirm_decline_suggestion", suggestion_id=waiting.id) if may_take else "",
        "withdraw": url_for("gigs.withdraw_suggestion", suggestion_id=waiting.id)
        if allows(TAKE_BACK_SUGGESTION, viewer, waiting)
        else "",
    }


def reworded(suggestion: Suggestion) -> list[Reworded]:
    """Return label, how it reads and how it would read, of all that a suggestion changes, with the words marked."""
    gig, values = suggestion.gig, suggestion.values
    words = [(str(label), getattr(gig, name), values[name]) for name, label in _LABELS.items() if name in values]
    if answers := values.get("fields"):
        now = values_of(gig.id)
        words += [
            (field.name, str(said(field, now.get(field.id))), str(said(field, answers[field.id])))
            for field in these_fields(answers)
        ]
    return [(label, *marked(before, after)) for label, before, after in words]


def _form(gig: Gig, suggested: dict[str, Any] | None = None) -> Step:
    """Return the form as it was sent; or, with what is suggested already, as it is shown."""
    # What an agreement reveals is no leader's to read; files are their author's to bring. What is missing is no leader's fault.
    fields = [
        replace(one, required=False)
        for one in asked_now(fields_of(gig.category_id))
        if one.visibility != "agreement" and one.kind != "file"
    ]
    values = values_of(gig.id) | (suggested or {}).get("fields", {}) if fields else {}
    wanted: type[BetterWords] = asking_form(BetterWords, fields, values, owner=gig.id) if fields else BetterWords
    if suggested is None:
        return wanted()
    words = {name: suggested.get(name, getattr(gig, name)) for name in _LABELS}
    return wanted(formdata=None, data=words | shown_values(fields, values))


def _suggest_page(gig: Gig, form: Step) -> str:
    return render_template("gigs/suggest.html", gig=gig, form_=form, in_review=gig.state == "in_review")


def _decline_page(suggestion: Suggestion, form: Reason) -> str:
    return render_template(
        "gigs/decline_suggestion.html",
        suggestion=suggestion,
        gig=suggestion.gig,
        form_=form,
        action=url_for(".decline_suggestion", suggestion_id=suggestion.id),
    )
