"""The words for skills: what members brought that nobody looked at yet, other names, and two words made one."""

from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from sqlalchemy import Row, Select, func, select
from werkzeug.wrappers import Response

from app.admin.desk import blueprint
from app.admin.forms import OtherName, SkillThatStays
from app.authorization import authorized, current_member
from app.categories import names
from app.categories.models import Skill, SkillName
from app.categories.vocabulary import folded, skills_named
from app.core import clock
from app.core.database import db
from app.core.errors import NotFound
from app.core.folding import words_in
from app.core.languages import gettext as _
from app.core.paging import Keyset, Page
from app.gigs.models import GigSkill
from app.policies import MANAGE_HALL
from app.profiles.models import MemberSkill
from tenants.isolation import scoped

_SHOWN = 30


def _used(model: Any) -> Any:
    counted = select(func.count()).where(model.tenant_id == Skill.tenant_id, model.skill_id == Skill.id)
    return counted.correlate(Skill).scalar_subquery()


_NAMES = (
    select(func.array_agg(SkillName.name))
    .where(SkillName.tenant_id == Skill.tenant_id, SkillName.skill_id == Skill.id, SkillName.name != Skill.name)
    .correlate(Skill)
    .scalar_subquery()
)


def _listed(*conditions: Any) -> Keyset:
    statement: Select[Any] = select(
        Skill.id,
        Skill.slug,
        Skill.name,
        Skill.kept_at,
        _NAMES.label("also"),
        _used(GigSkill).label("gigs"),
        _used(MemberSkill).label("people"),
    ).where(scoped(Skill), *conditions)
    return Keyset(statement, by=("slug",), size=_SHOWN)


_NEW, _ALL = _listed(Skill.kept_at.is_(None)), _listed()


def skill_or_404(skill_id: UUID) -> Skill:
    """:raises NotFound: when this tenant has none of that id."""
    skill = db.session.scalars(select(Skill).where(scoped(Skill), Skill.id == skill_id)).one_or_none()
    if skill is None:
        raise NotFound
    return skill


@blueprint.get("/skills")
@authorized(MANAGE_HALL)
def skills() -> str:
    is_new = request.args.get("show") != "all"
    page: Page[Row[Any]] = (_NEW if is_new else _ALL).page(request.args.get("at"))
    return render_template("admin/skills.html", page=page, is_new=is_new, counts=_counts())


@blueprint.get("/skills/<uuid:skill_id>")
@authorized(MANAGE_HALL, load=skill_or_404)
def skill(skill: Skill) -> str:
    return _page(skill)


@blueprint.post("/skills/<uuid:skill_id>/keeping")
@authorized(MANAGE_HALL, load=skill_or_404)
def keep_skill(skill: Skill) -> Response:
    names.keep(skill, now=clock.now())
    flash(_("“%(name)s” stays as it is.", name=skill.name))
    return redirect(url_for(".skills"))


@blueprint.post("/skills/<uuid:skill_id>/names")
@authorized(MANAGE_HALL, load=skill_or_404)
def call_skill(skill: Skill) -> tuple[str, int] | Response:
    form = OtherName()
    if not form.validate_on_submit():
        return _page(skill, form), 422
    names.call(skill, form.name.data or "", by=current_member())
    flash(_("Whoever types “%(also)s” means %(name)s now.", also=form.name.data, name=skill.name))
    return redirect(url_for(".skill", skill_id=skill.id))


@blueprint.post("/skills/<uuid:skill_id>/names/removal")
@authorized(MANAGE_HALL, load=skill_or_404)
def uncall_skill(skill: Skill) -> Response:
    names.uncall(skill, request.form.get("words", ""))
    return redirect(url_for(".skill", skill_id=skill.id))


@blueprint.post("/skills/<uuid:skill_id>/merging")
@authorized(MANAGE_HALL, load=skill_or_404)
def merge_skill(skill: Skill) -> tuple[str, int] | Response:
    form = SkillThatStays()
    if not form.validate_on_submit() or not folded(form.into.data or ""):
        return _page(skill, merging=form), 422
    gone = skill.name
    into = skill_or_404(skills_named([form.into.data or ""], by=current_member().id)[0])
    names.merge(skill, into, by=current_member(), now=clock.now())
    flash(_("“%(gone)s” is another name of %(name)s now.", gone=gone, name=into.name))
    return redirect(url_for(".skill", skill_id=into.id))


def _page(skill: Skill, naming: OtherName | None = None, merging: SkillThatStays | None = None) -> str:
    named = select(SkillName.words, SkillName.name).where(scoped(SkillName), SkillName.skill_id == skill.id)
    own = " ".join(words_in(skill.name))
    also = [row for row in db.session.execute(named.order_by(SkillName.words)) if row.words != own]
    used = db.session.execute(
        select(_used(GigSkill).label("gigs"), _used(MemberSkill).label("people")).where(
            scoped(Skill), Skill.id == skill.id
        )
    ).one()
    return render_template(
        "admin/skill.html",
        skill=skill,
        naming=naming or OtherName(formdata=None),
        merging=merging or SkillThatStays(formdata=None),
        also=also,
        used=used,
    )


def _counts() -> Row[Any]:
    new = func.count().filter(Skill.kept_at.is_(None)).label("new")
    return db.session.execute(select(func.count().label("every"), new).where(scoped(Skill))).one()
