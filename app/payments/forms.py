"""Amounts that people say: a part of the price, a tip, what a worker gives back; and the country of an account."""

from app.core.forms import Choice, Form, Hidden, Money
from app.core.languages import lazy_gettext as _l
from billing.countries import countries


class Named(Form):
    """Which part of the work is meant: a milestone's id, or nothing for all of it."""

    part = Hidden(_l("Part"), max=40)


class _Amount(Named):
    # What amounts are in is the agreement's, which whoever makes the form says.
    currency = "EUR"


def _currency(form: object) -> str:
    return str(getattr(form, "currency", "EUR"))


class PartForm(_Amount):
    """For how much of the price the client would take what was handed over."""

    amount = Money(_l("How much of it"), currency=_currency, least=1, required=_l("Say how much."))


class ConsentForm(_Amount):
    """The offer that a worker has seen and agrees to."""

    amount = Hidden(_l("Amount"), max=20)


class TipForm(_Amount):
    amount = Money(
        _l("Your tip"), currency=_currency, least=100, most=1_000_000, required=_l("Say how much."),
        hint=_l("All of it goes to them."),
    )  # fmt: skip


class ReturnForm(_Amount):
    amount = Money(_l("How much goes back"), currency=_currency, least=1, required=_l("Say how much."))


class Opening(Form):
    """The country decides what Stripe asks, and cannot be changed afterwards."""

    country = Choice(
        _l("Country"),
        options=countries,
        required=_l("Choose the country in which you live."),
        hint=_l("Where you, or your company, are at home. It cannot be changed later."),
    )
