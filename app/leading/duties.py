"""Delegating duties of a category: who looks after what for its leaders, until when, and taking that back."""

from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from app.authorization import authorized, current_member
from app.categories.delegating import LeadsAlready, TooLong, delegate, take_back
from app.categories.loading import category_or_404
from app.categories.models import Category
from app.categories.offices import BannedThere
from app.core import clock
from app.core.database import db
from app.core.errors import NotFound
from app.core.languages import gettext as _
from app.core.languages import lazy_gettext as _l
from app.leading.blueprint import blueprint
from app.leading.forms import Duties
from app.leading.people import member_or_404
from app.policies import DELEGATE, END_DUTY
from tenants.context import current_tenant_id
from tenants.duties import Delegation
from tenants.models import Member


class NoSuchDuty(NotFound):
    message = _l("There are no such duties here.")


def delegation_or_404(delegation_id: UUID) -> Delegation:
    """Return duties that were delegated.

    :raises NoSuchDuty: when this tenant has none of that id.
    """
    delegation = db.session.get(Delegation, (current_tenant_id(), delegation_id))
    if delegation is None:
        raise NoSuchDuty
    return delegation


@blueprint.get("/categories/<slug>/people/<uuid:member_id>/duties")
@authorized(DELEGATE, load=category_or_404)
def duties(category: Category, member_id: UUID) -> str:
    return _duties_page(category, member_or_404(member_id), Duties(formdata=None))


@blueprint.post("/categories/<slug>/people/<uuid:member_id>/duties")
@authorized(DELEGATE, load=category_or_404)
def give_duties(category: Category, member_id: UUID) -> Any:
    member, form = member_or_404(member_id), Duties()
    if not form.validate_on_submit():
        return _duties_page(category, member, form), 422
    try:
        delegate(category, member, form.duties.data, ends_on=form.ends_on.data, by=current_member(), now=clock.now())
    except (BannedThere, LeadsAlready, TooLong) as refusal:
        form.refuse("ends_on" if isinstance(refusal, TooLong) else "duties", refusal.message)
        return _duties_page(category, member, form), refusal.status
    flash(_("%(name)s is told.", name=member.name))
    return redirect(url_for(".people", slug=category.slug))


@blueprint.post("/duties/<uuid:delegation_id>/end")
@authorized(END_DUTY, load=delegation_or_404)
def end_duties(delegation: Delegation) -> Response:
    take_back(delegation, by=current_member(), now=clock.now())
    flash(_("These duties are over."))
    category = db.session.get_one(Category, (current_tenant_id(), delegation.category_id))
    return redirect(url_for(".people", slug=category.slug))


def _duties_page(category: Category, member: Member, form: Duties) -> str:
    return render_template("leading/duties.html", category=category, member=member, form_=form)
