"""What reviews add to an agreement's page: the step to write one, and what was said."""

from typing import Any
from uuid import UUID

from flask import render_template
from markupsafe import Markup

from app.agreements.models import Agreement
from app.agreements.scene import last_day
from app.core import clock
from app.core.languages import gettext as _
from app.profiles.people import people
from app.reviews.models import Review, reviews_of_agreement
from tenants.context import member_or_none, tenant


def review_step(agreement: Agreement) -> Markup:
    """Return the button to write a review, where whoever looks still may."""
    viewer = member_or_none()
    may_write = viewer is not None and _may_write(agreement, viewer.id)
    return Markup(render_template("reviews/step.html", agreement=agreement)) if may_write else Markup("")


def reviews_panel(agreement: Agreement) -> Markup:
    """Return the part of an agreement's page with its reviews: blind until both are in, then both."""
    viewer = member_or_none()
    written = reviews_of_agreement(agreement.id)
    if viewer is None or not (written or agreement.reviews_until):
        return Markup("")
    until = last_day(agreement.reviews_until, clock.today(tenant.time_zone)) if agreement.reviews_until else ""
    known = people([agreement.client_id, agreement.worker_id])
    return Markup(
        render_template(
            "reviews/panel.html",
            agreement=agreement,
            rows=[_row(one, viewer.id, known, until) for one in written],
            may_write=_may_write(agreement, viewer.id),
            until=until,
        )
    )


def _may_write(agreement: Agreement, member_id: UUID) -> bool:
    is_open = agreement.reviews_until is not None and agreement.reviews_until > clock.now()
    written = {review.author_id for review in reviews_of_agreement(agreement.id)} if is_open else set()
    return is_open and agreement.is_party(member_id) and member_id not in written


def _row(review: Review, viewer_id: UUID, known: dict[UUID, Any], until: str) -> dict[str, Any]:
    author = known[review.author_id]
    if review.hidden_at is not None:
        return {"hidden": _("Taken out of sight")}
    if not review.is_published and review.author_id != viewer_id:
        hidden = _(
            "%(name)s has written. You read it when both of you have, or after %(until)s.",
            name=author.name,
            until=until,
        )
        return {"hidden": hidden}
    about = _("of %(name)s", name=known[review.subject_id].name)
    return {"author": author, "rating": review.rating, "text": review.text, "about": about, "at": review.written_at}
