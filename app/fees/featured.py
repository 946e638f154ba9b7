"""Gigs that stand out: above the whole list, marked, and never in what a search finds."""

from datetime import datetime
from typing import Any
from uuid import UUID

from flask import render_template, url_for
from markupsafe import Markup
from sqlalchemy import bindparam, exists, func, literal_column, select, text

from app.core import clock
from app.core.languages import gettext as _
from app.core.reading import Reading
from app.core.wording import day, money
from app.fees.asking import fee_due, fee_of
from app.fees.models import GigFee, GigPurchase
from app.gigs.cards import cards
from app.gigs.queries.open_gigs import these
from app.gigs.standing import NextStep, Standing, refines_standing
from app.memberships.models import Tier
from tenants.context import Actor, member_or_none, tenant
from tenants.isolation import scoped
from tenants.versions import kept_of_hall

#: So many stand above the list; of more, those that have stood there the shortest.
MOST = 3

_FEATURED = Reading(
    select(GigPurchase.gig_id, func.max(GigPurchase.until).label("until"))
    .where(
        scoped(GigPurchase),
        # As the index has it.
        text("gig_purchases.kind = 'featured' AND gig_purchases.state = 'paid'"),
        GigPurchase.until > bindparam("now"),
        GigPurchase.gig_id.is_not(None),
    )
    .group_by(GigPurchase.gig_id)
    .order_by(func.max(GigPurchase.until).desc())
)
_NOTHING = literal_column("0")
_OFFERED = Reading(
    select(
        exists()
        .where(scoped(GigFee), text("gig_fees.kind = 'featured'"), GigFee.amount > _NOTHING)
        .label("is_sold"),
        select(func.array_agg(Tier.id)).where(scoped(Tier), Tier.featured_a_month > _NOTHING).scalar_subquery()
        .label("tiers"),
    )
)  # fmt: skip


def featured_gigs() -> Markup:
    """Return the part above the list with the gigs that stand out; nothing where none do."""
    ids = list(kept_of_hall("featured", _until))[:MOST]
    shown = these(ids, member_or_none()) if ids else {}
    rows = [shown[gig_id] for gig_id in ids if gig_id in shown]
    return Markup(render_template("fees/featured.html", rows=cards(rows))) if rows else Markup("")


def _until() -> dict[UUID, datetime]:
    return {row.gig_id: row.until for row in _FEATURED.rows(now=clock.now())}


def _offered() -> tuple[bool, frozenset[UUID]]:
    """Return whether featuring is sold, and which tiers include some of it."""
    row = _OFFERED.one_or_none()
    return bool(row and row.is_sold), frozenset((row and row.tiers) or ())


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
    until = kept_of_hall("featured", _until).get(gig.id)
    if until is not None and until > clock.now():
        label = _("Featured until %(day)s", day=day(until.date(), clock.today(tenant.time_zone)))
    elif _may_feature(gig, viewer):
        label = _("Feature it …")
    else:
        return standing
    step = NextStep(label, href=url_for("fees.offer", gig_id=gig.id), icon="star")
    return Standing(
        standing.title, standing.text, standing.until, (*standing.steps, step), standing.more, standing.is_theirs
    )


def _may_feature(gig: Any, viewer: Actor) -> bool:
    is_sold, including = kept_of_hall("featuring is offered", _offered)
    if not viewer.cover.tiers.isdisjoint(including):
        return True
    return bool(is_sold) and fee_of("featured", gig.category_id) is not None
