"""What moves the balance of a leader's account, as the books have it: against an account of what it was for, with what Stripe and
the platform keep beside it, and with the tax in it on an account of its own. What is tax is nobody's income.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from billing import gateway
from billing.gateway import Answer
from billing.ledger import About, Line, post

#: What is owed to the tax office, of what members paid.
TAX = "tax"


@dataclass(frozen=True, slots=True)
class Sold:
    """A payment whose movements are booked: who paid, what for, and how much of its `total` is tax."""

    party_id: UUID
    about: About
    total: int
    tax: int

    def tax_in(self, part: int, *, after: int = 0) -> int:
        """Return the tax in a part of it when `after` of it went back before: all parts together hold all of the tax, to
        the cent.
        """
        before, upto = min(after, self.total), min(after + part, self.total)
        return self.tax * upto // self.total - self.tax * before // self.total


def book_movement(
    kind: str, source: str, account: str, moved: dict[str, Any], sold: Sold, *, now: datetime, after: int = 0
) -> bool:
    """Book one movement of the balance (a balance transaction of Stripe's), whichever way it goes; return whether that was
    news. Amounts are in the balance's currency; what was charged in another is worth that much there.

    :param after: how much of the payment had gone back before.
    """
    fees: Iterable[dict[str, Any]] = moved["fee_details"]
    amount = moved["amount"]
    tax = sold.tax_in(abs(amount), after=after) * (1 if amount > 0 else -1)
    lines = [
        Line("stripe", moved["net"]),
        Line(account, tax - amount, sold.party_id),
        Line(TAX, -tax, sold.party_id),
        Line("fees.platform", sum(fee["amount"] for fee in fees if fee["type"] == "application_fee")),
        Line("fees.stripe", sum(fee["amount"] for fee in fees if fee["type"] != "application_fee")),
    ]
    happened_at = datetime.fromtimestamp(moved["created"], UTC)
    return post(kind, source, lines, currency=moved["currency"], happened_at=happened_at, now=now, about=sold.about)


def refunds_in_order(charge_id: str, account: str | None) -> list[tuple[Answer, int]]:
    """Return the refunds of a charge, the oldest first, each with how much had gone back before it, in the balance's currency."""
    wanted = {"charge": charge_id, "expand": ["data.balance_transaction", "data.failure_balance_transaction"]}
    found, after = [], 0
    for refund in list(gateway.each("refund", wanted, account=account))[::-1]:
        found.append((refund, after))
        left = refund.get("balance_transaction")
        after += abs(left["amount"]) if isinstance(left, dict) and goes_back(refund) else 0
    return found


def goes_back(refund: Answer) -> bool:
    """Whether a refund is on its way or there: it did not fail, and nobody called it off."""
    return refund["status"] not in ("failed", "canceled")


def worth_there(tax: int, charge: Answer) -> int:
    """Return a tax, said in the currency of the charge, in that of the balance which the charge moved."""
    moved: int = charge["balance_transaction"]["amount"]
    return tax * moved // charge["amount"] if charge["amount"] else 0


def tax_of_invoice(invoice: Answer) -> int:
    """Return the tax that an invoice holds, in its own currency."""
    return sum(tax["amount"] for tax in invoice.get("total_taxes") or ())
