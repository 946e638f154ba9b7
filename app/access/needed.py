"""The page that says kindly what is needed, and leads to it and back; what was typed is kept."""

from typing import Any

from flask import render_template, request

from app.access.blueprint import blueprint
from app.access.queries import tiers_on_sale
from app.access.words import NEEDED
from app.authorization import MembershipNeeded
from app.core.languages import gettext as _
from app.memberships.limits import LimitReached
from tenants.context import member_or_none, tenant

# More than any form of ours sends.
_MOST_FIELDS = 60
# What somebody would be sorry to write again.
_LONG = 24


@blueprint.app_errorhandler(MembershipNeeded)
def say(refusal: MembershipNeeded) -> tuple[str, int]:
    """Say what is needed instead of the page that was asked for. Its address stays, so that one comes back to it."""
    me = member_or_none()
    tiers = tiers_on_sale(tenant.needs.tiers_for(refusal.purpose))
    return _page(str(NEEDED[refusal.purpose]), tiers=tiers, lapsed=me is not None and me.cover.lapsed), refusal.status


@blueprint.app_errorhandler(LimitReached)
def say_how_many(refusal: LimitReached) -> tuple[str, int]:
    """Say how many a membership gives, or being without one, and what a larger one would."""
    title = _("As many as there are without a membership") if refusal.without else _("As many as your membership gives")
    return _page(title, text=refusal.message, tiers=()), refusal.status


def _page(title: str, **facts: Any) -> str:
    typed = _typed()
    return render_template(
        "access/needed.html",
        title=title,
        onward=_way_back(),
        typed=typed,
        words=[value for name, value in typed if len(value) > _LONG],
        action=request.full_path.rstrip("?"),
        **facts,
    )


def _way_back() -> str:
    """Return the page that was asked for, or from which something was sent."""
    if request.method == "GET":
        return request.full_path.rstrip("?")
    before = request.referrer or ""
    return before.removeprefix(request.host_url.rstrip("/")) if before.startswith(request.host_url) else "/"


def _typed() -> list[tuple[str, str]]:
    """Return what was typed into the form that was sent, to be sent again once there is a membership."""
    if request.method == "GET":
        return []
    return [(name, value) for name, value in request.form.items(multi=True) if name != "csrf_token"][:_MOST_FIELDS]
