"""What a member earns here, in words and figures: what is held, on its way, and there."""

from collections.abc import Iterator, Sequence
from typing import Any
from uuid import UUID

from flask import url_for
from sqlalchemy import Row, and_, bindparam, select

from app.commissions.split import FrozenTerms, split
from app.core import clock
from app.core.config import config
from app.core.database import db
from app.core.languages import gettext as _
from app.core.languages import lazy_gettext as _l
from app.core.languages import lazy_pgettext as _p
from app.core.wording import day, money
from app.payments.debts import debts_of
from app.payments.models import Payment, Share
from app.payments.models.account import living_account
from app.payments.words import standing
from billing.asked import asked_for
from billing.connections import runs_on_stand_in
from tenants.context import tenant
from tenants.isolation import scoped

_MOST = 100
_SHARES = (
    select(Share, Payment)
    .join(Payment, and_(Payment.tenant_id == Share.tenant_id, Payment.id == Share.payment_id))
    .where(scoped(Share), scoped(Payment), Share.party_id == bindparam("member_id"))
    .order_by(Share.id.desc())
)
_HELD = (
    select(Payment)
    .where(scoped(Payment), Payment.worker_id == bindparam("member_id"), Payment.state.in_(("held", "disputed")))
    .order_by(Payment.id.desc())
)

_KINDS = {
    "work": _l("Your work"),
    "leader": _l("Your share as a leader of the category"),
    "coordinator": _l("For coordinating"),
}
_STATES = {
    "held": ("agreed", _p("payment", "Held")),
    "disputed": ("disputed", _p("payment", "Disputed at a bank")),
    "waiting": ("paused", _p("payment", "Waits for your account")),
    "leaving": ("delivered", _p("payment", "On its way")),
    "sent": ("accepted", _p("payment", "Paid")),
    "returned": ("closed", _p("payment", "Went back")),
    "owed": ("disputed", _p("payment", "You owe it")),
    "kept": ("closed", _p("payment", "Kept for what you owed")),
    "loose": ("paused", _p("payment", "Fetched back by hand")),
}


def earnings_of(member_id: UUID) -> dict[str, Any]:
    """Return everything that the page of somebody's earnings shows."""
    account = living_account(member_id)
    receives = account is not None and account.receives
    shares = db.session.execute(_SHARES, {"member_id": member_id}).all()
    held = list(db.session.scalars(_HELD, {"member_id": member_id}))
    owed = debts_of(member_id)
    rows = [_held_row(payment) for payment in held] + [*_rows(shares, receives, dict(owed))]
    return {
        "takes_money": bool(config().stripe_key),
        "is_played": runs_on_stand_in(),
        "account": account,
        # Until they first earn nobody is asked for anything.
        "standing": standing(account) if account or shares else None,
        "due": asked_for(account.due) if account else [],
        "totals": _totals(held, shares),
        "owed": [money(amount, currency) for currency, amount in sorted(owed.items())],
        "rows": rows[:_MOST],
    }


def _rows(shares: Sequence[Row[Any]], receives: bool, owed: dict[str, int]) -> Iterator[dict[str, Any]]:
    """Give a row for each share. What was kept pays the oldest debt first: what is still owed is of the newest."""
    for share, payment in shares:
        owes = min(share.lost, owed.get(payment.currency, 0))
        owed[payment.currency] = owed.get(payment.currency, 0) - owes
        state = "owed" if owes else _state(share, payment, receives)
        amount = {"owed": owes, "kept": share.kept, "loose": share.loose}.get(state, share.left or share.amount)
        yield _shown(payment, state, amount, _KINDS[share.kind], share.sent_at or share.earned_at)


def _held_row(payment: Payment) -> dict[str, Any]:
    state = "disputed" if payment.is_disputed else "held"
    return _shown(payment, state, _share_of(payment), _KINDS["work"], payment.held_at)


def _shown(payment: Payment, state: str, amount: int, kind: Any, at: Any) -> dict[str, Any]:
    tone, label = _STATES[state]
    return {
        "title": payment.title,
        "href": url_for("agreements.show", agreement_id=payment.agreement_id),
        "kind": _("A tip") if payment.kind == "tip" else kind,
        "amount": money(amount, payment.currency),
        "on": day(at.date(), clock.today(tenant.time_zone)) if at else "",
        "state": tone,
        "label": label,
    }


def _state(share: Share, payment: Payment, receives: bool) -> str:
    if not share.left:
        return "returned"
    elif share.loose:
        return "loose"
    elif share.sent:
        return "sent"
    elif not share.to_send:
        return "kept"
    elif payment.is_disputed:
        return "disputed"
    else:
        return "leaving" if receives else "waiting"


def _share_of(payment: Payment) -> int:
    """Return what a worker will have of a payment that is held."""
    terms = FrozenTerms.from_json(payment.terms)
    return split(payment.price, terms, currency=payment.currency).worker_gets


def _totals(held: Sequence[Payment], shares: Sequence[Row[Any]]) -> list[tuple[str, str, str]]:
    """Return what is held for work under way, on its way, and there, in each currency: (value, label, currency)."""
    sums: dict[str, list[int]] = {}
    for payment in held:
        sums.setdefault(payment.currency, [0, 0, 0])[0] += _share_of(payment)
    for share, payment in shares:
        of_this = sums.setdefault(payment.currency, [0, 0, 0])
        of_this[1] += share.to_send + share.loose
        of_this[2] += max(0, share.has - share.kept)
    labels = (_("held for work under way"), _("earned and on its way"), _("paid to you"))
    return [
        (money(amount, currency), label, currency)
        for currency, amounts in sorted(sums.items())
        for label, amount in zip(labels, amounts, strict=True)
    ]
