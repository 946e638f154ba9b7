"""Saying thank you, and deciding which thanks are shown."""

from datetime import timedelta
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.authorization import authorized, current_member
from app.core import clock
from app.core.database import db
from app.core.errors import Conflict
from app.core.languages import gettext as _
from app.core.limits import allow
from app.kudos.failures import KeptApart, NoneLeft, NoSuchThanks, NotToYourself
from app.kudos.forms import HabitForm, ThanksForm
from app.kudos.models import Kudos, left_to, shows_at_once
from app.kudos.queries import given, received
from app.policies import ANSWER_VOUCH, BE_HERE, SPEAK_OF, TAKE_BACK_VOUCH
from app.profiles.blocks import are_apart
from app.profiles.models import Profile
from app.profiles.people import Person, person_or_404
from tenants.context import current_tenant_id

blueprint = Blueprint("kudos", __name__, subdomain="hall")

#: How often somebody may try in a day, the tries that are refused too.
A_DAY = 20


def kudos_or_404(kudos_id: UUID) -> Kudos:
    """Return somebody's thanks, locked against changes at the same time.

    :raises NoSuchThanks: when this tenant has none of that id, or they were taken back.
    """
    kudos = db.session.get(Kudos, (current_tenant_id(), kudos_id), with_for_update=True)
    if kudos is None or kudos.state == "taken_back":
        raise NoSuchThanks
    return kudos


@blueprint.get("/kudos")
@authorized(BE_HERE)
def index() -> str:
    me = current_member()
    return _index(HabitForm(data={"at_once": shows_at_once(me.id)}))


@blueprint.post("/kudos")
@authorized(BE_HERE)
def habit() -> tuple[str, int] | Response:
    me, form = current_member(), HabitForm()
    if not form.validate_on_submit():
        return _index(form), 422
    Profile.of(me.id).tell(now=clock.now(), kudos_shown=form.at_once.data)
    flash(_("Thanks are shown as they come.") if form.at_once.data else _("You are asked each time."))
    return redirect(url_for(".index"))


@blueprint.get("/people/<uuid:member_id>/kudos")
@authorized(SPEAK_OF, load=person_or_404)
def new(person: Person) -> str:
    me = current_member()
    if person.id == me.id:
        raise NotToYourself
    elif are_apart(me.id, person.id):
        raise KeptApart
    elif not _left():
        raise NoneLeft
    return render_template("kudos/form.html", person=person, form_=ThanksForm(), left=_left())


@blueprint.post("/people/<uuid:member_id>/kudos")
@authorized(SPEAK_OF, load=person_or_404)
def give(person: Person) -> tuple[str, int] | Response:
    me, form = current_member(), ThanksForm()
    if not form.validate_on_submit():
        return render_template("kudos/form.html", person=person, form_=form, left=_left()), 422
    allow("kudos", str(me.id), limit=A_DAY, per=timedelta(days=1))
    thanks = Kudos.give(person.id, by=me, reason=form.reason.data, text=form.text.data or "", now=clock.now())
    if thanks.is_shown:
        flash(_("Thank you. It stands on %(name)s’s page.", name=person.first_name))
    else:
        flash(_("Thank you. %(name)s reads it first, and decides whether it is shown.", name=person.first_name))
    return redirect(url_for("people.show", member_id=person.id))


@blueprint.post("/kudos/<uuid:kudos_id>/show")
@authorized(ANSWER_VOUCH, load=kudos_or_404)
def show(kudos: Kudos) -> Response:
    kudos.show(by=current_member(), now=clock.now())
    flash(_("It is shown on your page now."))
    return redirect(url_for(".index"))


@blueprint.post("/kudos/<uuid:kudos_id>/hide")
@authorized(ANSWER_VOUCH, load=kudos_or_404)
def hide(kudos: Kudos) -> Response:
    kudos.hide(by=current_member(), now=clock.now())
    flash(_("Only the two of you can read it."))
    return redirect(url_for(".index"))


@blueprint.post("/kudos/<uuid:kudos_id>/take-back")
@authorized(TAKE_BACK_VOUCH, load=kudos_or_404)
def take_back(kudos: Kudos) -> Response:
    kudos.take_back(by=current_member(), now=clock.now())
    flash(_("Your words are taken back."))
    return redirect(url_for(".index"))


@blueprint.errorhandler(Conflict)
def _not_so(refusal: Conflict) -> tuple[str, int]:
    return render_template("kudos/refused.html", message=refusal.message), 409


def _index(form: HabitForm) -> str:
    me, at = current_member(), request.args
    page, said = received(me.id, at=at.get("at")), given(me.id, at=at.get("given"))
    return render_template("kudos/index.html", page=page, given=said, form_=form, left=_left())


def _left() -> int:
    return left_to(current_member().id, now=clock.now())
