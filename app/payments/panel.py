"""What payments add to an agreement's page: for each part of the work whether its money is there, and the step to take."""

from collections.abc import Iterator
from typing import Any

from flask import render_template, url_for
from markupsafe import Markup

from app.agreements.models import Agreement
from app.core import clock
from app.core.config import config
from app.core.languages import gettext as _
from app.core.timers import day_of
from app.core.wording import day, money
from app.payments.holding import ENDS_AFTER
from app.payments.models import Payment
from app.payments.parts import Part, latest, parts_of, payments_of
from app.payments.sharing import can_be_shared
from app.payments.words import NOTES, STATES, state_of, tone_of
from billing.connections import runs_on_stand_in
from tenants.context import member_or_none, tenant


def payments_panel(agreement: Agreement) -> Markup:
    """Return the part of an agreement's page about its money, or nothing where none is agreed on."""
    viewer = member_or_none()
    if viewer is None or agreement.settlement != "money" or not agreement.was_agreed:
        return Markup("")
    side = {agreement.client_id: "client", agreement.worker_id: "worker"}.get(viewer.id, "leader")
    return Markup(
        render_template(
            "payments/panel.html",
            agreement=agreement,
            side=side,
            takes_money=bool(config().stripe_key),
            is_played=runs_on_stand_in(),
            rows=[_row(part, side) for part in parts_of(agreement)],
            tips=[_tip(one) for one in payments_of(agreement.id) if one.kind == "tip" and one.is_paid],
            may_tip=side == "client" and may_be_tipped(agreement),
        )
    )


def may_be_tipped(agreement: Agreement) -> bool:
    return agreement.settlement == "money" and bool(agreement.accepted_at or agreement.outcome == "finished")


def _row(part: Part, side: str) -> dict[str, Any]:
    payment = latest(part)
    state = state_of(payment)
    return {
        "title": part.title,
        "part": part.id or "",
        "price": money(part.price, part.currency),
        "state": tone_of(state),
        "state_label": STATES[state],
        "notes": [note for note in _notes(part, payment, side) if note],
        "invoice": payment.page_url if payment is not None and side == "client" else "",
        "pay": _pay(part, payment) if side == "client" else None,
        "offers": url_for("payments.ask_part", agreement_id=part.agreement.id, part=part.id)
        if side == "client" and can_be_shared(part, payment)
        else None,
        "offered": _offered(payment) if side == "worker" and can_be_shared(part, payment) else None,
        "returns": url_for("payments.ask_return", agreement_id=part.agreement.id, part=part.id)
        if side == "worker" and payment is not None and payment.state in ("released", "partly_released")
        else None,
    }


def _pay(part: Part, payment: Payment | None) -> dict[str, str] | None:
    """Return what the button to pay says, where there is something to pay."""
    if not part.can_be_paid or state_of(payment) not in ("unpaid", "asked", "failed", "expired", "refunded"):
        return None
    shared = part.split(payment)
    return {"label": _("Pay %(amount)s in", amount=money(shared.client_pays, part.currency))}


def _notes(part: Part, payment: Payment | None, side: str) -> Iterator[Any]:
    """Yield what there is to say of a part's money, to whoever looks."""
    state = state_of(payment)
    yield NOTES.get(state, "")
    if (
        state in ("unpaid", "asked", "failed", "expired")
        and side == "worker"
        and not (part.is_over or part.is_accepted)
    ):
        yield _("Nothing is held for this part yet. It is safer to begin once it is.")
    if state in ("unpaid", "asked", "failed", "expired") and side == "client":
        yield _what_it_costs(part, payment)
    if payment is not None and state == "held":
        yield _how_long(payment)
        if payment.offered_price and side != "worker":
            yield _("You offered %(amount)s of it.", amount=money(payment.offered_price, payment.currency))
    if payment is not None and side == "worker" and payment.released:
        mine = sum(share.left for share in payment.shares() if share.kind == "work")
        yield _("Your share: %(amount)s.", amount=money(mine, payment.currency))
    if payment is not None and payment.is_paid:
        yield from _what_came_back(payment)


def _what_came_back(payment: Payment) -> Iterator[str]:
    """Yield what of a payment did not stay where it was sent."""
    failed = payment.failed()
    if back := _gone_back(payment) - failed:
        yield _("%(amount)s of it went back.", amount=money(back, payment.currency))
    if failed:
        yield _(
            "%(amount)s could not be sent back: the client's bank did not take it. It is still theirs; the leaders of"
            " this marketplace send it again, or in another way.",
            amount=money(failed, payment.currency),
        )
    if loose := sum(share.loose for share in payment.shares()):
        yield _(
            "%(amount)s that had been paid out was fetched back at Stripe by hand. The leaders of this marketplace say"
            " whether it is sent again or goes to the client.",
            amount=money(loose, payment.currency),
        )


def _what_it_costs(part: Part, payment: Payment | None) -> str:
    shared = part.split(payment)
    fee = shared.client_pays - shared.price
    if not fee:
        return _("It is held until you accept the work, and goes back to you when there is none.")
    return _(
        "%(price)s and a fee of %(fee)s. It is held until you accept the work, and goes back to you when there is none.",
        price=money(shared.price, part.currency),
        fee=money(fee, part.currency),
    )


def _how_long(payment: Payment) -> str:
    if payment.held_at is None:
        return ""
    last = day(day_of(payment.held_at + ENDS_AFTER, tenant.time_zone), clock.today(tenant.time_zone))
    return _(
        "%(amount)s is held until the work is accepted, at most until %(last)s.",
        amount=money(payment.held, payment.currency),
        last=last,
    )


def _gone_back(payment: Payment) -> int:
    return payment.returned + sum(share.taken for share in payment.shares())


def _offered(payment: Payment | None) -> dict[str, Any] | None:
    if payment is None or payment.offered_price is None:
        return None
    return {
        "amount": payment.offered_price,
        "text": _(
            "%(amount)s of %(price)s is offered for what you handed over. The rest would go back.",
            amount=money(payment.offered_price, payment.currency),
            price=money(payment.price, payment.currency),
        ),
    }


def _tip(payment: Payment) -> str:
    return _("A tip of %(amount)s.", amount=money(payment.total, payment.currency))
