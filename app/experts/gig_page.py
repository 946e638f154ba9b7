"""What questions to experts add to other pages: answers about a gig, the newest of a category, and the way to ask."""

from typing import Any

from flask import render_template
from markupsafe import Markup

from app.categories.models import Category
from app.experts.questions import answered_about, answered_lately, has_experts
from app.gigs.category_parts import adds_foot
from app.gigs.panels import adds_panel
from tenants.context import Actor

_QUIET = ("draft", "in_review", "removed")


@adds_panel
def asked_about(gig: Any, viewer: Actor | None) -> Markup | str:
    """Return what experts answered about a gig, and for members the way to ask them."""
    if gig.category_id is None or gig.state in _QUIET:
        return ""
    answers, can_ask = answered_about(gig.id), viewer is not None and has_experts(gig.category_id)
    if not (answers or can_ask):
        return ""
    return Markup(render_template("experts/about_gig.html", gig=gig, answers=answers, can_ask=can_ask))


@adds_foot
def asked_in(category: Category) -> Markup | str:
    """Return what experts of a category answered lately, and the way to ask them."""
    answers, can_ask = answered_lately(category.id), not category.is_archived and has_experts(category.id)
    if not (answers or can_ask):
        return ""
    return Markup(render_template("experts/in_category.html", category=category, answers=answers, can_ask=can_ask))
