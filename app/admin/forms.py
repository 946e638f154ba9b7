"""What leaders settle about their marketplace."""

import re

from app.core.forms import Choice, Choices, Form, Paragraphs, TagList, Text, WholeNumber, email_address
from app.core.languages import LANGUAGES
from app.core.zones import time_zones
from app.joining.choices import JOINING, POSTING, SEEING

CURRENCIES = {
    "EUR": "Euro (EUR)",
    "GBP": "Pound sterling (GBP)",
    "USD": "US dollar (USD)",
    "CHF": "Swiss franc (CHF)",
    "SEK": "Swedish krona (SEK)",
    "DKK": "Danish krone (DKK)",
    "NOK": "Norwegian krone (NOK)",
    "PLN": "Polish złoty (PLN)",
    "CAD": "Canadian dollar (CAD)",
    "AUD": "Australian dollar (AUD)",
    "NZD": "New Zealand dollar (NZD)",
    "JPY": "Japanese yen (JPY)",
}
HALL_ROLES = {
    "admin": "Admin: settings and members",
    "moderator": "Moderator: reports and removals",
    "manager": "Manager: consents for a team",
    "leader": "Leader: everything",
}


class HallSettings(Form):
    """Name and defaults; the words of the front page belong to the look (`app.looks`)."""

    name = Text("Name", max=60, required="A marketplace needs a name.")
    time_zone = Choice("Time zone", options=time_zones, required=True, hint="Dates end at the end of the day here.")
    locale = Choice(
        "Language",
        options=LANGUAGES,
        required=True,
        hint="What visitors read, and members who have not chosen another.",
    )
    currency = Choice("Currency", options=CURRENCIES, required=True, hint="What pay is in unless a gig says otherwise.")
    gig_days = WholeNumber(
        "A gig stays open for", least=7, most=365, required=True, hint="Days; its author may renew it."
    )


class AccessSettings(Form):
    """Three separate switches: seeing, joining, posting."""

    who_may_see = Choice("Who may see gigs and people", options=SEEING, radios=True, required=True)
    who_may_join = Choice("Who may join", options=JOINING, radios=True, required=True)
    join_domains = TagList(
        "E-mail domains that may always join", most=20, each=100, hint="For example northwind.example; one a line."
    )
    join_questions = Paragraphs(
        "Questions for people who ask to join",
        max=1200,
        hint="One a line, five at most. Asked only where a leader decides.",
    )
    who_may_post = Choice("Who may post gigs", options=POSTING, radios=True, required=True)

    @property
    def questions(self) -> list[str]:
        """Return the questions, one for each line that says something."""
        return [line.strip() for line in (self.join_questions.data or "").splitlines() if line.strip()]

    def check(self) -> None:
        if len(self.questions) > 5:
            self.refuse("join_questions", f"These are {len(self.questions)} questions; five at most.")
        for domain in self.join_domains.data:
            if "." not in domain or "@" in domain or " " in domain:
                self.refuse("join_domains", f"“{domain}” is not a domain; write it like northwind.example.")


class NewInvitations(Form):
    """Addresses to invite, with a few words."""

    addresses = Paragraphs("E-mail addresses", max=8000, required="Say whom to invite.", hint="Up to 50, one a line.")
    note = Paragraphs("A few words from you", max=600, hint="They stand in the invitation.")

    @property
    def people(self) -> list[str]:
        """Return the addresses as they are kept, each once."""
        return list(dict.fromkeys(email_address(word) for word in self._words()))

    def check(self) -> None:
        words = self._words()
        if len(words) > 50:
            self.refuse("addresses", f"These are {len(words)}; at most 50 at once.")
        for word in words[:50]:
            try:
                email_address(word)
            except ValueError as complaint:
                self.refuse("addresses", str(complaint))

    def _words(self) -> list[str]:
        return [word for word in re.split(r"[\s,;]+", self.addresses.data or "") if word]


class NewLink(Form):
    """A link to pass on."""

    uses = WholeNumber("How many people may use it", least=1, most=1000, required=True)
    days = WholeNumber("Days until it ends", least=1, most=365, required=True)
    note = Text("What it is for", max=80, hint="Only leaders see this, for example “autumn meet-up”.")


class NewRules(Form):
    """A new version of terms and guidelines."""

    guidelines = Paragraphs("Guidelines", max=20000, hint="How people treat each other here. Markdown works.")
    terms = Paragraphs("Terms", max=20000, hint="What members agree to. Markdown works.")
    note = Text(
        "What is new", max=200, required="Tell members what changed.", hint="Shown when members are asked again."
    )


class Decision(Form):
    """A no, with its reason."""

    reason = Paragraphs("Reason", max=600, required="Say why, kindly: the person reads this.")


class Roles(Form):
    """The hall-wide roles of a member."""

    roles = Choices("Roles", options=HALL_ROLES)
