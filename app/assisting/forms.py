"""What is asked of a mandate, and of whoever witnesses one."""

from datetime import timedelta

from app.core import clock
from app.core.forms import Choice, Choices, Date, Form, Paragraphs
from app.core.languages import lazy_gettext as _l
from app.mandates.models import LONGEST
from app.mandates.wording import SCOPE_WORDS
from tenants.context import tenant
from tenants.mandates import SCOPES

_SCOPES = {scope: SCOPE_WORDS[scope][0] for scope in SCOPES}
_DAY = timedelta(days=1)


class MandateForm(Form):
    """Who would act for whom, in what, and until when."""

    side = Choice(
        _l("Who acts for whom?"),
        options={"help": _l("I act for them"), "be_helped": _l("They act for me")},
        radios=True,
        required=True,
    )
    scopes = Choices(
        _l("What is it for?"),
        options=_SCOPES,
        least=1,
        required=_l("Choose at least one thing."),
        hint=_l("Never money, the account, the password, consent, roles, or words about people: whatever is chosen."),
    )
    until = Date(
        _l("Until when?"),
        required=True,
        earliest=lambda: clock.today(tenant.time_zone) + _DAY,
        latest=lambda: clock.today(tenant.time_zone) + LONGEST - _DAY,
        hint=_l("The last day. After a year at most it has to be asked for anew."),
    )
    words = Paragraphs(_l("A few words with it"), max=600)


class WitnessForm(Form):
    """How somebody who does not sign in said yes."""

    how = Paragraphs(
        _l("How did they consent?"),
        min=10,
        max=1000,
        required=_l("Say where and when, and how you know that it was them."),
        hint=_l("It stays on record with your name; both of them can read it."),
    )
