"""What Stripe asks of the owner of an account, in words."""

from collections.abc import Iterable

from app.core.languages import gettext as _
from app.core.languages import lazy_gettext as _l

# The first that a name of Stripe's holds.
_ASKED = (
    ("external_account", _l("A bank account for what you earn")),
    ("tos_acceptance", _l("Your agreement to Stripe's terms")),
    ("business_profile.url", _l("The address of a web page about what you do")),
    ("business_profile", _l("What your business does")),
    ("business_type", _l("Whether you are a person or a company")),
    ("verification", _l("A picture of an identity document")),
    (".dob", _l("A date of birth")),
    (".address", _l("An address")),
    ("first_name", _l("A name")),
    ("last_name", _l("A name")),
    (".phone", _l("A telephone number")),
    (".email", _l("An e-mail address")),
    ("tax_id", _l("A tax number")),
    ("id_number", _l("A number from an identity document")),
    ("owners", _l("Who owns the company")),
    ("directors", _l("Who runs the company")),
    ("company", _l("More about your company")),
)


def asked_for(names: Iterable[str]) -> list[str]:
    """Return in words what Stripe asks for, each once."""
    return list(dict.fromkeys(_in_words(name) for name in names))


def _in_words(name: str) -> str:
    return str(next((words for part, words in _ASKED if part in name), _("More about you or your business")))
