"""What is booked of held payments. Every function books one thing that happened, under a name that it has once.

| account | what stands on it |
|---|---|
| `held.cash` | what lies at Stripe, on the platform's account, of payments for gigs |
| `held.gigs` | what clients have paid in, for work that is not accepted yet (party: the client) |
| `payable.work`, `payable.leader`, `payable.coordinator` | what people have earned and do not have yet (party: theirs) |
| `commissions` | what the marketplace keeps |
| `owed.refunds` | what goes back and is not there yet (party: the client) |
| `disputed` | what banks have taken back for now |
| `debts` | what could not be fetched back from people who had it, and was not kept yet (party: whoever owes it) |
| `paid.outside` | what leaders have paid back to clients by other ways than Stripe |
| `losses` | what banks took and nobody has to give back |
| `fees.stripe`, `fees.disputes` | what Stripe keeps of payments, and for disputes |
"""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from app.payments.models import Payment, Refund, Share
from billing.ledger import About, Line, post


def account_of(share: Share) -> str:
    """Return the account on which a share stands until its owner has it."""
    return "commissions" if share.party_id is None else f"payable.{share.kind}"


def paid_in(payment: Payment, charge: dict[str, Any], *, now: datetime) -> None:
    """A client has paid; Stripe keeps its fee at once."""
    lines = [Line("held.cash", payment.total), Line("held.gigs", -payment.total, payment.client_id)]
    _book("gig_payment", charge["id"], lines, payment, charge, now)
    moved = charge.get("balance_transaction")
    if isinstance(moved, dict) and moved["fee"]:
        fee = [Line("fees.stripe", moved["fee"]), Line("held.cash", -moved["fee"])]
        # In the currency of the platform's account, which need not be that of the payment.
        at = _when(charge, now)
        post("stripe_fee", moved["id"], fee, currency=moved["currency"], happened_at=at, now=now, about=_about(payment))


def released(payment: Payment, shares: Iterable[Share], *, now: datetime) -> None:
    """Work was accepted: what was held is now theirs who earned it."""
    parts = [Line(account_of(share), -share.amount, share.party_id) for share in shares]
    lines = [Line("held.gigs", -sum(part.amount for part in parts), payment.client_id), *parts]
    _book("gig_release", f"release {payment.id}", lines, payment, None, now)


def sent(payment: Payment, share: Share, transfer: dict[str, Any], *, now: datetime) -> None:
    """A share has gone to its owner's account."""
    lines = [Line(account_of(share), transfer["amount"], share.party_id), Line("held.cash", -transfer["amount"])]
    _book("gig_transfer", transfer["id"], lines, payment, transfer, now)


def fetched(payment: Payment, share: Share, reversal: dict[str, Any], *, now: datetime) -> bool:
    """What was sent has come back from its owner's account; return whether that was news."""
    lines = [Line("held.cash", reversal["amount"]), Line(account_of(share), -reversal["amount"], share.party_id)]
    return _book("gig_reversal", reversal["id"], lines, payment, reversal, now)


def lost(payment: Payment, share: Share, amount: int, *, now: datetime) -> None:
    """What was sent cannot be fetched back: its owner owes it."""
    lines = [Line("debts", amount, share.party_id), Line(account_of(share), -amount, share.party_id)]
    _book("gig_debt", f"debt {share.id} {share.lost}", lines, payment, None, now)


def kept(payment: Payment, share: Share, amount: int, *, now: datetime) -> None:
    """Of what was earned something stays here, and pays what its owner owed."""
    lines = [Line(account_of(share), amount, share.party_id), Line("debts", -amount, share.party_id)]
    _book("gig_kept", f"kept {share.id} {share.kept}", lines, payment, None, now)


def to_return(
    payment: Payment, refund: Refund, held: int, taken: Iterable[tuple[Share, int]], *, now: datetime
) -> None:
    """Something is to go back to the client: out of what is held, and out of shares."""
    lines = [*_given_up(payment, held, taken), Line("owed.refunds", -refund.amount, payment.client_id)]
    _book("gig_refund", f"refund {refund.id}", lines, payment, None, now)


def returned(payment: Payment, refund: Refund, made: dict[str, Any], *, now: datetime) -> None:
    """It has gone back."""
    lines = [Line("owed.refunds", refund.amount, payment.client_id), Line("held.cash", -refund.amount)]
    _book("gig_refunded", made["id"], lines, payment, made, now)


def refund_failed(payment: Payment, refund: Refund, made: dict[str, Any], *, now: datetime) -> None:
    """The client's bank did not take what had gone back: it is here again, and still owed to them."""
    lines = [Line("held.cash", refund.amount), Line("owed.refunds", -refund.amount, payment.client_id)]
    _book("gig_refund_failed", f"{made['id']} failed", lines, payment, None, now)


def paid_outside(payment: Payment, refund: Refund, *, now: datetime) -> None:
    """Leaders have paid in another way what was owed to the client."""
    lines = [Line("owed.refunds", refund.amount, payment.client_id), Line("paid.outside", -refund.amount)]
    _book("gig_refunded", f"refund {refund.id} outside", lines, payment, None, now)


def bank_moved(payment: Payment, moved: dict[str, Any], *, now: datetime) -> None:
    """A bank took money back because of a dispute, or gave it back; Stripe's price for it goes along."""
    lines = [
        Line("held.cash", moved["net"]),
        Line("disputed", -moved["amount"]),
        Line("fees.disputes", moved["fee"]),
    ]
    at = _when(moved, now)
    post("gig_dispute", moved["id"], lines, currency=moved["currency"], happened_at=at, now=now, about=_about(payment))


def bank_kept(
    payment: Payment,
    dispute_id: str,
    overtaken: Iterable[Refund],
    held: int,
    taken: Iterable[tuple[Share, int]],
    lost: int,
    *,
    now: datetime,
) -> None:
    """A dispute is lost: what the bank took is gone, out of what was held, of shares, and of refunds that were under way.

    :param lost: what nobody has any more, because it was given to the client in another way before.
    """
    lines = [
        *_given_up(payment, held, taken),
        *(Line("owed.refunds", refund.amount, payment.client_id) for refund in overtaken),
        Line("losses", lost),
    ]
    _book("gig_dispute_lost", f"{dispute_id} lost", [*lines, Line("disputed", -_sum(lines))], payment, None, now)


def _given_up(payment: Payment, held: int, taken: Iterable[tuple[Share, int]]) -> list[Line]:
    parts = [Line(account_of(share), amount, share.party_id) for share, amount in taken]
    return [Line("held.gigs", held, payment.client_id), *parts]


def _sum(lines: Iterable[Line]) -> int:
    return sum(line.amount for line in lines)


def _book(
    kind: str, source: str, lines: list[Line], payment: Payment, thing: dict[str, Any] | None, now: datetime
) -> bool:
    at = _when(thing, now)
    return post(kind, source, lines, currency=payment.currency, happened_at=at, now=now, about=_about(payment))


def _about(payment: Payment) -> About:
    return About("agreement", payment.agreement_id, payment.title)


def _when(thing: dict[str, Any] | None, now: datetime) -> datetime:
    """Return when an object was made at Stripe."""
    return datetime.fromtimestamp(thing["created"], UTC) if thing and "created" in thing else now
