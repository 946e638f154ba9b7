"""The leader's pages about memberships: tiers in their order, what each is and costs, and when it is sold."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, url_for
from sqlalchemy import select
from werkzeug.wrappers import Response

from app.authorization import authorized, current_member
from app.core import clock
from app.core.config import config
from app.core.database import db
from app.core.errors import NotFound, ProductError
from app.core.languages import gettext as _
from app.core.rounds import waits_outside
from app.memberships.forms import AboutTier, Move, NewPrice
from app.memberships.limits import limits_without
from app.memberships.models import Tier, TierPrice
from app.memberships.naming import rename
from app.memberships.queries import every_tier, member_counts
from app.memberships.words import STATES, price_in_words, without_in_words
from app.policies import MANAGE_MONEY
from billing.connections import connection, runs_on_stand_in
from billing.gateway import Refused, Unclear
from tenants.context import current_tenant, current_tenant_id
from tenants.isolation import scoped

blueprint = Blueprint("tiers", __name__, subdomain="hall", url_prefix="/desk/memberships")


def tier_or_404(tier_id: UUID) -> Tier:
    """Return a tier.

    :raises NotFound: when there is none of that id here.
    """
    tier = db.session.get(Tier, (current_tenant_id(), tier_id))
    if tier is None:
        raise NotFound
    return tier


def price_or_404(price_id: UUID) -> TierPrice:
    """Return a price that is not archived.

    :raises NotFound: when there is none of that id here.
    """
    known = select(TierPrice).where(scoped(TierPrice), TierPrice.id == price_id, TierPrice.archived_at.is_(None))
    price = db.session.scalars(known).one_or_none()
    if price is None:
        raise NotFound
    return price


@blueprint.get("")
@authorized(MANAGE_MONEY)
def index() -> str:
    counts = member_counts()
    tiers = every_tier()
    rows = [
        {
            "tier": tier,
            "state": STATES[tier.state],
            "prices": [price_in_words(price) for price in tier.prices],
            "members": counts.get(tier.id, 0),
        }
        for tier in tiers
    ]
    without = without_in_words(limits_without())
    return render_template("memberships/tiers.html", rows=rows, without=without, **_selling())


@blueprint.get("/new")
@authorized(MANAGE_MONEY)
def new() -> str:
    return render_template("memberships/new.html", form_=AboutTier())


@blueprint.post("")
@authorized(MANAGE_MONEY)
def create() -> tuple[str, int] | Response:
    form = AboutTier()
    if not form.validate_on_submit():
        return render_template("memberships/new.html", form_=form), 422
    tier = Tier.draft(by=current_member(), now=clock.now(), **form.told)
    flash(_("Now say what it costs."))
    return redirect(url_for(".edit", tier_id=tier.id, _anchor="prices"))


@blueprint.get("/<uuid:tier_id>")
@authorized(MANAGE_MONEY, load=tier_or_404)
def edit(tier: Tier) -> str:
    return _page(tier)


@blueprint.post("/<uuid:tier_id>")
@authorized(MANAGE_MONEY, load=tier_or_404)
def revise(tier: Tier) -> tuple[str, int] | Response:
    form = AboutTier()
    if not form.validate_on_submit():
        return _page(tier, about=form), 422
    tier.revise(by=current_member(), **form.told)
    rename.enqueue(tier_id=tier.id)
    flash(_("Saved."))
    return redirect(url_for(".edit", tier_id=tier.id))


@blueprint.post("/<uuid:tier_id>/prices")
@waits_outside
@authorized(MANAGE_MONEY, load=tier_or_404)
def set_price(tier: Tier) -> tuple[str, int] | Response:
    form = NewPrice()
    if not form.validate_on_submit():
        return _page(tier, price=form), 422
    try:
        tier.price(form.interval.data, form.amount.data, form.currency.data, by=current_member(), now=clock.now())
    except (ProductError, Unclear) as problem:
        return _failed(tier, problem, price=form)
    flash(_("That is the price from now on. Whoever pays another keeps it."))
    return redirect(url_for(".edit", tier_id=tier.id, _anchor="prices"))


@blueprint.post("/prices/<uuid:price_id>/removal")
@authorized(MANAGE_MONEY, load=price_or_404)
def remove_price(price: TierPrice) -> tuple[str, int] | Response:
    tier = tier_or_404(price.tier_id)
    try:
        tier.drop_price(price, by=current_member(), now=clock.now())
    except ProductError as problem:
        return _failed(tier, problem)
    flash(_("Nobody can buy it at that price any more. Whoever pays it keeps it."))
    return redirect(url_for(".edit", tier_id=tier.id, _anchor="prices"))


@blueprint.post("/<uuid:tier_id>/publication")
@waits_outside
@authorized(MANAGE_MONEY, load=tier_or_404)
def publish(tier: Tier) -> tuple[str, int] | Response:
    try:
        tier.publish(by=current_member(), now=clock.now())
    except (ProductError, Unclear) as problem:
        return _failed(tier, problem)
    flash(_("On sale. Members find it under “Membership”."))
    return redirect(url_for(".index"))


@blueprint.post("/<uuid:tier_id>/closure")
@authorized(MANAGE_MONEY, load=tier_or_404)
def close(tier: Tier) -> Response:
    tier.close(by=current_member(), now=clock.now())
    flash(_("Closed. Nobody can buy it any more; whoever has it keeps it."))
    return redirect(url_for(".index"))


@blueprint.post("/<uuid:tier_id>/position")
@authorized(MANAGE_MONEY, load=tier_or_404)
def move(tier: Tier) -> Response:
    form = Move()
    if form.validate_on_submit():
        tier.move(form.to.data == "up", by=current_member())
    return redirect(url_for(".index"))


def _selling() -> dict[str, object]:
    """Return what the pages say of whether anything can be sold."""
    living = connection()
    return {
        "takes_money": bool(config().stripe_key),
        "may_charge": bool(config().stripe_key) and living is not None and living.may_charge,
        "is_played": runs_on_stand_in(),
    }


def _page(tier: Tier, *, about: AboutTier | None = None, price: NewPrice | None = None, told: str = "") -> str:
    prices = [(one, price_in_words(one)) for one in tier.prices]
    said = {name: getattr(tier, name) for name in AboutTier().told}
    wanted = price or NewPrice(data={"interval": "month", "currency": current_tenant().currency})
    return render_template(
        "memberships/tier.html",
        tier=tier,
        state=STATES[tier.state],
        form_=about or AboutTier(data=said),
        price_form=wanted,
        prices=prices,
        told=told,
        members=member_counts().get(tier.id, 0),
        **_selling(),
    )


def _failed(tier: Tier, problem: Exception, *, price: NewPrice | None = None) -> tuple[str, int]:
    """Answer with the tier's page and what stood in the way."""
    # The page shows how it stands, not what was tried.
    db.session.rollback()
    if isinstance(problem, Unclear):
        told = _("Stripe does not answer at the moment. Nothing is lost; try again in a little while.")
        return _page(tier, price=price, told=told), 503
    elif isinstance(problem, Refused) and problem.detail:
        return _page(tier, price=price, told=_("Stripe did not accept this: %(why)s", why=problem.detail)), 409
    assert isinstance(problem, ProductError)
    return _page(tier, price=price, told=problem.message), problem.status
