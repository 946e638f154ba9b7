"""The pictures of a hall, for whoever may see it."""

from flask import Blueprint, Response

from app.authorization import authorized
from app.core import pictures
from app.policies import SEE_HALL
from tenants.context import current_tenant_id

blueprint = Blueprint("media", __name__, subdomain="hall")


@blueprint.get("/pictures/<name>-<size>.webp")
@authorized(SEE_HALL)
def picture(name: str, size: str) -> Response:
    return pictures.respond(current_tenant_id(), name, size)
