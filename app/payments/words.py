"""What is said of held payments: their states, where earnings stand, what is missing at Stripe."""

from dataclasses import dataclass
from typing import Any

from app.core.languages import lazy_gettext as _l
from app.core.languages import lazy_pgettext as _p
from app.payments.models import Payment, PayoutAccount

#: Of a payment, in the words of both sides.
STATES = {
    "unpaid": _p("payment", "Not paid in"),
    "asked": _p("payment", "Not paid in"),
    "processing": _p("payment", "On its way in"),
    "held": _p("payment", "Held"),
    "released": _p("payment", "Paid"),
    "partly_released": _p("payment", "Partly paid"),
    "refunded": _p("payment", "Paid back"),
    "disputed": _p("payment", "Disputed at a bank"),
    "failed": _p("payment", "Not paid in"),
    "expired": _p("payment", "Not paid in"),
}
#: What these look like, in the words that badges know.
TONES = {
    "processing": "delivered", "held": "agreed", "released": "accepted", "partly_released": "accepted",
    "refunded": "closed", "disputed": "disputed",
}  # fmt: skip

NOTES = {
    "failed": _l("The bank did not take the payment. It can be tried again."),
    "expired": _l("It was not finished in time. It can be tried again."),
    "processing": _l("The bank is still at it. You are told when it is there."),
    "disputed": _l("A bank has taken it back for now. Nothing of this agreement is paid out until that is settled."),
}


@dataclass(frozen=True, slots=True)
class Standing:
    """How an account for earnings stands: its title, what that means, and what the button says (empty: there is none)."""

    tone: str
    title: Any
    text: Any
    button: Any = ""


NONE = Standing(
    "caution",
    _l("You have earned something"),
    _l("It is held for you. Open an account at Stripe, and say there where it should go; that takes a few minutes."),
)
ACCOUNTS = {
    "unfinished": Standing(
        "caution",
        _l("Stripe has questions for you"),
        _l("What you earn is held for you until Stripe knows who you are and where it should go."),
        _l("Answer Stripe"),
    ),
    "lacking": Standing(
        "caution",
        _l("Something is missing"),
        _l("What you earn is held for you until Stripe has what it asks for. What you have told it is kept."),
        _l("Give what is missing"),
    ),
    "checking": Standing(
        "info",
        _l("Stripe is looking at your answers"),
        _l("There is nothing for you to do. What you earn is held for you meanwhile."),
    ),
    "ready": Standing(
        "positive",
        _l("You are paid automatically"),
        _l("What you earn goes to your account at Stripe when work is accepted, and from there to your bank."),
        _l("Change your details"),
    ),
    "unpaid": Standing(
        "caution",
        _l("Your bank account is missing"),
        _l("What you earn waits on your account at Stripe until it may be sent to your bank."),
        _l("Give what is missing"),
    ),
    "refused": Standing(
        "negative",
        _l("Stripe has closed this account"),
        _l(
            "Only Stripe can say why: it has written to you, and its support answers you. What you earn is held for you."
        ),
    ),
}


def state_of(payment: Payment | None) -> str:
    """Return the state of a part's payment; `unpaid` where nobody has begun to pay."""
    return payment.state if payment else "unpaid"


def tone_of(state: str) -> str:
    """Return the word by which a badge knows what a state looks like."""
    return TONES.get(state, "planned")


def standing(account: PayoutAccount | None) -> Standing:
    """Return how somebody's account for earnings stands, in words."""
    return NONE if account is None else ACCOUNTS[account.standing]
