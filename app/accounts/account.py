"""A person's own page on the identity host: their marketplaces, their browsers, and the way out."""

from flask import Blueprint, flash, redirect, url_for
from werkzeug.wrappers import Response

from app.accounts import identity, passages
from app.accounts.agents import in_words
from app.accounts.identity_host import install, page
from app.accounts.people import signed_in_here
from app.accounts.tribes import tribes_of
from app.authorization import public, signed_in_person
from app.core import clock
from app.core.languages import gettext as _

blueprint = Blueprint("account", __name__, subdomain="id")
install(blueprint)


@blueprint.get("/")
@signed_in_person
def home() -> str | Response:
    person = signed_in_here()
    if person is None:
        return redirect(url_for("identity.sign_in"))
    passages.forget()
    browsers = [
        {"handle": row.handle, "agent": in_words(row.agent), "row": row, "here": row is person.session}
        for row in identity.sessions_of(person.user.id, now=clock.now())
    ]
    return page("home", person=person, browsers=browsers, tribes=tribes_of(person.user.id))


@blueprint.post("/sessions/<handle>/revocation")
@signed_in_person
def revocation(handle: str) -> Response:
    person = signed_in_here()
    if person is not None:
        identity.revoke(handle, user_id=person.user.id, now=clock.now())
        flash(_("That browser is signed out."))
    return redirect(url_for(".home"))


@blueprint.get("/departure")
@public
def gone() -> str:
    """Say what signing out of a hall did, and offer to sign out of the rest."""
    return page("gone", person=signed_in_here())


@blueprint.post("/departure")
@signed_in_person
def departure() -> Response:
    """Sign this browser out, of every marketplace."""
    person = signed_in_here()
    if person is not None:
        identity.end(person)
    return redirect(url_for(".gone"))


@blueprint.post("/departure/everywhere")
@signed_in_person
def departure_everywhere() -> Response:
    """Sign every browser of this person out, of every marketplace."""
    person = signed_in_here()
    if person is not None:
        identity.end_all(person.user.id)
        identity.forget()
    return redirect(url_for(".gone"))
