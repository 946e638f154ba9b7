"""What a gig answers to its category's own fields, as whoever looks may see it; and the files among it."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import url_for
from werkzeug.wrappers import Response

from app.authorization import authorized
from app.core import files
from app.core.errors import NotFound
from app.core.files import KeptFile
from app.core.languages import gettext as _
from app.fields.kinds import seen_by
from app.fields.queries import Asked, asked_now, fields_of, these_fields
from app.fields.revealing import is_revealed
from app.fields.values import values_of
from app.fields.wording import Row, rows
from app.gigs.blueprint import blueprint
from app.gigs.loading import gig_or_404
from app.gigs.models import Gig
from app.policies import RUN_GIG, SEE_GIG, allows
from tenants.context import Actor, current_tenant_id, member_or_none


@dataclass(frozen=True, slots=True)
class Particulars:
    """Label and words of what was answered: what whoever looks may see, and to the author alone what an agreement reveals
    (`kept`) and what the category asks and the gig does not answer (`missing`).
    """

    rows: list[Row]
    kept: list[Row]
    missing: list[str]


def particulars_of(gig: Any, viewer: Actor | None) -> Particulars | None:
    """Return what a gig answers, given the row of its page; None where its category asks nothing, which needs no looking up."""
    if not gig.category_fields:
        return None
    fields, values = fields_of(gig.category_id), values_of(gig.id)
    is_own = allows(RUN_GIG, viewer, gig)
    seen = {field.id for field in fields if field.visibility in seen_by(viewer)}
    return Particulars(
        rows([field for field in fields if field.id in seen], values, lambda field: _address(gig.id, field)),
        rows(
            [field for field in fields if is_own and field.id not in seen],
            values,
            lambda field: _address(gig.id, field),
        ),
        [field.name for field in asked_now(fields) if is_own and field.required and values.get(field.id) is None],
    )


def revealed_of(gig: Gig) -> list[Row]:
    """Return what a gig answered that an agreement reveals. Whether whoever asks is a side of one is for the caller to know."""
    fields = [field for field in fields_of(gig.category_id) if field.visibility == "agreement"]
    return rows(fields, values_of(gig.id), lambda field: _address(gig.id, field)) if fields else []


@blueprint.get("/gigs/<uuid:gig_id>/fields/<uuid:field_id>")
@authorized(SEE_GIG, load=gig_or_404)
def field_file(gig: Gig, field_id: UUID) -> Response:
    field = next(iter(these_fields([field_id])), None)
    file = values_of(gig.id).get(field_id)
    if field is None or field.category_id != gig.category_id or not isinstance(file, KeptFile):
        raise NotFound(_("This file is not here."))
    if not _may_have(field, gig, member_or_none()):
        raise NotFound(_("This file is not here."))
    return files.respond(current_tenant_id(), file.digest, file.name)


def _may_have(field: Asked, gig: Gig, viewer: Actor | None) -> bool:
    if field.visibility in seen_by(viewer):
        return True
    # What two reveal to each other is for them alone, not for whoever acts for one of them.
    between_two = viewer is not None and viewer.helper is None and is_revealed(gig.id, viewer.id)
    return between_two or allows(RUN_GIG, viewer, gig)


def _address(gig_id: UUID, field: Asked) -> str:
    return url_for("gigs.field_file", gig_id=gig_id, field_id=field.id)
