"""What a leader says of a tier, and of what it costs."""

from typing import Any

from app.core.currencies import SYMBOLS
from app.core.forms import Choice, Form, Hidden, Lines, Money, Text, WholeNumber
from app.core.languages import lazy_gettext as _l
from app.memberships.models import LIMITS
from tenants.context import current_tenant

INTERVALS = {
    "month": _l("Every month"),
    "year": _l("Every year"),
    "once": _l("Once, for good"),
}


class AboutTier(Form):
    """What a tier is called, what a member has of it, and what it limits."""

    name = Text(_l("Name"), max=40, required=_l("Give it a name that members will know it by."))
    pitch = Text(_l("In one sentence"), max=140, hint=_l("Whom it is for, or what is best about it."))
    includes = Lines(_l("What it includes"), most=8, each=90, hint=_l("One line each: what a member has of it."))
    trial_days = WholeNumber(
        _l("Days to try it out"), most=365,
        hint=_l("Nothing is paid before they are over. Each member tries once."),
    )  # fmt: skip
    posts_a_month = WholeNumber(_l("Gigs to post each month"), most=10_000)
    open_applications = WholeNumber(_l("Hands raised at a time"), most=10_000)
    categories = WholeNumber(_l("Categories to post in"), most=1_000)
    alerts = WholeNumber(_l("Alerts"), most=20)
    featured_a_month = WholeNumber(
        _l("Featured gigs each month"), most=100,
        hint=_l("They stand above the list, and nothing more is paid for them. Left empty: none."),
    )  # fmt: skip
    featured_days = WholeNumber(_l("Each stands out for"), least=1, most=90)

    @property
    def told(self) -> dict[str, Any]:
        """What was said, as a tier has it."""
        words = {"name": self.name.data, "pitch": self.pitch.data, "includes": self.includes.data}
        limits = {limit: getattr(self, limit).data for limit in LIMITS}
        featuring = {
            "featured_a_month": self.featured_a_month.data or 0,
            "featured_days": self.featured_days.data or 7,
        }
        return {**words, "trial_days": self.trial_days.data or 0, **limits, **featuring}


def currencies() -> list[tuple[str, str]]:
    """Return the currencies to sell in, the hall's own first."""
    own = current_tenant().currency
    return [(code, code) for code in [own, *(one for one in SYMBOLS if one != own)]]


class NewPrice(Form):
    """What a tier costs from now on, for an interval in a currency."""

    interval = Choice(_l("Paid"), options=INTERVALS, required=_l("Say how often it is paid."))
    currency = Choice(_l("Currency"), options=currencies, required=_l("Choose a currency."))
    # Less than that, Stripe does not charge.
    amount = Money(
        _l("Price"), currency=lambda form: form.currency.data, least=50, most=1_000_000_00,
        required=_l("Say what it costs."),
    )  # fmt: skip


class Move(Form):
    to = Choice(_l("Direction"), options={"up": _l("Up"), "down": _l("Down")}, required=True)


class Confirmation(Form):
    """What was shown before a change comes along with its confirmation."""

    shown = Hidden(_l("What was shown"), max=600, required=True)
