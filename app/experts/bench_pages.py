"""A category's bench: who is vetted for what, what waits, how it vets, and asking to be vetted."""

from collections.abc import Iterator
from typing import Any

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from app.authorization import authorized, current_member
from app.categories.loading import category_or_404
from app.categories.models import Category
from app.categories.vocabulary import skills_named
from app.core import clock, files
from app.core.languages import gettext as _
from app.experts.blueprint import blueprint
from app.experts.deciders import deciders_of
from app.experts.forms import AskingForm, BenchForm
from app.experts.models import Bench, Paper, Vetting
from app.experts.queries import bench_of, own_requests, waiting_in
from app.experts.states import VETTING
from app.policies import ASK_TO_BE_VETTED, EDIT_CATEGORY, SEE_HALL
from tenants.context import Actor, current_tenant_id, member_or_none

_AT = "/categories/<slug>/experts"


@blueprint.get(_AT)
@authorized(SEE_HALL, load=category_or_404)
def bench(category: Category) -> str:
    me = member_or_none()
    return render_template(
        "experts/bench.html",
        category=category,
        bench=Bench.of(category.id),
        experts=bench_of(category.id),
        waiting=_waiting(category, me),
        mine=own_requests(category.id, me.id) if me else [],
        labels=VETTING.labels,
    )


@blueprint.get(f"{_AT}/settings")
@authorized(EDIT_CATEGORY, load=category_or_404)
def settings(category: Category) -> str:
    kept = Bench.of(category.id)
    filled = {"is_open": kept.is_open, "levels": kept.levels, "wants": kept.wants, "months": kept.months}
    return _settings_page(category, BenchForm(formdata=None, data=filled))


@blueprint.post(f"{_AT}/settings")
@authorized(EDIT_CATEGORY, load=category_or_404)
def settle(category: Category) -> Any:
    form = BenchForm()
    if not form.validate_on_submit():
        return _settings_page(category, form), 422
    Bench.settle(category, form.data, by=current_member())
    flash(_("Settled. What was granted before stays as it is."))
    return _to_bench(category)


@blueprint.get(f"{_AT}/new")
@authorized(ASK_TO_BE_VETTED, load=category_or_404)
def new(category: Category) -> str:
    kept = Bench.of(category.id)
    return _asking_page(category, kept, AskingForm(formdata=None, bench=kept))


@blueprint.post(_AT)
@authorized(ASK_TO_BE_VETTED, load=category_or_404)
def ask(category: Category) -> Any:
    kept, me = Bench.of(category.id), current_member()
    form = AskingForm(bench=kept)
    if not form.validate_on_submit():
        return _asking_page(category, kept, form), 422
    skills = skills_named([form.skill.data], by=me.id)
    Vetting.ask(
        category,
        by=me,
        skill_id=skills[0] if skills else None,
        level=form.asked_level,
        words=form.words.data,
        evidence=form.evidence.data,
        links=form.addresses,
        papers=_kept(form, me),
        now=clock.now(),
    )
    flash(_("Sent. Two who know the field look at it, each for themselves; you hear when both have decided."))
    return _to_bench(category)


def _kept(form: AskingForm, me: Actor) -> Iterator[Paper]:
    """Keep the files that came along, and give a row for each. They go with their owner: nobody else has the same."""
    for upload in form.files.data:
        file = files.keep(upload, tenant_id=current_tenant_id(), owner=f"{me.id} shows")
        yield Paper(name=file.name, content_type=file.content_type, size=file.size, digest=file.digest)


def _waiting(category: Category, me: Actor | None) -> list[Any] | None:
    """Return what waits here for those who decide, and None for everybody else."""
    if me is None or not (me.has_role("leader", "admin") or me.id in deciders_of(category.id)):
        return None
    return [one for one in waiting_in(category.id) if one.person.id != me.id]


def _settings_page(category: Category, form: BenchForm) -> str:
    return render_template("experts/settings.html", category=category, form_=form)


def _asking_page(category: Category, kept: Bench, form: AskingForm) -> str:
    return render_template("experts/asking.html", category=category, bench=kept, form_=form)


def _to_bench(category: Category) -> Response:
    return redirect(url_for(".bench", slug=category.slug))
