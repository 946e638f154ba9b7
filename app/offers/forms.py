"""What a leader says of an offer, and the code that a member types."""

import secrets
from typing import Any
from uuid import UUID

from app.core import clock
from app.core.database import db
from app.core.forms import Choice, Choices, Date, Form, Money, Paragraphs, Text, WholeNumber
from app.core.languages import gettext as _
from app.core.languages import lazy_gettext as _l
from app.core.wording import money
from app.memberships.forms import currencies
from app.memberships.models import TierPrice
from app.memberships.queries import tiers_on_sale
from app.offers.buying_gifts import offered, price_of
from app.offers.finding import as_typed
from tenants.context import current_tenant_id, tenant

_OFF = {"percent": _l("A part of the price"), "amount": _l("An amount")}
_LASTS = {
    "once": _l("The first payment"),
    "months": _l("What is paid within some months"),
    "always": _l("Every payment, for as long as somebody stays"),
}
_HOW = {"code": _l("By a code that people type"), "link": _l("By a link that you pass on")}
_SHORTEST, _LONGEST = 3, 20
#: For how many months something can be given, by how it is paid.
_GIVEN = {"month": (1, 3, 6, 12), "year": (12,)}


def _tiers() -> list[tuple[str, str]]:
    return [(str(tier.id), tier.name) for tier in tiers_on_sale()]


class NewOffer(Form):
    """An offer. Nothing of it can be changed later: whoever begins with it is to find what they read."""

    name = Text(
        _l("Name"), max=40, required=_l("Give it a name."), hint=_l("It stands on the bills of those who use it.")
    )
    off = Choice(_l("How much is taken off"), options=_OFF, radios=True, required=_l("Choose one."))
    percent = WholeNumber(_l("Per cent"), least=1, most=100)
    currency = Choice(_l("Currency"), options=currencies, required=_l("Choose a currency."))
    amount = Money(_l("Amount"), currency=lambda form: form.currency.data, least=1, most=1_000_000_00)
    lasts = Choice(_l("Off which payments"), options=_LASTS, radios=True, required=_l("Choose one."))
    months = WholeNumber(
        _l("Months"),
        least=1,
        most=36,
        hint=_l("Counted from the day on which somebody begins, days to try it out too."),
    )
    tiers = Choices(_l("For which memberships"), options=_tiers, hint=_l("None ticked: all of them."))
    how = Choice(_l("How people get it"), options=_HOW, radios=True, required=_l("Choose one."))
    code = Text(_l("Code"), max=40, hint=_l("Three to twenty letters and digits, such as SPRING26."))
    most_uses = WholeNumber(_l("How many people may use it"), least=1, most=100_000, hint=_l("Empty: any number."))
    last_day = Date(
        _l("Last day"),
        earliest=lambda: clock.today(tenant.time_zone),
        hint=_l("The last on which somebody can begin with it. Empty: until you end it."),
    )

    def check(self) -> None:
        if not getattr(self, self.off.data).data:
            self.refuse(self.off.data, _("Say how much."))
        if self.lasts.data == "months" and not self.months.data:
            self.refuse("months", _("Say for how many months."))
        if self.how.data == "code" and not _SHORTEST <= len(as_typed(self.code.data or "")) <= _LONGEST:
            self.refuse("code", _("A code has three to twenty letters from A to Z and digits."))

    @property
    def told(self) -> dict[str, Any]:
        """What was said, as an offer has it."""
        by_percent, by_link = self.off.data == "percent", self.how.data == "link"
        last = self.last_day.data
        return {
            "name": self.name.data,
            "percent": self.percent.data if by_percent else None,
            "amount": None if by_percent else self.amount.data,
            "currency": None if by_percent else self.currency.data,
            "lasts": self.lasts.data,
            "months": self.months.data if self.lasts.data == "months" else None,
            "by_link": by_link,
            "code": _made_up() if by_link else as_typed(self.code.data),
            "most_uses": self.most_uses.data,
            "until": clock.end_of_day(last, tenant.time_zone) if last else None,
        }


def _made_up() -> str:
    """Return a code that nobody guesses, for a link."""
    return secrets.token_hex(10).upper()


class UsedCode(Form):
    """A code that somebody was given."""

    code = Text(_l("Code"), max=60, required=_l("Type the code that you were given."))


def _gifts() -> list[tuple[str, str]]:
    """Return what can be given: every tier on sale for some months at its monthly price, for a year at its yearly one."""
    offered_: list[tuple[str, str]] = []
    for tier in tiers_on_sale():
        yearly = {price.currency for price in tier.prices if price.interval == "year"}
        for price in tier.prices:
            for months in _GIVEN.get(price.interval, ()):
                if months < 12 or price.interval == "year" or price.currency not in yearly:
                    words = offered(tier, months, money(price_of(price, months), price.currency))
                    offered_.append((f"{price.id}:{months}", words))
    return offered_


def priced(what: str) -> tuple[TierPrice, int]:
    """Return the price and the months that a choice among gifts names."""
    price_id, _colon, months = what.partition(":")
    return db.session.get_one(TierPrice, (current_tenant_id(), UUID(price_id))), int(months)


class NewGift(Form):
    """A membership for somebody else."""

    what = Choice(_l("What you give"), options=_gifts, required=_l("Choose what you give."))
    recipient = Text(_l("For whom"), max=60, hint=_l("Their name, as it is to stand on the card."))
    message = Paragraphs(_l("A few words"), max=400, hint=_l("They stand on the card too."))
