"""The pictures of a hall: its members' for whoever may see it, its logo and its cover for everybody."""

from flask import Blueprint, Response

from app.authorization import authorized, public
from app.core import pictures
from app.policies import SEE_HALL
from tenants.context import current_tenant_id
from themes.uploads import COVERS, LOGOS

blueprint = Blueprint("media", __name__, subdomain="hall")


@blueprint.get("/pictures/<name>-<size>.webp")
@authorized(SEE_HALL)
def picture(name: str, size: str) -> Response:
    return pictures.respond(current_tenant_id(), name, size)


@blueprint.get("/logos/<name>-<size>.webp")
@public
def logo(name: str, size: str) -> Response:
    return pictures.respond(current_tenant_id(), name, size, LOGOS)


@blueprint.get("/covers/<name>-<size>.webp")
@public
def cover(name: str, size: str) -> Response:
    return pictures.respond(current_tenant_id(), name, size, COVERS)
