"""How a category does, for its leaders and the marketplace's: figures, targets, and whom to ask."""

import csv
import io
from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.authorization import authorized, current_member, may
from app.categories.loading import category_or_404
from app.categories.models import Category
from app.category_figures.actions import actions_for
from app.category_figures.figures import Figures, figures_of
from app.category_figures.files import lines_of
from app.category_figures.forms import TargetsForm
from app.category_figures.models import CategoryTargets
from app.category_figures.shown import courses, targets_shown, tiles, unmet_bars, within_bars
from app.category_figures.spans import DAYS, Span, span_of
from app.climbing.asking import ask
from app.core import clock
from app.core.languages import gettext as _
from app.core.languages import ngettext
from app.gigs.loading import gig_or_404
from app.gigs.models import Gig
from app.policies import ASK_FOR_GIG, EDIT_CATEGORY, MANAGE_MONEY, SEE_FIGURES
from tenants.context import tenant

blueprint = Blueprint("category_figures", __name__, subdomain="hall", template_folder="templates")


@blueprint.get("/categories/<slug>/figures")
@authorized(SEE_FIGURES, load=category_or_404)
def show(category: Category) -> str:
    at, targets, me = _span(), CategoryTargets.of(category.id), current_member()
    figures, shares = _figures(category, at, targets), _share_called(category)
    return render_template(
        "category_figures/show.html",
        category=category,
        days=at.days,
        spans=_spans(category, at),
        figures=figures,
        actions=[] if figures.is_empty else actions_for(category, figures, targets, by=me, now=at.until),
        tiles=tiles(figures, shares=shares),
        shares=shares,
        targets=targets_shown(figures, targets),
        courses=courses(figures),
        within=within_bars(figures.now.gigs),
        unmet=unmet_bars(figures),
    )


@blueprint.get("/categories/<slug>/figures.csv")
@authorized(SEE_FIGURES, load=category_or_404)
def as_csv(category: Category) -> Response:
    at = _span()
    written = io.StringIO()
    csv.writer(written).writerows(lines_of(_figures(category, at, CategoryTargets.of(category.id))))
    answer = Response(written.getvalue(), content_type="text/csv; charset=utf-8")
    name = f"{tenant.slug}-{category.slug}-{at.today.isoformat()}"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    # What somebody earned may stand in it.
    answer.headers["Cache-Control"] = "no-store"
    return answer


@blueprint.get("/categories/<slug>/figures/targets")
@authorized(EDIT_CATEGORY, load=category_or_404)
def targets(category: Category) -> str:
    return _targets_page(category, TargetsForm(formdata=None, obj=CategoryTargets.of(category.id)))


@blueprint.post("/categories/<slug>/figures/targets")
@authorized(EDIT_CATEGORY, load=category_or_404)
def set_targets(category: Category) -> Any:
    form = TargetsForm()
    if not form.validate_on_submit():
        return _targets_page(category, form), 422
    CategoryTargets.choose(category, by=current_member(), **form.data)
    flash(_("Saved."))
    return redirect(url_for(".show", slug=category.slug))


@blueprint.post("/categories/<slug>/gigs/<uuid:gig_id>/people/<uuid:member_id>/asking")
@authorized(ASK_FOR_GIG, load=gig_or_404)
def ask_for(gig: Gig, slug: str, member_id: UUID) -> Response:
    ask(gig, member_id, by=current_member(), now=clock.now())
    flash(_("They have been asked, and find it in their list."))
    return redirect(url_for(".show", slug=slug))


def _span() -> Span:
    return span_of(request.args.get("days"), now=clock.now(), zone=tenant.time_zone)


def _figures(category: Category, at: Span, targets: CategoryTargets) -> Figures:
    earned_by = None if may(MANAGE_MONEY) else current_member().id
    return figures_of(category.id, at, targets, earned_by=earned_by, zone=tenant.time_zone)


def _share_called(category: Category) -> str:
    """Return what the share is called that is shown to whoever looks: what others earn is for those who manage the money."""
    if may(MANAGE_MONEY):
        return _("share of its leaders")
    return _("your share") if category.id in current_member().leads else ""


def _spans(category: Category, at: Span) -> list[dict[str, Any]]:
    return [
        {
            "label": ngettext("%(num)s day", "%(num)s days", days),
            "href": url_for(".show", slug=category.slug, days=days),
            "current": days == at.days,
        }
        for days in DAYS
    ]


def _targets_page(category: Category, form: TargetsForm) -> str:
    return render_template("category_figures/targets.html", category=category, form_=form)
