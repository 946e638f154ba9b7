"""Letting somebody act for one: asking, consenting, witnessing, ending; and acting itself, with one step there and back."""

from datetime import timedelta
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from app.accounts import sessions
from app.assisting.forms import MandateForm, WitnessForm
from app.assisting.queries import Shown, deeds_under, have_dealings, mandates_of, shown, waiting_for_a_witness
from app.authorization import authorized, current_member, may, signed_in_person
from app.core import clock
from app.core.database import db
from app.core.errors import Conflict, Invalid, NotFound
from app.core.languages import gettext as _
from app.core.limits import allow
from app.mandates.failures import AnsweredBefore, DealingsBetween, NotYourself
from app.mandates.models import Mandate, is_away
from app.policies import (
    ACT_FOR,
    ANSWER_MANDATE,
    ASK_FOR_MANDATE,
    BE_HERE,
    END_MANDATE,
    MANAGE_MEMBERS,
    SEE_MANDATE,
    WITNESS_MANDATE,
)
from app.profiles.blocks import are_apart
from app.profiles.people import Person, people, person_or_404
from app.vouching.failures import KeptApart
from tenants.context import current_tenant_id, member_or_none, tenant

blueprint = Blueprint("assisting", __name__, subdomain="hall")

#: How many somebody may ask for in a day.
A_DAY = 10


def mandate_or_404(mandate_id: UUID) -> Mandate:
    """:raises NotFound: when this tenant has none of that id."""
    mandate = db.session.get(Mandate, (current_tenant_id(), mandate_id))
    if mandate is None:
        raise NotFound
    return mandate


@blueprint.get("/helping")
@authorized(BE_HERE)
def index() -> str:
    me, now = current_member(), clock.now()
    mine = shown(mandates_of(me.id), now=now)
    waiting = waiting_for_a_witness(me.id, now=now) if may(MANAGE_MEMBERS) else []
    return render_template(
        "assisting/index.html",
        by_me=[one for one in mine if one.mandate.helper_id == me.id and _is_live(one)],
        for_me=[one for one in mine if one.mandate.assisted_id == me.id and _is_live(one)],
        over=[one for one in mine if not _is_live(one)],
        waiting=shown(waiting, now=now),
    )


@blueprint.get("/people/<uuid:member_id>/mandates/new")
@authorized(ASK_FOR_MANDATE, load=person_or_404)
def new(person: Person) -> str:
    _refuse_unfit(person)
    return _form_page(person, MandateForm(data={"side": "help"}))


@blueprint.post("/people/<uuid:member_id>/mandates")
@authorized(ASK_FOR_MANDATE, load=person_or_404)
def ask(person: Person) -> tuple[str, int] | Response:
    _refuse_unfit(person)
    me, form = current_member(), MandateForm()
    if not form.validate_on_submit():
        return _form_page(person, form), 422
    allow("mandates", str(me.id), limit=A_DAY, per=timedelta(days=1))
    helper_id, assisted_id = (me.id, person.id) if form.side.data == "help" else (person.id, me.id)
    mandate = Mandate.ask(
        helper_id=helper_id,
        assisted_id=assisted_id,
        scopes=form.scopes.data,
        until=clock.end_of_day(form.until.data, tenant.time_zone),
        words=form.words.data,
        by=me,
        now=clock.now(),
    )
    flash(_("Asked. It lets nobody do anything before %(name)s has consented.", name=person.first_name))
    return redirect(url_for(".show", mandate_id=mandate.id))


@blueprint.get("/helping/<uuid:mandate_id>")
@authorized(SEE_MANDATE, load=mandate_or_404)
def show(mandate: Mandate) -> str:
    now = clock.now()
    witness = people([mandate.witness_id]).get(mandate.witness_id) if mandate.witness_id else None
    return render_template(
        "assisting/show.html",
        one=_shown(mandate),
        deeds=deeds_under(mandate),
        witness=witness,
        away=mandate.asked_by == mandate.helper_id and is_away(mandate.assisted, now=now),
        is_over=mandate.state in ("declined", "withdrawn", "ended") or mandate.until <= now,
    )


