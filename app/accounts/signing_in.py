"""The identity host's doors: sign in, sign up, prove an address, set a password."""

from datetime import datetime, timedelta
from typing import Any

from flask import Blueprint, flash, redirect, request, url_for
from werkzeug.wrappers import Response

from app.accounts import codes, forms, identity, passages, passwords
from app.accounts.identity_host import go_on, install, page
from app.accounts.jobs import tell_of_new_password
from app.accounts.models import EmailCode
from app.accounts.people import account_of, account_with, signed_in_here
from app.accounts.throttles import CODE, SIGN_IN
from app.authorization import public, signed_in_person
from app.core import clock
from app.core.config import config
from app.core.languages import gettext as _
from app.core.languages import language
from tenants.links import platform_url

blueprint = Blueprint("identity", __name__, subdomain="id")
install(blueprint)

Page = str | tuple[str, int] | Response

# Who proved just now who they are may set a password; everybody else gets a code first.
FRESH = timedelta(minutes=15)


@blueprint.get("/passage")
@public
def passage() -> Response:
    """Come in from another of our hosts; pass on at once when signed in already."""
    asked = request.args
    passages.set_out(hall=asked.get("hall", ""), browser=asked.get("browser", ""), onward=asked.get("onward"))
    person = signed_in_here()
    if person is not None:
        return go_on(person)
    else:
        return redirect(url_for(".sign_up" if asked.get("new") else ".sign_in"))


@blueprint.route("/sign-in", methods=["GET", "POST"])
@public
def sign_in() -> Page:
    person = signed_in_here()
    if person is not None:
        return go_on(person)
    form = forms.SigningIn()
    if not form.validate_on_submit():
        return _again("sign_in", form)
    elif form.asks_for_code:
        return _send_code(form.email.data, "sign_in")
    else:
        return _by_password(form)


@blueprint.route("/sign-up", methods=["GET", "POST"])
@public
def sign_up() -> Page:
    person = signed_in_here()
    if person is not None:
        return go_on(person)
    form = forms.SigningUp()
    if not form.validate_on_submit() or not _is_usable(form, form.name.data, form.email.data):
        return _again("sign_up", form)
    password = form.password.data
    hashed = passwords.hashed(password) if password else None
    return _send_code(form.email.data, "sign_up", name=form.name.data, password_hash=hashed)


@blueprint.route("/code", methods=["GET", "POST"])
@public
def code() -> Page:
    """Take the six digits. Whoever proves an address has an account from then on."""
    now = clock.now()
    waiting = codes.awaited(now=now)
    if waiting is None:
        flash(_("That code has run out. Ask for a new one."), "warning")
        return redirect(url_for(".sign_in"))
    form = forms.Code()
    proven = _proven(form, now=now) if form.validate_on_submit() else None
    if proven is None:
        return _again("code", form, code=waiting, mailbox=_local_mailbox(waiting.email))
    person = identity.begin(account_of(proven, hall=passages.hall_served(), now=now))
    SIGN_IN.forgive(proven.email)
    return redirect(url_for(".password")) if proven.purpose == "password" else go_on(person)


@blueprint.post("/code/renewal")
@public
def renewal() -> Page:
    """Send another code to the same address."""
    waiting = codes.awaited(now=clock.now())
    if waiting is None:
        return redirect(url_for(".sign_in"))
    on = _send_code(waiting.email, waiting.purpose, name=waiting.name, password_hash=waiting.password_hash)
    flash(_("Another code is on its way. Only the newest one is good."))
    return on


@blueprint.route("/password/forgotten", methods=["GET", "POST"])
@public
def forgotten() -> Page:
    person = signed_in_here()
    form = forms.Forgotten(data={"email": person.user.email} if person else None)
    if not form.validate_on_submit():
        return _again("forgotten", form)
    return _send_code(form.email.data, "password")


@blueprint.route("/password", methods=["GET", "POST"])
@signed_in_person
def password() -> Page:
    now = clock.now()
    person = signed_in_here()
    if person is None or not person.session.is_fresh(now=now, within=FRESH):
        return redirect(url_for(".forgotten"))
    form = forms.NewPassword()
    if not form.validate_on_submit() or not _is_usable(form, person.user.name, person.user.email):
        return _again("password", form, person=person)
    person.user.choose_password(form.password.data)
    identity.end_all(person.user.id)
    person = identity.begin(person.user)
    tell_of_new_password.enqueue(user_id=person.user.id, session=person.session.handle, language=language())
    flash(_("Your password is set. Every other browser is signed out."))
    return go_on(person)


@blueprint.route("/name", methods=["GET", "POST"])
@signed_in_person
def name() -> Page:
    person = signed_in_here()
    if person is None:
        return redirect(url_for(".sign_in"))
    form = forms.Naming(obj=person.user)
    if not form.validate_on_submit():
        return _again("name", form, person=person)
    person.user.name = form.name.data
    return go_on(person)


def _by_password(form: forms.SigningIn) -> Page:
    hall = passages.hall_served()
    SIGN_IN.count(form.email.data, hall=hall)
    user = account_with(form.email.data, form.password.data)
    if user is None:
        form.refuse(None, _("That address and password do not go together. Try again, or have a code e-mailed to you."))
        return _again("sign_in", form)
    elif not user.is_verified:
        return _send_code(user.email, "sign_in")
    else:
        SIGN_IN.forgive(user.email)
        return go_on(identity.begin(user))


def _proven(form: forms.Code, *, now: datetime) -> EmailCode | None:
    try:
        return codes.prove(form.digits.data, now=now)
    except (codes.WrongCode, codes.CodeOver) as refusal:
        form.refuse("digits", refusal.message)
        return None


def _local_mailbox(email: str) -> str:
    """Return where a developer finds the mail, or nothing where mail is really sent."""
    is_local = config().development and not config().smtp_url
    return platform_url("mailbox.index", to=email) if is_local else ""


def _send_code(email: str, purpose: str, *, name: str = "", password_hash: str | None = None) -> Response:
    # The same for every address: whether it has an account is told to whoever reads its mail, and to nobody else.
    hall = passages.hall_served()
    CODE.count(email, hall=hall)
    codes.ask(email, purpose, now=clock.now(), hall=hall, name=name, password_hash=password_hash)
    return redirect(url_for(".code"))


def _is_usable(form: forms.SigningUp | forms.NewPassword, name: str, email: str) -> bool:
    hall = passages.hall_served()
    about = [name, email, "Guildhall", config().platform_host, *((hall.name, hall.slug) if hall else ())]
    try:
        if form.password.data:
            passwords.check(form.password.data, about=about)
    except passwords.UnusablePassword as refusal:
        form.refuse("password", refusal.message)
    return not form.errors


def _again(template: str, form: forms.Form, **more: Any) -> tuple[str, int]:
    return page(template, form_=form, **more), 422 if form.is_submitted() else 200
