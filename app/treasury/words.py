"""What Stripe says of an account, in words: where it stands, what is missing, what stands in the books."""

from dataclasses import dataclass
from typing import Any

from app.core.languages import lazy_gettext as _l
from billing.connections import Connection


@dataclass(frozen=True, slots=True)
class Standing:
    """Where an account stands: its title, what that means, and what the button to Stripe says (empty: there is none)."""

    tone: str
    title: Any
    text: Any
    button: Any = ""


STANDINGS = {
    "unfinished": Standing(
        "caution",
        _l("Stripe has questions for you"),
        _l("Your account is open, but Stripe does not know yet who you are. Until it does, nothing can be sold here."),
        _l("Answer Stripe"),
    ),
    "lacking": Standing(
        "caution",
        _l("Something is missing"),
        _l("Stripe needs a little more before you can sell. What you have told it is kept."),
        _l("Give what is missing"),
    ),
    "checking": Standing(
        "info",
        _l("Stripe is looking at your answers"),
        _l("There is nothing for you to do. It often takes minutes, sometimes a few days; this page will tell."),
    ),
    "ready": Standing(
        "positive",
        _l("You can sell"),
        _l("Stripe takes payments for you and pays them out to your bank account."),
    ),
    "unpaid": Standing(
        "caution",
        _l("You can sell, but nothing is paid out"),
        _l("Payments come in and wait at Stripe until it may send them to your bank account."),
        _l("Give what is missing"),
    ),
    "refused": Standing(
        "negative",
        _l("Stripe has closed this account"),
        _l(
            "Nothing can be sold through it. Only Stripe can say why: it has written to you, and its support answers you."
        ),
    ),
    "disconnected": Standing(
        "negative",
        _l("Your account is no longer connected"),
        _l("Access was taken away at Stripe, so nothing can be sold. What was sold before stays in the books."),
    ),
}


def standing(connection: Connection) -> Standing:
    """Return where an account stands, in words."""
    return STANDINGS[connection.standing]


ACCOUNTS = {
    "stripe": _l("At Stripe"),
    "bank": _l("Paid out to the bank"),
    "memberships": _l("Memberships"),
    "discounts": _l("Taken off by offers"),
    "discounts.forgone": _l("What memberships would have cost without offers"),
    "tax": _l("Tax, owed to the tax office"),
    "held.cash": _l("At Stripe, of payments for gigs"),
    "held.gigs": _l("Held for work that is not accepted yet"),
    "payable.work": _l("Earned by work, and not paid out yet"),
    "payable.leader": _l("Earned by leaders of categories, and not paid out yet"),
    "payable.coordinator": _l("Earned by coordinating, and not paid out yet"),
    "commissions": _l("Commissions"),
    "owed.refunds": _l("On its way back to clients"),
    "disputed": _l("Taken back by banks for now"),
    "debts": _l("Owed by people who had been paid"),
    "paid.outside": _l("Paid back in other ways"),
    "losses": _l("Lost to disputes"),
    "fees.disputes": _l("Stripe's fees for disputes"),
    "fees.listing": _l("Fees for posting gigs"),
    "fees.featured": _l("Fees for featured gigs"),
    "fees.stripe": _l("Stripe's fees"),
    "fees.platform": _l("The platform's fees"),
    "refunds": _l("Refunds"),
    "disputes": _l("Taken back by banks"),
    "plan": _l("Your plan here"),
    "plan.tax": _l("Tax on your plan"),
    "card": _l("Paid with your card"),
}


def account_name(account: str) -> str:
    """Return what an account of the books is called."""
    return str(ACCOUNTS.get(account, account))
