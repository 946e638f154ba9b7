"""Vouching for somebody, and deciding what of it is shown."""

from datetime import timedelta
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from app.authorization import authorized, current_member
from app.core import clock
from app.core.database import db
from app.core.errors import Conflict
from app.core.languages import gettext as _
from app.core.limits import allow
from app.policies import ANSWER_VOUCH, BE_HERE, SPEAK_OF, TAKE_BACK_VOUCH
from app.profiles.blocks import are_apart
from app.profiles.people import Person, person_or_404
from app.vouching.failures import KeptApart, NoSuchVouch, NotForYourself
from app.vouching.forms import VouchForm
from app.vouching.models import Vouch, vouch_of
from app.vouching.queries import said_about, said_by
from tenants.context import current_tenant_id

blueprint = Blueprint("vouching", __name__, subdomain="hall")

#: How many somebody may write in a day: whoever knows more people than that is selling something.
A_DAY = 10


def vouch_or_404(vouch_id: UUID) -> Vouch:
    """Return somebody's words, locked against changes at the same time.

    :raises NoSuchVouch: when this tenant has none of that id.
    """
    vouch = db.session.get(Vouch, (current_tenant_id(), vouch_id), with_for_update=True)
    if vouch is None:
        raise NoSuchVouch
    return vouch


@blueprint.get("/vouches")
@authorized(BE_HERE)
def index() -> str:
    me = current_member()
    return render_template("vouching/index.html", about_me=said_about(me.id), by_me=said_by(me.id))


@blueprint.get("/people/<uuid:member_id>/vouch")
@authorized(SPEAK_OF, load=person_or_404)
def new(person: Person) -> str:
    me = current_member()
    if person.id == me.id:
        raise NotForYourself
    elif are_apart(me.id, person.id):
        raise KeptApart
    said = vouch_of(me.id, person.id)
    return _form_page(person, VouchForm(data={"relation": said.relation, "text": said.text} if said else {}), said)


@blueprint.post("/people/<uuid:member_id>/vouch")
@authorized(SPEAK_OF, load=person_or_404)
def write(person: Person) -> tuple[str, int] | Response:
    me, form = current_member(), VouchForm()
    if not form.validate_on_submit():
        return _form_page(person, form, vouch_of(me.id, person.id)), 422
    allow("vouches", str(me.id), limit=A_DAY, per=timedelta(days=1))
    Vouch.write(person.id, by=me, relation=form.relation.data, text=form.text.data, now=clock.now())
    flash(_("Thank you. %(name)s reads it first, and decides whether it is shown.", name=person.first_name))
    return redirect(url_for("people.show", member_id=person.id))


@blueprint.post("/vouches/<uuid:vouch_id>/show")
@authorized(ANSWER_VOUCH, load=vouch_or_404)
def show(vouch: Vouch) -> Response:
    vouch.show(by=current_member(), now=clock.now())
    flash(_("It is shown on your page now."))
    return redirect(url_for(".index"))


@blueprint.post("/vouches/<uuid:vouch_id>/hide")
@authorized(ANSWER_VOUCH, load=vouch_or_404)
def hide(vouch: Vouch) -> Response:
    vouch.hide(by=current_member(), now=clock.now())
    flash(_("Only the two of you can read it."))
    return redirect(url_for(".index"))


@blueprint.post("/vouches/<uuid:vouch_id>/take-back")
@authorized(TAKE_BACK_VOUCH, load=vouch_or_404)
def take_back(vouch: Vouch) -> Response:
    vouch.take_back(by=current_member())
    flash(_("Your words are taken back."))
    return redirect(url_for(".index"))


@blueprint.errorhandler(Conflict)
def _not_so(refusal: Conflict) -> tuple[str, int]:
    return render_template("vouching/refused.html", message=refusal.message), 409


def _form_page(person: Person, form: VouchForm, said: Vouch | None) -> str:
    return render_template("vouching/form.html", person=person, form_=form, said=said)
