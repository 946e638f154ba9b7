"""One's own account of hours, giving some back, and the leaders' page."""

import csv
import io
from collections.abc import Iterator
from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.agreements.models import Agreement
from app.agreements.page import scene_of
from app.agreements.queries import agreement_or_404
from app.authorization import authorized, current_member
from app.core import clock
from app.core.database import db
from app.core.errors import NotFound, ProductError
from app.core.languages import gettext as _
from app.core.sheets import guarded
from app.credits import reading
from app.credits.accounts import rules
from app.credits.correcting import correct, give_back, settle_rules
from app.credits.counting import hours_of
from app.credits.failures import NothingToGiveBack
from app.credits.forms import CorrectionForm, GivingBack, RulesForm
from app.credits.jobs import open_accounts
from app.credits.panel import credits_panel
from app.credits.settling import given_for
from app.credits.wording import in_hours, signed, told, told_to_leaders
from app.policies import BE_HERE, EARN, MANAGE_HALL
from app.profiles.people import as_person
from tenants.context import current_tenant_id, tenant
from tenants.models import Member

blueprint = Blueprint("credits", __name__, subdomain="hall")
blueprint.add_app_template_global(credits_panel)
blueprint.add_app_template_filter(in_hours)

COLUMNS = ("date", "what", "for", "minutes", "balance", "reason")


@blueprint.get("/credits")
@authorized(BE_HERE)
def show() -> str:
    me = current_member().id
    given, received = hours_of(me)
    page = reading.moves(me, at=request.args.get("at"))
    return render_template(
        "credits/show.html",
        own=reading.standing_of(me),
        reserved=reading.reservations(me),
        page=page,
        rows=[_row(row, told(row)) for row in page],
        given=given,
        received=received,
    )


@blueprint.get("/credits/statement.csv")
@authorized(BE_HERE)
def statement() -> Response:
    """Answer with all that moved on one's account, for a spreadsheet."""
    answer = Response("".join(_lines(current_member().id)), content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="{tenant.slug}-hours.csv"'
    return answer


@blueprint.get("/agreements/<uuid:agreement_id>/hours/return")
@authorized(EARN, load=agreement_or_404)
def ask_return(agreement: Agreement) -> str:
    given = given_for(agreement)
    if given < 1:
        raise NothingToGiveBack
    return _return_page(agreement, GivingBack(data={"minutes": given}))


@blueprint.post("/agreements/<uuid:agreement_id>/hours/return")
@authorized(EARN, load=agreement_or_404)
def return_hours(agreement: Agreement) -> tuple[str, int] | Response:
    form = GivingBack()
    if not form.validate_on_submit():
        return _return_page(agreement, form), 422
    try:
        give_back(agreement, form.minutes.data, why=form.reason.data, by=current_member(), now=clock.now())
    except ProductError as refusal:
        db.session.rollback()
        form.refuse("minutes", refusal.message)
        return _return_page(agreement, form), refusal.status
    flash(_("Given back, and they are told why."))
    return redirect(url_for("agreements.show", agreement_id=agreement.id))


@blueprint.get("/desk/credits")
@authorized(MANAGE_HALL)
def desk() -> str:
    opening, may_owe = rules()
    return _desk_page(RulesForm(data={"opening_minutes": opening, "may_owe_minutes": may_owe}))


@blueprint.post("/desk/credits")
@authorized(MANAGE_HALL)
def save_rules() -> tuple[str, int] | Response:
    form = RulesForm()
    if not form.validate_on_submit():
        return _desk_page(form), 422
    settle_rules(
        opening=form.opening_minutes.data, may_owe=form.may_owe_minutes.data, by=current_member(), now=clock.now()
    )
    open_accounts.enqueue()
    flash(_("Saved. It holds for everybody from now on."))
    return redirect(url_for(".desk"))


def member_or_404(member_id: UUID) -> Member:
    """Return a member who is here.

    :raises NotFound: when nobody of that id is.
    """
    found = db.session.get(Member, (current_tenant_id(), member_id))
    if found is None or not found.is_active:
        raise NotFound
    return found


@blueprint.get("/desk/credits/<uuid:member_id>")
@authorized(MANAGE_HALL, load=member_or_404)
def account(member: Member) -> str:
    return _account_page(member, CorrectionForm.fresh())


@blueprint.post("/desk/credits/<uuid:member_id>/corrections")
@authorized(MANAGE_HALL, load=member_or_404)
def correction(member: Member) -> tuple[str, int] | Response:
    form, member_id = CorrectionForm(), member.id
    if not form.validate_on_submit():
        return _account_page(member, form), 422
    try:
        correct(
            member_id,
            form.signed_minutes,
            key=form.correction_key,
            why=form.reason.data,
            by=current_member(),
            now=clock.now(),
        )
    except ProductError as refusal:
        db.session.rollback()
        form.refuse("minutes", refusal.message)
        return _account_page(member_or_404(member_id), form), refusal.status
    flash(_("Put right, and they are told why."))
    return redirect(url_for(".account", member_id=member_id))


def _row(row: Any, what: str) -> dict[str, Any]:
    return {
        "at": row.happened_at,
        "what": what,
        "title": row.title or "",
        "href": url_for("agreements.show", agreement_id=row.agreement_id) if row.agreement_id else "",
        "reason": row.reason,
        "minutes": signed(row.minutes),
        "balance": in_hours(row.balance),
    }


def _lines(member_id: UUID) -> Iterator[str]:
    for values in (COLUMNS, *(_cells(row) for row in reading.every_move(member_id))):
        written = io.StringIO()
        csv.writer(written).writerow(values)
        yield written.getvalue()


def _cells(row: Any) -> tuple[Any, ...]:
    words = [guarded(cell) for cell in (told(row), row.title or "", row.reason)]
    return row.happened_at.isoformat(), *words[:2], row.minutes, int(row.balance), words[2]


def _return_page(agreement: Agreement, form: GivingBack) -> str:
    return render_template(
        "credits/return.html",
        agreement=agreement,
        scene=scene_of(agreement, current_member()),
        given=given_for(agreement),
        form_=form,
    )


def _desk_page(form: RulesForm) -> str:
    now, which = clock.now(), request.args.get("show", "all")
    which = which if which in reading.LISTS else "all"
    page = reading.accounts(which, at=request.args.get("at"), now=now)
    return render_template(
        "credits/desk.html",
        sums=reading.sums(now=now),
        which=which,
        page=page,
        rows=[(as_person(row), row) for row in page],
        form_=form,
    )


def _account_page(member: Member, form: CorrectionForm) -> str:
    page = reading.moves(member.id, at=request.args.get("at"))
    rows = [_row(row, told_to_leaders(row)) | {"title": "", "href": ""} for row in page]
    return render_template(
        "credits/account.html",
        member=member,
        own=reading.standing_of(member.id),
        page=page,
        # Why somebody gave hours back is between the two.
        rows=[row | ({} if one.kind == "correction" else {"reason": ""}) for row, one in zip(rows, page, strict=True)],
        form_=form,
    )
