"""Keeping somebody from one category for a time: its leaders decide, with the rule and the reason; the rest goes on."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from sqlalchemy import ColumnElement, or_, select
from werkzeug.wrappers import Response

from app.authorization import authorized, current_member
from app.categories.delegating import on_duty_in
from app.categories.loading import category_or_404
from app.categories.models import Category
from app.category_desk.desk import category_by_id_or_404
from app.core import clock
from app.core.database import db
from app.core.languages import gettext as _
from app.leading.blueprint import blueprint
from app.leading.forms import Ban
from app.leading.people import called, member_or_404
from app.moderation.models import Measure
from app.moderation.queries import bans_from
from app.moderation.words import until
from app.policies import BAN_FROM_CATEGORY, SEE_BANS
from tenants.isolation import scoped
from tenants.models import Member, Role
from tenants.offices import in_office
from tenants.restraints import DEEDS_OF_CATEGORY


@dataclass(frozen=True, slots=True)
class Keeping:
    """Whom it would be about, from which category, and what say they have there: roles there or in the whole marketplace, and
    delegated duties.
    """

    member: Member
    category: Category
    roles: Sequence[str]

    @property
    def category_id(self) -> UUID:
        found: UUID = self.category.id
        return found


def keeping_or_404(slug: str, member_id: UUID) -> Keeping:
    """Return a category and an active member.

    :raises NotFound: when this tenant has none at that address, or of that id.
    """
    category, member = category_or_404(slug), member_or_404(member_id)
    roles = select(Role.role).where(*_has_say(category), Role.member_id == member.id)
    duties = ["duty"] if member.id in on_duty_in(category.id, now=clock.now()) else []
    return Keeping(member, category, [*db.session.scalars(roles), *duties])


@blueprint.get("/categories/<slug>/bans")
@authorized(SEE_BANS, load=category_or_404)
def bans(category: Category) -> str:
    words = request.args.get("q", "").replace("\0", "").strip()[:80]
    found = called(words) if words else []
    say = _who_has_say(category) if found else set()
    return render_template(
        "leading/bans.html",
        category=category,
        rows=[(one, until(one.until)) for one in bans_from(category.id)],
        words=words,
        found=[one for one in found if one.id not in say],
        # Somebody has that name, and a say here.
        all_have_say=bool(found) and all(one.id in say for one in found),
    )


@blueprint.get("/bans/<uuid:category_id>")
@authorized(SEE_BANS, load=category_by_id_or_404)
def bans_by_id(category: Category) -> Response:
    return redirect(url_for(".bans", slug=category.slug))


@blueprint.get("/categories/<slug>/bans/<uuid:member_id>")
@authorized(BAN_FROM_CATEGORY, load=keeping_or_404)
def ban(keeping: Keeping) -> str:
    return _ban_page(keeping, Ban(formdata=None))


@blueprint.post("/categories/<slug>/bans/<uuid:member_id>")
@authorized(BAN_FROM_CATEGORY, load=keeping_or_404)
def decide_ban(keeping: Keeping) -> Any:
    form, now = Ban(), clock.now()
    if not form.validate_on_submit():
        return _ban_page(keeping, form), 422
    Measure.take(
        "limited",
        keeping.member.id,
        by=current_member(),
        rule=form.rule.data,
        why=form.why.data,
        until=form.until(now=now),
        deeds=DEEDS_OF_CATEGORY,
        category=keeping.category,
        now=now,
    )
    flash(_("Decided. %(name)s is told, with the rule and your reason.", name=keeping.member.name))
    return redirect(url_for(".bans", slug=keeping.category.slug))


def _ban_page(keeping: Keeping, form: Ban) -> str:
    return render_template("leading/ban.html", member=keeping.member, category=keeping.category, form_=form)


def _who_has_say(category: Category) -> set[UUID]:
    return on_duty_in(category.id, now=clock.now()).union(
        db.session.scalars(select(Role.member_id).where(*_has_say(category)))
    )


def _has_say(category: Category) -> tuple[ColumnElement[bool], ...]:
    """Return what makes a role one in a category, or in the whole marketplace."""
    return scoped(Role), or_(Role.category_id.is_(None), Role.category_id == category.id), in_office()
