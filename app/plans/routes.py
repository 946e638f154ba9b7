"""The leader's page about the marketplace's own plan: what is used of what, other plans, invoices."""

from collections.abc import Callable

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.authorization import authorized, current_member
from app.core import clock
from app.core.config import config
from app.core.errors import NotFound
from app.core.languages import gettext as _
from app.core.rounds import waits_outside
from app.core.timers import day_of
from app.core.wording import day
from app.plans import words
from app.plans.buying import how_many, page_to_pay
from app.plans.changing import change, give_up, go_on, preview, too_much_for_free
from app.plans.showing import Notice, overview, unpaid_notice
from app.policies import MANAGE_MONEY
from billing import gateway
from billing.connections import runs_on_stand_in
from billing.entitlements import usage
from billing.following import follow
from billing.gateway import Declined, Refused, Unclear
from billing.plan_accounts import living_subscription, plan_account
from billing.plans import CHOICES, FREE, Choice, currency_here
from tenants.context import tenant
from tenants.links import hall_url

blueprint = Blueprint("plans", __name__, subdomain="hall", url_prefix="/desk/plan")


@blueprint.app_context_processor
def _notices() -> dict[str, Callable[[], Notice | None]]:
    """Let every page of the desk say that the plan is not paid."""
    return {"plan_notice": lambda: unpaid_notice(now=clock.now())}


def choice_or_404(choice: str) -> Choice:
    """Return what can be chosen under a name.

    :raises NotFound: when there is nothing.
    """
    if choice not in CHOICES:
        raise NotFound
    return CHOICES[choice]


@blueprint.get("")
@waits_outside
@authorized(MANAGE_MONEY)
def show() -> str:
    return _page(told=_look_again() if request.args.get("from") == "stripe" else "")


@blueprint.get("/choices/<choice>")
@waits_outside
@authorized(MANAGE_MONEY, load=choice_or_404)
def choice(wanted: Choice) -> str | tuple[str, int]:
    """Show what a plan would cost and bring, before anybody agrees."""
    try:
        return _choice_page(wanted)
    except (Refused, Unclear):
        return _page(told=_no_answer()), 503


@blueprint.post("/choices/<choice>")
@authorized(MANAGE_MONEY, load=choice_or_404)
def choose(wanted: Choice) -> Response | tuple[str, int]:
    """Take a plan on a page of Stripe's where it is the first that is paid, else change what is paid for."""
    now = clock.now()
    try:
        if living_subscription() is None:
            return redirect(
                page_to_pay(wanted, by=current_member(), success_url=_back(), cancel_url=_back(""), now=now), 303
            )
        when = change(wanted, now=now)
    except Declined:
        return _page(
            told=_(
                "The bank declined the payment, so nothing has changed. Look after your card at Stripe, and try again."
            )
        ), 402
    except Refused as refusal:
        return _page(told=_("Stripe did not accept this: %(why)s", why=refusal.detail)), refusal.status
    except Unclear:
        return _page(told=_no_answer()), 503
    name = words.plan_name(wanted.plan)
    flash(
        _("Your marketplace has the plan “%(plan)s” now.", plan=name)
        if when == "now"
        else _("The plan “%(plan)s” begins when what you have paid for ends.", plan=name)
    )
    return redirect(url_for("plans.show"), 303)


@blueprint.get("/end")
@authorized(MANAGE_MONEY)
def end() -> str | Response:
    """Say what will be when the plan has ended, and ask."""
    subscription = living_subscription()
    if subscription is None or subscription.cancels_at is not None:
        return redirect(url_for("plans.show"), 303)
    used = usage()
    return render_template(
        "plans/end.html",
        subscription=subscription,
        is_paid=subscription.state in ("active", "trialing"),
        ends=day_of(subscription.period_ends_at, tenant.time_zone),
        plan=words.plan_name(subscription.choice.plan),
        too_much=words.too_much(too_much_for_free(), used, FREE),
    )


@blueprint.post("/end")
@authorized(MANAGE_MONEY)
def end_it() -> Response | tuple[str, int]:
    try:
        give_up(now=clock.now())
    except (Refused, Unclear):
        return _page(told=_no_answer()), 503
    flash(_("Your plan will not go on by itself. Nothing of your marketplace is lost."))
    return redirect(url_for("plans.show"), 303)


@blueprint.post("/continuation")
@authorized(MANAGE_MONEY)
def continue_it() -> Response | tuple[str, int]:
    try:
        go_on(now=clock.now())
    except (Refused, Unclear):
        return _page(told=_no_answer()), 503
    flash(_("Your plan goes on."))
    return redirect(url_for("plans.show"), 303)


@blueprint.post("/portal")
@authorized(MANAGE_MONEY)
def portal() -> Response | tuple[str, int]:
    """Lead to Stripe's page about the card, the details on invoices and the invoices themselves."""
    account = plan_account()
    if account is None:
        return redirect(url_for("plans.show"), 303)
    try:
        return redirect(gateway.portal_page(account.customer_id, account=None, return_url=_back()), 303)
    except (Refused, Unclear):
        return _page(told=_no_answer()), 503


def _look_again() -> str:
    """Ask Stripe how things stand, for whoever comes back from there before its webhooks; return what went wrong."""
    account, now = plan_account(), clock.now()
    if account is None:
        return ""
    had = living_subscription()
    try:
        if account.checkout_id:
            follow("platform", "checkout.session", account.checkout_id, None, now=now)
        if (subscription := living_subscription()) is not None:
            follow("platform", "subscription", subscription.subscription_id, None, now=now)
            for told in gateway.each("invoice", {"customer": account.customer_id, "limit": 3}):
                follow("platform", "invoice", told["id"], None, now=now)
        follow("platform", "customer", account.customer_id, None, now=now)
    except (Refused, Unclear):
        return _no_answer()
    if had is None and subscription is not None:
        flash(_("Your marketplace has the plan “%(plan)s” now.", plan=words.plan_name(subscription.choice.plan)))
    return ""


def _no_answer() -> str:
    return _("Stripe does not answer at the moment. Nothing is lost; try again in a little while.")


def _back(came_from: str = "stripe") -> str:
    return hall_url(tenant, "plans.show", **({"from": came_from} if came_from else {}))


def _page(*, told: str = "") -> str:
    return render_template(
        "plans/show.html",
        told=told,
        takes_money=bool(config().stripe_key),
        is_played=runs_on_stand_in(),
        page=overview(now=clock.now()),
    )


def _choice_page(wanted: Choice) -> str:
    now, used = clock.now(), usage()
    subscription = living_subscription()
    seen = preview(wanted, now=now) if subscription is not None else None
    currency = subscription.currency if subscription is not None else currency_here()
    quantity = how_many(wanted, now=now)
    return render_template(
        "plans/choice.html",
        choice=wanted,
        plan=words.plan_name(wanted.plan),
        holds=words.holds(wanted.plan),
        price=words.price(wanted, currency),
        total=words.sum_of(wanted.amount(currency) * quantity, currency, wanted.interval),
        people=quantity if wanted.plan.by_people else None,
        preview=seen,
        begins=day(day_of(seen.begins, tenant.time_zone)) if seen and seen.begins else "",
        too_much=words.too_much(used.exceeds(wanted.plan.quotas), used, wanted.plan),
        is_played=runs_on_stand_in(),
    )
