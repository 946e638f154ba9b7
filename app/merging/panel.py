"""What a gig's page says of the question whether it becomes one with another."""

from typing import Any

from flask import render_template, url_for
from markupsafe import Markup

from app.core.database import db
from app.gigs.panels import adds_panel
from app.merging.models import Merge, any_waiting, waiting_merges
from app.policies import MERGE_GIG, TAKE_BACK_MERGE, allows
from tenants.context import Actor
from tenants.models import Member
from tenants.versions import kept_of_hall


@adds_panel
def one_of_two(gig: Any, viewer: Actor | None) -> Markup | str:
    """Return the question to the authors, and to whoever looks after the gig that it waits; nothing to others."""
    if viewer is None or not kept_of_hall("merges wait", any_waiting):
        return ""
    looks_after = allows(MERGE_GIG, viewer, gig)
    asked = [_shown(merge, gig, viewer) for merge in waiting_merges(gig.id) if looks_after or merge.is_asked(viewer.id)]
    return Markup(render_template("merging/panel.html", asked=asked)) if asked else ""


def _shown(merge: Merge, gig: Any, viewer: Actor) -> dict[str, Any]:
    goes = merge.gig_id == gig.id
    other = merge.into if goes else merge.gig
    waits = merge.waits_for(viewer.id)
    return {
        "goes": goes,
        "title": other.title,
        "href": url_for("gigs.show", gig_id=other.id),
        "by": db.session.get_one(Member, (merge.tenant_id, merge.asked_by)).name,
        "why": merge.why,
        "waits": waits,
        "consent": url_for("merging.consent", merge_id=merge.id) if waits else "",
        "refusal": url_for("merging.confirm_refusal", merge_id=merge.id) if merge.is_asked(viewer.id) else "",
        "withdraw": url_for("merging.withdraw", merge_id=merge.id) if allows(TAKE_BACK_MERGE, viewer, merge) else "",
    }
