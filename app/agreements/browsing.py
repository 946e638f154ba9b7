"""Reading agreements: one's own, one of them, its files; and what leaders are asked to look at."""

from uuid import UUID

from flask import Response as FlaskResponse
from flask import redirect, render_template, url_for
from werkzeug.wrappers import Response

from app.agreements.blueprint import blueprint
from app.agreements.models import Agreement
from app.agreements.page import page_of, row_of
from app.agreements.queries import (
    agreement_or_404,
    agreements_of,
    attachment_or_404,
    disputes,
    latest_agreement_of,
)
from app.applications.models import Application
from app.applications.queries import application_or_404
from app.authorization import authorized, current_member
from app.core import files
from app.policies import MODERATE, SEE_AGREEMENT, SEE_APPLICATION, SEE_OWN_AGREEMENTS
from app.profiles.people import as_person, people
from tenants.context import current_tenant_id

_OVER = ("reviewed", "cancelled")


@blueprint.get("/agreements")
@authorized(SEE_OWN_AGREEMENTS)
def index() -> str:
    me = current_member().id
    rows = [row_of(row, me) | {"other": as_person(row)} for row in agreements_of(me)]
    mine = [row for row in rows if row["is_mine"]]
    over = [row for row in rows if row["state"] in _OVER]
    theirs = [row for row in rows if row not in mine and row not in over]
    return render_template("agreements/index.html", mine=mine, theirs=theirs, over=over)


@blueprint.get("/agreements/<uuid:agreement_id>")
@authorized(SEE_AGREEMENT, load=agreement_or_404)
def show(agreement: Agreement) -> str:
    return render_template("agreements/show.html", **page_of(agreement, current_member()))


@blueprint.get("/applications/<uuid:application_id>/agreement")
@authorized(SEE_APPLICATION, load=application_or_404)
def of_application(application: Application) -> Response:
    return redirect(url_for("agreements.show", agreement_id=latest_agreement_of(application.id).id))


@blueprint.get("/agreements/<uuid:agreement_id>/files/<uuid:attachment_id>")
@authorized(SEE_AGREEMENT, load=agreement_or_404)
def download(agreement: Agreement, attachment_id: UUID) -> FlaskResponse:
    attachment = attachment_or_404(agreement, attachment_id)
    return files.respond(current_tenant_id(), attachment.digest, attachment.name)


@blueprint.get("/disputes")
@authorized(MODERATE)
def dispute_list() -> str:
    found = disputes()
    known = people({side for one in found for side in (one.client_id, one.worker_id)})
    waiting = [one for one in found if one.state == "disputed"]
    settled = [one for one in found if one.state != "disputed"]
    return render_template(
        "agreements/disputes.html", waiting=waiting, settled=settled, people=known, me_id=current_member().id
    )
