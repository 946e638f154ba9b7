"""What leaders settle about their marketplace."""

import re

from app.core.forms import Choice, Choices, Form, Paragraphs, Switch, TagList, Text, WholeNumber, email_address
from app.core.languages import LANGUAGES
from app.core.languages import gettext as _
from app.core.languages import lazy_gettext as _l
from app.core.zones import time_zones
from app.joining.choices import JOINING, POSTING, SEEING

CURRENCIES = {
    "EUR": _l("Euro (EUR)"),
    "GBP": _l("Pound sterling (GBP)"),
    "USD": _l("US dollar (USD)"),
    "CHF": _l("Swiss franc (CHF)"),
    "SEK": _l("Swedish krona (SEK)"),
    "DKK": _l("Danish krone (DKK)"),
    "NOK": _l("Norwegian krone (NOK)"),
    "PLN": _l("Polish złoty (PLN)"),
    "CAD": _l("Canadian dollar (CAD)"),
    "AUD": _l("Australian dollar (AUD)"),
    "NZD": _l("New Zealand dollar (NZD)"),
    "JPY": _l("Japanese yen (JPY)"),
}
HALL_ROLES = {
    "admin": _l("Admin: settings and members"),
    "moderator": _l("Moderator: reports and removals"),
    "manager": _l("Manager: consents for a team"),
    "leader": _l("Leader: everything"),
    "customer": _l("Customer: comes for what others do"),
    "recruiter": _l("Recruiter: looks for people on others' behalf"),
}


class HallSettings(Form):
    """Name and defaults; the words of the front page belong to the look (`app.looks`)."""

    name = Text(_l("Name"), max=60, required=_l("A marketplace needs a name."))
    time_zone = Choice(
        _l("Time zone"), options=time_zones, required=True, hint=_l("Dates end at the end of the day here.")
    )
    locale = Choice(
        _l("Language"),
        options=LANGUAGES,
        required=True,
        hint=_l("What visitors read, and members who have not chosen another."),
    )
    currency = Choice(
        _l("Currency"), options=CURRENCIES, required=True, hint=_l("What pay is in unless a gig says otherwise.")
    )
    gig_days = WholeNumber(
        _l("A gig stays open for"), least=7, most=365, required=True, hint=_l("Days; its author may renew it.")
    )


class AccessSettings(Form):
    """Three separate switches: seeing, joining, posting."""

    who_may_see = Choice(_l("Who may see gigs and people"), options=SEEING, radios=True, required=True)
    who_may_join = Choice(_l("Who may join"), options=JOINING, radios=True, required=True)
    join_domains = TagList(
        _l("E-mail domains that may always join"),
        most=20,
        each=100,
        hint=_l("For example northwind.example; one a line."),
    )
    join_questions = Paragraphs(
        _l("Questions for people who ask to join"),
        max=1200,
        hint=_l("One a line, five at most. Asked only where a leader decides."),
    )
    who_may_post = Choice(_l("Who may post gigs"), options=POSTING, radios=True, required=True)
    reviews_leave = Switch(
        _l("Members may take reviews of them to other marketplaces"),
        hint=_l("Signed, and without anybody’s name who does not agree."),
    )
    reviews_arrive = Switch(_l("Members may show reviews that were written in other marketplaces"))

    @property
    def questions(self) -> list[str]:
        """Return the questions, one for each line that says something."""
        return [line.strip() for line in (self.join_questions.data or "").splitlines() if line.strip()]

    def check(self) -> None:
        if len(self.questions) > 5:
            self.refuse(
                "join_questions", _("These are %(questions)s questions; five at most.", questions=len(self.questions))
            )
        for domain in self.join_domains.data:
            if "." not in domain or "@" in domain or " " in domain:
                self.refuse(
                    "join_domains", _("“%(domain)s” is not a domain; write it like northwind.example.", domain=domain)
                )


class NewInvitations(Form):
    """Addresses to invite, with a few words."""

    addresses = Paragraphs(
        _l("E-mail addresses"), max=8000, required=_l("Say whom to invite."), hint=_l("Up to 50, one a line.")
    )
    note = Paragraphs(_l("A few words from you"), max=600, hint=_l("They stand in the invitation."))

    @property
    def people(self) -> list[str]:
        """Return the addresses as they are kept, each once."""
        return list(dict.fromkeys(email_address(word) for word in self._words()))

    def check(self) -> None:
        words = self._words()
        if len(words) > 50:
            self.refuse("addresses", _("These are %(words)s; at most 50 at once.", words=len(words)))
        for word in words[:50]:
            try:
                email_address(word)
            except ValueError as complaint:
                self.refuse("addresses", str(complaint))

    def _words(self) -> list[str]:
        return [word for word in re.split(r"[\s,;]+", self.addresses.data or "") if word]


class NewLink(Form):
    """A link to pass on."""

    uses = WholeNumber(_l("How many people may use it"), least=1, most=1000, required=True)
    days = WholeNumber(_l("Days until it ends"), least=1, most=365, required=True)
    note = Text(_l("What it is for"), max=80, hint=_l("Only leaders see this, for example “autumn meet-up”."))


class NewRules(Form):
    """A new version of terms and guidelines."""

    guidelines = Paragraphs(_l("Guidelines"), max=20000, hint=_l("How people treat each other here. Markdown works."))
    terms = Paragraphs(_l("Terms"), max=20000, hint=_l("What members agree to. Markdown works."))
    note = Text(
        _l("What is new"),
        max=200,
        required=_l("Tell members what changed."),
        hint=_l("Shown when members are asked again."),
    )


class Decision(Form):
    """A no, with its reason."""

    reason = Paragraphs(_l("Reason"), max=600, required=_l("Say why, kindly: the person reads this."))


class Roles(Form):
    """The hall-wide roles of a member."""

    roles = Choices(_l("Roles"), options=HALL_ROLES)


class OtherName(Form):
    """Another name of a skill."""

    name = Text(_l("Another name"), max=60, required=_l("Say the name."))


class SkillThatStays(Form):
    """The skill that another becomes."""

    into = Text(_l("The skill that stays"), max=60, required=_l("Say which skill stays."))
