"""The leader's page of commission: the rules, what they come to, and what both sides see of them."""

from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.authorization import authorized, current_member
from app.commissions import panel as _panel  # noqa: F401  (it adds itself to a gig's page)
from app.commissions.example import example
from app.commissions.forms import ExampleForm, RuleForm, categories, filled
from app.commissions.groups import TIER
from app.commissions.models import CommissionRule, RuleExists
from app.commissions.rules import nearest, rule_or_404, rules
from app.commissions.wording import rule_in_words, whom
from app.core import clock
from app.core.languages import gettext as _
from app.policies import MANAGE_MONEY
from tenants.context import tenant

blueprint = Blueprint("commissions", __name__, subdomain="hall", url_prefix="/desk/money/commission")

_EVERYBODY = frozenset({"everybody"})


@blueprint.get("")
@authorized(MANAGE_MONEY)
def index() -> str:
    every = rules()
    between = {"client": "everybody", "worker": "everybody"}
    tried = ExampleForm(formdata=request.args) if "amount" in request.args else ExampleForm(**between)
    return render_template(
        "commissions/index.html",
        rules=[
            {
                "title": whom(one.named, one.category),
                "says": rule_in_words(one),
                "is_foreign": one.currency != tenant.currency,
                "currency": one.currency,
                "href": url_for(".edit", rule_id=one.id),
            }
            for one in every
        ],
        form_=tried,
        example=example(every, tried) if "amount" in request.args and tried.validate() else None,
    )


@blueprint.get("/rules/new")
@authorized(MANAGE_MONEY)
def new() -> str:
    """Begin with what everybody pays: a rule for some is seldom far from it."""
    found = nearest(rules(), category_id=None, groups=_EVERYBODY)
    return _form_page(RuleForm(data=filled(found) if found else None))


@blueprint.post("/rules")
@authorized(MANAGE_MONEY)
def add() -> tuple[str, int] | Response:
    form = RuleForm()
    if not form.validate_on_submit():
        return _form_page(form), 422
    try:
        CommissionRule.add(form.fees, **_of(form), now=clock.now())
    except RuleExists as refusal:
        form.refuse("people", refusal.message)
        return _form_page(form), 422
    flash(_("The rule counts for what is put forward from now on."))
    return redirect(url_for(".index"))


@blueprint.get("/rules/<uuid:rule_id>")
@authorized(MANAGE_MONEY, load=rule_or_404)
def edit(rule: CommissionRule) -> str:
    return _form_page(RuleForm(data=filled(rule)), rule.id)


@blueprint.post("/rules/<uuid:rule_id>")
@authorized(MANAGE_MONEY, load=rule_or_404)
def revise(rule: CommissionRule) -> tuple[str, int] | Response:
    form = RuleForm()
    if not form.validate_on_submit():
        return _form_page(form, rule.id), 422
    try:
        rule.revise(form.fees, **_of(form))
    except RuleExists as refusal:
        form.refuse("people", refusal.message)
        return _form_page(form, rule.id), 422
    flash(_("Saved. What was put forward before stays as it was."))
    return redirect(url_for(".index"))


@blueprint.post("/rules/<uuid:rule_id>/removal")
@authorized(MANAGE_MONEY, load=rule_or_404)
def remove(rule: CommissionRule) -> Response:
    rule.remove(by=current_member())
    flash(_("Removed. What was put forward before stays as it was."))
    return redirect(url_for(".index"))


def _of(form: RuleForm) -> dict[str, Any]:
    kind, _space, tier_id = form.people.data.partition(" ")
    return {
        "people": kind,
        "tier_id": UUID(tier_id) if kind == TIER else None,
        "category_id": form.category_id.data,
        "currency": tenant.currency,
        "by": current_member(),
    }


def _form_page(form: RuleForm, rule_id: UUID | None = None) -> str:
    if rule_id is not None:
        # A rule for a category that was archived since keeps it.
        form.category_id.options = categories(rule_or_404(rule_id).category_id)
    return render_template("commissions/rule.html", form_=form, rule_id=rule_id)
