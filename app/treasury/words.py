"""What Stripe says of an account, in words: where it stands, what is missing, what stands in the books."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from app.core.languages import gettext as _
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

# The first that a name of Stripe's holds.
_ASKED = (
    ("external_account", _l("A bank account for what you earn")),
    ("tos_acceptance", _l("Your agreement to Stripe's terms")),
    ("business_profile.url", _l("The address of a web page about what you do")),
    ("business_profile", _l("What your business does")),
    ("business_type", _l("Whether you are a person or a company")),
    ("verification", _l("A picture of an identity document")),
    (".dob", _l("A date of birth")),
    (".address", _l("An address")),
    ("first_name", _l("A name")),
    ("last_name", _l("A name")),
    (".phone", _l("A telephone number")),
    (".email", _l("An e-mail address")),
    ("tax_id", _l("A tax number")),
    ("id_number", _l("A number from an identity document")),
    ("owners", _l("Who owns the company")),
    ("directors", _l("Who runs the company")),
    ("company", _l("More about your company")),
)


def asked_for(names: Iterable[str]) -> list[str]:
    """Return in words what Stripe asks for, each once."""
    return list(dict.fromkeys(_in_words(name) for name in names))


def _in_words(name: str) -> str:
    return str(next((words for part, words in _ASKED if part in name), _("More about you or your business")))


def standing(connection: Connection) -> Standing:
    """Return where an account stands, in words."""
    return STANDINGS[connection.standing]


ACCOUNTS = {
    "stripe": _l("At Stripe"),
    "bank": _l("Paid out to the bank"),
    "memberships": _l("Memberships"),
    "fees.stripe": _l("Stripe's fees"),
    "fees.platform": _l("The platform's fees"),
    "refunds": _l("Refunds"),
    "disputes": _l("Taken back by banks"),
}


def account_name(account: str) -> str:
    """Return what an account of the books is called."""
    return str(ACCOUNTS.get(account, account))
