"""Suggestions for fields that people type into. The fields work without; what is not suggested can be typed as well."""

from datetime import timedelta

from flask import Blueprint, Response, jsonify, request

from app.authorization import authorized, current_member
from app.core.forms.cleaning import clean_line
from app.core.languages import gettext as _
from app.core.languages import ngettext
from app.core.limits import allow
from app.core.towns import towns
from app.policies import LOOK_UP, SEE_HALL
from app.suggestions.queries import places_like, skills_like
from app.suggestions.search import offers
from tenants.context import member_or_none, tenant

blueprint = Blueprint("suggestions", __name__, subdomain="hall", url_prefix="/suggestions")

MOST = 8
AT_ONCE = 120
_LONGEST = 60


@blueprint.get("/skills")
@authorized(LOOK_UP)
def skills() -> Response:
    """Answer `?typed=let` with a list of `value` and `note`; nothing typed gives what most members have."""
    found = skills_like(_typed(), MOST)
    return _answer([{"value": row.name, "note": _people(row.people)} for row in found])


@blueprint.get("/places")
@authorized(LOOK_UP)
def places() -> Response:
    """Answer `?typed=lee` with a list of `value` and `note`: places of this hall, then towns of the world."""
    typed = _typed()
    here = list(places_like(typed, MOST // 2, current_member().id))
    known = {place.casefold() for place in here}
    # Of one letter there are too many.
    far = towns(typed, zone=tenant.time_zone, limit=MOST) if len(typed) > 1 else []
    world = [town for town in far if not {name.casefold() for name in town.spellings} & known]
    return _answer(
        [
            *({"value": place, "note": _("used here")} for place in here),
            *({"value": town.as_written, "note": town.region if town.is_near else ""} for town in world),
        ][:MOST]
    )


@blueprint.get("/search")
@authorized(SEE_HALL)
def search() -> Response:
    """Answer `?typed=let` with a list of `value`, `note` and, for what is gone to, `href`."""
    viewer = member_or_none()
    return _answer([offer._asdict() for offer in offers(_typed(), viewer)])


def _typed() -> str:
    viewer = member_or_none()
    allow(
        "suggestions", str(viewer.id) if viewer else request.remote_addr or "", limit=AT_ONCE, per=timedelta(minutes=1)
    )
    return clean_line(request.args.get("typed", "")[:_LONGEST]).text


def _people(count: int) -> str:
    return ngettext("%(num)s person", "%(num)s people", count) if count else ""


def _answer(found: list[dict[str, str]]) -> Response:
    answer = jsonify(found)
    # For this browser only, and not for long: the same beginning is typed again and again.
    answer.headers["Cache-Control"] = "private, max-age=60"
    return answer
