"""What part of the books is looked at."""

from datetime import date

from app.core import clock
from app.core.forms import Choice, Form
from app.core.languages import gettext as _
from app.core.languages import lazy_gettext as _l
from app.core.timers import day_of
from app.core.wording import month as month_in_words
from app.statements.months import months_between, written
from app.statements.queries import first_booked
from app.treasury.words import account_name
from billing.statements import balances
from tenants.context import tenant

_MOST_MONTHS = 36


def _months() -> list[tuple[str, str]]:
    today = clock.today(tenant.time_zone)
    first = first_booked()
    begun = day_of(first, tenant.time_zone) if first else today
    known = months_between(_begin(begun), _begin(today), most=_MOST_MONTHS)
    return [("", _("All months")), *((written(month), month_in_words(month)) for month in known)]


def _begin(day: date) -> date:
    return day.replace(day=1)


class Looking(Form):
    """A month, an account and a currency, each of them or all."""

    month = Choice(_l("Month"), options=_months)
    account = Choice(_l("Account"))
    currency = Choice(_l("Currency"))

    @classmethod
    def at(cls, asked: object) -> "Looking":
        """Return the form with what is asked for in an address; what is not to be had counts as all."""
        form, known = cls(formdata=asked), balances()
        accounts = sorted({one.account for one in known}, key=account_name)
        form.account.options = [("", _("All accounts")), *((name, account_name(name)) for name in accounts)]
        currencies = sorted({one.currency for one in known})
        form.currency.options = [("", _("All currencies")), *((code, code) for code in currencies)]
        return form

    @property
    def asked(self) -> dict[str, str]:
        """Return what is looked at, empty where it is all."""
        return {name: self[name].data or "" for name in ("month", "account", "currency")}
