"""The leader's page about money: the account at Stripe, and the books."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.activity.recording import record
from app.authorization import authorized, current_member
from app.core import clock
from app.core.config import config
from app.core.languages import gettext as _
from app.core.rounds import waits_outside
from app.core.wording import money
from app.payments.loose import loose_ends
from app.policies import MANAGE_MONEY
from app.treasury.forms import Connecting, Taxes
from app.treasury.words import account_name, standing
from billing import statements
from billing.asked import asked_for
from billing.connections import Connection, charging_connection, connect, connection, runs_on_stand_in
from billing.following import follow
from billing.gateway import AccessLost, Refused, Unclear
from tenants.context import tenant
from tenants.links import hall_url

blueprint = Blueprint("treasury", __name__, subdomain="hall", url_prefix="/desk/money")


@blueprint.get("")
@waits_outside
@authorized(MANAGE_MONEY)
def show() -> str:
    found = connection()
    told = ""
    if request.args.get("from") == "stripe" and found is not None:
        told = _look_again(found)
    elif request.args.get("from") == "expired":
        told = _("That page of Stripe's had expired. Go on from here; nothing you said is lost.")
    return _page(Connecting(), told=told)


@blueprint.post("/connection")
@authorized(MANAGE_MONEY)
def begin() -> tuple[str, int] | Response:
    """Open an account at Stripe where there is none, and lead on to the page on which Stripe asks."""
    form, living = Connecting(), connection()
    needs_country = living is None or living.disconnected_at is not None
    if needs_country and not form.validate_on_submit():
        return _page(form), 422
    try:
        found = connect(form.country.data if needs_country else "", by=current_member(), now=clock.now())
        return redirect(found.page(return_url=_back("stripe"), refresh_url=_back("expired")), 303)
    except AccessLost as refusal:
        return _page(form, told=refusal.message), refusal.status
    except Refused as refusal:
        return _page(form, told=_("Stripe did not open the account: %(why)s", why=refusal.detail)), refusal.status
    except Unclear:
        return _page(form, told=_no_answer()), 503


@blueprint.post("/taxes")
@authorized(MANAGE_MONEY)
def save_taxes() -> tuple[str, int] | Response:
    form, found = Taxes(), charging_connection()
    if not form.validate_on_submit():
        return _page(Connecting(formdata=None), taxes=form), 422
    before, found.works_out_tax = found.works_out_tax, form.works_out_tax.data
    told = {"works_out_tax": {"from": before, "to": found.works_out_tax}}
    record("changed_settings", current_member(), by=current_member(), kind="tenant", changes=told)
    flash(_("Saved. It holds for what is bought from now on."))
    return redirect(url_for(".show"))


@blueprint.get("/books.csv")
@authorized(MANAGE_MONEY)
def books() -> Response:
    """Answer with everything that was ever booked, for a spreadsheet or an accountant."""
    answer = Response("".join(statements.as_csv()), content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="{tenant.slug}-books.csv"'
    return answer


def _look_again(found: Connection) -> str:
    """Ask Stripe how the account stands, for whoever comes back from there before its webhook; return what went wrong."""
    try:
        follow("connect", "account", found.account_id or "", found.account_id, now=clock.now())
    except (Refused, Unclear):
        return _no_answer()
    if found.may_charge:
        flash(_("Your account is ready: you can sell."))
    return ""


def _shown(one: statements.Balance) -> tuple[str, str]:
    """Return a balance as people read one: what was earned and what it cost are both said as they are, without a sign."""
    amount = one.amount if one.account in ("stripe", "bank") else abs(one.amount)
    return account_name(one.account), money(amount, one.currency)


def _no_answer() -> str:
    return _("Stripe does not answer at the moment. Nothing is lost; try again in a little while.")


def _back(what: str) -> str:
    return hall_url(tenant, "treasury.show", **{"from": what})


def _page(form: Connecting, *, told: str = "", taxes: Taxes | None = None) -> str:
    found = connection()
    return render_template(
        "treasury/show.html",
        form_=form,
        taxes=taxes or Taxes(formdata=None, data={"works_out_tax": found is not None and found.works_out_tax}),
        told=told,
        takes_money=bool(config().stripe_key),
        is_played=runs_on_stand_in(),
        connection=found,
        standing=standing(found) if found else None,
        due=asked_for(found.due) if found else [],
        waiting=len(loose_ends()),
        balances=[_shown(one) for one in statements.balances()],
    )
