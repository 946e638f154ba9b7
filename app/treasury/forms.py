"""What a leader says before Stripe asks the rest."""

from app.core.forms import Choice, Form, Switch
from app.core.languages import lazy_gettext as _l
from billing.countries import countries


class Connecting(Form):
    """The country decides what Stripe asks, and cannot be changed afterwards."""

    country = Choice(
        _l("Country"),
        options=countries,
        required=_l("Choose the country in which you do business."),
        hint=_l("Where you, or your company, are at home. It cannot be changed later."),
    )


class Taxes(Form):
    """Whether Stripe works out what is owed in tax."""

    works_out_tax = Switch(
        _l("Let Stripe work out the tax"),
        hint=_l(
            "Whoever buys is asked for their address, and may give a VAT number; both stand on their invoices. Your prices"
            " include the tax. First say at Stripe, under Tax, where you are registered."
        ),
    )
