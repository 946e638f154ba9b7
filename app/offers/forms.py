"""What a leader says of an offer, and the code that a member types."""

import secrets
from typing import Any

from app.core import clock
from app.core.forms import Choice, Choices, Date, Form, Money, Text, WholeNumber
from app.core.languages import gettext as _
from app.core.languages import lazy_gettext as _l
from app.memberships.forms import currencies
from app.memberships.queries import tiers_on_sale
from app.offers.finding import as_typed
from tenants.context import tenant

_OFF = {"percent": _l("A part of the price"), "amount": _l("An amount")}
_LASTS = {
    "once": _l("The first payment"),
    "months": _l("What is paid within some months"),
    "always": _l("Every payment, for as long as somebody stays"),
}
_HOW = {"code": _l("By a code that people type"), "link": _l("By a link that you pass on")}
_SHORTEST, _LONGEST = 3, 20


def _tiers() -> list[tuple[str, str]]:
    return [(str(tier.id), tier.name) for tier in tiers_on_sale()]


class NewOffer(Form):
    """An offer. Nothing of it can be changed later: whoever begins with it is to find what they read."""

    name = Text(
        _l("Name"), max=40, required=_l("Give it a name."), hint=_l("It stands on the bills of those who use it.")
    )
    off = Choice(_l("What is taken off"), options=_OFF, radios=True, required=_l("Choose one."))
    percent = WholeNumber(_l("Per cent"), least=1, most=100)
    currency = Choice(_l("Currency"), options=currencies, required=_l("Choose a currency."))
    amount = Money(_l("Amount"), currency=lambda form: form.currency.data, least=1, most=1_000_000_00)
    lasts = Choice(_l("What it is taken off"), options=_LASTS, radios=True, required=_l("Choose one."))
    months = WholeNumber(
        _l("Months"),
        least=1,
        most=36,
        hint=_l("Counted from the day on which somebody begins, days to try it out too."),
    )
    tiers = Choices(_l("For which memberships"), options=_tiers, hint=_l("None ticked: all of them."))
    how = Choice(_l("How people come by it"), options=_HOW, radios=True, required=_l("Choose one."))
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
