"""What is asked before somebody goes."""

from app.core.forms import Choice, Form, Paragraphs, Switch
from app.core.languages import lazy_gettext as _l
from app.core.languages import lazy_pgettext as _lp
from app.messages.forms import rule_options

ENDS = {"removed": _lp("member", "Remove"), "banned": _l("Ban")}


class Leaving(Form):
    """Going oneself."""

    sure = Switch(
        _l("I understand that nobody can bring this back"),
        required=_l("Please tick this: afterwards nobody can bring your profile back."),
    )


class Removal(Form):
    """Sending somebody away: how, for which rule, and why."""

    to = Choice(_l("What is to happen?"), options=ENDS, radios=True, required=True)
    rule = Choice(
        _l("Which rule did they break?"),
        options=rule_options,
        radios=True,
        required=_l("Choose the rule that comes closest."),
    )
    why = Paragraphs(
        _l("The reason"),
        max=1000,
        required=_l("Say why: they read it, and you may have to answer for it."),
        hint=_l("They read it in an e-mail. Name what happened, not what they are like."),
    )
    sure = Switch(
        _l("I have heard both sides, or there is no need to"), required=_l("Please tick this, or hear them first.")
    )


class Pardon(Form):
    """Letting somebody be invited again."""

    why = Paragraphs(_l("The reason"), max=1000, required=_l("Say why in a few words; it stays with the record."))
