"""Gigs that stand out: above the whole list, marked, and never in what a search finds."""

from typing import Any
from uuid import UUID

from flask import render_template, url_for
from markupsafe import Markup
from sqlalchemy import bindparam, exists, func, literal_column, select, text

from app.core import clock
from app.core.caching import caches
from app.core.languages import gettext as _
from app.core.reading import Reading
from app.core.wording import day, money
from app.fees.asking import fee_due, fee_of
from app.fees.models import GigFee, GigPurchase
from app.gigs.cards import cards
from app.gigs.queries.open_gigs import these
from app.gigs.standing import NextStep, Standing, refines_standing
from tenants import versions
from tenants.context import Actor, current_tenant, member_or_none, tenant
from tenants.isolation import scoped

#: So many stand above the list; of more, those that have stood there the shortest.
MOST = 3

_FEATURED = Reading(
    select(GigPurchase.gig_id, func.max(GigPurchase.until).label("last"))
    .where(
        scoped(GigPurchase),
        # As the index has it.
        text("gig_purchases.kind = 'featured' AND gig_purchases.state = 'paid'"),
        GigPurchase.until > bindparam("now"),
    )
    .group_by(GigPurchase.gig_id)
    .order_by(func.max(GigPurchase.until).desc())
    .limit(MOST)
)


#: What the page of a gig needs to know of it, in one statement: until when it stands out, and whether it could.
_STANDING_OUT = Reading(
    select(
        select(func.max(GigPurchase.until))
        .where(
            scoped(GigPurchase),
            GigPurchase.gig_id == bindparam("gig_id"),
            text("gig_purchases.kind = 'featured' AND gig_purchases.state = 'paid'"),
            GigPurchase.until > bindparam("now"),
        )
        .scalar_subquery()
        .label("until"),
        exists()
        .where(scoped(GigFee), text("gig_fees.kind = 'featured'"), GigFee.amount > literal_column("0"))
        .label("is_offered"),
    )
)


def featured_gigs() -> Markup:
    """Return the part above the list with the gigs that stand out; nothing where none do."""
    ids = _standing_out()
    shown = these(ids, member_or_none()) if ids else {}
    rows = [shown[gig_id] for gig_id in ids if gig_id in shown]
    return Markup(render_template("fees/featured.html", rows=cards(rows))) if rows else Markup("")


def _standing_out() -> list[UUID]:
    """Return the gigs that stand out. When one begins to, or no longer does, the tenant's version says so."""
    if versions.changing():
        return _read()
    hall = current_tenant()
    return caches().lists.kept((hall.id, hall.versions, "featured"), _read)


def _read() -> list[UUID]:
    return [row.gig_id for row in _FEATURED.rows(now=clock.now()) if row.gig_id]


def fee_asked(gig: Any) -> str:
    """Return what whoever looks has to pay before a gig goes live, in words; empty where it is nothing."""
    viewer = member_or_none()
    fee = fee_due(gig, viewer.id) if viewer else None
    return money(fee.amount, fee.currency) if fee else ""


@refines_standing
def with_featuring(gig: Any, viewer: Actor | None, standing: Standing) -> Standing:
    """Offer the author to let an open gig stand out, or say until when it does."""
    if viewer is None or viewer.id != gig.author_id or gig.state != "open":
        return standing
    row = _STANDING_OUT.one_or_none(gig_id=gig.id, now=clock.now())
    if row is not None and row.until is not None:
        label = _("Featured until %(day)s", day=day(row.until.date(), clock.today(tenant.time_zone)))
    elif row is not None and row.is_offered and fee_of("featured", gig.category_id) is not None:
        label = _("Feature it …")
    else:
        return standing
    step = NextStep(label, href=url_for("fees.offer", gig_id=gig.id), icon="star")
    return Standing(
        standing.title, standing.text, standing.until, (*standing.steps, step), standing.more, standing.is_theirs
    )