@blueprint.post("/helping/<uuid:mandate_id>/consent")
@authorized(ANSWER_MANDATE, load=mandate_or_404)
def consent(mandate: Mandate) -> Response:
    _refuse_dealings(mandate.helper_id, mandate.assisted_id)
    mandate.consent(by=current_member(), now=clock.now())
    flash(_("It is in force now. Either of you can end it at any time."))
    return redirect(url_for(".show", mandate_id=mandate.id))


@blueprint.post("/helping/<uuid:mandate_id>/refusal")
@authorized(ANSWER_MANDATE, load=mandate_or_404)
def decline(mandate: Mandate) -> Response:
    mandate.decline(by=current_member(), now=clock.now())
    flash(_("You said no. It lets nobody do anything."))
    return redirect(url_for(".index"))


@blueprint.post("/helping/<uuid:mandate_id>/end")
@authorized(END_MANDATE, load=mandate_or_404)
def end(mandate: Mandate) -> Response:
    mandate.end(by=current_member(), now=clock.now())
    flash(_("It is over, from this moment on."))
    return redirect(url_for(".show", mandate_id=mandate.id))


@blueprint.get("/helping/<uuid:mandate_id>/witness")
@authorized(WITNESS_MANDATE, load=mandate_or_404)
def ask_witness(mandate: Mandate) -> str:
    if mandate.state != "asked":
        raise AnsweredBefore
    return _witness_page(mandate, WitnessForm())


@blueprint.post("/helping/<uuid:mandate_id>/witness")
@authorized(WITNESS_MANDATE, load=mandate_or_404)
def witness(mandate: Mandate) -> tuple[str, int] | Response:
    form = WitnessForm()
    if not form.validate_on_submit():
        return _witness_page(mandate, form), 422
    _refuse_dealings(mandate.helper_id, mandate.assisted_id)
    mandate.witness(by=current_member(), how=form.how.data, now=clock.now())
    flash(_("It is on record, and in force now. Give them the letter, so that they have it on paper."))
    return redirect(url_for(".letter", mandate_id=mandate.id))


@blueprint.get("/helping/<uuid:mandate_id>/letter")
@authorized(SEE_MANDATE, load=mandate_or_404)
def letter(mandate: Mandate) -> str:
    """The same on paper, for somebody who does not sign in."""
    witness = people([mandate.witness_id]).get(mandate.witness_id) if mandate.witness_id else None
    return render_template("assisting/letter.html", one=_shown(mandate), witness=witness)


@blueprint.post("/helping/<uuid:mandate_id>/acting")
@authorized(ACT_FOR, load=mandate_or_404)
def begin(mandate: Mandate) -> Response:
    if not mandate.runs(now=clock.now()):
        raise AnsweredBefore
    elif are_apart(mandate.helper_id, mandate.assisted_id):
        raise KeptApart
    sessions.act(mandate.id)
    return redirect("/gigs")


@blueprint.post("/helping/rest")
@signed_in_person
def stop() -> Response:
    """Be oneself again; whoever acts for nobody is so already."""
    me = member_or_none()
    if me is not None and me.helper is not None:
        sessions.act(None)
    return redirect(url_for(".index"))


@blueprint.errorhandler(Conflict)
@blueprint.errorhandler(Invalid)
def _not_so(refusal: Conflict | Invalid) -> tuple[str, int]:
    return render_template("assisting/refused.html", message=refusal.message), refusal.status


def _is_live(one: Shown) -> bool:
    return one.mandate.state in ("asked", "active") and one.mandate.until > clock.now()


def _shown(mandate: Mandate) -> Shown:
    return shown([mandate], now=clock.now())[0]


def _refuse_unfit(person: Person) -> None:
    me = current_member()
    if person.id == me.id:
        raise NotYourself
    elif are_apart(me.id, person.id):
        raise KeptApart
    _refuse_dealings(me.id, person.id)


def _refuse_dealings(one: UUID, other: UUID) -> None:
    if have_dealings(one, other):
        raise DealingsBetween


def _form_page(person: Person, form: MandateForm) -> str:
    return render_template("assisting/form.html", person=person, form_=form)


def _witness_page(mandate: Mandate, form: WitnessForm) -> str:
    return render_template("assisting/witness.html", one=_shown(mandate), form_=form)
