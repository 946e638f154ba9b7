"""Who leads a category and who its experts are: their terms, past and present, and giving, renewing and ending them."""

from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from sqlalchemy import func, select

from app.authorization import authorized, current_member, may
from app.categories.loading import category_or_404
from app.categories.models import Category
from app.categories.offices import AlreadyInOffice, BannedThere, TermOfOffice, WrongSpan
from app.core import clock
from app.core.database import db
from app.core.errors import NotFound
from app.core.languages import gettext as _
from app.core.languages import lazy_gettext as _l
from app.leading.blueprint import blueprint
from app.leading.delegated import delegated
from app.leading.forms import Appointment, Ending, Renewal
from app.leading.queries import terms_of
from app.leading.wording import span, span_years
from app.policies import APPOINT, DELEGATE, SEE_HALL, SEE_OFFICE
from tenants.context import current_tenant_id, member_or_none, tenant
from tenants.isolation import scoped
from tenants.models import Member

_MOST = 8


class NoSuchTerm(NotFound):
    message = _l("There is no such term here.")


def term_or_404(term_id: UUID) -> TermOfOffice:
    """Return a term of office, locked until this request ends.

    :raises NoSuchTerm: when this tenant has none of that id.
    """
    term = db.session.get(TermOfOffice, (current_tenant_id(), term_id), with_for_update=True)
    if term is None:
        raise NoSuchTerm
    return term


@blueprint.get("/categories/<slug>/people")
@authorized(SEE_HALL)
def people(slug: str) -> str:
    category = category_or_404(slug)
    terms = terms_of(category.id)
    words = request.args.get("q", "").replace("\0", "").strip()[:80]
    return render_template(
        "leading/people.html",
        category=category,
        running=[term for term in terms if term.ended_at is None],
        delegated=delegated(category, member_or_none()),
        former=[term for term in terms if term.ended_at is not None],
        words=words,
        found=called(words) if words and (may(APPOINT) or may(DELEGATE, category)) else [],
        span=span,
        span_years=span_years,
    )


@blueprint.get("/categories/<slug>/people/<uuid:member_id>/appointment")
@authorized(APPOINT, load=category_or_404)
def appointment(category: Category, member_id: UUID) -> str:
    begun = {"office": "category_leader", "starts_on": clock.today(tenant.time_zone)}
    return _appointment_page(category, member_or_404(member_id), Appointment(formdata=None, data=begun))


@blueprint.post("/categories/<slug>/people/<uuid:member_id>/appointment")
@authorized(APPOINT, load=category_or_404)
def appoint(category: Category, member_id: UUID) -> Any:
    member, form = member_or_404(member_id), Appointment()
    if not form.validate_on_submit():
        return _appointment_page(category, member, form), 422
    try:
        TermOfOffice.begin(category, member, by=current_member(), now=clock.now(), **form.data)
    except (AlreadyInOffice, BannedThere, WrongSpan) as refusal:
        form.refuse("ends_on" if isinstance(refusal, WrongSpan) else "office", refusal.message)
        return _appointment_page(category, member, form), refusal.status
    flash(_("%(name)s is told.", name=member.name))
    return redirect(url_for(".people", slug=category.slug))


@blueprint.get("/offices/<uuid:term_id>")
@authorized(SEE_OFFICE, load=term_or_404)
def office(term: TermOfOffice) -> str:
    return _office_page(term)


@blueprint.post("/offices/<uuid:term_id>/renewal")
@authorized(APPOINT, load=term_or_404)
def renewal(term: TermOfOffice) -> Any:
    form = Renewal()
    if not form.validate_on_submit():
        return _office_page(term, renewing=form), 422
    term.renew(form.ends_on.data, by=current_member(), now=clock.now())
    flash(_("Renewed."))
    return redirect(url_for(".office", term_id=term.id))


@blueprint.post("/offices/<uuid:term_id>/end")
@authorized(APPOINT, load=term_or_404)
def end(term: TermOfOffice) -> Any:
    form = Ending()
    if not form.validate_on_submit():
        return _office_page(term, ending=form), 422
    term.end(by=current_member(), why=form.why.data, now=clock.now())
    flash(_("The term is over. It stays on record."))
    return redirect(url_for(".office", term_id=term.id))


def _appointment_page(category: Category, member: Member, form: Appointment) -> str:
    return render_template("leading/appointment.html", category=category, member=member, form_=form)


def _office_page(term: TermOfOffice, renewing: Renewal | None = None, ending: Ending | None = None) -> str:
    category = db.session.get_one(Category, (current_tenant_id(), term.category_id))
    member = db.session.get_one(Member, (current_tenant_id(), term.member_id))
    return render_template(
        "leading/office.html",
        term=term,
        category=category,
        member=member,
        said=span(term),
        renewing=renewing or Renewal(formdata=None, data={"ends_on": term.ends_on}),
        ending=ending or Ending(formdata=None),
    )


def called(words: str) -> Any:
    """Return the members whose names hold these words: id, name, hue, picture."""
    named = func.lower(Member.name).contains(words.lower(), autoescape=True)
    found = select(Member.id, Member.name, Member.hue, Member.picture)
    return db.session.execute(
        found.where(scoped(Member), Member.standing == "active", named).order_by(Member.name, Member.id).limit(_MOST)
    ).all()


def member_or_404(member_id: UUID) -> Member:
    """Return an active member.

    :raises NotFound: when this tenant has none of that id.
    """
    member = db.session.get(Member, (current_tenant_id(), member_id))
    if member is None or not member.is_active:
        raise NotFound
    return member
