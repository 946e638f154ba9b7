"""“From where I am”: a list that measures from the place on whoever's profile asks, at an address that can be shared."""

from collections.abc import Mapping

from flask import flash, request
from sqlalchemy import select

from app.core.database import db
from app.core.languages import gettext as _
from app.gigs.search import query
from app.profiles.models import Profile
from tenants.context import member_or_none
from tenants.isolation import scoped

_HERE = "me"


def measured_from_home(asked: Mapping[str, str]) -> str | None:
    """Return the address of the same list, measured from where the member is; None where that is not what was asked.

    Whoever says no place on their profile is told so, and so is a visitor.
    """
    if asked.get("near") != _HERE:
        return None
    viewer = member_or_none()
    place = _place_of(viewer.id) if viewer else ""
    if not place:
        flash(_("Your profile names no town yet. Say one there, or type one here."))
    return request.path + query({name: asked[name] for name in asked} | {"near": place or None, "at": None})


def _place_of(member_id: object) -> str:
    own = select(Profile.place).where(scoped(Profile), Profile.member_id == member_id)
    return db.session.scalars(own).one_or_none() or ""
